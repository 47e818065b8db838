"""The desk as a tree of groups: lines are read a page at a time, when they are painted, and never all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.cases.today import DeskLine
from avrr_desktop.operations.exchange.quarantine import Waiting
from avrr_desktop.operations.session.drafts import Draft
from avrr_desktop.ui.today.desk_texts import Said
from avrr_desktop.ui.widgets.controls import plain_tip
from avrr_desktop.ui.widgets.item_list import CELLS_ROLE

SHOWN = 30  # lines of a group beside the others
READ = 15  # lines that are read at once: about as many as are seen
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a line of the desk shows, what it stands for, and which buttons it has."""

    name: str
    below: str  # where, and which case
    said: Said
    of: "Thing"
    moves: tuple[tuple[Act, str], ...] = ()

    @property
    def has_menu(self) -> bool:
        """Whether there is more to do with it than its buttons."""
        return isinstance(self.of, DeskLine)

    @property
    def told(self) -> str:
        """The whole line in one text, for a screen reader."""
        return ", ".join(part for part in (f"{self.name}: {self.said.what}", self.said.when, self.below) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its key, its title, how many lines it has, and the text of the line that shows all of them."""

    key: str
    title: str
    count: int
    more: str


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A new supervisor who waits for a third one to confirm them."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ToCheck:
    """An entry of the directory that is to be checked again."""

    partner: str
    name: str
    below: str
    due: str


Decided = ToConfirm | Waiting  # what waits for a decision elsewhere than in a case
Thing = DeskLine | Draft | Decided | ToCheck
Read = Callable[[str, int, int], Sequence[Thing]]  # group, start, limit
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_LINE_FLAGS = _FLAGS | Qt.ItemFlag.ItemNeverHasChildren


class DeskModel(QAbstractItemModel):
    """Groups, and under each its lines; the last line of a long group leads to the whole of it."""

    def __init__(self, read: Read, say: Callable[[Thing], Row]) -> None:
        super().__init__()
        self._read, self._say = read, say
        self.groups: tuple[Group, ...] = ()
        self._whole = False  # whether all lines of the groups are shown
        self._pages: dict[tuple[str, int], Sequence[Thing]] = {}
        self._rows: dict[tuple[str, int], Row] = {}  # of those that were painted

    def show_groups(self, groups: Sequence[Group], *, whole: bool = False) -> None:
        """Show these groups; lines are read anew. ``whole``: all lines of them."""
        self.beginResetModel()
        self.groups, self._whole = tuple(groups), whole
        self._pages.clear()
        self._rows.clear()
        self.endResetModel()

    def _has_more(self, group: Group) -> bool:
        return group.count > SHOWN + 1 and not self._whole

    def group(self, index: Index) -> Group | None:
        """Return the group that an index is, or in which it lies."""
        if not index.isValid():
            return None
        number = index.internalId()
        return self.groups[number - 1 if number else index.row()]

    def is_group(self, index: Index) -> bool:
        """Return whether an index is the head of a group."""
        return index.isValid() and not index.internalId()

    def is_more(self, index: Index) -> bool:
        """Return whether an index is the line that shows all the others."""
        group = self.group(index)
        return group is not None and not self.is_group(index) and index.row() == SHOWN and self._has_more(group)

    def row(self, index: Index) -> Row | None:
        """Return what a line shows; None for the head of a group and for the line that shows all."""
        group = self.group(index)
        if group is None or self.is_group(index) or self.is_more(index):
            return None
        key = group.key, index.row()
        if key not in self._rows and (thing := self._thing(*key)) is not None:
            self._rows[key] = self._say(thing)
        return self._rows.get(key)

    def _thing(self, group: str, row: int) -> Thing | None:
        number = row // READ
        if (group, number) not in self._pages:
            self._pages[group, number] = self._read(group, number * READ, READ)
        page = self._pages[group, number]
        return page[row % READ] if row % READ < len(page) else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's own signature
        """Return the index of a group, or of a line in it."""
        if row < 0 or column or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the group in which a line lies."""
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of groups, or of the lines that a group shows."""
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId():
            return 0
        group = self.groups[parent.row()]
        return SHOWN + 1 if self._has_more(group) else group.count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One column."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every line can be chosen; no line has lines of its own."""
        return _LINE_FLAGS if index.internalId() else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a line for screen reader and tool tip; the delegate draws it."""
        if role == CELLS_ROLE:
            row = self.row(index)
            return [row.name, row.said.what, row.said.when, row.below] if row is not None else [self.text(index)]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self.text(index)
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def text(self, index: Index) -> str:
        """Return what an index says."""
        group, row = self.group(index), self.row(index)
        if row is not None:
            return row.told
        if group is None:
            return ""
        return group.more if self.is_more(index) else f"{group.title} ({group.count})"
