"""The start: the window is seen first, and hears, tidies up and knows everything soon afterwards."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from avrr_desktop import app
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


def test_the_window_is_seen_before_what_comes_after_it_is_loaded(tmp_path: Path) -> None:
    env = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", START], env={**env, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, timeout=60,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()) == (0, ["seen False", "ready True True False"]), done.stderr


def test_the_first_painting_is_told_once(qapp: QApplication) -> None:
    shell, told = Shell(app.read_settings(), dark=False), list[bool]()
    shell.painted.connect(lambda: told.append(True))
    assert told == []
    for _ in range(3):
        shell.grab()
        qapp.processEvents()
    shell.deleteLater()
    assert told == [True]
