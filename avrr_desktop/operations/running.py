"""Which programs of this user run just now: an update must not change the files under one of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.files import lock_file, private_folder
from avrr_desktop.locations import data_folder


def _folder() -> Path:
    return data_folder() / "running"


@contextmanager
def running() -> Iterator[None]:
    """Be seen as running; the mark goes with the process, also after a crash. Where none can be written, nobody is seen."""
    file: IO[bytes] | None = None
    path = _folder() / str(os.getpid())
    with suppress(OSError, ExpectedError):
        private_folder(_folder())
        file = path.open("wb")
        lock_file(file)
    try:
        yield
    finally:
        if file is not None:
            file.close()
            with suppress(OSError):
                path.unlink()


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
    except OSError:
        return True
    with suppress(OSError):
        path.unlink()
    return False
