"""The start: the window is seen first, and hears, tidies up and knows everything soon afterwards."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.ui.frame.shell import Shell
from tests.support.folders import ROOT

# The program's own start, with a word at the first painting and one when everything is loaded; then it ends.
START = """
import gc, signal, sys
from PySide6.QtWidgets import QApplication
from avrr_desktop import app
from avrr_desktop.ui.frame import warming

DESKTOP = "avrr_desktop.ui.frame.desktop"
began, went_on = app.begin, warming.Warmer.go_on

def begin(shell):
    print("seen", DESKTOP in sys.modules, flush=True)
    began(shell)

def go_on(warmer):
    if went_on(warmer):
        return True
    heard = signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    print("ready", DESKTOP in sys.modules, heard, gc.isenabled(), flush=True)
    QApplication.exit(0)
    return False

app.begin, warming.Warmer.go_on = begin, go_on
sys.exit(app.main())
"""


def told_by(program: str, home: Path) -> list[str]:
    """Return the lines that a program of Python says in a home of its own, where nobody sees a window."""
    env = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-P", "-c", program]
    done = subprocess.run(command, env=env, cwd=home, timeout=60, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_window_is_seen_before_what_comes_after_it_is_loaded(tmp_path: Path) -> None:
    assert told_by(START, tmp_path) == ["seen False", "ready True True False"]


def test_the_window_is_drawn_alike_on_every_system(tmp_path: Path) -> None:
    asked = "from avrr_desktop import app; print(app._application().style().name())"
    assert told_by(f"import os; os.environ['QT_STYLE_OVERRIDE'] = 'Windows'; {asked}", tmp_path) == ["fusion"]


def test_the_first_painting_is_told_once(qapp: QApplication) -> None:
    shell, told = Shell(Settings(), dark=False), list[bool]()
    shell.painted.connect(lambda: told.append(True))
    assert told == []
    for _ in range(3):
        shell.grab()
        qapp.processEvents()
    shell.deleteLater()
    assert told == [True]
