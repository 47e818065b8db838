"""Schema 3: what came from outside and was not taken in, with its reason. Released: never changed again."""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE local_quarantine (
        change_id TEXT NOT NULL, digest BLOB NOT NULL, envelope BLOB NOT NULL, parts BLOB NOT NULL,
        reason TEXT NOT NULL, source TEXT NOT NULL, kept_at TEXT NOT NULL, state TEXT NOT NULL,
        seen TEXT NOT NULL, files TEXT NOT NULL,
        PRIMARY KEY (change_id, digest)
    ) WITHOUT ROWID, STRICT
    """,
)


def apply(db: Any) -> None:
    """Add what schema 3 brings; rows that are there stay as they are."""
    for statement in STATEMENTS:
        db.execute(statement)
