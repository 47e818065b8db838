"""The folder of a store: its files, its two key files, and the lock that keeps a second program out."""

import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from avrr_desktop.domain.errors import InUseError, RefusedError, StoreError
from avrr_desktop.domain.marking import N_
from avrr_desktop.files import (
    database_in_use,
    lock_file,
    private_folder,
    put_in_place,
    read_small,
    sync_folder,
    write_whole,
)
from avrr_desktop.keys import slots

FAILED = "failed-unlocks"
MOST = 10**9  # no number in a plain file beside a store is higher: anybody may have written it
RESTORED = "restored.json"  # in a store that a backup was brought back as, until somebody unlocks it
_LEFT = (
    "lock",
    "sentinel",
    "head",
    FAILED,
    RESTORED,
)  # what may lie in a folder without a store, and means nothing there


_CHANGING = threading.RLock()  # one key file at a time in this program; other programs are kept out by the lock
_OURS: set[str] = set()  # the folders of which this program holds the lock


@dataclass(frozen=True, slots=True)
class Restored:
    """Which backup this store was, and the name of the folder in which the one lies that was here before."""

    sequence: int
    made_at: str  # UTC
    aside: str = ""


class StoreFolder:
    """``NAME.avrr/``: ``store.db``, ``keys-a.json``, ``keys-b.json``, ``files/``, ``lock``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "store.db"
        self._keys = (path / "keys-a.json", path / "keys-b.json")
        self._lock: IO[bytes] | None = None
        self._held = ""  # the folder as it was called when the lock was taken: it may get another name

    @property
    def exists(self) -> bool:
        """Whether a store, or what is left of one, lies here."""
        return self.database.exists() or any(path.exists() for path in self._keys)

    def make(self) -> None:
        """Make the folder, readable by this user only. Raises StoreError."""
        if self.exists:
            raise already_there()
        try:
            private_folder(self.path)
        except OSError:
            raise not_made() from None

    def write_keys(self, key_file: slots.KeyFile) -> None:
        """Write both copies of a new store, one after the other. Whatever changes them uses ``change_keys``."""
        for path in self._keys:
            write_whole(path, key_file.to_bytes())

    def change_keys(
        self, apply: Callable[[slots.KeyFile], slots.KeyFile], opens: Callable[[slots.KeyFile], bool]
    ) -> slots.KeyFile:
        """Make the next generation of the newest copy as it is now, write it, read it back from the disk and try it.

        ``apply``: quick, and given nothing but that copy: whatever was changed while a slot was prepared stays changed.
        ``opens``: whether the intended way in opens a key file, and what is taken away is gone.
        Raises InUseError where another program holds the store, StoreError, and what ``apply`` raises; then the files are
        as they were, as far as the disk lets it.
        """
        with self._for_change():
            return self._put(apply(self.read_keys()), opens)

    def place_keys(self, key_file: slots.KeyFile) -> None:
        """Put key files that lay elsewhere beside their store. Raises InUseError, StoreError, RefusedError for older ones."""
        with self._for_change():
            with suppress(StoreError):
                if self.read_keys().generation > key_file.generation:
                    raise RefusedError(
                        N_("The key files beside this store are newer than these."),
                        N_("Nothing was changed. Unlock the store with the key files that are there."),
                    )
            self._put(key_file, key_file.__eq__)

    @contextmanager
    def _for_change(self) -> Iterator[None]:
        """Keep other programs and other threads of this one off the key files. Raises InUseError, StoreError."""
        with _CHANGING:
            if os.path.realpath(self.path) in _OURS:
                yield
                return
            self.lock()
            try:
                yield
            finally:
                self.unlock()

    def _put(self, key_file: slots.KeyFile, opens: Callable[[slots.KeyFile], bool]) -> slots.KeyFile:
        before = [(path, path.read_bytes()) for path in self._keys if path.is_file()]
        try:
            self.write_keys(key_file)
            there = [slots.read(path.read_bytes()) for path in self._keys]
            if not all(one == key_file and opens(one) for one in there):
                raise not_kept()
        except (StoreError, OSError) as error:
            for path, content in before:
                with suppress(StoreError, OSError):
                    write_whole(path, content)
            raise error if isinstance(error, StoreError) else not_kept() from None
        return key_file

    def key_files(self) -> list[slots.KeyFile]:
        """Return the readable copies, the newest first, equal ones once. Raises StoreError when there is none."""
        found: list[slots.KeyFile] = []
        problem = slots.missing()
        for path in self._keys:
            try:
                key_file = slots.read(read_small(path))
            except OSError:
                continue
            except ValueError:  # far larger than any key file
                problem = slots.damaged()
                continue
            except StoreError as error:
                problem = error
                continue
            if key_file not in found:
                found.append(key_file)
        if not found:
            raise problem
        return sorted(found, key=lambda key_file: -key_file.generation)

    def read_keys(self) -> slots.KeyFile:
        """Return the newest readable copy. Raises StoreError."""
        return self.key_files()[0]

    def newest_keys(self) -> list[slots.KeyFile]:
        """Return the readable copies of the newest generation: two where one of them is damaged inside. Raises StoreError."""
        found = self.key_files()
        return [key_file for key_file in found if key_file.generation == found[0].generation]

    def older_copy(self, key_file: slots.KeyFile) -> bool:
        """Say whether a copy that cannot be read says that it is newer than this key file."""
        for path in self._keys:
            with suppress(OSError):
                if slots.generation_of(path.read_bytes()) > key_file.generation:
                    return True
        return False

    def mend_keys(self, key_file: slots.KeyFile) -> None:
        """Write the copy that is missing, damaged or older anew; call it after the key file has opened the store.

        A newer copy stays: after a change of the passphrase that was cut off, it holds the new one.
        """
        content = key_file.to_bytes()
        for path in self._keys:
            try:
                there = read_small(path)
                keep = there == content or slots.read(there).generation > key_file.generation
            except (OSError, ValueError, StoreError):
                keep = False
            if not keep:
                write_whole(path, content)

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
                N_("Nothing was changed. Check that the folder exists and that you may write in it."),
            ) from None
        try:
            lock_file(file)
            if os.path.realpath(self.path) in _OURS or database_in_use(self.database):
                raise OSError
        except OSError:
            file.close()
            raise InUseError(
                N_("This store is open in another window."),
                N_("Nothing was changed. Go to that window, or close it first."),
            ) from None
        self._lock, self._held = file, os.path.realpath(self.path)
        _OURS.add(self._held)

    def unlock(self) -> None:
        """Give the lock back."""
        with _CHANGING:
            if self._lock is not None:
                _OURS.discard(self._held)
                self._lock.close()
                self._lock = None


def is_store(path: Path) -> bool:
    """Say whether a folder looks like a store."""
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
            N_("The store is not in its place: it was moved aside to bring a backup back, and that was cut off."),
            N_(
                "Nothing is lost. It lies in {aside}. Bring the backup back once more, or give that folder its name again: {name}."
            ),
            {"aside": aside, "name": target.name},
        )


def not_kept() -> StoreError:
    """Return the error for key files that are not what was written."""
    return StoreError(
        N_("The key files could not be written and checked."),
        N_("Look whether the disk is well. What was begun is finished or taken back when the store is unlocked again."),
    )


def not_made() -> StoreError:
    """Return the error for a folder that could not be made."""
    return StoreError(
        N_("The folder for the store could not be made."),
        N_("Nothing was changed. Choose a folder in which you may write."),
    )


def already_there() -> StoreError:
    """Return the error for a folder in which a new store cannot be made, because one lies there."""
    return StoreError(
        N_("There is a store in this folder already."), N_("Nothing was changed. Open it, or choose another folder.")
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
            N_("Nothing was changed. A new store needs a folder of its own: choose an empty one, or a new name."),
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
    """Say whether another program is still at a folder that it begun."""
    if not (path / "lock").exists():
        return False
    folder = StoreFolder(path)
    try:
        folder.lock()
    except (InUseError, StoreError):
        return True
    folder.unlock()
    return False
