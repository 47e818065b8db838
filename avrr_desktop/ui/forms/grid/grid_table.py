"""The family grid under the keys: Tab to the next cell, Return to the next row, letters go where the cursor stands."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)  # fmt: skip

from avrr_desktop.domain.records.fields import Kind
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.suggestions import Suggestion
from avrr_desktop.ui.forms.grid.cell_suggestions import CellSuggestions
from avrr_desktop.ui.forms.grid.cells import Cells
from avrr_desktop.ui.forms.grid.columns import COLUMNS, COUNTRY, PLACE, Column
from avrr_desktop.ui.forms.grid.grid_model import FamilyModel
from avrr_desktop.ui.forms.letter_cycling import offer_letters
from avrr_desktop.ui.system.clipboard import copied_text
from avrr_desktop.ui.widgets.controls import label
from avrr_desktop.ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.Key
_ONWARD = {KEY.Key_Tab: 1, KEY.Key_Backtab: -1}
_RETURN = (KEY.Key_Return, KEY.Key_Enter)
HEADING_MARGIN = 2  # pixels, lest the last letter of a heading give way to dots
LEAST_WIDTH = 90  # pixels at 100 % for each tenth of the whole width


class FamilyTable(QTableView):
    """The table. What a key means where a cell has no meaning of its own for it is told by signals."""

    done = Signal()  # Return in an empty row, or Tab behind the last cell
    take_wanted = Signal()  # Ctrl+Space, or Space in a cell of flags
    entries_wanted = Signal()  # all entries of a cell of flags, to tick
    pasted = Signal(str)
    moved = Signal()  # another cell, or another row

    def __init__(self, model: FamilyModel, words: Language, theme: Theme, cells: Cells) -> None:
        super().__init__()
        self.cells = cells
        self.grid, self._theme, self._words = model, theme, words
        self.setModel(model)
        self.setAccessibleName(words.text("The people of the family"))
        self.setAccessibleDescription(
            words.text(
                "Tab: next cell. Return: next person. Ctrl+D: as in the row above. Ctrl+Space: tick what is suggested. "
                "F6: more about the person. F7: recorded already."
            )
        )
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setWordWrap(False)
        self.setShowGrid(True)
        colours = theme.colours
        self.setStyleSheet(
            f"QTableView {{ gridline-color: {colours.line}; }}"
            f"QTableView::item:selected {{ background: {colours.accent_soft}; color: {colours.text}; }}"
            f"QTableView::item:focus {{ border: 2px solid {colours.accent}; }}"
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        titles = self.horizontalHeader()
        wrapped = Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
        titles.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | wrapped)
        titles.setFixedHeight(theme.px(44))  # two lines of a title
        self._saying = label("", "cell_said")
        self._saying.setParent(self)
        self._saying.hide()
        self.selectionModel().currentChanged.connect(lambda *_: self._on_moved())
        model.typed.connect(lambda _: self.say())
        model.modelReset.connect(self._saying.hide)
        for changed in (model.modelReset, model.rowsInserted):
            changed.connect(lambda *_: self.fit())
        self.fit()

    @property
    def row(self) -> int:
        """The number of the row in which the cursor stands; 0 where it stands nowhere."""
        return max(self.currentIndex().row(), 0)

    @property
    def key(self) -> str:
        """The name of the field in which the cursor stands."""
        return COLUMNS[max(self.currentIndex().column(), 0)].key

    @property
    def open_line(self) -> QLineEdit | None:
        """The line in which somebody types; None while no cell is open."""
        focus = self.focusWidget()
        return focus if isinstance(focus, QLineEdit) and self.state() is QAbstractItemView.State.EditingState else None

    def go(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        self.finish()
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def finish(self) -> None:
        """Take the text of the cell that is open."""
        if (line := self.open_line) is not None:
            self.commitData(line)
            self.closeEditor(line, QStyledItemDelegate.EndEditHint.NoHint)
            self.setFocus()

    def step(self, by: int) -> bool:
        """Go so many cells on, past the ends of rows; return whether there was one."""
        self.finish()
        width = len(COLUMNS)
        at = self.row * width + max(self.currentIndex().column(), 0) + by
        if not 0 <= at < self.grid.rowCount() * width:
            return False
        self.go(*divmod(at, width))
        return True

    def next_row(self) -> None:
        """Go to the first cell of the next row, which is made where there is none; from an empty one, go on behind the grid."""
        self.finish()
        last = self.row == self.grid.rowCount() - 1
        if last and self.grid.rows.rows[self.row].empty:
            self.done.emit()
            return
        self.go(self.grid.add() if last else self.row + 1, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand somewhere, always."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, take, clear and paste; letters open the cell."""
        if not self.meant(event):
            super().keyPressEvent(event)

    def meant(self, event: QKeyEvent) -> bool:
        """Do what a key means in the whole grid, whether a cell is open or not; return whether it means anything."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ONWARD and not held & ~Qt.KeyboardModifier.ShiftModifier:
            event.setAccepted(self.step(_ONWARD[KEY(key)]))
            return True
        if key in _RETURN and held == Qt.KeyboardModifier.NoModifier:
            self.next_row()
            return True
        if event == QKeySequence.StandardKey.Paste and self._may_paste():
            self.finish()
            self.pasted.emit(copied_text())
            return True
        if held == Qt.KeyboardModifier.ControlModifier and key == KEY.Key_Space:
            self.finish()
            self.take_wanted.emit()
            return True
        if held == Qt.KeyboardModifier.ControlModifier and key == KEY.Key_D:
            self.finish()
            self.grid.rows.same_as_above(self.row, self.key)
            self.grid.type(self.row, self.key, self.grid.rows.rows[self.row].typed.get(self.key, ""))
            return True
        return self.open_line is None and self._meant_closed(event)

    def _may_paste(self) -> bool:
        """Return whether what was copied is more than a text for the cell that is open."""
        copied = copied_text()
        return bool(copied) and (self.open_line is None or "\t" in copied or "\n" in copied.strip())

    def _meant_closed(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        flags = COLUMNS[max(self.currentIndex().column(), 0)].flags
        if flags and (key == KEY.Key_F2 or (key == KEY.Key_Down and held & Qt.KeyboardModifier.AltModifier)):
            self.entries_wanted.emit()
            return True
        if key == KEY.Key_Space and flags and not held:
            self.take_wanted.emit()
            return True
        if key in (KEY.Key_Delete, KEY.Key_Backspace) and not held:
            if self.grid.may_type(self.row, self.key):
                self.grid.type(self.row, self.key, "")
            return True
        return False

    def say(self) -> None:
        """Say beside the cell with the cursor what is wrong with it, or how it is understood while somebody types."""
        text, bad = self._sentence()
        self._saying.setText(text)
        self._saying.setVisible(bool(text))
        if not text:
            return
        self._saying.setProperty("bad", bad)
        self._saying.style().polish(self._saying)
        cell = self.visualRect(self.currentIndex()).translated(self.viewport().pos())
        self._saying.setFixedWidth(min(self._theme.px(340), self._saying.fontMetrics().horizontalAdvance(text) + 24))
        height = self._saying.heightForWidth(self._saying.width())
        below = cell.bottom() + 2
        top = below if below + height < self.height() else cell.top() - height - 2
        left = max(0, min(cell.left(), self.width() - self._saying.width() - 4))
        self._saying.setGeometry(left, max(top, 0), self._saying.width(), height)
        self._saying.raise_()
        if (line := self.open_line) is not None:
            line.setAccessibleDescription(text)

    def _sentence(self) -> tuple[str, bool]:
        """Return what is said, and whether it is about something that cannot be read."""
        if not self.currentIndex().isValid():
            return "", False
        row, key, line = self.row, self.key, self.open_line
        if line is None:
            return self.grid.said(row, key), self.grid.unreadable(row, key)
        cell, column = self.grid.rows.cell(row, key), COLUMNS[self.currentIndex().column()]
        if cell.unreadable:  # half a date is no mistake yet; of a list, what was typed so far may be several
            return (cell.problem if column.flags or column.declared.kind is Kind.CHOICE else ""), False
        return (cell.shown if cell.shown != line.text().strip() else ""), False

    def _on_moved(self) -> None:
        self.say()
        self.moved.emit()

    def fit(self) -> None:
        """Be as high as the rows, and three at the least: what they propose needs the room below."""
        height, around = self._theme.px(30), self.horizontalHeader().height() + 2 * self.frameWidth()
        around += self.horizontalScrollBar().sizeHint().height()
        self.setMinimumHeight(height * 3 + around)
        self.setMaximumHeight(height * max(3, self.grid.rowCount()) + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; where it is not enough for all, they go on to the right."""
        super().resizeEvent(event)
        shares = [column.share for column in COLUMNS]
        whole = max(self.viewport().width(), self._theme.px(LEAST_WIDTH * sum(shares) / 10))
        wanted = [int(whole * share / sum(shares)) for share in shares]
        for number, width in enumerate(
            _with_headings(wanted, [self._heading_width(one) for one in range(len(COLUMNS))])
        ):
            self.setColumnWidth(number, width)
        self.say()

    def _heading_width(self, number: int) -> int:
        return self.horizontalHeader().sectionSizeHint(number) + HEADING_MARGIN


def _with_headings(widths: Sequence[int], headings: Sequence[int]) -> list[int]:
    """Return widths in which each heading has its room, taken from the columns that have more than theirs as far as these can give."""
    lacking = sum(max(0, need - have) for have, need in zip(widths, headings, strict=True))
    spare = sum(max(0, have - need) for have, need in zip(widths, headings, strict=True))
    if lacking > spare or not lacking:
        return [max(have, need) for have, need in zip(widths, headings, strict=True)]
    return [
        max(need, have - -(-lacking * max(0, have - need) // spare))
        for have, need in zip(widths, headings, strict=True)
    ]


class _CellDelegate(QStyledItemDelegate):
    """Opens a line in a cell. Every letter goes to the rows at once, so that a draft holds it."""

    def __init__(self, table: FamilyTable) -> None:
        super().__init__(table)
        self._table = table
        self._before: tuple[int, str, object] = (0, "", "")

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QLineEdit:
        """Return a line with the name of its cell; in names F4 turns letters."""
        grid, column = self._table.grid, COLUMNS[index.column()]
        row = index.row()
        line = QLineEdit(parent)
        line.setObjectName("cell")
        line.setMaxLength(2000)
        line.setAccessibleName(f"{grid.who(row)}, {grid.heading(index.column())}")
        if column.declared.kind is Kind.NAME:
            offer_letters(line)
        self._before = (row, column.key, grid.rows.rows[row].typed.get(column.key, ""))
        line.textEdited.connect(lambda text: grid.type(row, column.key, text))
        if column.declared.place or column.declared.kind is Kind.COUNTRY:
            self._propose(line, row, column)
        return line

    def _propose(self, line: QLineEdit, row: int, column: Column) -> None:
        """Let places and countries pop up beneath the line, as in a form."""
        grid, cells = self._table.grid, self._table.cells

        def offered(text: str) -> list[Suggestion]:
            country = grid.rows.cell(row, COUNTRY).value if column.key == PLACE else None
            return cells.offered(column.key, text, str(country or ""))

        def taken(one: Suggestion) -> None:
            line.setText(one.title)
            grid.type(row, column.key, one.title if column.declared.place else one.key)

        CellSuggestions(line, offered, taken, self._table.meant)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the text of the cell once; what is typed from then on stands in the line first."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Take what stands in the line."""
        if isinstance(editor, QLineEdit):
            self._table.grid.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let the grid have its keys first; Escape takes back what was typed in the cell."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == KEY.Key_Escape:
                row, key, typed = self._before
                self._table.grid.type(row, key, typed)  # type: ignore[arg-type]
            elif event.key() in (KEY.Key_Up, KEY.Key_Down) and not event.modifiers():
                to = self._table.row + (1 if event.key() == KEY.Key_Down else -1)
                if 0 <= to < self._table.grid.rowCount():
                    self._table.go(to, self._table.currentIndex().column())
                return True
            elif self._table.meant(event):
                return True
        return super().eventFilter(editor, event)
