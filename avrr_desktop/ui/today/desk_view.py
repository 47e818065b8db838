"""The desk on the screen: two lines of text for each thing, its buttons at the right, keys and a menu for all that can be done."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.ui.today.desk_model import DeskModel, Index, Row
from avrr_desktop.ui.widgets.icons import pixmap
from avrr_desktop.ui.widgets.theme import BODY, SMALL, Theme

HEIGHT, BUTTON = 44, 28  # pixels at 100 %
# The letter on the same key where the keyboard writes Cyrillic.
_CYRILLIC = {"Д": "D", "Т": "T", "Њ": "W", "В": "W", "А": "A", "Н": "N", "Ц": "C", "П": "P", "Б": "B"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a line that can be pressed: one of its buttons, or its menu where ``act`` is None."""

    area: QRect
    text: str
    act: Act | None


class DeskDelegate(QStyledItemDelegate):
    """Draws heads, lines and buttons; all of one height, so that thousands of lines need not be measured."""

    def __init__(self, theme: Theme, model: DeskModel, view: "DeskView") -> None:
        super().__init__(view)
        self._theme, self._model, self._view = theme, model, view
        self._body, self._bold, self._small = theme.font(BODY), theme.font(BODY, bold=True), theme.font(SMALL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines high."""
        return QSize(200, self._theme.px(HEIGHT))

    def spots(self, area: QRect, row: Row) -> list[Spot]:
        """Return where the buttons of a line stand, from the right: its menu, then what is done most often."""
        theme, right = self._theme, area.right() - self._theme.px(8)
        high = theme.px(BUTTON)
        top = area.top() + (area.height() - high) // 2
        found: list[Spot] = []
        moves: list[tuple[Act | None, str, int]] = [(None, "", high)] if row.has_menu else []
        moves += [
            (act, text, self._view.fontMetrics().horizontalAdvance(text) + theme.px(20))
            for act, text in reversed(row.moves if area.width() > theme.px(560) else row.moves[:1])
        ]
        for act, text, wide in moves:
            found.append(Spot(QRect(right - wide, top, wide, high), text, act))
            right -= wide + theme.px(4)
        return found

    def name_area(self, area: QRect, row: Row) -> QRect:
        """Return where the name of a line stands: pressing it opens the case."""
        left = area.left() + self._theme.px(32)
        return QRect(left, area.top() + self._theme.px(4), (area.right() - left) * 32 // 100, self._theme.px(19))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the head of a group, a line, or the line that shows all."""
        painter.save()
        area, colours = QRect(option.rect), self._theme.colours
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        head = self._model.is_group(index)
        painter.fillRect(area, QColor(colours.accent_soft if chosen else colours.page if head else colours.surface))
        row = self._model.row(index)
        if head:
            self._paint_head(painter, area, index)
        elif row is not None:
            self._paint_row(painter, area, row)
        else:
            self._write(
                painter, area.adjusted(self._theme.px(32), 0, 0, 0), self._model.text(index), self._body, colours.accent
            )
        painter.setPen(QColor(colours.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and self._view.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)  # that of a button would cover the line
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRect, index: Index) -> None:
        theme, colours = self._theme, self._theme.colours
        group = self._model.group(index)
        assert group is not None
        size = theme.px(4)
        middle = QPoint(area.left() + theme.px(16), area.center().y() + theme.px(4))
        painter.setPen(QPen(QColor(colours.muted), max(1.5, theme.px(1.5))))
        folded = not self._view.isExpanded(self._model.index(index.row(), 0))
        points = (
            [QPoint(-size, -size), QPoint(0, 0), QPoint(-size, size)]
            if folded
            else [QPoint(-size, -size // 2), QPoint(0, size // 2), QPoint(size, -size // 2)]
        )
        painter.drawPolyline([middle + point for point in points])
        text = area.adjusted(theme.px(32), theme.px(8), 0, 0)
        bad = group.key == "alarm" or group.key.startswith("late")
        self._write(painter, text, group.title, self._bold, colours.bad if bad else colours.text)
        painter.setFont(self._bold)
        text.setLeft(text.left() + painter.fontMetrics().horizontalAdvance(group.title) + theme.px(8))
        self._write(painter, text, f"{group.count}", self._body, colours.muted)

    def _paint_row(self, painter: QPainter, area: QRect, row: Row) -> None:
        theme, colours, said = self._theme, self._theme.colours, row.said
        size, name = theme.px(16), self.name_area(area, row)
        state = theme.state_colour(said.state)
        painter.drawPixmap(area.left() + theme.px(10), area.top() + theme.px(6), pixmap(said.icon, state, size))
        self._write(painter, name, row.name, self._bold, colours.accent)
        below = name.translated(0, theme.px(18))
        self._write(painter, below, row.below, self._small, colours.muted)
        spots = self.spots(area, row)
        what = QRect(name.right() + theme.px(12), name.top(), 0, name.height())
        what.setRight(spots[-1].area.left() - theme.px(8))
        self._write(painter, what, said.what, self._body, colours.text)
        when = what.translated(0, theme.px(18))
        self._write(
            painter, when, said.when, self._small, state if said.state in ("overdue", "waiting") else colours.muted
        )
        for spot in spots:
            self._paint_spot(painter, spot)

    def _paint_spot(self, painter: QPainter, spot: Spot) -> None:
        theme, colours = self._theme, self._theme.colours
        under = spot.area.contains(self._view.pointer)
        if spot.act is None:
            if under:
                painter.fillRect(spot.area, QColor(colours.accent_soft))
            size = theme.px(16)
            at = spot.area.center() - QPoint(size // 2, size // 2)
            painter.drawPixmap(at, pixmap("more", colours.muted, size))
            return
        painter.setPen(QColor(colours.accent if under else colours.line))
        painter.setBrush(QColor(colours.accent_soft if under else colours.surface))
        painter.drawRoundedRect(spot.area.adjusted(0, 0, -1, -1), theme.px(4), theme.px(4))
        painter.setPen(QColor(colours.accent))
        painter.setFont(self._body)
        painter.drawText(spot.area, Qt.AlignmentFlag.AlignCenter, spot.text)

    @staticmethod
    def _write(painter: QPainter, area: QRect, text: str, font: object, colour: str) -> None:
        painter.setFont(font)  # type: ignore[arg-type]
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)


class DeskView(QTreeView):
    """Up and Down go through all groups, Left and Right fold them; Enter opens; a letter does what the menu says beside it."""

    opened = Signal(object)  # Row
    acted = Signal(object, object)  # Row, Act
    lettered = Signal(object, str)  # Row, the letter that was typed
    all_wanted = Signal(str)  # the key of a group
    menu_wanted = Signal(QPoint)  # where in the list: of the chosen line

    def __init__(self, theme: Theme, model: DeskModel) -> None:
        super().__init__()
        self.model_ = model
        self.pointer = QPoint(-1, -1)
        self.setObjectName("desk")
        self.setModel(model)
        self._drawn = DeskDelegate(theme, model, self)
        self.setItemDelegate(self._drawn)
        self.setUniformRowHeights(True)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTreeView.SelectionMode.SingleSelection)

    def rows(self) -> Iterator[tuple[QModelIndex, Row]]:
        """Give every line that is unfolded, with its index: from the top."""
        index = self.model_.index(0, 0)
        while index.isValid():
            if (row := self.model_.row(index)) is not None:
                yield index, row
            index = self.indexBelow(index)

    def spot(self, index: QModelIndex, act: Act | None) -> QPoint:
        """Return the middle of a button of a line that is seen, in the view; without an act, that of its menu."""
        row = self.model_.row(index)
        assert row is not None
        found = self._drawn.spots(self.visualRect(index), row)
        return next(spot.area.center() for spot in found if spot.act is act)

    def go_to(self, group: str, row: int) -> bool:
        """Choose a line of a group, or the one that took its place; return whether there is one."""
        for number, one in enumerate(self.model_.groups):
            if one.key == group:
                head = self.model_.index(number, 0)
                shown = self.model_.rowCount(head) if self.isExpanded(head) else 0
                self.setCurrentIndex(self.model_.index(min(row, shown - 1), 0, head) if shown and row >= 0 else head)
                return True
        return False

    def press(self, index: QModelIndex) -> None:
        """Do what Enter does: open a line, fold or unfold a group, lead to all of it."""
        row = self.model_.row(index)
        if row is not None:
            self.opened.emit(row)
        elif self.model_.is_more(index):
            group = self.model_.group(index)
            self.all_wanted.emit(group.key if group is not None else "")
        elif self.model_.is_group(index):
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and the letters of the menu; the rest moves about as in every tree."""
        index, plain = self.currentIndex(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self.model_.row(index)
        letter = event.text().upper()
        letter = _CYRILLIC.get(letter, letter)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.press(index)
        elif row is not None and plain == Qt.KeyboardModifier.NoModifier and len(letter) == 1 and letter.isalpha():
            self.lettered.emit(row, letter)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do things here; they look for nothing."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press what lies under the pointer: a button, the name, the head of a group."""
        index, at = self.indexAt(event.position().toPoint()), event.position().toPoint()
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index != self.currentIndex():
            return
        row = self.model_.row(index)
        if row is None:
            self.press(index)
            return
        area = self.visualRect(index)
        for spot in self._drawn.spots(area, row):
            if spot.area.contains(at):
                if spot.act is None:
                    self.menu_wanted.emit(spot.area.bottomLeft())
                else:
                    self.acted.emit(row, spot.act)
                return
        if self._drawn.name_area(area, row).contains(at):
            self.opened.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the line; its second press is no press of a button."""
        index = self.indexAt(event.position().toPoint())
        row = self.model_.row(index)
        spots = self._drawn.spots(self.visualRect(index), row) if row is not None else []
        if row is not None and not any(spot.area.contains(event.position().toPoint()) for spot in spots):
            self.opened.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be pressed."""
        self.pointer = event.position().toPoint()
        index = self.indexAt(self.pointer)
        row = self.model_.row(index) if index.isValid() else None
        hand = index.isValid() and (
            row is None
            or self._drawn.name_area(self.visualRect(index), row).contains(self.pointer)
            or any(spot.area.contains(self.pointer) for spot in self._drawn.spots(self.visualRect(index), row))
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        self.viewport().update()
        super().mouseMoveEvent(event)
