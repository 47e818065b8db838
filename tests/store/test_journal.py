"""The journal: every save one link of a chain, and whoever changes a link is found out at that link."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history import change as changes
from avrr_desktop.keys.signing import verified
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.hybrid_clock import hybrid
from avrr_desktop.store.journal.journal import ChainFault
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support import journals
from tests.support.journals import foreign, part, rewrite
from tests.support.stores import NOW


def notes(workspace: Workspace, case: CaseFile, count: int = 5) -> list[str]:
    """Save some notes and return the names of their Changes."""
    return [
        new_record(workspace, "note", {"on": "2026-06-15", "text": f"note {number}"}, case.case.uid).changes.change_id
        for number in range(count)
    ]


def alter(column: str, change: Callable[[bytes], bytes]) -> Callable[[Workspace, list[str]], None]:
    """Return the tampering that rewrites one column of the third note's entry by raw SQL."""

    def tamper(workspace: Workspace, entries: list[str]) -> None:
        connection = workspace.store.connection
        row = connection.one(f"SELECT {column} FROM journal WHERE change_id=?", (entries[2],))
        assert row is not None
        assert change(row[0]) != row[0]
        connection.execute(f"UPDATE journal SET {column}=? WHERE change_id=?", (change(row[0]), entries[2]))

    return tamper


def remove(workspace: Workspace, entries: list[str]) -> None:
    """Take the third note's entry out by raw SQL."""
    workspace.store.connection.execute("DELETE FROM journal WHERE change_id=?", (entries[2],))


def exchange(workspace: Workspace, entries: list[str]) -> None:
    """Put the parts of the fourth note's entry in place of the third's."""
    workspace.store.connection.execute(
        "UPDATE journal SET parts=(SELECT parts FROM journal WHERE change_id=?) WHERE change_id=?",
        (entries[3], entries[2]),
    )


def test_an_untouched_chain_holds(workspace: Workspace, family: CaseFile) -> None:
    notes(workspace, family)
    assert chain_fault(workspace.store.connection) is None


def test_sequences_are_dense_and_every_entry_names_the_one_before(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    notes(workspace, family)
    workspace.lock()
    workspace = opening(workspace.folder.path)
    notes(workspace, family)
    entries = [entry.change for entry in workspace.store.journal.all()]
    previous = changes.genesis(workspace.store.device, 1)
    for sequence, change in enumerate(entries, 1):
        assert change.envelope["sequence"] == sequence
        assert change.envelope["previous"] == previous.hex()
        assert change.change_id == f"{workspace.store.device}.1.{sequence}"
        previous = change.digest
    workspace.lock()


def test_a_save_that_failed_leaves_no_hole(workspace: Workspace, family: CaseFile) -> None:
    first = notes(workspace, family, 1)[0]
    with pytest.raises(ZeroDivisionError), workspace.store.transaction():
        notes(workspace, family, 3)
        raise ZeroDivisionError
    second = notes(workspace, family, 1)[0]
    numbers = [int(name.rsplit(".", 1)[1]) for name in (first, second)]
    assert numbers[1] == numbers[0] + 1
    assert chain_fault(workspace.store.connection) is None


def test_losing_this_computers_note_of_the_chains_end_breaks_nothing(workspace: Workspace, family: CaseFile) -> None:
    notes(workspace, family)
    workspace.store.connection.execute("DELETE FROM local_settings WHERE key='chain_head'")
    notes(workspace, family)
    assert chain_fault(workspace.store.connection) is None


def test_an_entry_says_who_when_in_which_case_and_over_what(workspace: Workspace, family: CaseFile) -> None:
    marko = family.members[0].person
    first = edit_record(workspace, marko, {"phone": "1"}, family.case.uid)
    second = edit_record(workspace, journals.person(workspace, marko.uid), {"phone": "2"}, family.case.uid)
    assert first and second
    entry = workspace.store.journal.named(second.change_id)
    assert entry is not None
    envelope = entry.change.envelope
    assert envelope["actor"] == workspace.actor
    assert envelope["case"] == family.case.uid
    assert envelope["time"].startswith("2026-06-15T08:00:") and envelope["time"].endswith("Z")
    assert envelope["parents"] == [[first.change_id]]
    assert envelope["compartment"] == ""
    announced = workspace.store.journal.entry(1)
    assert announced and "device_key" not in envelope
    device = announced.change.envelope["device_key"]
    assert verified(device, entry.change.digest, envelope["signature"])
    assert not verified(device, entry.change.digest[::-1], envelope["signature"])


TAMPERING: dict[str, tuple[Callable[[Workspace, list[str]], None], int, str]] = {
    # what was done to entry 2 of five: the entry that is named, and how
    "an envelope": (alter("envelope", lambda old: old.replace(b"2026", b"2025")), 2, "digest"),
    "a hash": (alter("digest", lambda old: bytes(32)), 2, "digest"),
    "an envelope and its hash": (lambda w, e: rewrite(w, e[2], actor="somebody else"), 2, "signature"),
    "the signature": (lambda w, e: rewrite(w, e[2], signature="AAAA"), 2, "signature"),
    "the key of the computer": (lambda w, e: rewrite(w, e[1], device_key="00" * 32), 1, "signature"),
    "a second key": (lambda w, e: rewrite(w, e[2], device_key="00" * 32), 2, "signature"),
    "the place in the chain": (lambda w, e: rewrite(w, e[2], previous="00" * 32), 2, "previous"),
    "the number": (lambda w, e: rewrite(w, e[2], sequence=99), 2, "sequence"),
    "a whole entry away": (remove, 3, "sequence"),
    "a word of a part": (alter("parts", lambda old: old.replace(b"note 2", b"nota 2")), 2, "commitment"),
    "the salt of a part": (alter("parts", lambda old: old[:5] + bytes(16) + old[21:]), 2, "commitment"),
    "a part against another": (exchange, 2, "commitment"),
    "the end of a part": (alter("parts", lambda old: old[:-3]), 2, "commitment"),
    "a part away": (alter("parts", lambda old: b""), 2, "commitment"),
    "all but the beginning of a part": (alter("parts", lambda old: old[:3]), 2, "commitment"),
    "a second part to the first": (alter("parts", lambda old: old + old), 2, "commitment"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_named_at_the_entry_where_the_chain_breaks(
    workspace: Workspace, family: CaseFile, what: str
) -> None:
    tamper, place, reason = TAMPERING[what]
    entries = notes(workspace, family)
    named = workspace.store.journal.named(entries[place])
    assert named is not None
    tamper(workspace, entries)
    fault = chain_fault(workspace.store.connection)
    assert fault is not None
    assert fault.reason == reason
    if what != "the number":  # there the entry itself carries another name now
        assert fault.change_id == named.change.change_id


@pytest.mark.parametrize(
    "column",
    ["change_id='01JZZZZZZZZZZZZZZZZZZZZZZZ.1.1'", "case_uid='another case'", "clock=clock + 1"],
)
def test_what_finds_and_orders_an_entry_is_part_of_what_is_checked(
    workspace: Workspace, family: CaseFile, column: str
) -> None:
    entries = notes(workspace, family)
    workspace.store.connection.execute(f"UPDATE journal SET {column} WHERE change_id=?", (entries[2],))
    assert chain_fault(workspace.store.connection) == ChainFault(entries[2], "digest")


def test_chains_of_several_devices_are_checked_beside_each_other(workspace: Workspace, family: CaseFile) -> None:
    first = foreign(part("attach", "file", "F"))
    second = foreign(part("attach", "file", "G"), after=first)
    journal = workspace.store.journal
    journal.keep(first)
    notes(workspace, family, 2)
    journal.keep(second)
    notes(workspace, family, 2)
    assert chain_fault(workspace.store.connection) is None
    rewrite(workspace, first.change_id, actor="somebody else")
    assert chain_fault(workspace.store.connection) == ChainFault(second.change_id, "previous")


def test_the_clock_of_an_entry_is_behind_no_entry_seen(workspace: Workspace, family: CaseFile) -> None:
    ahead = foreign(part("attach", "file", "F"), clock=hybrid(NOW + timedelta(days=300)))
    behind = foreign(part("attach", "file", "G"), after=ahead, clock=5)
    workspace.store.journal.keep(ahead)
    workspace.store.journal.keep(behind)
    entry = workspace.store.journal.named(notes(workspace, family, 1)[0])
    assert entry is not None
    assert entry.change.envelope["clock"] > ahead.envelope["clock"]


@pytest.mark.parametrize("clock", [2**63 - 1, hybrid(NOW + timedelta(days=600))])
def test_a_clock_from_years_ahead_is_not_followed_and_stops_no_saving(
    workspace: Workspace, family: CaseFile, clock: int
) -> None:
    workspace.store.journal.keep(foreign(part("attach", "file", "F"), clock=clock))
    names = notes(workspace, family, 2)
    clocks = [entry.change.envelope["clock"] for name in names if (entry := workspace.store.journal.named(name))]
    assert clocks == sorted(set(clocks)) and clocks[-1] < hybrid(NOW + timedelta(days=2))
    report = check_store(workspace)
    assert not report.sound and any("years in the future" in line for line in report.lines(workspace.words))


def test_a_computer_whose_clock_was_years_ahead_for_a_day_is_no_fault(workspace: Workspace, family: CaseFile) -> None:
    far = NOW + timedelta(days=5000)
    ahead = foreign(part("attach", "file", "F"), clock=hybrid(far), time=far.isoformat())
    workspace.store.journal.keep(ahead)
    followed = foreign(part("attach", "file", "G"), after=ahead, clock=hybrid(far) + 1)
    workspace.store.journal.keep(followed)
    notes(workspace, family, 1)
    assert check_store(workspace).sound


def test_the_newest_time_is_that_of_the_newest_clock(workspace: Workspace, family: CaseFile) -> None:
    newest = workspace.store.journal.newest_time()
    workspace.store.journal.keep(foreign(part("attach", "file", "F"), time="2031-01-01T00:00:00.000Z"))
    assert newest is not None and newest.year == 2026
    assert workspace.store.journal.newest_time() == newest  # an old clock does not make an entry the newest


def test_an_entry_missing_at_the_end_shows_in_the_tables(workspace: Workspace, family: CaseFile) -> None:
    last = notes(workspace, family)[-1]
    assert check_store(workspace).sound
    workspace.store.connection.execute("DELETE FROM journal WHERE change_id=?", (last,))
    assert not check_store(workspace).sound
