"""Ends or fails the program at its n-th call into the system or the cipher driver, whichever line makes it.

The interpreter itself reports every call of a function that is written in C, so nothing of the program is replaced and
no call is forgotten when the code changes.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SYSTEM = frozenset(
    {"open", "write", "flush", "fsync", "replace", "rename", "link", "mkdir", "rmdir", "unlink", "remove"}
)
DRIVER = frozenset({"connect", "execute", "executemany", "close"})
_MODULES = {"posix": SYSTEM, "io": SYSTEM, "_io": SYSTEM, "sqlcipher3.dbapi2": DRIVER, "sqlcipher3._sqlite3": DRIVER}


@dataclass(slots=True)
class Count:
    """How many calls were seen."""

    seen: int = 0


def _names(call: object, modules: dict[str, frozenset[str]]) -> bool:
    module = getattr(call, "__module__", None) or type(getattr(call, "__self__", None)).__module__
    return getattr(call, "__name__", "") in modules.get(module, ())


@contextmanager
def watched(at: int, act: Callable[[], None], *, system_only: bool = False) -> Iterator[Count]:
    """Do something just before the call number ``at`` (from 1; 0: never) and count all calls until then."""
    count = Count()
    modules = {name: names for name, names in _MODULES.items() if names is SYSTEM} if system_only else _MODULES

    def notice(frame: FrameType, event: str, call: object) -> None:
        if event == "c_call" and _names(call, modules):
            count.seen += 1
            if count.seen == at:
                act()

    sys.setprofile(notice)
    try:
        yield count
    finally:
        sys.setprofile(None)


def die() -> None:
    """End this process as a dying battery would."""
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def failing(at: int, error: int) -> Iterator[Count]:
    """Let the call number ``at`` into the system fail with an error number; the calls after it succeed again."""

    def fail() -> None:
        raise OSError(error, os.strerror(error))

    with watched(at, fail, system_only=True) as count:
        yield count
