"""Two records of one person become one, by the decision of whoever looked at both: never by itself. See docs/decisions/0032.

Every case of the one that goes is told in a Change of its own, all in one transaction, and all are undone together. The record that
goes stays in the journal and, taken out, in its table: it says into whom it was joined.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import INTO, joined, undecided
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import text_of
from avrr_desktop.operations.session.late_entries import late_for
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.sealing import SEALED
from avrr_desktop.operations.session.session import JOURNEY_STORE
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held

WHY = N_("Two records of one person were joined.")
PRINCIPAL, DEPENDANT = "principal_applicant", "dependant"


@needs(Permission.READ)
def person_there(workspace: Workspace, person: str) -> Record:
    """Return the record of a person as it stands. Raises NotFoundError for nobody, and for who was taken out of the store."""
    record = workspace.store.reader.record("person", person)
    if record is None or (workspace.store.reader.is_removed("person", person) and not record.text(INTO)):
        raise NotFoundError(N_("This person is not in this store."), N_("Nothing was changed."))
    return record


@needs(Permission.READ)
def cases_of_person(workspace: Workspace, person: str) -> tuple[CaseFile, ...]:
    """Return the cases to which somebody belongs, those that somebody works on first."""
    reader = workspace.store.reader
    files = [reader.case_file(one.uid) for one in held.cases_of(workspace.store.connection, person) if one.lives]
    return tuple(sorted(files, key=lambda one: not one.running))


@needs(Permission.RECORD)
def join_people(workspace: Workspace, stays: str, goes: str, decided: Mapping[str, str]) -> Changes:
    """Make one record of two of the same person. ``decided``: field -> which value stays (``domain.case.joined.ANSWERS``).

    Whatever names the record that goes names the one that stays; the names and numbers of both are found; values that
    could not both stay are written down in a note. A second join of the same two takes along what came later, such as
    from a journey. Raises BadInputError for a field of which nobody decided, RefusedError.
    """
    first, second = person_there(workspace, stays), person_there(workspace, goes)
    again = second.text(INTO) == stays
    _check_people(workspace, first, second, again=again)
    if not again:
        check_decided(first, second, decided)
    files = _files(workspace, stays, goes)
    check_left_alone(files)
    main = _main(workspace, files, stays)
    made: list[Changes] = []
    with workspace.store.transaction():
        own = _main(workspace, files, goes)  # where the history of the one that goes ends
        for case_file in files:
            parts = [*renamed(workspace, case_file, stays, goes)]
            if case_file is own and not again:
                parts.append(Part(PartKind.REMOVE, "person", goes, {INTO: stays}, second.seen))
            if parts:
                made.append(_commit(workspace, parts, case_file.case.uid))
        if not again:
            made.append(_commit(workspace, _stays(workspace, first, second, decided), main.case.uid))
    if not made:
        raise RefusedError(N_("These two records are joined already."), N_("Nothing was changed."))
    return as_one(made)


class _TakenBackError(Exception):
    """Ends a trial: everything that was written in it is taken back."""


@needs(Permission.RECORD)
def try_out(workspace: Workspace, verb: Callable[[], object]) -> None:
    """Do what a verb does and take everything back: raises what the verb would raise, and changes nothing."""
    try:
        with workspace.store.transaction():
            verb()
            raise _TakenBackError
    except _TakenBackError:
        return


def as_one(made: Sequence[Changes]) -> Changes:
    """Return several Changes as one act: undone together, the last one first."""
    touched = frozenset().union(*(one.touched for one in made))
    before = tuple(change for one in made[-2::-1] for change in (one.change_id, *one.together))
    return Changes(made[-1].change_id, "", 0, touched, (*made[-1].together, *before))


def check_decided(first: Record, second: Record, decided: Mapping[str, str]) -> None:
    """Raise BadInputError where two records exclude each other and nobody said which value stays."""
    if missing := undecided(first, second, decided):
        raise BadInputError(
            N_("Decide which value stays: {field}."),
            N_("Nothing was changed. Both values are there until somebody decides."),
            {"field": missing[0].label},
        )


def _check_people(workspace: Workspace, first: Record, second: Record, *, again: bool) -> None:
    check_at_home(workspace)
    if first.uid == second.uid:
        raise RefusedError(N_("This is one record already."), N_("Nothing was changed. Choose another person."))
    if first.text(INTO) or (second.text(INTO) and not again):
        raise RefusedError(
            N_("One of these records was joined into another one."),
            N_("Nothing was changed. Search for the person again, and choose the record that is there now."),
        )


def check_at_home(workspace: Workspace) -> None:
    """Raise RefusedError on a journey, where not every case of a person is at hand."""
    if workspace.store_role == JOURNEY_STORE:
        raise RefusedError(
            N_("Records are joined at home: on a journey not all of their cases are here."),
            N_("Nothing was changed. Write a note, and join them in the office."),
        )


def check_left_alone(files: Sequence[CaseFile]) -> None:
    """Raise RefusedError where the processing of a case is restricted."""
    if any(one.case.text("kept_still_since") for one in files):
        raise RefusedError(
            N_("Processing of one of these cases is restricted at the person’s request."),
            N_("Nothing was changed. A supervisor can lift this in the case, under Protection."),
        )


def _files(workspace: Workspace, *people: str) -> tuple[CaseFile, ...]:
    """Return every case to which somebody of these belongs or belonged, without those that were withdrawn."""
    reader = workspace.store.reader
    uids = dict.fromkeys(one.uid for person in people for one in held.cases_of(workspace.store.connection, person))
    return tuple(reader.case_file(uid) for uid in uids if not reader.is_removed("case", uid))


def _main(workspace: Workspace, files: Sequence[CaseFile], person: str) -> CaseFile:
    """Return the case in which it is written down of somebody that they were joined: where they are looked after."""
    of_person = {one.uid for one in held.cases_of(workspace.store.connection, person) if one.lives}
    if not files:
        raise RefusedError(N_("This person is in no case."), N_("Nothing was changed. Return them to a case first."))
    return min(files, key=lambda one: (one.case.uid not in of_person, not one.running))


def _commit(workspace: Workspace, parts: Iterable[Part], case: str) -> Changes:
    """Save parts, in a closed case as a late entry whose reason is the join."""
    with late_for(workspace, case, workspace.words.text(WHY)):
        return commit(workspace, [*parts], case)


def renamed(workspace: Workspace, case_file: CaseFile, stays: str, goes: str) -> Iterator[Part]:
    """Yield what puts one person into the place of another in a case."""
    yield from _memberships(workspace, case_file, stays, goes)
    yield from naming(workspace, case_file, goes, stays)


def _memberships(workspace: Workspace, case_file: CaseFile, stays: str, goes: str) -> Iterator[Part]:
    """Yield how a person belongs to a case in place of another, or once where both did."""
    there = {member.person.uid: member.membership for member in case_file.members}
    old, own = there.get(goes), there.get(stays)
    if old is None:
        return
    yield Part(PartKind.REMOVE, "membership", old.uid, {}, old.seen)
    if own is None:
        yield Part(PartKind.ADD, "membership", workspace.ids.new(), {**old.values, "person": stays})
    elif values := one_membership(own, old):
        yield Part(PartKind.SET, "membership", own.uid, values, own.seen)


def one_membership(own: Record, old: Record) -> dict[str, Value | None]:
    """Return what changes in the membership that stays, where one person was in a case twice."""
    values: dict[str, Value | None] = {
        key: value for key, value in old.values.items() if key not in own.values and key not in ("person", "left_on")
    }
    if old.text("role") == PRINCIPAL != own.text("role"):
        values |= {"role": PRINCIPAL, "relationship": "self"}
    if old.yes("head_of_household"):
        values["head_of_household"] = True
    situations = tuple(dict.fromkeys((*own.many("situations"), *old.many("situations"))))
    if situations != own.many("situations"):
        values["situations"] = situations
    if own.text("left_on") and not old.text("left_on"):
        values["left_on"] = None
    return {key: value for key, value in values.items() if value != own.values.get(key)}


def naming(
    workspace: Workspace, case_file: CaseFile, goes: str, stays: str = "", *, target: str = "person"
) -> Iterator[Part]:
    """Yield what makes every record that names one person name another. A restricted one is followed when it is opened.

    ``target``: the type of the two, where they are no people.
    """
    for record in raw_records(workspace, case_file):
        values: dict[str, Value | None] = {}
        for one in BY_KEY[record.type].fields:
            value = record.values.get(one.key)
            if one.target != target:
                continue
            if one.kind is Kind.LINK and value == goes:
                values[one.key] = stays
            elif isinstance(value, tuple) and goes in value:
                values[one.key] = tuple(dict.fromkeys(stays if uid == goes else uid for uid in value))
        if values:
            yield Part(PartKind.SET, record.type, record.uid, values, record.seen)


def raw_records(workspace: Workspace, case_file: CaseFile) -> tuple[Record, ...]:
    """Return the records of a case as they are stored and stand, without the case itself and its memberships."""
    connection = workspace.store.connection
    key = connection.rows("SELECT pk FROM cases WHERE uid=?", (case_file.case.uid,))[0][0]
    found = held.records_in(connection, key, removed=False)
    return tuple(one for one in found if one.type not in ("case", "membership"))


def is_closed(record: Record) -> bool:
    """Return whether a record is closed with the key of restricted records."""
    return SEALED in record.values


def _stays(workspace: Workspace, first: Record, second: Record, decided: Mapping[str, str]) -> Iterator[Part]:
    """Yield what changes in the record that stays, and the note of what could not stay in it."""
    result = joined(first, second, decided)
    if result.values:
        yield Part(PartKind.SET, "person", first.uid, result.values, first.seen)
    yield note_of(workspace, WHY, result.left, first.uid)


@needs(Permission.READ)
def value_said(workspace: Workspace, field: Field, value: Value | None) -> str:
    """Return a value as people read it, an officer or partner by name; empty for a missing one."""
    if field.kind is Kind.LINK and value:
        linked = workspace.store.reader.record(field.target, str(value))
        return linked.text("name") if linked is not None else ""
    return text_of(field, value, workspace.words, workspace.pack)


def note_of(workspace: Workspace, what: str, left: Sequence[tuple[Field, Value]], person: str = "") -> Part:
    """Return the note that says what was joined, and every value that could not stay."""
    words = workspace.words
    lines = [words.text(what)]
    for field, value in left:
        label, said = words.text(field.label), value_said(workspace, field, value)
        lines.append(words.text(N_("Not kept: {field}: {value}"), field=label, value=said))
    values: dict[str, object] = {"on": workspace.today.isoformat(), "text": "\n".join(lines)}
    if person:
        values["person"] = person
    if workspace.officer:
        values["officer"] = workspace.actor
    return adding(workspace, "note", values)
