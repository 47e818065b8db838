"""Return whether the window can start on this computer: asked of a process of its own, so that nothing here loads Qt."""

import subprocess

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.operations.computer.own_process import own_command, own_start

_SECONDS = 120


def no_window(why: str) -> StoreError:
    """Return the error for a window that cannot start. ``why``: what this computer lacks, as IT needs it."""
    return StoreError(
        N_("The window cannot be opened on this computer: {why}."),
        N_("Nothing was changed, and the command line works. Ask your IT."), {"why": why},
    )  # fmt: skip


def window_drawn() -> str:
    """Let a window be drawn where nobody sees it, and return a line on it. Raises StoreError with what is missing."""
    try:
        done = subprocess.run(
            own_command("window-child"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace", timeout=_SECONDS, **own_start(),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise no_window("it does not start") from None
    lines: list[str] = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise no_window(lines[-1] if lines else f"it ended with {done.returncode}")
    return lines[-1]
