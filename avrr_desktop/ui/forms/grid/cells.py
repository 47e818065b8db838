"""What stands in a cell, as the program understands it: the value to store, how it reads, and what to say where it cannot be read.

Dates, countries and all else that is more than a text are read by the editors of forms, made for it and never shown.
"""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.records.fields import Field, Kind, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import Editor, UnreadableError
from avrr_desktop.ui.forms.editors.found_editors import FoundEditor
from avrr_desktop.ui.forms.editors.place_editor import PlaceEditor
from avrr_desktop.ui.forms.editors.suggestions import Suggestion
from avrr_desktop.ui.forms.grid.choosing import Entry, found
from avrr_desktop.ui.forms.grid.columns import BY_NAME, COLUMNS, Typed

_KEPT = 2000  # cells that were read
_SHOWN_ENTRIES = 6  # of those that a text can mean, in the sentence that asks which


@dataclass(frozen=True, slots=True)
class Cell:
    """``value``: None for nothing, and where it cannot be read. ``typed``: what stands there once it is left.

    ``problem``: why it cannot be read. ``plain``: for such a one, the form says what to write.
    """

    value: Value | None
    shown: str
    typed: Typed
    problem: str = ""
    unreadable: bool = False


NOTHING = Cell(None, "", "")


class Cells:
    """Reads the cells of one window's language and pack."""

    def __init__(self, workspace: Session, parent: QWidget) -> None:
        self._workspace, self._words, self._pack = workspace, workspace.words, workspace.pack
        self._maker = EditorMaker(workspace.words, workspace.pack, workspace.today, lambda _: [])
        self._parent = parent
        self._editors: dict[str, Editor] = {}
        self._read: dict[object, Cell] = {}
        self._entries: dict[str, list[Entry]] = {}

    def entries(self, codes: str) -> list[Entry]:
        """Return a list of the pack with what people also type for its entries."""
        if codes not in self._entries:
            words, typed = self._words, self._pack.typed.get(codes, {})
            self._entries[codes] = [
                Entry(
                    code, words.text(text),
                    tuple(word.strip() for word in words.text(typed[code].also).split(",")) if code in typed else (),
                    typed[code].sex if code in typed else "",
                )
                for code, text in self._pack.labels(codes).items()
            ]  # fmt: skip
        return self._entries[codes]

    def read(self, key: str, typed: object, sex: str = "") -> Cell:
        """Return what stands in a field. ``sex``: what stands beside it, which tells a son from a daughter."""
        if typed in ("", [], None):
            return NOTHING
        wanted = (key, tuple(typed) if isinstance(typed, list) else typed, sex)
        if wanted not in self._read:  # a cell is asked for again at every painting
            if len(self._read) > _KEPT:
                self._read.clear()
            self._read[wanted] = self._as_understood(key, typed, sex)
        return self._read[wanted]

    def _as_understood(self, key: str, typed: object, sex: str) -> Cell:
        record, _, name = key.partition(".")
        field = BY_KEY[record].field(name)
        column = COLUMNS[BY_NAME[key]] if key in BY_NAME else None
        if column is not None and column.flags:
            return self._flags(field, typed)
        if column is not None and field.kind is Kind.CHOICE:
            return self._choice(field, str(typed), sex)
        if field.kind in (Kind.NAME, Kind.TEXT):
            text = str(typed)
            return Cell(text.strip() or None, text, text)
        return self._by_editor(key, field, typed)

    def offered(self, key: str, text: str, country: str) -> list[Suggestion]:
        """Return what a form proposes for a text of a field; nothing for a field that proposes nothing. ``country``: of a place."""
        record, _, name = key.partition(".")
        field = BY_KEY[record].field(name)
        if not field.place and field.kind is not Kind.COUNTRY:
            return []
        editor = self._editor(key, field)
        if isinstance(editor, PlaceEditor):
            editor.country = lambda: (country, bool(country))
        return editor.offered(text) if isinstance(editor, PlaceEditor | FoundEditor) else []

    def _choice(self, field: Field, text: str, sex: str) -> Cell:
        entries = self.entries(field.codes)
        fitting = found(text, entries, sex)
        if len(fitting) == 1:
            return Cell(fitting[0].code, fitting[0].label, fitting[0].code)
        return Cell(None, text, text, self._which(text, fitting, entries), unreadable=True)

    def _which(self, text: str, fitting: list[Entry], entries: list[Entry]) -> str:
        offered = [one.label for one in (fitting or entries)]
        names = ", ".join(offered[:_SHOWN_ENTRIES]) + (" …" if len(offered) > _SHOWN_ENTRIES else "")
        if fitting:
            return self._words.text("“{text}” can mean several: {names}. Type more letters.", text=text, names=names)
        return self._words.text("“{text}” is not in the list. Type the first letters: {names}.", text=text, names=names)

    def _flags(self, field: Field, typed: object) -> Cell:
        """Return several entries of a list: codes, or texts with semicolons between them."""
        parts = typed if isinstance(typed, list) else str(typed).split(";")
        entries, codes, shown, problem = self.entries(field.codes), [], [], ""
        for part in (str(part).strip() for part in parts):
            fitting = found(part, entries) if part else []
            if len(fitting) == 1:
                codes.append(fitting[0].code)
                shown.append(fitting[0].label)
            elif part:
                codes.append(part)
                shown.append(part)
                problem = problem or self._which(part, fitting, entries)
        codes = list(dict.fromkeys(codes))
        text = "; ".join(dict.fromkeys(shown))
        return Cell(None if problem else tuple(codes), text, codes, problem, unreadable=bool(problem))

    def _by_editor(self, key: str, field: Field, typed: object) -> Cell:
        editor = self._editor(key, field)
        editor.show_typed(typed)
        if isinstance(editor, FoundEditor):
            editor.box.left.emit()  # one that is left of those that begin so is chosen, as in a form
        try:
            value = editor.value()
        except UnreadableError as error:
            return Cell(None, str(typed), str(typed), str(error), unreadable=True)
        if field.kind is Kind.DATE:
            editor.show_value(value)
        kept = editor.typed()
        shown = editor.text() if isinstance(editor, FoundEditor) else str(kept)
        return Cell(value, shown, kept if isinstance(kept, list) else str(kept))

    def _editor(self, key: str, field: Field) -> Editor:
        if key not in self._editors:
            editor = self._maker.make(field)
            editor.widget.setParent(self._parent)
            editor.widget.hide()
            self._editors[key] = editor
        return self._editors[key]
