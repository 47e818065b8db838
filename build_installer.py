"""Make AVRR Desktop as one folder that runs where no Python is, for the platform that this runs on, and pack it.

    python build_installer.py [--out dist] [--kind folder|tar|deb|rpm] [--keep-work]
    python build_installer.py prove [DIR]            try the packages as nobody, without network
    python build_installer.py compare A B            list what differs between two builds
    python build_installer.py keygen KEY             make a key to sign with, outside of the project
    python build_installer.py sign KEY FILE...       write FILE.minisig
    python build_installer.py verify PUBLIC FILE...  check it

Why a script of its own: a package rots unseen, so the folder is put in its place only after the program in it
has worked in an empty home; and whoever gets the program must get the licences of all that comes with it.
"""

import argparse
import getpass
import importlib.metadata
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "resources"))  # packing lies there

from avrr_desktop import __version__  # noqa: E402
from avrr_desktop.clock import SystemClock  # noqa: E402
from packing import (  # noqa: E402
    BuildError,
    archive,
    comparing,
    deb,
    declaration,
    epoch,
    manual,
    proving,
    rpm,
    sbom,
    signing,
    sums,
    weighing,
)

NAME = "avrr-desktop"
RESOURCES = ("packs", "fonts", "icons", "locale")
TEXTS = (Path("/usr/share/common-licenses"), ROOT / "resources" / "licences")  # the first: Debian and Ubuntu
HIDDEN = ["_cffi_backend", "sqlcipher3", "sqlite_utils", "segno", "pypdfium2", "pypdfium2_raw", "tzdata"]
HIDDEN += ["reportlab.rl_settings", "reportlab.pdfbase.ttfonts", "reportlab.pdfgen.canvas"]
EXCLUDED = ["tkinter", "pip", "setuptools", "hypothesis", "mypy", "pytest", "babel", "fontTools", "PyInstaller"]
EXCLUDED += ["PIL.AvifImagePlugin", "PIL.ImageCms", "PIL.ImageTk", "readline"]  # readline: GPL
EXCLUDED += [f"lxml.{name}" for name in ("builder", "html", "isoschematron", "objectify", "sax")]
QT_USED = {"QtCore", "QtDBus", "QtGui", "QtWidgets", "QtPrintSupport"}  # QtDBus: the lock of the session
# Not libqgtk3: it needs the system's own GTK, which does not go with the libraries in the folder.
PLUGINS = "iconengines/|printsupport/|styles/|imageformats/qsvg$|platforminputcontexts/|platformthemes/qxdg|"
PLUGINS += "xcbglintegrations/|wayland-(shell-integration|(decoration|graphics-integration)-client)/|"
# Printing and the session's bus are the system's: what speaks to its services must fit to them, and is there or of no use.
SYSTEM = "libcups|libavahi-|libgnutls|libhogweed|libnettle|libgmp|libidn2|libtasn1|libp11-kit|libunistring|libkrb5|"
SYSTEM += "libgssapi_krb5|libk5crypto|libcom_err|libkeyutils|libdbus-1|libsystemd|libgcrypt|libgpg-error|libcap|liblz4"
# All that differs between the platforms: Qt's screens beside offscreen and minimal, what to know, and the console.
PLATFORMS = {
    "linux": ("qxcb|qwayland", "It runs on systems that are not older than this one."),
    "darwin": ("qcocoa", "It is a folder, not an .app, and not signed: macOS asks before it starts."),
    "win32": ("qwindows", f"{NAME}.exe has no console: its commands work and set the exit code, but print nothing."),
}
KINDS = ("folder", "tar", "deb", "rpm") if sys.platform == "linux" else ("folder",)
CONSOLE, PROGRAM = (False, f"{NAME}.exe") if sys.platform == "win32" else (True, NAME)
NOTICE = """AVRR Desktop {version}: Apache License 2.0, see avrr-desktop.txt. With it come:\n
Fonts Noto Sans: SIL Open Font License 1.1, see Noto-Sans-OFL.txt.
resources/locale/formats.toml: Unicode CLDR, Copyright Unicode, Inc., Unicode License V3, unicode.org/license.txt.
Qt, PySide6 and Shiboken: LGPL 3, see texts/LGPL-3.txt and texts/GPL-3.txt. They are separate files, and you may
    put your own builds in their place. Their source: https://download.qt.io/official_releases.
In sqlcipher3: SQLCipher, Copyright Zetetic LLC, https://www.zetetic.net/sqlcipher/license; OpenSSL, Apache License 2.0.
Python {python}: PSF License, see Python.txt or https://docs.python.org/3/license.html.\n
Packages of Python, each with a folder where it states more:
{packages}\n
Libraries of the system on which it was built:
{libraries}
"""
# Without a console there are no streams, and whatever writes to them would fail.
STREAMS = "import os, sys\nfor s in 'stdin', 'stdout', 'stderr':\n    setattr(sys, s, getattr(sys, s) or open(os.devnull, 'r+'))\n"


def refuse(target: Path, system: str = sys.platform, root: Path = ROOT, texts: Sequence[Path] = TEXTS) -> None:
    """Refuse what would fail late, or destroy something."""
    if system not in PLATFORMS:
        raise BuildError(f"The application can be built on Linux, macOS and Windows, and this is {system}.")
    for name in ("LICENSE", "avrr_desktop/__main__.py", *(f"resources/{part}" for part in RESOURCES)):
        if not (root / name).exists():
            raise BuildError(f"{name} is missing: take a whole copy of the project.")
    if any(place.exists() and not place.is_dir() for place in (target, *target.parents)):
        raise BuildError(f"{target} cannot be a folder: name another place with --out.")
    if target.exists() and any(target.iterdir()) and not (target / "licences" / "NOTICE.txt").exists():
        raise BuildError(f"{target} holds other files: name another place with --out.")
    if not (importlib.util.find_spec("PyInstaller") and importlib.util.find_spec("PySide6")):
        raise BuildError('This Python lacks PyInstaller or PySide6: run `pip install -e ".[dev]"` and build again.')
    for text in ("LGPL-3", "GPL-3"):  # Qt goes to others only with both, and its packages have neither
        if not any(file for place in texts for file in place.glob(f"{text}*")):
            raise BuildError(f"The text of the {text} is not here: put it into resources/licences as {text}.txt.")


def spec(work: Path) -> str:
    """Return PyInstaller's instructions; they call ``trim`` here."""
    sources = sorted((ROOT / "avrr_desktop").rglob("*.py"))
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in sources]
    qt = {file.stem for file in importlib.metadata.files("PySide6_Essentials") or () if file.suffix == ".pyi"}
    excluded = EXCLUDED + [f"PySide6.{name}" for name in sorted(qt - QT_USED)]
    data = [(str(ROOT / "resources" / part), f"resources/{part}") for part in RESOURCES]
    shares = importlib.metadata.distribution("shamir-mnemonic").locate_file("shamir_mnemonic/wordlist.txt")
    data.append((str(shares), "shamir_mnemonic"))  # read at its import; PyInstaller finds code only
    hooks, icon = ([], None) if CONSOLE else (["streams.py"], str(ROOT / "resources" / "icons" / f"{NAME}-256.png"))
    strip = sys.platform == "linux" and shutil.which("strip") is not None  # names for debuggers weigh 40 MB
    return f"""import sys
sys.path.insert(0, {str(ROOT)!r})
import build_installer
found = Analysis([{str(ROOT / "avrr_desktop" / "__main__.py")!r}], pathex=[{str(ROOT)!r}], datas={data!r},
    hiddenimports={HIDDEN + modules!r}, excludes={excluded!r}, runtime_hooks={hooks!r})
build_installer.trim(found, {str(work / "contents.json")!r})
program = EXE(PYZ(found.pure), found.scripts, exclude_binaries=True, name={NAME!r},
    console={CONSOLE!r}, icon={icon!r}, strip={strip!r})
COLLECT(program, found.binaries, found.datas, name={NAME!r}, strip={strip!r})
"""


def wanted(place: str, system: str = sys.platform) -> bool:
    """Say whether a file ships: of Qt's plugins some, of its translations none (the program has its own), no sources."""
    parts = PurePath(place.replace("\\", "/")).parts
    if system == "linux" and len(parts) == 1 and re.match(rf"({SYSTEM})\b", parts[0]):
        return False
    if parts[0] != "PySide6" or "plugins" not in parts:
        return "translations" not in parts and not place.endswith((".po", ".pot"))
    plugin = f"{parts[parts.index('plugins') + 1]}/{parts[-1].removeprefix('lib').split('.')[0]}"
    return re.match(f"{PLUGINS}platforms/({PLATFORMS[system][0]}|qoffscreen|qminimal)$", plugin) is not None


def trim(found: Any, record: str) -> None:
    """Leave out of PyInstaller's findings what is not wanted, and write down what ships: PyInstaller calls this."""
    from PyInstaller.depend.bindepend import get_imports

    missing, names = set[str](), set[str]()
    found.datas = [entry for entry in found.datas if wanted(entry[0])]
    found.binaries = [entry for entry in found.binaries if wanted(entry[0])]
    if sys.platform == "linux":  # leave out libraries that only left-out plugins need
        for place, source, kind in found.binaries:
            library = re.fullmatch(r"(.+(/lib|\.libs)/)?(?!libpython)[^/]+", place)  # loaded by another that needs it
            if kind == "EXTENSION" or (kind == "BINARY" and not library):
                needs = get_imports(source)
                names |= {PurePath(place).name, *(PurePath(name).name for name, _ in needs)}
                missing |= {name for name, path in needs if path is None}
        found.binaries = [entry for entry in found.binaries if PurePath(entry[0]).name in names]
        found.datas = [entry for entry in found.datas if entry[2] != "SYMLINK" or PurePath(entry[0]).name in names]
    contents = [*found.pure, *found.scripts, *found.binaries, *found.datas]
    Path(record).write_text(json.dumps([contents, sorted(missing)]), "utf-8")


def package(work: Path) -> Path:
    """Let PyInstaller make the folder, and return it."""
    (work / "streams.py").write_text(STREAMS, "utf-8")
    (work / "program.spec").write_text(spec(work), "utf-8")
    options = "-m PyInstaller --noconfirm --log-level WARN --distpath made --workpath found program.spec"
    env = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(work / "cache"), "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"}
    env["SOURCE_DATE_EPOCH"] = str(epoch())
    command, log = [sys.executable, *options.split()], work / "pyinstaller.log"
    with log.open("wb") as file:
        code = subprocess.run(command, env=env, cwd=work, stdout=file, stderr=file).returncode
    if code:
        print(*log.read_text("utf-8", "replace").splitlines()[-12:], sep="\n", file=sys.stderr)
        raise BuildError("PyInstaller could not make the application: its last words are above.")
    return work / "made" / NAME


def add_licences(folder: Path, contents: Sequence[tuple[str, str, str]]) -> None:
    """Collect the licences of all that ships, and write the notice that names them."""
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
            stated = [dist.metadata[key] for key in ("License-Expression", "License") if key in dist.metadata]
            packages.append(f"{dist.name} {dist.version}: {(stated or ['see there'])[0].splitlines()[0]}")
    loose = {file for _, file, kind in contents if kind == "BINARY" and os.path.realpath(file) not in owned}
    libraries = system_libraries(folder / "system", loose)
    lists = {"packages": "\n".join(packages), "libraries": "\n".join(libraries) or "none"}
    notice = NOTICE.format(version=__version__, python=sys.version.split()[0], **lists)
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


def try_out(program: Path, place: Path) -> None:
    """Run the built program as where nothing of ours is: its own test, practice without window, and the window."""
    place.mkdir()
    env = dict.fromkeys(("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA", "TEMP", "TMP"), str(place))
    env |= {"PATH": os.defpath, "PYTHONTZPATH": "", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    env |= {"QT_QPA_PLATFORM": "offscreen", "QT_DEBUG_PLUGINS": "1"}  # Qt says what it loads: icons
    practice, output = ["practice", str(place / "practice.avrr"), "--no-window"], place / "output.txt"
    for words, seconds in ((["smoke-test"], 300), (practice, 300), ([], 30)):  # none: the window, which stays
        print("Trying:", NAME, *words, flush=True)
        try:
            with output.open("wb") as file:
                done = subprocess.run([program, *words], env=env, cwd=place, timeout=seconds, stdout=file, stderr=file)
            how = f"ended with exit code {done.returncode}"
        except subprocess.TimeoutExpired:
            drawn = not CONSOLE or re.search(rb'qsvg\.\S+" loaded', output.read_bytes())
            how = "stood" if drawn else "did not get ready"
        if any('"bug"' in log.read_text("utf-8") for log in place.rglob("log.jsonl")):
            how = "met a bug"
        if how != ("ended with exit code 0" if words else "stood"):
            print(output.read_text("utf-8", "replace")[-2000:], file=sys.stderr)
            raise BuildError(f"The built program was not put in place: `{' '.join(words) or 'the window'}` {how}.")


def build(target: Path, work: Path, kinds: Sequence[str]) -> None:
    """Make the application, try it out, put it in its place and pack it."""
    print(f"Making {NAME} {__version__} in {work}: this takes a minute or two.", flush=True)
    made = package(work)
    contents, missing = json.loads((work / "contents.json").read_bytes())
    add_licences(made / "licences", contents)
    inside = [PurePath(name).name for name, _, kind in contents if kind == "BINARY" and PurePath(name).name == name]
    bill = sbom.written(sbom.bill([source for _, source, _ in contents], inside, epoch()))
    (made / "licences" / "contents.cdx.json").write_text(bill, "utf-8")
    (made / "README.txt").write_text(declaration.READ_ME, "utf-8")
    try_out(made / PROGRAM, work / "home")
    if target.exists():
        target.rename(work / "before")
    made.rename(target)
    if missing:
        print(f"Not in it, as this computer lacks them: {', '.join(missing)}; where it runs, the window may need them.")
    print(f"{target / PROGRAM}: {weighing.told(target)} {PLATFORMS[sys.platform][1]}", flush=True)
    if sys.platform == "linux":
        pack_linux(target, work, kinds)


def pack_linux(folder: Path, work: Path, kinds: Sequence[str]) -> None:
    """Pack the folder in each of the kinds, then put all beside it, with its list of contents and the sums."""
    out, moment, ready = folder.parent, epoch(), work / "ready"
    named = f"{NAME}-{__version__}-linux-{platform.machine()}"
    ready.mkdir()  # a build that is stopped leaves no half package
    shutil.copy(folder / "licences" / "contents.cdx.json", ready / f"{named}.cdx.json")
    if "tar" in kinds:
        archive.pack(folder, ready / f"{named}.tar.xz", moment)
    if {"deb", "rpm"} & set(kinds):
        libraries, root = declaration.libraries(folder), work / "root"
        declaration.stage(folder, root, manual.manual(moment), moment)
        if "deb" in kinds:
            deb.build(root, ready / deb.file_name(), set(libraries.values()), moment)
        if "rpm" in kinds:
            (ready / f"{NAME}.spec").write_text(rpm.spec(set(libraries), moment), "utf-8")
            try:
                rpm.build(ready / f"{NAME}.spec", root, work / "rpm", ready)
            except BuildError as stop:
                print(stop)
    (ready / "SHA256SUMS").write_text(sums(list(ready.iterdir())), "ascii")
    for path in sorted(ready.iterdir()):
        print(f"{path.replace(out / path.name)}: {(out / path.name).stat().st_size / 1e6:.1f} MB")


def tool(arguments: Sequence[str]) -> None:
    """Do one of the commands on finished packages."""
    parser = argparse.ArgumentParser(description="Try, compare, sign and check packages.")
    parser.add_argument("--password-file", type=Path, help="first line closes the key (default: asked for)")
    commands = parser.add_subparsers(required=True, dest="command")
    commands.add_parser("prove").add_argument("place", type=Path, nargs="?", default=ROOT / "dist")
    compared = commands.add_parser("compare")
    compared.add_argument("one", type=Path)
    compared.add_argument("other", type=Path)
    commands.add_parser("keygen").add_argument("key", type=Path)
    for name in ("sign", "verify"):
        command = commands.add_parser(name)
        command.add_argument("key")
        command.add_argument("files", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    if given.command == "prove":
        proving.prove(given.place.resolve())
    elif given.command == "compare":
        found = comparing.compare(given.one, given.other)
        print(*found, f"{len(found)} files differ.", sep="\n")
    elif given.command == "keygen":
        key = signing.keygen(given.key, password(given.password_file, "A password for the new key (empty: none): "))
        print(f"Publish this, by another way than the packages: {key.line}")
    elif given.command == "sign":
        secret = password(given.password_file, "The password of the key: ")
        for file in given.files:
            print(signing.sign(file, Path(given.key), secret, int(SystemClock().now().timestamp())))
    else:
        for file in given.files:
            print(f"{file}: good. {signing.verify(file, given.key)}")


def password(file: Path | None, question: str) -> str:
    """Return the password of a key, from a file or asked for; never from the command line, which others can read."""
    if file is None:
        return getpass.getpass(question)
    return (file.read_text("utf-8").splitlines() or [""])[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or do a command; every trouble ends as one sentence and exit code 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if {"prove", "compare", "keygen", "sign", "verify"} & set(arguments):
        try:
            tool(arguments)
            return 0
        except (BuildError, OSError) as stop:
            print(stop, file=sys.stderr)
            return 2
    parser = argparse.ArgumentParser(description="Make AVRR Desktop as one folder that runs where no Python is.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder goes (default: dist)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="what to pack besides the folder (default: all)")
    parser.add_argument("--keep-work", action="store_true", help="keep the work folder, to look into it")
    given = parser.parse_args(arguments)
    work, target = None, given.out.resolve() / NAME
    try:
        refuse(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f"{NAME}-work-", dir=target.parent))
        build(target, work, given.kind or KINDS)
        return 0
    except BuildError as stop:
        print(stop, file=sys.stderr)
    except (KeyboardInterrupt, OSError) as error:
        print(f"Nothing was put in place: {str(error) or 'you stopped the build'}.", file=sys.stderr)
    finally:
        if work and not given.keep_work:
            shutil.rmtree(work, ignore_errors=True)
    return 2


if __name__ == "__main__":
    sys.exit(main())
