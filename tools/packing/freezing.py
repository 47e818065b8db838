"""The application as one folder, made by PyInstaller: what goes in, what stays out, and that it works in an empty home."""

import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from avrr_desktop import __version__
from avrr_desktop.language import TEST_LANGUAGE
from avrr_desktop.locations import NAME
from tools.packing import ROOT, BuildError, epoch, macos
from tools.packing.licences import TEXTS
from tools.packing.metadata import CONSOLE_NAME, numbers

RESOURCES = ("packs", "fonts", "icons", "locale", "names", "places")
GUIDE = "docs/guide"  # the help of the program, once it is written
HIDDEN = ["_cffi_backend", "sqlcipher3", "sqlite_utils", "segno", "pypdfium2", "pypdfium2_raw", "tzdata"]
HIDDEN += ["reportlab.rl_settings", "reportlab.pdfbase.ttfonts", "reportlab.pdfgen.canvas"]
EXCLUDED = ["tkinter", "pip", "setuptools", "hypothesis", "mypy", "pytest", "babel", "fontTools", "PyInstaller"]
EXCLUDED += ["PIL.AvifImagePlugin", "PIL.ImageCms", "PIL.ImageTk", "readline"]  # readline: GPL
# Letters of East Asia in codes of before Unicode: nothing that is read here is in them.
EXCLUDED += ["_multibytecodec", *(f"_codecs_{name}" for name in ("cn", "hk", "iso2022", "jp", "kr", "tw"))]
EXCLUDED += ["charset_normalizer"]  # reportlab asks it about text in codes that nobody here gives it
EXCLUDED += [
    "defusedxml",
    "doctest",
    "pdb",
    "pydoc",
    "pydoc_data",
    "unittest",
    "xmlrpc",
    "reportlab.lib.testutils",
]  # for makers
EXCLUDED += [f"lxml.{name}" for name in ("builder", "html", "isoschematron", "objectify", "sax")]
QT_USED = {"QtCore", "QtDBus", "QtGui", "QtWidgets", "QtPrintSupport"}  # QtDBus: the lock of the session
# Not libqgtk3: it needs the system's own GTK, which does not go with the libraries in the folder.
PLUGINS = "iconengines/|printsupport/|styles/|imageformats/qsvg$|platforminputcontexts/|platformthemes/qxdg|"
PLUGINS += "xcbglintegrations/|wayland-decoration-client/|wayland-shell-integration/xdg-shell$|"
PLUGINS += (
    "wayland-graphics-integration-client/qt-plugin-wayland-egl$|"  # others: of cars, of screens without a desktop
)
ZONES_UNREAD = {
    "tzdata.zi",
    "leapseconds",
    "iso3166.tab",
    "zone.tab",
    "zone1970.tab",
    "zonenow.tab",
}  # Python reads names alone
SCREENS = {"linux": "qxcb|qwayland", "darwin": "qcocoa", "win32": "qwindows"}  # beside offscreen and minimal
# Printing and the session's bus are the system's: what speaks to its services must fit to them, and is there or of no use.
SYSTEM = "libcups|libavahi-|libgnutls|libhogweed|libnettle|libgmp|libidn2|libtasn1|libp11-kit|libunistring|libkrb5|"
SYSTEM += "libkrb5support|libgssapi_krb5|libk5crypto|libcom_err|libkeyutils|libdbus-1|libsystemd|libgcrypt|libgpg-error|libcap|liblz4|"
# So are the basis of C++ and of every desktop: packages ask for them by name (libraries.py), the system mends their weaknesses,
# and its drivers of graphics want its own C++.
SYSTEM += (
    "libstdc|libgcc_s|libX11|libXau|libXdmcp|libbsd|libmd|libxcb(?=[.])|libglib-2|libgthread-2|libpcre2-8|libfreetype|"
)
SYSTEM += "libfontconfig|libexpat|libpng16|libbrotlicommon|libbrotlidec|libzstd"
CONSOLE, PROGRAM = (False, f"{NAME}.exe") if sys.platform == "win32" else (True, NAME)
# Without a console there are no streams, and whatever writes to them would fail; so would what Windows' code page lacks.
STREAMS = """import os, sys
for s in 'stdin', 'stdout', 'stderr':
    setattr(sys, s, getattr(sys, s) or open(os.devnull, 'r+', encoding='utf-8', errors='replace'))
"""
UTF8 = [("X utf8", None, "OPTION")] if sys.platform == "win32" else []  # elsewhere it is so, or the system's wish
# Never shipped: these are Windows' own, and what stands in for them on a system that only tries the program is none.
WINDOWS_OWN = {"icuuc.dll", "bcryptprimitives.dll", "mscms.dll"}
# What Windows shows of the file, and lists of allowed programs ask for.
VERSION = f"""VSVersionInfo(FixedFileInfo(filevers={numbers()!r}, prodvers={numbers()!r}), [StringFileInfo([StringTable("040904B0", [
    StringStruct("ProductName", "AVRR Desktop"), StringStruct("ProductVersion", "{__version__}"),
    StringStruct("FileDescription", "AVRR Desktop"), StringStruct("FileVersion", "{__version__}"),
    StringStruct("CompanyName", "AVRR Desktop authors"), StringStruct("LegalCopyright", "Apache-2.0"),
])]), VarFileInfo([VarStruct("Translation", [1033, 1200])])])
"""
# What PyInstaller runs at every start, and loads much for. Its word on Qt's plug-ins loads all of Qt's core, also for a command that
# shows no window; ours, QT_PLACE, takes its place on Linux. Nothing that ships starts a process by multiprocessing, or lists modules.
QT_HOOK = "pyi_rth_pyside6"
UNUSED_HOOKS = {"pyi_rth_multiprocessing", "pyi_rth_pkgutil"}
# And a system without a list of fonts would say so in the terminal at each start: the program's own fonts are enough.
QT_PLACE = """import os, sys
os.environ['QT_PLUGIN_PATH'] = os.path.join(sys._MEIPASS, 'PySide6', 'Qt', 'plugins')
if not os.path.exists('/etc/fonts/fonts.conf'):
    os.environ.setdefault('FONTCONFIG_FILE', os.path.join(sys._MEIPASS, 'resources', 'fonts', 'fonts.conf'))
"""
DRAWN = rb'qsvg\.\S+" loaded'  # what Qt says, told to debug its plug-ins, when it draws the first icon of the window


def refuse(target: Path, system: str = sys.platform, root: Path = ROOT, texts: Sequence[Path] = TEXTS) -> None:
    """Refuse what would fail late, or destroy something."""
    if system not in SCREENS:
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


def data(root: Path = ROOT) -> list[tuple[str, str]]:
    """Return what ships beside code: where it is, and its folder in the application."""
    found = [(str(root / "resources" / part), f"resources/{part}") for part in RESOURCES]
    if (root / GUIDE).is_dir():
        found.append((str(root / GUIDE), GUIDE))
    shares = importlib.metadata.distribution("shamir-mnemonic").locate_file("shamir_mnemonic/wordlist.txt")
    return [*found, (str(shares), "shamir_mnemonic")]  # read at its import; PyInstaller finds code only


def regions() -> list[str]:
    """Return the modules that phonenumbers loads by name, one for each country."""
    files = importlib.metadata.files("phonenumberslite") or ()
    return sorted(f"phonenumbers.data.{file.stem}" for file in files if file.match("phonenumbers/data/region_*.py"))


def spec(work: Path) -> str:
    """Return PyInstaller's instructions; they call ``trim`` here."""
    sources = sorted((ROOT / "avrr_desktop").rglob("*.py"))
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in sources]
    qt = {file.stem for file in importlib.metadata.files("PySide6_Essentials") or () if file.suffix == ".pyi"}
    excluded = EXCLUDED + [f"PySide6.{name}" for name in sorted(qt - QT_USED)]
    hooks = [name for name, used in (("streams.py", not CONSOLE), ("plugins.py", sys.platform == "linux")) if used]
    icon = None if CONSOLE else str(ROOT / "resources" / "icons" / f"{NAME}-256.png")
    version = "version.txt" if sys.platform == "win32" else None
    console = (
        ""
        if CONSOLE
        else (
            f"console = EXE(pure, found.scripts, {UTF8!r}, exclude_binaries=True, name={CONSOLE_NAME!r},\n"
            f"    console=True, icon={icon!r}, version={version!r})\n"
        )
    )
    strip = sys.platform == "linux" and shutil.which("strip") is not None  # names for debuggers weigh 40 MB
    return f"""import sys
sys.path[:0] = [{str(ROOT)!r}]
from tools.packing import freezing
found = Analysis([{str(ROOT / "avrr_desktop" / "__main__.py")!r}], pathex=[{str(ROOT)!r}], datas={data()!r},
    hiddenimports={HIDDEN + regions() + modules!r}, excludes={excluded!r}, runtime_hooks={hooks!r})
freezing.trim(found, {str(work / "contents.json")!r})
pure = PYZ(found.pure)
program = EXE(pure, found.scripts, {UTF8!r}, exclude_binaries=True, name={NAME!r},
    console={CONSOLE!r}, icon={icon!r}, version={version!r}, strip={strip!r})
{console}collected = COLLECT(program, {"console, " if console else ""}found.binaries, found.datas, name={NAME!r}, strip={strip!r})
{macos.bundle() if sys.platform == "darwin" else ""}"""


def wanted(place: str, system: str = sys.platform) -> bool:
    """Return whether a file ships: of Qt's plugins some, of its translations none (the program has its own), no sources."""
    parts = PurePath(place.replace("\\", "/")).parts
    if parts[:2] == ("resources", "locale") and TEST_LANGUAGE in parts:
        return False
    if parts[0] == "tzdata" and parts[-1] in ZONES_UNREAD:
        return False
    if system == "linux" and len(parts) == 1 and re.match(rf"({SYSTEM})\b", parts[0]):
        return False
    if system == "win32" and parts[-1].lower() in WINDOWS_OWN:
        return False
    if parts[0] != "PySide6" or "plugins" not in parts:
        return "translations" not in parts and not place.endswith((".po", ".pot"))
    plugin = f"{parts[parts.index('plugins') + 1]}/{parts[-1].removeprefix('lib').split('.')[0]}"
    return re.match(f"{PLUGINS}platforms/({SCREENS[system]}|qoffscreen|qminimal)$", plugin) is not None


def trim(found: Any, record: str) -> None:
    """Leave out of PyInstaller's findings what is not wanted, and write down what ships: PyInstaller calls this."""
    from PyInstaller.depend.bindepend import get_imports

    missing, names = set[str](), set[str]()
    found.datas = [entry for entry in found.datas if wanted(entry[0])]
    found.binaries = [entry for entry in found.binaries if wanted(entry[0])]
    unused = UNUSED_HOOKS | ({QT_HOOK} if sys.platform == "linux" else set())
    found.scripts = [entry for entry in found.scripts if entry[0] not in unused]
    if sys.platform == "linux":
        # Leave out libraries that only left-out plugins need.
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


def freeze(work: Path) -> Path:
    """Let PyInstaller make the folder, and return it. Raises BuildError."""
    (work / "streams.py").write_text(STREAMS, "utf-8")
    (work / "plugins.py").write_text(QT_PLACE, "utf-8")
    (work / "version.txt").write_text(VERSION, "utf-8")
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
            drawn = not CONSOLE or re.search(DRAWN, output.read_bytes())
            how = "stood" if drawn else "did not get ready"
        if any('"bug"' in log.read_text("utf-8") for log in place.rglob("log.jsonl")):
            how = "met a bug"
        if how != ("ended with exit code 0" if words else "stood"):
            print(output.read_text("utf-8", "replace")[-2000:], file=sys.stderr)
            raise BuildError(f"The built program was not put in place: `{' '.join(words) or 'the window'}` {how}.")
