"""Putting right what was written in the wrong place: a paper, step or note goes to another member or another case."""

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.changes import Changes, Part, PartKind
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.fields import Kind, Record, Value
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.records import commit
from avrr_desktop.operations.workspace import Workspace

MOVABLE = {"paper": "holder", "step": "person", "note": "person"}  # and the field that says whom it is about


@needs(Permission.RECORD)
def move_to_member(workspace: Workspace, case_file: CaseFile, record: Record, person: str) -> Changes:
    """Give a paper, step or note to another member of the same case. Raises RefusedError."""
    field = _field(record)
    if person and all(member.person.uid != person for member in case_file.members):
        raise RefusedError(N_("This person is not in this case."), N_("Nothing was changed."))
    values: dict[str, Value | None] = {field: person or None}
    return commit(workspace, [Part(PartKind.SET, record.type, record.uid, values, record.seen)], case_file.case.uid)


@needs(Permission.RECORD)
def move_to_case(
    workspace: Workspace, case_file: CaseFile, record: Record, target: CaseFile, person: str = "", service: str = ""
) -> Changes:
    """Take a paper, step or note out of a case and put it into another, for one of its members; both histories say so.

    ``service``: the service of the other case to which a step goes. Links to records of the old case are left behind.
    Raises RefusedError.
    """
    field = _field(record)
    if case_file.case.uid == target.case.uid:
        return move_to_member(workspace, case_file, record, person)
    if person and all(member.person.uid != person for member in target.members):
        raise RefusedError(N_("This person is not in the other case."), N_("Nothing was changed."))
    if record.type == "step" and all(item.uid != service for item in target.services):
        raise RefusedError(
            N_("A step belongs to a service."), N_("Nothing was changed. Choose a service of the other case.")
        )
    values: dict[str, Value | None] = {
        key: value for key, value in record.values.items() if not _points_into_case(record.type, key)
    }
    values |= {"moved_from": case_file.case.text("number")}
    if person:
        values[field] = person
    if record.type == "step":
        values |= {"service": service, "position": 1 + len(target.steps_of(service))}
    kinds = (PartKind.WITHDRAW, PartKind.APPEND) if BY_KEY[record.type].appended else (PartKind.REMOVE, PartKind.ADD)
    away: dict[str, Value | None] = {"moved_to": target.case.text("number")}
    with workspace.store.transaction():
        left = commit(workspace, [Part(kinds[0], record.type, record.uid, away, record.seen)], case_file.case.uid)
        came = commit(workspace, [Part(kinds[1], record.type, workspace.ids.new(), values)], target.case.uid)
    return Changes(came.change_id, "", 0, left.touched | came.touched, (left.change_id,))


def _field(record: Record) -> str:
    if record.type not in MOVABLE:
        raise RefusedError(N_("Papers, steps and notes can be moved, nothing else."), N_("Nothing was changed."))
    return MOVABLE[record.type]


def _points_into_case(record_type: str, key: str) -> bool:
    kind = BY_KEY[record_type]
    if not kind.has(key):
        return False
    field = kind.field(key)
    return (field.kind in (Kind.LINK, Kind.LINKS) and BY_KEY[field.target].of_case) or field.target == "person"
