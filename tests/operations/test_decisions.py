"""What a verb decides cannot be had another way: not in a form, not by undoing, not by whoever asked for it."""

from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.closing import approve_closing, closing_asked, turn_down_closing
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.endings import close_case
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def asked_by_founder(office: People) -> str:
    """Return a case for whose closing the founder asked."""
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    close_case(founder, case, "withdrew")
    founder.lock()
    return case.case.uid


def attempted(workspace: Workspace, case: CaseFile, values: dict[str, Value | None]) -> CaseFile:
    """Edit a case, which is refused, and return the case as it is then."""
    with pytest.raises(RefusedError):
        edit_record(workspace, case.case, values, case.case.uid)
    return read_case(workspace, case.case.uid)


def test_a_case_that_is_left_alone_is_worked_on_again_by_a_decision_only(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    uid = case.case.uid
    change = restrict_processing(founder, case, "Asked by the person").change_id
    founder.lock()
    worker = office.at_work(WORKER)
    still = attempted(worker, read_case(worker, uid), {"kept_still_since": None})
    still = attempted(worker, still, {"kept_still_because": "x", "called": "x"})
    with pytest.raises(RefusedError) as refused:
        undo(worker, change)
    assert "role" in refused.value.title
    assert read_case(worker, uid).case == still.case and still.case.text("kept_still_since")
    worker.lock()
    second = office.at_work(SECOND)
    undo(second, change)
    assert not read_case(second, uid).case.text("kept_still_since")
    new_record(second, "note", {"text": "x"}, uid)
    second.lock()


def test_who_asked_and_who_approved_is_written_by_asking_and_approving_only(office: People) -> None:
    uid = asked_by_founder(office)
    founder = office.at_work(FOUNDER)
    before = read_case(founder, uid)
    after = attempted(founder, before, {"closure_asked_by": office.worker})
    after = attempted(founder, after, {"closure_approved_by": office.second})
    after = attempted(founder, after, {"status": "closed"})
    assert after.case == before.case
    with pytest.raises(RefusedError):
        approve_closing(founder, after)
    founder.lock()


def test_who_neither_asked_nor_decides_does_not_turn_a_closing_down(office: People) -> None:
    uid = asked_by_founder(office)
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        turn_down_closing(worker, read_case(worker, uid))
    assert closing_asked(read_case(worker, uid))
    worker.lock()


def test_what_became_open_since_somebody_asked_keeps_a_case_from_being_closed(office: People) -> None:
    uid = asked_by_founder(office)
    worker = office.at_work(WORKER)
    case = read_case(worker, uid)
    add_service(worker, case, "birth_registration", [case.members[2].person.uid])
    case = read_case(worker, uid)
    step = next(view.step for view in case.step_views() if view.standing.value == "can_start")
    move_step(worker, case, step.uid, "in_progress")
    worker.lock()
    second = office.at_work(SECOND)
    with pytest.raises(RefusedError) as refused:
        approve_closing(second, read_case(second, uid))
    assert "Not everything is settled" in refused.value.title
    second.lock()
