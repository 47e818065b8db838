"""A list to choose from in which what is typed finds: by any name of an entry, in any language, from its first letters."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from avrr_desktop.domain.name_tables import folded
from avrr_desktop.ui.widgets import WHOLE_ROWS, Choice

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
        self._found: list[str] = []
        self._model = QStringListModel(self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(WHOLE_ROWS)
        self.line.setCompleter(completer)
        completer.activated.connect(self._on_chosen)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self.left)

    @property
    def line(self) -> QLineEdit:
        """Where letters are typed."""
        line = self.lineEdit()
        assert line is not None
        return line

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
        """Return the rows of which a name begins with a text, or a word in a name; those whose shown name does come first."""
        typed = folded(text)
        if not typed:
            return []
        shown = [row for row in self._rows() if _begins(typed, self._names(row)[:1])]
        return [*shown, *(row for row in self._rows() if row not in shown and _begins(typed, self._names(row)[1:]))]

    def _rows(self) -> range:
        return range(self.count())

    def _names(self, row: int) -> tuple[str, ...]:
        code = str(self.itemData(row) or "")
        if code not in self._keys:
            self._keys[code] = (folded(self.itemText(row)), code.casefold(), *self._also().get(code, ()))
        return self._keys[code]

    def _on_edited(self, text: str) -> None:
        rows = self.found(text)
        self._model.setStringList([self.itemText(row) for row in rows])
        self.typed_in.emit()
        completer = self.line.completer()
        popup = completer.popup() if completer else None
        if completer is None or popup is None:
            return
        if not rows:
            popup.hide()
            return
        completer.complete()
        popup.setCurrentIndex(self._model.index(0 if len(rows) == 1 else -1, 0))

    def _on_chosen(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)
        self.typed_in.emit()


def _begins(typed: str, names: Sequence[str]) -> bool:
    return any(name.startswith(typed) or f" {typed}" in name for name in names)
