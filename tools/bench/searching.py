"""Search while somebody types, against the same texts in FTS5 as it is usually set up."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from avrr_desktop.domain.people.name_keys import plain_key, words
from avrr_desktop.domain.people.number_keys import squashed
from avrr_desktop.domain.records.search_words import TEXT_KINDS, index_text
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import search
from tools.bench.figures import Figure
from tools.bench.floor import LINE, bytes_of, encrypted
from tools.bench.practice_stores import BenchStore
from tools.bench.sessions import keystrokes, sessions
from tools.bench.timing import exponent, in_turns, percentile

REPEATS = 3
PEERS = {
    "defaults": ("fts5(names, body)", "rank"),
    "bm25": ("fts5(names, body, content='', contentless_delete=1, prefix='1 2 3')", "bm25({}, 10.0, 1.0)"),
}
AHEAD = {"bm25": 10.0, "defaults": 50.0}


@dataclass(frozen=True, slots=True)
class Searched:
    """Milliseconds of every keystroke, ours and the peers', and the bytes of their indexes."""

    ours: Sequence[float]
    worst: float
    peers: Mapping[str, Sequence[float]]
    size: Mapping[str, int]


def measure(store: BenchStore) -> Searched:
    """Type every session three times, peers in turn; a keystroke counts with the shortest of its three times."""
    with store.workspace() as workspace, encrypted(store) as connection:
        typed = keystrokes(sessions(workspace, random.Random(store.made.seed)))
        _attach(store, workspace, connection)
        calls: dict[str, Callable[[str], object]] = {"ours": lambda text: find(workspace, text)}
        taken = in_turns({**calls, **{name: _peer(connection, name) for name in PEERS}}, [typed] * REPEATS)
        beside = store.beside("size")
        size = {name: bytes_of(connection, name, beside, "peers") for name in PEERS}
        size["ours"] = bytes_of(connection, "search_", beside, without="search_entries")
        size["entries"] = bytes_of(connection, "search_entries", beside)
    settled = {name: samples.settled() for name, samples in taken.items()}
    return Searched(settled.pop("ours"), max(taken["ours"].all), settled, size)


def _attach(store: BenchStore, workspace: Workspace, connection: Any) -> None:
    """Give the connection the peers' indexes: one row a case, the same words as ours, in an encrypted file."""
    connection.execute(f"ATTACH '{store.beside('peers')}' AS peers KEY \"x'{store.key().hex()}'\"")
    if connection.execute("SELECT count(*) FROM peers.sqlite_master").fetchone()[0]:
        return
    connection.execute("BEGIN")
    for name, (shape, _) in PEERS.items():
        connection.execute(f"CREATE VIRTUAL TABLE peers.{name} USING {shape}")
    for (case_pk,) in connection.execute("SELECT case_pk FROM case_lines ORDER BY case_pk").fetchall():
        records = list(search.records_of(workspace.store.reader.case_by_key(case_pk)))
        names = " ".join(index_text(record) for record in records if record.type not in TEXT_KINDS)
        body = " ".join(index_text(record) for record in records if record.type in TEXT_KINDS)
        for name in PEERS:
            connection.execute(f"INSERT INTO peers.{name} (rowid, names, body) VALUES (?,?,?)", (case_pk, names, body))
    connection.execute("COMMIT")


def _peer(connection: Any, name: str) -> Callable[[str], object]:
    order = PEERS[name][1].format(name)
    found = f"SELECT rowid FROM peers.{name} WHERE {name} MATCH ? ORDER BY {order} LIMIT 50"

    def search_one(text: str) -> object:
        expression = _expression(text)
        keys = [row[0] for row in connection.execute(found, (expression,))] if expression else []
        marks = ",".join("?" * len(keys))
        lines = {row[0]: row for row in connection.execute(f"{LINE} WHERE case_pk IN ({marks})", keys)}
        return [lines[key] for key in keys]

    return search_one


def _expression(text: str) -> str:
    if "-" in text and any(letter.isdigit() for letter in text):
        return f'"{squashed(text)}"*'
    quoted = [f'"{plain_key(word)}"' for word in words(text)]
    return " AND ".join(quoted) + "*" if quoted else ""


def figures(results: Mapping[int, Searched]) -> list[Figure]:
    """Return the figures of all sizes; how far ahead of the peers we must be is said of the largest."""
    made: list[Figure] = []
    for cases, one in results.items():
        half, tail = percentile(one.ours, 50), percentile(one.ours, 99)
        made += [
            Figure("F1", "search, every keystroke, p50", cases, half, "ms", 2.0),
            Figure("F1", "search, every keystroke, p99", cases, tail, "ms", 10.0),
            Figure("", "the slowest single keystroke", cases, one.worst, "ms"),
        ]
        for name, ahead in AHEAD.items():
            limit = ahead if cases == max(results) else None
            times = percentile(one.peers[name], 99) / tail
            made.append(Figure("F2", f"FTS5 {name} over ours, p99", cases, times, "x", limit, at_least=True))
            made.append(Figure("", "the same, p50", cases, percentile(one.peers[name], 50) / half, "x"))
        share = one.size["ours"] / one.size["defaults"]
        made.append(Figure("F2", "size of the index over that of FTS5 defaults", cases, share, "x", 0.3))
        share += one.size["entries"] / one.size["defaults"]
        made.append(Figure("", "the same with the table that names what was found", cases, share, "x"))
    if len(results) > 1:
        for part, limit in ((50, 0.25), (99, 0.6)):
            grown = exponent({cases: percentile(one.ours, part) for cases, one in results.items()})
            what = f"growth of p{part} since {min(results):,} cases"
            made.append(Figure("F2", what, max(results), grown, "exponent", limit))
    return made
