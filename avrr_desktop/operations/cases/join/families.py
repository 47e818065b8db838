"""Two cases of one family become one, by a decision: the other ends as its double, and its number leads to the one that stays."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus, ClosureReason
from avrr_desktop.domain.case.joined import INTO, Joined, joined, whose
from avrr_desktop.domain.case.joined_later import Later, Numbered, came_later, last_written
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.case_status import HELD
from avrr_desktop.operations.cases.join.people import (
    DEPENDANT,
    PRINCIPAL,
    as_one,
    check_at_home,
    check_decided,
    check_left_alone,
    is_closed,
    join_people,
    naming,
    note_of,
    one_membership,
    raw_records,
    renamed,
)
from avrr_desktop.operations.session.late_entries import late_for
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.journal import Entry

_DECIDED = ("role", "relationship", "head_of_household", "position")
LATER = N_("Something came later for records that had been joined.")
WHY = N_("Two cases of one family were joined.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson:
    """Somebody of the case that goes who is somebody of the case that stays. ``decided``: see ``join_people``."""

    stays: str
    goes: str
    decided: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesDecision:
    """What is decided where two cases are joined; ``head`` may be nobody. ``relationships``: person -> what they are to ``principal``."""

    principal: str
    head: str = ""
    decided: Mapping[str, str] = field(default_factory=dict)
    same: tuple[SamePerson, ...] = ()
    relationships: Mapping[str, str] = field(default_factory=dict)


@needs(Permission.RECORD)
def join_cases(workspace: Workspace, stays: CaseFile, goes: CaseFile, decision: CasesDecision) -> Changes:
    """Bring everybody and everything of one case into another. The empty one is closed as its double, or, where two people
    close a case, its closing is requested. Raises BadInputError for what is not decided, RefusedError with what to do.
    """
    _check(workspace, stays, goes)
    check_decided(stays.case, goes.case, decision.decided)
    made: list[Changes] = []
    with workspace.store.transaction():
        made += [join_people(workspace, one.stays, one.goes, one.decided) for one in decision.same]
        stays, goes = (workspace.store.reader.case_file(one.case.uid) for one in (stays, goes))
        _check_named(stays, goes, decision)
        made += _moved(workspace, stays, goes, decision, [*_case_parts(workspace, stays, goes, decision)])
        made += _ended(workspace, stays, goes)
    return as_one(made)


def _moved(
    workspace: Workspace, stays: CaseFile, goes: CaseFile, decision: CasesDecision, also: list[Part]
) -> Iterator[Changes]:
    """Yield how everybody and everything goes over. ``also``: further parts of the case that stays.

    A restricted record is written apart: a journey leaves such an entry at home.
    """
    records = raw_records(workspace, goes)
    for sealed in (False, True):
        some = [one for one in records if is_closed(one) is sealed]
        away = [_away(one, stays) for one in some]
        here = [came(workspace, one, stays, goes) for one in some]
        if not sealed:
            members = (one.membership for one in goes.members)
            away += [Part(PartKind.REMOVE, "membership", one.uid, {}, one.seen) for one in members]
            here += [*also, *_plans(stays, goes), *_members(workspace, stays, goes, decision)]
        if away:
            yield _late(workspace, away, goes)
        if here:
            yield commit(workspace, here, stays.case.uid)


def _late(workspace: Workspace, parts: list[Part], case_file: CaseFile) -> Changes:
    with late_for(workspace, case_file.case.uid, workspace.words.text(WHY)):
        return commit(workspace, parts, case_file.case.uid)


def _check(workspace: Workspace, stays: CaseFile, goes: CaseFile) -> None:
    check_at_home(workspace)
    check_left_alone([stays, goes])
    if goes.restricted and not workspace.reads_restricted:
        raise RefusedError(
            N_("These cases can be joined only by somebody who may read restricted records."),
            N_("Nothing was changed. Ask a supervisor who has access to them."),
        )
    if stays.case.uid == goes.case.uid:
        raise RefusedError(N_("This is one case already."), N_("Nothing was changed. Choose another case."))
    if not stays.running:
        raise RefusedError(
            N_("The case that stays is closed."),
            N_("Nothing was changed. Reopen it first, or let the other case stay."),
        )
    if goes.over and goes.case.text("status") != CaseStatus.DUPLICATE.code and four_eyes(workspace):
        raise RefusedError(
            N_("The case that goes is closed, and two people decide how a case ends."),
            N_("Nothing was changed. Reopen it first, then join the two."),
        )


def _check_named(stays: CaseFile, goes: CaseFile, decision: CasesDecision) -> None:
    people = {member.person.uid for one in (stays, goes) for member in one.members}
    if decision.principal not in people:
        raise BadInputError(
            N_("Choose the principal applicant of the joined case."),
            N_("Nothing was changed. It must be somebody of one of the two cases."),
        )
    if decision.head and decision.head not in people:
        raise BadInputError(
            N_("Choose the head of household of the joined case."),
            N_("Nothing was changed. It must be somebody of one of the two cases, or nobody."),
        )


def _away(record: Record, to: CaseFile) -> Part:
    """Return what takes a record out of the case that goes."""
    kind = BY_KEY[record.type]
    values: dict[str, Value | None] = {}
    if kind.has("moved_to") and not is_closed(record):
        values["moved_to"] = to.case.text("number")
    return Part(PartKind.WITHDRAW if kind.appended else PartKind.REMOVE, record.type, record.uid, values, record.seen)


def came(workspace: Workspace, record: Record, to: CaseFile, from_: CaseFile, **changed: Value | None) -> Part:
    """Return what brings a record into another case under its own name, so that whatever names it goes on doing so.

    Where it was there before, nothing of then is left in it.
    """
    kind = BY_KEY[record.type]
    before = workspace.store.reader.record(record.type, record.uid, to.case.uid)
    values: dict[str, Value | None] = {**dict.fromkeys(before.values if before else ()), **record.values}
    if kind.has("moved_from") and not is_closed(record):
        values |= {"moved_from": from_.case.text("number")}
    if before and "moved_to" in before.values:
        values["moved_to"] = None
    values |= changed
    added = PartKind.APPEND if kind.appended else PartKind.ADD
    if not before:
        values = {key: value for key, value in values.items() if value is not None}
    return Part(added, record.type, record.uid, values, before.seen if before else ())


def _case_parts(workspace: Workspace, stays: CaseFile, goes: CaseFile, decision: CasesDecision) -> Iterator[Part]:
    """Yield what the case that stays says, the number of the other one among its own, and the note of what is not kept."""
    result: Joined = joined(stays.case, goes.case, decision.decided)
    numbers = [
        *stays.case.text("former_numbers").split(),
        goes.case.text("number"),
        *goes.case.text("former_numbers").split(),
    ]
    former = " ".join(dict.fromkeys(number for number in numbers if number != stays.case.text("number")))
    values: dict[str, Value | None] = {**result.values, "former_numbers": former}
    yield Part(PartKind.SET, "case", stays.case.uid, values, stays.case.seen)
    yield note_of(workspace, WHY, result.left)


def _plans(stays: CaseFile, goes: CaseFile) -> Iterator[Part]:
    """Yield the plans of the case that stays, counted on: the one in force there stays in force."""
    highest = max((plan.whole("revision") for plan in goes.plans), default=0)
    for plan in stays.plans if highest else ():
        yield Part(PartKind.SET, "plan", plan.uid, {"revision": plan.whole("revision") + highest}, plan.seen)


def _members(workspace: Workspace, stays: CaseFile, goes: CaseFile, decision: CasesDecision) -> Iterator[Part]:
    """Yield everybody of both cases once, with one principal applicant and at most one head of household."""
    there = {member.person.uid for member in stays.members}
    twice = {member.person.uid: member.membership for member in goes.members if member.person.uid in there}
    position = workspace.store.reader.highest_position(stays.case.uid)
    for member in stays.members:
        own, uid = member.membership, member.person.uid
        more = one_membership(own, twice[uid]) if uid in twice else {}
        more = {key: value for key, value in more.items() if key not in _DECIDED}
        if values := {**more, **role(own, stays, decision)}:
            yield Part(PartKind.SET, "membership", own.uid, values, own.seen)
    for member in goes.members:
        if member.person.uid not in there:
            position += 1
            changed = role(member.membership, goes, decision)
            yield came(workspace, member.membership, stays, goes, position=position, **changed)


def role(membership: Record, of: CaseFile, decision: CasesDecision) -> dict[str, Value | None]:
    """Return what changes in a membership under a decided principal applicant and head of household.

    A relationship is one to the principal applicant: it stays where that is the same person, else it is as was decided
    or open. Nobody is told to be what nobody said.
    """
    person = membership.text("person")
    principal = person == decision.principal
    same = of.principal is not None and of.principal.person.uid == decision.principal
    known = membership.values.get("relationship") if same else None
    wanted: dict[str, Value | None] = {
        "role": PRINCIPAL if principal else DEPENDANT if membership.text("role") == PRINCIPAL else membership.values.get("role"),
        "relationship": "self" if principal else decision.relationships.get(person) or known,
        "head_of_household": True if person == decision.head else None if membership.yes("head_of_household") else membership.values.get("head_of_household"),
    }  # fmt: skip
    return {key: value for key, value in wanted.items() if value != membership.values.get(key)}


def _ended(workspace: Workspace, stays: CaseFile, goes: CaseFile) -> Iterator[Changes]:
    """Yield how the emptied case ends: as a double of the other, or asked to be closed as one where two people decide."""
    number, today = stays.case.text("number"), workspace.today.isoformat()
    case = workspace.store.reader.case_file(goes.case.uid).case
    values: dict[str, Value | None] = {"closure_reason": ClosureReason.DUPLICATE.code, "double_of": number}
    if four_eyes(workspace) and not goes.over:
        values |= {"closure_asked_by": workspace.actor, "closure_asked_on": today}
    elif case.text("status") == CaseStatus.DUPLICATE.code and case.text("double_of") == number:
        return
    else:
        off_hold = {key: None for key in HELD if key in case.values}
        values |= {**off_hold, "status": CaseStatus.DUPLICATE.code, "closed_on": case.values.get("closed_on") or today}
    yield commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen)], case.uid)


@needs(Permission.READ)
def joined_case(workspace: Workspace, case_file: CaseFile) -> str:
    """Return the case of which this one is the double, by its identifier; empty where it is none or that one is not here."""
    number = case_file.case.text("double_of")
    found = [uid for uid in workspace.store.reader.numbered(number) if uid != case_file.case.uid] if number else []
    return found[0] if len(found) == 1 else ""


def _double_of(workspace: Workspace, case_file: CaseFile) -> CaseFile | None:
    """Return the case into which another one was joined; None for one that was only closed as a double, or is none."""
    uid = joined_case(workspace, case_file)
    stays = workspace.store.reader.case_file(uid) if uid else None
    former = stays.case.text("former_numbers").split() if stays is not None else []
    return stays if case_file.case.text("number") in former else None


@needs(Permission.READ)
def left_over(workspace: Workspace, case_file: CaseFile) -> int:
    """Return how much was written in a case for records that were joined meanwhile, as on a journey that had set out before."""
    stays = _double_of(workspace, case_file)
    joined_ones = [uid for uid, person in case_file.people.items() if person.text(INTO)]
    if stays is None and not joined_ones:
        return 0
    count = len(_later(workspace, case_file, stays))
    if stays is not None:
        return count + len(case_file.members) + len(raw_records(workspace, case_file))
    count += sum(1 for one in case_file.members if one.person.text(INTO))
    return count + sum(1 for uid in joined_ones for _ in naming(workspace, case_file, uid))


@needs(Permission.RECORD)
def take_over_later(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Bring what came later for joined records to where they are now. A value that was also changed there stays as it is
    there, and the other one is written in a note. Raises RefusedError where there is nothing.
    """
    made: list[Changes] = []
    with workspace.store.transaction():
        for person in [one for one in case_file.people.values() if one.text(INTO)]:
            now = whose(person.uid, workspace.store.reader.record)
            if parts := [*renamed(workspace, case_file, now, person.uid)]:
                made.append(_late(workspace, parts, case_file))
        case_file = workspace.store.reader.case_file(case_file.case.uid)
        stays = _double_of(workspace, case_file)
        if stays is not None and (case_file.members or raw_records(workspace, case_file)):
            heads = [one.person.uid for one in stays.members if one.membership.yes("head_of_household")]
            principal = stays.principal.person.uid if stays.principal else ""
            made += _moved(workspace, stays, case_file, CasesDecision(principal=principal, head="".join(heads[:1])), [])
        made += _caught_up(workspace, case_file, stays or case_file)
    if not made:
        raise RefusedError(N_("Nothing came later for joined records."), N_("Nothing was changed."))
    return as_one(made)


def _later(workspace: Workspace, case_file: CaseFile, stays: CaseFile | None) -> list[tuple[Later, Record]]:
    """Return the values that came later and of which nobody has decided since, each with the record that has to say it."""
    store, found = workspace.store, []
    there = last_written(_written(store.journal.of_case(stays.case.uid))) if stays is not None else {}
    people = [uid for uid, person in case_file.people.items() if person.text(INTO)]
    laters = [
        one for one in came_later(_written(store.journal.of_case(case_file.case.uid))) if one.record_type != "person"
    ]
    for uid in people:
        written = _written(store.history_of("person", uid, case_file.case.uid))
        laters += [one for one in came_later(written) if one.record == uid]
    for later in laters:
        kind = BY_KEY.get(later.record_type)
        if kind is None or not kind.has(later.key) or later.key == INTO or (kind.of_case and stays is None):
            continue
        if kind.key == "person":
            now = whose(later.record, store.reader.record)
            decided = last_written(_written(store.history_of("person", now, "")))
            record = store.reader.record("person", now)
        elif stays is not None and not store.reader.is_removed(kind.key, later.record, stays.case.uid):
            decided, record = there, store.reader.record(kind.key, later.record, stays.case.uid)
        else:
            continue
        if record is not None and decided.get((record.uid, later.key), 0) < later.number:
            found.append((later, record))
    return found


def _written(entries: Iterable[Entry]) -> Iterator[Numbered]:
    return ((entry.number, part) for entry in entries for part in entry.parts if part is not None)


def _caught_up(workspace: Workspace, case_file: CaseFile, stays: CaseFile) -> Iterator[Changes]:
    """Yield how records say what came later for them; of two values that both changed, the one of here stays, and is said again."""
    parts: list[Part] = []
    left: list[tuple[Field, Value]] = []
    for later, record in _later(workspace, case_file, _double_of(workspace, case_file)):
        field_, own = BY_KEY[later.record_type].field(later.key), record.values.get(later.key)
        takes = own in (later.before, None)
        if not takes and later.value is not None and own != later.value:
            left.append((field_, later.value))
        parts.append(
            Part(PartKind.SET, record.type, record.uid, {later.key: later.value if takes else own}, record.seen)
        )
    if left:
        parts.append(note_of(workspace, LATER, left))
    if parts:
        yield _late(workspace, parts, stays)
