"""Schema 5: a case is found, listed and counted by its place; an office has its own list of places.

What is derived is emptied here, and made anew in the same transaction: then each place stands in it.
"""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE places (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "key" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    "ALTER TABLE case_lines ADD COLUMN place_code TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX case_lines_place ON case_lines (place_code) WHERE place_code <> ''",
    "INSERT INTO search_names(search_names) VALUES ('delete-all')",
    "INSERT INTO search_texts(search_texts) VALUES ('delete-all')",
    "DELETE FROM search_entries",
    "DELETE FROM search_words",
    "DELETE FROM agenda",
    "DELETE FROM case_lines",
)


def apply(db: Any) -> None:
    """Add the table, a column and its index, and empty what the records give; the records and the journal stay as they are."""
    for statement in STATEMENTS:
        db.execute(statement)
