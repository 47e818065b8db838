"""Which names of the store have a near key: each name stands once in ``search_words``, however many people have it.

A row is a near key with its mark, a space, and the sound key under which the name is in the index of names.
"""

import json
from collections.abc import Iterable

from avrr_desktop.domain.people.near_names import FAMILY, GIVEN
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.search_words import near_rows
from avrr_desktop.store.engine.driver import Connection

_MARKS = (GIVEN, FAMILY)
_LAST = chr(0x10FFFF)
_MARKED = (min(GIVEN, FAMILY), chr(ord(max(GIVEN, FAMILY)) + 1))  # the first of them, and the first word behind them


def put(connection: Connection, record: Record) -> None:
    """Keep the names of a record under their near keys."""
    rows = ((row,) for row in near_rows(record))
    connection.executemany("INSERT OR IGNORE INTO search_words (word) VALUES (?)", rows)


def names(connection: Connection, keys: Iterable[str], begun: Iterable[str] = ()) -> list[str]:
    """Return the words to look up for some keys: names for near ones, all others as they are. ``begun``: near keys begin so."""
    wanted = tuple(dict.fromkeys(keys))
    ranges = [(f"{key} ", f"{key}!") for key in wanted if key.startswith(_MARKS)]
    ranges += [(key, key + _LAST) for key in begun]
    found = connection.rows(
        "SELECT DISTINCT substr(w.word, instr(w.word, ' ') + 1) FROM json_each(?) r CROSS JOIN search_words w "
        "ON w.word >= r.value ->> 0 AND w.word < r.value ->> 1",
        (json.dumps(ranges),),
    )
    return list(dict.fromkeys((*(key for key in wanted if not key.startswith(_MARKS)), *(row[0] for row in found))))


def forget(connection: Connection) -> None:
    """Take out every name that nobody has any more."""
    connection.execute("DROP TABLE IF EXISTS temp.names_held")
    connection.execute("CREATE VIRTUAL TABLE temp.names_held USING fts5vocab(main, search_names, row)")
    try:
        connection.execute(
            "DELETE FROM search_words WHERE word >= ? AND word < ? "
            "AND substr(word, instr(word, ' ') + 1) NOT IN (SELECT term FROM temp.names_held)",
            _MARKED,
        )
    finally:
        connection.execute("DROP TABLE temp.names_held")
