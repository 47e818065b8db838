"""What lies around a program on a desktop: menu entry, icons, types of files, manual page; for packages and for one user.

A store and a backup are folders, and a folder has no type by its name: the type is that of the two files that people see in it.
"""

import gzip
import re
import shutil
from pathlib import Path

from avrr_desktop import BUILD_DATE, __version__
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import SOURCE, Language, languages
from avrr_desktop.locations import NAME
from tools.packing import ROOT
from tools.packing.metadata import DESCRIPTION, LICENCE

GENERIC = N_("Casework for returnees")
COMMENT = N_("Cases, papers and steps of voluntary returnees, encrypted on this computer")
SUMMED_UP = N_("Casework for returnees, offline and encrypted")
STORE_NAMED, BACKUP_NAMED = N_("AVRR Desktop store"), N_("AVRR Desktop backup")
_POSIX = {"sr-Cyrl": "sr", "sr-Latn": "sr@latin"}  # as desktops call them; the others by our own code


def in_each_language(line: str, message: str) -> str:
    """Return a line for each language of the program. ``line``: with ``{language}`` and ``{text}`` in it."""
    told = [(code, Language(code).text(message)) for code, _ in languages() if code != SOURCE]
    return "".join(line.format(language=_POSIX.get(code, code), text=text) for code, text in told if text != message)


SIZES = (16, 32, 48, 64, 128, 256)
NEW_LINE = "\n"
_COMMENT_LINE = '    <comment xml:lang="{language}">{text}</comment>' + NEW_LINE
STORE, BACKUP = f"application/x-{NAME}-store", f"application/x-{NAME}-backup"
DESKTOP = f"""[Desktop Entry]
Type=Application
Version=1.0
Name=AVRR Desktop
GenericName={GENERIC}
{in_each_language("GenericName[{language}]={text}" + NEW_LINE, GENERIC)}Comment={COMMENT}
{in_each_language("Comment[{language}]={text}" + NEW_LINE, COMMENT)}Exec={NAME} open %f
TryExec={NAME}
Icon={NAME}
Terminal=false
Categories=Office;
MimeType={STORE};{BACKUP};
StartupNotify=true
StartupWMClass={NAME}
"""
MIME = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{STORE}">
    <comment>{STORE_NAMED}</comment>
{in_each_language(_COMMENT_LINE, STORE_NAMED)}    <generic-icon name="package-x-generic"/>
    <glob pattern="*.avrr"/>
    <glob pattern="keys-a.json" weight="60"/>
    <glob pattern="store.db"/>
  </mime-type>
  <mime-type type="{BACKUP}">
    <comment>{BACKUP_NAMED}</comment>
{in_each_language(_COMMENT_LINE, BACKUP_NAMED)}    <generic-icon name="package-x-generic"/>
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
  <summary>{SUMMED_UP}</summary>
{in_each_language('  <summary xml:lang="{language}">{text}</summary>' + NEW_LINE, SUMMED_UP)}  <developer id="localhost"><name>the AVRR Desktop authors</name></developer>
  <description><p>{" ".join(DESCRIPTION.split())}</p></description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <provides><binary>{NAME}</binary><mediatype>{STORE}</mediatype><mediatype>{BACKUP}</mediatype></provides>
  <categories><category>Office</category></categories>
  <content_rating type="oars-1.1"/>
  <releases><release version="{__version__}" date="{BUILD_DATE}"/></releases>
</component>
"""
INSTALL = f"""#!/bin/sh
# Lays menu entry, icons, types of files and manual page of this folder out for the user who runs it; no administrator is needed.
# "sh install.sh remove" takes them away again. Run it anew when the folder was moved.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${{XDG_DATA_HOME:-$HOME/.local/share}}
case $here in
*[\\"\\`\\$\\\\%]*) echo "This folder has a mark in its name that no menu entry can hold: move it, then try again." >&2; exit 2 ;;
esac
cd "$here/share"
find . -type f | while read -r file; do
    rm -f "$share/$file"
    [ "${{1:-}}" = remove ] || {{ mkdir -p "$share/${{file%/*}}"; cp "$file" "$share/$file"; }}
done
if [ "${{1:-}}" != remove ]; then
    while IFS= read -r line; do
        case $line in
        Exec=*) line="Exec=\\"$here/{NAME}\\" open %f" ;;
        TryExec=*) line="TryExec=$here/{NAME}" ;;
        esac
        printf '%s\\n' "$line"
    done < applications/{NAME}.desktop > "$share/applications/{NAME}.desktop"
    echo "AVRR Desktop is in the menu of this user."
else
    echo "AVRR Desktop is taken out of the menu of this user. Delete the folder to remove the program; its data stay."
fi
for tool in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
    if command -v "${{tool%% *}}" > /dev/null; then "${{tool%% *}}" "${{tool#* }}" > /dev/null 2>&1 || :; fi
done
"""


def lay(share: Path, page: str, moment: int) -> None:
    """Lay the files out as they lie in a folder ``share`` of a system or of a user. ``page``: the manual page, in troff."""
    texts = {
        f"metainfo/{COMPONENT}.metainfo.xml": METAINFO,
        f"applications/{NAME}.desktop": DESKTOP,
        f"mime/packages/{NAME}.xml": MIME,
    }
    for name, text in texts.items():
        (share / name).parent.mkdir(parents=True)
        (share / name).write_text(text, "utf-8")
    target = share / "man" / "man1" / f"{NAME}.1.gz"
    target.parent.mkdir(parents=True)
    target.write_bytes(gzip.compress(page.encode(), 9, mtime=moment))
    icons = ROOT / "resources" / "icons"
    drawings = {f"{size}x{size}": icons / f"{NAME}-{size}.png" for size in SIZES}
    for size, drawing in (drawings | {"scalable": icons / f"{NAME}.svg"}).items():
        place = share / "icons" / "hicolor" / size / "apps"
        place.mkdir(parents=True)
        shutil.copy(drawing, place / f"{NAME}{drawing.suffix}")


def lay_for_one_user(folder: Path, page: str, moment: int) -> None:
    """Lay the same into the folder of the program, with the script that puts it where one user's desktop looks."""
    lay(folder / "share", page, moment)
    (folder / "install.sh").write_text(INSTALL, "utf-8")
    (folder / "install.sh").chmod(0o755)


def of_the_archive(folder: Path) -> set[str]:
    """Return the names at the top of the program's folder that a package lays elsewhere."""
    return {"share", "install.sh"} & {path.name for path in folder.iterdir()}


def is_library(name: str) -> bool:
    """Return whether a file is loaded by programs and never started: it needs no right to be."""
    return re.search(r"\.so(\.|$)", name) is not None
