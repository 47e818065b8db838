"""Verbs of a case: open it, add people to it, close it, read it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION, CaseFile, CaseLine, Member
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import NewRecord, commit, commit_and_drop
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held
from avrr_desktop.store.reading.cases import CaseFilter

__all__ = ["CaseFilter", "CaseFile", "CaseLine"]
PRACTICE_PREFIX = "PRACTICE-"


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that was just opened: its identifier, its number, and the Change that opened it."""

    case: str
    number: str
    changes: Changes


def number_prefix(workspace: Workspace, country: str, year: int) -> str:
    """Return what stands before the running number: country, office, year, this device's two letters."""
    office = workspace.office
    code = office.text("code") if office else "XXX"
    prefix = f"{country or 'XX'}-{code}-{year}-{workspace.store.device_letters}"
    return PRACTICE_PREFIX + prefix if workspace.practice else prefix


@needs(Permission.RECORD)
def open_case(
    workspace: Workspace,
    case: Mapping[str, object],
    people: Sequence[tuple[Mapping[str, object], Mapping[str, object]]] = (),
    *,
    known: str = "",
) -> OpenedCase:
    """Open a case with (person, membership) pairs, the principal applicant first.

    ``known``: the identifier of a person already in the store, who becomes the first member.
    The number comes from country, office, year and this device: never from a name. Raises BadInputError.
    """
    values = dict(case)
    if not values.get("called"):
        values["called"] = _called(workspace, people, known)
    parts: list[Part] = []
    if known:
        parts.append(member_part(workspace, known, {"role": "principal_applicant", "relationship": "self"}, 1))
    country = str(values.get("country_of_return") or workspace.country_of(""))
    for person, membership in people:
        position = 1 + sum(1 for part in parts if part.record_type == "membership")
        part = adding(workspace, "person", person, country=country)
        parts += [part, member_part(workspace, part.record, membership, position)]
    return put_new_case(workspace, values, parts)


def put_new_case(
    workspace: Workspace, case: Mapping[str, object], parts: Sequence[Part],
    then: Callable[[Record], Sequence[Part]] | None = None, *, draft: str = "",
) -> OpenedCase:  # fmt: skip
    """Store a new case with its records as one Change, under the next number of this office and device.

    ``then``: what follows from the case as it will stand. ``draft``: the form whose draft goes in the same commit.

    What the caller leaves open comes from the office: country, programme, officer, status, date.
    """
    office = workspace.office
    today = workspace.today.isoformat()
    defaults: dict[str, object] = {"status": "open", "opened_on": today}
    if office:
        defaults["country_of_return"] = office.text("country")
        if office.text("programme"):
            defaults["programme"] = office.text("programme")
    programme = workspace.pack.programmes.get(str({**defaults, **case}.get("programme", "")))
    defaults["direction"] = programme.direction if programme and programme.direction else DEFAULT_DIRECTION
    if programme and programme.donor:
        defaults["donor"] = programme.donor
    if workspace.officer:
        defaults["officer"] = workspace.actor
    uid = workspace.ids.case()
    with workspace.store.transaction():
        first = adding(workspace, "case", {**defaults, **case}, uid)
        if not first.values.get("called"):
            raise _nameless()
        country = str(first.values.get("country_of_return", ""))
        prefix = number_prefix(workspace, country, int(str(first.values.get("opened_on", today))[:4]))
        number = f"{prefix}-{workspace.store.next_running_number(prefix):04d}"
        first = Part(first.kind, "case", uid, {**first.values, "number": number})
        record = Record("case", uid, {key: value for key, value in first.values.items() if value is not None})
        changes = commit_and_drop(workspace, [first, *parts, *(then(record) if then else ())], uid, draft)
    return OpenedCase(uid, number, changes)


def member_part(workspace: Workspace, person: str, values: Mapping[str, object], position: int) -> Part:
    """Return the part that makes somebody a member at a place; the first of a case is its principal applicant."""
    first = position == 1
    values = {
        "role": "principal_applicant" if first else "dependant",
        "is_returnee": True,
        **({"relationship": "self"} if first else {}),
        **values,
        "person": person,
        "position": position,
    }
    return adding(workspace, "membership", values)


def _called(workspace: Workspace, people: Sequence[tuple[Mapping[str, object], object]], known: str) -> str:
    if known:
        record = workspace.store.reader.record("person", known)
        name = record.text("family_name") or record.text("given_names") if record else ""
    else:
        first = people[0][0] if people else {}
        name = str(first.get("family_name") or first.get("given_names") or "")
    return name


def _nameless() -> BadInputError:
    return BadInputError(
        N_("Enter a name for the case."),
        N_("Nothing was saved. Enter a name, or what you call the family."),
    )


@needs(Permission.RECORD)
def add_member(
    workspace: Workspace,
    case_file: CaseFile,
    person: Mapping[str, object],
    membership: Mapping[str, object],
    *,
    draft: str = "",
) -> NewRecord:
    """Add a new person to a case; ``draft``: the form whose draft goes in the same commit. Raises BadInputError."""
    part = adding(workspace, "person", person, country=case_file.case.text("country_of_return"))
    parts = [part, member_part(workspace, part.record, membership, next_position(workspace, case_file))]
    return NewRecord(part.record, commit_and_drop(workspace, parts, case_file.case.uid, draft))


@needs(Permission.RECORD)
def add_known_member(workspace: Workspace, case_file: CaseFile, person: str, instead_of: str = "") -> Changes:
    """Add somebody who is in the store to a case, back where they once belonged to it. Raises RefusedError.

    ``instead_of``: a person of the case who was just typed and is the same: taken out of it in the same Change.
    """
    if any(member.person.uid == person for member in case_file.members):
        raise RefusedError(N_("This person is already in this case."), N_("Nothing was changed."))
    parts = back_parts(workspace, case_file, person)
    if not parts:
        parts = [member_part(workspace, person, {}, next_position(workspace, case_file))]
    typed = next((member for member in case_file.members if member.person.uid == instead_of), None)
    if typed is not None:
        gone = (typed.membership, typed.person)
        parts += [Part(PartKind.REMOVE, record.type, record.uid, {}, record.seen) for record in gone]
    return commit(workspace, parts, case_file.case.uid)


def next_position(workspace: Workspace, case_file: CaseFile) -> int:
    """Return the place of one more member: places of people who were taken out are not given again."""
    position = 1 + max((member.membership.whole("position") for member in case_file.members), default=0)
    return max(position, 1 + workspace.store.reader.highest_position(case_file.case.uid))


@needs(Permission.READ)
def taken_out(workspace: Workspace, case_file: CaseFile) -> tuple[Record, ...]:
    """Return the people who were taken out of a case and are in no other: they are still held."""
    members = {member.person.uid for member in case_file.members}
    people = (person for person in case_file.people.values() if not person.text("joined_into"))
    out = (person for person in people if person.uid not in members)
    connection = workspace.store.connection
    return tuple(person for person in out if not held.lives_elsewhere(connection, person.uid, case_file.case.uid))


@needs(Permission.RECORD)
def bring_member_back(workspace: Workspace, case_file: CaseFile, person: str) -> Changes:
    """Put somebody who was taken out of a case back into it, as what they belonged to it. Raises NotFoundError."""
    parts = back_parts(workspace, case_file, person)
    if not parts:
        raise NotFoundError(N_("This person was never in this case."), N_("Nothing was changed."))
    return commit(workspace, parts, case_file.case.uid)


def back_parts(workspace: Workspace, case_file: CaseFile, person: str) -> list[Part]:
    """Return what brings somebody back who once belonged to a case; nothing for somebody who never did."""
    membership = held.membership_of(workspace.store.connection, case_file.case.uid, person)
    if membership is None:
        return []
    parts = [Part(PartKind.ADD, "membership", membership.uid, {}, membership.seen)]
    if workspace.store.reader.is_removed("person", person):
        record = workspace.store.reader.record("person", person)
        parts.append(Part(PartKind.ADD, "person", person, {}, record.seen if record else ()))
    return parts


@needs(Permission.READ)
def read_case(workspace: Workspace, case: str) -> CaseFile:
    """Return a whole case by its identifier. Raises NotFoundError."""
    return workspace.store.reader.case_file(case)


@needs(Permission.READ)
def read_case_by_number(workspace: Workspace, number: str) -> CaseFile:
    """Return a whole case by its number. Raises NotFoundError."""
    return workspace.store.reader.case_by_number(number.strip().upper())


@needs(Permission.READ)
def cases_numbered(workspace: Workspace, number: str) -> tuple[CaseFile, ...]:
    """Return every case that carries a number, or that carried it before where none does. Raises NotFoundError."""
    uids = workspace.store.reader.numbered(number.strip().upper())
    if not uids:
        return (read_case_by_number(workspace, number),)
    return tuple(workspace.store.reader.case_file(uid) for uid in uids)


def person_number(case_file: CaseFile, member: Member) -> str:
    """Return the number that stands for a person where no name may: the case number and the position."""
    return f"{case_file.case.text('number')}-{member.membership.whole('position')}"


@needs(Permission.READ)
def eligibility_problem(workspace: Workspace, case_file: CaseFile) -> str:
    """Return what speaks against the programme of a case helping it; empty when nothing is known. It blocks nothing."""
    case = case_file.case
    programme = workspace.pack.programmes.get(case.text("programme"))
    status = case.text("legal_status_before_return")
    if programme and programme.eligible_statuses and status and status not in programme.eligible_statuses:
        return N_("The programme is for other groups: this status before return is not included.")
    if programme and programme.direction and case.text("direction") not in ("", programme.direction):
        return N_("The programme is for another direction of return.")
    return ""


@needs(Permission.READ)
def officer_names(workspace: Workspace) -> dict[str, str]:
    """Return the names of all officers by their identifiers, also of those who were taken out: for lists."""
    officers = workspace.store.reader.everything("officer", removed=True)
    return {officer.uid: officer.text("name") for officer in officers}


@needs(Permission.READ)
def case_names(workspace: Workspace, cases: Collection[str]) -> dict[str, str]:
    """Return by what name each of these cases is called; one that is not there is left out."""
    return {uid: case.text("called") for uid, case in workspace.store.reader.records("case", cases).items()}


@needs(Permission.READ)
def provider_names(workspace: Workspace, providers: Collection[str]) -> dict[str, str]:
    """Return the names of some partners by their identifiers, also of those who were taken out."""
    return {uid: one.text("name") for uid, one in workspace.store.reader.records("provider", providers).items()}


@needs(Permission.READ)
def officer_name(workspace: Workspace, uid: str) -> str:
    """Return an officer's name; empty for none."""
    record: Record | None = workspace.store.reader.record("officer", uid) if uid else None
    return record.text("name") if record else ""
