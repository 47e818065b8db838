"""A tree whose rows are as high as their texts need: nothing of a title is cut off."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

_MARGIN = 16  # pixels that a style leaves free at both sides of a text


OF_FIRST = 0.42  # of the width: what the first column keeps in a narrow window


class WrappingTree(QTreeWidget):
    """Its texts go on in the next line where a column ends."""

    def __init__(self) -> None:
        super().__init__()
        self._beside: tuple[int, ...] = ()
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self._delegate = _WrappedText(self)
        self.setItemDelegate(self._delegate)
        self.header().sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())

    def keep_beside(self, *widths: int) -> None:
        """Give the columns behind the first one these widths, and less where the first would get less than ``OF_FIRST`` of the whole."""
        self._beside = widths
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        room = round(self.viewport().width() * (1 - OF_FIRST))
        part = min(1.0, room / sum(self._beside)) if self._beside else 1.0
        for column, width in enumerate(self._beside, 1):
            self.setColumnWidth(column, max(round(width * part), min(width, self.header().sectionSizeHint(column))))

    def room(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return how wide the cell of an index is, without what its depth takes."""
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return self.columnWidth(index.column()) - (self.indentation() * depth if index.column() == 0 else 0)


class _WrappedText(QStyledItemDelegate):
    """Asks for the height of the whole text at the width of its column."""

    def __init__(self, tree: WrappingTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of one line, higher where the text needs more."""
        one_line = super().sizeHint(option, index)
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        icon = 0 if cell.icon.isNull() else cell.decorationSize.width()
        room = QRect(0, 0, max(self._tree.room(index) - _MARGIN - icon, 1), 0)
        text = cell.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, cell.text)
        return QSize(one_line.width(), one_line.height() + max(0, text.height() - cell.fontMetrics.height()))
