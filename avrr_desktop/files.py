"""Files are written whole or not at all, and carry no person in their names."""

import errno
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 0.95)  # seconds; two and a half together
PART = ".part-"
_NOTE = 128  # bytes of a note, filled with blanks: a longer one before it leaves nothing behind
FIRST_SHARED_BYTE, SHARED_BYTES = 0x40000002, 510  # what every reader of an SQLite database holds of its file
AN_HOUR = 3600  # seconds
MOST_OF_A_NAME = 1000
_PART = re.compile(r"\.part-[a-z0-9_]{8}")
_SAFE = re.compile(r"[^A-Za-z0-9-]+")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file: temporary neighbour, fsync, rename, read back and compare. Raises StoreError.

    A reader sees the old file or the new one, never half of it; on failure the old one is untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=PART, dir=path.parent)
    except OSError as error:
        raise _not_written(error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(Path(name), path)
        sync_folder(path.parent)
        if path.read_bytes() != content:
            raise OSError
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _not_written(error) from None


def write_noted(path: Path, content: bytes) -> None:
    """Write a note that only tells something later, after every save: no wait for the disk, and never an empty or half note.

    All of it goes into the system in one piece, over what was there. Raises OSError.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        noted = content.ljust(_NOTE)
        if os.write(handle, noted) != len(noted):
            raise OSError
        os.ftruncate(handle, len(noted))
    finally:
        os.close(handle)


def read_small(path: Path, most: int = 1_000_000) -> bytes:
    """Return the bytes of a plain file that a program wrote beside others. Raises OSError, ValueError for a huge one."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError("too large")
    return content


def write_new(path: Path, content: bytes) -> Path:
    """Write a file as ``write_whole`` does, and never over another: where its name is taken it gets a further number.

    Returns where it lies. Raises StoreError, also where a folder has the name: whoever laid it there means something by it.
    """
    part, final = None, None
    try:
        handle, name = tempfile.mkstemp(prefix=PART, dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # a stick may know no locks: then only its age tells that a part is left over
                lock_file(file)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            final = _named_anew(part, path) if sys.platform != "win32" else path
        if sys.platform == "win32":  # only a closed file gets another name there
            final = _named_anew(part, path)
        sync_folder(path.parent)
        if final.read_bytes() != content:
            raise OSError
    except OSError as error:
        for made in (part, final):
            if made is not None:
                with suppress(OSError):
                    made.unlink(missing_ok=True)
        raise _not_written(error) from None
    return final


def check_folder(folder: Path) -> None:
    """Raise StoreError where there is no folder to write into."""
    if not folder.is_dir():
        raise _not_written(NotADirectoryError())


def free_name(path: Path) -> Path:
    """Return a path, or the first one with a further number where a file has its name. Raises StoreError."""
    for final in _names(path):
        if final.is_dir() or not os.path.lexists(final):
            return final
    raise _not_written(FileExistsError())


def _names(path: Path) -> Iterator[Path]:
    stem, dot, rest = path.name.partition(".")
    yield path
    for number in range(2, MOST_OF_A_NAME):
        yield path.with_name(f"{stem}-{number}{dot}{rest}")


def _named_anew(part: Path, path: Path) -> Path:
    """Give a part the first free name; the system itself refuses one that is taken."""
    for final in _names(path):
        if final.is_dir():
            raise IsADirectoryError
        try:
            _link(part, final)
        except FileExistsError:
            continue
        return final
    raise OSError


def _link(part: Path, final: Path) -> None:
    if sys.platform == "win32":
        part.rename(final)
        return
    try:
        os.link(part, final)
    except FileExistsError:
        raise
    except OSError:  # sticks know no second names: hold the name with an empty file, then take its place
        os.close(os.open(final, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        linked = False
    else:
        linked = True
    try:
        if linked:
            part.unlink()
        else:
            part.replace(final)
    except OSError:
        final.unlink(missing_ok=True)
        raise


def sweep_parts(folder: Path, now: float) -> int:
    """Take away what was left half-written in a folder by ``write_whole`` and ``write_new``; return how many files.

    Only files of our own pattern of which the writer is gone, as their lock tells, or that are older than an hour. ``now``:
    seconds since 1970.
    """
    swept = 0
    try:
        parts = [path for path in folder.iterdir() if _PART.fullmatch(path.name)]
    except OSError:
        return 0
    for path in parts:
        with suppress(OSError):
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and (_is_left(path) or now - found.st_mtime > AN_HOUR):
                path.unlink()
                swept += 1
    return swept


def _is_left(path: Path) -> bool:
    """Return whether nobody writes a part any more. Where nothing can be locked nobody knows."""
    try:
        with path.open("r+b") as file:
            lock_file(file)
    except OSError:
        return False
    return True


def put_in_place(part: Path, final: Path) -> None:
    """Give a finished file or folder its name. Raises OSError.

    On Windows a virus scanner that just looks at a new file makes this fail for a moment: that is waited for.
    """
    for pause in PAUSES:
        try:
            part.replace(final)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(final)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a power cut, where the system knows how. Raises OSError."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(error: OSError) -> StoreError:
    if error.errno == 28:
        return StoreError(
            N_("The file was not written: the disk or stick is full."),
            N_("Nothing in the store was lost. Free some space, or choose another place."),
        )
    return StoreError(
        N_("The file could not be written and checked."),
        N_("Nothing in the store was lost. Check that the folder or stick is available and writable, then try again."),
    )


def name_part(text: str) -> str:
    """Return a text as a part of a file name: letters A to Z, digits and dashes, on every system the same."""
    return _SAFE.sub("-", text)


def document_name(case_number: str, document: str, revision: int, serial: str = "", apart: str = "") -> str:
    """Return the file name of a PDF: number, kind, revision, serial number of the copy; never a person.

    ``apart``: the identifier of a case that shares its number with another one.
    """
    parts = [case_number, document, f"r{revision}", *filter(None, (serial, apart[-6:].lower()))]
    return "-".join(map(name_part, parts)) + ".pdf"


def private_folder(path: Path) -> Path:
    """Make a folder that only this user may read, or close one of this user's to others, and return it.

    Raises StoreError for a link and for a folder of somebody else: whoever laid it there would read along.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        raise StoreError(
            N_("This folder is a link, or belongs to another user."),
            N_("Nothing was written there. Choose another folder, or ask your IT."),
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        with suppress(PermissionError):  # a stick may know no permissions: what lies there is encrypted
            path.chmod(0o700)
    return path


def lock_file(file: IO[bytes]) -> None:
    """Take an open file for this process alone, until it is closed or the process ends. OSError: another has it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def database_in_use(path: Path) -> bool:
    """Return whether another program has an SQLite database open: it holds a part of the file as long. No key is needed.

    Not for a file that this program has open itself: looking would let go of it.
    """
    if sys.platform == "win32":
        return False  # an open file cannot be moved or written over there
    import fcntl

    try:
        file = path.open("r+b")
    except OSError:
        return False
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_BYTES, FIRST_SHARED_BYTE)
        except OSError as error:
            return error.errno in (errno.EACCES, errno.EAGAIN)
    return False
