"""Schema 4: what is derived is made from facts that hold; it is emptied here, and made anew in the same transaction.

An office sets its programmes, names its authorities and writes down what was stated elsewhere: each has a table.
"""

from typing import Any

TABLES = ("programmes", "office_rules", "authorities", "stated_figures")
OFFICE_PACK = tuple(
    f"""
    CREATE TABLE {table} (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "key" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """
    for table in TABLES
)

STATEMENTS = (
    *OFFICE_PACK,
    "CREATE INDEX memberships_left ON memberships (left_on) WHERE left_on <> ''",
    "INSERT INTO search_names(search_names) VALUES ('delete-all')",
    "INSERT INTO search_texts(search_texts) VALUES ('delete-all')",
    "DELETE FROM search_entries",
    "DELETE FROM search_words",
    "DELETE FROM agenda",
    "DELETE FROM case_lines",
)


def apply(db: Any) -> None:
    """Add tables and an index, and empty what the records give; the records and the journal stay as they are."""
    for statement in STATEMENTS:
        db.execute(statement)
