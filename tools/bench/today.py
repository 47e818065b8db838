"""Painting Today: the first time after an unlock and once it was read, at any number of running cases, on a screen in memory.

python -m tools.bench.today                        # 50 and 5,000 running cases
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.today.today_page import TodayPage
from avrr_desktop.ui.widgets.theme import STYLE, Theme
from tools.bench.figures import Figure
from tools.bench.practice_stores import BenchStore, practice_store
from tools.bench.timing import Samples, in_turns

FEW, MANY = 50, 5000
TURNS, PAINTS = 8, 5
SIZE = (1148, 700)  # what a window of 1280 by 800 leaves for a page


class Desk:
    """A page over an open store: ``paint`` makes it anew, as an unlock does, or reads and paints it again."""

    def __init__(self, workspace: Workspace, *, mine: bool) -> None:
        self._acts, self._theme = Actions(workspace), Theme()
        self._page = self._made()
        self._page.look_at(mine=mine)

    def _made(self) -> TodayPage:
        page = TodayPage(self._acts, self._theme)
        page.resize(*SIZE)
        page.show()
        return page

    def paint_new(self, _: int) -> None:
        """Make the page and paint it."""
        page = self._made()
        page.grab()
        page.close()
        page.deleteLater()
        QCoreApplication.sendPostedEvents()

    def paint_again(self, _: int) -> None:
        """Read the desk again and paint it, as after every change."""
        self._page.show_desk()
        self._page.grab()


def measure(few: BenchStore, many: BenchStore) -> Mapping[str, Samples]:
    """Paint the desks of both stores in turns, one's own and the office's."""
    with few.workspace() as small, many.workspace() as large:
        desks = {
            f"{name}, {whose}": Desk(workspace, mine=whose == "mine")
            for name, workspace in (("few", small), ("many", large))
            for whose in ("mine", "office")
        }
        calls: dict[str, Callable[[int], object]] = {}
        for name, one in desks.items():
            calls |= {f"{name}, new": one.paint_new, f"{name}, again": one.paint_again}
        return in_turns(calls, [[0] * PAINTS] * TURNS)


def figures(taken: Mapping[str, Samples], few: int, many: int) -> list[Figure]:
    """Return how many times as long the desk of many cases takes as that of few."""
    return [
        Figure("S4", f"Today {what}, {whose}, over {few} running cases", many,
               taken[f"many, {whose}, {how}"].over(taken[f"few, {whose}, {how}"]), "x", 1.5,
               scale=taken[f"many, {whose}, {how}"].at(50))
        for how, what in (("new", "made and painted"), ("again", "read and painted again"))
        for whose in ("mine", "office")
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.today", description=__doc__.split("\n")[0])
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "avrr-bench")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["today", *STYLE])
    Theme().apply(application)
    given.dir.mkdir(parents=True, exist_ok=True)
    few, many = (practice_store(given.dir, cases, given.seed, ended=0.0) for cases in (FEW, MANY))
    for figure in figures(measure(few, many), FEW, MANY):
        print(figure.row(), flush=True)


if __name__ == "__main__":
    main()
