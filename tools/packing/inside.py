"""What packages of Python hold that is written in other languages, with the versions that they themselves tell.

Whoever asks whether a published weakness is in the program asks for these names: OpenSSL, zlib, PDFium, crates of Rust.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath
from urllib.parse import quote

_CRATE = re.compile(rb"/([a-z0-9][a-z0-9_-]*)-(\d+\.\d+\.\d+[a-z0-9.+-]*)/src/")
_LICENCES = {
    "SQLCipher": "BSD-3-Clause", "SQLite": "blessing", "OpenSSL": "Apache-2.0", "libsodium": "ISC", "qpdf": "Apache-2.0",
    "PDFium": "BSD-3-Clause AND Apache-2.0", "Qt": "LGPL-3.0-only", "ICU": "Unicode-3.0", "libxml2": "MIT", "libxslt": "MIT",
    "FreeType": "FTL", "libwebp": "BSD-3-Clause", "libjpeg-turbo": "IJG AND BSD-3-Clause AND Zlib", "OpenJPEG": "BSD-2-Clause",
    "LibTIFF": "libtiff", "zlib-ng": "Zlib", "Little CMS": "MIT", "HarfBuzz": "MIT", "Raqm": "MIT", "libpng": "libpng-2.0",
    "XZ Utils": "0BSD", "Zstandard": "BSD-3-Clause", "Brotli": "MIT", "libXau": "MIT",
}  # fmt: skip
# What Pillow calls it: its name, and with which file it ships; what lies in Pillow's own files has none.
_PILLOW = {
    "freetype2": ("FreeType", "libfreetype"), "webp": ("libwebp", "libwebp"), "libjpeg_turbo": ("libjpeg-turbo", "libjpeg"),
    "jpg_2000": ("OpenJPEG", "libopenjp2"), "libtiff": ("LibTIFF", "libtiff"), "zlib_ng": ("zlib-ng", ""),
    "littlecms2": ("Little CMS", "liblcms2"), "harfbuzz": ("HarfBuzz", "libharfbuzz"), "raqm": ("Raqm", "_imagingft"),
}  # fmt: skip
# Libraries beside those, of which the file's name tells the version.
_BESIDE = {
    r"(libpng16)-\w+\.so\.16\.(\d+)": ("libpng", "1.6.{}"),
    r"(liblzma)-\w+\.so\.([\d.]+)": ("XZ Utils", "{}"),
    r"(libzstd)-\w+\.so\.([\d.]+)": ("Zstandard", "{}"),
    r"(libbrotlicommon)-\w+\.so\.([\d.]+)": ("Brotli", "{}"),
}


@dataclass(frozen=True, slots=True)
class Inside:
    """A component in a package of Python. ``kind``: as package URLs name where it is published.

    ``file``: how the file begins without which it does not ship, where the package can do without it.
    """

    name: str
    version: str
    package: str
    licence: str = ""  # empty: the package's own files tell
    kind: str = "generic"
    file: str = ""

    @property
    def purl(self) -> str:
        """Its package URL."""
        if self.kind.startswith("rpm/"):
            return f"pkg:{self.kind}/{self.name}@{quote(self.version)}"
        return f"pkg:{self.kind}/{quote(self.name.lower().replace(' ', '-'))}@{quote(self.version)}"


def components(ships: Iterable[str] = ()) -> list[Inside]:
    """Return all of them, as the installed packages tell. ``ships``: the files that ship, where they are known."""
    named = [*_of_sqlcipher(), *_of_documents(), *_of_qt()]
    found = [Inside(name, version, package, _LICENCES[name]) for name, version, package in named]
    found += [*_of_pillow(), *_of_pyrage(), *_repaired()]
    files = {PurePath(path).name for path in ships}
    return [one for one in found if not files or any(name.startswith(one.file) for name in files)]


def _of_sqlcipher() -> Iterator[tuple[str, str, str]]:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    connection.execute("PRAGMA key = 'x'")
    for name, pragma in (("SQLCipher", "cipher_version"), ("OpenSSL", "cipher_provider_version")):
        told = str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
        yield name, next(iter(re.findall(r"\d+\.\d+\.\d+", told)), told), "sqlcipher3"
    yield "SQLite", dbapi2.sqlite_version, "sqlcipher3"
    connection.close()


def _of_documents() -> Iterator[tuple[str, str, str]]:
    import pikepdf
    import pypdfium2
    from lxml import etree

    yield "qpdf", pikepdf.__libqpdf_version__, "pikepdf"
    yield "PDFium", str(pypdfium2.version.PDFIUM_INFO).partition("@")[0], "pypdfium2"
    for name, version in (("libxml2", etree.LIBXML_VERSION), ("libxslt", etree.LIBXSLT_VERSION)):
        yield name, ".".join(map(str, version)), "lxml"
    # It says nothing of itself; what PyNaCl writes of its own changes names it.
    words = str(metadata.metadata("PyNaCl").json["description"])
    found = re.search(r"libsodium\S* to `?(\d+\.\d+\.\d+)", words)
    yield "libsodium", found[1] if found else f"of-PyNaCl-{metadata.version('PyNaCl')}", "pynacl"


def _of_pillow() -> Iterator[Inside]:
    from PIL import features

    for key, (name, file) in _PILLOW.items():
        if version := features.version(key):
            beside = sys.platform != "win32"  # there all of them are in Pillow's own files
            yield Inside(name, version, "pillow", _LICENCES[name], file=file if beside else "")
    for path in sorted(Path(str(metadata.distribution("pillow").locate_file("pillow.libs"))).glob("*")):
        for pattern, (name, told) in _BESIDE.items():
            if found := re.match(pattern, path.name):
                yield Inside(name, told.format(found[2]), "pillow", _LICENCES[name], file=found[1])


def _of_qt() -> Iterator[tuple[str, str, str]]:
    import PySide6

    yield "Qt", PySide6.__version__, "pyside6-essentials"
    numbers = sorted(
        path.name.rpartition(".")[2] for path in Path(str(PySide6.__file__)).parent.rglob("libicudata.so.*")
    )
    if numbers:
        yield "ICU", numbers[0], "pyside6-essentials"


def _of_pyrage() -> Iterator[Inside]:
    import pyrage

    library = next(path for path in Path(str(pyrage.__file__)).parent.glob("pyrage*") if path.suffix in (".so", ".pyd"))
    for name, version in sorted(set(_CRATE.findall(library.read_bytes()))):
        yield Inside(name.decode(), version.decode(), "pyrage", kind="cargo")


def _repaired() -> Iterator[Inside]:
    """Yield what the makers of Pillow and pikepdf copied from the system that they built on, as the wheel's own list tells."""
    for package in ("pikepdf", "pillow"):
        files = [file for file in metadata.files(package) or () if file.name == "auditwheel.cdx.json"]
        for one in (part for file in files for part in json.loads(file.read_text("utf-8"))["components"]):
            kind = one["purl"].removeprefix("pkg:").rpartition("/")[0]
            if kind.startswith("rpm/"):
                yield Inside(one["name"], one["version"], package, _LICENCES.get(one["name"], ""), kind)


def owners(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return of libraries of this system which Debian package brought them, and its version; none elsewhere."""
    wanted = sorted(set(names))
    if not (wanted and shutil.which("dpkg-query")):
        return {}
    asked = ["dpkg-query", "--search", *(f"*/{name}" for name in wanted)]
    told = subprocess.run(asked, capture_output=True, encoding="utf-8").stdout
    packages = {line.rsplit("/", 1)[1]: line.split(":")[0] for line in told.splitlines() if "/" in line}
    versions = {name: _version(name) for name in set(packages.values())}
    return {name: (package, versions[package]) for name, package in packages.items() if name in wanted}


def _version(package: str) -> str:
    asked = ["dpkg-query", "--show", "--showformat=${source:Upstream-Version}\n${Version}\n", package]
    lines = subprocess.run(asked, capture_output=True, encoding="utf-8").stdout.splitlines()
    return lines[1] if len(lines) > 1 else ""


def system_name() -> str:
    """Return what package URLs call this Debian or its relative: debian-12; empty where it says nothing."""
    try:
        text = Path("/etc/os-release").read_text("utf-8")
    except OSError:
        return ""
    found = dict(re.findall(r'^(ID|VERSION_ID)="?([\w.]+)"?$', text, re.MULTILINE))
    return "-".join(found[key] for key in ("ID", "VERSION_ID") if key in found)
