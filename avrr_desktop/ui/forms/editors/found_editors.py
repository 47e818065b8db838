"""Editors of what has hundreds of names: countries, and languages, of which one may be written that no list knows."""

import re
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.people import country, languages
from avrr_desktop.domain.people.former_states import former_state
from avrr_desktop.domain.people.name_tables import names_of
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import ChoiceEditor, Editor, Options, UnreadableError
from avrr_desktop.ui.forms.editors.finder import Finder
from avrr_desktop.ui.forms.editors.list_editors import ChoicesEditor
from avrr_desktop.ui.forms.editors.suggestions import Suggestion
from avrr_desktop.ui.widgets.theme import GAP_TINY

_CODE = re.compile(r"[A-Z]{2,3}")
_ENOUGH = 3  # letters of which only one name begins so


class FoundEditor(ChoiceEditor):
    """One of a long list, found by typing."""

    box: Finder

    def __init__(self, options: Options, box: Finder, code_of: Callable[[str], str | None]) -> None:
        """``code_of``: what reads a name that the list does not show."""
        self._code_of = code_of
        self._kept = ""  # as it was shown; it stays until somebody types
        super().__init__(options, box)
        self.box.typed_in.connect(self.touched)
        self.box.left.connect(self._on_left)

    def offered(self, text: str) -> list[Suggestion]:
        """Return the entries that a text finds, by their codes."""
        return [Suggestion(str(self.box.itemData(row)), self.box.itemText(row)) for row in self.box.found(text)]

    def text(self) -> str:
        """Return what stands in the line."""
        return self.box.currentText().strip()

    def code(self) -> str:
        """Return the code that the text leads to; empty where it leads to none."""
        row = self.box.position_of(self.text())
        return str(self.box.itemData(row) or "") if row >= 0 else self._code_of(self.text()) or ""

    def typed(self) -> object:
        """Return the code, or what was typed while it leads to none."""
        return self.code() or self.text()

    def show_typed(self, typed: object) -> None:
        """Show a code, or what was typed."""
        position = self.box.findData(str(typed)) if typed else 0
        self.box.setCurrentIndex(position)
        if position < 0:
            self.box.setEditText(str(typed))
        self._kept = str(typed) if position < 0 else ""
        self.box.line.setCursorPosition(0)

    def explanation(self) -> str:
        """Return the name as the list shows it, while another one is typed."""
        shown = self._shown(self.code())
        return shown if shown != self.text() else ""

    def _shown(self, code: str) -> str:
        return self.box.itemText(self.box.findData(code)) if code else ""

    def _on_left(self) -> None:
        if self.code() and self._shown(self.code()):
            self.show_typed(self.code())


def _finder(kind: str) -> Finder:
    """Return a list in which the names of countries or of languages in any language find."""
    return Finder(lambda: names_of(kind))


class PartnerEditor(FoundEditor):
    """A partner or office of the directory, found by a word of its name or by its place; one that is missing is added here."""

    def __init__(self, options: Options, words: Language) -> None:
        self._words = words
        super().__init__(options, Finder(dict), lambda _: None)

    def let_add(self, add: Callable[[str], str]) -> None:
        """Let a name be added. ``add`` returns the identifier of the new entry; empty where that did not go well."""

        def added(name: str) -> None:
            if uid := add(name):
                self.show_typed(uid)
                self.touched.emit()

        self.box.let_add(lambda name: self._words.text("Add “{name}” to the directory", name=name))
        self.box.add_wanted.connect(added)

    def value(self) -> Value | None:
        """Return the entry; None for an empty line. Raises UnreadableError."""
        if not self.text():
            return None
        if code := self.code():
            return code
        raise UnreadableError(
            self._words.text("Nobody of this name is in the directory. Choose from the list, or add the name to it.")
        )

    def _on_left(self) -> None:
        only = self.box.only(self.text())  # of a directory, one letter tells: the list under it shows what it leads to
        if not self.code() and only >= 0:
            self.show_typed(self.box.itemData(only))
            self.touched.emit()
        super()._on_left()


def _country_of(text: str) -> str | None:
    """Return the code of a name. Two or three small letters are the beginning of one: “se” may become Serbia, and is not Sweden."""
    return country.code_of(text) if len(text) > 3 or text.isupper() else None


class CountryEditor(FoundEditor):
    """A country of today."""

    def __init__(self, words: Language, *, stateless: bool = False) -> None:
        self._words = words
        names = words.countries()
        none = [(country.STATELESS, words.text(country.STATELESS_NAME))] if stateless else []
        super().__init__(
            [*none, *((code, names[code]) for code in country.in_order(names))], _finder("countries"), _country_of
        )

    def show_typed(self, typed: object) -> None:
        """Show a code, also one that nobody knows any more; or what was typed."""
        text = str(typed)
        if (
            _CODE.fullmatch(text)
            and self.box.findData(text) < 0
            and not country.code_of(text)
            and not former_state(text)
        ):
            self.box.addItem(text, text)
        super().show_typed(typed)

    def value(self) -> Value | None:
        """Return the code; None for an empty line. Raises UnreadableError."""
        if not self.text():
            return None
        if code := self.code():
            return code
        raise UnreadableError(self._said())

    def _said(self) -> str:
        words, state = self._words, former_state(self.text())
        if state is None:
            return words.text("Choose a country from the list, or write its full name or its two-letter code.")
        names = ", ".join(words.countries()[code] for code in state.successors)
        return words.text(
            "{state} no longer exists. Choose the state to which the place belongs now: {states}. You can " "write what the paper says in the remarks.",
            state=words.text(state.name), states=names,
        )  # fmt: skip

    def _on_left(self) -> None:
        only = self.box.only(self.text()) if len(self.text()) >= _ENOUGH and not former_state(self.text()) else -1
        if not self.code() and only >= 0:
            self.show_typed(self.box.itemData(only))
            self.touched.emit()
        super()._on_left()


def language_options(words: Language, own: Mapping[str, str]) -> tuple[Options, Options]:
    """Return the languages that are offered first, and all others. ``own``: code -> what it reads, of the pack's list."""
    others = [(code, name) for code, name in words.language_names().items() if code not in own]
    return [(code, words.text(label)) for code, label in own.items()], others


class LanguageEditor(FoundEditor):
    """One language; what no list knows is kept as it is written."""

    def __init__(self, words: Language, own: Mapping[str, str]) -> None:
        first, others = language_options(words, own)
        super().__init__([*first, *others], _finder("languages"), languages.code_of)

    def value(self) -> Value | None:
        """Return the code, or the text; None for an empty line."""
        return self._kept if self.text() == self._kept and self._kept else self.code() or self.text() or None


class LanguagesEditor(Editor):
    """Several languages: the usual ones to tick, any other to be written beneath them."""

    def __init__(self, words: Language, own: Mapping[str, str]) -> None:
        first, _ = language_options(words, own)
        self.checks, self.more = ChoicesEditor(first), LanguageEditor(words, own)
        self._names = words.language_names()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        column.addWidget(self.checks.widget)
        column.addWidget(self.more.widget)
        super().__init__(box, self.checks.focus)
        self.more.box.line.setPlaceholderText(words.text("Another language"))
        self.more.box.setAccessibleName(words.text("Another language"))
        self.checks.touched.connect(self.touched)
        self.more.box.left.connect(self._take)
        self.more.box.activated.connect(lambda _: self._take())

    def _take(self) -> None:
        """Tick what was written."""
        if (value := self.more.value()) is None:
            return
        self.more.show_typed("")
        self._show([*self._chosen(), str(value)])
        self.touched.emit()

    def _chosen(self) -> Sequence[str]:
        value = self.checks.value()
        return value if isinstance(value, tuple) else ()

    def value(self) -> Value | None:
        """Return codes, and texts that no list knows; None for none."""
        return self.checks.value()

    def typed(self) -> object:
        """Return the codes, behind them what is being written."""
        return [*self._chosen(), *([self.more.text()] if self.more.text() else [])]

    def show_typed(self, typed: object) -> None:
        """Tick what was chosen; what the usual ones lack gets a box of its own."""
        self._show([str(item) for item in typed] if isinstance(typed, list | tuple) else [])

    def _show(self, chosen: Sequence[str]) -> None:
        for value in dict.fromkeys(chosen):
            self.checks.let_choose(value, self._names.get(languages.code_of(value) or "", value))
        self.checks.show_typed(list(dict.fromkeys(chosen)))
