"""One field of a form: its label, its editor, and what is said under it."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.records.fields import Field
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import Editor
from avrr_desktop.ui.forms.editors.list_editors import GroupedEditor
from avrr_desktop.ui.widgets.controls import ElidedLabel, label
from avrr_desktop.ui.widgets.theme import GAP_SMALL, GAP_TINY


class FieldRow(QWidget):
    """Label above, editor, and under it the hint or what is wrong; in a low window the hint stands in the line of the label."""

    def __init__(self, field: Field, editor: Editor, words: Language, hint: str = "") -> None:
        super().__init__()
        self.setBackgroundRole(QPalette.ColorRole.Base)  # so a key draws this row, and not all that it lies on
        self.setAutoFillBackground(True)
        self.field = field
        self._hint = hint or field.hint
        self._source = ""
        self.editor = editor
        self._words = words
        text = words.text(field.label)
        if field.required:
            text = words.text("{field} (required)", field=text)
        self._text, self._low = text, False
        self._brief: tuple[ElidedLabel, ElidedLabel] | None = None  # label and hint in one line, once a window was low
        self._label = label(text, "muted")
        self._label.setBuddy(editor.focus)
        self.below = label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        self._above = QHBoxLayout()
        self._above.setSpacing(GAP_SMALL)
        self._above.addWidget(self._label)
        column.addLayout(self._above)
        column.addWidget(editor.widget)
        column.addWidget(self.below)
        column.addStretch(1)
        self.say("")

    @property
    def folds(self) -> bool:
        """Whether it is a list of ticks that takes one line in a low window, until somebody opens it."""
        return isinstance(self.editor, GroupedEditor)

    def tighten(self, *, low: bool) -> None:
        """Take as little height as can be, or as much as reads best."""
        if low is self._low:
            return
        self._low = low
        if self._brief is None:
            self._brief = ElidedLabel(self._text, "muted"), ElidedLabel("", "hint")
            self._brief[0].setBuddy(self.editor.focus)
            for made, share in zip(self._brief, (0, 1), strict=True):
                self._above.addWidget(made, share)
        self._label.setVisible(not low)
        self._brief[0].setVisible(low)
        self.editor.tighten(low=low)
        self._show_below(self.below.text() or self._brief[1].whole)

    def _show_below(self, text: str) -> None:
        """Show what is said of the field; a mere hint of a low window beside its label, cut where the line ends."""
        beside = self._low and text == self._words.text(self._hint) and not self.bad
        self.below.setText("" if beside else text)
        self.below.setVisible(bool(text) and not beside)
        if self._brief is not None:
            self._brief[1].say(text if beside else "")
            self._brief[1].setVisible(bool(text) and beside)

    def follow(self, source: str, *, open_: bool = True) -> None:
        """Say where the value is written that stands here; unless ``open_``, it is only read. Empty: it is typed here."""
        self._source = source
        self.editor.widget.setEnabled(open_)

    def say(self, problem: str, told: str = "") -> None:
        """Show a problem; without one, the explanation of what is typed (``told``: by the whole record), else the hint."""
        text = problem or self._source or told or self.editor.explanation() or self._words.text(self._hint)
        self._mark(bad=bool(problem))
        self._show_below(text)
        self.editor.widget.setAccessibleDescription(text)

    @property
    def bad(self) -> bool:
        """Whether a problem is said below it."""
        return bool(self.editor.focus.property("bad"))

    def _mark(self, *, bad: bool) -> None:
        """Colour what is said and its editor; styling them costs more than all else here, and few keystrokes change it."""
        if bool(self.editor.focus.property("bad")) is not bad:
            self.below.setObjectName("problem" if bad else "hint")
            self.below.style().polish(self.below)
            self.editor.focus.setProperty("bad", bad)
            self.editor.focus.style().polish(self.editor.focus)
