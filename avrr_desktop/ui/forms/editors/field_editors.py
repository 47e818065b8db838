"""One editor for each kind of field: typed text in, stored value out, nothing thrown away."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)  # fmt: skip

from avrr_desktop.domain.records.fields import Value
from avrr_desktop.domain.wording import mask
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.letter_cycling import offer_letters
from avrr_desktop.ui.widgets.controls import Choice, literal

Options = Sequence[tuple[str, str]]  # (stored value, what people read)
LinkOptions = Callable[
    [str], Options
]  # record type -> records that may be chosen; DIRECTORY + role -> names and places
DIRECTORY = "directory "


class UnreadableError(Exception):
    """What was typed cannot be understood yet; it stays in the draft. Its text, if any, is what to say beside the field."""


class Editor(QObject):
    """What a form knows of an editor. ``typed`` is kept in drafts, ``value`` is stored."""

    touched = Signal()

    def __init__(self, widget: QWidget, focus: QWidget | None = None) -> None:
        super().__init__(widget)
        self.widget = widget
        self.focus = focus or widget

    def value(self) -> Value | None:
        """Return the value to store. Raises UnreadableError."""
        raise NotImplementedError

    def typed(self) -> object:
        """Return what stands in the editor, readable or not."""
        raise NotImplementedError

    def show_typed(self, typed: object) -> None:
        """Put a draft back."""
        raise NotImplementedError

    def show_value(self, value: Value | None) -> None:
        """Show a stored value."""
        self.show_typed(value if value is not None else "")

    def beside(self) -> Mapping[str, Value | None]:
        """Return what was chosen here for other fields of the record, by their keys: of a place, which one it is."""
        return {}

    def show_beside(self, values: Mapping[str, object]) -> None:
        """Take what stands in those fields, before the value is shown."""

    def look_again(self) -> None:
        """Look at what other fields of the form say now."""

    def explanation(self) -> str:
        """Return how the program understands what is typed; empty when that is obvious."""
        return ""

    def tighten(self, *, low: bool) -> None:
        """Take as little height as can be (``low``), or as much as reads best."""

    def only_show(self) -> None:
        """Let it be read and change nothing."""
        self.widget.setEnabled(False)


class TextEditor(Editor):
    """One line."""

    def __init__(self, line: QLineEdit | None = None) -> None:
        self.line = line or QLineEdit()
        super().__init__(self.line)
        self.line.setMaxLength(2000)
        self.line.setMinimumWidth(80)
        self.line.textEdited.connect(lambda _: self.touched.emit())

    def value(self) -> Value | None:
        """Return the text; None when empty."""
        return self.line.text().strip() or None

    def typed(self) -> object:
        """Return the text."""
        return self.line.text()

    def show_typed(self, typed: object) -> None:
        """Show a text from its beginning; who types in it goes on where they were."""
        at = self.line.cursorPosition()
        self.line.setText(str(typed))
        self.line.setCursorPosition(at if self.line.hasFocus() else 0)

    def only_show(self) -> None:
        """Let the text be read and copied."""
        self.line.setReadOnly(True)


class NameEditor(TextEditor):
    """A name as the document spells it; F4 gives the letters that a keyboard lacks."""

    def __init__(self) -> None:
        super().__init__()
        offer_letters(self.line)


class CountEditor(TextEditor):
    """A whole number."""

    def value(self) -> Value | None:
        """Return the number. Raises UnreadableError."""
        text = self.line.text().strip()
        if not text:
            return None
        if not text.isdecimal() or len(text) > 9:
            raise UnreadableError
        return int(text)


class _GrowingText(QPlainTextEdit):
    """As high as its text, from three lines to twelve, at any width; ``least``: where it begins, in lines."""

    def __init__(self) -> None:
        super().__init__()
        self.least = 3
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.fit())  # a line more or less
        self.fit()

    def fit(self) -> None:
        """Count the lines as they are broken now."""
        lines, block = 0, self.document().firstBlock()
        while block.isValid() and lines < 12:
            self.blockBoundingRect(block)  # breaks the lines of this block for the width of now
            lines += max(1, block.layout().lineCount())
            block = block.next()
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAsNeeded if lines >= 12 else bar.ScrollBarAlwaysOff
        )  # it grows instead
        self.setFixedHeight(min(max(lines, self.least), 12) * self.fontMetrics().lineSpacing() + self._around())

    def _around(self) -> int:
        return 20 if self.least > 1 else 16

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


class LongTextEditor(Editor):
    """Many lines."""

    def __init__(self) -> None:
        self.text = _GrowingText()
        super().__init__(self.text)
        self.text.setTabChangesFocus(True)
        self._quiet = False
        self.text.textChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if not self._quiet:
            self.touched.emit()

    def tighten(self, *, low: bool) -> None:
        """Begin with one line in a low window; it grows with the text."""
        self.text.least = 1 if low else 3
        self.text.fit()

    def value(self) -> Value | None:
        """Return the text; None when empty."""
        return self.typed().strip("\n ") or None

    def typed(self) -> str:
        """Return the text letter by letter: the widget's own plain text turns unbreakable spaces into common ones."""
        return self.text.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def show_typed(self, typed: object) -> None:
        """Show a text."""
        self._quiet = True
        self.text.setPlainText(str(typed))
        self._quiet = False

    def only_show(self) -> None:
        """Let the text be read to its end, and copied."""
        flag = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)


class MaskedEditor(Editor):
    """A personal or document number: hidden until somebody asks for it."""

    def __init__(self, words: Language) -> None:
        self._line = QLineEdit()
        self._show = QPushButton(literal(words.text("Show", "button")))
        self._show.setCheckable(True)
        self._show.setObjectName("quiet")
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._show)
        super().__init__(box, self._line)
        box.setFocusProxy(self._line)
        self._words = words
        self._number = ""
        self._line.textEdited.connect(self._on_edited)
        self._show.toggled.connect(lambda _: self._redraw())
        self._redraw()

    def name(self, text: str) -> None:
        """Give both parts their accessible names."""
        self._show.setAccessibleName(self._words.text("Show: {field}", field=text))

    def _on_edited(self, text: str) -> None:
        self._number = text
        self.touched.emit()

    def _redraw(self) -> None:
        hidden = bool(self._number) and not self._show.isChecked()
        self._line.setReadOnly(hidden)
        self._line.setText(mask(self._number) if hidden else self._number)
        self._show.setVisible(bool(self._number) or self._show.isChecked())
        self._show.setText(
            literal(
                self._words.text("Hide", "button") if self._show.isChecked() else self._words.text("Show", "button")
            )
        )

    def value(self) -> Value | None:
        """Return the number itself."""
        return self._number.strip() or None

    def typed(self) -> object:
        """Return the number itself: the draft is encrypted."""
        return self._number

    def show_typed(self, typed: object) -> None:
        """Take a number, hidden."""
        self._number = str(typed)
        self._show.setChecked(False)
        self._redraw()


class ChoiceEditor(Editor):
    """One of a list, or nothing."""

    def __init__(self, options: Options, box: Choice | None = None) -> None:
        self.box = box or Choice()
        super().__init__(self.box)
        self.box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self.offer(options)
        self.box.activated.connect(lambda _: self.touched.emit())

    def offer(self, options: Options) -> None:
        """Let these be chosen; what is chosen stays."""
        chosen = self.typed()
        self.box.clear()
        for value, text in (("", ""), *options):
            self.box.addItem(text, value)
        self.show_typed(chosen)

    def value(self) -> Value | None:
        """Return the code; None for the empty line."""
        return str(self.box.currentData() or "") or None

    def typed(self) -> object:
        """Return the code."""
        return self.value() or ""

    def show_typed(self, typed: object) -> None:
        """Show a code; one that the list does not know is added, so that it is not lost."""
        position = self.box.findData(str(typed))
        if position < 0 and typed:
            self.box.addItem(str(typed), str(typed))
            position = self.box.count() - 1
        self.box.setCurrentIndex(max(position, 0))


class YesNoEditor(ChoiceEditor):
    """Yes, no, or not said."""

    def __init__(self, words: Language) -> None:
        super().__init__([("yes", words.text("Yes", "answer")), ("no", words.text("No", "answer"))])

    def value(self) -> Value | None:
        """Return True, False, or None when nothing was said."""
        chosen = super().value()
        return None if chosen is None else chosen == "yes"

    def typed(self) -> object:
        """Return the answer as a code."""
        return super().value() or ""

    def show_value(self, value: Value | None) -> None:
        """Show an answer."""
        self.show_typed("" if value is None else "yes" if value else "no")


def is_inside(widget: QObject | None, outer: QWidget) -> bool:
    """Return whether a widget lies inside another one, or in a list that pops up from it."""
    while widget is not None:
        if widget is outer:
            return True
        widget = widget.parent()
    return False
