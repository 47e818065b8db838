"""The family grid as a table: what each cell shows, and what a screen reader says of it."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.records import read_record
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.field_problems import field_problems
from avrr_desktop.ui.forms.grid.columns import COLUMNS, FAMILY, GIVEN, Typed
from avrr_desktop.ui.forms.grid.rows import FamilyRows
from avrr_desktop.ui.widgets.controls import plain_tip
from avrr_desktop.ui.widgets.icons import icon
from avrr_desktop.ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole


class FamilyModel(QAbstractTableModel):
    """A person a row. Everything is asked of ``rows``; every change of theirs is made here, so that the view hears of it."""

    typed = Signal(int)  # row

    def __init__(self, workspace: Session, rows: FamilyRows, theme: Theme) -> None:
        super().__init__()
        self._workspace, self.rows, self._theme = workspace, rows, theme
        self._words = workspace.words
        self._said: dict[int, tuple[object, dict[str, str]]] = {}
        self._people: dict[str, Record] = {}
        self.doubtful: frozenset[int] = frozenset()  # rows whose person may be in the store already

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def heading(self, column: int) -> str:
        """Return the heading of a column."""
        return self._words.text(COLUMNS[column].heading)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """Return headings, and the numbers of the rows; a mark where the person may be here already."""
        if orientation is Qt.Orientation.Horizontal:
            if role in (ROLE.DisplayRole, ROLE.ToolTipRole, ROLE.AccessibleTextRole):
                return self.heading(section)
            return None
        doubtful = section in self.doubtful
        if role == ROLE.DisplayRole:
            return f"{section + 1} ?" if doubtful else str(section + 1)
        if role == ROLE.ForegroundRole and doubtful:
            return QColor(self._theme.colours.waiting)
        if role in (ROLE.ToolTipRole, ROLE.AccessibleTextRole) and doubtful:
            return self._words.text("Perhaps recorded already: F7 shows who is meant")
        return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Return what a cell shows or says."""
        row, column = index.row(), COLUMNS[index.column()]
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return self.shown(row, column.key)
        if role == ROLE.AccessibleTextRole:
            shown = self.shown(row, column.key) or self._words.text("empty", "cell")
            return f"{self.who(row)}, {self.heading(index.column())}: {shown}"
        if role in (ROLE.AccessibleDescriptionRole, ROLE.ToolTipRole):
            said = self.said(row, column.key)
            shown = self.shown(row, column.key)
            return plain_tip(said or shown) if role == ROLE.ToolTipRole else said
        if role == ROLE.ForegroundRole:
            return self._ink(row, column.key)
        if role == ROLE.BackgroundRole and self.unreadable(row, column.key):
            return QColor(self._theme.colours.bad_soft)
        if role == ROLE.DecorationRole and self.said(row, column.key):
            bad = self.unreadable(row, column.key)
            return icon("overdue" if bad else "info", self._theme.colours.bad if bad else self._theme.colours.waiting)
        return None

    def _ink(self, row: int, key: str) -> QColor | None:
        one = self.rows.rows[row]
        if self.unreadable(row, key):
            return QColor(self._theme.colours.bad)
        return QColor(self._theme.colours.muted) if key in one.filled or not self.may_type(row, key) else None

    def shown(self, row: int, key: str) -> str:
        """Return how a cell reads."""
        one = self.rows.rows[row]
        if one.known and key.startswith("person."):
            stored = self._known(one.known).values.get(key.partition(".")[2], "")
            return self.rows.read(key, stored if isinstance(stored, str) else "").shown
        return self.rows.cell(row, key).shown

    def _known(self, person: str) -> Record:
        if person not in self._people:
            found = read_record(self._workspace, "person", person)
            self._people[person] = found or Record("person", person, {})
        return self._people[person]

    def who(self, row: int) -> str:
        """Return the name of the person of a row, or its number."""
        name = " ".join(filter(None, (self.shown(row, GIVEN), self.shown(row, FAMILY))))
        return name if self.shown(row, GIVEN) else self._words.text("Person {number}", number=row + 1)

    def unreadable(self, row: int, key: str) -> bool:
        """Return whether a cell holds what cannot be read."""
        return self.may_type(row, key) and self.rows.cell(row, key).unreadable

    def may_type(self, row: int, key: str) -> bool:
        """Return whether a cell can be typed in: what the store knows of somebody is not."""
        return not (self.rows.rows[row].known and key.startswith("person."))

    def said(self, row: int, key: str) -> str:
        """Return what to look at in a cell; empty for nothing."""
        return self._sentences(row).get(key, "")

    def _sentences(self, number: int) -> dict[str, str]:
        """Return what is said beside the fields of a row, by the same checks as beside those of a form."""
        row = self.rows.rows[number]
        state = ({**row.typed}, row.known)
        kept = self._said.get(number)
        if kept is None or kept[0] != state:
            kept = self._said[number] = (state, self._looked_at(number) if not row.empty and not row.known else {})
        return kept[1]

    def _looked_at(self, number: int) -> dict[str, str]:
        unreadable = self.rows.unreadable(number)
        said: dict[str, str] = {}
        for record, values in self.rows.values(number).items():
            prefix = f"{record}."
            wrong = {key.removeprefix(prefix): text for key, text in unreadable.items() if key.startswith(prefix)}
            if record == "person" or values or wrong:
                found = field_problems(self._workspace, Record(record, "", {}), {**values}, wrong, quiet=False)
                said |= {prefix + key: text for key, text in found.items()}
        return {**{key: text for key, text in unreadable.items() if text}, **said}

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells are typed in."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = self.may_type(index.row(), COLUMNS[index.column()].key)
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def type(self, row: int, key: str, typed: Typed) -> None:
        """Take what is typed, letter by letter."""
        self.rows.type(row, key, typed)
        self._changed(row)

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        """Take the text of a cell that is left."""
        row, key = index.row(), COLUMNS[index.column()].key
        if str(value) != self.shown(row, key):
            self.rows.type(row, key, str(value).strip())
        self.rows.settle(row, key)
        self._changed(row)
        return True

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        self.typed.emit(row)

    def add(self) -> int:
        """Put an empty row below all; return its number."""
        at = len(self.rows.rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self.rows.add()
        self.endInsertRows()
        return at

    def anew(self) -> None:
        """Show the rows as they are now, after more than one of them changed."""
        self.beginResetModel()
        self._said.clear()
        self.endResetModel()
