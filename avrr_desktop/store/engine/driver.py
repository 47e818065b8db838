"""The cipher driver in one place: connect, pragmas, transactions, and errors in our own words."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlcipher3 import dbapi2

from avrr_desktop.domain.errors import DamagedError, InUseError, StoreError
from avrr_desktop.domain.i18n import N_

# sqlite_utils tries this name first; without it, it would work with the standard library's errors.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

OLDEST_ENGINE = (3, 51, 3)  # older ones can corrupt a file in WAL mode
WAL_CEILING = 16_000_000
STEPS = 100_000  # of the engine, after which a long statement asks whether to go on
MANY = 200  # rows that are read at once
PATIENCE = 5000  # milliseconds that a statement waits for another connection
Row = tuple[Any, ...]
Values = Sequence[object] | Mapping[str, object]  # by their places, or by their names

_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "cache_size=-16000",
    "wal_autocheckpoint=0",
)


class Connection:
    """One connection to one encrypted file, for one thread of one process."""

    def __init__(
        self, path: Path | None, key: bytes, *, exclusive: bool = False, read_only: bool = False,
        immutable: bool = False, alone: bool = False,
    ) -> None:  # fmt: skip
        """Open the file with its raw 32-byte key; without a path, an empty database in memory that nothing writes down.

        ``exclusive``: the one writing connection of a program; refused while another program has the file open.
        ``read_only``: not a byte of the file or its log is written, also at the closing.
        ``immutable``: nobody else writes while it is open and there is no log; nothing is made beside the file.
        ``alone``: not a byte is needed on the disk to read, also where a log waits; no other connection gets in, not
        even a worker’s. For a disk that is full.
        Raises InUseError, StoreError.
        """
        if dbapi2.sqlite_version_info < OLDEST_ENGINE:
            raise StoreError(
                N_("This installation contains a database engine that is too old to be safe."),
                N_("The store was not changed. Install the program again."),
            )
        self._depth = 0
        self._process = os.getpid()
        with translated():
            place = path.resolve().as_uri() if path else "file::memory:"
            place += ("?mode=ro" if read_only else "") + ("&immutable=1" if immutable else "")
            self._raw = dbapi2.connect(place, isolation_level=None, cached_statements=300, uri=True)
        try:
            self._prepare(key, exclusive, alone)
        except BaseException:
            self._raw.close()
            raise

    def _prepare(self, key: bytes, exclusive: bool, alone: bool) -> None:
        with translated():
            self._raw.execute("PRAGMA cipher_log_level=NONE")
            self._raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            self._raw.execute("PRAGMA busy_timeout=" + ("0" if exclusive else str(PATIENCE)))
            if alone:
                self._raw.execute("PRAGMA locking_mode=EXCLUSIVE")  # the index of the log is held in memory
            self._raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if exclusive:
                self._raw.execute("PRAGMA journal_mode=DELETE")
                self._raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
                self._raw.execute("PRAGMA journal_mode=WAL")
            for pragma in _PRAGMAS:
                self._raw.execute(f"PRAGMA {pragma}")

    def _own(self) -> None:
        """Refuse a connection that came along with a fork: two processes in one log would destroy the store."""
        if os.getpid() != self._process:
            raise RuntimeError("a connection serves one process: open another one here")

    @property
    def raw(self) -> Any:
        """The driver's own connection, for sqlite_utils."""
        return self._raw

    def execute(self, sql: str, values: Values = ()) -> Any:
        """Run one statement and return its cursor."""
        self._own()
        try:
            return self._raw.execute(sql, values)
        except dbapi2.Error as error:
            raise _ours(error) from None

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for many rows."""
        self._own()
        with translated():
            self._raw.executemany(sql, rows)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query."""
        self._own()
        try:
            return list(self._raw.execute(sql, values))
        except dbapi2.Error as error:
            raise _ours(error) from None

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows of a query one after the other, for a table that is too large for memory."""
        cursor = self.execute(sql, values)
        while True:
            with translated():
                some: list[Row] = cursor.fetchmany(MANY)
            if not some:
                return
            yield from some

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Read as everything stands now, whatever others write meanwhile; nothing is written in the block."""
        if self.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
        finally:
            self.execute("ROLLBACK")

    @contextmanager
    def stopped_by(self, go_on: Callable[[], bool]) -> Iterator[None]:
        """Let a long statement in the block end early, with StoreError, once a function says no."""
        self._raw.set_progress_handler(lambda: 0 if go_on() else 1, STEPS)
        try:
            yield
        finally:
            self._raw.set_progress_handler(None, STEPS)

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        row: Row | None = self.execute(sql, values).fetchone()
        return row

    @contextmanager
    def immediate(self) -> Iterator[None]:
        """One transaction that holds the write lock from its start; nested calls are savepoints."""
        name = f"level_{self._depth}"
        self.execute("BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                if self._raw.in_transaction:
                    self._raw.execute("ROLLBACK")
            elif self._raw.in_transaction:  # a full disk has taken everything back already, savepoints too
                self._raw.execute(f"ROLLBACK TO {name}")
                self._raw.execute(f"RELEASE {name}")
            raise
        self._depth -= 1
        try:
            self.execute("COMMIT" if self._depth == 0 else f"RELEASE {name}")
        except BaseException:
            if self._depth == 0 and self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction is open."""
        return self._depth > 0

    @property
    def written(self) -> int:
        """How many rows were written over this connection since it was opened; no question to the file."""
        return int(self._raw.total_changes)

    def checkpoint(self) -> None:
        """Write the log back into the file and empty it; while somebody reads, as far as that goes without waiting."""
        self.execute("PRAGMA busy_timeout=0")
        try:
            self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self.execute(f"PRAGMA busy_timeout={PATIENCE}")

    def close(self) -> None:
        """Close the connection; a second call does nothing, nor does one in a process that did not open it."""
        if os.getpid() == self._process:
            self._raw.close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours. None of them carries a value of a record."""
    try:
        yield
    except dbapi2.Error as error:
        raise _ours(error) from None


def _ours(error: Exception) -> Exception:
    """Return what an error of the driver is called by us, by its code; one of our own making as it is."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    primary = code & 0xFF  # the rest says which of its kind it is
    if primary in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        return InUseError(
            N_("The store is in use by another program."),
            N_("Nothing was changed. Close the other window, or wait a moment, and try again."),
        )
    if primary == dbapi2.SQLITE_FULL:
        return StoreError(
            N_("Not saved: the disk is full."),
            N_("Everything saved before is safe. What you typed is still here: free some space and save again."),
        )
    if primary in (dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT) or _index_broken(error):
        return DamagedError(
            N_("The store is damaged, or belongs to a different key."),
            N_("Nothing was changed. Do not delete it: keep a copy of the folder and ask for help with a backup."),
        )
    if primary in (dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN):
        return StoreError(
            N_("The store cannot be written here."),
            N_("Nothing was changed. Check that the folder exists and that you can write to it."),
        )
    if primary == dbapi2.SQLITE_INTERRUPT:
        return StoreError(
            N_("This was cancelled."), N_("The store was not changed. Start it again when there is time.")
        )
    if primary == dbapi2.SQLITE_IOERR:
        return StoreError(
            N_("The disk reported an error."),
            N_("The last entry may not be saved. Close the program, check the disk, and open the store again."),
        )
    return error


def _index_broken(error: Exception) -> bool:
    """Return whether the search index cannot be opened: FTS5 gives that the code of any mistake, and only its name differs."""
    return getattr(error, "sqlite_errorcode", None) == dbapi2.SQLITE_ERROR and str(error).startswith("vtable ")
