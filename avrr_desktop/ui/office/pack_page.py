"""Procedures: the steps of the pack, confirmed or changed by this office; its own services and lists; export, import."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.people.dates import is_past
from avrr_desktop.domain.procedure.pack import CONFIRMED, StepTemplate
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.pack_records import STEP_TEMPLATE
from avrr_desktop.domain.wording import country_name, text_of
from avrr_desktop.operations.office.pack_office import (
    back_to_shipped,
    compare,
    confirm,
    editable,
    export_pack,
    import_pack,
    mark_outdated,
    own_record,
)
from avrr_desktop.operations.session.records import new_record, read_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.leaving import LeavingTabs
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import side_by_side
from avrr_desktop.ui.office.directory_page import DirectoryPage
from avrr_desktop.ui.office.programmes_tab import ProgrammesTab
from avrr_desktop.ui.widgets.controls import Card, button, label, literal, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme

_SHOWN = ("scope", "authority", "guidance", "needs", "needs_one_of", "helped_by", "parents_first", "needs_papers",
          "evidence", "fee", "legal_deadline", "basis", "source_title", "source_date", "verified_on", "review_due_on")  # fmt: skip


class PackPage(QWidget):
    """A tab each: steps, services, lists, programmes, offices of countries, figures that were stated elsewhere."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        words = acts.workspace.words
        self.steps = StepsTab(acts, theme)
        services = DirectoryPage(acts, theme, "service_template", words.text(
            "Services of this office. They are offered in every case, next to those of the program."))  # fmt: skip
        lists = DirectoryPage(acts, theme, "list_entry", words.text(
            "Entries that this office adds to the program’s lists."))  # fmt: skip
        offices = DirectoryPage(acts, theme, "authority", words.text(
            "The responsible office in a country. Officers see this next to the steps at an office of this kind."))  # fmt: skip
        figures = DirectoryPage(acts, theme, "stated_figure", words.text(
            "Figures published in reports, letters or on programme pages, next to the figures counted here."))  # fmt: skip
        self.tabs = tabs = LeavingTabs(words, words.text("Procedures", "page"))
        tabs.addTab(self.steps, literal(words.text("Steps", "page")))
        tabs.addTab(services, literal(words.text("Services", "page")))
        tabs.addTab(lists, literal(words.text("Lists", "page")))
        tabs.addTab(ProgrammesTab(acts, theme), literal(words.text("Programmes", "page")))
        tabs.addTab(offices, literal(words.text("Offices", "page")))
        tabs.addTab(figures, literal(words.text("Figures", "page")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.addWidget(tabs)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the part that is shown; see ``forms.leaving``."""
        self.tabs.leave(parting=parting)


class StepsTab(QWidget):
    """All steps at the left, the chosen one at the right: what it says, where from, and what to do with it."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self.form: Form | None = None
        words = acts.workspace.words
        self.ask_save: Callable[[], str] = lambda: QFileDialog.getSaveFileName(
            self, words.text("Export the pack"), "pack.toml", "TOML (*.toml)"
        )[0]
        self.ask_open: Callable[[], str] = lambda: QFileDialog.getOpenFileName(
            self, words.text("Import a pack"), "", "TOML (*.toml)"
        )[0]
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.text("Find a step"))
        self.search.setAccessibleName(words.text("Find a step"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self.show_steps())
        self.list = ItemList(theme, words.text("Steps of the pack"))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self._right = FormColumn()
        add = button(words.text("Add your own step"), self.add, shortcut="Ctrl+Shift+A")
        self._of_step: list[QPushButton] = []  # the buttons above the chosen one
        RowMenu(self.list, words, lambda: (add, *self._of_step))
        buttons = row(self.search, add)
        split = side_by_side(theme, words, buttons, self.list, self._right, shares=(42, 56))
        about = label(
            words.text(
                "These are defaults from public sources until a supervisor confirms them. A case keeps the version "
                "it started with."
            ),
            "muted",
        )
        files = row()
        files.addWidget(about, 1)
        files.addWidget(button(words.text("Export", "button"), self.export, name="quiet"))
        files.addWidget(button(words.text("Import", "button"), self.import_, name="quiet"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addLayout(files)
        whole.addWidget(split, 1)
        acts.changed.connect(self._on_changed)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def showEvent(self, event: object) -> None:
        """Read the pack again."""
        self.show_steps()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_steps()

    def show_steps(self) -> None:
        """Show the steps that match what is typed."""
        keep, words = self.list.chosen(), self._acts.workspace.words
        wanted = self.search.text().casefold().split()
        lines = [
            line for step in self._acts.workspace.pack.steps.values()
            if all(word in f"{step.key} {words.text(step.title)} {line_country(step)}".casefold() for word in wanted)
            for line in (self._line(step),)
        ]  # fmt: skip
        self.list.show_lines(lines, keep)
        if self.form is not None and self.list.chosen() == keep:
            self.form.show_current()
            return
        self.list.choose_first()
        self._show_chosen()

    def _line(self, step: StepTemplate) -> Item:
        words, pack = self._acts.workspace.words, self._acts.workspace.pack
        place = (
            words.text(pack.label("sub_unit", step.sub_unit)) if step.sub_unit else country_name(step.country, words)
        )
        status = words.text(pack.label("verification_status", step.verification_status))
        state = {CONFIRMED: "done", "outdated": "blocked", "withdrawn": "blocked"}.get(step.verification_status, "")
        if state == "done" and is_past(step.review_due_on, self._acts.workspace.today):
            state, status = "waiting", words.text("Review due")
        below = " · ".join(part for part in (step.key, place, status) if part)
        return Item(step.key, words.text(step.title), below, "done" if state == "done" else "step", state)

    def _show_chosen(self) -> None:
        self._right.turn()
        self.form, self._of_step = None, []
        step = self._acts.workspace.pack.steps.get(self.list.chosen())
        if step is None:
            return
        record = own_record(self._acts.workspace, step.key)
        card = self._card(step, record)
        self._right.body.addWidget(card)
        if differing := self._differences(step):
            self._right.body.addWidget(differing)
        self._right.body.addStretch(1)
        self._right.verticalScrollBar().setValue(0)

    def _card(self, step: StepTemplate, record: Record | None) -> Card:
        words, key = self._acts.workspace.words, step.key
        card = Card()
        card.body.addWidget(label(words.text(step.title), "heading"))
        version = words.text("Version {version}", version=step.version)
        card.body.addWidget(label(f"{key} · {version}", "hint"))
        self._of_step = [
            button(words.text("Confirm", "button"), lambda: self._do(lambda: confirm(self._acts.workspace, key), words.text("Step confirmed")), name="primary"),
            button(words.text("Mark as outdated"), lambda: self._do(lambda: mark_outdated(self._acts.workspace, key), words.text("Step marked as outdated"))),
            button(words.text("Edit", "button"), lambda: self.edit(key)),
        ]  # fmt: skip
        card.body.addLayout(WrappingRow(*self._of_step))
        for name in _SHOWN:
            field = STEP_TEMPLATE.field(name)
            value = getattr(step, name, None) or (record.values.get(name) if record else None)
            if value:
                text = text_of(field, value, words, self._acts.workspace.pack)
                card.body.addWidget(label(words.text(field.label), "muted"))
                card.body.addWidget(label(words.text(text)))
        return card

    def _differences(self, step: StepTemplate) -> Card | None:
        workspace, words = self._acts.workspace, self._acts.workspace.words
        found = compare(workspace, step.key)
        if own_record(workspace, step.key) is None or step.key not in workspace.shipped_pack.steps:
            return None
        card = Card(words.text("Changed by this office"))
        for item in found:
            field = STEP_TEMPLATE.field(item.field)
            before, after = (
                words.text(text_of(field, value, words, workspace.pack)) if value else "–"
                for value in (item.shipped, item.ours)
            )
            card.body.addWidget(label(
                words.text("{field}: {before} → {after}", field=words.text(field.label), before=before, after=after)
            ))  # fmt: skip
        back = button(
            words.text("Restore the original"),
            lambda: self._do(lambda: back_to_shipped(workspace, step.key), words.text("Restore the original")),
        )
        self._of_step.append(back)
        card.body.addLayout(row(back, 1))
        return card

    def _do(self, verb: Callable[[], Changes], what: str) -> None:
        self._acts.do(verb, what)

    def edit(self, key: str) -> None:
        """Open the office's version of a step in a form; the shipped one stays to compare with."""
        workspace = self._acts.workspace
        record, defaults = own_record(workspace, key), None
        if record is None:
            defaults = editable(workspace, key)
        self.list.choose(key)
        self._right.turn()
        words = workspace.words
        new = record or Record("step_template", workspace.ids.new(), {})
        form = Form(self._acts, new, "", links_of(workspace, None), new=record is None, defaults=defaults)
        card = Card()
        heading = row(label(words.text(workspace.pack.steps[key].title), "heading"), 1, form.state_label())
        card.body.addLayout(heading)
        card.body.addWidget(
            label(words.text("Fees and legal time limits are printed only after the step is confirmed."), "hint")
        )
        card.body.addWidget(form)
        card.body.addLayout(row(button(words.text("Close", "button"), self._show_chosen), 1))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        self.form = form
        form.focus_next()

    def add(self) -> None:
        """Add a step of the office's own and open it."""
        workspace = self._acts.workspace
        made: list[str] = []

        def add() -> Changes:
            new = new_record(workspace, "step_template", {"title": workspace.words.text("New step")})
            made.append(new.record)
            return new.changes

        if self._acts.do(add, workspace.words.text("Step added"), quiet=True) and made:
            record = read_record(workspace, "step_template", made[0])
            self.search.clear()
            self.show_steps()
            if record is not None:
                self.edit(record.text("key"))

    def export(self) -> None:
        """Write the sum of shipped and own into a file."""
        workspace = self._acts.workspace
        path = self.ask_save()
        if path:
            written = self._acts.ask(lambda: export_pack(workspace, Path(path)), None)
            if written is not None:
                self._acts.said.emit(workspace.words.text("The pack was written. It contains no personal data."), False)

    def import_(self) -> None:
        """Lay a pack file over the office's pack; a broken one is refused whole."""
        workspace = self._acts.workspace
        path = self.ask_open()
        if path:
            place = Path(path)
            self._do(lambda: import_pack(workspace, place), workspace.words.text("Pack imported"))


def line_country(step: StepTemplate) -> str:
    """Return what a step is also found by: the country and part of it."""
    return f"{step.country} {step.sub_unit}"
