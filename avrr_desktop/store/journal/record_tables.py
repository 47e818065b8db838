"""How a record lies in its table: real columns for what lists ask for, one JSON column for the rest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avrr_desktop.domain.records.fields import Kind, Record, RecordType, Value
from avrr_desktop.domain.records.record_types import ALL

_read_json = json.JSONDecoder().raw_decode  # json.loads without its search for blanks around the value


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The table of one record type."""

    record_type: RecordType
    table: str
    columns: tuple[str, ...]
    truth_columns: tuple[str, ...]  # columns that hold yes or no

    @property
    def select(self) -> str:
        """The columns that ``record`` reads, in its order."""
        return self.select_of("")

    def select_of(self, alias: str) -> str:
        """The same, of a table that goes by another name in the query."""
        dot = f"{alias}." if alias else ""
        return ", ".join(f'{dot}"{name}"' for name in ("uid", "changed", "heads", "conflicts", "rest", *self.columns))

    def record(self, row: tuple[Any, ...]) -> Record:
        """Return the record of a row read with ``select``. Opening a case is mostly this: it is written for speed."""
        values = {column: value for column, value in zip(self.columns, row[5:], strict=True) if value is not None}
        for column in self.truth_columns:
            if column in values:
                values[column] = bool(values[column])
        if row[4]:
            rest = _read_json(row[4])[0]
            for key, value in rest.items():
                if value.__class__ is list:
                    rest[key] = tuple(value)
            values |= rest
        seen = tuple(map(str, json.loads(row[2]))) if row[2] else (str(row[1]),)
        return Record(self.record_type.key, row[0], values, seen, _conflicts(row[3]) if row[3] else None)

    def split(self, values: Mapping[str, Value | None]) -> tuple[list[object], str | None]:
        """Return (values of the columns, JSON of the rest) for a whole record."""
        rest = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in values.items()
            if key not in self.columns and value is not None
        }
        text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if rest else None
        return [values.get(column) for column in self.columns], text


def _conflicts(stored: str) -> Mapping[str, tuple[Value | None, ...]]:
    return {
        key: tuple(tuple(value) if isinstance(value, list) else value for _, value in pairs)
        for key, pairs in json.loads(stored).items()
    }


RECORD_TABLES: Mapping[str, RecordTable] = {
    record_type.key: RecordTable(
        record_type,
        record_type.table,
        tuple(field.key for field in record_type.columns),
        tuple(field.key for field in record_type.columns if field.kind is Kind.YES_NO),
    )
    for record_type in ALL
}
