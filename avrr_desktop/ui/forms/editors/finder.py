"""A list to choose from in which what is typed finds: by any name of an entry, in any language, from its first letters."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit

from avrr_desktop.domain.people.name_tables import folded
from avrr_desktop.ui.forms.editors.suggestions import Suggestion, Suggestions
from avrr_desktop.ui.widgets.controls import Choice

Options = Sequence[tuple[str, str]]  # (stored value, what people read)
Also = Mapping[str, Sequence[str]]  # stored value -> other names, by ``folded``
_ADD = "+"  # stands for the line that adds what was typed


class Finder(Choice):
    """Letters typed narrow the list that pops up beneath them; the arrow shows it whole.

    One entry that is left is chosen with Tab or Return; of several none is, until somebody goes to it.
    """

    typed_in = Signal()  # a letter, or an entry chosen among those found
    left = Signal()  # Return, or the cursor went
    add_wanted = Signal(str)  # what was typed, which stands in no row

    def __init__(self, also: Callable[[], Also]) -> None:
        """``also``: the other names, asked for once somebody types."""
        super().__init__()
        self._also = also
        self._adding: Callable[[str], str] | None = None
        self._beginnings: list[tuple[str, int, int]] = []  # in their order
        self._rows: list[tuple[str, ...]] = []  # for each row what finds it, its shown name first
        for changed in (self.model().rowsInserted, self.model().rowsRemoved, self.model().modelReset):
            changed.connect(lambda *_: self._forget())
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt's own writes what is merely gone over
        self._suggestions = Suggestions(self.line)
        self._suggestions.chosen.connect(self._on_chosen)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self._on_return)

    def _forget(self) -> None:
        self._rows, self._beginnings = [], []

    @property
    def line(self) -> QLineEdit:
        """Where letters are typed."""
        line = self.lineEdit()
        assert line is not None
        return line

    @property
    def popup(self) -> QAbstractItemView:
        """The list of what fits, which pops up while somebody types."""
        return self._suggestions.popup

    def let_add(self, said: Callable[[str], str]) -> None:
        """Offer to add what is typed and stands in no row: as the last line of the list, which says so."""
        self._adding = said

    def setAccessibleName(self, name: str) -> None:
        """Call the list and the line in it alike: a screen reader goes to the line."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go into the line."""
        QComboBox.keyPressEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let what is typed next stand in place of what is there."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.line.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the cursor went. The line says so itself only once: when the list pops up, and then no more for one letter."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def position_of(self, text: str) -> int:
        """Return the row that reads like a text, without regard to case, accents and stars; -1 for none."""
        key = folded(text)
        return next((row for row, names in enumerate(self._names()) if key and names[0] == key), self.findText(text))

    def found(self, text: str) -> list[int]:
        """Return the rows that a text finds: first where the shown name begins so, then another name, then a word within."""
        typed = folded(text)
        if not typed:
            return []
        if not self._beginnings:
            self._beginnings = sorted(self._all_beginnings())
        there = islice(self._beginnings, bisect_left(self._beginnings, (typed,)), None)
        found = sorted((rank, row) for _, rank, row in takewhile(lambda one: one[0].startswith(typed), there))
        return list(dict.fromkeys(row for _, row in found))

    def _all_beginnings(self) -> Iterator[tuple[str, int, int]]:
        """Yield what finds a row, how well, and the row. A country has thirty names, and every key asks."""
        for row, (shown, *others) in enumerate(self._names()):
            words = shown.split(" ")
            yield shown, 0, row
            yield from ((name, 1, row) for name in others)
            yield from ((" ".join(words[at:]), 2, row) for at in range(1, len(words)))

    def only(self, text: str) -> int:
        """Return the one row that a text finds, if its shown name begins so; -1 where others might be meant."""
        return self._only_of(self.found(text), text)

    def _only_of(self, rows: list[int], text: str) -> int:
        return rows[0] if len(rows) == 1 and self._names()[rows[0]][0].startswith(folded(text)) else -1

    def _names(self) -> list[tuple[str, ...]]:
        if not self._rows:
            also = self._also()
            codes = [str(self.itemData(row) or "") for row in range(self.count())]
            self._rows = [
                (folded(self.itemText(row)), code.casefold(), *also.get(code, ())) for row, code in enumerate(codes)
            ]
        return self._rows

    def _on_edited(self, text: str) -> None:
        rows = self.found(text)
        self.typed_in.emit()
        offered = [Suggestion(str(row), self.itemText(row)) for row in rows]
        if self._adding and text.strip() and self.position_of(text.strip()) < 0:
            offered.append(Suggestion(_ADD, self._adding(text.strip())))
        self._suggestions.offer(offered, mark_first=self._only_of(rows, text) >= 0 or self._adding is not None)

    def _on_chosen(self, row: str) -> None:
        if row == _ADD:
            self.add_wanted.emit(self.line.text().strip())
            return
        self.setCurrentIndex(int(row))
        self.setEditText(self.itemText(int(row)))
        self.typed_in.emit()
        self.left.emit()

    def _on_return(self) -> None:
        if not self._suggestions.marked:
            self.left.emit()  # else the entry that is marked follows
