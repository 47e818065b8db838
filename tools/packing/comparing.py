"""Two builds side by side: what differs although the source is the same."""

import stat
import subprocess
import tarfile
import tempfile
from pathlib import Path

from avrr_desktop.operations.program.update.staging import unpack
from tools.packing import BuildError, digest


def compare(one: Path, other: Path) -> list[str]:
    """Return a line for each file that differs or that one side lacks; folders, tar.xz and .deb are compared inside."""
    with tempfile.TemporaryDirectory() as place:
        left, right = (_files(_unpacked(side, Path(place, name))) for side, name in ((one, "one"), (other, "other")))
    lines = []
    for name in sorted(left.keys() | right.keys()):
        if name not in right or name not in left:
            lines.append(f"only in {one if name in left else other}: {name}")
        elif left[name] != right[name]:
            lines.append(f"differs: {name}")
    return lines


def _unpacked(side: Path, place: Path) -> Path:
    if side.is_dir():
        return side
    place.mkdir()
    try:
        if side.suffix == ".deb":
            subprocess.run(["dpkg-deb", "-R", str(side), str(place)], check=True, capture_output=True)
        else:
            unpack(side, place)
    except (OSError, tarfile.TarError, subprocess.CalledProcessError):
        raise BuildError(f"{side} is neither a folder nor a package that can be read: name another.") from None
    return place


def _files(folder: Path) -> dict[str, tuple[str, int]]:
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = (str(path.readlink()), 0)
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = (digest(path), path.stat().st_mode & stat.S_IXUSR)
    return found
