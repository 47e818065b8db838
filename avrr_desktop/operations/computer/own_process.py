"""How this program starts itself once more, for a task that a process of its own does: packaged, and from source."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def _packaged() -> bool:
    return bool(getattr(sys, "frozen", False))


def own_command(word: str) -> list[str]:
    """Return the command that starts this program with a word."""
    return [sys.executable, word] if _packaged() else [sys.executable, "-m", "avrr_desktop", word]


def own_start() -> dict[str, Any]:
    """Return what else its start is given: the place where its source is found, no habits of the user, no console."""
    return {
        "cwd": None if _packaged() else Path(__file__).resolve().parents[3],
        "env": {key: value for key, value in os.environ.items() if key != "PYTHONSTARTUP"},
        "creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0),
    }
