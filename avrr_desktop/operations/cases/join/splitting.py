"""A family is split: some people leave for a case of their own, and what is about them goes with them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.about import finder, people_of
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.operations.cases.cases import OpenedCase, put_new_case
from avrr_desktop.operations.cases.join.families import CasesDecision, role
from avrr_desktop.operations.cases.join.people import as_one, check_left_alone, is_closed, raw_records
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.sealing import opened
from avrr_desktop.operations.session.workspace import Workspace

# What the new case begins with: how they came, and who looks after them. What was told of the family stays there.
TAKEN = (
    "country_of_return", "sub_unit", "municipality_of_return", "host_country", "officer", "arrival_date", "departure_date",
    "direction", "return_type", "legal_status_before_return", "travel_document_used", "time_abroad_months", "programme",
    "donor", "sending_mission",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitDecision:
    """Who leaves, and who is the principal applicant and head of household on either side, as far as there is one.

    ``copied``: records about the whole family that both cases are to hold. ``relationships``: to the principal applicant
    of the side on which somebody is afterwards.
    """

    leaving: Collection[str]
    principal: str
    stays_principal: str
    head: str = ""
    stays_head: str = ""
    copied: Collection[str] = ()
    relationships: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Divided:
    """The records of a case: which go with those who leave, which are about both sides, and which about the family as a whole."""

    going: tuple[Record, ...]
    shared: tuple[Record, ...]
    family: tuple[Record, ...]


@needs(Permission.READ)
def divided(workspace: Workspace, case_file: CaseFile, leaving: Collection[str]) -> Divided:
    """Return what becomes of the records of a case where some people leave it. Raises RefusedError without the key of restricted
    records, where there are any: only with it is it known whom they are about.
    """
    going: list[Record] = []
    shared: list[Record] = []
    family: list[Record] = []
    raw = raw_records(workspace, case_file)
    clear = [_readable(workspace, record) for record in raw]
    find, gone = finder(clear), frozenset(leaving)
    for record, readable in zip(raw, clear, strict=True):
        about = people_of(readable, find)
        if not about:
            family.append(record)
        elif about <= gone:
            going.append(record)
        elif about & gone:
            of_one = record.type == "step" and not record.text("person")
            (family if of_one else shared).append(record)
    return Divided(tuple(going), tuple(shared), tuple(family))


def _readable(workspace: Workspace, record: Record) -> Record:
    if is_closed(record) and not workspace.reads_restricted:
        raise RefusedError(
            N_("This case can be split only by somebody who may read restricted records."),
            N_("Nothing was changed. Ask a supervisor who has access to them."),
        )
    return opened(workspace, record) if is_closed(record) else record


@needs(Permission.RECORD)
def split_family(workspace: Workspace, case_file: CaseFile, decision: SplitDecision) -> OpenedCase:
    """Open a case for those who leave, with all that is about them; both cases name each other.

    What is about people of both sides is held by both afterwards, each for its own; what is about the family stays, and is
    copied where that was decided. Raises BadInputError for what is not decided, RefusedError.
    """
    _check(case_file, decision)
    found = divided(workspace, case_file, decision.leaving)
    split = _Split(workspace, case_file, decision, found)
    made: list[Changes] = []
    with workspace.store.transaction():
        new = put_new_case(workspace, split.case_values(), [*split.arrivals(), *split.memberships()])
        made.append(new.changes)
        made.append(commit(workspace, [*split.departures(new.number)], case_file.case.uid))
        if split.sealed:
            made.append(commit(workspace, [split.sent(one) for one in split.sealed], case_file.case.uid))
            made.append(commit(workspace, [split.brought(one) for one in split.sealed], new.case))
    return OpenedCase(new.case, new.number, as_one(made))


def _check(case_file: CaseFile, decision: SplitDecision) -> None:
    check_left_alone([case_file])
    if not case_file.running:
        raise RefusedError(
            N_("This case is closed."), N_("Nothing was changed. Reopen it first, then split the family.")
        )
    people = {member.person.uid for member in case_file.members}
    leaving = set(decision.leaving)
    if not leaving or not leaving < people:
        raise BadInputError(
            N_("Choose who leaves, and let at least one person stay."),
            N_("Nothing was changed. To move a whole family, join their case with the other one."),
        )
    sides = ((decision.principal, leaving), (decision.stays_principal, people - leaving))
    if any(one not in side for one, side in sides):
        raise BadInputError(
            N_("Choose the principal applicant of both cases."),
            N_("Nothing was changed. Each must be somebody of that case."),
        )


class _Split:
    """Makes the parts of one split: those of the new case and those of the case that is split."""

    def __init__(self, workspace: Workspace, case_file: CaseFile, decision: SplitDecision, found: Divided) -> None:
        self._workspace, self._case, self._decision = workspace, case_file, decision
        self._going = [one for one in found.going if not is_closed(one)]
        self.sealed = [one for one in found.going if is_closed(one)]
        self._shared = [one for one in found.shared if not is_closed(one)]
        self._copied = [one for one in found.family if one.uid in decision.copied and not is_closed(one)]
        self._names = {one.uid: workspace.ids.new() for one in (*self._shared, *self._copied)}
        self._steps_of_services()
        self._there = {one.uid for one in self._going} | self._names.keys()

    def _steps_of_services(self) -> None:
        """A step that goes needs its service on the other side, also where that is about the family."""
        held = {one.uid for one in self._going} | self._names.keys()
        for step in self._going + self._copied:
            service = next((one for one in self._case.services if one.uid == step.text("service")), None)
            if step.type == "step" and service is not None and service.uid not in held:
                self._copied.append(service)
                self._names[service.uid] = self._workspace.ids.new()
                held.add(service.uid)

    def case_values(self) -> dict[str, object]:
        """Return what the new case begins with; it is called after its principal applicant."""
        case, person = self._case.case, self._of(self._decision.principal)
        taken = [one.key for key in TAKEN for one in (CASE.field(key), *CASE.field(key).beside())]
        values: dict[str, object] = {key: case.values[key] for key in taken if key in case.values}
        called = person.text("family_name") or person.text("given_names") or case.text("called")
        return {**values, "called": called, "split_from": case.text("number")}

    def _of(self, person: str) -> Record:
        return next(one.person for one in self._case.members if one.person.uid == person)

    def memberships(self) -> Iterator[Part]:
        """Yield how those who leave belong to the new case, the principal applicant first."""
        leaving = [one for one in self._case.members if one.person.uid in self._decision.leaving]
        leaving.sort(key=lambda one: one.person.uid != self._decision.principal)
        sides = CasesDecision(
            principal=self._decision.principal, head=self._decision.head, relationships=self._decision.relationships
        )
        for position, member in enumerate(leaving, 1):
            changed = role(member.membership, self._case, sides)
            values = {**member.membership.values, **changed, "position": position}
            there = {key: value for key, value in values.items() if value is not None}
            yield Part(PartKind.ADD, "membership", self._workspace.ids.new(), there)

    def arrivals(self) -> Iterator[Part]:
        """Yield what the new case holds of the old one: what goes, and its share of what both hold."""
        number = self._case.case.text("number")
        for record in (*self._going, *self._shared, *self._copied):
            kind = BY_KEY[record.type]
            values: dict[str, Value | None] = {key: self._carried(record, key) for key in record.values}
            if kind.has("moved_from"):
                values["moved_from"] = number
            there = {key: value for key, value in values.items() if value is not None}
            added = PartKind.APPEND if kind.appended else PartKind.ADD
            yield Part(added, record.type, self._names.get(record.uid, record.uid), there)

    def _carried(self, record: Record, key: str) -> Value | None:
        """Return a value as the new case says it: links to what stays behind are left there."""
        value, one = record.values[key], BY_KEY[record.type].field(key)
        linked = value if isinstance(value, tuple) else (value,)
        if one.target == "person":
            kept = [uid for uid in linked if uid in self._decision.leaving]
        elif one.target and BY_KEY[one.target].of_case:
            kept = [self._names.get(str(uid), str(uid)) for uid in linked if uid in self._there]
        else:
            return value
        if one.kind is Kind.LINKS:
            return tuple(map(str, kept)) or None
        return str(kept[0]) if kept else None

    def departures(self, number: str) -> Iterator[Part]:
        """Yield what changes in the case that is split: who and what left, and who is who among those that stay."""
        case = self._case.case
        into = " ".join([*case.text("split_into").split(), number])
        yield Part(PartKind.SET, "case", case.uid, {"split_into": into}, case.seen)
        sides = CasesDecision(
            principal=self._decision.stays_principal, head=self._decision.stays_head,
            relationships=self._decision.relationships,
        )  # fmt: skip
        for member in self._case.members:
            own = member.membership
            if member.person.uid in self._decision.leaving:
                yield Part(PartKind.REMOVE, "membership", own.uid, {}, own.seen)
            elif values := role(own, self._case, sides):
                yield Part(PartKind.SET, "membership", own.uid, values, own.seen)
        yield from (self.sent(record, number) for record in self._going)
        gone = {record.uid for record in self._going} | set(self._decision.leaving)
        stay = {record.uid: record for record in raw_records(self._workspace, self._case) if not is_closed(record)}
        for record in stay.values():
            if record.uid not in gone and (values := _without(record, gone)):
                yield Part(PartKind.SET, record.type, record.uid, values, record.seen)

    def sent(self, record: Record, number: str = "") -> Part:
        """Return what takes a record out of the case that is split."""
        kind = BY_KEY[record.type]
        values: dict[str, Value | None] = {"moved_to": number} if kind.has("moved_to") and number else {}
        gone = PartKind.WITHDRAW if kind.appended else PartKind.REMOVE
        return Part(gone, record.type, record.uid, values, record.seen)

    def brought(self, record: Record) -> Part:
        """Return what brings a restricted record into the new case, closed as it is: it is bound to its own name."""
        kind = BY_KEY[record.type]
        return Part(PartKind.APPEND if kind.appended else PartKind.ADD, record.type, record.uid, dict(record.values))


def _without(record: Record, gone: Collection[str]) -> dict[str, Value | None]:
    """Return what changes in a record that stays and named somebody or something that left."""
    values: dict[str, Value | None] = {}
    for one in BY_KEY[record.type].fields:
        value = record.values.get(one.key)
        if one.kind is Kind.LINK and value in gone:
            values[one.key] = None
        elif one.kind is Kind.LINKS and isinstance(value, tuple) and not set(value).isdisjoint(gone):
            values[one.key] = tuple(uid for uid in value if uid not in gone) or None
    return values
