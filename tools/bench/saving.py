"""A note and a changed step saved durably, against the save that one writes first on plain sqlite3 with FTS5."""

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.step_states import FINISHED
from avrr_desktop.operations.cases.services import move_step
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from tools.bench.figures import Figure
from tools.bench.floor import plain, plain_copy
from tools.bench.practice_stores import BenchStore, note
from tools.bench.timing import WAITING, Samples, in_turns

TURNS, SAVES, WARMING = 8, 60, 20
_SEARCH_TEXT = """
    SELECT group_concat(given_names || ' ' || family_name, ' ') FROM memberships m JOIN persons p ON p.uid = m.person
    WHERE m.case_pk = ?1 UNION ALL
    SELECT group_concat(coalesce(json_extract(rest, '$.text'), ''), ' ') FROM notes WHERE case_pk = ?1 UNION ALL
    SELECT group_concat(coalesce(json_extract(rest, '$.summary'), ''), ' ') FROM follow_ups WHERE case_pk = ?1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One case with the note and the step that are saved in it."""

    case_file: CaseFile
    step: str
    state: str
    note: dict[str, object]


class PlainOffice:
    """One commit each: the row, the case's date, its text in the index written anew, a row of the audit table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._execute("CREATE TABLE audit (pk INTEGER PRIMARY KEY, at TEXT, actor TEXT, case_pk INTEGER, record TEXT, "
                      "content TEXT)")  # fmt: skip
        self._execute("CREATE INDEX audit_case ON audit (case_pk)")
        self._execute("CREATE VIRTUAL TABLE texts USING fts5(names, body)")
        self._keys = dict(self._execute("SELECT uid, pk FROM cases"))
        self._count = 0
        self._execute("BEGIN")
        for key in self._keys.values():
            self._execute("INSERT INTO texts (rowid, names, body) VALUES (?,?,?)", (key, *self._text(key)))
        self._execute("COMMIT")
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _text(self, key: int) -> tuple[str, str]:
        names, notes, talks = (row[0] or "" for row in self._execute(_SEARCH_TEXT, (key,)))
        return names, f"{notes} {talks}"

    def save_note(self, entry: Entry) -> None:
        """Save a further note."""
        content = json.dumps(entry.note, ensure_ascii=False)
        with self._save(entry, content) as (key, uid):
            self._execute("INSERT INTO notes (case_pk, uid, \"on\", kind, rest, made, changed) VALUES (?,?,?,?,?,0,0)",
                          (key, uid, entry.note["on"], entry.note["kind"], content))  # fmt: skip

    def save_step(self, entry: Entry) -> None:
        """Save a step in another state."""
        with self._save(entry, json.dumps({"state": entry.state})) as (key, _):
            self._execute("UPDATE steps SET state=?, filed_on=?, changed=? WHERE case_pk=? AND uid=?",
                          (entry.state, entry.note["on"], self._count, key, entry.step))  # fmt: skip

    @contextmanager
    def _save(self, entry: Entry, content: str) -> Iterator[tuple[int, str]]:
        self._count += 1
        key, uid = self._keys[entry.case_file.case.uid], f"n{self._count}"
        self._execute("BEGIN IMMEDIATE")
        yield key, uid
        self._execute("UPDATE cases SET changed=? WHERE pk=?", (self._count, key))
        self._execute("UPDATE texts SET names=?, body=? WHERE rowid=?", (*self._text(key), key))
        self._execute("INSERT INTO audit (at, actor, case_pk, record, content) VALUES (?,?,?,?,?)",
                      (entry.note["on"], "AH", key, uid, content))  # fmt: skip
        self._execute("COMMIT")


def measure(store: BenchStore) -> Mapping[str, Samples]:
    """Save notes and steps into copies of a store; tidying between the turns is not timed, as in idle time."""
    chance = random.Random(store.made.seed)
    with store.copy() as copy, copy.workspace() as workspace, _plain_office(store) as office, _file(copy) as append:
        entries = [_entry(workspace, case, chance) for case in _cases(store, chance)]
        turns = [entries[start : start + SAVES] for start in range(WARMING, len(entries), SAVES)]
        tidy = workspace.store.tidy
        calls: dict[str, Callable[[Entry], object]] = {
            "note": lambda entry: new_record(workspace, "note", entry.note, entry.case_file.case.uid),
            "step": lambda entry: move_step(workspace, entry.case_file, entry.step, entry.state),
            "plain note": office.save_note, "plain step": office.save_step,
        }  # fmt: skip
        tidy()
        in_turns(calls, [entries[:WARMING]])
        log = workspace.store.path.with_name(workspace.store.path.name + "-wal").stat().st_size
        calls["own bytes"] = lambda _: append(log // (2 * WARMING))
        tidy()
        return in_turns(calls, turns, tidy, WAITING)


def _cases(store: BenchStore, chance: random.Random) -> list[str]:
    return chance.sample(store.made.worked_on, TURNS * SAVES + WARMING)


def _entry(workspace: Workspace, case: str, chance: random.Random) -> Entry:
    case_file = workspace.store.reader.case_file(case)
    ahead = [step for step in case_file.steps if step.text("state") not in FINISHED]
    step = chance.choice(ahead or case_file.steps)
    state = "submitted" if step.text("state") != "submitted" else "done"
    return Entry(case_file, step.uid, state, note(chance))


@contextmanager
def _plain_office(store: BenchStore) -> Iterator[PlainOffice]:
    path = store.beside("plain-office")
    shutil.copyfile(plain_copy(store), path)
    try:
        with plain(path) as connection:
            yield PlainOffice(connection)
    finally:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()


@contextmanager
def _file(store: BenchStore) -> Iterator[Callable[[int], object]]:
    path: Path = store.folder / "floor"
    synchronised = getattr(os, "fdatasync", os.fsync)
    with path.open("wb", buffering=0) as file:

        def append(size: int) -> None:
            file.write(bytes(size))
            synchronised(file.fileno())

        yield append


def figures(results: Mapping[int, Mapping[str, Samples]]) -> list[Figure]:
    """Return the figures of all sizes."""
    made: list[Figure] = []
    for cases, one in results.items():
        for what in ("note", "step"):
            ours, other = one[what], one[f"plain {what}"]
            made += [
                Figure("S1", f"durable save of a {what}, p50, over plain sqlite3 + FTS5 + audit row", cases,
                       ours.over(other), "x", 1.5, scale=ours.at(50)),
                Figure("S2", f"the same, p99 (plain: {other.at(99):.1f} ms)", cases, ours.at(99) / other.at(99), "x", 0.25,
                       scale=ours.at(99)),
            ]  # fmt: skip
        made.append(Figure("S2", "save of a note over writing its own bytes, p50", cases,
                           one["note"].over(one["own bytes"]), "x", 5.0, scale=one["own bytes"].at(50)))  # fmt: skip
    return made
