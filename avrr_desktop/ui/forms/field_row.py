"""One field of a form: its label, its editor, and what is said under it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.records.fields import Field
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import Editor
from avrr_desktop.ui.widgets.controls import label
from avrr_desktop.ui.widgets.theme import GAP_TINY


class FieldRow(QWidget):
    """Label above, editor, and under it the hint or what is wrong."""

    def __init__(self, field: Field, editor: Editor, words: Language, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._hint = hint or field.hint
        self._source = ""
        self.editor = editor
        self._words = words
        text = words.text(field.label)
        if field.required:
            text = words.text("{field} (required)", field=text)
        self._label = label(text, "muted")
        self._label.setBuddy(editor.focus)
        self.below = label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        column.addWidget(self._label)
        column.addWidget(editor.widget)
        column.addWidget(self.below)
        column.addStretch(1)
        self.say("")

    def follow(self, source: str, *, open_: bool = True) -> None:
        """Say where the value is written that stands here; unless ``open_``, it is only read. Empty: it is typed here."""
        self._source = source
        self.editor.widget.setEnabled(open_)

    def say(self, problem: str) -> None:
        """Show a problem; without one, the explanation of what is typed, else the hint."""
        text = problem or self._source or self.editor.explanation() or self._words.text(self._hint)
        self.below.setText(text)
        self.below.setVisible(bool(text))
        self.editor.widget.setAccessibleDescription(text)
        self._mark(bad=bool(problem))

    def _mark(self, *, bad: bool) -> None:
        """Colour what is said and its editor; styling them costs more than all else here, and few keystrokes change it."""
        if bool(self.editor.focus.property("bad")) is not bad:
            self.below.setObjectName("problem" if bad else "hint")
            self.below.style().polish(self.below)
            self.editor.focus.setProperty("bad", bad)
            self.editor.focus.style().polish(self.editor.focus)
