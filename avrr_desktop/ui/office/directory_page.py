"""A directory beside all cases, such as the officers of this store; that of partners and offices is ``PartnersPage``."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.people.partner_search import is_meant
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.session.records import directory
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import side_by_side
from avrr_desktop.ui.widgets.controls import Card, add_button, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList, is_draft, record_of
from avrr_desktop.ui.widgets.record_items import draft_lines, joined, value
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme


class DirectoryPage(QWidget):
    """Records of one kind that belong to no case."""

    def __init__(self, acts: Actions, theme: Theme, record_type: str, sentence: str) -> None:
        super().__init__()
        self._acts, self._theme, self._type = acts, theme, BY_KEY[record_type]
        self.form: Form | None = None
        words = acts.workspace.words
        self.list = ItemList(theme, words.text(self._type.plural))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        kind = words.text(self._type.label)
        add = add_button(kind, words.text("Add: {record}", record=kind), self.add, theme, shortcut="Ctrl+Shift+A")
        RowMenu(self.list, words, lambda: (add,))
        self.text = QLineEdit()
        self.text.setPlaceholderText(words.text("Name, place, phone"))
        self.text.setAccessibleName(words.text("Search in the partners"))
        self.text.setClearButtonEnabled(True)
        if record_type != "provider":  # of all else there are few
            self.text.hide()
        self.text.textChanged.connect(lambda _: self.show_records())
        self._right = FormColumn()
        split = side_by_side(theme, words, row(add, *self.more_buttons(), 1), self.list, self._right, shares=(42, 56))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(label(words.text(self._type.plural), "title"))
        whole.addWidget(label(sentence, "muted"))
        whole.addWidget(self.text)
        whole.addWidget(self.beside(split), 1)
        acts.changed.connect(self._on_changed)

    def beside(self, split: QWidget) -> QWidget:
        """Return what is shown below the search: the list with its form, or a stack of it and something else."""
        return split

    def more_buttons(self) -> Sequence[QWidget]:
        """Return further buttons beside “Add”, for a directory that has some."""
        return ()

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def showEvent(self, event: object) -> None:
        """Read the directory again."""
        self.show_records()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_records(changes.started_by)

    def show_records(self, started_by: str = "") -> None:
        """Show all records of the kind. ``started_by``: the form that changed one."""
        keep = self.list.chosen()
        lines = [*draft_lines(self._acts.workspace, "", self._type.key), *map(self._line, self._wanted())]
        self.list.show_lines(lines, keep)
        self.list.setVisible(bool(lines))
        if self.form is not None and (self.list.chosen() == keep or self.form.stays(started_by)):
            self.form.show_current()
            return
        self.list.choose_first()
        self._show_chosen()

    def _wanted(self) -> list[Record]:
        typed = self.text.text()
        return [record for record in self._records() if self._is_meant(record, typed)] if typed else self._records()

    def _is_meant(self, record: Record, typed: str) -> bool:
        return is_meant(record, typed)

    def _records(self) -> list[Record]:
        return sorted(
            directory(self._acts.workspace, self._type.key),
            key=lambda record: self._acts.workspace.words.place(
                record.text("name") or record.text("title") or record.text("label")
            ),
        )

    def _line(self, record: Record) -> Item:
        workspace = self._acts.workspace
        if record.type == "service_template":
            return Item(
                record.uid, workspace.words.text(record.text("title")), value(workspace, record, "category"), "service"
            )
        if record.type == "list_entry":
            return Item(record.uid, record.text("label"), value(workspace, record, "list"), "note")
        if record.type == "authority":
            return Item(
                record.uid,
                country_name(record.text("country"), workspace.words),
                value(workspace, record, "type"),
                "map_pin",
            )
        if record.type == "stated_figure":
            below = joined(
                record.text("total"), value(workspace, record, "unit"), value(workspace, record, "programme")
            )
            return Item(record.uid, record.text("title"), below, "countries")
        if record.type == "officer":
            return Item(
                record.uid, record.text("name"), value(workspace, record, "role"), "person", "", record.text("initials")
            )
        return Item(record.uid, record.text("name"))

    def _show_chosen(self) -> None:
        if self._right.turn():  # what is typed there is saved before anything is read
            self.list.setFocus()
        if is_draft(self.list.chosen()):
            self._show_form(Record(self._type.key, record_of(self.list.chosen()), {}), new=True)
            return
        record = next((item for item in self._records() if item.uid == self.list.chosen()), None)
        if record is None:
            self.form = None
            return
        self._show_form(record)

    def _show_form(self, record: Record, *, new: bool = False) -> Form:
        self._right.turn()
        form = self._made_form(record, new=new)
        state = form.state_label()
        form.saved.connect(self.list.choose_made)
        card = Card()
        words = self._acts.workspace.words
        heading = label(words.text(self._type.label), "heading", wrap=False)
        card.body.addLayout(row(heading, 1, state))
        if buttons := self._form_buttons(record, new=new):
            card.body.addLayout(WrappingRow(*buttons))
        for above in self._above(record, new=new):
            card.body.addWidget(above)
        card.body.addWidget(form)
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        self.form = form
        return form

    def _made_form(self, record: Record, *, new: bool) -> Form:
        return Form(self._acts, record, "", links_of(self._acts.workspace, None), new=new)

    def _form_buttons(self, record: Record, *, new: bool) -> Sequence[QWidget]:
        """Return what can be done with the record in a form, beside typing in it."""
        return ()

    def _above(self, record: Record, *, new: bool) -> Sequence[QWidget]:
        """Return what is said of a record above its form."""
        return ()

    def add(self) -> None:
        """Begin a new record: it is stored with its first saved value."""
        self._right.turn()
        self.text.clear()  # the new one is seen, whatever was looked for
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._show_form(Record(self._type.key, self._acts.workspace.ids.new(), {}), new=True).focus_first()
