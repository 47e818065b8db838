"""The folder of a store: its files, its two key files, and the lock that keeps a second program out."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from avrr_desktop.domain.errors import InUseError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import (
    database_in_use,
    lock_file,
    private_folder,
    put_in_place,
    read_small,
    sync_folder,
    write_whole,
)
from avrr_desktop.store.folder.key_files import CHANGING, OURS, KeyFiles

FAILED = "failed-unlocks"
BACKUP = ".avrr-backup"  # how the folder of a backup ends
MOST = 10**9  # no number in a plain file beside a store is higher: anybody may have written it
RESTORED = "restored.json"  # in a store that a backup was brought back as, until somebody unlocks it
_LEFT = (
    "lock",
    "sentinel",
    "head",
    FAILED,
    RESTORED,
)  # what may lie in a folder without a store, and means nothing there


@dataclass(frozen=True, slots=True)
class Restored:
    """Which backup this store was, and the name of the folder in which the one lies that was here before."""

    sequence: int
    made_at: str  # UTC
    aside: str = ""


class StoreFolder(KeyFiles):
    """``NAME.avrr/``: ``store.db``, ``keys-a.json``, ``keys-b.json``, ``files/``, ``lock``."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.database = path / "store.db"
        self._lock: IO[bytes] | None = None
        self._held = ""  # the folder as it was called when the lock was taken: it may get another name

    @property
    def exists(self) -> bool:
        """Return whether a store, or what is left of one, lies here."""
        return self.database.exists() or any(path.exists() for path in self._keys)

    def make(self) -> None:
        """Make the folder, readable by this user only. Raises StoreError."""
        if self.exists:
            raise already_there()
        try:
            private_folder(self.path)
        except OSError:
            raise not_made() from None

    def count_failed_unlock(self) -> None:
        """Count a wrong passphrase beside the locked store; a folder that cannot be written only means no count."""
        with suppress(OSError), (self.path / FAILED).open("ab") as file:
            file.write(b".")

    def say_restored(self, restored: Restored) -> None:
        """Leave word for whoever unlocks this store next. Raises StoreError."""
        write_whole(self.path / RESTORED, json.dumps(asdict(restored)).encode("utf-8"))

    def restored(self) -> Restored | None:
        """Return that word; None where there is none that can be read, or none that this program would have written."""
        try:
            found = Restored(**json.loads(read_small(self.path / RESTORED)))
            dated = datetime.fromisoformat(found.made_at).tzinfo is not None
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        counted = type(found.sequence) is int and 0 <= found.sequence <= MOST
        return found if dated and counted and type(found.aside) is str else None

    def forget_restored(self) -> None:
        """Take the word away: it was written down."""
        with suppress(OSError):
            (self.path / RESTORED).unlink()

    def take_failed_unlocks(self) -> int:
        """Return how many wrong passphrases were tried since the last unlock, and begin to count anew."""
        path = self.path / FAILED
        try:
            count = path.stat().st_size
            path.unlink()
        except OSError:
            return 0
        return min(count, MOST)

    def lock(self) -> None:
        """Take the lock, or raise InUseError. The lock goes with the process, also after a crash.

        The database is asked, too: whoever has it open holds it also where somebody deleted the file of the lock.
        """
        if not self.path.is_dir():
            raise StoreError(
                N_("There is no store in this folder."),
                N_("Nothing was changed. Check the folder, or start a new store."),
            )
        try:
            file = (self.path / "lock").open("a+b")
        except OSError:
            raise StoreError(
                N_("The store cannot be written here."),
                N_("Nothing was changed. Check that the folder exists and that you can write to it."),
            ) from None
        try:
            lock_file(file)
            if os.path.realpath(self.path) in OURS or database_in_use(self.database):
                raise OSError
        except OSError:
            file.close()
            raise InUseError(
                N_("This store is open in another window."),
                N_("Nothing was changed. Switch to that window, or close it first."),
            ) from None
        self._lock, self._held = file, os.path.realpath(self.path)
        OURS.add(self._held)

    def unlock(self) -> None:
        """Give the lock back."""
        with CHANGING:
            if self._lock is not None:
                OURS.discard(self._held)
                self._lock.close()
                self._lock = None


def is_store(path: Path) -> bool:
    """Return whether a folder looks like a store."""
    return path.is_dir() and (path / "store.db").exists()


def free_name(target: Path) -> Path:
    """Return the name under which the store in this folder is moved aside."""
    number = 1
    while (place := target.with_name(f"{target.stem}-before-restore-{number}{target.suffix}")).exists():
        number += 1
    return place


def moved_aside(target: Path) -> Path | None:
    """Return the store that was moved aside for a backup whose bringing back was cut off; None where nothing is missing."""
    if StoreFolder(target).exists:
        return None
    named = re.compile(rf"{re.escape(target.stem)}-before-restore-(\d+){re.escape(target.suffix)}")
    try:
        names = [(int(match[1]), path) for path in target.parent.iterdir() if (match := named.fullmatch(path.name))]
    except OSError:
        return None
    found = [path for _, path in sorted(names) if StoreFolder(path).exists]
    return found[-1] if found else None


def refuse_moved_aside(target: Path) -> None:
    """Raise StoreError where no store lies because one was moved aside: a new one there would hide it."""
    aside = moved_aside(target)
    if aside is not None:
        raise StoreError(
            N_("The store is missing: restoring a backup was interrupted."),
            N_("Nothing is lost. It is in {aside}. Restore the backup once more, or rename that folder to: {name}"),
            {"aside": aside, "name": target.name},
        )


def not_made() -> StoreError:
    """Return the error for a folder that could not be made."""
    return StoreError(
        N_("The folder for the store could not be created."),
        N_("Nothing was changed. Choose a folder you can write to."),
    )


def already_there() -> StoreError:
    """Return the error for a folder in which a new store cannot be made, because one lies there."""
    return StoreError(
        N_("There is already a store in this folder."), N_("Nothing was changed. Open it, or choose another folder.")
    )


@contextmanager
def made_aside(target: Path) -> Iterator[StoreFolder]:
    """Make a store under a name of its own beside its place; it gets its name once the block is through.

    Ended at any moment, either the whole store stands at ``target`` or nothing does, and the next try sweeps what was
    begun. In the block the folder's lock is held; whatever is open in it must be closed at its end. A database that is
    made in it is told where it is going to lie (``Store.create``), so that it does not take itself for a copy.
    Raises StoreError; then nothing was made.
    """
    _refuse_taken(target)
    sweep_begun(target)
    part = StoreFolder(target.with_name(f".part-{target.name}-{os.getpid()}"))
    part.make()
    try:
        part.lock()
        yield part
        if sys.platform == "win32":
            part.unlock()  # Windows moves no folder in which a file is open; elsewhere nobody comes between
        _give_name(part.path, target)
    except BaseException:
        part.unlock()
        shutil.rmtree(part.path, ignore_errors=True)
        raise
    part.unlock()


def _refuse_taken(target: Path) -> None:
    """Raise StoreError where a store cannot get this name: one is there, or files that are no store's."""
    if StoreFolder(target).exists:
        raise already_there()
    try:
        others = target.exists() and any(path.name not in _LEFT for path in target.iterdir())
    except OSError:
        others = True
    if others:
        raise StoreError(
            N_("There are other files in this folder."),
            N_("Nothing was changed. A new store needs its own folder: choose an empty one, or a new name."),
        )


def _give_name(part: Path, target: Path) -> None:
    """Move a finished folder to its place. Raises StoreError."""
    try:
        sync_folder(part)
        if target.exists():  # empty, or with marks of a store that is no longer there
            for name in _LEFT:
                (target / name).unlink(missing_ok=True)
            target.rmdir()
        put_in_place(part, target)
    except OSError:
        _refuse_taken(target)  # another program was faster
        raise not_made() from None
    with suppress(OSError):  # it stands where it belongs
        sync_folder(target.parent)


def sweep_begun(target: Path) -> None:
    """Take away what was begun aside to become the store at ``target``, by programs that ended before it was whole."""
    named = re.compile(rf"\.part-{re.escape(target.name)}-\d+")
    with suppress(OSError):  # another time
        for path in sorted(target.parent.iterdir()):
            if named.fullmatch(path.name) and path.is_dir() and not path.is_symlink() and not _held(path):
                shutil.rmtree(path, ignore_errors=True)


def _held(path: Path) -> bool:
    """Return whether another program is still at a folder that it begun."""
    if not (path / "lock").exists():
        return False
    folder = StoreFolder(path)
    try:
        folder.lock()
    except (InUseError, StoreError):
        return True
    folder.unlock()
    return False
