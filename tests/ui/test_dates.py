"""The date field: weekday beside it, a calendar by keyboard or mouse, always within its window; the wheel changes nothing."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.people.dates import When
from avrr_desktop.language import Language, languages
from avrr_desktop.ui.forms.editors.calendar import Calendar
from avrr_desktop.ui.forms.editors.date_editor import DateEditor
from avrr_desktop.ui.widgets.theme import Theme

TODAY = date(2026, 11, 30)
Key = Qt.Key


class Desk:
    """A date field in a window of the smallest size, so far down."""

    def __init__(self, qtbot: QtBot, when: When = When.COMING, language: str = "en", down: int = 0) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.setFixedSize(780, 560)
        self.editor = DateEditor(Language(language), TODAY, when)
        column = QVBoxLayout(self.window)
        column.addSpacing(down)
        column.addWidget(self.editor.widget)
        if down:
            column.setAlignment(self.editor.widget, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.editor.focus.setFocus()

    @property
    def line(self) -> QWidget:
        return self.editor.focus

    def calendar(self) -> Calendar:
        shown = QApplication.activePopupWidget()
        assert isinstance(shown, Calendar)
        return shown

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.calendar().days.findChildren(QTableView)[0], key, held)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.mark.parametrize(
    ("typed", "weekday"),
    [("30.11", "Monday"), ("t", "Monday"), ("+1", "Tuesday"), ("next Fri", "Friday"), ("301126", "Monday"), ("5.2026", ""), ("2026", ""),
     ("30.11.2026~", ""), ("nonsense", ""), ("", "")],
)  # fmt: skip
def test_the_weekday_stands_beside_a_day(desk: Desk, typed: str, weekday: str) -> None:
    QTest.keyClicks(desk.line, typed)
    desk.editor.look_again()  # as after a pause in typing
    assert desk.editor.line.weekday == weekday
    labels = [label for label in desk.line.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in labels] == ([weekday] if weekday else [])


def test_the_weekday_gives_way_to_what_is_typed(desk: Desk) -> None:
    desk.editor.show_value("2026-11-30")
    assert desk.editor.line.weekday == "Monday"
    desk.line.setFixedWidth(110)
    QApplication.processEvents()
    assert desk.editor.line.weekday == ""


@pytest.mark.parametrize(
    ("key", "held"),
    [(Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Key.Key_Down, Qt.KeyboardModifier.AltModifier)],
)
def test_a_day_is_chosen_with_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    QTest.keyClicks(desk.line, "1.12.")
    QTest.keyClick(desk.line, key, held)
    assert desk.calendar().said.text() == "Tuesday, 1 December 2026"
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Down)
    assert desk.calendar().said.text() == "Wednesday, 9 December 2026"
    with qtbot.waitSignal(desk.editor.touched):
        desk.press(Key.Key_Return)
    assert desk.editor.value() == "2026-12-09"
    assert QApplication.activePopupWidget() is None
    assert desk.line.hasFocus()


def test_pages_turn_months_and_with_ctrl_years(desk: Desk) -> None:
    desk.editor.show_value("2026-01-31")
    QTest.keyClick(desk.line, Key.Key_F4)
    desk.press(Key.Key_PageDown)
    assert desk.calendar().month.text() == "February 2026"
    desk.press(Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert desk.calendar().month.text() == "February 2025"
    desk.press(Key.Key_Return)
    assert desk.editor.value() == "2025-02-28"


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F4])
def test_a_calendar_that_is_closed_leaves_what_was_typed(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClicks(desk.line, "nonsense")
    QTest.keyClick(desk.line, Key.Key_F4)
    assert desk.calendar().said.text() == "Monday, 30 November 2026", "no day stands there, so it begins today"
    desk.press(Key.Key_Right)
    desk.press(key)
    assert QApplication.activePopupWidget() is None
    assert desk.editor.typed() == "nonsense"


@pytest.mark.parametrize(
    ("when", "ways"),
    [
        (When.COMING, {"Today": 0, "In a week": 7, "In two weeks": 14}),
        (When.EITHER, {"Today": 0, "In a week": 7, "In two weeks": 14}),
        (When.PAST, {"Today": 0, "Yesterday": -1}), (When.BIRTH, {}),
    ],
)  # fmt: skip
def test_the_days_that_are_wanted_most_are_one_press_away(qtbot: QtBot, when: When, ways: dict[str, int]) -> None:
    desk = Desk(qtbot, when)
    for said, days in ways.items():
        QTest.keyClick(desk.line, Key.Key_F4)
        there = {made.text(): made for made in desk.calendar().findChildren(QPushButton)}
        assert set(there) - {"«", "‹", "›", "»"} == set(ways)
        QTest.mouseClick(there[said], Qt.MouseButton.LeftButton)
        assert desk.editor.value() == (TODAY + timedelta(days=days)).isoformat()
        desk.editor.show_value(None)


def test_the_wheel_changes_neither_the_date_nor_the_calendar(desk: Desk) -> None:
    desk.editor.show_value("2026-11-30")
    QTest.keyClick(desk.line, Key.Key_F4)
    views = desk.calendar().findChildren(QTableView)
    for target in (desk.line, desk.calendar(), desk.calendar().days, *(view.viewport() for view in views)):
        wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        QApplication.sendEvent(target, wheel)
    assert (desk.calendar().month.text(), desk.calendar().said.text()) == ("November 2026", "Monday, 30 November 2026")
    desk.press(Key.Key_Escape)
    assert desk.editor.value() == "2026-11-30"


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("down", [0, 250, 480])
def test_the_calendar_lies_within_its_window(qtbot: QtBot, down: int, scale: float) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Theme(scale=scale).apply(application)
    try:
        desk = Desk(qtbot, down=down)
        QTest.keyClick(desk.line, Key.Key_F4)
        shown, window = desk.calendar().geometry(), desk.window.frameGeometry()
        assert window.contains(shown)
        if scale == 1.0:
            line = QRect(desk.line.mapToGlobal(QPoint(0, 0)), desk.line.size())
            assert down == 250 or not shown.intersects(line), "what is typed stays in sight"
        desk.press(Key.Key_Escape)
    finally:
        Theme().apply(application)


def test_every_part_has_a_name_and_the_week_begins_on_monday(desk: Desk) -> None:
    [icon] = [made for made in desk.line.findChildren(QToolButton) if made.isVisible()]
    assert icon.accessibleName() == "Calendar (F4)"
    QTest.mouseClick(icon, Qt.MouseButton.LeftButton)
    calendar = desk.calendar()
    assert calendar.accessibleName() and calendar.days.accessibleName()
    assert {made.accessibleName() for made in calendar.findChildren(QPushButton)} >= {
        "A year earlier", "A month earlier", "A month later", "A year later", "Today"
    }  # fmt: skip
    assert calendar.days.firstDayOfWeek() is Qt.DayOfWeek.Monday
    desk.press(Key.Key_Escape)


@pytest.mark.parametrize("language", [code for code, _ in languages()] + ["sr-Cyrl", "cnr", "mk", "sq"])
def test_the_calendar_speaks_the_language_of_the_window(qtbot: QtBot, language: str) -> None:
    desk = Desk(qtbot, language=language)
    desk.editor.show_value("2026-05-12")
    QTest.keyClick(desk.line, Key.Key_F4)
    assert desk.calendar().month.text() == Language(language).partial_date("2026-05")
    desk.press(Key.Key_Right)
    desk.press(Key.Key_Return)
    assert desk.editor.value() == "2026-05-13"


def test_a_date_that_is_only_read_has_no_calendar(desk: Desk) -> None:
    desk.editor.show_value("2026-11-30")
    desk.editor.only_show()
    QTest.keyClick(desk.line, Key.Key_F4)
    assert QApplication.activePopupWidget() is None
    assert [made for made in desk.line.findChildren(QToolButton) if made.isVisible()] == []
