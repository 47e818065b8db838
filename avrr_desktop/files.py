"""Files are written whole or not at all, and carry no person in their names."""

import os
import re
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.marking import N_

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 0.95)  # seconds; two and a half together
_SAFE = re.compile(r"[^A-Za-z0-9-]+")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file: temporary neighbour, fsync, rename, read back and compare. Raises StoreError.

    A reader sees the old file or the new one, never half of it; on failure the old one is untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
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


def read_small(path: Path, most: int = 1_000_000) -> bytes:
    """Return the bytes of a plain file that a program wrote beside others. Raises OSError, ValueError for a huge one."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError("too large")
    return content


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
            N_("Nothing was lost in the store. Free some space, or choose another place."),
        )
    return StoreError(
        N_("The file could not be written and checked."),
        N_(
            "Nothing was lost in the store. Check that the folder or stick is there and may be written, then try again."
        ),
    )


def name_part(text: str) -> str:
    """Return a text as a part of a file name: letters A to Z, digits and dashes, on every system the same."""
    return _SAFE.sub("-", text)


def document_name(case_number: str, document: str, revision: int) -> str:
    """Return the file name of a PDF: number, kind, revision; never a person."""
    return f"{name_part(case_number)}-{name_part(document)}-r{revision}.pdf"


def private_folder(path: Path) -> Path:
    """Make a folder that only this user may read, or close one of this user's to others, and return it.

    Raises StoreError for a link and for a folder of somebody else: whoever laid it there would read along.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        raise StoreError(
            N_("This folder is a link, or belongs to somebody else."),
            N_("Nothing was written there. Choose another folder, or ask whoever looks after this computer."),
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
