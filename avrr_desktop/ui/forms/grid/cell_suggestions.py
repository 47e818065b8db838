"""What a form proposes for a text, beneath an open cell of the family grid: Down goes to it, Return takes what is marked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from avrr_desktop.ui.forms.editors.suggestions import Suggestion, Suggestions

_ONWARD = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellSuggestions(Suggestions):
    """``offered``: what is proposed for a text; ``taken``: an entry was chosen; ``meant``: does what a key means in the grid.

    While the list is shown all keys come to it, so that those which lead on from the cell are passed to the grid.
    """

    def __init__(
        self, line: QLineEdit, offered: Callable[[str], list[Suggestion]], taken: Callable[[Suggestion], None],
        meant: Callable[[QKeyEvent], bool],
    ) -> None:  # fmt: skip
        super().__init__(line)
        self._meant = meant
        self._found: list[Suggestion] = []

        def show(text: str) -> None:
            self._found = offered(text)
            self.offer(self._found)

        line.textEdited.connect(show)
        self.chosen.connect(lambda key: taken(next(one for one in self._found if one.key == key)))
        self.popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead on from the cell, unless an entry is marked, which is taken first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _ONWARD:
            return False
        marked = self._found[self.popup.currentIndex().row()] if self.marked else None
        self.popup.hide()
        if marked is not None:
            self.chosen.emit(marked.key)
        return True if marked is not None and event.key() in _ONWARD[2:] else self._meant(event)
