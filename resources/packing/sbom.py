"""What is inside, as a machine reads it (CycloneDX): so that IT can ask whether a published weakness is in here."""

import json
import platform
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from typing import Any

from avrr_desktop import __version__
from avrr_desktop.locations import NAME

from . import ROOT, BuildError
from .declaration import LICENCE

# Licences that packages state in words or not at all, as their own licence files say them.
LICENCES = {
    "click-default-group": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",  # of it, only what starts the program ships
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyrage": "MIT",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlite-fts4": "Apache-2.0",
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",  # its own, SQLCipher's, OpenSSL's
    "tomli-w": "MIT",
}
# Written in C, and inside a package of Python: name, version or where it is told, licence.
INSIDE = (("SQLCipher", "sqlcipher3", "BSD-3-Clause"), ("OpenSSL", "sqlcipher3", "Apache-2.0"), ("libsodium", "pynacl", "ISC"),
          ("qpdf", "pikepdf", "Apache-2.0"), ("PDFium", "pypdfium2", "BSD-3-Clause AND Apache-2.0"),
          ("Qt", "pyside6-essentials", "LGPL-3.0-only"),
          ("start of the program", "pyinstaller", LICENCES["pyinstaller"]))  # fmt: skip
_FROM = uuid.UUID("5f1c6f0e-9a0f-4e1d-8d2b-0f6f3f1b7a53")


def plain(name: str) -> str:
    """Return a package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> dict[str, tuple[str, list[str]]]:
    """Return the packages of a lock: name -> (version, SHA-256 of every file that may stand for it)."""
    found = {}
    for entry in re.split(r"\n(?=\S)", text):
        if head := re.match(r"([\w.-]+)==([\w.!+-]+)", entry):
            found[plain(head[1])] = (head[2], sorted(re.findall(r"sha256:([0-9a-f]{64})", entry)))
    return found


def runtime(wanted: Iterable[str]) -> list[metadata.Distribution]:
    """Return the installed packages that the program needs on this system, with all that those need."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(wanted)
    while waiting:
        asked, _, condition = waiting.pop().partition(";")
        name = plain(re.split(r"[^\w.-]", asked.strip())[0])
        if name in found or not _here(condition):
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # a condition that we read as met, and pip did not
        waiting += found[name].requires or []
    return [found[name] for name in sorted(found)]


def _here(condition: str) -> bool:
    """Say whether a condition of a requirement may hold: extras are not asked for, other systems are not this one."""
    if "extra" in condition:
        return False
    for key, sign, value in re.findall(r"(sys_platform|implementation_name)\s*(==|!=)\s*['\"](\w+)['\"]", condition):
        is_it = {"sys_platform": sys.platform, "implementation_name": sys.implementation.name}[key] == value
        if is_it is not (sign == "=="):
            return False
    return True


def licence(dist: metadata.Distribution) -> str:
    """Return a package's licence: our table where it has a word, else what its metadata state. Raises BuildError."""
    stated = [dist.metadata[key].strip() for key in ("License-Expression", "License") if key in dist.metadata]
    found = LICENCES.get(plain(dist.name)) or next((text for text in stated if text), "")
    if not found or "\n" in found:
        raise BuildError(
            f"{dist.name} does not say its licence in one line: read it, and add it to LICENCES in sbom.py."
        )
    return found


def bill(contents: Iterable[str], system: Iterable[str], moment: int, root: Path = ROOT) -> dict[str, Any]:
    """Return the document. ``contents``: the files that were packed; ``system``: names of the system's libraries in it.

    The hashes are those of the lock: one of them is the file that was installed before the build.
    """
    ships, lock = set(contents), locked((root / "requirements.lock").read_text("utf-8"))
    components, project = [], tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    for dist in runtime(project["project"]["dependencies"]):
        name = plain(dist.name)
        files = {str(dist.locate_file(file)) for file in dist.files or ()}
        version, hashes = lock.get(name, (dist.version, []))
        if version != dist.version:
            raise BuildError(
                f"{name} {dist.version} is installed, and the lock says {version}: set up from the lock, and build again."
            )
        components.append({
            "type": "library", "bom-ref": f"pkg:pypi/{name}@{version}", "name": name, "version": version,
            "purl": f"pkg:pypi/{name}@{version}", "scope": "required" if not ships or ships & files else "excluded",
            "licenses": [_stated(licence(dist))],
            "properties": [{"name": f"{NAME}:locked-sha256", "value": value} for value in hashes],
        })  # fmt: skip
    versions = {each["name"]: each["version"] for each in components}
    versions |= {name: version for name, (version, _) in lock.items() if name not in versions}
    components += [
        {"type": "library", "bom-ref": f"inside:{name}", "name": name, "licenses": [_stated(text)],
         "description": f"in {package} {versions.get(package, '')}"}
        for name, package, text in INSIDE
    ]  # fmt: skip
    components += [
        {
            "type": "library",
            "bom-ref": f"file:{name}",
            "name": name,
            "description": "library of the system of the build",
        }
        for name in sorted(set(system))
    ]
    python = {"type": "framework", "bom-ref": "python", "name": "CPython", "version": platform.python_version(),
              "licenses": [_stated("PSF-2.0")]}  # fmt: skip
    fonts = {"type": "data", "bom-ref": "noto-sans", "name": "Noto Sans", "licenses": [_stated("OFL-1.1")]}
    own = {"type": "application", "bom-ref": NAME, "name": NAME, "version": __version__, "licenses": [_stated(LICENCE)]}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": uuid.uuid5(_FROM, f"{__version__} {moment}").urn,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "component": own,
        },
        "components": [*components, python, fonts],
    }  # fmt: skip


def _stated(text: str) -> dict[str, Any]:
    """Return a licence as CycloneDX writes it: an expression of SPDX, or a name where it is none."""
    if re.fullmatch(r"[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*", text):
        return {"expression": text} if " " in text else {"license": {"id" if "Ref" not in text else "name": text}}
    return {"license": {"name": text}}


def written(document: dict[str, Any]) -> str:
    """Return the document as text, the same for the same content."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
