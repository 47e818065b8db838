"""Disks that fail, as far as a program can be shown them without a mount or a right of the administrator."""

import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from avrr_desktop.operations.session.workspace import Workspace

NOBODY = 65_534


@contextmanager
def small_disk(limit: int) -> Iterator[None]:
    """No file may become larger than this: writing fails as on a disk that does not do what it is asked."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def full_disk(workspace: Workspace, pages: int = 0) -> Iterator[None]:
    """The store may grow by so many pages and no more: what the driver says then is what it says of a full disk."""
    connection = workspace.store.connection
    [most], [there] = connection.rows("PRAGMA max_page_count") + connection.rows("PRAGMA page_count")
    connection.execute(f"PRAGMA max_page_count={there + pages}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA max_page_count={most}")


@contextmanager
def nobodys_rights() -> Iterator[None]:
    """Go on without the administrator's rights, to whom no file is read-only."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_to_all() -> Iterator[Path]:
    """A folder of our own that a program without rights reaches as well."""
    with tempfile.TemporaryDirectory(prefix="avrr-disk-") as place:
        Path(place).chmod(0o755)
        yield Path(place)
