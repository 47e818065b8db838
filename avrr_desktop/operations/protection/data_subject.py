"""Rights of the people in the files: a case that is not to be worked on, and what is due to go."""

from avrr_desktop.domain.case.case_file import CaseFile, CaseLine
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import end_key, is_future, months_after, span_of
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.protection.erasing import erase_case, erase_person
from avrr_desktop.operations.protection.own_data import give_own_data
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.cases import CaseFilter

__all__ = ["erase_case", "erase_person", "give_own_data"]
RETENTION = "retention_months"


@needs(Permission.APPROVE)
def restrict_processing(workspace: Workspace, case_file: CaseFile, reason: str) -> Changes:
    """Let a case be kept but not worked on, printed or told, because the person asked for it. Raises RefusedError."""
    if not reason.strip():
        raise RefusedError(N_("Give a reason: the person may ask later."), N_("Nothing was changed."))
    values: dict[str, Value | None] = {
        "kept_still_since": workspace.today.isoformat(), "kept_still_because": reason.strip()
    }  # fmt: skip
    return _set(workspace, case_file, values)


@needs(Permission.APPROVE)
def lift_restriction(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Let a case be worked on again."""
    return _set(workspace, case_file, {"kept_still_since": None, "kept_still_because": None})


def _set(workspace: Workspace, case_file: CaseFile, values: dict[str, Value | None]) -> Changes:
    case = case_file.case
    return commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen)], case.uid)


@needs(Permission.READ)
def keeps_a_period(workspace: Workspace) -> bool:
    """Return whether any programme, or the office for all, set a period after which closed cases go."""
    return any(workspace.pack.setting(RETENTION, programme) for programme in ("", *workspace.pack.programmes))


@needs(Permission.READ)
def due_to_go(workspace: Workspace) -> list[tuple[CaseLine, str]]:
    """Return closed cases whose time is over, with the day on which it was; none while the programme set no period."""
    reader, found = workspace.store.reader, []
    for line in reader.lines(reader.line_keys(CaseFilter(status="over"))):
        months = workspace.pack.setting(RETENTION, line.programme)
        closed = span_of(line.closed_on)
        due = months_after(closed.last.isoformat(), months) if months and closed else ""
        if due and not is_future(due, workspace.today):
            found.append((line, due))
    return sorted(found, key=lambda pair: end_key(pair[1]))
