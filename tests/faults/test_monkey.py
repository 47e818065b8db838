"""Eight hundred random things done to the window leave no traceback, a sound store, and a status line that is true."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tools.rigs import monkey
from tools.rigs.seeds import seeded

EVENTS = 800


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform has one window only
def test_G1_many_random_things_do_no_harm(qtbot: QtBot, tmp_path: Path) -> None:
    seed = seeded("test_monkey").randrange(10**6)
    print(f"python -m tools.rigs.monkey --events {EVENTS} --seed {seed}")
    outcome = monkey.run(tmp_path, EVENTS, seed)
    print(outcome.line())
    assert outcome.problems == []
    assert outcome.events == EVENTS
    assert outcome.looks >= EVENTS / monkey.LOOK_EVERY / 2
    assert outcome.saves > 0, "a monkey that never saved anything has tried nothing"


def test_G1_the_monkey_notices_what_leaves_a_slot(qtbot: QtBot, tmp_path: Path) -> None:
    made = monkey.Monkey(tmp_path / "monkey.avrr", 1)
    try:
        timer = QTimer(made.shell)
        timer.timeout.connect(lambda: 1 / 0)
        timer.start(1)
        made.run(200)
        timer.stop()
        QApplication.processEvents()
    finally:
        made.close()
    assert made.outcome.problems
    assert "ZeroDivisionError" in made.outcome.problems[0]
