"""A monkey at the keyboard: random clicks, keys, pages and sizes over the real window and a real store.

``python -m tools.rigs.monkey --events 100000 --seed 7`` is the long run. The same seed does the same things; what the
window does by itself after a while (drafts, idle work) may fall between other events. ``--pause`` lets it: the monkey
then waits up to so many milliseconds between two events.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from avrr_desktop.clock import SteppingClock, ticks
from avrr_desktop.keys import slots
from avrr_desktop.log import technical_text
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import outbox
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import read_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.ui.case.parts import PART_KEYS, PROTECTION
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.setup.backups_tab import backup_text
from tests.support import stores, window
from tests.support.folders import opened
from tests.support.stores import NOW, unlocked

LOOK_EVERY = 100
DEAD_MS = 20  # milliseconds after which whatever asks something in front of the window is answered
TEXTS = ("Ђорђевић", "Šejla", "Çelë", "12.5.2019", "1985", "31/02/2020", "009876543", "?!", "O'Neil", "شمس", "a", "0 ", "👨‍👩‍👧",
         "x" * 300, "<b>&amp;", "%s {name}", "\u202eabc", "-1", "Liège\n")  # fmt: skip
KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
        Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Home,
        Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_F1, Qt.Key.Key_F10)  # fmt: skip
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CHORDS = (
    *((key, CTRL) for key in (Qt.Key.Key_N, Qt.Key.Key_Z, Qt.Key.Key_K, Qt.Key.Key_F, Qt.Key.Key_Return, Qt.Key.Key_A,
                              Qt.Key.Key_V, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_P)),
    (Qt.Key.Key_A, CTRL | SHIFT), (Qt.Key.Key_Delete, CTRL | SHIFT), (Qt.Key.Key_Tab, CTRL),
)  # fmt: skip
PAGES = ("today", "cases", "figures", "partners", "procedures", "outbox", "setup", "new", "day", *("case",) * 8)
TABS = tuple(key for key in PART_KEYS if key not in ("files", PROTECTION))
SIZES = ((1280, 800), (1024, 600), (960, 560), (1920, 1080))
CLICKED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTabBar, QAbstractItemView, QAbstractSpinBox)


@dataclass
class Outcome:
    """What a run showed."""

    events: int = 0
    looks: int = 0
    locks: int = 0
    saves: int = 0
    answered: int = 0  # dialogs and menus
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        return (
            f"{self.events} events, {self.saves} saves, {self.locks} locks, {self.answered} dialogs and menus, "
            f"{self.looks} looks, {len(self.problems)} problems"
        )


class Monkey:
    """Does random things to a window, and looks every hundred of them whether all is well."""

    def __init__(self, folder: Path, seed: int, pause: int = 0) -> None:
        """``pause``: milliseconds that may pass between two events."""
        self._chance, self._answers, self._pause = random.Random(seed), random.Random(seed), pause
        self._clock = SteppingClock(NOW)
        self.outcome = Outcome()
        made = stores.office_workspace(folder, self._clock)
        made.folder.write_keys(slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=()))
        case_file = stores.family(made)
        add_service(made, case_file, "birth_registration", [case_file.members[2].person.uid])
        add_service(
            made, made.store.reader.case_file(case_file.case.uid), "school_enrolment", [case_file.members[2].person.uid]
        )
        self._case, self._folder = case_file.case.uid, folder
        self._officer, self._first = made.actor, made.store.journal.count()
        made.lock()
        self.shell = Shell(Settings(language="en", look="light", size=100), False)
        self._begin()
        self.shell.show()
        self._answering = QTimer()
        self._answering.setInterval(DEAD_MS)
        self._answering.timeout.connect(self._answer)
        self._answering.start()

    def _begin(self) -> None:
        """Open the store behind the window, as the officer who was there."""
        workspace = opened(self._folder, self._clock)
        workspace.officer = workspace.store.reader.record("officer", self._officer) or workspace.officer
        self._entries = workspace.store.journal.count() - len(accesses(workspace))
        window.show_store(self.shell, workspace)
        self._shown = self.shell.desktop  # another one takes its place when language or look are changed

    def close(self) -> None:
        """Close the window."""
        self._answering.stop()
        self.shell.close()
        self.shell.deleteLater()
        QApplication.processEvents()

    def run(self, events: int) -> None:
        """Do so many things."""
        deeds: tuple[Callable[[], None], ...] = (
            self._type,
            self._key,
            self._click,
            self._chord,
            self._go,
            self._size,
            self._turn,
        )
        with self._watched():
            for number in range(1, events + 1):
                if self.shell.workspace is None:
                    self.outcome.locks += 1
                    self._begin()
                [deed] = self._chance.choices(deeds, weights=(14, 22, 38, 8, 8, 2, 8))
                deed()
                if self._pause:
                    self._rest(self._chance.randrange(self._pause + 1))
                QApplication.processEvents()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as every turn of a real loop does
                self.outcome.events = number
                if number % LOOK_EVERY == 0 or number == events:
                    self._look()
                if self.outcome.problems:
                    return

    def _rest(self, duration: int) -> None:
        """Leave the window to itself for so many milliseconds."""
        loop = QEventLoop()
        QTimer.singleShot(duration, loop.quit)
        loop.exec()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Notice every exception that leaves a slot."""

        def notice(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            self.outcome.problems.append(f"event {self.outcome.events + 1}: {technical_text(kind, trace)}")

        before, sys.excepthook = sys.excepthook, notice
        try:
            yield
        finally:
            sys.excepthook = before

    def _answer(self) -> None:
        """Answer whatever stands in front of the window: a menu by an entry or none, a dialog by no."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            self.outcome.answered += 1
            actions = [action for action in popup.actions() if action.isEnabled() and not action.isSeparator()]
            if actions and self._answers.random() < 0.5:
                chosen = self._answers.choice(actions)
                popup.close()
                chosen.trigger()
            else:
                popup.close()
        elif popup is not None:
            popup.close()
        elif isinstance(modal, QDialog):
            self.outcome.answered += 1
            modal.reject()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.shell

    def _type(self) -> None:
        for letter in self._chance.choice(TEXTS):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def _key(self) -> None:
        QTest.keyClick(self._focus(), self._chance.choice(KEYS))

    def _chord(self) -> None:
        key, modifiers = self._chance.choice(CHORDS)
        QTest.keyClick(self._focus(), key, modifiers)

    def _click(self) -> None:
        there = [
            widget for widget in self.shell.findChildren(QWidget)
            if isinstance(widget, CLICKED) and widget.isVisible() and widget.isEnabled()
        ]  # fmt: skip
        if not there:
            return
        edits = [widget for widget in there if isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox)]
        widget = self._chance.choice(edits if edits and self._chance.random() < 0.4 else there)
        if widget.accessibleName() == self.shell.words.text("Lock") and self._chance.random() < 0.7:
            return  # it stands on every page
        target = widget.viewport() if isinstance(widget, QAbstractItemView | QPlainTextEdit) else widget
        spot = QPoint(self._chance.randrange(max(1, target.width())), self._chance.randrange(max(1, target.height())))
        click = QTest.mouseDClick if self._chance.random() < 0.15 else QTest.mouseClick
        click(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        if isinstance(widget, QLineEdit | QPlainTextEdit) and self._chance.random() < 0.7:
            self._type()
        elif isinstance(widget, QComboBox) and self._chance.random() < 0.7:
            self._key()

    def _go(self) -> None:
        desktop = self._desktop()
        page = self._chance.choice(PAGES)
        if page == "case":
            desktop.show_case(self._case)
            desktop.page("case").show_tab(self._chance.choice(TABS))  # type: ignore[attr-defined]
        else:
            desktop.show_page(page)

    def _size(self) -> None:
        self.shell.resize(*self._chance.choice(SIZES))

    def _turn(self) -> None:
        widget, far = self._focus(), self._chance.choice((-120, 120))
        spot = QPointF(widget.width() / 2, widget.height() / 2)
        QApplication.sendEvent(
            widget,
            QWheelEvent(spot, widget.mapToGlobal(spot), QPoint(), QPoint(0, far), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )  # fmt: skip

    def _desktop(self) -> Desktop:
        assert self.shell.desktop is not None
        return self.shell.desktop

    def _look(self) -> None:
        """Look whether the store is well and whether what the window says is true."""
        while self.shell.jobs.busy:  # what it says of work is true once the work is done
            QApplication.processEvents()
        if self.shell.workspace is None:
            return
        self.outcome.looks += 1
        workspace, desktop = unlocked(self.shell.workspace), self._desktop()
        found = list(self._wrong(workspace, desktop))
        self.outcome.problems += [f"event {self.outcome.events}: {problem}" for problem in found]

    def _wrong(self, workspace: Workspace, desktop: Desktop) -> Iterator[str]:
        if not self.shell.isVisible() or not self.shell.isEnabled():
            yield "the window is gone or dead"
        report = check_store(workspace)
        if not report.sound:
            yield "store: " + " ".join(report.lines(workspace.words))
        written = report.entries - len(accesses(workspace)) - self._entries  # by an officer, since the unlock
        self.outcome.saves = report.entries - self._first
        said = desktop.status.saved.text()
        if written and not said and self._shown is desktop:
            yield "something was saved and the status line does not say so"
        if said and not written:
            yield f"nothing was saved since the unlock, the status line says {said!r}"
        ready = sum(1 for item in outbox(workspace) if item.state == "ready")
        if bool(ready) != bool(desktop.status.ready.text()) or (
            ready and str(ready) not in desktop.status.ready.text()
        ):
            yield f"{ready} documents are ready, the status line says: {desktop.status.ready.text()!r}"
        if desktop.status.backup.text() != backup_text(workspace)[0]:
            yield f"the status line says of the backup: {desktop.status.backup.text()!r}, not {backup_text(workspace)[0]!r}"
        for form in self.shell.findChildren(Form):
            if form.isVisible() and not form.is_new and not form.dirty:
                record = form.record
                stored = read_record(workspace, record.type, record.uid, form.case)
                if stored is not None and dict(stored.values) != dict(record.values):
                    yield f"a form of the kind {record.type} shows what is not stored"


def run(folder: Path, events: int, seed: int, pause: int = 0) -> Outcome:
    """Let a monkey loose over a new store in a folder."""
    monkey = Monkey(folder / "monkey.avrr", seed, pause)
    try:
        monkey.run(events)
    finally:
        monkey.close()
    return monkey.outcome


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.monkey", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--pause", type=int, default=0, help="milliseconds that may pass between two events")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    began = ticks()
    with tempfile.TemporaryDirectory(prefix="avrr-monkey-") as folder:
        os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = str(Path(folder) / "profile")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QApplication.instance() or QApplication([])
        outcome = run(Path(folder), given.events, given.seed, given.pause)
        application.processEvents()
    for problem in outcome.problems:
        print(problem)
    print(f"{outcome.line()}, {ticks() - began:.0f} s, seed {given.seed}")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
