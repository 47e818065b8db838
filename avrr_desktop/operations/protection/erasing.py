"""Erasing: what goes is found first, said in one sentence, agreed to, and then exactly that is done.

Whom a record is about stands in its declaration (domain/records/about.py). Everything about a person goes, in every case of the
store; what only people can find is listed before and after.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.case.joined import whose
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.about import finder, people_of
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.protection.leftovers import Leftover, Marks, fields_with, marks_of, says_something
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.sealing import SEALED, opened, opened_values
from avrr_desktop.operations.session.second_person import SecondPerson, agreed, four_eyes, may_second
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.attachments import Attachments
from avrr_desktop.store.journal.erasing import Gone, Named, erase_records
from avrr_desktop.store.reading import held

TO_REMOVE, TO_LOOK_THROUGH = "files_to_remove", "look_through"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What would go, found and not done. ``cases``: those of which something goes, by identifier; ``lives_in``: running or
    closed cases in which the person is now.
    """

    whole: str  # the case that goes; empty where one person does
    people: tuple[str, ...]
    gone: Gone
    cases: tuple[str, ...]
    counts: Mapping[str, int]  # record type -> how many go
    documents: int  # finished ones in the outbox
    leftovers: tuple[Leftover, ...]
    lives_in: tuple[str, ...] = ()
    title: str = ""  # the person as their case names them, or the name of the case

    @property
    def fingerprint(self) -> str:
        """What tells this erasure from every other: what is agreed to and what is done are compared by it."""
        gone = self.gone
        content = [self.whole, sorted(self.people), sorted(gone.records), sorted(gone.drafts), sorted(gone.documents_of),
                   [[part.record, sorted(part.values)] for parts in gone.detached.values() for part in parts]]  # fmt: skip
        return hashlib.sha256(json.dumps(content, default=list).encode("utf-8")).hexdigest()


@dataclass(slots=True)
class _Found:
    """What a look through the cases gathers."""

    of_cases: dict[str, set[Named]] = field(default_factory=dict)
    beside: set[Named] = field(default_factory=set)
    detached: dict[str, list[Part]] = field(default_factory=dict)
    kept: dict[str, list[Record]] = field(default_factory=dict)  # case -> records that stay, opened
    papers: list[Record] = field(default_factory=list)  # that go


@needs(Permission.APPROVE)
def plan_case(workspace: Workspace, case: str) -> Erasure:
    """Return what goes with a case: its records, the people who live in no other case, and what is held about them elsewhere.

    Raises NotFoundError; RefusedError where the key of restricted records is needed to know whom they are about.
    """
    connection = workspace.store.connection
    key = next((row[0] for row in connection.rows("SELECT pk FROM cases WHERE uid=?", (case,))), None)
    if key is None:
        raise NotFoundError(N_("This case is not in this store."), N_("Nothing was erased."))
    people = held.people_in(connection, key)
    now = {person: whose(person, workspace.store.reader.record) for person in people}
    going = [one for one in dict.fromkeys(now.values()) if not held.lives_elsewhere(connection, one, case)]
    return _plan(workspace, _with_joined(workspace, going), case)


@needs(Permission.APPROVE)
def plan_person(workspace: Workspace, person: str) -> Erasure:
    """Return what goes with a person, out of every case of the store. Raises what ``plan_case`` raises."""
    if workspace.store.reader.record("person", person) is None:
        raise NotFoundError(N_("This person is not in this store."), N_("Nothing was erased."))
    return _plan(workspace, _with_joined(workspace, [person]), "")


def _with_joined(workspace: Workspace, people: Iterable[str]) -> tuple[str, ...]:
    """Return people with the records that were joined into theirs: those hold what they said before."""
    connection = workspace.store.connection
    return tuple(dict.fromkeys(uid for person in people for uid in held.records_of_one(connection, person)))


def _plan(workspace: Workspace, going: tuple[str, ...], whole: str) -> Erasure:
    connection, reader = workspace.store.connection, workspace.store.reader
    belongs = {one.uid: one for person in going for one in held.cases_of(connection, person)}
    keys = {uid: one.key for uid, one in belongs.items()}
    if whole and whole not in keys:
        keys[whole] = connection.rows("SELECT pk FROM cases WHERE uid=?", (whole,))[0][0]
    found = _Found()
    for uid, key in keys.items():
        _look_through(workspace, found, uid, held.records_in(connection, key), frozenset(going), whole == uid)
    lines = held.accesses_of(connection, keys)
    found.beside |= {("access", line.uid) for line in lines if _line_goes(line, whole, frozenset(going))}
    found.beside |= {("person", person) for person in going}
    drafts = _drafts(workspace, found, frozenset(going), keys)
    documents = [item for item in workspace.store.local.documents() if item.case in keys]
    gone = Gone(
        of_cases={case: frozenset(records) for case, records in found.of_cases.items()}, beside=frozenset(found.beside),
        whole=frozenset({whole} - {""}), detached=found.detached, documents_of=frozenset(item.case for item in documents), drafts=drafts,
    )  # fmt: skip
    people = [record for person in going if (record := reader.record("person", person))]
    marks = [marks_of(person, (one for one in found.papers if one.text("holder") == person.uid)) for person in people]
    leftovers = _leftovers(workspace, found, lines, marks, gone) if going else ()
    counts = Counter(record_type for record_type, _ in gone.records)
    lives_in = tuple(uid for uid, one in belongs.items() if one.lives and uid != whole)
    return Erasure(
        whole=whole,
        people=going,
        gone=gone,
        cases=tuple(keys),
        counts=counts,
        documents=len(documents),
        leftovers=leftovers,
        lives_in=lives_in,
    )


def _look_through(
    workspace: Workspace, found: _Found, case: str, records: Collection[Record], going: frozenset[str], whole: bool
) -> None:
    """Decide of each record of a case whether it goes, lets go of somebody, or stays."""
    clear = [_opened(workspace, record, whole) for record in records]
    find, gone = finder(clear), set[Named]()
    for record in clear:
        about = people_of(record, find) if record.type != "case" else frozenset()
        if whole or (about and about <= going):
            gone.add((record.type, record.uid))
            if record.type == "paper":
                found.papers.append(record)
    gone.discard(("case", case))
    found.of_cases[case] = gone
    staying = [record for record in clear if (record.type, record.uid) not in gone and not whole]
    found.kept[case] = staying
    links = {uid for _, uid in gone} | going
    found.detached[case] = [part for record in staying if (part := _let_go(record, links)) is not None]


def _opened(workspace: Workspace, record: Record, whole: bool) -> Record:
    """Return a record as it reads: of a restricted one nobody knows without its key whom it is about."""
    if SEALED not in record.values or (whole and not workspace.protection):
        return record
    if not workspace.protection:
        raise RefusedError(
            N_("A case of this person has restricted records, and you have no access to them."),
            N_(
                "Nothing was erased. A supervisor with access to restricted records can do it: some of them may "
                "concern this person."
            ),
        )
    return opened(workspace, record)


def _let_go(record: Record, links: Collection[str]) -> Part | None:
    """Return the part by which a record that stays no longer names what goes; None where it does not."""
    if record.type == "membership":
        return None
    values: dict[str, Value | None] = {}
    for one in BY_KEY[record.type].fields:
        value = record.values.get(one.key)
        if one.kind is Kind.LINK and value in links:
            values[one.key] = None
        elif one.kind is Kind.LINKS and isinstance(value, tuple) and not set(value).isdisjoint(links):
            values[one.key] = tuple(uid for uid in value if uid not in links) or None
    restricted = BY_KEY[record.type].restricted or record.yes("restricted")
    return Part(PartKind.SET, record.type, record.uid, values, record.seen) if values and not restricted else None


def _line_goes(line: Record, whole: str, going: frozenset[str]) -> bool:
    about = frozenset(line.many("persons"))
    return line.text("case_link") == whole or bool(about and about <= going)


def _drafts(workspace: Workspace, found: _Found, going: frozenset[str], cases: Collection[str]) -> frozenset[str]:
    """Return the forms whose drafts go: of records that go, and those that name who goes or cannot be read."""
    gone = {uid for records in found.of_cases.values() for _, uid in records} | going
    whole = {case for case in found.of_cases if not found.kept[case]}

    def goes(values: Mapping[str, object]) -> bool:
        named = (item for value in values.values() for item in (value if isinstance(value, list | tuple) else [value]))
        return any(isinstance(item, str) and item in gone for item in named)

    return frozenset(
        draft.form
        for draft in workspace.store.local.drafts()
        if draft.record in gone or draft.case in whole
        or (draft.case in cases and goes(opened_values(workspace, draft.record_type, draft.record, draft.values)))
    )  # fmt: skip


def _leftovers(
    workspace: Workspace, found: _Found, lines: Iterable[Record], marks: list[Marks], gone: Gone
) -> tuple[Leftover, ...]:
    """Return what stays and may speak of who goes: where a name or number of theirs stands first."""
    sure: list[Leftover] = []
    unsure: list[Leftover] = []
    for case, records in found.kept.items():
        earlier = _earlier_fields(workspace, case, {record.uid: record for record in records}, marks, gone)
        find = finder(records)
        for record in records:
            now = fields_with(record, record.values, marks)
            before = earlier.get(record.uid, frozenset()) - set(now)
            if now or before:
                sure.append(
                    Leftover(
                        case=case,
                        record_type=record.type,
                        record=record.uid,
                        fields=now or tuple(sorted(before)),
                        earlier=not now,
                    )
                )
            elif not people_of(record, find) and (says_something(record) or record.type == "file"):
                unsure.append(Leftover(case=case, record_type=record.type, record=record.uid))
    for line in lines:
        if ("access", line.uid) not in gone.beside and says_something(line):
            unsure.append(
                Leftover(
                    case=line.text("case_link"),
                    record_type="access",
                    record=line.uid,
                    fields=fields_with(line, line.values, marks),
                )
            )
    for provider in workspace.store.reader.everything("provider"):
        if hits := tuple(key for key in fields_with(provider, provider.values, marks) if key != "name"):
            sure.append(Leftover(case="", record_type="provider", record=provider.uid, fields=hits))
    for draft in workspace.store.local.drafts():
        if draft.case in found.kept and draft.form not in gone.drafts:
            unsure.append(Leftover(case=draft.case, record_type="draft", record=draft.record))
    return (*sure, *unsure)


def _earlier_fields(
    workspace: Workspace, case: str, records: Mapping[str, Record], marks: list[Marks], gone: Gone
) -> dict[str, frozenset[str]]:
    """Return, for records that stay, the fields in which a name or number ever stood."""
    found: dict[str, frozenset[str]] = {}
    for entry in workspace.store.journal.of_case(case):
        for part in entry.parts:
            record = records.get(part.record) if part is not None else None
            if part is not None and record is not None and SEALED not in part.values:
                hits = frozenset(fields_with(record, part.values, marks))
                found[record.uid] = found.get(record.uid, frozenset()) | hits
    return found


@needs(Permission.APPROVE)
def erase(workspace: Workspace, erasure: Erasure, ground: str, second: SecondPerson | None = None) -> Changes:
    """Do what was found and agreed to, exactly that: in one transaction with the line that says so. Cannot be undone.

    ``second``: who signs with whoever is at work, where two people decide. Raises RefusedError where that is
    missing, no ground is given, or something changed since it was found; then nothing is erased.
    """
    _check(workspace, ground, second)
    store = workspace.store
    record_type, uid = ("case", erasure.whole) if erasure.whole else ("person", erasure.people[0])
    values: dict[str, Value | None] = {"ground": ground.strip(), "records": len(erasure.gone.records)}
    tombstone = Part(PartKind.ERASE, record_type, uid, values)
    before = store.reader.files_named()
    with agreed(workspace, second) as agreeing, store.transaction():
        again = plan_case(workspace, uid) if erasure.whole else plan_person(workspace, uid)
        if again.fingerprint != erasure.fingerprint:
            raise RefusedError(
                N_("Something to be erased was changed in the meantime."),
                N_("Nothing was erased. Review again what would be erased, and confirm it."),
            )
        changes = erase_records(store, again.gone, tombstone, actor=workspace.actor, now=workspace.clock.now())
        note(workspace, "erased", count=len(again.gone.records), reason=ground.strip(), second=agreeing)
        remember_files(workspace, before)
        _remember(workspace, again)
    finish_erasing(workspace)
    store.connection.checkpoint()
    return changes


def _check(workspace: Workspace, ground: str, second: SecondPerson | None) -> None:
    if not ground.strip():
        raise RefusedError(N_("Give the legal ground. Only this line will remain."), N_("Nothing was erased."))
    if four_eyes(workspace) and not may_second(workspace, second):
        raise RefusedError(
            N_("Erasure needs a second person: another supervisor types their passphrase."), N_("Nothing was erased.")
        )


@needs(Permission.APPROVE)
def remember_files(workspace: Workspace, before: Collection[str]) -> None:
    """Keep which sealed files nothing names any more, of those named ``before``: they are taken away once all is written."""
    files = sorted(set(before) - workspace.store.reader.files_named())
    workspace.store.local.set_setting(TO_REMOVE, json.dumps(files))


@needs(Permission.READ)
def finish_erasing(workspace: Workspace) -> None:
    """Take away the sealed files that nothing names since an erasing; after a kill between the two, at the next unlock."""
    local = workspace.store.local
    names = json.loads(local.setting(TO_REMOVE, "[]"))
    if names:
        still = workspace.store.reader.files_named()
        Attachments(workspace.folder.path, workspace.files_key()).remove([name for name in names if name not in still])
        local.set_setting(TO_REMOVE, "[]")


def _remember(workspace: Workspace, erasure: Erasure) -> None:
    """Keep, without a name, which records are still to be looked through."""
    kept = [_place(one) for one in erasure.leftovers if one.record_type != "draft"]
    there = [item for item in _listed(workspace) if tuple(item[1:]) not in erasure.gone.records]
    workspace.store.local.set_setting(
        TO_LOOK_THROUGH, json.dumps([*there, *(item for item in kept if item not in there)])
    )


def _place(leftover: Leftover) -> list[str]:
    return [leftover.case, leftover.record_type, leftover.record]


def _listed(workspace: Workspace) -> list[list[str]]:
    return list(json.loads(workspace.store.local.setting(TO_LOOK_THROUGH, "[]")))


@needs(Permission.APPROVE)
def to_look_through(workspace: Workspace, case: str) -> tuple[Leftover, ...]:
    """Return the records of a case (and those beside all cases) that somebody has to look at since an erasing."""
    listed = _listed(workspace)
    return tuple(
        Leftover(case=case_, record_type=record_type, record=uid)
        for case_, record_type, uid in listed
        if case_ in ("", case)
    )


@needs(Permission.APPROVE)
def looked_through(workspace: Workspace, leftover: Leftover) -> None:
    """Take a record off the list: it was read, and what is in it may stay."""
    left = [place for place in _listed(workspace) if place != _place(leftover)]
    workspace.store.local.set_setting(TO_LOOK_THROUGH, json.dumps(left))


@needs(Permission.APPROVE)
def erase_case(workspace: Workspace, case_file: CaseFile, ground: str, second: SecondPerson | None = None) -> Changes:
    """Take everything that was ever written about a case and its people away; a line without a name stays.

    People who belong to another case too stay there. Backups made before hold it until they are rotated out. Raises RefusedError.
    """
    return erase(workspace, plan_case(workspace, case_file.case.uid), ground, second)


@needs(Permission.APPROVE)
def erase_person(
    workspace: Workspace, case_file: CaseFile, member: Member, ground: str, second: SecondPerson | None = None
) -> Changes:
    """Take one person away, with everything about them in every case of the store; the cases of the others stay.

    As ``erase_case``. What officers wrote in free text is listed in ``plan_person(...).leftovers``.
    """
    return erase(workspace, plan_person(workspace, member.person.uid), ground, second)
