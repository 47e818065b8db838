"""The assistance plan of a case: agreed with the person, revised, every revision kept."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.case.plans import AFTER, BEFORE, BOTH, SIGNED, latest
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import NewRecord, commit
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.RECORD)
def new_revision(workspace: Workspace, case_file: CaseFile) -> NewRecord:
    """Begin the next revision with the words of the one before, unsigned; the old one stays as it was signed.

    It says on which side of the journey it is made; one that goes on from before the return was begun there and is finished here.
    """
    before = latest(case_file)
    values = {key: value for key, value in before.values.items() if key not in SIGNED} if before else {}
    values["made_where"] = _side(case_file, before)
    values["revision"] = 1 + (before.whole("revision") if before else 0)
    part = adding(workspace, "plan", values)
    return NewRecord(part.record, commit(workspace, [part], case_file.case.uid))


def _side(case_file: CaseFile, before: Record | None) -> str:
    if case_file.case.text("status") == CaseStatus.PRE_ARRIVAL.code:
        return BEFORE
    return BOTH if before and before.text("made_where") in (BEFORE, BOTH) else AFTER
