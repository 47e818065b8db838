"""What goes when the time of closed cases is over: found by the rules of their programmes, shown, agreed to by two, then done.

Nothing goes by itself. What goes is taken out of the journal too, as erasing does it; of a record that stays, what remains is
written anew. A case that is not to be worked on is left alone, and a person whom another case still needs.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.case.joined import INTO
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import is_future, months_after, span_of
from avrr_desktop.domain.procedure.retention import RetentionRule, Then, rule_of
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.protection.erasing import finish_erasing, remember_files
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.sealing import SEALED, opened, sealed_part
from avrr_desktop.operations.session.second_person import SecondPerson, agreed, four_eyes, may_second
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.erasing import Gone, Named, erase_records
from avrr_desktop.store.reading import held
from avrr_desktop.store.reading.cases import CaseFilter

GROUND = "retention"  # of the line without a name that stays in the journal
_What = tuple[str, str]  # record type, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What one rule takes away in one case. ``since``: the day on which the time was over, in its stored form."""

    case: str
    number: str
    programme: str
    rule: RetentionRule
    since: str
    records: tuple[Named, ...]


@needs(Permission.READ)
def sets_rules(workspace: Workspace) -> bool:
    """Return whether any programme says what goes after the closing."""
    return any(one.retention for one in workspace.pack.programmes.values())


@needs(Permission.APPROVE)
def find_due(workspace: Workspace) -> tuple[Due, ...]:
    """Return what the rules would take away today, in the order of the cases. Slow, for a worker.

    Raises RefusedError where a restricted record would have to be opened and the key is missing.
    """
    over = list(_over(workspace))
    cases: dict[_What, set[str]] = defaultdict(set)
    for line, rule, _ in over:
        cases[rule.record_type, rule.field].add(line.uid)
    found = []
    for line, rule, since in over:
        records = tuple(
            (one.type, one.uid)
            for one in _records(workspace, line, rule, cases[rule.record_type, rule.field])
            if rule.then is Then.COUNTED or rule.concerns(_read(workspace, one).values.get(rule.field))
        )
        if records:
            found.append(
                Due(
                    case=line.uid, number=line.number, programme=line.programme, rule=rule, since=since, records=records
                )
            )
    return tuple(found)


def _over(workspace: Workspace) -> Iterator[tuple[CaseLine, RetentionRule, str]]:
    """Yield closed cases that may be worked on, with each rule whose time is over and the day on which it was."""
    rules = {key: [rule_of(line) for line in one.retention] for key, one in workspace.pack.programmes.items()}
    reader = workspace.store.reader
    for line in reader.lines(reader.line_keys(CaseFilter(status="over"))):
        closed = span_of(line.closed_on)
        if closed is None or not rules.get(line.programme):
            continue
        case = reader.record("case", line.uid, line.uid)
        if case is None or case.text("kept_still_since"):
            continue
        for rule in rules[line.programme]:
            since = months_after(closed.last.isoformat(), rule.months)
            if since and not is_future(since, workspace.today):
                yield line, rule, since


def _records(workspace: Workspace, line: CaseLine, rule: RetentionRule, due: set[str]) -> Iterator[Record]:
    """Yield the records of a type in a case, removed ones too; people only where none of their cases still needs them."""
    connection, reader = workspace.store.connection, workspace.store.reader
    key = connection.rows("SELECT pk FROM cases WHERE uid=?", (line.uid,))[0][0]
    if rule.record_type != "person":
        yield from (one for one in held.records_in(connection, key) if one.type == rule.record_type)
        return
    for person in held.people_in(connection, key):
        if all(one.uid in due for one in held.cases_of(connection, person)):
            for uid in held.records_of_one(connection, person):
                if (record := reader.record("person", uid)) is not None:
                    yield record


def _read(workspace: Workspace, record: Record) -> Record:
    if SEALED in record.values and not workspace.protection:
        raise RefusedError(
            N_("A rule concerns restricted records, and you have no access to them."),
            N_("Nothing was changed. A supervisor with access to restricted records can do it."),
        )
    return opened(workspace, record)


@needs(Permission.APPROVE)
def let_go(workspace: Workspace, due: tuple[Due, ...], second: SecondPerson | None = None) -> int:
    """Take away what was found and agreed to, exactly that, in one transaction; return how many records it concerned.

    Cannot be undone; earlier backups hold it until they are rotated out. Raises RefusedError where the second person is missing
    or something changed since it was found; then nothing is changed.
    """
    if four_eyes(workspace) and not may_second(workspace, second):
        raise RefusedError(
            N_("This needs a second person: another supervisor types their passphrase."), N_("Nothing was changed.")
        )
    store = workspace.store
    before = store.reader.files_named()
    with agreed(workspace, second) as agreeing, store.transaction():
        if find_due(workspace) != due:
            raise RefusedError(
                N_("Something that would go was changed in the meantime."),
                N_("Nothing was changed. Look again at what would go, and confirm it."),
            )
        concerned = 0
        by_case: dict[str, list[Due]] = defaultdict(list)
        for one in due:
            by_case[one.case].append(one)
        for case, of_case in by_case.items():
            concerned += _let_go(workspace, case, of_case, agreeing)
        remember_files(workspace, before)
    finish_erasing(workspace)
    store.connection.checkpoint()
    return concerned


def _let_go(workspace: Workspace, case: str, due: list[Due], agreeing: str) -> int:
    store = workspace.store
    counted = {name for one in due if one.rule.then is Then.COUNTED for name in one.records}
    rules: dict[Named, list[RetentionRule]] = defaultdict(list)
    for one in due:
        for name in one.records:
            if name not in counted:
                rules[name].append(one.rule)
    touched = counted | rules.keys()
    people = frozenset(name for name in touched if name[0] == "person")
    others = {one.uid for _, uid in people for one in held.cases_of(store.connection, uid)} - {case}
    drafts = frozenset(draft.form for draft in store.local.drafts() if (draft.record_type, draft.record) in touched)
    parts = [part for name, of_record in rules.items() for part in _rest(workspace, case, name, of_record)]
    gone = Gone(
        of_cases={case: frozenset(touched - people), **dict.fromkeys(others, frozenset())}, beside=people,
        detached={case: parts}, documents_of=frozenset({case}), drafts=drafts,
    )  # fmt: skip
    tombstone = Part(PartKind.ERASE, "programme", due[0].programme, {"ground": GROUND, "records": len(touched)})
    erase_records(store, gone, tombstone, actor=workspace.actor, now=workspace.clock.now())
    lines = [f"{one.rule.line}: {len(one.records)}" for one in due]
    note(workspace, "erased", case=case, count=len(touched), reason="\n".join(lines), second=agreeing)
    return len(touched)


def _rest(workspace: Workspace, case: str, name: Named, rules: list[RetentionRule]) -> Iterator[Part]:
    """Yield the parts that write what remains of a record; of one that was removed only what says who it was joined into."""
    reader = workspace.store.reader
    record = reader.record(*name, case)
    assert record is not None
    if reader.is_removed(*name, case) and not record.text(INTO):
        return
    values: dict[str, Value | None] = dict(_read(workspace, record).values)
    for rule in rules:
        values |= _left_by(rule, values)
    kept = {key: value for key, value in values.items() if value is not None}
    kind = BY_KEY[record.type]
    yield sealed_part(workspace, Part(PartKind.APPEND if kind.appended else PartKind.ADD, *name, kept))
    if record.text(INTO):
        yield Part(PartKind.REMOVE, *name, {})


def _left_by(rule: RetentionRule, values: Mapping[str, Value | None]) -> dict[str, Value | None]:
    field = BY_KEY[rule.record_type].field(rule.field)
    return {rule.field: rule.leaves(values.get(rule.field)), **{one.key: None for one in field.beside()}}
