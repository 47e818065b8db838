"""An officer without a right does not get it by another way through the program: codes, undo, lines of who looked."""

from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.keys import recovery, slots
from avrr_desktop.operations.access.officers import (
    add_officer,
    begin_as,
    give_protection,
    take_passphrase,
    take_protection,
)
from avrr_desktop.operations.access.recovery import check_new_code, trust_recovery_code
from avrr_desktop.operations.cases.closing import approve_closing, reopen_case
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import edit_record, read_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.endings import close_case
from tests.support.folders import copy_of
from tests.support.office_with_keys import FOUNDER, QUICK, SECOND, WORKER, People


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> People:
    return office_with_keys.office(Path(tmp_path_factory.mktemp("insider")) / "office.avrr")


@pytest.fixture
def office(made: People) -> People:
    folder = copy_of(made.folder, f"copy-{len(list(made.folder.parent.iterdir()))}.avrr")
    return People(folder, made.founder, made.worker, made.reader, made.second)


def with_code(office: People, passphrase: str) -> tuple[str, str]:
    """Let a new recovery code open the store; return it and its public half."""
    workspace = office.at_work(passphrase)
    code = recovery.new_code()
    file, secrets = slots.with_recovery(workspace.folder.read_keys(), passphrase, code, QUICK, workspace.protection)
    workspace.folder.write_keys(file)
    workspace.lock()
    return code, office_with_keys.Signer(secrets.seed).public


def test_a_recovery_code_that_nobody_signed_for_only_reads(office: People) -> None:
    code, public = with_code(office, WORKER)
    opened = office.at_work(code)
    assert [may(opened, one) for one in Permission] == [True] + [False] * 6
    with pytest.raises(RefusedError):
        begin_as(opened, office.founder)
    with pytest.raises(RefusedError):
        add_officer(opened, "New", "NN")
    with pytest.raises(RefusedError):
        trust_recovery_code(opened, public)
    assert opened.officer is None
    opened.lock()


def test_a_recovery_code_that_a_supervisor_signed_for_gives_everything_but_restricted_records(office: People) -> None:
    code, public = with_code(office, FOUNDER)
    founder = office.at_work(FOUNDER)
    trust_recovery_code(founder, public)
    founder.lock()
    opened = office.at_work(code)
    assert {one for one in Permission if not may(opened, one)} == {Permission.PROTECT}
    with pytest.raises(RefusedError):
        begin_as(opened, office.founder)  # the code is nobody
    opened.lock()


def test_nobody_goes_on_as_another_officer_where_each_has_a_passphrase(office: People) -> None:
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        begin_as(worker, office.founder)
    with pytest.raises(RefusedError):
        add_officer(worker, "New", "NN")
    assert (worker.actor, worker.role) == (office.worker, "case_worker")
    worker.lock()


def test_a_recovery_code_is_made_by_who_manages_and_never_loses_the_key_of_restricted_records(office: People) -> None:
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        check_new_code(worker)
    worker.lock()
    with_code(office, FOUNDER)
    founder = office.at_work(FOUNDER)
    check_new_code(founder)
    with pytest.raises(RefusedError):
        take_protection(founder, office.founder)  # the last one who holds it
    give_protection(founder, office.second)
    take_protection(founder, office.founder)
    founder.lock()
    without = office.at_work(FOUNDER)
    with pytest.raises(RefusedError) as refused:
        check_new_code(without)
    assert "restricted" in refused.value.title
    without.lock()


def test_a_case_left_alone_is_not_worked_on_again_by_undoing(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    still = restrict_processing(founder, case, "asked on the telephone")
    founder.lock()
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        undo(worker, still.change_id)
    record = worker.store.reader.case_file(case.case.uid).case
    assert record.text("kept_still_since")
    for key in ("kept_still_since", "closure_asked_by", "closure_approved_by"):
        value = None if key == "kept_still_since" else office.second
        with pytest.raises(RefusedError):
            edit_record(worker, record, {key: value}, case.case.uid)
    worker.lock()
    founder = office.at_work(FOUNDER)
    undo(founder, still.change_id)
    assert not founder.store.reader.case_file(case.case.uid).case.text("kept_still_since")
    founder.lock()


def test_a_case_is_not_closed_by_undoing_that_it_was_opened_again(office: People) -> None:
    worker = office.at_work(WORKER)
    case = stores.family(worker)
    close_case(worker, case, "objectives_met")
    worker.lock()
    founder = office.at_work(FOUNDER)
    approve_closing(founder, founder.store.reader.case_file(case.case.uid))
    founder.lock()
    worker = office.at_work(WORKER)
    again = reopen_case(worker, worker.store.reader.case_file(case.case.uid))
    with pytest.raises(RefusedError):
        undo(worker, again.change_id)
    assert worker.store.reader.case_file(case.case.uid).running
    worker.lock()


def test_nobody_changes_or_takes_away_who_looked(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    from avrr_desktop.operations.documents.printing import finished_copy

    finished_copy(founder, case, "summary", "full_internal", "Bashkia", "printed")
    line = accesses(founder, case.case.uid)[0]
    name = [entry.change.change_id for entry in founder.store.journal.outside_cases()][-1]
    with pytest.raises(RefusedError):
        edit_record(founder, line, {"recipient": "nobody"})
    with pytest.raises(RefusedError):
        remove_record(founder, line, "")
    with pytest.raises(RefusedError):
        undo(founder, name)
    assert accesses(founder, case.case.uid)[0].text("recipient") == "Bashkia"
    founder.lock()


def test_an_officer_with_a_role_is_not_taken_out_of_the_list_with_it(office: People) -> None:
    founder = office.at_work(FOUNDER)
    second = read_record(founder, "officer", office.second)
    assert second
    with pytest.raises(RefusedError):
        remove_record(founder, second, "")
    take_passphrase(founder, office.second)
    second = read_record(founder, "officer", office.second)
    assert second
    remove_record(founder, second, "")
    founder.lock()


def test_somebody_who_may_give_roles_always_stays(office: People) -> None:
    second = office.at_work(SECOND)

    def changed(uid: str, **values: str) -> Workspace:
        record = read_record(second, "officer", uid)
        assert record
        edit_record(second, record, values)
        return second

    changed(office.founder, role="case_worker")
    for values in ({"role": "case_worker"}, {"left_on": "2026-06-15"}):
        with pytest.raises(RefusedError):
            changed(office.second, **values)
    assert changed(office.second, initials="VX").role == "supervisor"
    changed(office.worker, role="administrator")
    with pytest.raises(RefusedError):  # nobody changes their own role, also where others could give it back
        changed(office.second, role="case_worker")
    second.lock()


def test_what_stands_open_in_a_note_is_not_called_restricted(workspace: Workspace, family: CaseFile) -> None:
    with pytest.raises(RefusedError):
        edit_record(workspace, family.notes[0], {"restricted": True}, family.case.uid)
    edit_record(workspace, family.notes[0], {"text": "Corrected", "restricted": False}, family.case.uid)
    after = workspace.store.reader.case_file(family.case.uid)
    assert [note.text("text") for note in after.notes] == ["Corrected"] and not after.restricted
