"""The first start: from the first window to the first case."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.elapsed import Elapsed
from avrr_desktop.operations.access.recovery import ASKED
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.start.new_store_page import NewStorePage
from avrr_desktop.ui.start.recovery_page import RecoveryPage
from avrr_desktop.ui.start.start_page import StartPage
from tools.jobs.hand import CONTROL, Hand, Key

PASSPHRASE = "pesë fjalë që s'i di askush"
SOONEST_MS, PATIENCE_S = 50, 60
Page = TypeVar("Page", bound=QWidget)


def first_case(hand: Hand, shell: Shell) -> None:
    """Nothing is there yet: an office, its first officer, its passphrase, its recovery code, and a case with one name.

    The letters of names and of the passphrase are no keys; those of the code are.
    """
    page = _shown(shell, StartPage)
    _wait(lambda: QApplication.focusWidget() is not None)
    hand.reach(page.doors[1])
    if QApplication.focusWidget() is page.doors[1]:
        hand.key(Key.Key_Return)
    new = _shown(shell, NewStorePage)
    _wait(new.name.hasFocus)
    _line(hand, "Tirana office")
    _line(hand, "TIR")
    hand.choose(new.country, "Albania")
    hand.key(Key.Key_Tab, Key.Key_Tab)
    _line(hand, "Arta Hoxha")
    hand.key(Key.Key_Return)  # the initials, as they are proposed
    assert new.passphrase.hasFocus()
    _line(hand, PASSPHRASE)
    _line(hand, PASSPHRASE)
    code = _shown(shell, RecoveryPage)
    _wait(code.card.groups[0].hasFocus)
    groups = code.card.code.split("-")
    for number in ASKED:
        hand.code(groups[number - 1])
        hand.key(Key.Key_Return)
    _wait(lambda: shell.desktop is not None)
    desktop = shell.desktop
    assert desktop is not None
    hand.key(Key.Key_N, held=CONTROL)
    assert isinstance(desktop.page("new"), NewCasePage)
    hand.prose("Gjokaj")
    hand.key(Key.Key_Return, held=CONTROL)
    assert desktop.current_page() == "case"


def _line(hand: Hand, text: str) -> None:
    hand.prose(text)
    hand.key(Key.Key_Return)


def _shown(shell: Shell, kind: type[Page]) -> Page:
    """Return the page in front once it is of a kind: a store is made in the background."""
    _wait(lambda: isinstance(shell.centralWidget(), kind))
    page = shell.centralWidget()
    assert isinstance(page, kind)
    return page


def _wait(there: Callable[[], bool]) -> None:
    took = Elapsed()
    while not there():
        assert took.seconds() < PATIENCE_S, "it does not come"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, SOONEST_MS)
