"""Schema 6: each period of help keeps how it ended, what was learned stands in a list without names, and what a physician and an adviser
said before the return in one of its own.

What is derived is emptied here, and made anew in the same transaction: the index of names is smaller, and Today asks for more.
"""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE closings (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "period" INTEGER, "reason" TEXT, "outcome" TEXT, "closed_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE lessons (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "on" TEXT, "kind" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE before_returns (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    "INSERT INTO search_names(search_names) VALUES ('delete-all')",
    "INSERT INTO search_texts(search_texts) VALUES ('delete-all')",
    "DELETE FROM search_entries",
    "DELETE FROM search_words",
    "DELETE FROM agenda",
    "DELETE FROM case_lines",
)


def apply(db: Any) -> None:
    """Add three tables, and empty what the records give; the records and the journal stay as they are."""
    for statement in STATEMENTS:
        db.execute(statement)
