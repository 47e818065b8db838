"""What every package says of the application, declared once: the kinds only differ in how they write it down."""

import gzip
import os
import re
import shutil
import sys
from pathlib import Path

from avrr_desktop import BUILD_DATE, __version__
from avrr_desktop.libraries import QT, SCREEN
from avrr_desktop.locations import NAME

from . import ROOT
from .floors import FLOOR

SUMMARY = "casework for returnees, offline and encrypted"
DESCRIPTION = """Field officers who help people that returned voluntarily record cases, papers and steps,
and print summaries. Everything lies in one encrypted folder of the user; there is no
server and no account. Removing the package leaves the data of its users where they are."""
# An address is asked for, and no domain is made up for one: this is what packages of one's own computers carry.
MAINTAINER = "AVRR Desktop authors <root@localhost>"
LICENCE = "Apache-2.0"
PLACE = f"usr/lib/{NAME}"  # not /opt: systems that only run trusted programs trust /usr
SIZES = (16, 32, 48, 64, 128, 256)
# The libraries of 2024 with a 64-bit time have another name of package, and the old one elsewhere.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
RECOMMENDED = (
    "libcups2t64 | libcups2",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
)  # printing; screens without X
DESKTOP = f"""[Desktop Entry]
Type=Application
Version=1.0
Name=AVRR Desktop
GenericName=Casework for returnees
Comment=Cases, papers and steps of voluntary returnees, encrypted on this computer
Exec={NAME}
TryExec={NAME}
Icon={NAME}
Terminal=false
Categories=Office;
StartupNotify=true
StartupWMClass={NAME}
"""
# A store and a backup are folders, and a folder has no type by its name; a type is for one that somebody packed.
MIME = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-{NAME}-store">
    <comment>AVRR Desktop store</comment>
    <generic-icon name="package-x-generic"/>
    <glob pattern="*.avrr"/>
  </mime-type>
  <mime-type type="application/x-{NAME}-backup">
    <comment>AVRR Desktop backup</comment>
    <generic-icon name="package-x-generic"/>
    <glob pattern="*.avrr-backup"/>
  </mime-type>
</mime-info>
"""
# What shops for programs show; an id has the form of a domain, and this one is of nobody.
COMPONENT = f"localhost.{NAME}"
METAINFO = f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{COMPONENT}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>{LICENCE}</project_license>
  <name>AVRR Desktop</name>
  <summary>{SUMMARY[0].upper()}{SUMMARY[1:]}</summary>
  <developer id="localhost"><name>the AVRR Desktop authors</name></developer>
  <description><p>{" ".join(DESCRIPTION.split())}</p></description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <provides><binary>{NAME}</binary></provides>
  <categories><category>Office</category></categories>
  <content_rating type="oars-1.1"/>
  <releases><release version="{__version__}" date="{BUILD_DATE}"/></releases>
</component>
"""
DATA = {"win32": "%LOCALAPPDATA%\\AVRR Desktop", "darwin": "~/Library/Application Support/AVRR Desktop"}
READ_ME = f"""AVRR Desktop {__version__}

Start: run the program {NAME} in this folder. Nothing else is installed, and no administrator is needed.
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


def stage(folder: Path, root: Path, manual: str, moment: int) -> None:
    """Lay the files of a system package into a new folder ``root``, as they lie on the user's computer."""
    shutil.copytree(folder, root / PLACE, symlinks=True)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = root / "usr" / "share"
    texts = {f"metainfo/{COMPONENT}.metainfo.xml": METAINFO, f"applications/{NAME}.desktop": DESKTOP, f"mime/packages/{NAME}.xml": MIME,
             f"doc/{NAME}/copyright": copyright_page((folder / "licences" / "NOTICE.txt").read_text("utf-8"))}  # fmt: skip
    for name, text in texts.items():
        (share / name).parent.mkdir(parents=True)
        (share / name).write_text(text, "utf-8")
    page = share / "man" / "man1" / f"{NAME}.1.gz"
    page.parent.mkdir(parents=True)
    page.write_bytes(gzip.compress(manual.encode(), 9, mtime=moment))
    icons = ROOT / "resources" / "icons"
    drawings = {f"{size}x{size}": icons / f"{NAME}-{size}.png" for size in SIZES}
    for size, drawing in (drawings | {"scalable": icons / f"{NAME}.svg"}).items():
        target = share / "icons" / "hicolor" / size / "apps"
        target.mkdir(parents=True)
        shutil.copy(drawing, target / f"{NAME}{drawing.suffix}")
    for path in (root, *root.rglob("*")):  # whatever the builder's own rights are
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def version() -> str:
    """Return the version as packages sort it: a preview is older than what it previews."""
    return re.sub(r"(?<=\d)(a|b|rc|\.dev)(?=\d)", r"~\1", __version__)


def numbers() -> tuple[int, ...]:
    """Return the version as Windows sorts it: four numbers."""
    return (*map(int, re.findall(r"\d+", __version__)[:3]), 0)
