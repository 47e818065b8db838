"""A hand at the real window: keys, clicks and turns of the wheel go in where the system's own do, and each is counted.

It does as a practised officer does: it sees what is in sight, goes to a field with Tab where that is at most `FEW_TABS` away and
with the mouse else, turns the wheel where a thing lies further down, and types the first letters of an entry of a list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QMenu,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

Key, Held = Qt.Key, Qt.KeyboardModifier
CONTROL, SHIFT, ALT = Held.ControlModifier, Held.ShiftModifier, Held.AltModifier
FEW_LETTERS = 3
FEW_TABS = 3  # further away, a hand takes the mouse: a click is a second and a half, a key a quarter
NOTCH, MOST_NOTCHES = 120, 200
BOX = 8  # pixels from the left edge of a tick to the middle of its box
PAUSE_MS, MOST_WAITED_MS = 500, 20_000  # what comes by itself when somebody stops typing comes within that pause


@dataclass(slots=True)
class Hand:
    """``keys``: every key but the letters and figures of names, days, places and texts, which are ``letters``.

    A key with what is held beside it, such as Ctrl, is one, as it was when the figures of before were counted.
    """

    window: QWindow
    keys: int = 0
    letters: int = 0
    clicks: int = 0
    wheel: int = 0
    struck: list[str] = field(default_factory=list)

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
        """Strike keys one after the other, each with the same keys held."""
        for key in keys:
            self.keys += 1
            self.struck.append(key.name.removeprefix("Key_"))
            QTest.keyClick(self.window, key, held)
            QApplication.processEvents()

    def code(self, text: str) -> None:
        """Type letters that are no name, day or place: each is a key of its own."""
        self.keys += len(text)
        self._type(text)

    def text(self, text: str) -> None:
        """Type a name, a day, a place or a sentence. Blanks between them are keys like others."""
        blanks = text.count(" ")
        self.keys += blanks
        self.letters += len(text) - blanks
        self._type(text)

    def prose(self, text: str) -> None:
        """Type a sentence: it is what is recorded, with its blanks."""
        self.letters += len(text)
        self._type(text)

    def _type(self, text: str) -> None:
        for letter in text:
            code = Key(ord(letter.upper())) if letter.isascii() else Key.Key_unknown
            held = SHIFT if letter.isupper() else Held.NoModifier
            QTest.sendKeyEvent(QTest.KeyAction.Click, self.window, code, letter, held)
        QApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget, after turning the wheel where it lies further down the page."""
        popup = QApplication.activePopupWidget()
        if popup is not None and popup is not widget.window():
            popup.hide()  # a click outside closes it, and goes on to what lies there
        self._settle(widget.window())
        self.bring(widget)
        at = widget.visibleRegion().boundingRect().center()
        if isinstance(widget, QCheckBox):
            at.setX(
                min(at.x(), BOX)
            )  # onto the box itself: what lies behind a short text is not part of it in every style
        if not isinstance(widget, QAbstractButton):
            self.click_at(widget, at)
            return
        heard: list[bool] = []
        heard_one = widget.pressed.connect(lambda: heard.append(True))
        self.click_at(widget, at)
        if not heard and isValid(widget):  # in a long run of tests a click can be lost to what an earlier window left
            QTest.keyClick(widget, Key.Key_Space)
            QApplication.processEvents()
        if isValid(widget):
            widget.pressed.disconnect(heard_one)

    def _settle(self, window: QWidget) -> None:
        """Wait until nothing moves any more: what the key before it changed, what a pause in typing brings, and its height."""
        ends = QDeadlineTimer(MOST_WAITED_MS)
        while any(
            one.isActive() and one.isSingleShot() and one.interval() <= PAUSE_MS for one in window.findChildren(QTimer)
        ):
            assert not ends.hasExpired(), "a pause that does not end"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, PAUSE_MS)
        for _ in range(3):
            QApplication.processEvents()

    def click_at(self, widget: QWidget, at: QPoint) -> None:
        """Click at a point of a widget. Raises AssertionError for one out of sight."""
        assert widget.isVisible() and not widget.visibleRegion().isEmpty(), widget
        self.clicks += 1
        self.struck.append("click")
        window: QWidget = widget.window()
        if isinstance(window, QMenu) or window.windowHandle() is self.window:
            QTest.mouseClick(
                window.windowHandle(), Qt.MouseButton.LeftButton, Held.NoModifier, widget.mapTo(window, at)
            )
        else:  # of a list that popped up: it goes at the click, and its window with it
            _move_over(widget, at)
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Held.NoModifier, at)
        QApplication.processEvents()

    def bring(self, widget: QWidget) -> None:
        """Turn the wheel over the page around a widget until it is in sight."""
        area = _page_around(widget)
        while area is not None and not _in_sight(widget, area):
            before = area.verticalScrollBar().value()
            down = widget.mapTo(area.viewport(), QPoint(0, 0)).y() > 0
            self._turn(area.viewport(), down=down)
            if area.verticalScrollBar().value() == before:
                break

    def _turn(self, over: QWidget, *, down: bool) -> None:
        self.wheel += 1
        assert self.wheel < MOST_NOTCHES, "it does not come into sight"
        at = over.mapTo(over.window(), QPoint(over.width() - 3, over.height() // 2))
        QTest.wheelEvent(over.window().windowHandle(), QPointF(at), QPoint(0, -NOTCH if down else NOTCH))
        QApplication.processEvents()

    def reach(self, widget: QWidget) -> None:
        """Put the cursor into a widget: with Tab where it is near, else with the mouse."""
        for _ in range(tabs_to(widget)):
            self.key(Key.Key_Tab)
        if not has_cursor(widget):
            self.click(widget)

    def choose(self, box: QComboBox, wanted: str) -> None:
        """Choose the entry of a list that begins so, by at most `FEW_LETTERS`, else with the mouse; nothing where it stands there."""
        if box.currentText().startswith(wanted):
            return
        texts = [box.itemText(row) for row in range(box.count())]
        row = next(row for row, text in enumerate(texts) if text.startswith(wanted))
        first = (
            letters
            for letters in (wanted[:length] for length in range(1, FEW_LETTERS + 1))
            if _leads(texts, letters) == row
        )
        letters = next(first, "")
        if letters and (has_cursor(box) or tabs_to(box)):
            self.reach(box)
            self.code(letters.lower())
        else:
            self.click(box)
            self.click_line(box.view(), wanted)
        assert box.currentText().startswith(wanted), (wanted, box.currentText())

    def find(self, box: QComboBox, letters: str) -> None:
        """Type into a list that narrows, and take with Tab what is left."""
        self.reach(box)
        self.code(letters)
        self.key(Key.Key_Tab)

    def write(self, within: QWidget, name: str, text: str) -> None:
        """Go to the field under a label, and type a name, a day or a sentence into it."""
        self.reach(labelled(within, name))
        self.prose(text)

    def press(self, within: QWidget, name: str) -> None:
        """Click the button that reads so."""
        self.click(button(within, name))

    def pick(self, opener: QWidget, *path: str) -> None:
        """Click a button that opens a menu, and in it the entries that begin so, one menu after the other."""
        self.click(opener)
        for name in path:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), "no menu is open"
            self.click_entry(menu, name)

    def click_entry(self, menu: QMenu, name: str) -> None:
        """Click an entry of an open menu."""
        found = next(one for one in menu.actions() if one.text().replace("&", "").startswith(name))
        self.click_at(menu, menu.actionGeometry(found).center())

    def click_line(self, view: QAbstractItemView, text: str) -> None:
        """Click the first line of a list, tree or table that holds a text."""
        index = next(one for one in _lines(view) if text in _read(one))
        while not view.viewport().rect().contains(_centre(view.visualRect(index))):
            self._turn(view.viewport(), down=view.visualRect(index).top() > 0)
        self.click_at(view.viewport(), _centre(view.visualRect(index)))


def button(within: QWidget, name: str) -> QAbstractButton:
    """Return the first visible button that reads or is called so."""
    QApplication.processEvents()
    shown = [one for one in within.findChildren(QAbstractButton) if one.isVisible()]
    return next(one for one in shown if name in (one.text().replace("&", ""), one.accessibleName()))


def labelled(within: QWidget, name: str) -> Any:
    """Return the visible field under the label that reads so, or that is called so."""
    QApplication.processEvents()
    for one in within.findChildren(QLabel):
        buddy = one.buddy()
        if (
            one.isVisible()
            and one.text().removesuffix(" (required)").removesuffix(" (needed)") == name
            and buddy is not None
        ):
            return buddy
    return next(one for one in within.findChildren(QWidget) if one.isVisible() and one.accessibleName() == name)


def _move_over(widget: QWidget, at: QPoint) -> None:
    """Move the mouse: a list that just popped up takes a click only after that, lest it be the one that opened it."""
    none, where = Qt.MouseButton.NoButton, QPointF(at)
    moved = QMouseEvent(QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(at)), none, none, Held.NoModifier)
    QApplication.sendEvent(widget, moved)


def has_cursor(widget: QWidget) -> bool:
    """Return whether what is typed goes into a widget."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus) or focus.focusProxy() is widget)


def tabs_to(widget: QWidget) -> int:
    """Return how often Tab leads into a widget; 0 where it is there, or too far away to be worth it."""
    here = QApplication.focusWidget()
    if here is None or has_cursor(widget) or here.window() is not widget.window():
        return 0
    count, one = 0, here.nextInFocusChain()
    while one is not None and one is not here and count <= FEW_TABS:
        if _stops(one) and not here.isAncestorOf(one):
            count += 1
            if one is widget or widget.isAncestorOf(one):
                return count if count <= FEW_TABS else 0
        one = one.nextInFocusChain()
    return 0


def _stops(widget: QWidget) -> bool:
    """Return whether Tab stops at a widget."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _leads(texts: list[str], letters: str) -> int:
    """Return the first entry that begins with letters; -1 for none."""
    return next((row for row, text in enumerate(texts) if text.casefold().startswith(letters.casefold())), -1)


def _page_around(widget: QWidget) -> QScrollArea | None:
    around = widget.parentWidget()
    while around is not None and not (isinstance(around, QScrollArea) and around.verticalScrollBar().isVisible()):
        around = around.parentWidget()
    return around


def _in_sight(widget: QWidget, area: QScrollArea) -> bool:
    top = widget.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + min(widget.height(), area.viewport().height() // 2) <= area.viewport().height()


def _centre(area: QRect) -> QPoint:
    return QPoint(area.left() + min(area.width() // 2, 60), area.center().y())


def _lines(view: QAbstractItemView) -> Iterator[Any]:
    model, waiting = view.model(), [view.rootIndex()]
    while waiting:
        parent = waiting.pop(0)
        for row in range(model.rowCount(parent)):
            yield model.index(row, 0, parent)
            waiting.append(model.index(row, 0, parent))


def _read(index: Any) -> str:
    texts = [index.data(Qt.ItemDataRole.DisplayRole), index.data(Qt.ItemDataRole.AccessibleTextRole)]
    model = index.model()
    texts += [
        model.index(index.row(), column, index.parent()).data()
        for column in range(1, model.columnCount(index.parent()))
    ]
    return " · ".join(str(one) for one in texts if one)
