"""Finds people, papers, numbers, places and notes while somebody types; words come from domain/records/search_words.py."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from avrr_desktop.domain.case.case_file import CaseFile, CaseLine
from avrr_desktop.domain.people import name_keys, near_names
from avrr_desktop.domain.people.near_names import Near
from avrr_desktop.domain.people.number_keys import (
    Key,
    asked_dates,
    asked_number,
    asked_tails,
    name_and_number,
    squashed,
)
from avrr_desktop.domain.places.gazetteer import Gazetteer, gazetteer
from avrr_desktop.domain.places.place_search import Meant, meant
from avrr_desktop.domain.places.placed import place_word
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.search_words import NAME_KINDS, TEXT_KINDS, index_text
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from avrr_desktop.store.reading import near_words
from avrr_desktop.store.reading.cases import Reader
from avrr_desktop.store.reading.full_text import any_key, matching, quoted, spellings
from avrr_desktop.store.reading.near_search import near_entries, single_entries
from avrr_desktop.store.reading.own_places import places_of

MOST_WORDS = 200  # so many words may stand for a beginning
_TAKEN_OUT = (
    "WHERE e.record_type = 'person' AND NOT EXISTS (SELECT 1 FROM memberships m "
    "WHERE m.case_pk = e.case_pk AND m.person = e.uid AND m.removed = 0)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: the record and its case."""

    record_type: str
    uid: str
    case_pk: int
    case: CaseLine
    record: Record | None
    in_no_case: bool = False  # a person who was taken out of this case and belongs to none
    near: Near | None = None  # why it is shown although nothing is as it was typed


class SearchIndex:
    """Keeps the two full-text tables in step with the records; outside the journal, rebuilt at will."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, case_pk: int, record: Record, *, new: bool = False) -> None:
        """Index a record of a case anew; ``new``: it cannot be there yet."""
        if not new:
            self.drop(case_pk, record.uid)
        text = index_text(record, places_of(self._connection))
        if text.strip():
            cursor = self._connection.execute(
                "INSERT INTO search_entries (case_pk, record_type, uid) VALUES (?,?,?)",
                (case_pk, record.type, record.uid),
            )
            table = "search_texts" if record.type in TEXT_KINDS else "search_names"
            self._connection.execute(f"INSERT INTO {table} (rowid, t) VALUES (?,?)", (cursor.lastrowid, text))
            if record.type in TEXT_KINDS:
                words = ((word,) for word in text.split())
                self._connection.executemany("INSERT OR IGNORE INTO search_words (word) VALUES (?)", words)
            near_words.put(self._connection, record)

    def drop(self, case_pk: int, uid: str) -> None:
        """Take a record out of the index."""
        row = self._connection.one(
            "SELECT pk, record_type FROM search_entries WHERE case_pk=? AND uid=?", (case_pk, uid)
        )
        if row:
            table = "search_texts" if row[1] in TEXT_KINDS else "search_names"
            self._connection.execute(f"DELETE FROM {table} WHERE rowid=?", (row[0],))
            self._connection.execute("DELETE FROM search_entries WHERE pk=?", (row[0],))

    def has_case(self, case_pk: int) -> bool:
        """Return whether anything of a case is in the index."""
        return self._connection.one("SELECT 1 FROM search_entries WHERE case_pk=? LIMIT 1", (case_pk,)) is not None

    def drop_case(self, case_pk: int) -> None:
        """Take everything of a case out of the index."""
        for (uid,) in self._connection.rows("SELECT uid FROM search_entries WHERE case_pk=?", (case_pk,)):
            self.drop(case_pk, uid)

    def clear(self) -> None:
        """Empty the whole index."""
        for table in ("search_names", "search_texts"):
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
        self._connection.execute("DELETE FROM search_entries")
        self._connection.execute("DELETE FROM search_words")

    def forget_words(self, words: Iterable[str]) -> None:
        """Take out words that no text holds any more, and names that nobody has, also where they are merely marked as gone."""
        for word in words:
            if not matching(self._connection, "search_texts", quoted(word), 1):
                self._connection.execute("DELETE FROM search_words WHERE word=?", (word,))
        near_words.forget(self._connection)
        for table in ("search_names", "search_texts"):
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")

    def merge(self) -> None:
        """Do a slice of the work that a save leaves for idle time."""
        for table in ("search_names", "search_texts"):
            self._connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', 200)")


def words_held(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Yield (table, word, entry) for all that is found in the two full-text tables; nothing is written to the file."""
    for table in ("search_names", "search_texts"):
        connection.execute("DROP TABLE IF EXISTS temp.words_held")
        connection.execute(f"CREATE VIRTUAL TABLE temp.words_held USING fts5vocab(main, {table}, instance)")
        try:
            for word, number in connection.each("SELECT term, doc FROM temp.words_held"):
                yield table, word, number
        finally:
            connection.execute("DROP TABLE temp.words_held")


def all_known(connection: Connection, words: Sequence[str]) -> bool:
    """Return whether all words can be completed while somebody types them."""
    for start in range(0, len(words), 100):
        some = words[start : start + 100]
        marks = ",".join("?" * len(some))
        row = connection.one(f"SELECT count(*) FROM search_words WHERE word IN ({marks})", some)
        if row is None or row[0] != len(some):
            return False
    return True


def records_of(case_file: CaseFile) -> Iterable[Record]:
    """Yield every record of a case that can be found by search."""
    yield case_file.case
    for member in case_file.members:
        yield member.person
    for record_type in (*NAME_KINDS, *TEXT_KINDS):
        yield from case_file.of_type(record_type)


def query(text: str, *, prefix: bool, places: Gazetteer | None = None) -> tuple[str, int]:
    """Return (full-text query, length of its last word); empty for a text without letters or digits.

    ``places``: those of the office; a text that surely means one finds all that lies in it, however it is spelled there.

    Every token is quoted, so that nothing typed is ever read as an operator.
    """
    asked = _asked(text, places or gazetteer())
    return asked.begun if prefix else asked.whole, asked.length


class _Asked(NamedTuple):
    """The queries for whole words and for a last word that is a beginning; those for the words before; keys and length of the last."""

    whole: str = ""
    begun: str = ""
    before: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    length: int = 0


def _asked(text: str, places: Gazetteer) -> _Asked:
    """Return what is looked up for a text; see ``query``."""
    typed = name_keys.words(text)
    if not typed:
        return _Asked()
    before, last = tuple(map(spellings, typed[:-1])), name_keys.keys(typed[-1])
    by_place = [*map(_of_place, meant(text, places))]
    made = []
    for star in ("", "*"):
        ways = [" AND ".join([*before, any_key(last, star)]), *_with_numbers(text, star), *by_place]
        made.append(f"({') OR ('.join(ways)})" if len(ways) > 1 else ways[0])
    return _Asked(made[0], made[1], before, last, len(last[0]))


def _of_place(found: Meant) -> str:
    """Return the query for places and the words beside them; the last of those may be a beginning."""
    words = name_keys.words(f"{found.before} {found.behind}")
    beside = [spellings(word, "*" if word is words[-1] else "") for word in words]
    return " AND ".join([f"({' OR '.join(quoted(place_word(uid)) for uid in found.uids)})", *beside])


def _with_numbers(text: str, star: str) -> Iterator[str]:
    """Yield the queries for what is typed as one number, as a name with a number, and as a name with a date."""
    if not any(letter.isdecimal() for letter in text):
        return
    if number := _any_of(asked_number(text), star):
        yield number
    beside, figures = name_and_number(text)
    for words, keys in ((beside, asked_number(figures)), asked_dates(text)):
        if keys and (words.strip() or keys != asked_number(text)):
            yield " AND ".join([*(spellings(word, "") for word in name_keys.words(words)), _any_of(keys, star)])


def _any_of(keys: Iterable[Key], star: str) -> str:
    found = dict.fromkeys(quoted(key.word, star if key.begins else "") for key in keys)
    return f"({' OR '.join(found)})" if found else ""


def search(connection: Connection, text: str, limit: int = 50, *, near: bool = True) -> list[Hit]:
    """Return what matches, best first: whole words before beginnings, people and numbers before texts, newest first.

    Where nothing does, return what is near to it, and why; not without ``near``, as for each key while somebody types.
    """
    if (found := _entries(connection, text, limit, near=near)) or not near:
        return _hits(connection, found) if found else []
    found, why = near_entries(connection, text, limit)
    if found:
        hits = _hits(connection, found)
        return [
            replace(hit, near=None if why is Near.WORD and _own_words_typed(hit, text) > 1 else why) for hit in hits
        ]
    alone = (hit for hit in _hits(connection, single_entries(connection, text)) if _own_words_typed(hit, text))
    return [replace(hit, near=Near.WORD) for hit in alone][:limit]


def _own_words_typed(hit: Hit, text: str) -> int:
    """Return how many words the name of somebody has, where all of them were typed: merely more was. Else 0."""
    if hit.record is None or hit.record_type != "person":
        return 0
    return near_names.words_within(f"{hit.record.text('given_names')} {hit.record.text('family_name')}", text)


def search_cases(connection: Connection, text: str, limit: int = 20_000) -> tuple[int, ...]:
    """Return the keys of the cases in which something matches, best first, each once; nothing else is read."""
    entries = _entries(connection, text, limit)
    cases: dict[int, int] = {}
    for start in range(0, len(entries), 500):
        some = entries[start : start + 500]
        marks = ",".join("?" * len(some))
        cases |= dict(connection.rows(f"SELECT pk, case_pk FROM search_entries WHERE pk IN ({marks})", some))
    return tuple(dict.fromkeys(cases[entry] for entry in entries if entry in cases))


def _entries(connection: Connection, text: str, limit: int, *, near: bool = True) -> list[int]:
    """Return what matches, best first. ``near``: where nothing does, also what merely sounds like a place."""
    places = places_of(connection)
    asked = _asked(text, places)
    whole, begun, length = asked.whole, asked.begun, asked.length
    if not begun:
        return []
    found: dict[int, None] = {}
    figures = any(letter.isdigit() for letter in text)
    if figures:
        found.update(dict.fromkeys(_by_number(connection, text, limit)))
    if length > 2 and len(found) < limit:
        found.update(dict.fromkeys(matching(connection, "search_names", whole, limit)))
    if len(found) < limit:
        found.update(dict.fromkeys(matching(connection, "search_names", begun, limit)))
    if len(found) < limit and length > 2:
        expression = _spelled_out(connection, asked)
        found.update(dict.fromkeys(matching(connection, "search_texts", expression, limit - len(found))))
    if not found:
        found.update(dict.fromkeys(_by_number(connection, text, limit)))
        found.update(dict.fromkeys(_by_tail(connection, text) if figures else ()))
    if near and not found and (sounding := " OR ".join(map(_of_place, meant(text, places, perhaps=True)))):
        found.update(dict.fromkeys(matching(connection, "search_names", sounding, limit)))
    return list(found)[:limit]


def _spelled_out(connection: Connection, asked: _Asked) -> str:
    """Return the query for texts, the beginning of the last word spelled out as every word that begins so.

    Words that are named one by one are walked newest first and left after fifty; a beginning would first gather every
    text that holds any of them. A beginning of very many words stays one.
    """
    wanted = [key for key in asked.last if len(key) > 2] or [asked.last[0]]
    words: dict[str, None] = {}
    for key in wanted:
        rows = connection.rows(
            "SELECT word FROM search_words WHERE word >= ?1 AND word < ?1 || char(1114111) LIMIT ?2", (key, MOST_WORDS)
        )
        if len(rows) == MOST_WORDS:
            return asked.begun
        words.update(dict.fromkeys(row[0] for row in rows))
    last = " OR ".join(map(quoted, words)) or quoted("")
    return " AND ".join([*asked.before, f"({last})"])


def _by_number(connection: Connection, text: str, limit: int) -> list[int]:
    """Return the entries of cases whose number begins so, typed with or without its dashes."""
    begun = squashed(text)
    if not begun:
        return []
    rows = connection.rows(
        "SELECT e.pk FROM case_lines c JOIN search_entries e ON e.case_pk = c.case_pk AND e.uid = c.uid "
        "WHERE lower(replace(c.number, '-', '')) >= ?1 AND lower(replace(c.number, '-', '')) < ?1 || '~' "
        "ORDER BY lower(replace(c.number, '-', '')) DESC LIMIT ?2",
        (begun, limit),
    )
    return [row[0] for row in rows]


def _by_tail(connection: Connection, text: str) -> Iterator[int]:
    """Yield the entries of cases in whose number is what is typed, from anywhere in it and without its dashes."""
    for whole, year, tail in asked_tails(text):
        ways = " AND ".join([*([quoted(year)] if year else []), quoted(tail, "*")])
        found = matching(connection, "search_names", ways, MOST_WORDS)
        marks = ",".join("?" * len(found))
        rows = connection.rows(
            "SELECT e.pk FROM search_entries e JOIN case_lines c ON c.case_pk = e.case_pk AND c.uid = e.uid "
            f"WHERE instr(lower(replace(c.number, '-', '')), ?) AND e.pk IN ({marks}) ORDER BY e.pk DESC",
            (whole, *found),
        )
        yield from (row[0] for row in rows)


def _hits(connection: Connection, keys: list[int]) -> list[Hit]:
    wanted = (*keys, *(0 for _ in range(len(keys), 50)))  # one length: the statement is prepared once
    marks = ",".join("?" * len(wanted))
    rows = connection.rows(f"SELECT pk, case_pk, record_type, uid FROM search_entries WHERE pk IN ({marks})", wanted)
    entries = {row[0]: row[1:] for row in rows}
    lines = Reader(connection).lines_by_key(list({entry[0] for entry in entries.values()}))
    records: dict[int, Record] = {}
    for record_type in {entry[1] for entry in entries.values()}:
        shape = RECORD_TABLES[record_type]
        same_case = "AND t.case_pk = e.case_pk" if shape.record_type.of_case else ""
        for row in connection.rows(
            f"SELECT e.pk, {shape.select_of('t')} FROM search_entries e CROSS JOIN {shape.table} t "
            f"ON t.uid = e.uid {same_case} WHERE e.record_type = ? AND e.pk IN ({marks})",
            (record_type, *wanted),
        ):
            records[row[0]] = shape.record(row[1:])
    found = ((key, *entries[key]) for key in keys if key in entries)
    where = f"{_TAKEN_OUT} AND e.pk IN ({marks})"
    out = {row[0] for row in connection.rows(f"SELECT e.pk FROM search_entries e {where}", wanted)}
    return [
        Hit(
            record_type=record_type,
            uid=uid,
            case_pk=case_pk,
            case=lines[case_pk],
            record=records.get(key),
            in_no_case=key in out,
        )
        for key, case_pk, record_type, uid in found
        if case_pk in lines
    ]
