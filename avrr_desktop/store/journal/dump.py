"""The canonical dump: by it two stores, or tables and journal, are compared."""

import json
from collections.abc import Iterator

from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES


def canonical_dump(connection: Connection) -> Iterator[str]:
    """Yield the canonical dump: every projected row, by identifier, without local numbers."""
    for shape in sorted(RECORD_TABLES.values(), key=lambda shape: shape.table):
        of_case = shape.record_type.of_case
        columns = "".join(f', t."{name}"' for name in shape.columns)
        key = "c.uid || '/' || t.uid" if of_case else "t.uid"
        join = "JOIN cases c ON c.pk = t.case_pk" if of_case else ""
        revision = ", t.revision" if shape.table == "cases" else ""
        for row in connection.rows(
            f"SELECT {key}, t.removed, t.rest, t.marks, t.heads, t.conflicts{columns}{revision} "
            f"FROM {shape.table} t {join} ORDER BY 1"
        ):
            named = [_named(connection, text) for text in row[3:6]]
            yield json.dumps([shape.table, *row[:3], *named, *row[6:]], ensure_ascii=False)


def _named(connection: Connection, stored: str | None) -> object:
    def name(number: int) -> str:
        row = connection.one("SELECT change_id FROM journal WHERE pk=?", (number,))
        return str(row[0]) if row else ""

    content = json.loads(stored) if stored else None
    if isinstance(content, list):
        return [name(number) for number in content]
    if isinstance(content, dict):
        return {
            key: name(item) if isinstance(item, int) else [[name(pair[0]), pair[1]] for pair in item]
            for key, item in content.items()
        }
    return None
