"""Makes the editor that a field's kind asks for; the only place that knows all of them."""

from collections.abc import Mapping
from datetime import date

from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.people.languages import LANGUAGE_LIST
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.date_editor import DateEditor
from avrr_desktop.ui.forms.editors.directory_editor import DirectoryEditor
from avrr_desktop.ui.forms.editors.field_editors import (
    DIRECTORY,
    ChoiceEditor,
    CountEditor,
    Editor,
    LinkOptions,
    LongTextEditor,
    MaskedEditor,
    NameEditor,
    TextEditor,
    YesNoEditor,
)
from avrr_desktop.ui.forms.editors.found_editors import CountryEditor, LanguageEditor, LanguagesEditor, PartnerEditor
from avrr_desktop.ui.forms.editors.list_editors import ChoicesEditor, GroupedEditor, LinksEditor
from avrr_desktop.ui.forms.editors.place_editor import PlaceEditor

FEW_CHECKS = 8  # more of them take one line in a low window, until they are opened
LONGEST_CHECK = 44  # letters; lists of longer ones stand in columns, where they may have several lines


class EditorMaker:
    """Makes the editor that a field's kind asks for."""

    def __init__(self, words: Language, pack: Pack, today: date, links: LinkOptions) -> None:
        self._words, self._pack, self._today, self._links = words, pack, today, links

    def make(self, field: Field) -> Editor:
        """Return a new editor with its accessible name."""
        editor = self._made(field)
        name = self._words.text(field.label)
        if not isinstance(editor, ChoicesEditor | LanguagesEditor):  # there, each box has its own name
            editor.focus.setAccessibleName(name)
        editor.widget.setAccessibleName(name)
        editor.widget.setAccessibleDescription(self._words.text(field.hint))
        if isinstance(editor, MaskedEditor | GroupedEditor):
            editor.name(name)
        return editor

    def _made(self, field: Field) -> Editor:
        words, kind = self._words, field.kind
        if kind is Kind.LONG_TEXT:
            return LongTextEditor()
        if kind is Kind.NUMBER_OF_PAPER:
            return MaskedEditor(words)
        if kind is Kind.DATE:
            return DateEditor(words, self._today, field.when or When.EITHER)
        if kind is Kind.COUNT:
            return CountEditor()
        if kind is Kind.YES_NO:
            return YesNoEditor(words)
        if kind is Kind.COUNTRY:
            return CountryEditor(words, stateless=field.stateless)
        if kind is Kind.LINK and field.target == "provider":
            return PartnerEditor(self._links(field.target), words)
        if kind is Kind.LINK:
            return ChoiceEditor(self._links(field.target))
        if kind is Kind.LINKS:
            return LinksEditor(self._links(field.target))
        if field.codes == LANGUAGE_LIST:
            own = self._pack.labels(LANGUAGE_LIST)
            return LanguageEditor(words, own) if kind is Kind.CHOICE else LanguagesEditor(words, own)
        codes = [(code, words.text(text)) for code, text in self._pack.labels(field.codes).items()]
        if kind is Kind.CHOICE:
            return ChoiceEditor(codes)
        if kind is Kind.CHOICES:
            long = max((len(text) for _, text in codes), default=0) > LONGEST_CHECK
            return self._grouped(field.codes, dict(codes)) if long or len(codes) > FEW_CHECKS else ChoicesEditor(codes)
        if field.directory:
            return DirectoryEditor(self._links(DIRECTORY + field.directory), words)
        if field.place:
            return PlaceEditor(words, field, lambda: self._pack.places)
        if kind is Kind.NAME:
            return NameEditor()
        return TextEditor()

    def _grouped(self, codes: str, texts: Mapping[str, str]) -> GroupedEditor:
        groups = [
            (self._words.text(heading), [(code, texts[code]) for code in inside if code in texts])
            for heading, inside in self._pack.grouped(codes)
        ]
        return GroupedEditor(groups, self._words)
