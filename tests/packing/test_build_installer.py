"""build_installer.py: what it refuses, what it keeps of Qt, and the names in its instructions; it builds nothing."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import PyInstaller
import pytest
from PIL import Image

import build_installer
from avrr_desktop import __version__, picture_child
from avrr_desktop.locations import NAME
from tools.packing import BuildError, building, freezing, licences, linux, macos, windows
from tools.packing.freezing import data, refuse, spec, wanted

ROOT = Path(build_installer.__file__).parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of which only the names are there, with the licence texts of Qt."""
    for name in ("avrr_desktop", "texts", *(f"resources/{part}" for part in freezing.RESOURCES)):
        (tmp_path / "project" / name).mkdir(parents=True)
    for name in ("LICENSE", "avrr_desktop/__main__.py", "texts/LGPL-3", "texts/GPL-3.0.txt"):
        (tmp_path / "project" / name).touch()
    return tmp_path / "project"


def imported() -> set[str]:
    """Return the modules that the program imports anywhere."""
    nodes = [
        node for path in (ROOT / "avrr_desktop").rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def sentence(target: Path, project: Path, system: str = "linux") -> str:
    """Return what is refused, or nothing."""
    try:
        refuse(target, system, project, [project / "texts"])
    except BuildError as stop:
        assert str(stop).endswith(".")
        assert "\n" not in str(stop)
        return str(stop)
    return ""


def test_a_new_or_empty_place_is_taken(project: Path, tmp_path: Path) -> None:
    assert sentence(tmp_path / "new" / NAME, project) == ""
    (tmp_path / "out" / NAME).mkdir(parents=True)
    assert sentence(tmp_path / "out" / NAME, project) == ""


def test_an_earlier_build_is_replaced_and_other_files_are_not(project: Path, tmp_path: Path) -> None:
    target = tmp_path / NAME
    (target / "licences").mkdir(parents=True)
    assert "holds other files" in sentence(target, project)
    (target / "licences" / "NOTICE.txt").touch()
    assert sentence(target, project) == ""


def test_a_file_is_not_a_place(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "--out" in sentence(tmp_path / "file", project)
    assert "--out" in sentence(tmp_path / "file" / NAME, project)


def test_another_platform_is_named(project: Path, tmp_path: Path) -> None:
    assert "this is sunos5" in sentence(tmp_path / NAME, project, "sunos5")
    assert [sentence(tmp_path / NAME, project, name) for name in ("linux", "darwin", "win32")] == ["", "", ""]


@pytest.mark.parametrize("name", ["LICENSE", "avrr_desktop/__main__.py", "resources/packs", "resources/locale"])
def test_a_part_of_the_project_is_missing(project: Path, tmp_path: Path, name: str) -> None:
    (project / name).rename(tmp_path / "away")
    assert sentence(tmp_path / NAME, project).startswith(f"{name} is missing")


@pytest.mark.parametrize(("file", "named"), [("LGPL-3", "LGPL-3"), ("GPL-3.0.txt", "GPL-3")])
def test_qt_does_not_go_out_without_its_licences(project: Path, tmp_path: Path, file: str, named: str) -> None:
    (project / "texts" / file).unlink()
    assert f"The text of the {named} is not here" in sentence(tmp_path / NAME, project)


def test_without_pyinstaller(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install" in sentence(tmp_path / NAME, project)


def test_a_refusal_ends_with_code_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "precious").touch()
    assert build_installer.main(["--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert [path.name for path in tmp_path.rglob("*")] == [NAME, "precious"]


@pytest.mark.parametrize(
    ("place", "ships"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqminimal.so", True),
        ("PySide6/Qt/plugins/platforms/libqminimalegl.so", False),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", True),
        ("PySide6/Qt/plugins/imageformats/libqtiff.so", False),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/plugins/wayland-shell-integration/libivi-shell.so", False),
        ("PySide6/Qt/plugins/wayland-decoration-client/libadwaita.so", True),
        ("tzdata/zoneinfo/tzdata.zi", False),
        ("tzdata/zoneinfo/Europe/Belgrade", True),
        ("libstdc++.so.6", False),
        ("libX11.so.6", False),
        ("libxcb.so.1", False),
        ("libxcb-cursor.so.0", True),
        ("libcrypto.so.3", True),
        ("libpython3.11.so.1.0", True),
        ("pillow.libs/libfreetype-57f805ba.so.6.20.6", True),
        ("resources/locale/sq/LC_MESSAGES/avrr_desktop.mo", True),
        ("resources/locale/sq/LC_MESSAGES/avrr_desktop.po", False),
        ("resources/locale/qps/LC_MESSAGES/avrr_desktop.mo", False),
    ],
)
def test_what_ships_on_linux(place: str, ships: bool) -> None:
    assert wanted(place, "linux") is ships


def test_what_ships_elsewhere() -> None:
    assert wanted("PySide6\\plugins\\platforms\\qwindows.dll", "win32")
    assert wanted("PySide6/plugins/styles/qmodernwindowsstyle.dll", "win32")
    assert not wanted("PySide6\\plugins\\platforms\\qdirect2d.dll", "win32")
    assert wanted("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "darwin")


def test_the_instructions_name_every_module_and_every_resource(tmp_path: Path) -> None:
    text = spec(tmp_path)
    ast.parse(text)
    for name in ("avrr_desktop.app", "avrr_desktop.store.engine.migrations.m0001_first", "sqlcipher3", "_cffi_backend"):
        assert f"'{name}'" in text
    assert "'avrr_desktop.store'" in text
    assert ".__init__'" not in text
    for part in freezing.RESOURCES:
        assert f"'resources/{part}'" in text
    assert "shamir_mnemonic/wordlist.txt'" in text
    assert "tools/make" not in text
    assert "PySide6.QtNetwork" in text
    assert "PySide6.QtWidgets" not in text


def test_a_system_without_a_list_of_fonts_is_not_told_so_at_each_start(tmp_path: Path) -> None:
    fonts = ROOT / "resources" / "fonts" / "fonts.conf"
    asking = "from PySide6.QtWidgets import QApplication\nfrom PySide6.QtGui import QFontDatabase\napp = QApplication([])\nQFontDatabase.families()"
    said = []
    for file in (tmp_path / "none.conf", fonts):
        env = {
            **os.environ,
            "FONTCONFIG_FILE": str(file),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CACHE_HOME": str(tmp_path),
        }
        done = subprocess.run(
            [sys.executable, "-c", asking], env=env, capture_output=True, encoding="utf-8", check=True
        )
        said.append("Fontconfig error" in done.stderr)
    assert said == [sys.platform == "linux", False]
    code = freezing.QT_PLACE.replace("/etc/fonts/fonts.conf", str(tmp_path / "none"))
    known = f"import sys; sys._MEIPASS = {str(ROOT)!r}\n{code}\nprint(os.environ['FONTCONFIG_FILE'])"
    env = {key: value for key, value in os.environ.items() if key != "FONTCONFIG_FILE"}
    told = subprocess.run([sys.executable, "-c", known], env=env, capture_output=True, encoding="utf-8", check=True)
    assert Path(told.stdout.strip()) == fonts


def test_the_guide_ships_where_there_is_one(tmp_path: Path) -> None:
    assert "docs/guide" not in [place for _, place in data(tmp_path)]
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    assert (str(tmp_path / "docs" / "guide"), "docs/guide") in data(tmp_path)
    assert wanted("docs/guide/start.md") and wanted("docs/guide/pictures/window.png")
    assert ("'docs/guide'" in spec(tmp_path)) is (ROOT / "docs" / "guide").is_dir()


def test_every_platform_that_is_not_refused_has_a_function_that_packs_for_it() -> None:
    assert building.PLATFORMS.keys() == freezing.SCREENS.keys()
    for platform in (linux, macos, windows):
        assert platform.KINDS[0] == "folder"
        assert platform.NOTE.endswith(".")
        assert callable(platform.pack)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it was never tried")
def test_a_command_without_window_does_not_load_qt_in_the_package_either(tmp_path: Path) -> None:
    hooked = {freezing.QT_HOOK, *freezing.UNUSED_HOOKS}
    hooks = [(name, f"{name}.py", "PYSOURCE") for name in (*hooked, "plugins", "__main__")]
    found = SimpleNamespace(pure=[], scripts=hooks, binaries=[], datas=[])
    freezing.trim(found, str(tmp_path / "contents.json"))
    assert [name for name, *_ in found.scripts] == ["plugins", "__main__"]
    assert "'plugins.py'" in spec(tmp_path)
    assert hooked <= {path.stem for path in Path(PyInstaller.__file__).parent.rglob("rthooks/*.py")}


def test_nothing_of_ours_needs_what_no_start_loads() -> None:
    assert not {name.split(".")[0] for name in imported()} & {"multiprocessing", "pkgutil"}


def test_every_part_of_qt_that_the_program_imports_ships() -> None:
    assert {name.split(".")[1] for name in imported() if name.startswith("PySide6.")} == freezing.QT_USED


def test_every_kind_of_picture_that_is_drawn_for_a_preview_ships() -> None:
    Image.init()
    for kind in picture_child.FORMATS:
        assert Image.OPEN[kind][0].__module__ not in freezing.EXCLUDED


def test_the_names() -> None:
    assert (f"{NAME}.exe" if sys.platform == "win32" else NAME) == freezing.PROGRAM
    notice = licences.NOTICE.format(version=__version__, python="3", pikepdf="1", packages="p 1: MIT", libraries="none")
    assert notice.startswith(f"AVRR Desktop {__version__}: Apache License 2.0")
    assert "formats.json: Unicode CLDR, Copyright Unicode, Inc., Unicode License V3" in notice
    ast.parse(freezing.STREAMS)
    ast.parse(freezing.QT_PLACE)
    ast.parse(freezing.VERSION)
    assert {path.name for path in (ROOT / "resources").iterdir()} >= set(freezing.RESOURCES)


def test_it_begins_on_a_system_that_has_nothing_of_unix() -> None:
    """Windows packs with the same commands: what only Unix has is asked for where it is used."""
    missing = ("fcntl", "grp", "pwd", "pty", "resource", "syslog", "termios", "tty")
    code = f"import sys; sys.modules.update(dict.fromkeys({missing!r})); import build_installer; build_installer.main(['--help'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "--update-key" in done.stdout, done.stderr
