"""Layouts that follow the room there is: rows that wrap, columns that stack."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.ui.widgets.controls import Column
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, Theme

LOW_LINES = 36


class WrappingRow(QLayout):
    """Things beside each other, going on in the next line where the width ends."""

    def __init__(self, *things: QWidget) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for thing in things:
            self.addWidget(thing)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item; None past the end, as Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Grow in no direction."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return self._place(QRect(0, 0, width, 0), test=True)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items into a rectangle."""
        super().setGeometry(rect)
        self._place(rect, test=False)

    def sizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, test: bool) -> int:
        x, y, line_height = rect.x(), rect.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint().expandedTo(item.minimumSize())
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line_height = rect.x(), y + line_height + GAP_SMALL, 0
            if not test:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(size.width(), rect.width()), size.height())))
            x += size.width() + GAP_SMALL
            line_height = max(line_height, size.height())
        return y + line_height - rect.y()


class Panels(Column):
    """Panels beside each other while each has its width, one under the other when there is less room."""

    def __init__(self, theme: Theme, shares: tuple[int, ...], wanted: int) -> None:
        """``wanted``: the width in pixels at 100 % below which the panels stack, for all together."""
        super().__init__()
        self._limit = theme.px(wanted)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(GAP)
        self.bodies: list[QVBoxLayout] = []
        for share in shares:
            panel = QWidget()
            body = QVBoxLayout(panel)
            body.setContentsMargins(0, 0, 0, 0)
            body.setSpacing(GAP)
            self._box.addWidget(panel, share, Qt.AlignmentFlag.AlignTop)
            self.bodies.append(body)
        self.body.addLayout(self._box)
        self.body.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction for the new width."""
        narrow = event.size().width() < self._limit
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        super().resizeEvent(event)


def follow(focused: QWidget) -> None:
    """Scroll to what has the keyboard where it lies out of sight: what was just added lies below in a small window."""
    if not focused.isVisible() or not focused.visibleRegion().isEmpty():
        return
    parent = focused.parentWidget()
    while parent is not None:
        inner = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inner is not None and inner.isAncestorOf(focused):
            parent.ensureWidgetVisible(focused)
        parent = parent.parentWidget()


def is_low(widget: QWidget) -> bool:
    """Return whether the window around a widget has little height: less than 36 lines of its text, 640 pixels at 100 %."""
    return widget.window().height() < LOW_LINES * widget.fontMetrics().height()
