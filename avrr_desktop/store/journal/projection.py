"""Applies one part of a Change to its table. The tables are nothing but the journal, applied in order."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES, RecordTable

ParentsOf = Callable[[int, str], tuple[int, ...]]  # (journal entry, record) -> entries it had seen
OrderOf = Callable[[int], tuple[int, str]]  # journal entry -> (hybrid clock, name)
_GONE = (PartKind.REMOVE, PartKind.WITHDRAW)
_NEW = (PartKind.ADD, PartKind.APPEND)


class Projection:
    """Writes records into their tables inside the caller's transaction."""

    def __init__(self, connection: Connection, parents_of: ParentsOf, order_of: OrderOf) -> None:
        self._connection = connection
        self._parents_of = parents_of
        self._order_of = order_of

    def apply(self, entry: int, case_pk: int, part: Part, parents: tuple[int, ...]) -> bool:
        """Apply one part; False when this program does not know its record type (it is skipped, and kept)."""
        shape = RECORD_TABLES.get(part.record_type)
        if shape is None or part.kind is PartKind.ERASE:
            return False
        where, key = ("case_pk=? AND uid=?", (case_pk, part.record)) if shape.record_type.of_case else (
            "uid=?", (part.record,))  # fmt: skip
        row = self._connection.one(
            f"SELECT {shape.select}, made, removed, marks, conflicts FROM {shape.table} WHERE {where}", key
        )
        if row is None:
            self._insert(shape, entry, case_pk, part)
        else:
            self._update(shape, entry, part, parents, row, where, key)
        return True

    def _insert(self, shape: RecordTable, entry: int, case_pk: int, part: Part) -> None:
        columns, rest = shape.split(part.values)
        head, first = (["case_pk"], [case_pk]) if shape.record_type.of_case else ([], [])
        names = [*head, "uid", *(f'"{name}"' for name in shape.columns), "rest", "removed", "made", "changed"]
        values = [*first, part.record, *columns, rest, int(part.kind in _GONE), entry, entry]
        marks = ",".join("?" * len(values))
        self._connection.execute(f"INSERT INTO {shape.table} ({','.join(names)}) VALUES ({marks})", values)

    def _update(
        self, shape: RecordTable, entry: int, part: Part, parents: tuple[int, ...], row: tuple[Any, ...],
        where: str, key: tuple[object, ...],
    ) -> None:  # fmt: skip
        record = shape.record(row[:-4])
        made, removed, marks_text, conflicts_text = row[-4:]
        marks: dict[str, int] = json.loads(marks_text) if marks_text else {}
        conflicts: dict[str, list[list[Any]]] = json.loads(conflicts_text) if conflicts_text else {}
        heads = [int(head) for head in record.seen]
        seen_all = set(parents).issuperset(heads)
        known = set(heads) if seen_all else self._ancestors(part.record, parents)
        values: dict[str, Value | None] = dict(record.values)
        for field, value in part.values.items():
            current = conflicts.pop(field, None) or [[marks.get(field, made), values.get(field)]]
            unseen = (
                []
                if seen_all
                else [pair for pair in current if pair[0] not in known and _plain(pair[1]) != _plain(value)]
            )
            marks[field] = entry
            if unseen:
                pairs = [*unseen, [entry, value]]
                conflicts[field] = pairs
                shown = max(pairs, key=lambda pair: self._order_of(pair[0]))
                marks[field] = shown[0]
                value = tuple(shown[1]) if isinstance(shown[1], list) else shown[1]
            values[field] = value
        if part.kind in _GONE:
            removed = 1
        elif part.kind in _NEW:
            removed = 0
        unseen_heads = [head for head in heads if head not in known]
        columns, rest = shape.split(values)
        assignments = ", ".join(f'"{name}"=?' for name in shape.columns)
        self._connection.execute(
            f"UPDATE {shape.table} SET {assignments}, rest=?, removed=?, changed=?, marks=?, heads=?, conflicts=? "
            f"WHERE {where}",
            [*columns, rest, removed, entry, _dump(marks), _dump([*unseen_heads, entry] if unseen_heads else None),
             _dump(conflicts), *key],
        )  # fmt: skip

    def _ancestors(self, record: str, parents: Iterable[int]) -> set[int]:
        found: set[int] = set()
        ahead = list(parents)
        while ahead:
            entry = ahead.pop()
            if entry not in found:
                found.add(entry)
                ahead.extend(self._parents_of(entry, record))
        return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _dump(value: Mapping[str, Any] | list[int] | None) -> str | None:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if value else None
