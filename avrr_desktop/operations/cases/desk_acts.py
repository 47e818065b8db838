"""What is done with a line of Today without opening its case: finished, put off to another day, not needed, decided."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.procedure.school_steps import ANSWERS
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.case_status import go_on, put_on_hold
from avrr_desktop.operations.cases.closing import approve_closing, heed_sent_back, turn_down_closing
from avrr_desktop.operations.cases.services import move_step, report_return
from avrr_desktop.operations.cases.today import DeskLine
from avrr_desktop.operations.referrals.moves import tell_recipient
from avrr_desktop.operations.referrals.override import approve_override, turn_down_override
from avrr_desktop.operations.referrals.withdrawal import withdrawal_handled
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.workspace import Workspace


class Act(Enum):
    """What can be done with a line, in the order in which it is offered."""

    DONE = "done"
    ANSWER = "answer"  # opens the record in which the answer is written
    APPROVE = "approve"
    SEND_BACK = "send_back"
    PUT_OFF = "put_off"
    NOT_NEEDED = "not_needed"
    CALL = "call"


_STEPS = frozenset({"step_due", "step_open", "step_answer", "step_waiting"})
_DAYS = {  # the field in which the day of a line stands
    "step_due": "planned_on", "step_open": "planned_on", "step_answer": "expected_on", "step_waiting": "expected_on",
    "follow_up_due": "planned_on", "referral_unanswered": "answer_expected_on", "hold_ends": "hold_until",
    "arrival_due": "arrival_date",
}  # fmt: skip
_ENDS = _STEPS | {
    "follow_up_due",
    "attendance_due",
    "hold_ends",
    "closing_back",
    "return_unreported",
    "referral_tell",
    "withdrawal_to_tell",
}
_DECIDED = frozenset({"closing_asked", "override_asked"})
_ANSWERED = frozenset({"referral_unanswered", "referral_feedback"})


def acts_of(session: Session, line: DeskLine) -> tuple[Act, ...]:
    """Return what whoever is at work may do with a line."""
    if not may(session, Permission.RECORD):
        return ()
    if line.kind in _DECIDED:
        decides = may(session, Permission.APPROVE) and line.who != session.actor
        return (Act.APPROVE, Act.SEND_BACK) if decides else ()
    if line.kind == "closing_back" and line.who != session.actor:
        return (Act.CALL,)
    offered = {
        Act.DONE: line.kind in _ENDS, Act.ANSWER: line.kind in _ANSWERED, Act.PUT_OFF: line.kind in _DAYS,
        Act.NOT_NEEDED: line.kind in _STEPS or line.kind == "follow_up_due", Act.CALL: line.kind != "return_unreported",
    }  # fmt: skip
    return tuple(act for act, offers in offered.items() if offers)


def days_offered(today: date) -> tuple[date, date]:
    """Return the days to which a line is put off with one key: tomorrow, and the Monday of next week."""
    return today + timedelta(days=1), today + timedelta(days=7 - today.weekday())


@needs(Permission.RECORD)
def finish_line(workspace: Workspace, line: DeskLine) -> Changes | None:
    """Say that what a line speaks of is done: today, or that a child still goes to school. Raises RefusedError."""
    record, case = _record(line), line.case.uid
    whole: dict[str, Callable[[], Changes]] = {
        "hold_ends": lambda: go_on(workspace, workspace.store.reader.case_file(case)),
        "closing_back": lambda: heed_sent_back(workspace, workspace.store.reader.case_file(case)),
        "referral_tell": lambda: tell_recipient(workspace, workspace.store.reader.case_file(case), record.uid),
        "return_unreported": lambda: report_return(workspace, workspace.store.reader.case_file(case), record),
        "withdrawal_to_tell": lambda: withdrawal_handled(workspace, workspace.store.reader.case_file(case), record),
    }
    if line.kind in whole:
        return whole[line.kind]()
    if record.type == "step":
        return move_step(workspace, workspace.store.reader.case_file(case), record.uid, StepState.DONE.code)
    if record.type == "schooling":
        return answer_attendance(workspace, line, "yes")
    return edit_record(workspace, record, {"done_on": workspace.today.isoformat()}, case)


@needs(Permission.RECORD)
def answer_attendance(workspace: Workspace, line: DeskLine, answer: str) -> Changes | None:
    """Write down whether a child still goes to school, at the check that is due. ``answer``: a code of ``yes_no_unknown``."""
    record = _record(line)
    due = next((key for key in ANSWERS if not record.text(key)), "")
    if record.type != "schooling" or not due:
        raise RefusedError(N_("No check of attendance is due here."), N_("Nothing was changed."))
    return edit_record(workspace, record, {due: answer}, line.case.uid)


@needs(Permission.RECORD)
def put_off(workspace: Workspace, line: DeskLine, day: str) -> Changes | None:
    """Give a line another day. ``day``: a stored date. Raises BadInputError without one, RefusedError where none is kept."""
    record, case, key = _record(line), line.case.uid, _DAYS.get(line.kind, "")
    if not key:
        raise RefusedError(N_("This has no day that can be changed here."), N_("Nothing was changed. Open the case."))
    if stored(day) is None:
        raise BadInputError(N_("Give the day."), N_("Nothing was changed. Write for example 12.5.2026."))
    if line.kind == "hold_ends":
        return put_on_hold(workspace, workspace.store.reader.case_file(case), record.text("hold_because"), day)
    return edit_record(workspace, record, {key: day}, case)


@needs(Permission.RECORD)
def give_up(workspace: Workspace, line: DeskLine) -> Changes:
    """Say that a step is not needed; take a planned follow-up away. Raises RefusedError for anything else."""
    record, case = _record(line), line.case.uid
    if record.type == "step":
        return move_step(workspace, workspace.store.reader.case_file(case), record.uid, StepState.NOT_NEEDED.code)
    if record.type == "follow_up":
        return remove_record(workspace, record, case)
    raise RefusedError(N_("This cannot be put aside here."), N_("Nothing was changed. Open the case."))


@needs(Permission.RECORD)
def note_call(workspace: Workspace, line: DeskLine, person: str, result: str, summary: str) -> Changes:
    """Write down a call to a family: it counts as heard from. ``person``: who was called; ``result``: how it ended."""
    values: dict[str, object] = {
        "kind": "call", "on": workspace.today.isoformat(), "person": person, "result": result, "summary": summary,
    }  # fmt: skip
    return new_record(workspace, "contact", values, line.case.uid).changes


@needs(Permission.APPROVE)
def approve_line(workspace: Workspace, line: DeskLine) -> Changes:
    """Approve what somebody else asked for: closing a case, or sending a referral without agreement. Raises RefusedError."""
    if line.kind == "override_asked":
        return approve_override(workspace, workspace.store.reader.case_file(line.case.uid), _record(line).uid)
    return approve_closing(workspace, workspace.store.reader.case_file(line.case.uid))


@needs(Permission.APPROVE)
def send_back(workspace: Workspace, line: DeskLine, word: str) -> Changes:
    """Send a request back to who made it, with a word for them. Raises BadInputError without one, RefusedError."""
    if line.kind == "override_asked":
        return turn_down_override(workspace, workspace.store.reader.case_file(line.case.uid), _record(line).uid, word)
    return turn_down_closing(workspace, workspace.store.reader.case_file(line.case.uid), word)


def _record(line: DeskLine) -> Record:
    if line.record is None:
        raise RefusedError(N_("This record is not in this case any more."), N_("Nothing was changed."))
    return line.record
