"""Drives the real window as a person would: pages by their names, fields by theirs."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import Clock
from avrr_desktop.domain.policy import Policy
from avrr_desktop.operations.access.recovery import ASKED
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.session.drafts import Draft
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.start.recovery_page import RecoveryPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from avrr_desktop.ui.start.who_page import WhoPage
from avrr_desktop.ui.today.today_page import TodayPage


def open_window(
    qtbot: QtBot,
    store: Path | None = None,
    clock: Clock | None = None,
    settings: Settings | None = None,
    policy: Policy | None = None,
) -> Shell:
    """Return a shown window on a store, or on the first start."""
    make = None if clock is None else lambda folder, keys, words: open_unlocked(folder, keys, words=words, clock=clock)
    shell = Shell(settings or Settings(language="en", look="light", size=100), False, store, make, policy)
    qtbot.addWidget(shell)
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


def unlock(qtbot: QtBot, shell: Shell, passphrase: str, officer: int = 0) -> Desktop:
    """Type the passphrase, choose an officer where the passphrase is shared, and return the desktop."""
    page = shell.centralWidget()
    assert isinstance(page, UnlockPage)
    page.passphrase.setText(passphrase)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isinstance(shell.centralWidget(), UnlockPage))
    who = shell.centralWidget()
    if isinstance(who, WhoPage):  # one passphrase is shared: say who is at work
        who.list.setCurrentRow(officer)
        who.choose()
    return desktop_of(shell)


def keep_code(qtbot: QtBot, shell: Shell, passphrase: str) -> str:
    """Type the recovery code of a new store back, and return it."""
    page = shell.centralWidget()
    assert isinstance(page, RecoveryPage)
    code = page.card.code
    for line, number in zip(page.card.groups, ASKED, strict=True):
        line.setText(code.split("-")[number - 1].lower())
    if page.card.passphrase is not None:
        page.card.passphrase.setText(passphrase)
    page.card.keep()
    qtbot.waitUntil(lambda: shell.desktop is not None)
    return code


def desktop_of(shell: Shell) -> Desktop:
    """Return the desktop that is shown."""
    assert shell.desktop is not None
    QApplication.processEvents()
    return shell.desktop


def window_over(qtbot: QtBot, workspace: Workspace) -> Shell:
    """Return a shown window over a store that is open already; keep it as long as its parts are used."""
    shell = Shell(Settings(language="en", look="light", size=100), False)
    qtbot.addWidget(shell)
    shell.resize(1280, 800)
    show_store(shell, workspace)
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


def show_store(shell: Shell, workspace: Workspace) -> None:
    """Show the desktop of a store that is open already, as after it was made."""
    shell.doors.made.emit(workspace.folder.path, workspace)


def open_draft(desktop: Desktop, draft: Draft) -> None:
    """Open a draft as Today does when its line is pressed."""
    page = desktop.page("today")
    assert isinstance(page, TodayPage)
    page.draft_wanted.emit(draft)


def case_page(desktop: Desktop) -> CasePage:
    """Return the page of the open case."""
    page = desktop.page("case")
    assert isinstance(page, CasePage)
    return page


def button(within: QWidget | None, text: str) -> QPushButton:
    """Return the visible button with this text or accessible name; the first, where there are several."""
    assert within is not None
    QApplication.processEvents()
    shown = [one for one in within.findChildren(QPushButton) if one.isVisible()]
    found = [one for one in shown if text in (one.text().replace("&", ""), one.accessibleName())]
    assert found, text
    return found[0]


def buttons(within: QWidget) -> list[str]:
    """Return what the visible buttons are called."""
    QApplication.processEvents()
    return [one.accessibleName() for one in within.findChildren(QPushButton) if one.isVisible()]


def press(within: QWidget | None, text: str) -> None:
    """Click the button with this text or accessible name."""
    QTest.mouseClick(button(within, text), Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def says(within: QWidget, text: str) -> bool:
    """Return whether a visible label holds a text."""
    QApplication.processEvents()
    return any(text in one.text() for one in within.findChildren(QLabel) if one.isVisible())


def begin_record(desktop: Desktop, case: str, tab: str = "notes") -> Form:
    """Open a tab of a case, begin a new record there, and return its form."""
    desktop.show_case(case)
    page = case_page(desktop)
    page.show_tab(tab)
    shown = page.tab(tab)
    assert isinstance(shown, RecordTab)
    shown.add()
    assert shown.form is not None
    return shown.form


def type_text(widget: QWidget, text: str) -> None:
    """Type letters of any script into a widget: the test library's own typing knows ASCII only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def type_into(form: Form, key: str, text: str) -> None:
    """Type into a field of a form, key by key, as a person does, and let the pause pass after which it is checked."""
    widget = form.rows[key].editor.focus
    widget.setFocus()
    type_text(widget, text)
    form.check()


def choose(form: Form, key: str, value: str) -> None:
    """Choose in a list of a form."""
    editor = form.rows[key].editor
    editor.show_typed(value)
    editor.touched.emit()
    form.check()
