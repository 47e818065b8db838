"""What every package says of the application, declared once: the kinds only differ in how they write it down."""

import re
import sys
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.libraries import PRINTING, QT, SCREEN, WAYLAND
from avrr_desktop.locations import NAME
from tools.packing.floors import FLOOR

SUMMARY = "casework for returnees, offline and encrypted"
DESCRIPTION = """Field officers who help people that returned voluntarily record cases,
papers and steps, and print summaries. Everything lies in one encrypted
folder of the user; there is no server and no account. Removing the package
leaves the data of its users where they are."""
# An address is asked for, and no domain is made up for one: this is what packages of one's own computers carry.
MAINTAINER = "AVRR Desktop authors <root@localhost>"
LICENCE = "Apache-2.0"
# Of all that lies in a package, as rpm asks for it in one line: fonts, formats, Python, Qt, wheels, libraries of the system.
LICENCES = " AND ".join((
    LICENCE, "BSD-2-Clause", "BSD-3-Clause", "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1",
    "PSF-2.0", "Python-2.0.1", "Unicode-3.0", "Zlib",
))  # fmt: skip
CONSOLE_NAME = f"{NAME}-cli"  # on Windows: the same program, with a console that shows what its commands say
PLACE = f"usr/lib/{NAME}"  # not /opt: systems that only run trusted programs trust /usr
# The libraries of 2024 with a 64-bit time have another name of package, and the old one elsewhere.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0", "libcups2": "libcups2t64 | libcups2"}
RECOMMENDED = {**PRINTING, **WAYLAND}  # printing; screens without X
DATA = {"win32": "%LOCALAPPDATA%\\AVRR Desktop", "darwin": "~/Library/Application Support/AVRR Desktop"}
_MENU = "" if sys.platform in DATA else 'For a menu entry, icons and types of files: "sh install.sh".\n'
READ_ME = f"""AVRR Desktop {__version__}

Start: run the program {NAME} in this folder. {_MENU}Nothing else is installed, and no administrator is needed.
Remove: delete this folder; what a setup or a package installed is removed as such.
The data of its users lie elsewhere ({DATA.get(sys.platform, f"~/.local/share/{NAME}")}) and stay.
When it does not start: the same with the word smoke-test, in a terminal, tries every part and names the one that fails.
Licences: see the folder licences.
"""


def libraries(folder: Path) -> dict[str, str]:
    """Return the system libraries that Qt needs and the folder does not hold: name -> Debian package."""
    here = {path.name for path in folder.rglob("*.so*")}
    return {name: package for name, package in {**QT, **SCREEN}.items() if name not in here}


def glibc() -> str:
    """Return the version of the C library that packages ask for: the build has looked that no file asks for a newer one."""
    return f"{FLOOR[0]}.{FLOOR[1]}"


def copyright_page(notice: str) -> str:
    """Return Debian's file on the copyright: where it came from, our licence, and the notice of all that comes with it."""
    indented = "\n".join(f" {line}".rstrip() or " ." for line in notice.strip().splitlines())
    return f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: AVRR Desktop

Files: *
Copyright: 2026 the AVRR Desktop authors
License: {LICENCE}
Comment: What comes with it, each under its own licence; whole texts in /{PLACE}/licences.
{indented}

License: {LICENCE}
 On Debian systems the whole text is in /usr/share/common-licenses/Apache-2.0.
"""


def version() -> str:
    """Return the version as packages sort it: a preview is older than what it previews."""
    return re.sub(r"(?<=\d)(a|b|rc|\.dev)(?=\d)", r"~\1", __version__)


def numbers() -> tuple[int, ...]:
    """Return the version as Windows sorts it: four numbers."""
    return (*map(int, re.findall(r"\d+", __version__)[:3]), 0)
