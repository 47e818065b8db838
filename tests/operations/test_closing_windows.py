"""Closing windows from outside: the window ends in order, a command is left alone, and what looks at nothing leaves nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.computer.closing_windows import Window, close_windows, windows, windows_in
from avrr_desktop.operations.computer.instances import others_running, own_windows
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.workspace import Workspace
from tests.cli.conftest import cli as cli
from tests.support.folders import ROOT, OtherProgram, opened
from tests.support.running import CommandLine
from tools.rigs.ending_child import TYPED

IN_USE = 5
IGNORING = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
MARKED = "import sys\nfrom avrr_desktop.operations.computer.instances import WINDOW, running\nwith running({kind}):\n    print('runs', flush=True)\n    sys.stdin.read()"


@contextmanager
def program(kind: str, before: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """A second process of this user that carries a mark, until it is ended."""
    code = before + MARKED.format(kind=kind)
    made = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert made.stdout is not None
        assert made.stdout.readline() == b"runs\n"
        yield made
    finally:
        made.kill()
        made.communicate()


def test_a_window_that_is_asked_keeps_what_was_typed_and_ends(
    workspace: Workspace, family: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with OtherProgram("tools.rigs.ending_child", str(folder), family.case.uid, "plain") as other:
        assert other.hear() == "ready"
        one = Window(other.process.pid)
        assert close_windows(False, 60) == ([one], [])
        assert other.process.wait(timeout=60) == 0
    again = opened(folder)
    try:
        assert [draft for draft in all_drafts(again) if TYPED in str(draft.values)]
    finally:
        again.lock()
    assert close_windows(False, 60) == ([], [])


def test_a_window_that_does_not_end_is_told() -> None:
    with program("WINDOW", IGNORING) as other:
        assert close_windows(False, 0) == ([Window(other.pid)], [Window(other.pid)])


def test_a_command_that_runs_is_not_asked() -> None:
    with program("") as command:
        assert (own_windows(), others_running()) == ([], 1)
        assert close_windows(False, 0) == ([], [])
        assert command.poll() is None
        with program("WINDOW") as window:
            assert (own_windows(), others_running()) == ([window.pid], 2)


def test_the_command_says_which_windows_stay(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.call("close").out == "No window is open.\n"
    monkeypatch.setenv("XDG_DATA_HOME", str(cli.home / "profile"))
    monkeypatch.setenv("LOCALAPPDATA", str(cli.home / "profile"))
    with program("WINDOW", IGNORING) as other:
        told = cli.call("close", "--wait", "0")
        assert (told.code, told.out, told.err) == (IN_USE, f"Still open: process {other.pid}\n", "")
    assert cli.call("close", "--wait", "x").code == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which files a process holds")
def test_the_windows_of_all_users_are_found_by_the_marks_that_they_hold() -> None:
    import pwd

    with program("WINDOW") as window, program("") as command:
        found = {one.process: one.user for one in windows_in(Path("/proc"))}
        assert found[window.pid] == pwd.getpwuid(os.getuid()).pw_name
        assert command.pid not in found


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_only_a_mark_of_the_process_own_number_counts(tmp_path: Path) -> None:
    marks = {"12": "/data/arta/running/12.window", "13": "/data/arta/running/12.window", "14": "/data/arta/running/14",
             "15": "/data/arta/15.window", "16": "/data/arta/running/16.window.old", "2": "/data/running/2.window"}  # fmt: skip
    for number, target in marks.items():
        (tmp_path / number / "fd").mkdir(parents=True)
        (tmp_path / number / "fd" / "3").symlink_to(target)
    (tmp_path / "17").mkdir()  # it ended meanwhile
    assert [one.process for one in windows_in(tmp_path)] == [2, 12]


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_who_may_not_close_the_windows_of_others_is_told(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(RefusedError, match="windows of other users"):
        windows(True)


@pytest.mark.parametrize("words", ["--version", "--help", "policy check", "policy example", "smoke-test"])
def test_what_only_looks_leaves_nothing_behind(cli: CommandLine, words: str) -> None:
    cli.process(*words.split())
    assert list(cli.home.iterdir()) == []
    cli.process("close")
    assert [path.name for path in (cli.home / "profile").iterdir()] == ["avrr-desktop"]
