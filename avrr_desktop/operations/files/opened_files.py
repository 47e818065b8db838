"""Files that lie open for another program: in a private folder, read-only, under names that say nothing, and not for long."""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import private_folder
from avrr_desktop.locations import data_folder, log_folder
from avrr_desktop.log import Log


def opened_folder() -> Path:
    """Return the folder in which files lie open."""
    return data_folder() / "opened"


def put_out(store: Path, content: bytes, ending: str) -> Path:
    """Write a file for another program to read, and return where. Raises StoreError; then nothing lies there."""
    import secrets

    place = _own(store)
    try:
        for folder in (opened_folder(), place):
            private_folder(folder)
            _refuse_open(folder)
        inner = place / secrets.token_hex(16)
        inner.mkdir(mode=0o700)
        path = inner / f"file-1{ending}"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o400)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError:
            _taken_away(inner)
            raise
    except OSError:
        raise StoreError(
            N_("The file could not be opened: there is no safe location for it on this computer."),
            N_("The file in the case is safe. Check whether the disk is full, or ask for help."),
        ) from None
    return path


def wipe_opened(store: Path | None = None) -> int:
    """Take away what lies open, of one store or of all; return how many files another program did not let go.

    Called at every lock, and for all at the start: what a program still held at the end goes then.
    """
    folder = opened_folder() if store is None else _own(store)
    if opened_folder().is_symlink() or folder.is_symlink() or not folder.is_dir():
        return 0
    left = sum(not _taken_away(inner) for inner in (list(folder.iterdir()) if store is not None else _inner(folder)))
    for empty in (*(folder.iterdir() if store is None else ()), folder, opened_folder()):
        with suppress(OSError):
            empty.rmdir()
    if left:
        Log(log_folder()).event("opened_files_left", count=left)
    return left


def _own(store: Path) -> Path:
    """Return the folder of one store: two windows on two stores do not wipe each other's files."""
    import hashlib

    return opened_folder() / hashlib.sha256(os.fsencode(store.absolute())).hexdigest()[:16]


def _inner(folder: Path) -> list[Path]:
    return [path for own in folder.iterdir() if own.is_dir() and not own.is_symlink() for path in own.iterdir()]


def _refuse_open(folder: Path) -> None:
    """Raise OSError for a folder that somebody else made, may read, or put there as a way to another place."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError
    if os.name == "posix" and (stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid()):
        raise PermissionError


def _taken_away(inner: Path) -> bool:
    """Take one folder away, its files overwritten first; False where another program holds one."""
    with suppress(OSError):
        for path in inner.iterdir() if inner.is_dir() and not inner.is_symlink() else ():
            if path.is_file() and not path.is_symlink():
                path.chmod(0o600)
                path.write_bytes(bytes(path.stat().st_size))
    if inner.is_dir() and not inner.is_symlink():
        shutil.rmtree(inner, ignore_errors=True)
    else:
        with suppress(OSError):
            inner.unlink()
    return not os.path.lexists(inner)
