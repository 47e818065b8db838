"""Sections that fold: by mouse and keys, heard, out of the way of the Tab key, and left as they were found."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.widgets.folding import FoldingSection, unfold


def section(
    qtbot: QtBot, workspace: Workspace, key: str = "", *, open_: bool = True
) -> tuple[FoldingSection, QLineEdit]:
    made, line = FoldingSection(workspace, "Papers & numbers", key=key, open_=open_), QLineEdit()
    made.body.addWidget(line)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made, line


def test_a_section_is_turned_by_mouse_and_keys_and_heard(qtbot: QtBot, workspace: Workspace) -> None:
    made, line = section(qtbot, workspace)
    assert made.is_open and line.isVisible()
    QTest.mouseClick(made.heading, Qt.MouseButton.LeftButton)
    assert not made.is_open and not line.isVisible()
    heard = QAccessible.queryAccessibleInterface(made.heading)
    assert heard.text(QAccessible.Text.Name) == "Papers & numbers"
    assert "folded" in heard.text(QAccessible.Text.Description)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        before = made.is_open
        QTest.keyClick(made.heading, key)
        assert made.is_open is not before
    QTest.keyClick(made.heading, Qt.Key.Key_Space)
    assert made.is_open and "folded" not in heard.text(QAccessible.Text.Description)


def test_a_cursor_that_is_folded_away_goes_to_the_heading_and_tab_passes_by(qtbot: QtBot, workspace: Workspace) -> None:
    made, line = section(qtbot, workspace)
    line.setFocus()
    made.turn(False)
    assert made.heading.hasFocus()
    QTest.keyClick(made.heading, Qt.Key.Key_Tab)
    assert not line.hasFocus()
    unfold(line)
    line.setFocus()
    assert line.hasFocus() and made.is_open


def test_a_section_stays_as_it_was_left(qtbot: QtBot, workspace: Workspace) -> None:
    made, line = section(qtbot, workspace, "person.papers")
    made.turn(False)
    unfold(line)  # somebody was led there once
    assert made.is_open
    assert not section(qtbot, workspace, "person.papers")[0].is_open
    assert section(qtbot, workspace, "person.contact")[0].is_open
    assert not section(qtbot, workspace, open_=False)[0].is_open, "nothing is remembered without a key"
    made.turn(True)
    assert section(qtbot, workspace, "person.papers", open_=False)[0].is_open
