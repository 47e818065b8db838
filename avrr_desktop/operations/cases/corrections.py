"""Putting right what was written in the wrong place: a paper, step or note goes to another member or another case."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.step_states import OVER
from avrr_desktop.domain.procedure.steps import links
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace

MOVABLE = {"paper": "holder", "step": "person", "note": "person"}  # and the field that says whom it is about


@needs(Permission.RECORD)
def move_to_member(workspace: Workspace, case_file: CaseFile, record: Record, person: str) -> Changes:
    """Give a paper, step or note to another member of the same case. Raises RefusedError."""
    field = _field(record)
    if person and all(member.person.uid != person for member in case_file.members):
        raise RefusedError(N_("This person is not in this case."), N_("Nothing was changed."))
    _check_there(workspace, case_file, record)
    values: dict[str, Value | None] = {field: person or None}
    template = workspace.pack.steps.get(record.text("template")) if record.type == "step" else None
    if template is not None:
        principal = case_file.principal.person.uid if case_file.principal else ""
        there = {
            (workspace.pack.root(step.text("template")), step.text("person")): step.uid
            for step in case_file.steps if step.text("template") and step.uid != record.uid
        }  # fmt: skip
        found = links(template, person, there, principal, case_file.parents_of(person))
        values |= {
            "waits_for": found.waits_for or None, "waits_for_any": found.waits_for_any or None,
            "helped_by": found.helped_by or None,
        }  # fmt: skip
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
            N_("A step must belong to a service."), N_("Nothing was changed. Choose a service in the other case.")
        )
    _check_there(workspace, case_file, record)
    if not target.running:
        raise RefusedError(N_("The other case is closed."), N_("Nothing was changed. Reopen it first."))
    waiting = [step for step in case_file.steps if record.uid in (*step.many("waits_for"), *step.many("waits_for_any"))]
    if any(step.text("state") not in OVER for step in waiting):
        raise RefusedError(
            N_("Other steps of this case are waiting for it."),
            N_("Nothing was changed. Another step there is waiting for it. Remove that link, then move it."),
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


def _check_there(workspace: Workspace, case_file: CaseFile, record: Record) -> None:
    if workspace.store.reader.is_removed(record.type, record.uid, case_file.case.uid):
        raise RefusedError(N_("This record has been removed or moved in the meantime."), N_("Nothing was changed."))


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
