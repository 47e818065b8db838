"""A PIN after an idle lock: for an hour, three tries, without what wants the whole passphrase, and nowhere on a disk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import ExpectedError, PassphraseError, RefusedError
from avrr_desktop.domain.policy import Policy, Problem, ProblemKind
from avrr_desktop.elapsed import Elapsed
from avrr_desktop.keys.signing import Signer
from avrr_desktop.operations.access.officers import give_protection, take_passphrase
from avrr_desktop.operations.access.quick_unlock import (
    ASLEEP_SECONDS,
    OPEN_SECONDS,
    QuickUnlock,
    check_pin,
    give_whole_passphrase,
    switching_on,
)
from avrr_desktop.operations.computer.settings import Settings, read_settings, write_settings
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys, change_passphrase, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_unlocked
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.stores import NOW

PIN = "480251"


class Watch:
    """Clocks that a test moves: what a quick unlock measures with."""

    def __init__(self) -> None:
        self.now = 0.0

    def elapsed(self) -> Elapsed:
        return Elapsed(_Still(), lambda: self.now)


class _Still(SteppingClock):
    def __init__(self) -> None:
        super().__init__(NOW, timedelta(0))


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


@pytest.fixture
def watch() -> Watch:
    return Watch()


def closed(office: People, watch: Watch, passphrase: str = FOUNDER, pin: str = PIN) -> QuickUnlock:
    """Return what is kept over an idle lock that just began."""
    made = QuickUnlock(
        office.folder, unlock(office.folder, passphrase), pin, hour=watch.elapsed(), since_look=watch.elapsed()
    )
    made.begin()
    return made


def at_work(office: People, keys: Keys) -> Workspace:
    return open_unlocked(office.folder, keys, clock=SteppingClock(NOW))


@pytest.mark.parametrize(
    "pin", ["", "48025", "48 0251", "four02", "٤٨٠٢٥١", "000000", "7777777", "123456", "987654", "890123"]
)
def test_what_is_no_pin_or_the_first_that_is_tried_is_refused(pin: str) -> None:
    with pytest.raises(RefusedError):
        check_pin(pin)


@pytest.mark.parametrize("pin", [PIN, "112358", "100000", "9070351826"])
def test_figures_enough_are_a_pin(pin: str) -> None:
    check_pin(pin)


def test_the_pin_opens_the_store_for_the_same_officer_who_writes_and_signs(office: People, watch: Watch) -> None:
    keys = closed(office, watch).unlock(PIN)
    workspace = at_work(office, keys)
    assert workspace.by_pin and workspace.actor == office.founder
    case = stores.family(workspace)
    new_record(workspace, "note", {"text": "Shënim pas bllokimit", "on": "2026-06-15"}, case.case.uid)
    assert check_store(workspace).sound
    workspace.lock()


def test_what_wants_the_whole_passphrase_waits_for_it(office: People, watch: Watch) -> None:
    whole = office.at_work(FOUNDER)
    case = stores.family(whole).case.uid
    new_record(whole, "vulnerability", {"kind": "vot", "what_was_said": "e fshehtë"}, case)
    whole.lock()
    workspace = at_work(office, closed(office, watch).unlock(PIN))
    file = workspace.store.reader.case_file(case)
    assert file.restricted and not workspace.reads_restricted and not workspace.protection
    assert [one for one in Permission if not may(workspace, one)] == [
        Permission.MANAGE, Permission.APPROVE, Permission.PROTECT,
    ]  # fmt: skip
    acts: list[Callable[[], object]] = [
        lambda: show_restricted(workspace, file),
        lambda: new_record(workspace, "note", {"text": "x", "restricted": True}, case),
        lambda: give_protection(workspace, office.worker),
        lambda: take_passphrase(workspace, office.worker),
    ]
    for act in acts:
        with pytest.raises(RefusedError) as refused:
            act()
        assert "PIN" in refused.value.title
    with pytest.raises(RefusedError, match="somebody else"):
        give_whole_passphrase(workspace, unlock(office.folder, WORKER))
    assert not may(workspace, Permission.PROTECT)
    give_whole_passphrase(workspace, unlock(office.folder, FOUNDER))
    assert all(may(workspace, one) for one in Permission)
    assert show_restricted(workspace, file)[0].text("what_was_said") == "e fshehtë"
    workspace.lock()


def test_a_pin_is_no_whole_passphrase_and_makes_no_further_pin(office: People, watch: Watch) -> None:
    keys = closed(office, watch).unlock(PIN)
    with pytest.raises(RefusedError):
        QuickUnlock(office.folder, keys, "135790")
    workspace = at_work(office, keys)
    with pytest.raises(RefusedError):
        give_whole_passphrase(workspace, keys)
    workspace.lock()


def test_the_role_that_lacks_something_is_not_told_to_type_a_passphrase(office: People, watch: Watch) -> None:
    workspace = at_work(office, closed(office, watch, WORKER).unlock(PIN))
    with pytest.raises(RefusedError) as refused:
        take_passphrase(workspace, office.reader)
    assert refused.value.title == "Your role does not allow this."
    workspace.lock()


def test_the_third_wrong_try_wipes_it_and_each_is_counted(office: People, watch: Watch) -> None:
    kept = closed(office, watch)
    said: list[ExpectedError] = []
    for pin in ("480250", "", "480252"):
        with pytest.raises((PassphraseError, RefusedError)) as refused:
            kept.unlock(pin)
        said.append(refused.value)
    assert [type(error) for error in said] == [PassphraseError, PassphraseError, RefusedError]
    assert [dict(error.values) for error in said] == [{"count": 2}, {"count": 1}, {}]
    assert kept.wiped and not kept.look()
    with pytest.raises(RefusedError, match="no longer valid"):
        kept.unlock(PIN)
    workspace = office.at_work(FOUNDER)
    noted = [line for line in workspace.store.reader.everything("access") if line.text("what") == "unlock_failed"]
    assert [line.values.get("count") for line in noted] == [3]
    workspace.lock()


def looked_until(kept: QuickUnlock, watch: Watch, seconds: float) -> bool:
    """Look each quarter of a minute, as the window does; return whether the PIN opens at the end."""
    end = watch.now + seconds
    while watch.now + 15 < end:
        watch.now += 15
        kept.look()
    watch.now = end
    return kept.look()


def test_after_the_hour_only_the_passphrase_opens(office: People, watch: Watch) -> None:
    kept = closed(office, watch)
    assert looked_until(kept, watch, OPEN_SECONDS)
    assert not looked_until(kept, watch, 1)
    assert kept.wiped
    with pytest.raises(RefusedError):
        kept.unlock(PIN)


def test_the_hour_is_over_also_where_nobody_looked_before_the_try(office: People, watch: Watch) -> None:
    kept = closed(office, watch)
    watch.now += OPEN_SECONDS + 1
    with pytest.raises(RefusedError):
        kept.unlock(PIN)
    assert kept.wiped


def test_a_computer_that_slept_without_a_word_wants_the_passphrase(office: People, watch: Watch) -> None:
    kept = closed(office, watch)
    assert looked_until(kept, watch, ASLEEP_SECONDS * 5)
    watch.now += ASLEEP_SECONDS + 1
    assert not kept.look() and kept.wiped


def test_each_idle_lock_has_an_hour_of_its_own_and_an_open_store_none(office: People, watch: Watch) -> None:
    kept = closed(office, watch)
    at_work(office, kept.unlock(PIN)).lock()
    watch.now += 5 * OPEN_SECONDS  # at work: nothing is locked
    with pytest.raises(RefusedError):
        kept.unlock(PIN)
    assert not kept.wiped
    kept.begin()
    at_work(office, kept.unlock(PIN)).lock()


def test_only_whoever_is_at_work_switches_it_on_and_only_where_the_policy_lets_them(office: People) -> None:
    workspace = office.at_work(WORKER)
    assert not switching_on(workspace, WORKER, PIN)().wiped
    with pytest.raises(RefusedError, match="somebody else"):
        switching_on(workspace, FOUNDER, PIN)()
    for policy in (Policy(quick_unlock=False), Policy(problems=(Problem(ProblemKind.UNKNOWN, "x", "x"),))):
        workspace.policy = policy
        with pytest.raises(RefusedError, match="Your IT"):
            switching_on(workspace, WORKER, PIN)
    workspace.lock()


def test_a_passphrase_that_was_withdrawn_takes_the_pin_along_and_a_changed_one_does_not(
    office: People, watch: Watch
) -> None:
    kept, theirs = closed(office, watch, WORKER), closed(office, watch, FOUNDER)
    change_passphrase(office.folder, FOUNDER, "kristal anije degë mbrëmje sot")
    founder = at_work(office, theirs.unlock(PIN))
    assert founder.actor == office.founder
    founder.lock()
    founder = office.at_work("kristal anije degë mbrëmje sot")
    take_passphrase(founder, office.worker)
    founder.lock()
    with pytest.raises(RefusedError):
        kept.unlock(PIN)
    assert kept.wiped


def test_nothing_of_it_is_written(office: People, watch: Watch, tmp_path: Path) -> None:
    settings = Settings(language="en", quick_unlock=True)
    write_settings(settings)
    assert read_settings() == settings
    keys = unlock(office.folder, FOUNDER)
    kept = QuickUnlock(office.folder, keys, PIN, hour=watch.elapsed(), since_look=watch.elapsed())
    kept.begin()
    opened = kept.unlock(PIN)
    workspace = at_work(office, opened)
    stores.family(workspace)
    workspace.back_up(tmp_path / "backups")
    assert opened.entry is not None
    box = kept.box
    hidden = [PIN.encode(), bytes(box.box), bytes(box.half), opened.entry.secrets.master, opened.entry.secrets.seed]
    workspace.lock()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path.name for path in files for one in hidden if one in path.read_bytes()]
    assert PIN not in repr(kept) + repr(opened) and opened.entry.secrets.seed.hex() not in repr(opened)


def test_a_policy_may_forbid_it_and_a_broken_one_does(office: People) -> None:
    wanted = Settings(language="en", quick_unlock=True)
    assert wanted.within(Policy()).quick_unlock and wanted.within(Policy(quick_unlock=True)).quick_unlock
    assert not wanted.within(Policy(quick_unlock=False)).quick_unlock
    assert not Settings().quick_unlock


def test_the_bundle_is_bound_to_whoever_closed_it(office: People, watch: Watch) -> None:
    keys = closed(office, watch, WORKER).unlock(PIN)
    assert keys.entry is not None and keys.officer == office.worker
    assert Signer(keys.entry.secrets.seed).public == keys.entry.slot.public
    assert keys.entry.secrets.compartment == b"" and keys.entry.wrapping == b""
    assert replace(keys, by_pin=False) != keys
