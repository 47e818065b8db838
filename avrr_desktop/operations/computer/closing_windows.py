"""Asks windows of this program to keep what was typed, lock and end, as a logout does: before a package is exchanged.

Linux tells which files a process holds, so that an administrator finds the windows of all users by their marks; elsewhere only
one's own are known.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.operations.computer.instances import FOLDER, WINDOW, own_windows

PAUSE = 0.1  # seconds between two looks
LONGEST = 600  # seconds; a window ends its work and makes a backup first
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Window:
    """A window that runs: the number of its process, and the name by which its user logs in (empty: one's own)."""

    process: int
    user: str = ""


def windows(everybody: bool) -> list[Window]:
    """Return the windows of this user, or of all users of the computer. Raises RefusedError where that cannot be known."""
    if not everybody:
        return [Window(number) for number in own_windows()]
    if sys.platform != "linux":
        raise RefusedError(
            N_("The windows of other users cannot be found on this system."),
            N_("Nothing was closed. Let every user run it without --all-users, or close the windows at logout."),
        )
    if os.geteuid():
        raise RefusedError(
            N_("You have no access to the windows of other users."),
            N_("Nothing was closed. Run it as administrator, or without --all-users for your own."),
        )
    return windows_in(_PROCESSES)


def windows_in(processes: Path) -> list[Window]:
    """Return the windows among processes, as Linux lists them in a folder: those that hold a mark with their own number."""
    found = []
    for process in sorted(processes.glob("[0-9]*"), key=lambda each: int(each.name) if each.name.isdecimal() else 0):
        mark = re.compile(rf"/{FOLDER}/{process.name}{re.escape(WINDOW)}$")
        with suppress(OSError):  # it ended, or is nobody's to look at
            if any(mark.search(_target(link)) for link in (process / "fd").iterdir()):
                found.append(Window(int(process.name), _user(process)))
    return found


def _target(link: Path) -> str:
    with suppress(OSError):
        return os.readlink(link)  # noqa: PTH115  the text alone: what it names may be gone
    return ""


def _user(process: Path) -> str:
    owner = process.stat().st_uid
    if sys.platform != "win32":
        import pwd

        with suppress(KeyError):
            return pwd.getpwuid(owner).pw_name
    return str(owner)


def close_windows(
    everybody: bool, seconds: int, ask: Callable[[int], None] | None = None
) -> tuple[list[Window], list[Window]]:
    """Ask every window to end and wait for it. Returns those that were asked, and those still there after so many seconds.

    ``ask``: how a process is asked; None for the way of this system. Raises RefusedError as ``windows`` does.
    """
    asked = windows(everybody)
    for one in asked:
        with suppress(ProcessLookupError, PermissionError):  # it is gone already; or it is told as still there
            (ask or ask_to_end)(one.process)
    left = _still(asked, everybody)
    for _ in range(round(seconds / PAUSE)):
        if not left:
            break
        time.sleep(PAUSE)
        left = _still(asked, everybody)
    return asked, left


def _still(asked: Collection[Window], everybody: bool) -> list[Window]:
    here = {one.process for one in windows(everybody)} if asked else set()
    return [one for one in asked if one.process in here]


def ask_to_end(process: int) -> None:
    """Ask a process to end in order. Raises OSError. On Windows a signal would end it at once: its windows are told instead."""
    if sys.platform == "win32":
        tool = Path(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "taskkill.exe")
        subprocess.run([str(tool), "/PID", str(process)], capture_output=True, check=False)
    else:
        os.kill(process, signal.SIGTERM)
