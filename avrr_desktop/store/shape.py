"""How a record lies in its table: real columns for what lists ask for, one JSON column for the rest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avrr_desktop.domain.fields import Kind, Record, RecordType, Value
from avrr_desktop.domain.records import ALL

_PLURALS = {
    "case": "cases", "person": "persons", "membership": "memberships", "paper": "papers", "service": "services",
    "step": "steps", "provider": "providers", "referral": "referrals", "follow_up": "follow_ups",
    "contact": "contacts", "note": "notes", "officer": "officers", "office": "offices", "consent": "consents",
    "transfer": "transfers", "vulnerability": "vulnerabilities", "cost": "costs", "file": "files",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """The table of one record type."""

    record_type: RecordType
    table: str
    columns: tuple[str, ...]
    truth_columns: frozenset[str]  # columns that hold yes or no

    @property
    def select(self) -> str:
        """The columns that ``record`` reads, in its order."""
        named = "".join(f', "{column}"' for column in self.columns)
        return f"uid, changed, heads, conflicts, rest{named}"

    def record(self, row: tuple[Any, ...]) -> Record:
        """Return the record of a row read with ``select``."""
        uid, changed, heads, conflicts, rest = row[:5]
        values: dict[str, Value] = {}
        for column, value in zip(self.columns, row[5:], strict=True):
            if value is not None:
                values[column] = bool(value) if column in self.truth_columns else value
        if rest:
            for key, value in json.loads(rest).items():
                values[key] = tuple(value) if isinstance(value, list) else value
        seen = tuple(json.loads(heads)) if heads else (changed,)
        return Record(self.record_type.key, uid, values, tuple(map(str, seen)), _conflicts(conflicts))

    def split(self, values: Mapping[str, Value | None]) -> tuple[list[object], str | None]:
        """Return (values of the columns, JSON of the rest) for a whole record."""
        rest = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in values.items()
            if key not in self.columns and value is not None
        }
        text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if rest else None
        return [values.get(column) for column in self.columns], text


def _conflicts(stored: str | None) -> Mapping[str, tuple[Value | None, ...]] | None:
    if not stored:
        return None
    return {
        key: tuple(tuple(value) if isinstance(value, list) else value for _, value in pairs)
        for key, pairs in json.loads(stored).items()
    }


SHAPES: Mapping[str, Shape] = {
    record_type.key: Shape(
        record_type,
        _PLURALS[record_type.key],
        tuple(field.key for field in record_type.columns),
        frozenset(field.key for field in record_type.columns if field.kind is Kind.YES_NO),
    )
    for record_type in ALL
}
