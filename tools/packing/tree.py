"""The tree of a system package, as its files lie on the user's computer, and what Debian's own checker is told about it."""

import gzip
import os
import shutil
import textwrap
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import menu
from tools.packing.metadata import MAINTAINER, PLACE, copyright_page, version

# What lintian calls wrong and is meant so: kind -> why. Each line of the package begins with the reason.
OVERRIDES = {
    "embedded-library": "The program brings the libraries with which it was tried, so that it is one folder that a stick can carry;"
    " which ones, with versions, is in licences/contents.cdx.json.",
    "hardening-no-pie": "The starter is that of PyInstaller, as its makers compiled it.",
    "hardening-no-fortify-functions": "Libraries are those of the wheels, as their makers compiled them.",
    "root-in-contact": "No address is asked for, and none is made up: packages of one's own computers carry this one.",
    "bogus-mail-host": "As above.",
    "bogus-mail-host-in-debian-changelog": "As above.",
    "duplicate-font-file": "Pages of paper are the same on every computer, also where these fonts are missing or others.",
    "maintainer-script-ignores-errors": "They only look whether the program is open: what fails while they look must not stop"
    " what the system began.",
    "national-encoding": "A licence stays byte for byte as its makers wrote it.",
    "shared-library-lacks-prerequisites": "Modules of Python find what they need in the program that loads them, and one library"
    " of Qt holds tables alone.",
}


def stage(folder: Path, root: Path, manual: str, moment: int) -> None:
    """Lay the files of a system package into a new folder ``root``."""
    apart = menu.of_the_archive(folder)
    shutil.copytree(folder, root / PLACE, symlinks=True, ignore=lambda at, _: apart if Path(at) == folder else set())
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = root / "usr" / "share"
    menu.lay(share, manual, moment)
    about = share / "doc" / NAME
    about.mkdir(parents=True)
    (about / "copyright").write_text(copyright_page((folder / "licences" / "NOTICE.txt").read_text("utf-8")), "utf-8")
    (about / "changelog.gz").write_bytes(gzip.compress(changelog(moment).encode(), 9, mtime=moment))
    (share / "lintian" / "overrides").mkdir(parents=True)
    (share / "lintian" / "overrides" / NAME).write_text(overrides(), "utf-8")
    for path in (root, *root.rglob("*")):  # whatever the builder's own rights are
        if not path.is_symlink():
            started = path.stat().st_mode & 0o100 and not menu.is_library(path.name)
            path.chmod(0o755 if path.is_dir() or started else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def changelog(moment: int) -> str:
    """Return the changelog of the package as Debian writes it: it names the version, and where the whole one is."""
    at = format_datetime(datetime.fromtimestamp(moment, timezone.utc))
    return f"""{NAME} ({version()}) stable; urgency=medium

  * AVRR Desktop {__version__}; what is new stands in CHANGELOG.md of the source.

 -- {MAINTAINER}  {at}
"""


def overrides() -> str:
    """Return what lintian is told: each exception with its reason above it."""
    parts = [
        f"{textwrap.fill(why, 78, initial_indent='# ', subsequent_indent='# ')}\n{NAME}: {kind}\n"
        for kind, why in OVERRIDES.items()
    ]
    return "\n".join(parts)
