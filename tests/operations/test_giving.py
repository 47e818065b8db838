"""What is given counts only from those who may give: unsigned, from below or from whoever left, it is nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError, StoreError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.keys import recovery, slots
from avrr_desktop.operations.access.officers import (
    PreparedSlot,
    give_passphrase,
    give_protection,
    second_person,
    take_passphrase,
    unsigned_roles,
)
from avrr_desktop.operations.exchange.journey import take_in
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.folders import copy_of
from tests.support.office_with_keys import FOUNDER, QUICK, SECOND, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def test_an_entry_without_the_signature_of_a_person_gives_nothing(office: People) -> None:
    founder = office.at_work(FOUNDER)
    founder.store.person = None
    part = Part(PartKind.SET, "officer", office.worker, {"role": "supervisor"})
    name = founder.store.save([part], case=None, actor=office.founder, now=founder.clock.now()).change_id
    founder.read_grants()
    assert founder.grants and founder.grants.refused == [name]
    assert founder.grants.role(office.worker) == "case_worker"
    assert unsigned_roles(founder) == (office.worker,)
    founder.lock()


def test_a_spare_way_in_that_a_case_worker_wrote_down_gives_nothing(office: People) -> None:
    worker = office.at_work(WORKER)
    worker_signs = worker.store.person
    assert worker_signs and worker.office
    now = worker.clock.now()
    key = Part(PartKind.SET, "office", worker.office.uid, {"recovery_key": worker_signs.public})
    role = Part(PartKind.SET, "officer", office.worker, {"role": "supervisor"})
    for part in (key, role):
        worker.store.save([part], case=None, actor=office.worker, now=now)
    worker.read_grants()
    assert worker.grants and worker.grants.spare_keys == {} and len(worker.grants.refused) == 2
    assert worker.role == "case_worker"
    worker.lock()


def test_who_holds_the_key_of_restricted_records_cannot_hand_it_on_without_the_role(office: People) -> None:
    founder = office.at_work(FOUNDER)
    give_protection(founder, office.worker)
    founder.lock()
    worker = office.at_work(WORKER)
    assert worker.protection
    with pytest.raises(RefusedError):
        give_protection(worker, office.reader)
    worker.lock()


def test_who_leaves_leaves_their_key_of_restricted_records(office: People) -> None:
    founder = office.at_work(FOUNDER)
    give_protection(founder, office.worker)
    take_passphrase(founder, office.worker)
    assert founder.grants
    left = founder.grants.officers[office.worker]
    assert (left.protection_key, left.left_on, founder.grants.role(office.worker)) == ("", "2026-06-15", "")
    founder.lock()


def test_the_recovery_code_takes_no_passphrase_from_the_last_who_gives(office: People) -> None:
    founder = office.at_work(FOUNDER)
    take_passphrase(founder, office.second)
    founder.lock()
    code = recovery.new_code()
    office_with_keys.with_code(office, code)
    by_code = office.at_work(code)
    assert by_code.by_recovery
    with pytest.raises(RefusedError, match="nobody else could give roles"):
        take_passphrase(by_code, office.founder)
    by_code.lock()
    office.at_work(FOUNDER).lock()


def test_the_first_own_passphrase_of_a_store_is_the_givers(workspace: Workspace) -> None:
    other = new_record(workspace, "officer", {"name": "Besnik Leka", "initials": "BL"}).record
    file, _ = slots.create("STORE", slots.OFFICE, "shared by the office", QUICK)
    workspace.folder.write_keys(file)
    prepared = PreparedSlot(
        other, *slots.add_officer(file, slots.enter(file, "shared by the office"), other, "other of five words", QUICK)
    )
    with pytest.raises(RefusedError):
        give_passphrase(workspace, prepared)
    assert workspace.grants is None and workspace.folder.read_keys() == file


def test_a_second_person_who_left_or_only_works_decides_nothing(office: People) -> None:
    founder = office.at_work(FOUNDER)
    kept = founder.folder.read_keys()
    assert second_person(founder, SECOND).officer == office.second
    take_passphrase(founder, office.second)
    founder.folder.write_keys(replace(kept, generation=kept.generation + 9))  # an older key file put back
    for passphrase in (SECOND, WORKER):
        with pytest.raises(RefusedError):
            second_person(founder, passphrase)
    founder.lock()


def test_a_copy_whose_history_was_altered_is_not_taken_in(office: People) -> None:
    copy = copy_of(office.folder, "copy.avrr")
    twin = People(copy, office.founder).at_work(FOUNDER)
    stores.family(twin)
    row = twin.store.connection.one("SELECT max(pk) FROM journal")
    twin.store.connection.execute("UPDATE journal SET digest=zeroblob(32) WHERE pk=?", row or ())
    twin.lock()
    home = office.at_work(FOUNDER)
    before = home.store.journal.count()
    with pytest.raises(StoreError) as refused:
        take_in(home, copy)
    assert "is damaged" in refused.value.title
    assert (home.store.journal.count(), accesses(home)) == (before, ())
    home.lock()
