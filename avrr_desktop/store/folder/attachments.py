"""Keeps the files of cases beside the database: sealed, each content once, under a name that only the key can tell."""

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from avrr_desktop.domain.errors import NotFoundError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import private_folder, sync_folder, write_whole
from avrr_desktop.keys import sealed_file

FOLDER = "files"
KEPT_FOR = timedelta(days=7)  # what no case names any more can still be brought back that long
NAMED = re.compile(r"[0-9a-f]{64}")


class Attachments:
    """``files/`` in a store's folder: ``files/3f/3f…``, one sealed file for each content. Works on any thread."""

    def __init__(self, store_folder: Path, key: bytes) -> None:
        self._folder = store_folder / FOLDER
        self._key = key

    def put(self, content: bytes) -> str:
        """Store a content once and return its name. Raises StoreError."""
        name = sealed_file.content_id(self._key, content)
        try:
            there = self.get(name) == content
        except (NotFoundError, StoreError):
            there = False
        if there:
            self.touch(name)
            return name
        self.put_as(name, content)
        return name

    def put_as(self, name: str, content: bytes) -> None:
        """Store a content under the name that it got where it was added first: in a store with another key. Raises StoreError."""
        path = place_of(self._folder, name)
        if not self._folder.parent.is_dir():
            raise StoreError(
                N_("Not added: the folder of the store is no longer there."),
                N_("Plug the disk in again, or put the folder back, and add the file again."),
            )
        try:
            for folder in (self._folder, path.parent):
                if not folder.is_dir():
                    private_folder(folder)
                    sync_folder(folder.parent)  # a file outlasts a power cut only with the folder that it lies in
                private_folder(folder)
        except OSError:
            raise StoreError(
                N_("The folder for the files of cases cannot be written."),
                N_(
                    "Nothing was added; everything saved before is safe. Check whether the disk is full, or ask for "
                    "help."
                ),
            ) from None
        write_whole(path, sealed_file.seal(self._key, name, content))

    def get(self, name: str) -> bytes:
        """Return a content. Raises NotFoundError where it is missing, StoreError where it is damaged."""
        if not NAMED.fullmatch(name):
            raise missing()
        try:
            sealed = place_of(self._folder, name).read_bytes()
        except FileNotFoundError:
            raise missing() from None
        except OSError:
            raise sealed_file.damaged() from None
        return sealed_file.open_(self._key, name, sealed)

    def touch(self, name: str) -> None:
        """Let the time during which a file that no case names can be brought back begin anew."""
        if NAMED.fullmatch(name):
            with suppress(OSError):
                os.utime(place_of(self._folder, name))

    def remove(self, names: Collection[str]) -> None:
        """Take files away at once that no case names any more: those of an erased one."""
        for name in names:
            place_of(self._folder, name).unlink(missing_ok=True)

    def sweep(self, referenced: Collection[str], now: datetime) -> int:
        """Take away what no case names for seven days, and what a cut-off writing left; return how many files went."""
        before, gone = (now - KEPT_FOR).timestamp(), 0
        for path in _files_in(self._folder):
            whole = NAMED.fullmatch(path.name)
            if path.name in referenced or not (whole or path.name.startswith(".part-")):
                continue
            with suppress(OSError):  # another time
                if path.stat().st_mtime < before:
                    path.unlink()
                    gone += 1
        return gone


def names_in(folder: Path) -> dict[str, int]:
    """Return name -> size of every sealed file in a folder of files: a store's, or a pool of backups."""
    found = {}
    for path in _files_in(folder):
        if NAMED.fullmatch(path.name):
            with suppress(OSError):
                found[path.name] = path.stat().st_size
    return found


def place_of(folder: Path, name: str) -> Path:
    """Return where a sealed file lies below a folder of files."""
    return folder / name[:2] / name


def missing() -> NotFoundError:
    """Return the error for a file that a case names and this computer does not have."""
    return NotFoundError(
        N_("This file is missing here."),
        N_("The case itself is not affected. Restore the file from a backup, or add it again."),
    )


def _files_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for inner in sorted(path for path in folder.iterdir() if len(path.name) == 2 and path.is_dir()):
            with suppress(OSError):
                yield from sorted(path for path in inner.iterdir() if path.is_file() and not path.is_symlink())
