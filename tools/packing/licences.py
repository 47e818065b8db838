"""The licences of all that ships: whoever gets the program must get them, and a notice that names each."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import ROOT
from tools.packing.sbom import licence

TEXTS = (Path("/usr/share/common-licenses"), ROOT / "resources" / "licences")  # the first: Debian and Ubuntu
NOTICE = """AVRR Desktop {version}: Apache License 2.0, see avrr-desktop.txt. With it come:\n
Fonts Noto Sans: SIL Open Font License 1.1, see Noto-Sans-OFL.txt.
resources/places: CC BY 4.0, see texts/Places.txt. Contains data from GeoNames (geonames.org), CC BY 4.0; selected, merged and
    transliterated. Data from Who's On First, whosonfirst.org, License: https://whosonfirst.org/docs/licenses/
    LAU codes: Eurostat, (c) European Union. Territorial unit numbers: SORS.
resources/locale/formats.json: Unicode CLDR, Copyright Unicode, Inc., Unicode License V3, unicode.org/license.txt.
Qt, PySide6 and Shiboken: LGPL 3, see texts/LGPL-3.txt and texts/GPL-3.txt. They are separate files, and you may
    put your own builds in their place. Their source: https://download.qt.io/official_releases.
    In Qt: what others wrote, see texts/Qt-others.txt; ICU, Unicode License V3, see texts/ICU.txt.
In sqlcipher3: SQLCipher, see texts/SQLCipher.txt; OpenSSL, Apache License 2.0, the text of avrr-desktop.txt.
pikepdf: Mozilla Public License 2.0, see the folder pikepdf; its source form, unchanged, is at
    https://github.com/pikepdf/pikepdf/tree/v{pikepdf}, and beside it on the index of packages of Python.
glib, where it is in the list below: LGPL 2.1; its source: https://download.gnome.org/sources/glib, or the source package of
    the system. Both are unchanged. Every component with its version is in contents.cdx.json, also the crates in pyrage.
Python {python}: PSF License, see Python.txt or https://docs.python.org/3/license.html.\n
Packages of Python, each with a folder where it states more:
{packages}\n
Libraries of the system on which it was built:
{libraries}
"""


def add_licences(folder: Path, contents: Sequence[tuple[str, str, str]]) -> None:
    """Collect the licences of all that ships, and write the notice that names them. Raises BuildError for one unknown."""
    (folder / "texts").mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", folder / f"{NAME}.txt")
    shutil.copy(ROOT / "resources" / "fonts" / "OFL.txt", folder / "Noto-Sans-OFL.txt")
    for place in (Path(os.__file__).parent / "LICENSE.txt", Path(sys.base_prefix, "LICENSE.txt")):
        if place.exists():
            shutil.copy(place, folder / "Python.txt")
    for text in (path for place in TEXTS for path in place.glob("*") if path.is_file() and not path.is_symlink()):
        shutil.copy(text, folder / "texts" / f"{text.name.removesuffix('.txt')}.txt")
    ships, owned, packages = {os.path.realpath(source) for _, source, _ in contents if source}, set[str](), []
    for dist in sorted(importlib.metadata.distributions(), key=lambda each: each.name.lower()):
        its = {os.path.realpath(str(dist.locate_file(file))): file.as_posix() for file in dist.files or ()}
        if ships & its.keys():
            owned |= its.keys()
            for path, name in its.items():
                if its_licence := re.search(r"\.dist-info/(.*(licen[cs]e|copying|notice|authors).*)", name, re.I):
                    (folder / dist.name / its_licence[1]).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, folder / dist.name / its_licence[1])
            packages.append(f"{dist.name} {dist.version}: {licence(dist)}")
    loose = {file for _, file, kind in contents if kind == "BINARY" and os.path.realpath(file) not in owned}
    libraries = system_libraries(folder / "system", loose)
    lists = {"packages": "\n".join(packages), "libraries": "\n".join(libraries) or "none"}
    told = {"python": sys.version.split()[0], "pikepdf": importlib.metadata.version("pikepdf")}
    notice = NOTICE.format(version=__version__, **told, **lists)
    (folder / "NOTICE.txt").write_text(notice, "utf-8")


def system_libraries(folder: Path, files: set[str]) -> list[str]:
    """Copy what the system says on the copyright of its libraries, where it does, and return a line for each."""
    names = sorted({PurePath(file).name for file in files if "libpython" not in file})
    command = ["dpkg-query", "--search", *(f"*/{name}" for name in names)]
    told = subprocess.run(command, capture_output=True, encoding="utf-8").stdout if shutil.which(command[0]) else ""
    owners = {line.rsplit("/", 1)[1]: line.split(":")[0] for line in told.splitlines() if "/" in line}
    for owner in set(owners.values()):
        folder.mkdir(exist_ok=True)
        shutil.copy(Path("/usr/share/doc", owner, "copyright"), folder / f"{owner}.txt")
    return [f"{name}, see system/{owners[name]}.txt" if name in owners else name for name in names]
