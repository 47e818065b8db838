"""The first start by keyboard: nothing of a passphrase ends where it is read, and the last step shows what will be made."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.start.new_store_page import NewStorePage
from tests.support.window import open_window, type_text

SECRET = "correct horse battery staple"


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    made = open_window(qtbot)
    made.doors.show_new_store()
    yield made


def at_passphrase(shell: Shell) -> NewStorePage:
    page = shell.centralWidget()
    assert isinstance(page, NewStorePage)
    page.name.setText("Tirana office")
    page.code.setText("tir")
    page.go_on.click()
    page.officer.setText("Ljubica Njegoš")
    page.go_on.click()
    assert page.passphrase.hasFocus()
    return page


def test_what_follows_a_refused_passphrase_reaches_no_other_field(shell: Shell) -> None:
    page = at_passphrase(shell)
    type_text(page.passphrase, "correct")
    page.again.setFocus()
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    assert page.passphrase.hasFocus() and "7 more characters are needed" in page.problem.text()
    focus = page.passphrase
    QTest.keyClick(focus, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    for letter in " horse battery staple":
        now = QApplication.focusWidget()
        assert now is page.passphrase
        type_text(now, letter)
    assert page.passphrase.text() == SECRET and page.at == 2
    assert SECRET[8:] not in page.officer.text() + page.initials.text() + page.name.text()


def test_one_missing_letter_is_said_as_one(shell: Shell) -> None:
    page = at_passphrase(shell)
    page.passphrase.setText("x" * 13)
    page.make.click()
    assert "1 more character is needed" in page.problem.text()


def test_a_blank_never_presses_back_and_back_comes_last(shell: Shell) -> None:
    page = at_passphrase(shell)
    seen = []
    for _ in range(10):
        seen.append(QApplication.focusWidget())
        if seen[-1] is page.back:
            break
        QTest.keyClick(seen[-1] or page, Qt.Key.Key_Tab)
    assert seen == [page.passphrase, page.again, page.shown, page.make, page.back]
    QTest.keyClick(page.back, Qt.Key.Key_Space)
    assert page.at == 2
    QTest.keyClick(page.back, Qt.Key.Key_Return)
    assert page.at == 1


@pytest.mark.parametrize("step", [0, 1, 2])
def test_shift_tab_stays_in_the_first_line_of_each_step(shell: Shell, step: int) -> None:
    page = at_passphrase(shell)
    page.show_step(step)
    QTest.keyClick(page.first_line(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert page.first_line().hasFocus()


def test_a_piece_of_the_passphrase_is_refused_where_everybody_reads_it(shell: Shell) -> None:
    page = at_passphrase(shell)
    wanted: list[object] = []
    page.wanted.connect(wanted.append)
    for line in (page.passphrase, page.again):
        line.setText(SECRET)
    page.officer.setText("battery staple")
    page.make.click()
    assert not wanted and page.at == 1 and page.officer.hasFocus() and "passphrase" in page.problem.text()
    page.officer.setText("Ljubica Njegoš")
    page.initials.setText("horse battery")
    page.show_step(2)
    page.make.click()
    assert not wanted and page.initials.hasFocus() and "one to four letters" in page.problem.text()


def test_initials_are_proposed_until_somebody_writes_others(shell: Shell) -> None:
    page = at_passphrase(shell)
    page.show_step(1)
    assert page.initials.text() == "LjNj"
    type_text(page.initials, "LN")
    page.officer.setText("Ana Hoxha")
    assert page.initials.text() == "LN"


def test_the_last_step_shows_what_will_be_made_and_the_passphrase_when_asked(shell: Shell) -> None:
    page = at_passphrase(shell)
    for text in ("Tirana office", "TIR", "Albania", "Ljubica Njegoš", "LjNj"):
        assert text in page.summary.text() and page.summary.isVisible()
    modes = QLineEdit.EchoMode
    assert page.passphrase.echoMode() is page.again.echoMode() is modes.Password
    page.shown.click()
    assert page.passphrase.echoMode() is page.again.echoMode() is modes.Normal
    page.shown.click()
    assert page.passphrase.echoMode() is modes.Password
