"""Finds everybody who may be the one at the desk: all of one name, however many, and whoever may be spelled otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from avrr_desktop.domain.people import name_keys, near_names
from avrr_desktop.domain.people.likeness import Asked
from avrr_desktop.domain.people.number_keys import date_words
from avrr_desktop.domain.places.placed import place_word
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from avrr_desktop.store.reading import near_words
from avrr_desktop.store.reading.full_text import any_of, matching, quoted
from avrr_desktop.store.reading.near_search import one_letter_apart

MOST = 4000  # of one name alone, newest first; whoever fits in two things is found beyond them
SOME = 1000  # of whoever may only be spelled otherwise
FEW = 300  # of whoever has a name that only begins so
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody who may be meant, the cases (local keys, newest first) under which they are found, and names on papers."""

    person: Record
    cases: tuple[int, ...]
    papers: tuple[str, ...] = ()


def namesakes(connection: Connection, asked: Asked) -> list[Namesake]:
    """Return everybody who shares a word, the birth, or two near words with what is asked, the newest entries first."""
    found: dict[int, None] = {}
    for expression, most in _expressions(connection, asked):
        found.update(dict.fromkeys(matching(connection, "search_names", expression, most)))
    cases: dict[str, dict[int, None]] = {}
    papers: dict[str, list[str]] = {}
    for case_pk, person, written in _about_people(connection, sorted(found, reverse=True)):
        cases.setdefault(person, {})[case_pk] = None
        if written:
            papers.setdefault(person, []).append(written)
    people = _people(connection, list(cases))
    return [
        Namesake(people[uid], tuple(keys), tuple(papers.get(uid, ()))) for uid, keys in cases.items() if uid in people
    ]


def _expressions(connection: Connection, asked: Asked) -> Iterator[tuple[str, int]]:
    """Yield full-text queries and how many entries each may give: two things together first, then each by itself."""
    words = [any_of(quoted(key, "*") for key in name_keys.keys(word)) for word in asked.words]
    born = list(date_words(str(asked.born))) if asked.born else []
    if not words:
        return
    years = [quoted(word) for word in born[:1]]
    pairs = _pairs([*words, *years])
    if pairs:
        yield any_of(pairs), MOST
    yield any_of(quoted(key) for word in asked.words for key in name_keys.keys(word)), MOST
    yield any_of(words), FEW
    if len(asked.words) == 1 and len(asked.words[0]) < 3:
        return
    if asked.near:
        yield from _near_expressions(
            connection, asked, [*years, *(quoted(place_word(uid)) for uid in sorted(asked.places))]
        )
    if len(born) > 1:
        yield quoted(born[1]), MOST
    if years and len(words) > 1:
        first = [any_of(quoted(key[0], "*") for key in name_keys.keys(word)) for word in asked.words]
        both = [f"({years[0]} AND {one} AND {other})" for one, other in combinations(first, 2)]
        yield " OR ".join(both), MOST


def _near_expressions(connection: Connection, asked: Asked, facts: list[str]) -> Iterator[tuple[str, int]]:
    """Yield the queries for two near words, or a word with one wrong letter beside one.

    ``facts``: what else counts, the year of birth and the municipalities, as queries.
    """
    near = [any_of(map(quoted, (*name_keys.keys(word), *_near(connection, word)))) for word in asked.words]
    if pairs := _pairs([*near, *facts]):
        yield any_of(pairs), SOME
    if asked.letters:
        letters = [any_of(map(quoted, one_letter_apart(word))) for word in asked.words]
        others = [[*near[:at], *near[at + 1 :], *facts] for at in range(len(near))]
        wrong = [f"({one} AND {any_of(beside)})" for one, beside in zip(letters, others, strict=True) if beside]
        if wrong:
            yield any_of(wrong), SOME


def _near(connection: Connection, word: str) -> list[str]:
    return near_words.names(connection, (*near_names.asked_words(word), *near_names.readings(word)))


def _pairs(parts: list[str]) -> list[str]:
    return [f"({one} AND {other})" for one, other in combinations(parts, 2)]


def _about_people(connection: Connection, keys: list[int]) -> Iterator[tuple[int, str, str]]:
    """Yield (case, person, name on a paper or empty), newest first."""
    shape = RECORD_TABLES["paper"]
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        entries = connection.rows(
            f"SELECT e.case_pk, e.record_type, e.uid, {shape.select_of('t')} FROM search_entries e LEFT JOIN papers t "
            f"ON e.record_type = 'paper' AND t.case_pk = e.case_pk AND t.uid = e.uid WHERE e.pk IN ({marks}) "
            "AND e.record_type IN ('person', 'paper') ORDER BY e.pk DESC", some,
        )  # fmt: skip
        for case_pk, record_type, uid, *row in entries:
            if record_type == "person":
                yield case_pk, uid, ""
                continue
            record = shape.record(tuple(row)) if row[0] is not None else None
            if record is not None and record.text("holder"):
                yield case_pk, record.text("holder"), record.text("names_as_written")


def _people(connection: Connection, uids: list[str]) -> dict[str, Record]:
    shape = RECORD_TABLES["person"]
    found: dict[str, Record] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = uids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = connection.rows(f"SELECT {shape.select} FROM persons WHERE removed=0 AND uid IN ({marks})", some)
        found |= {record.uid: record for record in map(shape.record, rows)}
    return found
