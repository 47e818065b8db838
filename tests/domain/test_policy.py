"""The policy of a computer: every key, every way to get it wrong, and what holds when some lines do not."""

import tomllib
from typing import Any

import pytest

from avrr_desktop.domain import policy
from avrr_desktop.domain.policy import EXPORTS, KEYS, Known, Policy, read

KNOWN = Known(
    frozenset({"be_admin", "avr_ch"}), frozenset({"en", "sq"}),
    lambda text: text.startswith("age1"), lambda text: text.startswith("RW"),
)  # fmt: skip
WHOLE = """
policy = 1
[office]
name = "Tirana office"
code = "TIR"
country = "AL"
programme = "be_admin"
pack = "/etc/avrr-desktop/office.toml"
[languages]
offered = ["sq", "en"]
[lock]
minutes = 10
quick_unlock = false
[passphrase]
least = 20
[stores]
folder = "~/AVRR"
[printing]
allowed = false
[roles]
second_person_days = 0
[backups]
folder = "/media/backups"
kept = 30
[escrow]
key = "age1abc"
name = "Regional office"
[exports]
allowed = ["sealed", "table"]
[update]
key = "RWabc"
"""


def test_every_key_is_read() -> None:
    found = read(tomllib.loads(WHOLE), KNOWN)
    assert found.problems == ()
    assert found.office == {"name": "Tirana office", "code": "TIR", "country": "AL", "programme": "be_admin"}
    assert (found.pack, found.languages, found.lock_minutes) == ("/etc/avrr-desktop/office.toml", ("sq", "en"), 10)
    assert (found.backup_folder, found.escrow, found.update_key) == ("/media/backups", "age1abc", "RWabc")
    assert found.escrow_name == "Regional office"
    assert (found.days_until_second, Policy().days_until_second) == (0, 3)
    assert (found.shortest_passphrase, found.store_folder, found.newest_kept) == (20, "~/AVRR", 30)
    assert found.printing is False and not found.may_quick_unlock and Policy().may_quick_unlock
    assert [way for way in EXPORTS if found.may_leave(way)] == ["sealed", "table"]
    assert found.lock_choices() == (2, 5, 10)
    assert {
        f"{table}.{name}" for table, lines in tomllib.loads(WHOLE).items() if isinstance(lines, dict) for name in lines
    } == {key.whole for key in KEYS}


def test_without_a_policy_everything_is_open() -> None:
    assert all(Policy().may_leave(way) for way in EXPORTS)
    assert Policy().lock_choices() == policy.LOCK_MINUTES
    assert (Policy().shortest_passphrase, Policy().newest_kept, Policy().printing) == (14, 10, None)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("roles.second_person_days", 15), ("roles.second_person_days", "3"), ("office.name", " "), ("office.code", "Tir"), ("office.code", "TIRA"), ("office.code", 5), ("office.country", "DE"),
        ("office.country", ["AL"]), ("office.programme", "none"), ("office.pack", "office.toml"), ("languages.offered", []),
        ("languages.offered", "en"), ("languages.offered", ["tlh"]), ("lock.minutes", 7), ("lock.minutes", "5"),
        ("lock.minutes", True), ("backups.folder", "backups"), ("backups.folder", "D:\\backups"), ("backups.folder", "~nobody/backups"), ("escrow.key", "age"), ("exports.allowed", "plain"),
        ("exports.allowed", ["usb"]), ("passphrase.least", 13), ("passphrase.least", 41), ("passphrase.least", True), ("stores.folder", "AVRR"),
        ("backups.kept", 4), ("backups.kept", 501), ("backups.kept", "30"), ("printing.allowed", "false"), ("printing.allowed", 0), ("update.key", "key"), ("office.colour", "red"), ("proxy.host", "x"), ("lock.minute", 5),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_closes_every_way_out(key: str, value: Any) -> None:
    table, name = key.split(".")
    document = tomllib.loads(WHOLE)
    document.setdefault(table, {})[name] = value
    found = read(document, KNOWN)
    assert [one.key for one in found.problems] == [key]
    assert not any(found.may_leave(way) for way in EXPORTS)
    assert found.lock_choices() == ((2, 5, 10) if key != "lock.minutes" else policy.LOCK_MINUTES)  # good lines hold


def test_all_wrong_lines_are_told_at_once() -> None:
    found = read({"policy": 2, "office": "Tirana", "lock": {"minutes": 1}}, KNOWN)
    assert [one.key for one in found.problems] == ["policy", "office", "lock.minutes"]


def test_an_empty_list_of_exports_closes_all_of_them() -> None:
    found = read({"policy": 1, "exports": {"allowed": []}}, KNOWN)
    assert found.problems == ()
    assert not any(found.may_leave(way) for way in EXPORTS)
