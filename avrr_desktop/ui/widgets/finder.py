"""A list to choose from in which what is typed finds: by any name of an entry, in any language, from its first letters."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QLineEdit

from avrr_desktop.domain.people.name_tables import folded
from avrr_desktop.ui.widgets.controls import WHOLE_ROWS, Choice

Options = Sequence[tuple[str, str]]  # (stored value, what people read)
Also = Mapping[str, Sequence[str]]  # stored value -> other names, by ``folded``


class Finder(Choice):
    """Letters typed narrow the list that pops up beneath them; the arrow shows it whole.

    One entry that is left is chosen with Tab or Return; of several none is, until somebody goes to it.
    """

    typed_in = Signal()  # a letter, or an entry chosen among those found
    left = Signal()  # Return, or the cursor went

    def __init__(self, also: Callable[[], Also]) -> None:
        """``also``: the other names, asked for once somebody types."""
        super().__init__()
        self._also = also
        self._keys: dict[str, tuple[str, ...]] = {}  # stored value -> what finds it
        self._model = QStringListModel(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt's own writes what is merely gone over
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(WHOLE_ROWS)
        self._completer.setWidget(self.line)
        self._completer.activated.connect(self._on_chosen)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self._on_return)
        self.line.editingFinished.connect(self._on_finished)

    @property
    def line(self) -> QLineEdit:
        """Where letters are typed."""
        line = self.lineEdit()
        assert line is not None
        return line

    @property
    def popup(self) -> QAbstractItemView:
        """The list of what fits, which pops up while somebody types."""
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go into the line."""
        QComboBox.keyPressEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let what is typed next stand in place of what is there."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.line.selectAll()

    def position_of(self, text: str) -> int:
        """Return the row that reads like a text, without regard to case, accents and stars; -1 for none."""
        key = folded(text)
        rows = (
            row
            for row in range(self.count())
            if self.itemText(row) == text or (key and folded(self.itemText(row)) == key)
        )
        return next(rows, -1)

    def found(self, text: str) -> list[int]:
        """Return the rows that a text finds: first where the shown name begins so, then another name, then a word within."""
        typed = folded(text)
        rows = range(self.count()) if typed else ()
        first = [row for row in rows if self._names(row)[0].startswith(typed)]
        other = [row for row in rows if any(name.startswith(typed) for name in self._names(row)[1:])]
        within = [row for row in rows if f" {typed}" in self._names(row)[0]]
        return list(dict.fromkeys((*first, *other, *within)))

    def only(self, text: str) -> int:
        """Return the one row that a text finds, if its shown name begins so; -1 where others might be meant."""
        rows = self.found(text)
        return rows[0] if len(rows) == 1 and self._names(rows[0])[0].startswith(folded(text)) else -1

    def _names(self, row: int) -> tuple[str, ...]:
        code = str(self.itemData(row) or "")
        if code not in self._keys:
            self._keys[code] = (folded(self.itemText(row)), code.casefold(), *self._also().get(code, ()))
        return self._keys[code]

    def _on_edited(self, text: str) -> None:
        rows = self.found(text)
        self._model.setStringList([self.itemText(row) for row in rows])
        self.typed_in.emit()
        popup = self.popup
        if popup is None:
            return
        if not rows:
            popup.hide()
            return
        self._completer.complete()
        popup.setCurrentIndex(self._model.index(0 if self.only(text) >= 0 else -1, 0))

    def _on_chosen(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)
        self.typed_in.emit()
        self.left.emit()

    def _on_return(self) -> None:
        popup = self.popup
        if popup is None or not (popup.isVisible() and popup.currentIndex().isValid()):
            self.left.emit()  # else the entry that is marked follows

    def _on_finished(self) -> None:
        popup = self.popup
        if popup is None or not popup.isVisible():  # Qt says so as well when the list pops up
            self.left.emit()
