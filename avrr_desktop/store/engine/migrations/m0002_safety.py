"""Schema 2: what left the store and who looked; prints carry level, serial and recipient. Released: never changed again."""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE accesses (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "what" TEXT, "at" TEXT, "case_link" TEXT, "serial" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    "CREATE INDEX accesses_case ON accesses (case_link, pk)",
    "ALTER TABLE local_outbox ADD COLUMN level TEXT NOT NULL DEFAULT 'full_internal'",
    "ALTER TABLE local_outbox ADD COLUMN serial TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE local_outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE local_outbox ADD COLUMN closing TEXT NOT NULL DEFAULT ''",
)


def apply(db: Any) -> None:
    """Add what schema 2 brings; rows that are there stay as they are."""
    for statement in STATEMENTS:
        db.execute(statement)
