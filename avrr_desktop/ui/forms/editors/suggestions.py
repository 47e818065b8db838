"""What pops up beneath a line while somebody types: entries of one or two lines, gone through and chosen with the keyboard alone.

Typing narrows them, Down goes to the first, Return takes the marked one, Escape closes them and leaves the text as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from avrr_desktop.ui.widgets.controls import WHOLE_ROWS

_BELOW = Qt.ItemDataRole.UserRole + 1
_PAD = 6
_SMALLER = 0.88  # of the first line


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry: what it stands for, what it reads, and a second line that tells it from others of its name."""

    key: str
    title: str
    below: str = ""


class Suggestions(QObject):
    """The list beneath one line. Who owns the line says what is offered for its text, and what a choice means."""

    chosen = Signal(str)  # the key of an entry

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._offered: Sequence[Suggestion] = ()
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(WHOLE_ROWS)
        self._completer.setWidget(line)
        self.popup.setItemDelegate(_TwoLines(self.popup))
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]

    @property
    def popup(self) -> QAbstractItemView:
        """The list itself."""
        popup = self._completer.popup()
        assert popup is not None
        return popup

    @property
    def marked(self) -> bool:
        """Whether Return would take an entry."""
        return self.popup.isVisible() and self.popup.currentIndex().isValid()

    def offer(self, offered: Sequence[Suggestion], *, mark_first: bool = False) -> None:
        """Show entries, or nothing where there are none. ``mark_first``: Return takes the first, which is the only one meant."""
        self._offered = offered
        self._model.clear()
        for one in offered:
            item = QStandardItem(one.title)
            item.setData(one.below, _BELOW)
            item.setData(", ".join(filter(None, (one.title, one.below))), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if not offered:
            self.popup.hide()
            return
        self._completer.complete()
        self.popup.setCurrentIndex(self._model.index(0 if mark_first else -1, 0))

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self._offered[index.row()].key)


class _TwoLines(QStyledItemDelegate):
    """Draws an entry: its title, and below it, smaller and quieter, what tells it from others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line high, or two."""
        size = super().sizeHint(option, index)
        below = index.data(_BELOW)
        return size if not below else QSize(size.width(), size.height() + option.fontMetrics.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw both lines; what does not fit ends in an ellipsis."""
        below = str(index.data(_BELOW) or "")
        if not below:
            super().paint(painter, option, index)
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        title, shown.text = shown.text, ""
        widget: QWidget = option.widget
        style = widget.style() or QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
        area = QRect(option.rect).adjusted(2 * _PAD, _PAD, -2 * _PAD, -_PAD)
        painter.save()
        self._line(painter, shown.font, shown.palette.color(QPalette.ColorRole.Text), area, title)
        small = QFont(shown.font)
        if small.pixelSize() > 0:
            small.setPixelSize(round(small.pixelSize() * _SMALLER))
        else:
            small.setPointSizeF(small.pointSizeF() * _SMALLER)
        area.setTop(area.top() + area.height() // 2)
        self._line(painter, small, shown.palette.color(QPalette.ColorRole.PlaceholderText), area, below)
        painter.restore()

    def _line(self, painter: QPainter, font: QFont, colour: QColor, area: QRect, text: str) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        metrics = painter.fontMetrics()
        line = QRect(area.left(), area.top(), area.width(), metrics.height())
        painter.drawText(
            line, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        )
