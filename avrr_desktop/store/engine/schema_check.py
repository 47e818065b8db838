"""Compares what a file is made of with what the migrations make: a trigger or view that somebody planted acts by itself."""

import re
from functools import cache

from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.opening import migrate

_ALL = "SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY 1, 2"
_OWN = re.compile(
    r"(idx_)?_?sqlite_(sequence|stat\d|autoindex_\w+|migrations\w*)"
)  # that engine and driver make by themselves
Made = frozenset[tuple[str, str, str]]


def strange(connection: Connection) -> tuple[str, ...]:
    """Return the names of tables, views, triggers and indexes that are not as the migrations make them, or are missing."""
    differing = {(kind, name) for kind, name, _ in _made(connection) ^ _expected()}
    return tuple(f"{kind} {name}" for kind, name in sorted(differing))


@cache
def _expected() -> Made:
    fresh = Connection(None, b"")
    try:
        migrate(fresh)
        return _made(fresh)
    finally:
        fresh.close()


def _made(connection: Connection) -> Made:
    return frozenset(
        (kind, name, " ".join(sql.split())) for kind, name, sql in connection.rows(_ALL) if not _OWN.fullmatch(name)
    )
