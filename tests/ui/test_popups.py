"""Lists that pop up: whole rows, as many as the screen has room for, wherever the list stands; letters choose."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.widgets.controls import FEW_ROWS, WHOLE_ROWS, Choice, placed
from avrr_desktop.ui.widgets.theme import Theme

Show = Callable[[int, int], Choice]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """What shows a list of so many entries popped up, its box so far below the upper edge of the screen."""
    window = QWidget()
    qtbot.addWidget(window)

    def shown(entries: int, top: int) -> Choice:
        box = Choice()
        box.setParent(window)
        for number in range(entries):
            box.addItem(f"Entry {number} with gjpqy")
        window.resize(400, 60)
        window.move(box.screen().availableGeometry().left() + 20, box.screen().availableGeometry().top() + top)
        window.show()
        qtbot.waitExposed(window)
        box.showPopup()
        return box

    yield shown
    window.close()


def rows_of(box: Choice) -> tuple[int, int]:
    """Return (rows of which anything is seen, rows that are seen whole)."""
    view = box.view()
    seen = view.viewport().rect()
    rows = [view.visualRect(box.model().index(row, 0)) for row in range(box.count())]
    return sum(row.intersects(seen) for row in rows), sum(seen.contains(row) for row in rows)


@pytest.fixture(params=[1.0, 1.5], scope="module")
def scaled(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Texts of two sizes, each laid over all windows once: that takes longer than a list does."""
    Theme(scale=request.param).apply(qapp)
    yield
    Theme().apply(qapp)


@pytest.mark.usefixtures("scaled")
@pytest.mark.parametrize("entries", [1, 2, 9, WHOLE_ROWS, WHOLE_ROWS + 1, 60])
@pytest.mark.parametrize("down", [0.0, 0.3, 0.5, 0.77, 1.0])
def test_every_row_of_a_list_that_pops_up_is_seen_whole(show: Show, entries: int, down: float) -> None:
    screen = QApplication.primaryScreen().availableGeometry()
    box = show(entries, round((screen.height() - 60) * down))
    some, whole = rows_of(box)
    assert some == whole >= min(entries, FEW_ROWS)
    assert whole <= WHOLE_ROWS
    assert screen.contains(box.view().window().geometry())
    box.hidePopup()


def test_a_list_keeps_what_is_chosen_in_sight(show: Show) -> None:
    box = show(60, 300)
    box.hidePopup()
    box.setCurrentIndex(59)
    box.showPopup()
    row = box.view().visualRect(box.model().index(59, 0))
    assert box.view().viewport().rect().contains(row)
    box.hidePopup()


def test_letters_choose_and_the_wheel_does_not(show: Show) -> None:
    box = show(20, 0)
    box.hidePopup()
    box.setFocus()
    QTest.keyClicks(box, "entry 7")
    assert box.currentText().startswith("Entry 7 ")
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText().startswith("Entry 8 ")
    turned = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                         Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(box, turned)
    assert box.currentText().startswith("Entry 8 ")


@pytest.mark.parametrize("height", [100, 400, 900])
def test_what_pops_up_stays_in_its_room(show: Show, height: int) -> None:
    box = show(3, 200)
    box.hidePopup()
    room = box.screen().availableGeometry()
    at = placed(QRect(0, 0, 200, min(height, room.height())).size(), box, room)
    assert room.contains(at)
