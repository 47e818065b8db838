"""Lists of two-line items: an icon, a title, a smaller line under it, a word at the right."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avrr_desktop.ui.widgets.controls import plain_tip
from avrr_desktop.ui.widgets.icons import pixmap
from avrr_desktop.ui.widgets.theme import BODY, SMALL, Theme

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
CELLS_ROLE = Qt.ItemDataRole.UserRole + 2  # the texts of a row, one by one: what is copied of it


_DRAFT = "draft "


def draft_key(record: str) -> str:
    """Return the key of the line of a new record that was begun and not saved."""
    return _DRAFT + record


def is_draft(key: str) -> bool:
    """Return whether a line stands for such a record."""
    return key.startswith(_DRAFT)


def record_of(key: str) -> str:
    """Return the record that a line stands for, stored or not."""
    return key.removeprefix(_DRAFT)


@dataclass(frozen=True, slots=True)
class Item:
    """What one item shows, and what it stands for."""

    key: str
    title: str
    below: str = ""
    icon: str = ""
    state: str = ""
    right: str = ""


OF_TITLE = 0.55  # of the width of a line, at least, where its title needs that much


class ItemDelegate(QStyledItemDelegate):
    """Draws a Line; asks the model for nothing else."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines high."""
        line: Item = index.data(LINE_ROLE)
        return QSize(120, self._theme.px(46 if line.below else 32))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw background, icon and texts; texts that do not fit end in an ellipsis."""
        line: Item = index.data(LINE_ROLE)
        theme, colours, area = self._theme, self._theme.colours, QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, QColor(colours.accent_soft if selected else colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        pad = theme.px(8)
        area.adjust(pad, theme.px(5), -pad, -theme.px(5))
        if line.icon:
            size = theme.px(16)
            painter.drawPixmap(
                area.left(), area.top() + theme.px(2), pixmap(line.icon, theme.state_colour(line.state), size)
            )
            area.setLeft(area.left() + size + pad)
        if line.right:
            painter.setFont(theme.font(SMALL))
            title_width = QFontMetrics(theme.font(BODY)).horizontalAdvance(line.title)
            room = area.width() - pad - min(title_width, round(area.width() * OF_TITLE))  # a name is never pushed out
            said = painter.fontMetrics().elidedText(line.right, Qt.TextElideMode.ElideRight, room)
            width = painter.fontMetrics().horizontalAdvance(said) + 2
            painter.setPen(QColor(theme.state_colour(line.state) if line.state else colours.muted))
            right = QRect(area.right() - width, area.top(), width, theme.px(18))
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
            top_width = area.width() - width - pad
        else:
            top_width = area.width()
        painter.setFont(theme.font(BODY))
        painter.setPen(QColor(colours.text))
        title = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, top_width)
        painter.drawText(QRect(area.left(), area.top(), top_width, theme.px(19)), Qt.AlignmentFlag.AlignVCenter, title)
        if line.below:
            painter.setFont(theme.font(SMALL))
            painter.setPen(QColor(colours.muted))
            below = painter.fontMetrics().elidedText(line.below, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(
                QRect(area.left(), area.top() + theme.px(19), area.width(), theme.px(17)),
                Qt.AlignmentFlag.AlignVCenter,
                below,
            )
        painter.restore()


class ItemList(QListWidget):
    """A list of Lines; keyboard and screen reader see title and second line as one text."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setItemDelegate(ItemDelegate(theme, self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Iterable[Item], keep: str = "") -> None:
        """Show lines, keeping the one with key ``keep`` chosen; signals stay silent."""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(self)
            item.setData(LINE_ROLE, line)
            item.setData(CELLS_ROLE, [line.title, line.below, line.right])
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                ", ".join(part for part in (line.title, line.below, line.right) if part),
            )
            item.setToolTip(plain_tip("\n".join(part for part in (line.title, line.below) if part)))
            if line.key == keep:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def wanted_height(self) -> int:
        """Return the height at which every line is seen."""
        return sum(self.sizeHintForRow(number) for number in range(self.count())) + 2 * self.frameWidth()

    def chosen(self) -> str:
        """Return the key of the chosen line; empty for none."""
        item = self.currentItem()
        line: Item | None = item.data(LINE_ROLE) if item else None
        return line.key if line else ""

    def choose_first(self) -> None:
        """Choose the first line where none is chosen, a draft only where there is nothing else; tell nobody."""
        if not self.chosen() and self.count():
            keys = [self.item(position).data(LINE_ROLE).key for position in range(self.count())]
            stored = (position for position, key in enumerate(keys) if not is_draft(key))
            self.blockSignals(True)
            self.setCurrentRow(next(stored, 0))
            self.blockSignals(False)

    def choose_made(self, key: str) -> None:
        """Choose the line of what was a draft until now, without telling anybody; another chosen line stays chosen."""
        if not self.chosen() or is_draft(self.chosen()):
            self.blockSignals(True)
            self.choose(key)
            self.blockSignals(False)

    def choose(self, key: str) -> None:
        """Choose a line by its key."""
        for position in range(self.count()):
            if self.item(position).data(LINE_ROLE).key == key:
                self.setCurrentRow(position)
                return
