"""Officers with passphrases of their own: who opens, in which role, and what an altered file cannot give."""

from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import PassphraseError, RefusedError, StoreError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.keys import recovery, slots
from avrr_desktop.operations.access.officers import (
    PreparedSlot,
    give_passphrase,
    give_protection,
    has_own_passphrase,
    officer_access,
    second_person,
    take_passphrase,
    take_protection,
    unsigned_roles,
)
from avrr_desktop.operations.access.recovery import trust_recovery_code
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import edit_record, new_record, read_record
from avrr_desktop.operations.session.unlocking import change_passphrase, keys_of, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.create import create_store
from tests.support import office_with_keys
from tests.support.folders import copy_of
from tests.support.office_with_keys import FOUNDER, QUICK, READER, SECOND, WORKER, People
from tests.support.stores import NOW


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> People:
    return office_with_keys.office(Path(tmp_path_factory.mktemp("people")) / "office.avrr")


@pytest.fixture
def office(made: People) -> People:
    folder = copy_of(made.folder, f"copy-{len(list(made.folder.parent.iterdir()))}.avrr")
    return People(folder, made.founder, made.worker, made.reader, made.second)


def role_of(workspace: Workspace) -> str:
    role = workspace.role
    workspace.lock()
    return role


def test_each_passphrase_opens_for_its_officer_in_their_role(office: People) -> None:
    found = []
    for passphrase in (FOUNDER, WORKER, READER, SECOND):
        workspace = office.at_work(passphrase)
        found.append((workspace.actor, workspace.role))
        workspace.lock()
    assert found == [(office.founder, "supervisor"), (office.worker, "case_worker"), (office.reader, "read_only"),
                     (office.second, "supervisor")]  # fmt: skip


def test_who_only_reads_changes_nothing(office: People) -> None:
    workspace = office.at_work(READER)
    with pytest.raises(RefusedError):
        new_record(workspace, "provider", {"name": "Bashkia"})
    assert [may(workspace, one) for one in Permission] == [True] + [False] * 6
    workspace.lock()


def test_a_role_that_is_written_into_the_table_counts_for_nothing_and_is_told(office: People) -> None:
    workspace = office.at_work(WORKER)
    workspace.store.connection.execute("UPDATE officers SET role='supervisor' WHERE uid=?", (office.worker,))
    workspace.read_grants()
    assert workspace.role == "case_worker"
    assert unsigned_roles(workspace) == (office.worker,)
    workspace.lock()
    assert role_of(office.at_work(WORKER)) == "case_worker"


def test_a_role_that_an_officer_writes_for_themselves_counts_for_nothing(office: People) -> None:
    workspace = office.at_work(WORKER)
    part = Part(PartKind.SET, "officer", office.worker, {"role": "supervisor"})
    changes = workspace.store.save([part], case=None, actor=office.founder, now=workspace.clock.now())
    workspace.read_grants()
    assert workspace.grants and workspace.grants.refused == [changes.change_id]
    assert workspace.role == "case_worker"
    workspace.lock()
    founder = office.at_work(FOUNDER)
    assert officer_access(founder, office.worker).role == "case_worker"
    assert unsigned_roles(founder) == (office.worker,)
    founder.lock()


def test_a_supervisor_gives_another_role_and_it_counts_at_the_next_unlock(office: People) -> None:
    workspace = office.at_work(SECOND)
    worker = read_record(workspace, "officer", office.worker)
    assert worker
    edit_record(workspace, worker, {"role": "administrator"})
    workspace.read_grants()
    assert unsigned_roles(workspace) == ()
    workspace.lock()
    assert role_of(office.at_work(WORKER)) == "administrator"


def test_who_left_opens_nothing_and_what_they_sign_counts_no_more(office: People) -> None:
    kept = unlock(office.folder, SECOND)
    workspace = office.at_work(FOUNDER)
    take_passphrase(workspace, office.second)
    assert not has_own_passphrase(workspace, office.second)
    workspace.lock()
    with pytest.raises(PassphraseError):
        unlock(office.folder, SECOND)
    from avrr_desktop.operations.store.opening import open_unlocked

    old = open_unlocked(office.folder, kept)  # with a copy of the keys that they kept
    assert old.role == "none"
    assert not may(old, Permission.READ)
    part = Part(PartKind.SET, "officer", office.worker, {"role": "supervisor"})
    old.store.save([part], case=None, actor=office.second, now=old.clock.now())
    old.lock()
    assert role_of(office.at_work(WORKER)) == "case_worker"


def test_the_last_who_gives_roles_and_oneself_stay(office: People) -> None:
    workspace = office.at_work(FOUNDER)
    with pytest.raises(RefusedError):
        take_passphrase(workspace, office.founder)
    take_passphrase(workspace, office.second)
    workspace.lock()
    assert role_of(office.at_work(FOUNDER)) == "supervisor"


def test_a_changed_passphrase_keeps_the_person_and_two_people_never_share_one(office: People) -> None:
    new = "other words of the worker"
    change_passphrase(office.folder, WORKER, new)
    workspace = office.at_work(new)
    assert (workspace.actor, workspace.role) == (office.worker, "case_worker")
    workspace.lock()
    with pytest.raises(PassphraseError):
        unlock(office.folder, WORKER)
    with pytest.raises(RefusedError):
        change_passphrase(office.folder, READER, new)
    with pytest.raises(RefusedError):
        slots.add_officer(people_file(office), slots.enter(people_file(office), FOUNDER), "X", new, QUICK)


def people_file(office: People) -> slots.KeyFile:
    from avrr_desktop.store.folder.folder import StoreFolder

    return StoreFolder(office.folder).read_keys()


def test_one_slow_second_opens_whichever_slot(office: People) -> None:
    assert len({slot.salt for slot in people_file(office).slots}) == 1


def test_the_recovery_code_gives_an_officer_a_new_passphrase(office: People) -> None:
    workspace = office.at_work(FOUNDER)
    code = recovery.new_code()
    file, secrets = slots.with_recovery(workspace.folder.read_keys(), FOUNDER, code, QUICK, workspace.protection)
    workspace.folder.write_keys(file)
    trust_recovery_code(workspace, office_with_keys.Signer(secrets.seed).public)
    workspace.lock()
    by_code = office.at_work(code)
    assert by_code.officer is None and by_code.by_recovery and not by_code.protection
    from avrr_desktop.operations.access.officers import PreparedSlot, give_passphrase

    own = slots.enter(file, code)
    added = slots.add_officer(file, own, office.founder, "after the fire five", QUICK)
    prepared = PreparedSlot(office.founder, *added, own.secrets.compartment)
    give_passphrase(by_code, prepared)
    by_code.lock()
    again = office.at_work("after the fire five")
    assert (again.actor, again.role) == (office.founder, "supervisor")
    assert unsigned_roles(again) == () and again.protection
    again.lock()


def test_the_key_of_restricted_records_is_given_and_taken(office: People) -> None:
    worker = office.at_work(WORKER)
    assert not worker.protection
    worker.lock()
    founder = office.at_work(FOUNDER)
    key = founder.protection
    assert len(key) == 32
    give_protection(founder, office.worker)
    assert officer_access(founder, office.worker).reads_restricted
    founder.lock()
    worker = office.at_work(WORKER)
    assert worker.protection == key
    worker.lock()
    founder = office.at_work(FOUNDER)
    take_protection(founder, office.worker)
    founder.lock()
    worker = office.at_work(WORKER)
    assert not worker.protection and not may(worker, Permission.PROTECT)
    worker.lock()


def test_a_key_that_nobody_signed_for_is_not_taken(office: People) -> None:
    worker = office.at_work(WORKER)
    assert worker.store.person
    forged = office_with_keys.Signer(bytes(32))
    part = Part(PartKind.SET, "officer", office.second, {"public_key": forged.public})
    worker.store.save([part], case=None, actor=office.founder, now=worker.clock.now())
    worker.lock()
    founder = office.at_work(FOUNDER)
    give_protection(founder, office.second)
    record = read_record(founder, "officer", office.second)
    assert record and forged.opened(record.text("protection_key")) == b""
    founder.lock()
    second = office.at_work(SECOND)
    assert second.protection
    second.lock()


def test_a_second_person_is_another_supervisor(office: People) -> None:
    workspace = office.at_work(FOUNDER)
    assert second_person(workspace, SECOND).officer == office.second
    for passphrase, error in (
        (FOUNDER, RefusedError),
        (WORKER, RefusedError),
        ("nobody’s words at all", PassphraseError),
    ):
        with pytest.raises(error):
            second_person(workspace, passphrase)
    workspace.lock()


def test_wrong_passphrases_are_counted_and_written_down_at_the_next_unlock(office: People) -> None:
    for _ in range(3):
        with pytest.raises(PassphraseError):
            unlock(office.folder, "another person tries this")
    workspace = office.at_work(FOUNDER)
    from avrr_desktop.operations.session.access_log import accesses

    newest = accesses(workspace)[0]
    assert (newest.text("what"), newest.whole("count")) == ("unlock_failed", 3)
    workspace.lock()
    again = office.at_work(FOUNDER)
    assert len(accesses(again)) == 1
    again.lock()


def test_founding_that_fails_half_way_leaves_no_key_that_nobody_could_open_with(tmp_path: Path) -> None:
    file, _ = slots.create("STORE", slots.OFFICE, "shared words of an office", QUICK)
    own = slots.enter(file, "shared words of an office")
    workspace = create_store(
        tmp_path / "shared.avrr", "", dict(office_with_keys.OFFICE), {"name": "Arta Hoxha", "initials": "AH", "role": "supervisor"},
        keys=keys_of(file, own), clock=SteppingClock(NOW),
    )  # fmt: skip
    prepared = PreparedSlot(workspace.actor, *slots.add_officer(file, own, workspace.actor, FOUNDER, QUICK))
    for name in ("keys-a.json", "keys-b.json"):
        (workspace.folder.path / name).rename(workspace.folder.path / f"{name}.kept")
        (workspace.folder.path / name).mkdir()
    with pytest.raises(StoreError):
        give_passphrase(workspace, prepared)
    assert workspace.grants is None and workspace.store.person is None and not workspace.protection
    for name in ("keys-a.json", "keys-b.json"):
        (workspace.folder.path / name).rmdir()
        (workspace.folder.path / f"{name}.kept").rename(workspace.folder.path / name)
    give_passphrase(workspace, prepared)
    assert workspace.role == "supervisor" and workspace.protection
    workspace.lock()
