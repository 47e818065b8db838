"""The model and the delegate of the list of cases: pages of rows read when they are painted, never all of them."""

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.people.dates import is_past
from avrr_desktop.domain.wording import country_name, due_text, place_of_line, since_days
from avrr_desktop.operations.cases.search import lines
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.controls import plain_tip
from avrr_desktop.ui.widgets.icons import pixmap
from avrr_desktop.ui.widgets.theme import Theme

PAGE, KEPT = 128, 64
Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("number", "name", "persons", "place", "next", "waiting", "due", "officer", "status")


class CaseTable(QAbstractTableModel):
    """Rows are keys; texts are read a page at a time and forgotten when nobody looks."""

    def __init__(self, workspace: Session) -> None:
        super().__init__()
        self._workspace = workspace
        self._keys = array("q")
        self.pages: dict[int, list[CaseLine]] = {}
        self._officers: dict[str, str] = {}
        words = workspace.words
        self.titles = (
            words.text("Case number"), words.text("Case name"), words.text("Persons", "column"), words.text("Place"),
            words.text("Next step"), words.text("Waiting", "column"), words.text("Due", "column"), words.text("Officer", "column"),
            words.text("Status", "column"),
        )  # fmt: skip

    def show_keys(self, keys: Sequence[int], officers: dict[str, str]) -> None:
        """Show these cases, in this order."""
        self.beginResetModel()
        self._keys = array("q", keys)
        self.pages.clear()
        self._officers = officers
        self.endResetModel()

    def line(self, row: int) -> CaseLine | None:
        """Return what a row shows."""
        number = row // PAGE
        if number not in self.pages:
            while len(self.pages) >= KEPT:
                self.pages.pop(next(iter(self.pages)))
            keys = self._keys[number * PAGE : (number + 1) * PAGE].tolist()
            self.pages[number] = lines(self._workspace, keys) if not self._workspace.locked else []
        page = self.pages[number]
        return page[row % PAGE] if row % PAGE < len(page) else None

    def row_of(self, case: str) -> int:
        """Return the row of a case among the pages already read; -1 when it is not there."""
        for number, page in self.pages.items():
            for offset, line in enumerate(page):
                if line.uid == case:
                    return number * PAGE + offset
        return -1

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        line = self.line(row)
        if line is None:
            return ""
        words, today = self._workspace.words, self._workspace.today
        name = COLUMNS[column]
        if name == "number":
            return line.number
        if name == "name":
            return line.called or line.principal
        if name == "persons":
            return words.number(line.persons)
        if name == "place":
            place = place_of_line(line, words, self._workspace.pack)
            return ", ".join(part for part in (place, country_name(line.country, words)) if part)
        if name == "next":
            return words.text(line.next_step)
        if name == "waiting":
            return since_days(line.waiting_since, today, words) if line.waiting_since else ""
        if name == "due":
            return due_text(line.due, today, words) if line.due else ""
        if name == "officer":
            return self._officers.get(line.officer, "")
        return words.text(self._workspace.pack.label("case_status", line.status))

    def state(self, row: int, column: int, today: date) -> str:
        """Return the icon name that stands in a cell; empty for none."""
        line = self.line(row)
        if line is None:
            return ""
        name = COLUMNS[column]
        if name == "next" and line.next_step:
            return {"under_way": "waiting", "refused": "blocked"}.get(line.next_standing, line.next_standing)
        if name == "due" and line.due and is_past(line.due, today):
            return "overdue"
        return ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return the number of cases."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, also for tool tip and screen reader; the delegate draws it."""
        if index.isValid() and role in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
        ):  # fmt: skip
            text = self.text(index.row(), index.column())
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class CaseDelegate(QStyledItemDelegate):
    """Draws cells from the model's own lines: one call a cell instead of seven."""

    def __init__(self, theme: Theme, model: CaseTable, today: date) -> None:
        super().__init__()
        self._theme, self._model, self._today = theme, model, today
        self._font, self._bold = theme.font(), theme.font(bold=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line high."""
        return QSize(80, self._theme.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw background, icon and text."""
        colours, area = self._theme.colours, QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, QColor(colours.accent_soft if selected else colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        row, column = index.row(), index.column()
        text, state = self._model.text(row, column), self._model.state(row, column, self._today)
        left = area.left() + self._theme.px(8)
        if state:
            size = self._theme.px(14)
            painter.drawPixmap(
                left, area.center().y() - size // 2, pixmap(state, self._theme.state_colour(state), size)
            )
            left += size + self._theme.px(6)
        quiet = COLUMNS[column] in ("place", "officer", "status", "waiting")
        painter.setFont(self._bold if COLUMNS[column] == "name" else self._font)
        painter.setPen(
            QColor(colours.muted if quiet else self._theme.state_colour(state) if state == "overdue" else colours.text)
        )
        width = area.right() - left - 4
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, area.top(), width, area.height()), Qt.AlignmentFlag.AlignVCenter, shown)
