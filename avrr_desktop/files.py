"""Files are written whole or not at all, and carry no person in their names."""

import os
import re
import tempfile
from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.marking import N_

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
        Path(name).replace(path)
        _sync_folder(path.parent)
        if path.read_bytes() != content:
            raise OSError
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _not_written(error) from None


def _sync_folder(folder: Path) -> None:
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
    """Make a folder that only this user may read, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
