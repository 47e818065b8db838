"""Two records that are alike and two people, by the decision of whoever looked: they are proposed to each other no more."""

from avrr_desktop.domain.case.joined import APART
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.join.people import as_one, person_there
from avrr_desktop.operations.session.late_entries import late_for
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held

WHY = N_("Decided: not the same person.")


@needs(Permission.RECORD)
def keep_apart(workspace: Workspace, one: str, other: str) -> Changes:
    """Write down of two records that they are two people; each says it of the other, and one step undoes it.

    Raises NotFoundError, and RefusedError for one record, for who is in no case, and where it is written down already.
    """
    first, second = person_there(workspace, one), person_there(workspace, other)
    if one == other or {one, other} <= {*first.many(APART), *second.many(APART)}:
        raise RefusedError(N_("There is nothing to decide about these records."), N_("Nothing was changed."))
    with workspace.store.transaction():
        return as_one([_said(workspace, first, other), _said(workspace, second, one)])


@needs(Permission.READ)
def apart_from(workspace: Workspace, person: str) -> tuple[str, ...]:
    """Return who was decided not to be this person. Raises NotFoundError."""
    return person_there(workspace, person).many(APART)


def _said(workspace: Workspace, person: Record, other: str) -> Changes:
    cases = [case for case in held.cases_of(workspace.store.connection, person.uid) if case.lives]
    if not cases:
        raise RefusedError(N_("This person is in no case."), N_("Nothing was changed. Return them to a case first."))
    values = {APART: tuple(dict.fromkeys((*person.many(APART), other)))}
    with late_for(workspace, cases[0].uid, workspace.words.text(WHY)):
        return commit(workspace, [Part(PartKind.SET, "person", person.uid, values, person.seen)], cases[0].uid)
