"""Roles, keys and the second person against officers who can open the store and write into its folder."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import ExpectedError, PassphraseError, RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.keys.signing import Signer, reopened, sealed_to
from avrr_desktop.operations.access.officers import (
    chose_own_passphrase,
    confirm_supervisor,
    take_passphrase,
    wall_problems,
)
from avrr_desktop.operations.protection.erasing import erase_case
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import edit_record, new_record, read_record, remove_record
from avrr_desktop.operations.session.second_person import SecondPerson, second_person, waits_until
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_unlocked
from tests.support import office_with_keys
from tests.support.insider import at_the_file, empty, forge_slot, newest, resign, rewrite, seed_of
from tests.support.office_with_keys import BEGAN, FOUNDER, READER, SECOND, WORKER, People, agreeing, joined
from tests.support.stores import NOW, family

MINE = "words of the insider alone"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def given(workspace: Workspace, officer: str, **values: str | None) -> None:
    record = read_record(workspace, "officer", officer)
    assert record
    edit_record(workspace, record, values)


def set_by(workspace: Workspace, officer: str, values: dict[str, str | None], **further: Any) -> None:
    """Save an entry about an officer as the journal takes it, past every verb."""
    record = workspace.store.reader.record("officer", officer)
    part = Part(PartKind.SET, "officer", officer, values, record.seen if record else ())
    workspace.store.save([part], case=None, actor=workspace.actor, now=workspace.clock.now(), **further)
    workspace.read_grants()


# ---- a name is no proof ----


def test_a_slot_that_names_somebody_else_gives_nothing_but_reading_and_everybody_is_told(office: People) -> None:
    forge_slot(office.folder, WORKER, office.founder, MINE)
    worker = office.at_work(MINE)
    assert worker.actor == "" and [may(worker, one) for one in Permission] == [True] + [False] * 6
    assert any("key file" in line for line in wall_problems(worker))
    worker.lock()
    founder = office.at_work(FOUNDER)
    assert founder.role == "supervisor" and any(
        "not approved by a supervisor" in line for line in wall_problems(founder)
    )
    founder.lock()


def test_a_forged_slot_is_no_second_person(office: People) -> None:
    forge_slot(office.folder, WORKER, office.second, MINE)
    founder = office.at_work(FOUNDER)
    case = family(founder)
    with pytest.raises(ExpectedError):
        second_person(founder, MINE)
    forged = SecondPerson(office.second, Signer(bytes(32)))
    for second in (forged, None, agreeing(office.folder, FOUNDER), agreeing(office.folder, WORKER)):
        with pytest.raises(RefusedError):
            erase_case(founder, case, "ground", second)
    erase_case(founder, founder.store.reader.case_file(case.case.uid), "ground", agreeing(office.folder, SECOND))
    founder.lock()


# ---- what is used is what was verified ----


def test_a_role_that_is_written_over_in_a_signed_entry_gives_nothing(office: People) -> None:
    def promote(body: dict[str, Any]) -> bool:
        mine = body.get("record") == office.worker and "role" in body["values"]
        body["values"] |= {"role": "supervisor"} if mine else {}
        return bool(mine)

    with at_the_file(office.folder, WORKER) as store:
        assert rewrite(store, promote)
    worker = office.at_work(WORKER)
    assert worker.role == "case_worker" and not may(worker, Permission.APPROVE)
    assert not check_store(worker).sound
    worker.lock()


@pytest.mark.parametrize("envelope", [False, True])
def test_a_swapped_key_of_restricted_records_is_not_used(office: People, envelope: bool) -> None:
    known, founder_key = bytes(range(32)), Signer(seed_of(office.folder, FOUNDER)).public
    swapped = sealed_to(founder_key, known)

    def swap(body: dict[str, Any]) -> bool:
        there = body.get("record") == office.founder and "protection_key" in body["values"]
        body["values"] |= {"protection_key": swapped} if there else {}
        return bool(there)

    with at_the_file(office.folder, WORKER) as store:
        assert rewrite(store, swap)
        if envelope:
            device = Signer(bytes.fromhex(store.local.setting("device_seed")))
            mine = Signer(seed_of(office.folder, WORKER))
            number = next(entry.number for entry in store.journal.giving() if "grant" in entry.change.envelope)
            resign(store, number, device, mine, lambda one: one["grant"]["officers"][office.founder].update(
                protection_key=swapped))  # fmt: skip
    founder = office.at_work(FOUNDER)
    assert founder.protection != known
    if founder.protection:
        case = family(founder).case.uid
        new_record(founder, "note", {"text": "She hides at Rruga e Kavajës 12", "restricted": True}, case)
        sealed = founder.store.reader.case_file(case).restricted
        assert not any(
            reopened(known, f"protection/1 {one.type} {one.uid}", str(one.values["sealed"])) for one in sealed
        )
    founder.lock()


def test_a_key_of_restricted_records_that_a_supervisor_chose_alone_is_told_and_not_used(office: People) -> None:
    known = bytes(range(32))
    second = office.at_work(SECOND)
    founder_key = second.grants.officers[office.founder].public_key if second.grants else ""
    given_ = {"officers": {office.founder: {"protection_key": sealed_to(founder_key, known)}}, "spare": {}}
    assert second.grants
    set_by(second, office.founder, {}, grant={"previous": second.grants.head, **given_})
    second.lock()
    founder = office.at_work(FOUNDER)
    assert founder.protection == b"" and founder.swapped_key
    assert any("restricted records" in line for line in wall_problems(founder))
    with pytest.raises(RefusedError):
        new_record(founder, "note", {"text": "Not yet", "restricted": True}, family(founder).case.uid)
    founder.lock()


# ---- order and absence ----


def demoted(office: People) -> None:
    founder = office.at_work(FOUNDER)
    given(founder, office.second, role="case_worker")
    founder.lock()


def test_an_emptied_demotion_stands(office: People) -> None:
    demoted(office)
    with at_the_file(office.folder, SECOND) as store:
        empty(store, newest(store))
        store.rebuild()
    second = office.at_work(SECOND)
    assert second.role == "case_worker" and any("emptied" in line for line in wall_problems(second))
    second.lock()


def test_a_founder_who_was_demoted_or_left_gives_nothing_any_more(office: People) -> None:
    second = office.at_work(SECOND)
    given(second, office.founder, role="case_worker")
    second.lock()
    founder = office.at_work(FOUNDER)
    assert founder.grants
    head = founder.grants.head
    for grant in (None, {"previous": head, "officers": {office.founder: {"role": "supervisor"}}, "spare": {}}):
        set_by(founder, office.founder, {"role": "supervisor"}, **({"grant": grant} if grant else {}))
        assert founder.role == "case_worker" and founder.grants.refused
    founder.lock()


def test_who_left_opens_with_an_older_key_file_and_has_no_right(office: People) -> None:
    old = (office.folder / "keys-a.json").read_bytes()
    second = office.at_work(SECOND)
    take_passphrase(second, office.founder)
    second.lock()
    (office.folder / "keys-b.json").write_bytes(old)
    try:
        founder = office.at_work(FOUNDER)
    except PassphraseError:
        return  # the older copy is not even looked at
    assert founder.role == "none" and not may(founder, Permission.READ)
    set_by(founder, office.founder, {"left_on": None, "role": "supervisor"})
    assert founder.role == "none"
    founder.lock()


def aside(office: People, passphrase: str, number: int, grant: dict[str, Any], clock: int) -> None:
    """Write a grant behind an older one, as if it had been given then, and put it first in the file."""
    with at_the_file(office.folder, passphrase) as store:
        keys = unlock(office.folder, passphrase)
        store.person = keys.person
        now = BEGAN + timedelta(hours=1)
        part = Part(PartKind.SET, "officer", keys.officer, {"role": "supervisor"})
        store.save([part], case=None, actor=keys.officer, now=now, grant=grant)
        device = Signer(bytes.fromhex(store.local.setting("device_seed")))
        assert store.person
        resign(store, newest(store), device, store.person, lambda one: one.update(clock=clock))
        store.connection.execute("UPDATE journal SET pk=? WHERE pk=?", (number - 1000, newest(store)))


@pytest.mark.parametrize("takes", [False, True])
def test_a_grant_that_is_dated_before_the_demotion_gives_nothing(office: People, takes: bool) -> None:
    founder = office.at_work(FOUNDER)
    assert founder.grants
    before = founder.grants.now
    given(founder, office.second, role="case_worker")
    founder.lock()
    officers: dict[str, dict[str, str]] = {office.worker: {"role": "supervisor"}}
    if takes:
        officers[office.founder] = {"role": "case_worker"}
    grant = {"previous": before.head, "officers": officers, "spare": {}}
    aside(office, SECOND, 1, grant, before.clock + 1)
    founder = office.at_work(FOUNDER)
    assert founder.grants
    assert founder.grants.role(office.worker) == "case_worker"
    assert founder.grants.role(office.second) not in ("supervisor", "administrator")
    assert list(wall_problems(founder))
    founder.lock()


# ---- two people are two people ----


def test_nobody_gives_what_they_lack_nor_changes_their_own_role(office: People) -> None:
    founder = office.at_work(FOUNDER)
    given(founder, office.worker, role="administrator")
    founder.lock()
    admin = office.at_work(WORKER)
    for officer, role in ((office.worker, "supervisor"), (office.reader, "supervisor"), (office.second, "case_worker")):
        with pytest.raises(RefusedError):
            given(admin, officer, role=role)
    with pytest.raises(RefusedError):
        new_record(admin, "officer", {"name": "Nobody Real", "initials": "NR", "role": "supervisor"})
    given(admin, office.reader, role="case_worker")
    assert admin.grants and admin.grants.role(office.reader) == "case_worker"
    admin.lock()


def test_a_supervisor_who_was_made_up_is_no_second_person(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = family(founder)
    joined(founder, "Nobody Real", "supervisor", MINE)
    for days in (0, 2, 60):  # whose passphrase the giver typed is never the giver's, however long they wait
        founder.clock = SteppingClock(NOW + timedelta(days=days))
        with pytest.raises(RefusedError):
            erase_case(founder, case, "ground", agreeing(office.folder, MINE))
    founder.lock()


def test_a_new_supervisor_waits_three_days_or_is_confirmed_by_a_third(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case, other = family(founder), family(founder)
    third = joined(founder, "Ермина Селими", "supervisor", MINE)
    founder.lock()
    new = open_unlocked(office.folder, unlock(office.folder, MINE), clock=SteppingClock(NOW))
    chose_own_passphrase(new)
    with pytest.raises(RefusedError):
        confirm_supervisor(new, third)
    new.lock()
    second = office.at_work(SECOND)
    with pytest.raises(RefusedError) as refused:
        second_person(second, MINE)
    assert "new here" in refused.value.title and waits_until(second, third)
    with pytest.raises(RefusedError):
        erase_case(second, case, "ground", agreeing(office.folder, MINE))
    second.clock = SteppingClock(NOW + timedelta(hours=73))
    erase_case(second, second.store.reader.case_file(case.case.uid), "ground", agreeing(office.folder, MINE))
    second.clock = SteppingClock(NOW)
    with pytest.raises(RefusedError):
        erase_case(second, other, "ground", agreeing(office.folder, MINE))
    confirm_supervisor(second, third)  # who neither gave the role nor typed the passphrase
    erase_case(second, second.store.reader.case_file(other.case.uid), "ground", agreeing(office.folder, MINE))
    second.lock()


def test_the_second_person_signs_what_they_agree_to(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = family(founder)
    erase_case(founder, case, "ground", agreeing(office.folder))
    erased = list(founder.store.journal.erasures())
    assert founder.grants and [founder.grants.seconded(entry) for entry in erased] == [True]
    founder.lock()


def test_wrong_tries_of_the_second_person_are_counted(office: People) -> None:
    founder = office.at_work(FOUNDER)
    for _ in range(3):
        with pytest.raises(PassphraseError):
            second_person(founder, "wrong words of somebody")
    assert founder.folder.take_failed_unlocks() == 3
    founder.lock()


# ---- restricted records ----


def test_who_holds_no_key_takes_no_restricted_record_away_nor_brings_one_back(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = family(founder).case.uid
    new_record(founder, "note", {"text": "Only for few", "restricted": True}, case)
    note = founder.store.reader.case_file(case).restricted[0]
    removed = remove_record(founder, note, case)
    founder.lock()
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        undo(worker, removed.change_id)
    worker.lock()
    founder = office.at_work(FOUNDER)
    undo(founder, removed.change_id)
    assert show_restricted(founder, founder.store.reader.case_file(case))
    founder.lock()
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        remove_record(worker, worker.store.reader.case_file(case).restricted[0], case)
    worker.lock()


# ---- who wrote what ----


@pytest.mark.parametrize("signs", [True, False])
def test_an_entry_in_somebody_elses_name_is_seen(office: People, signs: bool) -> None:
    founder = office.at_work(FOUNDER)
    case = family(founder)
    founder.lock()
    worker = office.at_work(WORKER)
    note = case.notes[0]
    if not signs:
        worker.store.person = None
    part = Part(PartKind.SET, "note", note.uid, {"text": "In the founder’s name"}, note.seen)
    changes = worker.store.save([part], case=case.case.uid, actor=office.founder, now=worker.clock.now())
    entry = worker.store.journal.named(changes.change_id)
    assert entry and worker.grants and not worker.grants.wrote(entry)
    worker.lock()


def test_all_entries_of_an_ordinary_day_were_written_by_who_they_name(office: People) -> None:
    walls: list[Callable[[Workspace], object]] = [family, lambda one: new_record(one, "provider", {"name": "Bashkia"})]
    for passphrase, act in zip((FOUNDER, WORKER), walls, strict=True):
        workspace = office.at_work(passphrase)
        act(workspace)
        workspace.lock()
    reader = office.at_work(READER)
    assert reader.grants and all(reader.grants.wrote(entry) for entry in reader.store.journal.all())
    assert not reader.grants.refused and not list(wall_problems(reader))
    reader.lock()
