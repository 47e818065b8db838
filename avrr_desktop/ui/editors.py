"""One editor for each kind of field: typed text in, stored value out, nothing thrown away."""

from collections.abc import Callable, Container, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)  # fmt: skip

from avrr_desktop.domain import country
from avrr_desktop.domain.fields import Field, Kind, Value
from avrr_desktop.domain.pack import Pack
from avrr_desktop.domain.wording import country_name, mask
from avrr_desktop.ui.adapting import WrappingRow
from avrr_desktop.words import Words

Options = Sequence[tuple[str, str]]  # (stored value, what people read)
LinkOptions = Callable[[str], Options]  # record type -> records that may be chosen


class UnreadableError(Exception):
    """What was typed cannot be understood yet; it stays in the draft."""


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

    def explanation(self) -> str:
        """Return how the program understands what is typed; empty when that is obvious."""
        return ""


class TextEditor(Editor):
    """One line."""

    def __init__(self) -> None:
        self.line = QLineEdit()
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
        """Show a text from its beginning."""
        self.line.setText(str(typed))
        self.line.setCursorPosition(0)


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


class DateEditor(TextEditor):
    """A date as people type it."""

    def __init__(self, words: Words, this_year: int) -> None:
        super().__init__()
        self._words = words
        self._this_year = this_year

    def value(self) -> Value | None:
        """Return the stored form of the date. Raises UnreadableError."""
        text = self.line.text().strip()
        if not text:
            return None
        found = self._words.typed_date(text, self._this_year)
        if found is None:
            raise UnreadableError
        return str(found)

    def show_value(self, value: Value | None) -> None:
        """Show a stored date in figures, as it may be typed again."""
        self.show_typed(typed_form(str(value)) if value else "")

    def explanation(self) -> str:
        """Return the date in words while it is typed."""
        try:
            value = self.value()
        except UnreadableError:
            return ""
        return self._words.partial_date(str(value)) if value and typed_form(str(value)) != self.line.text() else ""


def typed_form(stored: str) -> str:
    """Return a stored date as a person would type it: 12.5.2019, 5.2019, 2019, with ~ for an estimate."""
    parts = stored.rstrip("~").split("-")
    return ".".join(str(int(part)) for part in reversed(parts)) + ("~" if stored.endswith("~") else "")


class LongTextEditor(Editor):
    """Many lines."""

    def __init__(self) -> None:
        self.text = QPlainTextEdit()
        super().__init__(self.text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(84)
        self._quiet = False
        self.text.textChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if not self._quiet:
            self.touched.emit()

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


class MaskedEditor(Editor):
    """A personal or document number: hidden until somebody asks for it."""

    def __init__(self, words: Words) -> None:
        self._line = QLineEdit()
        self._show = QPushButton(words.text("Show"))
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
        self._show.setAccessibleName(self._words.text("Show {field}", field=text))

    def _on_edited(self, text: str) -> None:
        self._number = text
        self.touched.emit()

    def _redraw(self) -> None:
        hidden = bool(self._number) and not self._show.isChecked()
        self._line.setReadOnly(hidden)
        self._line.setText(mask(self._number) if hidden else self._number)
        self._show.setVisible(bool(self._number) or self._show.isChecked())
        self._show.setText(self._words.text("Hide") if self._show.isChecked() else self._words.text("Show"))

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


class _CalmBox(QComboBox):
    """A list that the mouse wheel does not change while somebody scrolls the form."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


class ChoiceEditor(Editor):
    """One of a list, or nothing."""

    def __init__(self, options: Options) -> None:
        self.box = _CalmBox()
        super().__init__(self.box)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self.box.addItem("", "")
        for value, text in options:
            self.box.addItem(text, value)
        self.box.activated.connect(lambda _: self.touched.emit())

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

    def __init__(self, words: Words) -> None:
        super().__init__([("yes", words.text("Yes")), ("no", words.text("No"))])

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


class ChoicesEditor(Editor):
    """Several of a list."""

    def __init__(self, options: Options) -> None:
        box = QWidget()
        flow = WrappingRow()
        self._boxes: dict[str, QCheckBox] = {}
        for value, text in options:
            check = QCheckBox(text)
            check.setAccessibleName(text)
            check.clicked.connect(lambda _: self.touched.emit())
            flow.addWidget(check)
            self._boxes[value] = check
        box.setLayout(flow)
        self._shown: tuple[str, ...] = ()
        super().__init__(box, next(iter(self._boxes.values()), box))

    def value(self) -> Value | None:
        """Return the codes in the order of the list; None for none."""
        return _in_order((value for value, check in self._boxes.items() if check.isChecked()), self._shown, self._boxes)

    def typed(self) -> object:
        """Return the codes."""
        return list(self.value() or ())  # type: ignore[arg-type]

    def show_typed(self, typed: object) -> None:
        """Show codes; those that the list does not know are kept."""
        chosen = tuple(str(item) for item in typed) if isinstance(typed, list | tuple) else ()
        for value, check in self._boxes.items():
            check.setChecked(value in chosen)
        self._shown = chosen


def _in_order(chosen: Iterable[str], shown: tuple[str, ...], known: Container[str]) -> tuple[str, ...] | None:
    """Return what is chosen: as it stood, with what the list does not know; what was added comes behind."""
    wanted = list(chosen)
    kept = [value for value in shown if value in wanted or value not in known]
    return (*kept, *(value for value in wanted if value not in kept)) or None


class LinksEditor(Editor):
    """Several records of a case, in a list of its own height: their names are long."""

    def __init__(self, options: Options) -> None:
        self.list = QListWidget()
        super().__init__(self.list)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for value, text in options:
            item = QListWidgetItem(text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(text)
        rows = max(1, min(len(options), 5))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 24) + 6)
        self._shown: tuple[str, ...] = ()
        self._quiet = False
        self.list.itemChanged.connect(lambda _: None if self._quiet else self.touched.emit())

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def value(self) -> Value | None:
        """Return the identifiers in the order of the list; None for none."""
        known = {str(item.data(Qt.ItemDataRole.UserRole)): item for item in self._items()}
        checked = (value for value, item in known.items() if item.checkState() is Qt.CheckState.Checked)
        return _in_order(checked, self._shown, known)

    def typed(self) -> object:
        """Return the identifiers."""
        value = self.value()
        return list(value) if isinstance(value, tuple) else []

    def show_typed(self, typed: object) -> None:
        """Check identifiers; those that the list does not know are kept."""
        chosen = tuple(str(item) for item in typed) if isinstance(typed, list | tuple) else ()
        known = {str(item.data(Qt.ItemDataRole.UserRole)): item for item in self._items()}
        self._quiet = True
        for value, item in known.items():
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
        self._quiet = False
        self._shown = chosen


class EditorMaker:
    """Makes the editor that a field's kind asks for."""

    def __init__(self, words: Words, pack: Pack, this_year: int, links: LinkOptions) -> None:
        self._words, self._pack, self._this_year, self._links = words, pack, this_year, links

    def make(self, field: Field) -> Editor:
        """Return a new editor with its accessible name."""
        editor = self._made(field)
        name = self._words.text(field.label)
        editor.focus.setAccessibleName(name if not isinstance(editor, ChoicesEditor) else editor.focus.accessibleName())
        editor.widget.setAccessibleName(name)
        editor.widget.setAccessibleDescription(self._words.text(field.hint))
        if isinstance(editor, MaskedEditor):
            editor.name(name)
        return editor

    def _made(self, field: Field) -> Editor:
        words, kind = self._words, field.kind
        if kind is Kind.LONG_TEXT:
            return LongTextEditor()
        if kind is Kind.NUMBER_OF_PAPER:
            return MaskedEditor(words)
        if kind is Kind.DATE:
            return DateEditor(words, self._this_year)
        if kind is Kind.COUNT:
            return CountEditor()
        if kind is Kind.YES_NO:
            return YesNoEditor(words)
        if kind is Kind.COUNTRY:
            return ChoiceEditor([(code, country_name(code, words)) for code in country.NAMES])
        if kind is Kind.LINK:
            return ChoiceEditor(self._links(field.target))
        if kind is Kind.LINKS:
            return LinksEditor(self._links(field.target))
        codes = [(code, words.text(text)) for code, text in self._pack.codes.get(field.codes, {}).items()]
        if kind is Kind.CHOICE:
            return ChoiceEditor(codes)
        if kind is Kind.CHOICES:
            return ChoicesEditor(codes)
        return TextEditor()


def is_inside(widget: QObject | None, outer: QWidget) -> bool:
    """Say whether a widget lies inside another one, or in a list that pops up from it."""
    while widget is not None:
        if widget is outer:
            return True
        widget = widget.parent()
    return False


__all__ = ["Editor", "EditorMaker", "LinkOptions", "Options", "QEvent", "Qt", "UnreadableError", "is_inside"]
