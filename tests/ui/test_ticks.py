"""A long list of ticks: every entry in sight under its heading, nothing that scrolls inside, by keyboard and mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.list_editors import GroupedEditor
from avrr_desktop.ui.widgets.controls import Tick
from tests.domain.test_typed_dates import TODAY

PACK = shipped_packs.shipped()


@pytest.fixture
def editor(qtbot: QtBot) -> GroupedEditor:
    maker = EditorMaker(Language(), PACK, TODAY, lambda target: [])
    made = maker.make(BY_KEY["membership"].field("situations"))
    assert isinstance(made, GroupedEditor)
    return made


def shown(qtbot: QtBot, editor: GroupedEditor, width: int) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(editor.widget)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(width, 100)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.resize(width, column.heightForWidth(width))
    QApplication.processEvents()
    return window


@pytest.mark.parametrize(("width", "columns"), [(760, 2), (330, 1)])
def test_every_situation_is_seen_whole_under_its_heading(
    qtbot: QtBot, editor: GroupedEditor, width: int, columns: int
) -> None:
    window = shown(qtbot, editor, width)
    assert not editor.widget.findChildren(QAbstractScrollArea)
    ticks = editor.widget.findChildren(Tick)
    assert {tick.said.text() for tick in ticks} == {one.title for one in PACK.situations.values()}
    places = [tick.geometry() for tick in ticks]
    assert len({place.left() for place in places}) == columns
    assert not any(one.intersects(other) for at, one in enumerate(places) for other in places[:at])
    for tick in ticks:
        assert tick.said.height() >= tick.said.heightForWidth(tick.said.width()), tick.said.text()
    assert window.rect().contains(editor.widget.geometry())
    headings = [label for label in editor.widget.findChildren(QLabel, "section") if label.isVisible()]
    tops = {label.text(): label.geometry().top() for label in headings}
    assert list(tops) == [Language().text(text).upper() for text, _ in PACK.grouped("situation")]
    below = tops["SCHOOL AND DIPLOMAS"]
    [school] = [tick for tick in ticks if tick.box is editor.boxes["SIT_SCHOOL_AGE"]]
    assert below < school.geometry().top() < tops["HEALTH"]


def test_ticks_are_set_by_a_click_on_their_text_and_by_keys_in_the_order_in_which_they_are_read(
    qtbot: QtBot, editor: GroupedEditor
) -> None:
    _window = shown(qtbot, editor, 760)  # kept, as it holds the rest
    school = next(tick for tick in editor.widget.findChildren(Tick) if tick.box is editor.boxes["SIT_SCHOOL_AGE"])
    with qtbot.waitSignal(editor.touched):
        QTest.mouseClick(school, Qt.MouseButton.LeftButton, pos=school.said.geometry().topLeft() + QPoint(30, 8))
    assert editor.value() == ("SIT_SCHOOL_AGE",)
    first, second = list(editor.boxes.values())[:2]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    with qtbot.waitSignal(editor.touched):
        QTest.keyClick(second, Qt.Key.Key_Space)
    assert editor.value() == (list(editor.boxes)[1], "SIT_SCHOOL_AGE"), "in the order of the list"
    assert second.accessibleName() == PACK.situations[list(editor.boxes)[1]].title


def test_what_the_list_does_not_know_stays(editor: GroupedEditor) -> None:
    editor.show_typed(["SIT_OF_AN_OLDER_PACK", "SIT_SCHOOL_AGE"])
    assert editor.value() == ("SIT_OF_AN_OLDER_PACK", "SIT_SCHOOL_AGE")
