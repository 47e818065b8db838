"""What a release is built with and asks for: told, and refused where it is too old or too new."""

import os
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

import build_installer
from tools.packing import BuildError, building, floors, metadata

ROOT = Path(build_installer.__file__).parent
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux is asked for")


@pytest.mark.parametrize(
    ("version", "good"), [((3, 11, 7), False), ((3, 11, 14), True), ((3, 13, 20), True), ((3, 15, 0), False)]
)
def test_a_python_without_the_fixes_of_the_day_in_the_source_is_refused(version: tuple[int, ...], good: bool) -> None:
    if good:
        floors.refuse_old_python(version)
    else:
        with pytest.raises(BuildError, match=r"^Python 3\.\d+\.\d+ would ship without the fixes .+--old-python.+\.$"):
            floors.refuse_old_python(version)
    assert sys.version.split()[0] in floors.python_told()


@linux_only
def test_the_c_library_that_is_asked_for_is_read_from_the_files(tmp_path: Path) -> None:
    qt = Path(str(PySide6.__file__)).parent / "Qt" / "lib" / "libQt6Core.so.6"
    (tmp_path / "libQt6Core.so.6").write_bytes(qt.read_bytes())
    (tmp_path / "notes.txt").write_bytes(b"\0GLIBC_9.9\0")
    wanted, files = floors.glibc_wanted(tmp_path)
    assert (2, 28) <= wanted <= floors.FLOOR and files == ["libQt6Core.so.6"]
    assert f"It asks for glibc {wanted[0]}.{wanted[1]}" in floors.refuse_new_glibc(tmp_path)
    (tmp_path / "new.so").write_bytes(b"\x7fELF\0GLIBC_2.34\0GLIBC_2.99\0")
    with pytest.raises(BuildError, match=r"glibc 2\.99, for new\.so, and PACKAGING promises 2\.36"):
        floors.refuse_new_glibc(tmp_path)


def test_the_floor_is_told_once_and_asked_for_by_every_package() -> None:
    assert metadata.glibc() == f"{floors.FLOOR[0]}.{floors.FLOOR[1]}"
    packaging = (ROOT / "docs" / "PACKAGING.md").read_text("utf-8")
    assert f"glibc {metadata.glibc()}" in packaging and "RHEL 10" in packaging


@linux_only
def test_no_link_ships_as_sticks_know_none(tmp_path: Path) -> None:
    (tmp_path / "in" / "libx.so.1").parent.mkdir()
    (tmp_path / "in" / "libx.so.1").write_bytes(b"x")
    (tmp_path / "libx.so.1").symlink_to("in/libx.so.1")
    building.take_links(tmp_path)
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["in", "libx.so.1"]
    assert (tmp_path / "in" / "libx.so.1").read_bytes() == b"x"


def bare(tmp_path: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the file with a Python that has nothing but itself."""
    env = {"PATH": os.defpath, "AVRR_VENV": str(tmp_path / "none"), **more}
    command = [sys.executable, "-I", "-S", str(ROOT / "build_installer.py"), *words]
    return subprocess.run(
        command, env=env, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )


@pytest.mark.parametrize("words", [(), ("--help",), ("keygen", "x")])
def test_without_its_environment_one_line_says_how_it_is_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = bare(tmp_path, *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "run `python3 start.py --version` once, then the same line again." in done.stderr


def test_where_its_environment_is_there_that_runs_it(tmp_path: Path) -> None:
    done = bare(tmp_path, "--help", AVRR_VENV=sys.prefix)
    if Path(sys.base_prefix) != Path(sys.prefix):  # -S hides the environment, and its Python is started anew
        assert (done.returncode, done.stderr) == (0, "") and "--sign-with" in done.stdout


def test_a_key_is_asked_for_in_one_line_where_nobody_can_answer(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-P",
        "-W",
        "ignore",
        str(ROOT / "build_installer.py"),
        "keygen",
        str(tmp_path / "it.key"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", start_new_session=True
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(
        "There is nobody to ask for a password: name a file with --password-file."
    )
    assert "Traceback" not in done.stderr and list(tmp_path.iterdir()) == []
