"""What happens before a store is open: which file it is, whether this program may write it, its migrations."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.store.engine.driver import Connection, translated
from avrr_desktop.store.engine.migrations import SCHEMA, STEPS
from avrr_desktop.store.folder.location_rules import refuse_little_room

SMALLEST_FILE = 4096  # one page; anything smaller never was a store


def identity_of(path: Path, lies_at: Path | None = None) -> str:
    """Return what tells this file from a copy of it: place, file number and computer. ``lies_at``: where it is going to lie.

    Raises StoreError where the disk does not say: a guess would make the store take itself for a copy.
    """
    lock, machine = path.with_name("lock"), Path("/etc/machine-id")
    try:
        marks = [path.stat().st_ino, *((lock.stat().st_ino, lock.stat().st_ctime_ns) if lock.exists() else ())]
        host = machine.read_text().strip() if machine.exists() else os.environ.get("COMPUTERNAME", "")
    except OSError:
        raise StoreError(
            N_("The disk reported an error."),
            N_("Nothing was changed. Close the program, check the disk, and open the store again."),
        ) from None
    said = json.dumps([str((lies_at or path).resolve()), *marks, host], ensure_ascii=False)
    return said.encode("utf-8", "backslashreplace").decode("utf-8")  # a name on a disk may be no text at all


def refuse_unfit(path: Path, key: bytes) -> None:
    """Raise StoreError when a newer program made this store, or an older one cannot be brought up to date for want of room.

    Nothing is written: even a connection that only takes the store for itself would change bytes of its first page.
    """
    version = schema_of(path, key)
    if version == 0:
        raise empty_file()
    if version > SCHEMA:
        raise StoreError(
            N_("This store was made by a newer version of the program."),
            N_("It was not changed. Install the newer version, then open it again."),
        )
    if version < SCHEMA:
        refuse_little_room(path)


def schema_of(path: Path, key: bytes) -> int:
    """Return the schema number of a store without writing a byte into the store; no copy of it is made anywhere."""
    log, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    if not log.exists() or log.stat().st_size == 0:
        return _asked(Connection(path, key, read_only=True, immutable=True))
    there = index.exists()
    try:
        return _asked(Connection(path, key, read_only=True))
    except StoreError:  # no room for the index of the log
        return _asked(Connection(path, key, alone=True))
    finally:
        if not there:
            with suppress(OSError):
                index.unlink(missing_ok=True)


def copied(path: Path, place: Path) -> Path:
    """Copy a closed store's file with its log, encrypted as they are, into a folder; return the copy. Raises OSError."""
    for file in (path, path.with_name(path.name + "-wal")):
        if file.exists():
            shutil.copyfile(file, place / file.name)
    return place / path.name


def opened_for_writing(path: Path, key: bytes) -> Connection:
    """Return the one writing connection of a program. Raises InUseError, StoreError.

    Where the disk is too full to put the log in order, everything can still be read, and each save says what is wrong.
    """
    try:
        return Connection(path, key, exclusive=True)
    except StoreError as error:
        try:
            return Connection(path, key, alone=True)
        except StoreError:
            raise error from None  # it was not for want of room


def sweep_copies() -> None:
    """Take away what earlier versions left in the temporary folder when they were ended: copies of a store with its log."""
    with suppress(OSError):
        for place in Path(tempfile.gettempdir()).glob("avrr-*"):
            names = {path.name for path in place.iterdir()} if place.is_dir() and not place.is_symlink() else set()
            if "store.db" in names and names <= {"store.db", "store.db-wal", "store.db-shm"}:
                shutil.rmtree(place, ignore_errors=True)


def _asked(connection: Connection) -> int:
    try:
        row = connection.one("PRAGMA user_version")
    finally:
        connection.close()
    return int(row[0]) if row else 0


def empty_file() -> StoreError:
    """Return the error for a file that never was a store or is one no more."""
    return StoreError(
        N_("The store’s file is missing or empty."),
        N_("Nothing was changed. If you have a backup, restore it before you continue."),
    )


def migrate(
    connection: Connection, before: Callable[[Connection], None] | None = None, after: Callable[[], None] | None = None
) -> None:
    """Bring the tables to this program's schema, all steps or none; does nothing when they are.

    ``before``: makes sure that there is a way back; called for a store that holds something. What it raises stops all.
    ``after``: makes what is derived anew, in the same transaction; called for a store that holds something.
    """
    row = connection.one("PRAGMA user_version") or (0,)
    version = int(row[0])
    if version >= SCHEMA:
        return
    if version and before is not None:
        before(connection)
    from sqlite_utils import Database  # costs 100 ms: only when there is something to do

    with translated(), connection.immediate():
        for step in STEPS[version:]:
            step(Database(connection.raw))
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        if version and after is not None:
            after()
