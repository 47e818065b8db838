"""start.py, the first thing a newcomer runs: its sentences, and that it sets up only what is not done yet.

Nothing here uses the network: each test starts a copy of start.py beside a stub program, with a prepared
folder in place of the virtual environment.
"""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name == "nt", reason="the prepared environments are those of POSIX")

PROGRAM = """
import os, sys
print(sys.argv[1:], os.getcwd(), os.environ["PYTHONPATH"], sys.flags.utf8_mode, sep="\\n")
sys.exit(7)
"""
# An environment's Python that notes what it is asked, and fails where the test says so.
FAKE_PYTHON = """#!/bin/sh
echo "$* [$QT_QPA_PLATFORM]" >> "$FAKE_LOG"
case "$*" in
    *"pip install"*) [ -z "$FAKE_PIP" ] || { echo "$FAKE_PIP"; exit 1; } ;;
    *QtWidgets*) [ -z "$FAKE_QT" ] || { echo "$FAKE_QT"; exit 1; } ;;
esac
"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start = load(PROJECT / "start.py")


class Clone:
    """A copy of start.py with a stub program, in a folder whose name has spaces and a Serbian letter."""

    def __init__(self, tmp_path: Path) -> None:
        self.root = tmp_path.resolve() / "a b ђ"
        self.venv = self.root / ".venv"
        self.log = tmp_path / "log"
        self.elsewhere = tmp_path / "elsewhere"
        self.elsewhere.mkdir()
        (self.root / "avrr_desktop").mkdir(parents=True)
        (self.root / "avrr_desktop" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
        (self.root / "requirements.lock").write_text("no-such-package==1\n", encoding="utf-8")
        (self.root / "pyproject.toml").write_text("", encoding="utf-8")
        shutil.copy(PROJECT / "start.py", self.root)
        shutil.copy(PROJECT / "avrr_desktop" / "libraries.py", self.root / "avrr_desktop")
        (self.root / "avrr_desktop" / "__init__.py").touch()

    def prepare(self, python: str | None = None, steps: int = 3) -> None:
        """Lay an environment with the first steps done: a link to this Python, or a script in its place."""
        link = self.venv / "bin" / "python"
        link.parent.mkdir(parents=True)
        if python is None:
            link.symlink_to(sys.executable)
        else:
            link.write_text(python, encoding="utf-8")
            link.chmod(0o755)
        start.write_stamp(self.venv, self.stamp()[:steps])

    def stamp(self) -> list[str]:
        lines: list[str] = start.wanted(self.root, self.venv, False)
        return lines

    def start(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        leave = ("AVRR_VENV", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH")
        env = {name: value for name, value in os.environ.items() if name not in leave}
        env.update(LC_ALL="C", FAKE_LOG=str(self.log), **more)
        command = [sys.executable, "-S", str(self.root / "start.py"), *words]
        there = self.elsewhere
        return subprocess.run(command, cwd=there, env=env, capture_output=True, encoding="utf-8", check=False)

    def asked(self) -> list[str]:
        """What the fake Python was asked since the last call, shortly."""
        text = self.log.read_text(encoding="utf-8")
        self.log.unlink()
        return [word for word in ("pip install", "QtWidgets", "avrr_desktop practice") if word in text]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def stub_without(module: str, folder: Path) -> str:
    """A folder for PYTHONPATH in which the module cannot be imported, as on Debian without python3-venv."""
    folder.mkdir()
    (folder / f"{module}.py").write_text("raise ImportError", encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 15), (4, 0)])
def test_other_pythons_get_one_sentence(version: tuple[int, int]) -> None:
    sentence = start.version_problem(*version)
    assert sentence.startswith("AVRR Desktop needs Python 3.11 to 3.14")
    assert f"this is {version[0]}.{version[1]}:" in sentence
    assert "\n" not in sentence


def test_the_versions_are_those_of_the_project() -> None:
    assert start.version_problem(3, 11) == start.version_problem(3, 14) == ""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (major, oldest), (_, newest) = start.OLDEST, start.NEWEST
    assert project["requires-python"] == f">={major}.{oldest},<{major}.{newest + 1}"


def test_an_old_python_can_parse_the_script() -> None:
    source = (PROJECT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    check = next(i for i, node in enumerate(tree.body) if isinstance(node, ast.If))
    before = ast.dump(ast.Module(tree.body[:check], []))
    # such an annotation fails on 3.8, and would hide the sentence
    assert "Subscript(value=Name(id='tuple'" not in before
    assert "Subscript(value=Name(id='list'" not in before


def test_the_stamp_tells_place_packages_and_libraries_apart(clone: Clone) -> None:
    place, packages, libraries = clone.stamp()
    assert clone.stamp() == [place, packages, libraries]
    assert start.wanted(clone.root, clone.venv, True) == [place, packages, "libraries and screen"]
    moved = start.wanted(clone.root, clone.elsewhere, False)
    assert moved[0] != place
    assert moved[1:] == [packages, libraries]
    for name in ("requirements.lock", "pyproject.toml"):
        (clone.root / name).write_text("# changed", encoding="utf-8")
        changed = clone.stamp()
        assert changed[1] != packages
        assert [changed[0], changed[2]] == [place, libraries]
        packages = changed[1]


def test_a_stamp_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    assert start.read_stamp(tmp_path) == []
    (tmp_path / start.STAMP).write_bytes(b"\xff\xfe")
    assert start.read_stamp(tmp_path) == []
    start.write_stamp(tmp_path, ["place x", "packages y"])
    assert start.read_stamp(tmp_path) == ["place x", "packages y"]
    assert [path.name for path in tmp_path.iterdir()] == [start.STAMP]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_debian_package(clone: Clone, tmp_path: Path, module: str) -> None:
    done = clone.start(PYTHONPATH=stub_without(module, tmp_path / "stubs"))
    assert done.returncode == 2
    assert done.stdout == ""
    sentence = done.stderr.splitlines()[-1]
    assert "python3-venv" in sentence
    assert f"sudo apt install python3.{sys.version_info[1]}-venv" in sentence
    assert "Traceback" not in done.stderr
    assert not clone.venv.exists()


@posix_only
def test_a_finished_set_up_only_starts_the_program(clone: Clone) -> None:
    clone.prepare()
    done = clone.start("--version", "ђ x", PYTHONPATH="/more")
    assert done.stderr == ""
    words, folder, path, utf8 = done.stdout.splitlines()
    assert words == "['--version', 'ђ x']"
    assert folder == str(clone.elsewhere.resolve())
    assert path == f"{clone.root}{os.pathsep}/more"
    assert utf8 == "1"
    assert done.returncode == 7
    assert clone.start().stdout.startswith("['practice']\n")


@posix_only
def test_the_environment_may_be_elsewhere(clone: Clone, tmp_path: Path) -> None:
    clone.venv = tmp_path.resolve() / "other place"
    clone.prepare()
    done = clone.start("x", AVRR_VENV=str(clone.venv))
    assert (done.stderr, done.returncode) == ("", 7)


def test_a_folder_with_other_files_is_left_alone(clone: Clone) -> None:
    precious = clone.elsewhere / "precious"
    precious.touch()
    done = clone.start(AVRR_VENV=str(clone.elsewhere))
    assert done.returncode == 2
    assert "holds other files" in done.stderr
    assert precious.exists()


@posix_only
@pytest.mark.parametrize("python", ["#!/nonexistent\n", "junk", "#!/bin/sh\nexit 1\n"])
def test_a_broken_environment_is_made_anew(clone: Clone, tmp_path: Path, python: str) -> None:
    clone.prepare(python)
    done = clone.start(PYTHONPATH=stub_without("ensurepip", tmp_path / "stubs"))  # stops before the making
    assert "making the virtual environment" in done.stderr
    assert done.returncode == 2


@posix_only
def test_a_changed_lock_repeats_only_the_install(clone: Clone) -> None:
    clone.prepare(FAKE_PYTHON)
    (clone.root / "requirements.lock").write_text("other==1\n", encoding="utf-8")
    done = clone.start()
    assert done.returncode == 0
    assert "making the virtual environment" not in done.stderr
    assert clone.asked() == ["pip install", "QtWidgets", "avrr_desktop practice"]
    assert start.read_stamp(clone.venv) == clone.stamp()
    clone.start()
    assert clone.asked() == ["avrr_desktop practice"]


@posix_only
@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("ERROR: No matching distribution found for x", "check the internet connection"),
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: [Errno 13] Permission denied: '/x'", "write-protected"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "differs from requirements.lock"),
    ],
)
def test_pips_failure_is_shown_with_what_to_do(clone: Clone, words: str, advice: str) -> None:
    clone.prepare(FAKE_PYTHON, steps=1)
    done = clone.start(FAKE_PIP=words)
    assert done.returncode == 2
    assert f"  pip: {words}\n" in done.stderr
    assert advice in done.stderr.splitlines()[-1]
    assert clone.asked() == ["pip install"]
    assert start.read_stamp(clone.venv) == clone.stamp()[:1]  # so the next start installs again


# In the place of ctypes: a system that lacks the libraries which the test names.
LACKING = """
import os
def CDLL(name):
    if name in os.environ.get("FAKE_LACKS", "").split():
        raise OSError(name)
"""
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the libraries are checked on Linux")


@posix_only
@linux_only
def test_all_missing_libraries_are_named_at_once_before_anything_is_installed(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "stubs").mkdir()
    (tmp_path / "stubs" / "ctypes.py").write_text(LACKING, encoding="utf-8")
    stubs = str(tmp_path / "stubs")
    for _ in range(2):
        lacks = "libEGL.so.1 libglib-2.0.so.0 libgthread-2.0.so.0 libxcb-cursor.so.0"
        done = clone.start(FAKE_LACKS=lacks, PYTHONPATH=stubs)
        assert done.returncode == 2
        assert "`sudo apt install libegl1 libglib2.0-0 libxcb-cursor0`" in done.stderr
        assert done.stderr.count("\n") == 1
        assert not clone.venv.exists()
    clone.prepare(FAKE_PYTHON, steps=2)
    done = clone.start(FAKE_LACKS="libxcb-cursor.so.0", DISPLAY=":0", PYTHONPATH=stubs)
    assert "`sudo apt install libxcb-cursor0`" in done.stderr
    assert not clone.log.exists()
    done = clone.start(FAKE_LACKS="libxcb-cursor.so.0", PYTHONPATH=stubs)  # without a screen it is not needed
    assert clone.asked() == ["QtWidgets", "avrr_desktop practice"]
    for asked in (["QtWidgets", "avrr_desktop practice"], ["avrr_desktop practice"]):
        assert clone.start(DISPLAY=":0", PYTHONPATH=stubs).returncode == 0
        assert clone.asked() == asked
    clone.start()  # without a screen less is needed, so nothing is checked again
    assert clone.asked() == ["avrr_desktop practice"]


@posix_only
@linux_only
def test_what_qt_itself_says_is_shown_until_it_loads(clone: Clone) -> None:
    clone.prepare(FAKE_PYTHON, steps=2)
    for _ in range(2):
        done = clone.start(FAKE_QT="ImportError: libnew.so.1: cannot open shared object file")
        assert done.returncode == 2
        assert "Qt cannot be loaded on this system (ImportError: libnew.so.1" in done.stderr
        assert clone.asked() == ["QtWidgets"]
    clone.start()
    assert clone.asked() == ["QtWidgets", "avrr_desktop practice"]


@linux_only
def test_the_readme_names_every_library_that_is_looked_for() -> None:
    libraries = load(PROJECT / "avrr_desktop" / "libraries.py")
    readme = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").replace("\\\n", "").split())
    line = re.search(r"sudo apt install ([a-z0-9 .+-]+)", readme)
    assert line is not None
    assert line[1].split() == libraries.packages([*libraries.QT, *libraries.SCREEN]).split()


@posix_only
def test_the_tests_are_run_without_a_screen_on_all_processors_and_those_of_a_path_on_one(clone: Clone) -> None:
    clone.prepare(FAKE_PYTHON)
    spread = " ".join(start.SPREAD)
    clone.start("test", "-x", DISPLAY=":0")
    assert f"-P -m pytest {spread} {clone.root}/tests -x [offscreen]\n" in clone.log.read_text(encoding="utf-8")
    named = str(clone.root / "start.py") + "::x"
    clone.start("test", named, QT_QPA_PLATFORM="minimal")
    assert f"-P -m pytest {named} [minimal]\n" in clone.log.read_text(encoding="utf-8")


@posix_only
def test_the_fast_tests_are_some_of_all(clone: Clone) -> None:
    clone.prepare(FAKE_PYTHON)
    clone.start("test", "fast", "-x")
    places = " ".join(f"{clone.root}/tests/{name}" for name in start.FAST)
    assert f"{places} -x [offscreen]\n" in clone.log.read_text(encoding="utf-8")
    assert all((PROJECT / "tests" / name).exists() for name in start.FAST)


def test_the_tests_write_nothing_where_whoever_runs_them_stands(tmp_path: Path) -> None:
    # The folder may be another's, as `/` is; Hypothesis keeps its examples there unless it is told where.
    told = {name: value for name, value in os.environ.items() if not name.startswith("HYPOTHESIS")}
    named = PROJECT / "tests" / "domain" / "test_typed_dates.py"
    test = "test_what_the_program_writes_comes_back_as_the_same_date"
    command = [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider", f"{named}::{test}"]
    subprocess.run(command, cwd=tmp_path, env={**told, "PYTHONPATH": str(PROJECT)}, check=True, capture_output=True)
    assert not list(tmp_path.iterdir())
