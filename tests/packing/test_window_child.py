"""Whether the window can start on a computer: tried with real plug-ins of Qt, with whole and with damaged ones."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import PySide6
import pytest

from avrr_desktop import libraries, window_child
from avrr_desktop.window_child import PRINTING, WAYLAND, LackingError, X, load_plugins

ROOT = Path(__file__).resolve().parents[2]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the screen is not loaded from plug-ins")


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """A folder of Qt's own plug-ins, each of which can be exchanged."""
    real = Path(str(PySide6.__file__)).parent / "Qt"
    folder = tmp_path / "Qt" / "plugins"
    for name in (X, WAYLAND, PRINTING):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((real / "plugins" / name).read_bytes())
    (tmp_path / "Qt" / "lib").symlink_to(real / "lib")
    return folder


def run(*words: str, home: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    leave = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in leave}
    env |= {"XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    command = [sys.executable, "-P", "-m", "avrr_desktop", *words]
    return subprocess.run(command, cwd=home, env=env, capture_output=True, encoding="utf-8", check=False)


def spoil(plugin: Path, library: str) -> str:
    """Let a plug-in want a library that no computer has; return its name."""
    other = library[:-1] + "9"
    content = plugin.read_bytes()
    assert library.encode() in content
    plugin.write_bytes(content.replace(library.encode(), other.encode()))
    return other


def named(library: str, wanted: Mapping[str, str]) -> str:
    """Return which library is named where one is missing: one of the system's, if this computer lacks it, comes first."""
    return (libraries.missing({**libraries.QT, **wanted}) or [library])[0]


def test_a_window_is_drawn_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = run("window-child", home=tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("drawn, with icon and font")
    assert list(tmp_path.rglob("*.avrr")) == []


@linux_only
def test_the_plugin_of_a_screen_loads(plugins: Path) -> None:
    if lacks := libraries.missing({**libraries.QT, **libraries.SCREEN}):
        with pytest.raises(LackingError, match=lacks[0]):
            load_plugins({"DISPLAY": ":0"}, packaged=True, folder=plugins)
    else:
        assert "qxcb" not in load_plugins({"DISPLAY": ":0"}, packaged=True, folder=plugins)


@linux_only
def test_a_plugin_of_a_screen_names_what_it_lacks(plugins: Path) -> None:
    other = named(spoil(plugins / X, "libxcb-cursor.so.0"), libraries.SCREEN)
    for environment, packaged in (({}, True), ({"DISPLAY": ":0"}, False)):
        with pytest.raises(LackingError, match=other):
            load_plugins(environment, packaged, plugins)
    for environment, packaged in (({}, False), ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False)):
        assert f"not libqxcb.so: missing {other}" in load_plugins(environment, packaged, plugins)


@linux_only
def test_wayland_is_needed_where_nothing_else_is_there(plugins: Path) -> None:
    other = named(spoil(plugins / WAYLAND, "libQt6WaylandClient.so.6"), libraries.WAYLAND)
    assert other in load_plugins({"QT_QPA_PLATFORM": "minimal"}, packaged=False, folder=plugins)
    with pytest.raises(LackingError, match=other):
        load_plugins({"WAYLAND_DISPLAY": "wayland-0"}, packaged=True, folder=plugins)


@linux_only
@pytest.mark.parametrize("name", [X, WAYLAND, PRINTING])
def test_a_plugin_that_was_taken_away_is_named(plugins: Path, name: str) -> None:
    (plugins / name).unlink()
    with pytest.raises(LackingError, match=f"{Path(name).name} is missing"):
        load_plugins({}, packaged=False, folder=plugins)


@linux_only
def test_known_libraries_are_named_all_at_once_with_their_packages() -> None:
    named = libraries.told(["libGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"])
    assert named.endswith("(run `sudo apt install libgl1 libglib2.0-0`)")
    assert libraries.missing(["libc.so.6", "libnowhere.so.1"]) == ["libnowhere.so.1"]
    assert libraries.why_not({"libc.so.6": "libc6"}, OSError("libother.so.3: cannot open")) == "missing libother.so.3"
    wrapped = OSError("a package says it in its own way")
    wrapped.__cause__ = OSError("libother.so.3: cannot open")
    assert libraries.why_not({}, wrapped) == "missing libother.so.3"


@linux_only
def test_a_part_of_qt_that_does_not_load_is_one_line_and_is_logged(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").touch()
    (tmp_path / "PySide6" / "QtCore.abi3.so").write_bytes(b"cut off")
    broken = f"{tmp_path}{os.pathsep}{ROOT}"
    done = run(home=tmp_path, PYTHONPATH=broken, DISPLAY=":77")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("The window cannot be opened on this computer: ") and done.stderr.count("\n") == 1
    log = (tmp_path / "avrr-desktop" / "log" / "log.jsonl").read_text("utf-8")
    assert "ImportError" in log and str(tmp_path) not in log
    tried = run("window-child", home=tmp_path, PYTHONPATH=broken)
    assert tried.returncode == window_child.FAILED and tried.stdout.count("\n") == 1
    smoke = run("smoke-test", home=tmp_path, PYTHONPATH=broken)
    assert smoke.returncode == 4 and "everything works" not in smoke.stdout
    assert smoke.stderr.startswith("The window cannot be opened on this computer: ")


@linux_only
def test_a_screen_that_does_not_answer_is_one_line_and_is_logged(tmp_path: Path) -> None:
    done = run(home=tmp_path, DISPLAY=":77")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("The window cannot be opened on this computer: ") and done.stderr.count("\n") == 1
    assert '"window.failed"' in (tmp_path / "avrr-desktop" / "log" / "log.jsonl").read_text("ascii")
