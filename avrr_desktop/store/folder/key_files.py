"""The two copies of the key file beside a store: read, written, and changed in one place only."""

import os
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from avrr_desktop.domain.errors import InUseError, RefusedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import PAUSES, read_small, write_whole
from avrr_desktop.keys.key_file import KeyFile, damaged, generation_of, missing, read

CHANGING = threading.RLock()  # one key file at a time in this program; other programs are kept out by the lock
OURS: set[str] = set()  # the folders of which this program holds the lock


class KeyFiles(ABC):
    """``keys-a.json`` and ``keys-b.json`` in the folder of a store; who changes them holds its lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._keys = (path / "keys-a.json", path / "keys-b.json")

    @abstractmethod
    def lock(self) -> None:
        """Take the lock of the store. Raises InUseError, StoreError."""

    @abstractmethod
    def unlock(self) -> None:
        """Give it back."""

    def write_keys(self, key_file: KeyFile) -> None:
        """Write both copies of a new store, one after the other. Whatever changes them uses ``change_keys``."""
        for path in self._keys:
            write_whole(path, key_file.to_bytes())

    def change_keys(self, apply: Callable[[KeyFile], KeyFile], opens: Callable[[KeyFile], bool]) -> KeyFile:
        """Make the next generation of the newest copy as it is now, write it, read it back from the disk and try it.

        ``apply``: quick, and given nothing but that copy: whatever was changed while a slot was prepared stays changed.
        ``opens``: whether the intended way in opens a key file, and what is taken away is gone.
        Raises InUseError where another program holds the store, StoreError, and what ``apply`` raises; then the files are
        as they were, as far as the disk lets it.
        """
        with self._for_change():
            return self._put(apply(self.read_keys()), opens)

    def place_keys(self, key_file: KeyFile) -> None:
        """Put key files that lay elsewhere beside their store. Raises InUseError, StoreError, RefusedError for older ones."""
        with self._for_change():
            with suppress(StoreError):
                if self.read_keys().generation > key_file.generation:
                    raise RefusedError(
                        N_("The key files of this store are newer than these."),
                        N_("Nothing was changed. Unlock the store with the key files that are there."),
                    )
            self._put(key_file, key_file.__eq__)

    @contextmanager
    def _for_change(self) -> Iterator[None]:
        """Keep other programs and other threads of this one off the key files. Raises InUseError, StoreError."""
        with CHANGING:
            if os.path.realpath(self.path) in OURS:
                yield
                return
            self._lock_soon()
            try:
                yield
            finally:
                self.unlock()

    def _lock_soon(self) -> None:
        """Take the lock; another program that only changes its key file gives it back in a moment. Raises what ``lock`` raises."""
        for pause in PAUSES[:4]:
            try:
                self.lock()
            except InUseError:
                time.sleep(pause)
            else:
                return
        self.lock()

    def _put(self, key_file: KeyFile, opens: Callable[[KeyFile], bool]) -> KeyFile:
        before: list[tuple[Path, bytes]] = []
        try:
            before += [(path, path.read_bytes()) for path in self._keys if path.is_file()]
            self.write_keys(key_file)
            there = [read(path.read_bytes()) for path in self._keys]
            if not all(one == key_file and opens(one) for one in there):
                raise not_kept()
        except (StoreError, OSError) as error:
            for path, content in before:
                with suppress(StoreError, OSError):
                    write_whole(path, content)
            raise error if isinstance(error, StoreError) else not_kept() from None
        return key_file

    def key_files(self) -> list[KeyFile]:
        """Return the readable copies, the newest first, equal ones once. Raises StoreError when there is none."""
        found: list[KeyFile] = []
        problem = missing()
        for path in self._keys:
            try:
                key_file = read(read_small(path))
            except OSError:
                continue
            except ValueError:  # far larger than any key file
                problem = damaged()
                continue
            except StoreError as error:
                problem = error
                continue
            if key_file not in found:
                found.append(key_file)
        if not found:
            raise problem
        return sorted(found, key=lambda key_file: -key_file.generation)

    def read_keys(self) -> KeyFile:
        """Return the newest readable copy. Raises StoreError."""
        return self.key_files()[0]

    def newest_keys(self) -> list[KeyFile]:
        """Return the readable copies of the newest generation: two where one of them is damaged inside. Raises StoreError."""
        found = self.key_files()
        return [key_file for key_file in found if key_file.generation == found[0].generation]

    def older_copy(self, key_file: KeyFile) -> bool:
        """Return whether a copy that cannot be read says that it is newer than this key file."""
        for path in self._keys:
            with suppress(OSError, ValueError):
                if generation_of(read_small(path)) > key_file.generation:
                    return True
        return False

    def mend_keys(self, key_file: KeyFile) -> None:
        """Write the copy that is missing, damaged or older anew; call it after the key file has opened the store.

        A newer copy stays: after a change of the passphrase that was cut off, it holds the new one.
        """
        content = key_file.to_bytes()
        for path in self._keys:
            try:
                there = read_small(path)
                keep = there == content or read(there).generation > key_file.generation
            except (OSError, ValueError, StoreError):
                keep = False
            if not keep:
                write_whole(path, content)


def not_kept() -> StoreError:
    """Return the error for key files that are not what was written."""
    return StoreError(
        N_("The key files could not be written and checked."),
        N_("Check the disk. An unfinished change is completed or reverted when the store is unlocked again."),
    )
