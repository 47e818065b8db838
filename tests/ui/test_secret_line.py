"""A hidden line: seen on wish, hidden again when it is left, and what is told of the keyboard beside it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.language import Language
from avrr_desktop.ui.system import keyboard
from avrr_desktop.ui.system.keyboard import caps_by, named, scripts
from avrr_desktop.ui.widgets import secret_line as module
from avrr_desktop.ui.widgets.secret_line import SecretLine, secret_line

HIDDEN, SEEN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[SecretLine]:
    page = QWidget()
    body = QVBoxLayout(page)
    made = secret_line(body, Language(), "Passphrase")
    body.addWidget(QLineEdit())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    made.setFocus()
    yield made


def type_key(line: SecretLine, letter: str, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, held, letter))


def test_it_is_hidden_seen_on_wish_by_key_and_eye_and_hidden_again(line: SecretLine) -> None:
    assert line.echoMode() is HIDDEN and line.accessibleName() == "Passphrase"
    QTest.keyClick(line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert line.echoMode() is SEEN
    line.eye.trigger()
    assert line.echoMode() is HIDDEN


@pytest.mark.parametrize("left", ["page", "window"])
def test_whoever_leaves_it_hides_it(qtbot: QtBot, line: SecretLine, left: str) -> None:
    line.eye.setChecked(True)
    if left == "page":
        line.window().hide()
    else:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
    qtbot.waitUntil(lambda: line.echoMode() is HIDDEN)


def test_caps_lock_is_told_by_the_letters_that_arrive(line: SecretLine) -> None:
    type_key(line, "a")
    assert not line.note.isVisible()
    type_key(line, "B")  # no Shift is held
    assert line.note.isVisible() and line.note.text() == "Caps Lock is on."
    type_key(line, "7")
    assert "Caps Lock" in line.note.text(), "a figure says nothing of it"
    type_key(line, "C", shift=True)
    assert not line.note.isVisible()
    type_key(line, "d", shift=True)
    assert "Caps Lock" in line.note.text()


def test_the_script_is_told_of_letters_that_nobody_sees(line: SecretLine) -> None:
    line.setText("кућа")
    assert line.note.text() == "You are typing Cyrillic letters."
    line.setText("kuћa")
    assert line.note.text() == "Latin and Cyrillic letters are mixed."
    line.setText("kuća 7")
    assert line.note.text() == ""
    line.setText("кућа")
    line.clearFocus()
    assert not line.note.isVisible() and line.note.text() == ""


def test_the_layout_is_named_where_the_system_tells_it(line: SecretLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keyboard.layout_named() == "", "what a screen that nobody sees says is not believed"
    monkeypatch.setattr(module, "layout_named", lambda: named(QLocale("sq_AL")))
    line.setText("x")
    assert line.note.text() == "Keyboard: shqip – Shqipëri"
    assert named(QLocale.c()) == ""


@pytest.mark.parametrize(
    ("letter", "shift", "caps"),
    [("a", False, False), ("A", False, True), ("A", True, False), ("a", True, True), ("Ђ", False, True), ("7", False, None),
     ("ab", False, None), ("", False, None), ("ß", False, False)],
)  # fmt: skip
def test_what_a_key_says_of_caps_lock(letter: str, shift: bool, caps: bool | None) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    assert caps_by(QKeyEvent(QEvent.Type.KeyPress, 0, held, letter)) is caps
    assert caps_by(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.ControlModifier, letter)) is None


def test_scripts_of_a_text() -> None:
    assert scripts("ab Ђ 7-") == {"LATIN", "CYRILLIC"} and scripts("12 .") == frozenset()
