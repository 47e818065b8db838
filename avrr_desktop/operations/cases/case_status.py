"""How a case stands while somebody works on it: opened before the arrival, confirmed, on hold, and going on."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus, case_status, is_running
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace

HELD = ("hold_because", "hold_until", "hold_since", "hold_before")


@needs(Permission.RECORD)
def confirm_arrival(workspace: Workspace, case_file: CaseFile, arrived_on: str) -> Changes:
    """Say that a family whose case was opened before is here. ``arrived_on``: a stored date, not to come. Raises BadInputError."""
    _check_stands(case_file, CaseStatus.PRE_ARRIVAL)
    known = stored(arrived_on)
    if known is None:
        raise BadInputError(N_("Enter the day they arrived."), N_("Nothing was changed. Write for example 12.5.2026."))
    if known.first() > workspace.today:
        raise BadInputError(
            N_("The arrival date cannot be in the future."), N_("Nothing was changed. Confirm it once they are here.")
        )
    return _put(workspace, case_file, {"status": CaseStatus.OPEN.code, "arrival_date": arrived_on})


@needs(Permission.RECORD)
def put_on_hold(workspace: Workspace, case_file: CaseFile, reason: str, until: str) -> Changes:
    """Let a case rest until a day, on which Today brings it back. ``until``: a stored day to come. Raises BadInputError."""
    _check_stands(case_file, CaseStatus.OPEN, CaseStatus.PRE_ARRIVAL, CaseStatus.ON_HOLD)
    if not reason.strip():
        raise BadInputError(N_("Give the reason for the hold."), N_("Nothing was changed. The next officer will ask."))
    known = stored(until)
    if known is None or known.last() <= workspace.today:
        raise BadInputError(
            N_("Give the day on which the hold ends, in the future."),
            N_("Nothing was changed. On that day, the case appears in Today again."),
        )
    values: dict[str, Value | None] = {
        "status": CaseStatus.ON_HOLD.code, "hold_because": reason.strip(), "hold_until": until,
        "hold_since": case_file.case.text("hold_since") or workspace.today.isoformat(),
        "hold_before": case_file.case.text("hold_before") or case_file.case.text("status"),
    }  # fmt: skip
    return _put(workspace, case_file, values)


@needs(Permission.RECORD)
def go_on(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Work again on a case that rests, which stands as it stood before. Raises RefusedError."""
    _check_stands(case_file, CaseStatus.ON_HOLD)
    before = case_file.case.text("hold_before")
    status = before if is_running(before) else CaseStatus.OPEN.code
    return _put(workspace, case_file, {"status": status, **dict.fromkeys(HELD)})


def _check_stands(case_file: CaseFile, *wanted: CaseStatus) -> None:
    if case_status(case_file.case.text("status")) not in wanted:
        raise RefusedError(
            N_("This is not possible in the current status of the case."),
            N_("Nothing was changed. Open the case again: somebody may have decided in the meantime."),
        )


def _put(workspace: Workspace, case_file: CaseFile, values: dict[str, Value | None]) -> Changes:
    case = case_file.case
    return commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen)], case.uid)
