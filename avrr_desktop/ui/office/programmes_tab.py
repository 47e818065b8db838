"""Programmes: what holds for all of them, and what each sets for its own cases; a new one with its title and donor."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.pack_records import RULES_KEY
from avrr_desktop.operations.office.programmes import PROGRAMME, RULES, own_of, programme_values, rules_values
from avrr_desktop.operations.session.records import directory, may_write, remove_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import side_by_side
from avrr_desktop.ui.widgets.controls import Card, button, iconed, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList, is_draft, record_of
from avrr_desktop.ui.widgets.record_items import draft_lines
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme


class ProgrammesTab(QWidget):
    """The rules for all programmes first, then each programme; the chosen one at the right, in a form."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        self.form: Form | None = None
        words = acts.workspace.words
        self.list = ItemList(theme, words.text("Programmes"))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.add_button = iconed(button(words.text("Add a programme"), self.add, shortcut="Ctrl+Shift+A"), "add", theme)
        self._back_button: list[QPushButton] = []
        RowMenu(self.list, words, lambda: (self.add_button, *self._back_button))
        self._right = FormColumn()
        split = side_by_side(theme, words, row(self.add_button, 1), self.list, self._right, shares=(42, 56))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(label(words.text(
            "Empty fields of a programme use the rules for all programmes. Every change is kept in the history."), "muted"))  # fmt: skip
        whole.addWidget(split, 1)
        acts.changed.connect(self._on_changed)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def showEvent(self, event: object) -> None:
        """Read the programmes again."""
        self.show_programmes()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_programmes(changes.started_by)

    def show_programmes(self, started_by: str = "") -> None:
        """Show the rules for all, and all programmes. ``started_by``: the form that changed one."""
        keep, words = self.list.chosen(), self._acts.workspace.words
        self.add_button.setEnabled(may_write(self._acts.workspace, PROGRAMME))
        rules = Item(RULES_KEY, words.text(BY_KEY[RULES].label), words.text("Limits, days and periods"), "setup")
        own = {record.text("key") for record in directory(self._acts.workspace, PROGRAMME)}
        ours = words.text("Set by this office")
        lines = [
            Item(f"{PROGRAMME} {one.key}", words.text(one.title), ours if one.key in own else "", "cases")
            for one in self._acts.workspace.pack.programmes.values()
        ]
        self.list.show_lines([*draft_lines(self._acts.workspace, "", PROGRAMME), rules, *lines], keep)
        if self.form is not None and (self.list.chosen() == keep or self.form.stays(started_by)):
            self.form.show_current()
            return
        self.list.choose_first()
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._right.turn():  # what is typed there is saved before anything is read
            self.list.setFocus()
        self.form = None
        chosen, workspace = self.list.chosen(), self._acts.workspace
        key = record_of(chosen) if is_draft(chosen) else chosen.removeprefix(f"{PROGRAMME} ")
        if chosen == RULES_KEY:
            self._show_form(RULES, RULES_KEY, own_of(workspace, RULES, RULES_KEY), rules_values(workspace))
        elif key in workspace.pack.programmes:
            self._show_form(PROGRAMME, key, own_of(workspace, PROGRAMME, key), programme_values(workspace, key))
        elif is_draft(chosen):
            self._show_form(PROGRAMME, key, None, {})

    def _show_form(self, record_type: str, uid: str, own: Record | None, values: dict[str, Value]) -> Form:
        """Show what an office set, or what shipped, as the values with which its own record begins.

        ``uid``: under which a draft of the form is kept: the key, so that it is found where the programme is.
        """
        workspace, words = self._acts.workspace, self._acts.workspace.words
        record = own or Record(record_type, uid, {})
        form = Form(
            self._acts, record, "", links_of(workspace, None), new=own is None, defaults=values if own is None else None
        )
        card, self._back_button = Card(), []
        heading = words.text(str(values.get("title", "")) or BY_KEY[record_type].label)
        top = row(label(heading, "heading"), form.state_label())
        top.setStretch(0, 1)
        card.body.addLayout(top)
        card.body.addWidget(form)
        if own is not None and self._shipped(own):
            back = button(words.text("Restore the original"), lambda: self._back(own), name="quiet")
            back.setEnabled(may_write(workspace, record_type))
            self._back_button = [back]
            card.body.addLayout(row(back, 1))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        self.form = form
        return form

    def _shipped(self, own: Record) -> bool:
        return own.type == RULES or own.text("key") in self._acts.workspace.shipped_pack.programmes

    def _back(self, own: Record) -> None:
        words = self._acts.workspace.words
        self._right.part()
        self.form = None
        stored = own_of(self._acts.workspace, own.type, own.text("key")) or own
        what = words.text("Restore the original")
        if not self._acts.do(lambda: remove_record(self._acts.workspace, stored, ""), what):
            self._show_chosen()

    def add(self) -> None:
        """Begin a new programme: it is stored with its first saved value."""
        self._right.turn()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        form = self._show_form(PROGRAMME, self._acts.workspace.ids.new(), None, {})
        form.saved.connect(lambda uid: self.list.choose_made(f"{PROGRAMME} {uid}"))
        form.focus_next()
