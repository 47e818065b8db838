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
from urllib.parse import quote

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import ROOT, BuildError, digest, inside
from tools.packing.metadata import LICENCE

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
_FONT = ROOT / "resources" / "fonts" / "NotoSans-Regular.ttf"
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


def wheels(place: Path) -> dict[str, str]:
    """Return which file each package was installed from, as start.py had pip note it in an environment: name -> SHA-256."""
    found = {}
    for report in sorted(place.glob("wheels-*.json")):
        for one in json.loads(report.read_bytes())["install"]:
            told = one["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256", "")
            found[plain(one["metadata"]["name"])] = told
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
    """Return whether a condition of a requirement may hold: extras are not asked for, other systems are not this one."""
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


def bill(
    contents: Iterable[str],
    system: Iterable[str],
    moment: int,
    root: Path = ROOT,
    folder: Path | None = None,
    environment: Path = Path(sys.prefix),
) -> dict[str, Any]:
    """Return the document. ``contents``: the files that were packed; ``system``: names of the system's libraries in it.

    Every component has a version and a package URL. A package of Python has the hash of the file that it was installed from,
    as ``environment`` tells it, else all that the lock allows. A library of the system has that of the file in ``folder``.
    """
    ships = set(contents)
    packages = runtime(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])
    packages += _shipped_besides(packages, ships)
    components = _of_python(
        packages, ships, locked((root / "requirements.lock").read_text("utf-8")), wheels(environment)
    )
    refs = {each["name"]: each["bom-ref"] for each in components}
    needs = {refs[plain(dist.name)]: _needs(dist, refs) for dist in packages}
    for one in inside.components(ships):
        ref = f"inside:{one.package}:{one.name}"
        components.append(_component(ref, one.name, one.version, one.purl, one.licence, f"in {one.package}"))
        needs.setdefault(refs.get(one.package, NAME), []).append(ref)
    components += [*_of_system(system, folder), _python(), *_others()]
    loose = [
        each["bom-ref"]
        for each in components
        if each["bom-ref"] not in {ref for some in needs.values() for ref in some}
    ]
    needs[NAME] = sorted({*loose, *needs.get(NAME, [])})
    own = _component(NAME, NAME, __version__, f"pkg:generic/{NAME}@{__version__}", LICENCE) | {"type": "application"}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": uuid.uuid5(_FROM, f"{__version__} {moment}").urn,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "component": own,
        },
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(some))} for ref, some in sorted(needs.items())],
    }  # fmt: skip


def _shipped_besides(packages: Iterable[metadata.Distribution], ships: set[str]) -> list[metadata.Distribution]:
    """Return packages of Python of which files ship although nothing asks for them here; PyInstaller stands apart."""
    known = {plain(dist.name) for dist in packages} | {"pyinstaller", NAME}
    others = sorted(metadata.distributions(), key=lambda each: plain(each.name))
    return [
        dist for dist in others
        if plain(dist.name) not in known and ships & {str(dist.locate_file(file)) for file in dist.files or ()}
    ]  # fmt: skip


def _component(ref: str, name: str, version: str, purl: str, licence: str = "", told: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": name, "version": version, "purl": purl}
    return made | ({"licenses": [_stated(licence)]} if licence else {}) | ({"description": told} if told else {})


def _of_python(
    packages: Iterable[metadata.Distribution],
    ships: set[str],
    lock: dict[str, tuple[str, list[str]]],
    taken: dict[str, str],
) -> list[dict[str, Any]]:
    """Return the packages of Python. Raises BuildError where one is not that of the lock."""
    made = []
    for dist in packages:
        name = plain(dist.name)
        files = {str(dist.locate_file(file)) for file in dist.files or ()}
        version, hashes = lock.get(name, (dist.version, []))
        if version != dist.version:
            raise BuildError(
                f"{name} {dist.version} is installed, and the lock says {version}: set up from the lock, and build again."
            )
        purl = f"pkg:pypi/{name}@{version}"
        made.append(_component(purl, name, version, purl, licence(dist)) | _hashes(taken.get(name, ""), hashes) | {
            "scope": "required" if not ships or ships & files else "excluded",
        })  # fmt: skip
    return made


def _hashes(taken: str, allowed: list[str]) -> dict[str, Any]:
    """Return the hash of the file that was taken; where nobody noted it, all that it may have been."""
    if taken in allowed:
        return {"hashes": [{"alg": "SHA-256", "content": taken}]}
    return {"properties": [{"name": f"{NAME}:locked-sha256", "value": value} for value in allowed]}


def _needs(dist: metadata.Distribution, refs: dict[str, str]) -> list[str]:
    """Return which of the listed packages a package asks for."""
    asked = [each for each in dist.requires or () if _here(each.partition(";")[2])]
    names = [plain(re.split(r"[^\w.-]", each.strip())[0]) for each in asked]
    return [refs[name] for name in names if name in refs]


def _of_system(names: Iterable[str], folder: Path | None) -> list[dict[str, Any]]:
    """Return the libraries of the system of the build, each under the package of Debian that brought it, where one did."""
    wanted, on, made = sorted(set(names)), inside.system_name(), []
    owners = inside.owners(wanted)
    for name in wanted:
        package, version = owners.get(name, (name, "unknown"))
        kind = f"deb/{on.partition('-')[0]}/{package}" if name in owners else f"generic/{quote(package)}"
        purl = f"pkg:{kind}@{quote(version)}" + (f"?distro={on}" if name in owners else "")
        one = _component(f"file:{name}", name, version, purl, told="library of the system of the build")
        if folder is not None and (file := next(folder.rglob(name), None)) is not None:
            one["hashes"] = [{"alg": "SHA-256", "content": digest(file)}]
        made.append(one)
    return made


def _python() -> dict[str, Any]:
    version = platform.python_version()
    made = _component("python", "CPython", version, f"pkg:generic/cpython@{version}", "PSF-2.0")
    return made | {"type": "framework", "cpe": f"cpe:2.3:a:python:python:{version}:*:*:*:*:*:*:*"}


def _others() -> list[dict[str, Any]]:
    start = metadata.version("pyinstaller")
    purl = f"pkg:pypi/pyinstaller@{start}"
    fonts = next(iter(re.findall(rb"Version (\d+\.\d+)", _FONT.read_bytes().replace(b"\0", b""))), b"unknown").decode()
    return [
        _component(
            "start", "start of the program", start, purl, LICENCES["pyinstaller"], "the part of PyInstaller that ships"
        ),
        _component("noto-sans", "Noto Sans", fonts, f"pkg:generic/noto-sans@{fonts}", "OFL-1.1") | {"type": "data"},
    ]


def _stated(text: str) -> dict[str, Any]:
    """Return a licence as CycloneDX writes it: an expression of SPDX, or a name where it is none."""
    if re.fullmatch(r"[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*", text):
        return {"expression": text} if " " in text else {"license": {"id" if "Ref" not in text else "name": text}}
    return {"license": {"name": text}}


def written(document: dict[str, Any]) -> str:
    """Return the document as text, the same for the same content."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
