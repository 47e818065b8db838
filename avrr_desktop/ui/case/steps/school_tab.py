"""The school track: one entry for each child and school, with what the pack knows of the school year."""

from functools import partial

from PySide6.QtCore import Signal

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.school_age import of_school_age
from avrr_desktop.domain.procedure.school_steps import school_steps
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.wording import country_name, standing_text
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.editors.field_editors import LinkOptions, Options
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.widgets.controls import Card, ElidedButton, button, emptied, label, row
from avrr_desktop.ui.widgets.theme import Theme

SERVICE = "school_enrolment"  # of the shipped pack: where it lacks it, nothing is offered


class SchoolTab(RecordTab):
    """Children at the left, the chosen one at the right, with the steps that say how far the child is."""

    wanted = Signal(str, str)  # record type, record

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__(acts, theme, "schooling")

    def _links(self, case_file: CaseFile) -> LinkOptions:
        """Offer the children of school age first; whoever is older or younger comes behind them."""
        offered, today = super()._links(case_file), self._acts.workspace.today
        children = {uid for uid, person in case_file.people.items() if of_school_age(person, today)}

        def options(target: str) -> Options:
            found = offered(target)
            return sorted(found, key=lambda option: option[0] not in children) if target == "person" else found

        return options

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        country = self._case.case.text("country_of_return") if self._case else ""
        if said := school_year_text(self._acts.workspace, country):
            self._right.body.insertWidget(1, label(said, "muted"))
        self._steps = Card(self._acts.workspace.words.text("Steps at school"))
        self._right.body.insertWidget(1, self._steps)
        form.saved.connect(lambda _: self._show_steps())
        self._show_steps()
        return form

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the children of a case; ``record`` is chosen."""
        super().show_case(case_file, record, started_by)
        if self.form is not None:
            self._show_steps()

    def _show_steps(self) -> None:
        """Show the steps of the child in sight, each as the way to it; offer to add them where there are none."""
        case_file, workspace = self._case, self._acts.workspace
        chosen = (
            next((one for one in case_file.schoolings if one.uid == self.list.chosen()), None) if case_file else None
        )
        emptied(self._steps.body)
        self._steps.setVisible(chosen is not None and bool(chosen.text("person")))
        if case_file is None or chosen is None:
            return
        words, person = workspace.words, chosen.text("person")
        there = {step.uid for step in school_steps(case_file.steps, person).values()}
        for view in case_file.step_views():
            if view.step.uid in there:
                state = ", ".join(part for part in standing_text(view, workspace.today, words, workspace.pack) if part)
                text = words.text("{step}: {state}", step=words.text(view.step.text("title")), state=state)
                self._steps.body.addWidget(ElidedButton(text, partial(self.wanted.emit, "step", view.step.uid)))
        if not there and SERVICE in workspace.pack.services:
            self._steps.body.addWidget(
                label(words.text("No step of this child shows the progress of recognition."), "muted")
            )
            add = button(words.text("Add the steps at school"), lambda: self.add_steps(person))
            self._steps.body.addLayout(row(add, 1))

    def add_steps(self, person: str) -> None:
        """Add the service with the steps of a child at school."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is not None:
            title = workspace.words.text(workspace.pack.services[SERVICE].title)
            what = workspace.words.text("Added: {record}", record=title)
            self._acts.do(lambda: add_service(workspace, case_file, SERVICE, [person]), what)


def school_year_text(workspace: Session, country: str) -> str:
    """Return when the pack says that the school year begins and children are enrolled; empty where it says nothing."""
    words, terms = workspace.words, workspace.pack.terms.get(country, {})
    parts = []
    if month := terms.get("year_begins", ""):
        parts.append(words.text(
            "{country}: first month of the school year: {month}.", country=country_name(country, words), month=words.month(int(month))
        ))  # fmt: skip
    if month := terms.get("enrolment", ""):
        parts.append(words.text("Enrolment month: {month}.", month=words.month(int(month))))
    return " ".join([*parts, words.text("Default, not confirmed by the programme.")]) if parts else ""
