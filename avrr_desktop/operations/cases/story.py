"""The Story of a case: what its records tell, the copies that left, and how its status changed."""

from datetime import datetime

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.case.story import COPY, STATUS, Told, newest_first, told_by
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

# The field that names the day of a status; of every other one, it is the day on which it was written.
_SINCE = {CaseStatus.ON_HOLD.code: "hold_since", **{status.code: "closed_on" for status in CaseStatus if status.over}}
COPIES = frozenset({"printed", "handed_over", "exported", "subject_access"})  # codes of access_kind: what somebody got


@needs(Permission.READ)
def story(workspace: Workspace, case_file: CaseFile) -> list[Told]:
    """Return everything that is told of a case, the newest first."""
    case = case_file.case.uid
    copies = [
        Told(COPY, _day(workspace, record.text("at")), record)
        for record in reversed(accesses(workspace, case))
        if record.text("what") in COPIES
    ]
    return newest_first([*_states(workspace, case_file), *reversed(told_by(case_file)), *copies])


def _states(workspace: Workspace, case_file: CaseFile) -> list[Told]:
    """Return each status that the case was put into, the oldest first, as a record of its own that says it and who did it.

    A case that was written down with a later status, as one from a paper file, was opened before that.
    """
    found: list[Told] = []
    opened = case_file.case.text("opened_on")
    for entry in workspace.store.journal.of_case(case_file.case.uid):
        for part in entry.parts:
            if part is None or part.record_type != "case" or "status" not in part.values:
                continue
            envelope, values = entry.change.envelope, part.values
            status = str(values["status"] or "")
            named = str(values.get(_SINCE.get(status, ""), "") or "")
            if not found and named and named != opened:
                before = {
                    "status": str(values.get("hold_before") or CaseStatus.OPEN.code),
                    "officer": envelope["actor"],
                }
                found.append(Told(STATUS, opened, Record("case", f"{entry.change.change_id}-opened", before)))
            if not found or found[-1].record.text("status") != status:
                reason = str(values.get("closure_reason") or "")
                said = {"status": status, "closure_reason": reason, "officer": envelope["actor"]}
                on = named or (_day(workspace, envelope["time"]) if found else opened)
                found.append(Told(STATUS, on, Record("case", entry.change.change_id, said)))
    return found


def _day(workspace: Workspace, moment: str) -> str:
    return workspace.local(datetime.fromisoformat(moment)).date().isoformat()
