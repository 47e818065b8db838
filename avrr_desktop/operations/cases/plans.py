"""The assistance plan of a case: agreed with the person, revised, every revision kept."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import NewRecord, commit
from avrr_desktop.operations.session.workspace import Workspace

SIGNED = ("signed_by_returnee_on", "signed_by_officer_on", "agreed_on")


def latest(case_file: CaseFile) -> Record | None:
    """Return the plan in force: the one with the highest revision."""
    return max(case_file.plans, key=lambda plan: plan.whole("revision"), default=None)


@needs(Permission.RECORD)
def new_revision(workspace: Workspace, case_file: CaseFile) -> NewRecord:
    """Begin the next revision with the words of the one before, unsigned; the old one stays as it was signed."""
    before = latest(case_file)
    values = {key: value for key, value in before.values.items() if key not in SIGNED} if before else {}
    values["revision"] = 1 + (before.whole("revision") if before else 0)
    part = adding(workspace, "plan", values)
    return NewRecord(part.record, commit(workspace, [part], case_file.case.uid))
