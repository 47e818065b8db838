"""Takes everything about some records out of a store: journal, tables, search, drafts and finished documents.

Only what is touched is written anew, so that it takes as long in a large store as in a small one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from avrr_desktop.domain.history.change import Changes, Part
from avrr_desktop.domain.records import search_words
from avrr_desktop.store.journal.journal import Entry
from avrr_desktop.store.journal.quarantine import Quarantine
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from avrr_desktop.store.reading import held
from avrr_desktop.store.store import Store

EMPTIED = "emptied"  # in the entry that says that something was erased: the names of the entries, and of which parts
Named = tuple[str, str]  # record type, identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What goes. ``of_cases``: case -> its records; ``beside``: people and lines of who looked; ``whole``: cases that go.

    ``detached``: case -> what becomes of records that stay and named one that goes. ``drafts``: the forms whose drafts go.
    """

    of_cases: Mapping[str, frozenset[Named]]
    beside: frozenset[Named] = frozenset()
    whole: frozenset[str] = frozenset()
    detached: Mapping[str, Sequence[Part]] = field(default_factory=dict)
    documents_of: frozenset[str] = frozenset()  # cases whose finished documents go
    drafts: frozenset[str] = frozenset()

    @property
    def records(self) -> frozenset[Named]:
        """Everything that goes, of cases and beside them."""
        return self.beside.union(*self.of_cases.values(), {("case", case) for case in self.whole})


def erase_records(store: Store, gone: Gone, tombstone: Part, *, actor: str, now: datetime) -> Changes:
    """Take everything that was ever written about some records away, in one transaction with the entry that says so.

    ``tombstone``: a part of the kind erase, without a word about anybody. What the caller writes in the same transaction
    (the line of who decided) stands or falls with it.
    """
    with store.transaction():
        words = _words_of(store, gone)
        emptied: list[str] = []
        for entry in list(_entries(store, gone)):
            positions = _positions(entry, gone)
            if positions:
                store.journal.erase(entry.change.change_id, positions)
                emptied.append(f"{entry.change.change_id}:{','.join(map(str, positions))}")
        tombstone = replace(tombstone, values={**tombstone.values, EMPTIED: tuple(dict.fromkeys(emptied))})
        _drop_rows(store, gone)
        for case in gone.documents_of:
            store.local.forget_documents(case)
        for form in gone.drafts:
            store.local.drop_draft(form)
        Quarantine(store.connection).erase(gone.whole, gone.records)
        changes = store.save([tombstone], case=None, actor=actor, now=now)
        for case, parts in gone.detached.items():
            if parts:
                store.save(parts, case=case, actor=actor, now=now)
        _refresh(store, gone, words)
    if not store.connection.in_transaction:
        store.connection.checkpoint()
    return changes


def _entries(store: Store, gone: Gone) -> Iterable[Entry]:
    """Yield every entry that may hold a part of what goes; some may come twice."""
    if any(record_type == "person" for record_type, _ in gone.beside):
        yield from held.entries_about(store.journal, [*gone.of_cases, *gone.whole])
    else:
        for case in (*gone.of_cases, *(gone.whole - gone.of_cases.keys())):
            yield from store.journal.of_case(case)
    lines = [uid for record_type, uid in gone.beside if record_type == "access"]
    for uid in lines:
        rows = store.connection.rows("SELECT made, changed FROM accesses WHERE uid=?", (uid,))
        yield from store.journal.numbered({number for row in rows for number in row})


def _positions(entry: Entry, gone: Gone) -> list[int]:
    whole = entry.change.envelope.get("case") in gone.whole
    records = gone.records

    def goes(part: Part | None) -> bool:
        if part is None:
            return whole  # from a newer program: of the case that goes
        if (part.record_type, part.record) in records:
            return True
        shape = RECORD_TABLES.get(part.record_type)
        return whole and (shape is None or shape.record_type.of_case)

    return [
        position
        for position, (part, sealed) in enumerate(zip(entry.parts, entry.change.parts, strict=True))
        if not sealed.erased and goes(part)
    ]


def _words_of(store: Store, gone: Gone) -> set[str]:
    """Return the words under which the texts that go are found."""
    found: set[str] = set()
    for case, records in gone.of_cases.items():
        for record_type, uid in records:
            record = store.reader.record(record_type, uid, case) if record_type in search_words.TEXT_KINDS else None
            if record is not None:
                found.update(search_words.index_text(record).split())
    return found


def _drop_rows(store: Store, gone: Gone) -> None:
    """Take the rows of what goes out of their tables."""
    execute = store.connection.execute
    for case, records in gone.of_cases.items():
        case_pk = _key(store, case)
        if case in gone.whole:
            store.index.drop_case(case_pk)
            for table in (*(RECORD_TABLES[record_type].table for record_type in held.OF_CASE), "case_lines", "agenda"):
                execute(f"DELETE FROM {table} WHERE case_pk=?", (case_pk,))
            execute("DELETE FROM cases WHERE pk=?", (case_pk,))
            continue
        for record_type, uid in records:
            execute(f"DELETE FROM {RECORD_TABLES[record_type].table} WHERE case_pk=? AND uid=?", (case_pk, uid))
            store.index.drop(case_pk, uid)
        for record_type, uid in gone.beside:
            if record_type == "person":
                store.index.drop(case_pk, uid)
    for record_type, uid in gone.beside:
        execute(f"DELETE FROM {RECORD_TABLES[record_type].table} WHERE uid=?", (uid,))


def _refresh(store: Store, gone: Gone, words: set[str]) -> None:
    """Make anew what was derived from the cases that stay: lines, agenda, search."""
    for case in gone.of_cases.keys() - gone.whole:
        case_pk = _key(store, case)
        row = store.connection.one("SELECT updated FROM case_lines WHERE case_pk=?", (case_pk,))
        store.index.drop_case(case_pk)
        for table in ("case_lines", "agenda"):
            store.connection.execute(f"DELETE FROM {table} WHERE case_pk=?", (case_pk,))
        store.refresh_case(case_pk, row[0] if row else 0, None)  # keeps its place among the cases that changed last
    store.index.forget_words(words)


def _key(store: Store, case: str) -> int:
    row = store.connection.one("SELECT pk FROM cases WHERE uid=?", (case,))
    return int(row[0]) if row else 0
