"""Which programs of this user run just now: an update must not change the files under one of them."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.files import lock_file, private_folder
from avrr_desktop.locations import data_folder, portable_folder

_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})  # others: locks are not known there


def _folder() -> Path:
    return data_folder() / "running"


@contextmanager
def running() -> Iterator[None]:
    """Be seen as running; the mark goes with the process, also after a crash. Where none can be written, nobody is seen.

    On a stick with its data beside it, temporary files lie there as well: nothing is left on the computer.
    """
    file: IO[bytes] | None = None
    path = _folder() / str(os.getpid())
    with suppress(OSError, ExpectedError):
        private_folder(data_folder())
        if (portable := portable_folder()) is not None:
            tempfile.tempdir = str(private_folder(portable / "temporary"))
            os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), tempfile.tempdir)  # for Qt, and what we start
        private_folder(_folder())
        file = _marked(path)
    try:
        yield
    finally:
        if file is not None:
            file.close()
            with suppress(OSError):
                path.unlink()


def _marked(path: Path) -> IO[bytes]:
    """Make the mark and hold it; anew where somebody took it away between the two. Raises OSError."""
    while True:
        file = path.open("ab")
        try:
            lock_file(file)
            if os.fstat(file.fileno()).st_nlink:
                return file
        except OSError:
            file.close()
            raise
        file.close()


def others_running() -> int:
    """Return how many programs beside this one run; marks that a crash left are taken away."""
    count = 0
    with suppress(OSError):
        for path in sorted(_folder().iterdir()):
            if path.name != str(os.getpid()):
                count += _held(path)
    return count


def _held(path: Path) -> bool:
    try:
        with path.open("ab") as file:
            lock_file(file)
            with suppress(OSError):
                path.unlink()
    except OSError as error:
        return error.errno in _HELD
    return False
