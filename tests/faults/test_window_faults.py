"""What happens to the window from outside: it is asked to end, left alone behind a dialog, or stopped and woken."""

import signal
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import SteppingClock, SystemClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.elapsed import Elapsed
from avrr_desktop.keys.slots import PRACTICE
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from avrr_desktop.ui.system.idle_lock import IdleLock
from tests.support import stores, window
from tests.support.folders import OtherProgram, opened
from tools.rigs.ending_child import TYPED


@pytest.mark.parametrize("how", ["plain", "question"])
def test_C13_a_program_that_is_asked_to_end_keeps_the_draft_and_locks(
    workspace: Workspace, family: CaseFile, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    with OtherProgram("tools.rigs.ending_child", str(folder), family.case.uid, how) as program:
        assert program.hear() == "ready"
        if sys.platform == "win32":  # there is no such signal there: the window is closed as its cross does
            program.kill()
            return
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(timeout=60) == 0
    again = opened(folder)
    try:
        drafts = [str(draft.values) for draft in all_drafts(again)]
        notes = [note.text("text") for note in again.store.reader.case_file(family.case.uid).notes]
        # the question may take the focus first: then what was typed is saved already
        assert [text for text in (*drafts, *notes) if TYPED in text] != []
        assert check_store(again).sound
    finally:
        again.lock()


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    """An unlocked window over a store with a passphrase."""
    folder = tmp_path / "office.avrr"
    office = {"name": "Tirana office", "code": "TIR", "country": "AL"}
    made = create_store(
        folder, PRACTICE_PASSPHRASE, dict(office), {"name": "Arta Hoxha"}, kind=PRACTICE,
        clock=SteppingClock(stores.NOW),
    )  # fmt: skip
    add_case_document(made, stores.FAMILY)
    made.lock()
    opened_window = window.open_window(qtbot, folder)
    window.unlock(qtbot, opened_window, PRACTICE_PASSPHRASE)
    yield opened_window
    opened_window.close()


def question(shell: Shell) -> None:
    QMessageBox.question(shell, "AVRR Desktop", "?")


def dialog_over_a_dialog(shell: Shell) -> None:
    outer = QDialog(shell)
    QTimer.singleShot(0, lambda: QMessageBox.warning(outer, "AVRR Desktop", "?"))
    outer.exec()


def folder_of_backups(shell: Shell) -> None:
    assert shell.desktop is not None
    shell.desktop.show_page("setup")
    page = shell.desktop.page("setup")
    assert isinstance(page, SetupPage)
    page.backups.choose()


def save_file(shell: Shell) -> None:
    QFileDialog.getSaveFileName(shell.centralWidget(), "Save", "", "PDF (*.pdf)")


def menu(shell: Shell) -> None:
    made = QMenu(shell.centralWidget())
    made.addAction("Remove")
    made.exec(shell.mapToGlobal(QPoint(20, 20)))


def print_preview(shell: Shell) -> None:
    assert shell.workspace is not None and shell.desktop is not None
    [line] = all_cases(shell.workspace)
    shell.desktop.show_case(line.uid)
    window.case_page(shell.desktop).print_button.click()
    page = shell.desktop.page("print")
    assert isinstance(page, PrintPage)
    assert page.preview.page_count
    page.print_on_paper()  # asks for a printer


def beside(shell: Shell) -> list[QWidget]:
    return [other for other in QApplication.topLevelWidgets() if other.isVisible() and other is not shell]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)  # offscreen, of a menu
@pytest.mark.parametrize(
    "open_", [question, dialog_over_a_dialog, folder_of_backups, save_file, menu, print_preview],
    ids=lambda made: made.__name__,
)  # fmt: skip
def test_G5_a_lock_hides_every_window_at_once_also_one_that_waits_for_an_answer(
    qtbot: QtBot, shell: Shell, open_: Callable[[Shell], None]
) -> None:
    seen, still = list[QWidget](), list[QWidget]()

    def lock() -> None:
        seen.extend(beside(shell))
        shell.lock()
        still.extend(beside(shell))
        for other in still:  # or the test would wait for ever
            other.done(0) if isinstance(other, QDialog) else other.close()

    def lock_once_it_is_open() -> None:
        waits = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if waits is None or (open_ is dialog_over_a_dialog and not isinstance(waits, QMessageBox)):
            QTimer.singleShot(10, lock_once_it_is_open)
        else:
            lock()

    QTimer.singleShot(0, lock_once_it_is_open)
    open_(shell)  # comes back only when its own loop has ended
    assert seen, "a window stood beside ours"
    assert still == beside(shell) == []
    assert isinstance(shell.centralWidget(), UnlockPage)
    assert shell.windowTitle() == "AVRR Desktop"
    qtbot.waitUntil(lambda: len(shell.findChildren(UnlockPage)) == 1)


class Clocks:
    """A clock on the wall and a steady one, both put by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = SteppingClock(stores.NOW, timedelta()), 1000.0

    def passing(self) -> Elapsed:
        return Elapsed(self.wall, lambda: self.steady)

    def sleep(self, minutes: float) -> None:
        self.wall.set(self.wall.now() + timedelta(minutes=minutes))


def key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def lock_after_ten() -> Iterator[tuple[IdleLock, Clocks, list[str]]]:
    clocks, said, parent = Clocks(), list[str](), QTimer()
    made = IdleLock(parent, 10, clocks.passing())
    made.due.connect(lambda: said.append("due"))
    yield made, clocks, said
    parent.deleteLater()


def test_K9_the_first_touch_after_a_long_sleep_locks_and_is_held_back(
    lock_after_ten: tuple[IdleLock, Clocks, list[str]],
) -> None:
    made, clocks, said = lock_after_ten
    clocks.sleep(9)
    assert not made.eventFilter(made, key())
    assert said == []
    clocks.sleep(11)  # the steady clock and every timer stood still meanwhile
    assert made.eventFilter(made, key()), "a letter that was meant for nothing must not reach the window"
    assert said == ["due"]
    assert not made.eventFilter(made, key())
    assert said == ["due"]


def look(made: IdleLock) -> None:
    """Let its timer fire, as it does from time to time."""
    made.findChildren(QTimer)[0].timeout.emit()


def test_K9_a_long_sleep_is_noticed_without_a_touch(lock_after_ten: tuple[IdleLock, Clocks, list[str]]) -> None:
    made, clocks, said = lock_after_ten
    look(made)
    assert said == []
    clocks.sleep(11)
    assert [timer.isActive() for timer in made.findChildren(QTimer)] == [True], "one timer, however long it slept"
    assert made.findChildren(QTimer)[0].interval() <= 15_000
    look(made)
    look(made)
    assert said == ["due"]


def test_K9_a_clock_that_is_put_back_delays_no_lock(lock_after_ten: tuple[IdleLock, Clocks, list[str]]) -> None:
    made, clocks, said = lock_after_ten
    clocks.sleep(-600)
    clocks.steady += 10 * 60
    look(made)
    assert said == ["due"]


def test_K9_a_stopped_program_locks_when_it_goes_on(qtbot: QtBot) -> None:
    clocks = Clocks()
    real = SystemClock()
    shell = Shell(Settings(language="en", look="light", size=100), False)
    qtbot.addWidget(shell)
    assert abs((shell.idle.passing.begun - real.now()).total_seconds()) < 60, "the window asks the computer's own clock"
    shell.idle.passing = clocks.passing()
    shell.idle.wait(1)
    shell.show()
    qtbot.waitExposed(shell)
    clocks.sleep(2)
    with qtbot.waitSignal(shell.idle.due):
        QApplication.sendEvent(shell.windowHandle(), key())
