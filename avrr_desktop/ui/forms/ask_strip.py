"""A strip that asks for what a decision needs, in the page itself: one line for each thing, a button, and a way back."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from avrr_desktop.domain.records.fields import Field
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import UnreadableError
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.widgets.controls import ClosedByEscape, button, emptied, label
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL

Answered = Callable[[Mapping[str, str]], bool]


class AskStrip(QFrame):
    """Hidden until ``ask``; goes again once the answer was taken, or with Escape."""

    def __init__(self, words: Language, maker: EditorMaker) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._words, self._maker = words, maker
        self.rows: dict[str, FieldRow] = {}
        self._answered: Answered = lambda answers: True
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        ClosedByEscape(self, self.leave)
        self.hide()

    def ask(self, title: str, fields: Sequence[Field], act: str, answered: Answered) -> None:
        """Ask for the values of fields. ``act``: what the button says; ``answered``: True when it went well."""
        emptied(self._whole)
        self._answered = answered
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        self._whole.addWidget(inside)
        self.rows = {field.key: FieldRow(field, self._maker.make(field), self._words) for field in fields}
        column.addWidget(label(title, "heading", wrap=False))
        for row in self.rows.values():
            column.addWidget(row)
        self.go = button(act, self.answer, name="primary", shortcut="Ctrl+Return")
        column.addLayout(WrappingRow(self.go, button(self._words.text("Cancel", "button"), self.leave, name="quiet")))
        self.show()
        next(iter(self.rows.values())).editor.focus.setFocus()

    def answer(self) -> None:
        """Give what is typed to whoever asked; what cannot be read is said beside it."""
        answers: dict[str, str] = {}
        readable = True
        for key, row in self.rows.items():
            try:
                answers[key] = str(row.editor.value() or "")
                row.say("")
            except UnreadableError:
                row.say(self._words.text("Not a date. Write for example 12.5.2019, May 2019 or 2019."))
                readable = False
        if readable and self._answered(answers):
            self.leave()

    def leave(self) -> None:
        """Ask no more. What asked stays until the next question: one of its lines may be what was just answered in."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer()
        else:
            super().keyPressEvent(event)
