"""What a release is built with, and what it asks of the computers it runs on: told by the build, and refused where too old.

Stated once, here: FLOOR is what docs/PACKAGING.md tells people, and PYTHONS are looked at anew at each release.
"""

import platform
import re
import sys
from pathlib import Path

from tools.packing import BuildError

FLOOR = (2, 36)  # of the C library: Debian 12, Ubuntu 24.04, RHEL 10 and newer
# The fixes of security that were out on this day; Python 3.11 gets its last ones in October 2027.
PYTHONS_OF = "2025-10-14"
PYTHONS: dict[tuple[int, ...], int] = {(3, 11): 14, (3, 12): 12, (3, 13): 9, (3, 14): 0}
_WANTED = re.compile(rb"\0GLIBC_(\d+)\.(\d+)(?:\.\d+)?(?=\0)")


def python_told() -> str:
    """Return which Python goes into the packages."""
    return f"Python that ships: {platform.python_version()}, compiled {platform.python_build()[1]}."


def refuse_old_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Raise BuildError for a Python that lacks fixes of security which were out on the day that the source names."""
    least = PYTHONS.get(version[:2])
    if least is None or version[2] < least:
        wanted = ", ".join(f"{major}.{minor}.{patch}" for (major, minor), patch in PYTHONS.items())
        raise BuildError(
            f"Python {'.'.join(map(str, version))} would ship without the fixes of {PYTHONS_OF} and before: build with {wanted} "
            "or newer, or say --old-python where your system mends an older number itself."
        )


def glibc_wanted(folder: Path) -> tuple[tuple[int, int], list[str]]:
    """Return the newest version of the C library that a file of the folder asks for, and the files that do."""
    found: dict[tuple[int, int], list[str]] = {(0, 0): []}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and (content := path.read_bytes()).startswith(b"\x7fELF"):
            for major, minor in set(_WANTED.findall(content)):
                found.setdefault((int(major), int(minor)), []).append(path.name)
    return max(found), found[max(found)]


def refuse_new_glibc(folder: Path) -> str:
    """Return a line on what the folder asks for. Raises BuildError where it is more than FLOOR."""
    wanted, files = glibc_wanted(folder)
    said = f"{wanted[0]}.{wanted[1]}, for {', '.join(files[:4])}"
    if wanted > FLOOR:
        raise BuildError(
            f"It would ask for glibc {said}, and PACKAGING promises {FLOOR[0]}.{FLOOR[1]}: build on an older system."
        )
    return f"It asks for glibc {said}; told is {FLOOR[0]}.{FLOOR[1]}."
