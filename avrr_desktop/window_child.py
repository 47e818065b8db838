"""A process that shows one window where nobody sees it, and ends: whether the window of this program can start here.

Run as ``python -m avrr_desktop window-child``. What works is one line and exit code 0; what does not is the last line.
"""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from avrr_desktop import libraries

FAILED = 1
HIDDEN = ("offscreen", "minimal")  # platforms that nobody sees
X, WAYLAND, PRINTING = "platforms/libqxcb.so", "platforms/libqwayland.so", "printsupport/libcupsprintersupport.so"
NEEDS = {X: libraries.SCREEN, WAYLAND: libraries.WAYLAND, PRINTING: libraries.PRINTING}


class LackingError(Exception):
    """The window cannot start here; the text says why."""


def main() -> int:
    """Try and say; return the exit code."""
    try:
        said, code = show(), 0
    except LackingError as why:
        said, code = str(why), FAILED
    print(said)
    return code


def show() -> str:
    """Load the plug-ins of screens and printing, draw the window, and return a line on it. Raises LackingError."""
    screens = load_plugins(os.environ, packaged=hasattr(sys, "_MEIPASS")) if sys.platform == "linux" else ""
    os.environ["QT_QPA_PLATFORM"] = HIDDEN[0]
    try:
        from avrr_desktop import app
    except ImportError as error:
        raise LackingError(libraries.why_not(libraries.QT, error)) from None
    if wrong := app.drawn():
        raise LackingError(wrong)
    return f"drawn, with icon and font{screens}"


def load_plugins(environment: Mapping[str, str], packaged: bool, folder: Path | None = None) -> str:
    """Load what Qt itself loads only where there is a screen or a printer, and return what it said. Raises LackingError.

    A package must be able to show itself on X, which every desktop has; what the system lends for other screens and for
    printing is told where it is missing. From source, a computer without a screen may lack all of it.
    """
    folder = folder or _folder()
    hidden = environment.get("QT_QPA_PLATFORM") in HIDDEN
    x, wayland = (bool(environment.get(name)) and not hidden for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    needed = {X: x or (packaged and not wayland), WAYLAND: wayland and not x, PRINTING: False}
    said = ""
    for name, wanted in NEEDS.items():
        if not (folder / name).is_file():
            raise LackingError(f"{name} is missing: install the program anew")
        if why := _lacks(folder / name, wanted):
            if needed[name]:
                raise LackingError(why)
            said += f"; not {name.partition('/')[2]}: {why}"
    return said


def _lacks(plugin: Path, wanted: Mapping[str, str]) -> str:
    """Return what a plug-in lacks to be loaded; empty where it loads."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return libraries.why_not({**libraries.QT, **wanted}, error)
    return ""


def _folder() -> Path:
    """Return where Qt's plug-ins lie, without loading Qt."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        raise LackingError("PySide6 is missing: install the program anew")
    return Path(found.submodule_search_locations[0]) / "Qt" / "plugins"
