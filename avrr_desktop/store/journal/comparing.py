"""Compares tables, lists, agenda and search index with what the journal gives, a few cases at a time, beside the store.

Cases that share people are made anew together, in a database in memory; nothing is written into the store or beside it.
"""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from sqlcipher3 import dbapi2

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.history.change import Part
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.opening import migrate
from avrr_desktop.store.journal.journal import Entry, entry_of
from avrr_desktop.store.journal.projection import Projection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES, RecordTable
from avrr_desktop.store.journal.verifying import UNREADABLE
from avrr_desktop.store.reading import search
from avrr_desktop.store.store import Store

ENTRIES = 3000  # that are made anew at once
LINES = 20_000  # of who looked, and other records beside the cases, at once
_LINE = ", ".join([*CaseLine._fields, "sort_name"])
_AGENDA = "on_date, record, kind, record_type, person"
_NUMBERS = "SELECT pk FROM journal WHERE case_uid=?"
_MASK = (1 << 64) - 1
Row = tuple[Any, ...]
Named = tuple[str, ...]


def _loose(record_type: str) -> bool:
    """Return whether records of a type stand beside cases and people: nothing in a case is made from them."""
    shape = RECORD_TABLES.get(record_type)
    return shape is not None and not shape.record_type.of_case and record_type not in ("case", "person")


class Families:
    """Hears of every entry, and afterwards knows which cases share a person and must be made anew together."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # case -> its place in ``_above``
        self._above: list[int] = []
        self._sizes: list[int] = []
        self._homes: dict[str, int] = {}  # person -> a case in which they are named; a case -> itself
        self._beside: dict[str, list[int]] = {}  # person or case -> entries beside all cases that are about them
        self.loose: list[int] = []  # entries about what stands beside cases and people

    def hear(self, entry: Entry) -> None:
        """Note in which case an entry stands, and about whom it is."""
        case = entry.change.envelope.get("case")
        home = self._place(str(case)) if case else -1
        if home >= 0:
            self._sizes[home] += 1
        loose = False
        for part in entry.parts:
            if part is None:
                continue
            loose = loose or _loose(part.record_type)
            for uid in _about(part):
                if part.record_type == "case":
                    self._homes[uid] = self._place(uid)
                if home < 0:
                    self._beside.setdefault(uid, []).append(entry.number)
                else:
                    self._join(home, self._homes.setdefault(uid, home))
        if loose:
            self.loose.append(entry.number)

    def _place(self, case: str) -> int:
        if case not in self._numbers:
            self._numbers[case] = len(self._above)
            self._above.append(len(self._above))
            self._sizes.append(0)
        return self._numbers[case]

    def _top(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place

    def _join(self, one: int, other: int) -> None:
        one, other = self._top(one), self._top(other)
        if one != other:
            self._above[other] = one
            self._sizes[one] += self._sizes[other]

    def slices(self) -> Iterator[tuple[list[str], list[int]]]:
        """Yield (cases, entries beside all cases about their people), each small enough for memory where people allow it."""
        families: dict[int, list[str]] = {}
        for case, place in self._numbers.items():
            families.setdefault(self._top(place), []).append(case)
        also: dict[int, list[int]] = {}
        lone: list[int] = []
        for uid, numbers in self._beside.items():
            (also.setdefault(self._top(self._homes[uid]), []) if uid in self._homes else lone).extend(numbers)
        cases: list[str] = []
        further: list[int] = []
        weight = 0
        for top, members in families.items():
            cases += members
            further += also.get(top, [])
            weight += self._sizes[top]
            if weight >= ENTRIES:
                yield cases, further
                cases, further, weight = [], [], 0
        if cases or further or lone or not families:
            yield cases, further + lone


def _about(part: Part) -> Collection[str]:
    """Return the case or person that a part names."""
    if part.record_type in ("case", "person"):
        return (part.record,)
    person = part.values.get("person") if part.record_type == "membership" else None
    return (str(person),) if person else ()


class _Mirror(Store):
    """The tables of some cases as the journal gives them, in memory; parents and order are asked of the real journal."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.path, Connection(None, b""), os.urandom, "")
        migrate(self.connection)
        self.journal = store.journal
        self.answer_days = store.answer_days
        self._projection = Projection(self.connection, store.journal.parents, store.journal.order)

    def empty(self) -> None:
        """Begin anew."""
        for shape in RECORD_TABLES.values():
            self.connection.execute(f"DELETE FROM {shape.table}")
        for table in ("case_lines", "agenda"):
            self.connection.execute(f"DELETE FROM {table}")
        self.index.clear()


@dataclass(slots=True)
class Comparison:
    """What differs. ``tables``: projected records, lists, agenda; ``index``: what is found by searching."""

    store: Store
    tables: bool = True
    index: bool = True
    _counts: dict[str, int] = field(default_factory=dict)  # table -> rows that were compared
    _words: int = 0  # of what the index should hold, one number

    def compare(self, families: Families, go_on: Callable[[int], None]) -> None:
        """Make everything anew, a slice at a time. ``go_on``: hears how many entries are behind, and may raise."""
        mirror = _Mirror(self.store)
        try:
            with mirror.connection.immediate():
                done = 0
                for cases, also in families.slices():
                    mirror.empty()
                    for entry in self._entries(cases, also):
                        self._apply(mirror, _without(entry, loose=True))
                        done += 1
                        if done % 100 == 0:
                            go_on(done)
                    self._slice(mirror, go_on, done)
                parts = 1 + len(families.loose) // LINES
                for number in range(parts):
                    mirror.empty()
                    for entry in self._numbered(families.loose):
                        self._apply_loose(mirror, entry, number, parts)
                    self._compare_tables(mirror, loose=True)
                    go_on(done)
                self._ends(lambda: go_on(done))
        finally:
            mirror.connection.close()

    def _entries(self, cases: list[str], also: list[int]) -> Iterator[Entry]:
        numbers = set(also)
        for case in cases:
            numbers.update(row[0] for row in self.store.connection.each(_NUMBERS, (case,)))
        return self._numbered(sorted(numbers))

    def _numbered(self, numbers: list[int]) -> Iterator[Entry]:
        for number in numbers:
            row = self.store.connection.one("SELECT pk, envelope, digest, parts FROM journal WHERE pk=?", (number,))
            if row:
                yield entry_of(*row)

    def _apply_loose(self, mirror: _Mirror, entry: Entry, number: int, parts: int) -> None:
        chosen = tuple(
            part
            if part is not None and _loose(part.record_type) and crc32(part.record.encode()) % parts == number
            else None
            for part in entry.parts
        )
        if any(chosen):
            self._apply(mirror, Entry(entry.number, entry.change, chosen))

    def _apply(self, mirror: _Mirror, entry: Entry) -> None:
        """Apply an entry; what this program never wrote and no table can hold differs from any table."""
        try:
            mirror.apply(entry)
        except (*UNREADABLE, AttributeError, dbapi2.Error):
            self.tables = False

    def _slice(self, mirror: _Mirror, go_on: Callable[[int], None], done: int) -> None:
        for case_pk, changed in mirror.connection.rows("SELECT pk, changed FROM cases ORDER BY pk"):
            mirror.refresh_case(case_pk, changed, None)
            go_on(done)
        self._compare_tables(mirror, loose=False)
        here, there = _keys(mirror.connection), _keys_of(self.store.connection, mirror.connection)
        for table, columns in (("case_lines", _LINE), ("agenda", _AGENDA)):
            made = _rows(mirror.connection, table, columns, here)
            held = _rows(self.store.connection, table, columns, there)
            self._same(table, made, held)
        self._compare_index(mirror, here, there)

    def _compare_tables(self, mirror: _Mirror, *, loose: bool) -> None:
        here, there = _keys(mirror.connection), _keys_of(self.store.connection, mirror.connection)
        for record_type, shape in RECORD_TABLES.items():
            if _loose(record_type) is not loose:
                continue
            columns = _columns(shape)
            if shape.record_type.of_case:
                made = _rows(mirror.connection, shape.table, columns, here)
                held = _rows(self.store.connection, shape.table, columns, there)
            else:
                made = sorted(mirror.connection.rows(f"SELECT {columns} FROM {shape.table}"), key=repr)
                held = _named(self.store.connection, shape, [row[0] for row in made])
            self._same(shape.table, made, held)

    def _same(self, table: str, made: list[Row], held: list[Row]) -> None:
        self._counts[table] = self._counts.get(table, 0) + len(held)
        self.tables = self.tables and made == held

    def _compare_index(self, mirror: _Mirror, here: dict[int, str], there: dict[int, str]) -> None:
        columns = "uid, record_type, pk"
        made = _rows(mirror.connection, "search_entries", columns, here)
        held = _rows(self.store.connection, "search_entries", columns, there)
        self._counts["search_entries"] = self._counts.get("search_entries", 0) + len(held)
        self.index = self.index and [row[:3] for row in made] == [row[:3] for row in held]
        if not self.index:
            return
        numbers = {own[3]: theirs[3] for own, theirs in zip(made, held, strict=True)}
        for table, word, number in search.words_held(mirror.connection):
            self._words = (self._words + hash((table, word, numbers[number]))) & _MASK
        words = [row[0] for row in mirror.connection.rows("SELECT word FROM search_words")]
        self.index = search.all_known(self.store.connection, words)

    def _ends(self, go_on: Callable[[], None]) -> None:
        """Compare what no slice could: rows that nothing in the journal accounts for."""
        for table, compared in self._counts.items():
            shape = next((shape for shape in RECORD_TABLES.values() if shape.table == table), None)
            of_case = shape is not None and shape.record_type.of_case
            join = "JOIN cases c ON c.pk = t.case_pk" if of_case else ""
            row = self.store.connection.one(f"SELECT count(*) FROM {table} t {join}") or (0,)
            if table == "search_entries":
                self.index = self.index and row[0] == compared
            else:
                self.tables = self.tables and row[0] == compared
        if self.index:
            held = 0
            for number, one in enumerate(search.words_held(self.store.connection)):
                if number % 2000 == 0:
                    go_on()
                held = (held + hash(one)) & _MASK
            self.index = held == self._words


def tables_match(store: Store) -> bool:
    """Return whether the journal gives the same tables, lists and agenda; nothing is written."""
    return _compared(store).tables


def index_matches(store: Store) -> bool:
    """Return whether the search index holds what the journal gives, word by word; nothing is written."""
    return _compared(store).index


def _compared(store: Store) -> Comparison:
    with store.connection.one_moment():
        families, comparison = Families(), Comparison(store)
        for entry in store.journal.all():
            families.hear(entry)
        comparison.compare(families, lambda _: None)
    return comparison


def _without(entry: Entry, *, loose: bool) -> Entry:
    parts = tuple(None if part is not None and _loose(part.record_type) is loose else part for part in entry.parts)
    return Entry(entry.number, entry.change, parts)


def _columns(shape: RecordTable) -> str:
    revision = ", revision" if shape.table == "cases" else ""
    return (
        ", ".join(["uid", "removed", "rest", "marks", "heads", "conflicts", *(f'"{one}"' for one in shape.columns)])
        + revision
    )


def _keys(connection: Connection) -> dict[int, str]:
    return {row[0]: row[1] for row in connection.rows("SELECT pk, uid FROM cases")}


def _keys_of(connection: Connection, mirror: Connection) -> dict[int, str]:
    """Return the local keys under which the store holds the cases of the mirror."""
    found = {}
    for (uid,) in mirror.rows("SELECT uid FROM cases"):
        row = connection.one("SELECT pk FROM cases WHERE uid=?", (uid,))
        if row:
            found[row[0]] = uid
    return found


def _rows(connection: Connection, table: str, columns: str, keys: dict[int, str]) -> list[Row]:
    """Return the rows of some cases, the case by its identifier, in an order of their own."""
    found: list[Row] = []
    for some in _some(list(keys)):
        marks = ",".join("?" * len(some))
        rows = connection.rows(f"SELECT case_pk, {columns} FROM {table} WHERE case_pk IN ({marks})", some)
        found += [(keys[row[0]], *row[1:]) for row in rows]
    return sorted(found, key=repr)


def _named(connection: Connection, shape: RecordTable, uids: list[str]) -> list[Row]:
    columns, found = _columns(shape), list[Row]()
    for some in _some(uids):
        marks = ",".join("?" * len(some))
        found += connection.rows(f"SELECT {columns} FROM {shape.table} WHERE uid IN ({marks})", some)
    return sorted(found, key=repr)


def _some(everything: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(everything), 100):
        yield everything[start : start + 100]
