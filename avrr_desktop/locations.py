"""Where resources, stores and logs live, from source or from a packaged program."""

import os
import sys
from pathlib import Path

NAME = "avrr-desktop"


def resources() -> Path:
    """Return the folder of packs, fonts, icons and catalogues."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parent.parent
    return root / "resources"


def data_folder() -> Path:
    """Return this user's folder for stores on this computer: local, never roaming."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "AVRR Desktop"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "AVRR Desktop"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / NAME


def default_store() -> Path:
    """Return the folder of the office's store when nobody names another."""
    return data_folder() / "office.avrr"


def practice_store() -> Path:
    """Return the folder of the practice store when nobody names another."""
    return data_folder() / "practice.avrr"


def log_folder() -> Path:
    """Return the folder of the log."""
    return data_folder() / "log"
