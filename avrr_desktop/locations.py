"""Where resources, stores, logs and the policy of the computer live: from source, packaged, or carried on a stick."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "avrr-desktop"
_PROGRAM_DATA = bytes.fromhex("825dab62c1fdc34da9dd070d1d495d97")  # FOLDERID_ProgramData, as Windows orders its bytes
PORTABLE = f"{NAME}-data"


def resources() -> Path:
    """Return the folder of packs, fonts, icons and catalogues."""
    return _shipped(_root() / "resources", "resources")


def guides() -> Path:
    """Return the folder of the guides that people read: of officers, and of who looks after computers."""
    return _shipped(_root() / "docs" / "guide", "guide")


def _shipped(beside: Path, name: str) -> Path:
    """Return a folder beside the program, or the one inside the package, where pip installed it."""
    inside = Path(__file__).resolve().parent / name
    return inside if inside.is_dir() and not hasattr(sys, "_MEIPASS") else beside


def _root() -> Path:
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parent.parent


def program_folder() -> Path | None:
    """Return the folder of a packaged program: what an update puts another in the place of; None from source."""
    return Path(sys.executable).resolve().parent if getattr(sys, "_MEIPASS", None) else None


def platform_name() -> str:
    """Return what releases call this kind of computer: linux-x86_64, windows-amd64, macos-arm64."""
    import platform

    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    return f"{system}-{platform.machine().lower()}"


def portable_folder() -> Path | None:
    """Return the folder ``avrr-desktop-data`` beside a packaged program's own: where it lies, all data lie in it.

    Beside and not inside, because an update replaces the program's folder whole.
    """
    program = program_folder()
    beside = program.with_name(PORTABLE) if program else None
    return beside if beside and beside.is_dir() else None


def policy_file() -> Path:
    """Return where the policy of this computer is looked for; a program on a stick brings its own."""
    if (portable := portable_folder()) is not None:
        return portable / "policy.toml"
    if sys.platform == "win32":
        return _for_all_users() / "AVRR Desktop" / "policy.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/AVRR Desktop/policy.toml")
    return Path("/etc") / NAME / "policy.toml"


def _for_all_users() -> Path:
    """Return Windows' folder for the data of all users as Windows itself says it: a variable anybody can set anew."""
    windows, found = getattr(ctypes, "windll", None), ctypes.c_wchar_p()
    if windows and windows.shell32.SHGetKnownFolderPath(_PROGRAM_DATA, 0, None, ctypes.byref(found)) == 0:
        place = str(found.value)
        windows.ole32.CoTaskMemFree(found)
        return Path(place)
    return Path("C:\\ProgramData")


_lent: list[Path] = []


@contextmanager
def data_lent(folder: Path) -> Iterator[None]:
    """Let another folder be that of this user's data for a while: what only tries the program leaves nothing behind."""
    _lent.append(folder)
    try:
        yield
    finally:
        _lent.pop()


def data_folder() -> Path:
    """Return this user's folder for stores on this computer, local and never roaming; on a stick the one beside the program."""
    if _lent:
        return _lent[-1]
    if (portable := portable_folder()) is not None:
        return portable
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
