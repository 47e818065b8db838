"""Schema 4: what is derived is made from facts that hold; it is emptied here, and made anew in the same transaction."""

from typing import Any

STATEMENTS = (
    "INSERT INTO search_names(search_names) VALUES ('delete-all')",
    "INSERT INTO search_texts(search_texts) VALUES ('delete-all')",
    "DELETE FROM search_entries",
    "DELETE FROM search_words",
    "DELETE FROM agenda",
    "DELETE FROM case_lines",
)


def apply(db: Any) -> None:
    """Empty what the records give; the records and the journal stay as they are."""
    for statement in STATEMENTS:
        db.execute(statement)
