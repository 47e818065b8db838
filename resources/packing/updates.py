"""What a package says of itself to a program that updates itself: written beside it, and signed by IT."""

import platform
import sys
from datetime import datetime, timezone
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.release import ENDING, GOOD_FOR, Release
from avrr_desktop.store.migrations import SCHEMA

from . import digest

_SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
_ARCHIVE = ".tar.xz"


def here(system: str = sys.platform, machine: str = "") -> str:
    """Return what releases for this platform are called: linux-x86_64, windows-amd64, macos-arm64."""
    return f"{_SYSTEMS.get(system, system)}-{(machine or platform.machine()).lower()}"


def describe(package: Path, moment: int) -> Path:
    """Write the description of a package beside it, and return it. ``moment``: of the build, in seconds."""
    made = datetime.fromtimestamp(moment, timezone.utc).date()
    size, expires = package.stat().st_size, made + GOOD_FOR
    release = Release(__version__, here(), SCHEMA, made, expires, package.name, size, digest(package))
    target = package.with_name(package.name.removesuffix(_ARCHIVE) + ENDING)
    target.write_bytes(release.to_bytes())
    return target
