"""No file that ships has libraries looked for outside of its folder: tried on real libraries of Qt, edited as a builder's are."""

import struct
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from tools.packing import BuildError, search_paths
from tools.packing.search_paths import foreign, mend, refuse

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the libraries of Linux are read")
QT = Path(str(PySide6.__file__)).parent / "Qt"
PLUGIN, OWN = "plugins/platforms/libqminimal.so", b"$ORIGIN/../../lib"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a program with one real plug-in of Qt, which finds Qt's libraries by its search path."""
    place = tmp_path / "program"
    (place / "plugins" / "platforms").mkdir(parents=True)
    (place / PLUGIN).write_bytes((QT / PLUGIN).read_bytes())
    (place / "lib").symlink_to(QT / "lib")
    return place


def write(folder: Path, path: bytes) -> Path:
    """Let the plug-in search elsewhere, as chrpath would write it."""
    plugin = folder / PLUGIN
    content = plugin.read_bytes()
    assert content.count(OWN) == 1 and len(path) <= len(OWN)
    plugin.write_bytes(content.replace(OWN, path.ljust(len(OWN), b"\0")))
    return plugin


def loads(plugin: Path) -> bool:
    """Say whether the loader takes the file with all that it needs."""
    command = [sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", str(plugin)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


@linux_only
def test_what_qt_ships_stays_as_it_is(folder: Path) -> None:
    before = (folder / PLUGIN).read_bytes()
    assert (foreign(folder), mend(folder)) == ([], [])
    refuse(folder)
    assert (folder / PLUGIN).read_bytes() == before


@linux_only
@pytest.mark.parametrize(
    "path", [b"/home/zamira/l", b"/usr/lib", b"$ORIGIN/../../..", b"lib", b"", b"$ORIGINAL/lib", b"/x:$ORIGIN:/y"]
)
def test_a_path_that_leads_out_is_refused_and_mended(folder: Path, path: bytes) -> None:
    plugin = write(folder, path)
    outside = [one for one in path.decode().split(":") if one != "$ORIGIN"]
    assert foreign(folder) == [f"{PLUGIN}: {one}" for one in outside]
    with pytest.raises(BuildError, match=f"{PLUGIN}"):
        refuse(folder)
    assert mend(folder) == sorted(outside)
    assert foreign(folder) == [] and mend(folder) == []
    assert b"home" not in path or path not in plugin.read_bytes()
    refuse(folder)


@linux_only
def test_a_mended_library_still_loads_with_what_remains(folder: Path, tmp_path: Path) -> None:
    plugin = write(folder, b"/x:$ORIGIN")
    for library in (QT / "lib").glob("*.so*"):
        (plugin.parent / library.name).symlink_to(library)
    mend(folder)
    assert loads(plugin)
    assert b"\0$ORIGIN\0" in plugin.read_bytes() and b"/x:" not in plugin.read_bytes()
    (tmp_path / "other").mkdir()
    moved = tmp_path / "other" / plugin.name
    moved.write_bytes(plugin.read_bytes())
    assert not loads(moved)  # nothing but the folder was searched


@linux_only
def test_a_library_without_its_only_path_is_whole(folder: Path) -> None:
    plugin = write(folder, b"/home/zamira/l")
    mend(folder)
    elf = search_paths.Elf(bytearray(plugin.read_bytes()))
    assert elf.texts(15, 29) == []
    assert "libQt6Core.so.6" in [text for _, _, text in elf.texts(1)]
    command = [sys.executable, "-c", "import PySide6.QtGui, ctypes, sys; ctypes.CDLL(sys.argv[1])", str(plugin)]
    assert subprocess.run(command, check=False).returncode == 0


@linux_only
def test_another_kind_of_processor_and_a_library_asked_for_by_its_path_are_named(folder: Path) -> None:
    plugin = folder / PLUGIN
    plugin.write_bytes(plugin.read_bytes().replace(b"\0libQt6Core.so.6\0", b"\0/t/Qt6Core.so.6\0"))
    (folder / "old").write_bytes(b"\x7fELF\x01\x01\x01")
    assert foreign(folder) == ["old: it is of another kind of processor", f"{PLUGIN}: /t/Qt6Core.so.6"]


def test_search_paths_of_macos_are_read(tmp_path: Path) -> None:
    paths = [b"@loader_path/../Frameworks", b"@executable_path", b"/opt/it/lib", b"@loader_path/../.."]
    commands = b""
    for path in paths:
        text = path + b"\0" * (8 - len(path) % 8)
        commands += struct.pack("<III", 0x8000001C, 12 + len(text), 12) + text
    thin = (
        b"\xcf\xfa\xed\xfe" + struct.pack("<6I", 0x0100000C, 0, 2, len(paths), len(commands), 0) + bytes(4) + commands
    )
    inner = tmp_path / "program" / "MacOS"
    inner.mkdir(parents=True)
    (inner / "thin").write_bytes(thin)
    head = struct.pack(">IIIIIII", 0xCAFEBABE, 1, 0x0100000C, 0, 64, len(thin), 6)
    (inner / "fat").write_bytes(head.ljust(64, b"\0") + thin)
    outside = ["/opt/it/lib", "@loader_path/../.."]
    assert foreign(tmp_path / "program") == [f"MacOS/{name}: {one}" for name in ("fat", "thin") for one in outside]
