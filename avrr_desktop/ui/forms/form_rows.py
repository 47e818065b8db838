"""The rows of a form: what stands in their editors, what is said below them, what the rest of the case decides of them."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.records.fields import Field, Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.editors.directory_editor import DirectoryEditor
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import DIRECTORY, ChoiceEditor, LinkOptions, UnreadableError
from avrr_desktop.ui.forms.editors.place_editor import PlaceEditor
from avrr_desktop.ui.forms.field_problems import Around, Given, as_typed, field_problems, fields_told
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.forms.list_and_form import focus_on


class FormRows:
    """A row for each field of a record type that is typed in, or for those of ``keys``; by the key of the field.

    ``links``: what fields that point at records offer. ``around``: the case that has a word in what the record says.
    """

    def __init__(
        self, workspace: Session, record_type: str, links: LinkOptions, keys: Sequence[str], around: Around | None
    ) -> None:
        self._workspace, self._around = workspace, around
        self._given: dict[str, Given] = {}
        maker = EditorMaker(workspace.words, workspace.pack, workspace.today, links)
        hints = workspace.pack.hints
        self.by_key = {
            field.key: FieldRow(field, maker.make(field), workspace.words, hints.get(f"{record_type}.{field.key}", ""))
            for field in BY_KEY[record_type].fields
            if not field.computed and not field.retired and (not keys or field.key in keys)
        }
        for row in self.by_key.values():
            if isinstance(row.editor, PlaceEditor):
                row.editor.country = partial(self._country_of, row.field)
        self._shown: Mapping[str, Value] = {}

    def _country_of(self, field: Field) -> tuple[str, bool]:
        """Return the country in which a place lies, and whether this record says so: else it is the one of the case."""
        own = str(
            (self.value_of(field.country) if field.country in self.by_key else self._shown.get(field.country)) or ""
        )
        if own:
            return own, True
        office = self._workspace.office
        around = self._around.country() if self._around else ""
        return around or (office.text("country") if office else ""), False

    def only_show(self) -> None:
        """Let every field be read and none be typed in."""
        for row in self.by_key.values():
            row.editor.only_show()

    def offer(self, links: LinkOptions) -> None:
        """Let the fields that point at records offer what there is now."""
        for row in self.by_key.values():
            if row.field.kind is Kind.LINK and isinstance(row.editor, ChoiceEditor):
                row.editor.offer(links(row.field.target))
            elif isinstance(row.editor, DirectoryEditor):
                row.editor.offer(links(DIRECTORY + row.field.directory))

    def show_values(self, values: Mapping[str, Value], but: Collection[str] = ()) -> None:
        """Show what is stored, in every field. ``but``: those that keep what is typed in them."""
        self._shown = values
        for key, row in self.by_key.items():
            if key in but:
                continue
            row.editor.show_beside(values)
            row.editor.show_value(values.get(key))

    def show_typed(self, typed: Mapping[str, object]) -> list[str]:
        """Show what was typed, readable or not; return the keys of the fields that there are."""
        shown = [key for key in typed if key in self.by_key]
        for key in shown:
            self.by_key[key].editor.show_beside(typed)
            self.by_key[key].editor.show_typed(typed[key])
        return shown

    def typed(self, keys: Collection[str]) -> dict[str, object]:
        """Return what stands in some fields as it was typed, readable or not."""
        return {key: row.editor.typed() for key, row in self.by_key.items() if key in keys} | self.beside(keys)

    def beside(self, keys: Collection[str]) -> dict[str, Value | None]:
        """Return what was chosen in some fields for others beside them: the place that a text stands for."""
        return {
            name: value
            for key, row in self.by_key.items() if key in keys
            for name, value in row.editor.beside().items()
        }  # fmt: skip

    def read(self, touched: Collection[str]) -> tuple[dict[str, Value | None], dict[str, str]]:
        """Return the values, and for each field that cannot be read what its editor says about it."""
        values: dict[str, Value | None] = {}
        unreadable: dict[str, str] = {}
        for key, row in self.by_key.items():
            if key in self._given and key not in touched:
                continue
            try:
                values[key] = row.editor.value()
            except UnreadableError as error:
                unreadable[key] = str(error)
        return values, unreadable

    def value_of(self, key: str) -> Value | None:
        """Return what stands in one editor; None where it is empty or cannot be read."""
        try:
            return self.by_key[key].editor.value()
        except UnreadableError:
            return None

    def follow(self, record: Record, touched: Collection[str]) -> list[str]:
        """Show what other records of the case decide; a field that none decides any more is typed again.

        Return the keys of the fields that are decided elsewhere altogether.
        """
        if self._around is None:
            return []
        fields = [row.field for row in self.by_key.values() if row.field.of_steps]
        before = self._given
        self._given = self._around.given(as_typed(record, self.read(touched)[0]), fields) if fields else {}
        decided = [key for key, given in self._given.items() if not given.open]
        for key in before.keys() | self._given.keys():
            given, row = self._given.get(key), self.by_key[key]
            row.follow(given.source if given else "", open_=key not in decided)
            if key not in touched or key in decided:
                row.editor.show_value(given.value if given else record.values.get(key))
        return decided

    def check(self, record: Record, touched: Collection[str], *, quiet: bool) -> None:
        """Say below each field what is wrong with it. ``quiet``: nothing was typed yet, so nothing is missing yet."""
        values, unreadable = self.read(touched)
        said = field_problems(self._workspace, record, values, unreadable, self._around, quiet=quiet)
        told = fields_told(self._workspace, record, values)
        for key, row in self.by_key.items():
            row.editor.look_again()
            row.say(said.get(key, ""), told.get(key, ""))

    def names(self, keys: Collection[str]) -> str:
        """Return the labels of some fields, as one text."""
        words = self._workspace.words
        return ", ".join(words.text(row.field.label) for key, row in self.by_key.items() if key in keys)

    def empty(self, form: QWidget) -> list[str]:
        """Return the fields that a form shows unfolded and that hold nothing, in their order; none that another record decides."""
        return [
            key for key, row in self.by_key.items()
            if row.isVisibleTo(form) and row.editor.widget.isEnabled() and row.editor.typed() in ("", [], None)
        ]  # fmt: skip

    def focus(self, keys: Collection[str]) -> bool:
        """Put the cursor into the first of these fields; return whether there is one."""
        row = next((row for key, row in self.by_key.items() if key in keys), None)
        if row is not None:
            focus_on(row.editor.focus)
        return row is not None
