"""What our figures are compared with: the bare drivers over the same rows, plain and in order."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from avrr_desktop.domain.records.record_types import OF_CASE
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from tools.bench.practice_stores import BenchStore

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000", "temp_store=MEMORY", "foreign_keys=ON")
TABLES = (*(shape.table for shape in RECORD_TABLES.values()), "case_lines")
LINE = ("SELECT case_pk, uid, number, called, status, country, place, host, principal, persons, next_step, "
        "next_standing, waiting_since, due, categories, officer, opened_on, closed_on, touched, direction, programme "
        "FROM case_lines ")  # fmt: skip
_CASE = f"SELECT {RECORD_TABLES['case'].select}, pk, revision FROM cases WHERE uid=? AND removed=0"
_PERSON = f"SELECT {RECORD_TABLES['person'].select} FROM persons WHERE uid=?"
_PERSON_AT = 5 + RECORD_TABLES["membership"].columns.index("person")
_CHILDREN = tuple(
    f"SELECT {RECORD_TABLES[kind.key].select}, removed FROM {RECORD_TABLES[kind.key].table} WHERE case_pk=? AND removed=0 ORDER BY uid"
    for kind in OF_CASE
)
_MEMBERSHIPS = next(at for at, kind in enumerate(OF_CASE) if kind.key == "membership")


def bare(driver: Any, path: Path, key: bytes = b"") -> Any:
    """Return the driver's own connection, each statement a transaction unless one is begun."""
    connection = driver.connect(str(path), isolation_level=None, cached_statements=300)
    if key:
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def encrypted(store: BenchStore) -> Iterator[Any]:
    """The bare driver over the encrypted file of a store."""
    connection = bare(dbapi2, store.database, store.key())
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """The standard library's driver over a file without encryption."""
    connection: sqlite3.Connection = bare(sqlite3, path)
    try:
        yield connection
    finally:
        connection.close()


def plain_copy(store: BenchStore) -> Path:
    """Return the records and list lines of a store in a plain file, written in the order of their keys; kept."""
    path = store.beside("plain")
    if path.exists():
        return path
    half_made = path.with_suffix(".part")
    half_made.unlink(missing_ok=True)
    with encrypted(store) as source, plain(half_made) as target:
        copy_tables(source, target, TABLES)
        target.execute("ANALYZE")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    half_made.rename(path)
    return path


def copy_tables(source: Any, target: sqlite3.Connection, tables: Collection[str], place: str = "main") -> None:
    """Make tables with their indexes anew, rows in the order of their keys."""
    made = source.execute(f"SELECT type, tbl_name, sql FROM {place}.sqlite_master WHERE sql IS NOT NULL").fetchall()
    ours = [(kind, table, sql) for kind, table, sql in made if table in tables]
    for _, table, sql in (row for row in ours if row[0] == "table"):
        target.execute(sql)
        columns = target.execute(f"PRAGMA table_info('{table}')").fetchall()
        key = ", ".join(row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5])
        rows = source.execute(f"SELECT * FROM {place}.{table} ORDER BY {key}")
        target.execute("BEGIN")
        target.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(columns))})", rows)
        target.execute("COMMIT")
    for _, _, sql in (row for row in ours if row[0] == "index"):
        target.execute(sql)


def bytes_of(source: Any, begin: str, beside: Path, place: str = "main", *, without: str = "") -> int:
    """Return the size of a plain file with the tables whose names begin so: what they take of the disk."""
    found = source.execute(f"SELECT name, sql FROM {place}.sqlite_master WHERE type='table'").fetchall()
    tables = [name for name, sql in found if name.startswith(begin) and "VIRTUAL" not in sql and name != without]
    beside.unlink(missing_ok=True)
    with plain(beside) as target:
        copy_tables(source, target, tables, place)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = beside.stat().st_size
    beside.unlink()
    return size


def opener(connection: Any) -> Callable[[str], Sequence[Any]]:
    """Return a function that reads all rows of one case as tuples: the SELECTs of our reader and nothing else."""

    def read(uid: str) -> Sequence[Any]:
        case = connection.execute(_CASE, (uid,)).fetchone()
        rows = [connection.execute(sql, (case[-2],)).fetchall() for sql in _CHILDREN]
        people = [connection.execute(_PERSON, (row[_PERSON_AT],)).fetchone() for row in rows[_MEMBERSHIPS]]
        return (case, rows, people)

    return read
