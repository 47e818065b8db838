"""Which programs of this user run just now: an update must not change the files under one of them, and IT can close windows."""

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

FOLDER = "running"
WINDOW = ".window"  # how the mark of a window ends; a command's is its number alone
_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})  # others: locks are not known there


def _folder() -> Path:
    return data_folder() / FOLDER


def keep_on_stick() -> None:
    """Let temporary files lie beside the data where those are on a stick: nothing is left on the computer."""
    with suppress(OSError, ExpectedError):
        if (portable := portable_folder()) is not None:
            tempfile.tempdir = str(private_folder(portable / "temporary"))
            os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), tempfile.tempdir)  # for Qt, and what we start


@contextmanager
def running(kind: str = "") -> Iterator[None]:
    """Be seen as running; the mark goes with the process, also after a crash. Where none can be written, nobody is seen.

    ``kind``: ``WINDOW`` for what can be asked to lock and end.
    """
    file: IO[bytes] | None = None
    path = _folder() / f"{os.getpid()}{kind}"
    with suppress(OSError, ExpectedError):
        private_folder(data_folder())
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
    return len({path.stem for path in _others()})


def own_windows() -> list[int]:
    """Return the numbers of this user's processes that show a window, without this one."""
    found = [path.stem for path in _others() if path.suffix == WINDOW]
    return [int(number) for number in found if number.isdecimal()]


def _others() -> list[Path]:
    with suppress(OSError):
        return [path for path in sorted(_folder().iterdir()) if path.stem != str(os.getpid()) and _held(path)]
    return []


def _held(path: Path) -> bool:
    try:
        with path.open("ab") as file:
            lock_file(file)
            with suppress(OSError):
                path.unlink()
    except OSError as error:
        return error.errno in _HELD
    return False
