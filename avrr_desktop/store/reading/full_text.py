"""Questions to a full-text table: words are quoted, so that nothing typed is ever an operator."""

import re
from collections.abc import Iterable

from avrr_desktop.domain.people import name_keys
from avrr_desktop.store.engine.driver import Connection

# letters at which the index, but not Python, parts words
_PARTED = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")
_QUOTE = '"'


def quoted(word: str, star: str = "") -> str:
    """Return a word as the full-text search takes it: never an operator. ``star``: "*" for words that only begin so."""
    *whole, last = (f'"{part.replace(_QUOTE, _QUOTE * 2)}"' for part in _PARTED.split(word))
    return f"({' AND '.join([*whole, last + star])})" if whole else last + star


def spellings(word: str, star: str = "") -> str:
    """Return the question for a word of a name by each of its keys; a key of one letter does not stand for a long word."""
    return any_key(name_keys.keys(word), star)


def any_key(keys: tuple[str, ...], star: str = "") -> str:
    """Return the question for a word by its keys, the plain one first."""
    short = len(keys[0]) < 3  # “Zzzz” must not find every Z
    return any_of([quoted(key, star) for key in keys if len(key) > 1 or short] or [quoted("")])


def any_of(parts: Iterable[str]) -> str:
    """Return the question for any of some, each asked once."""
    found = tuple(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def matching(connection: Connection, table: str, expression: str, limit: int) -> list[int]:
    """Return the entries that a full-text query finds, newest first."""
    rows = connection.rows(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?", (expression, limit)
    )
    return [row[0] for row in rows]
