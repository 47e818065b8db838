"""The papers of a family: one by one, the same paper for several people at once, and the list of what is missing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.proof import steps_proved
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.wording import country_name, person_shown
from avrr_desktop.operations.cases.papers import add_papers
from avrr_desktop.operations.cases.services import finish_proved
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import step_name
from avrr_desktop.ui.forms.list_and_form import focus_on
from avrr_desktop.ui.widgets.controls import Card, Choice, button, check_box, emptied, label, row
from avrr_desktop.ui.widgets.theme import Theme


def legalisation_text(workspace: Session, case_file: CaseFile, paper: Record) -> str:
    """Return what the pack knows of papers from one country used in another; empty where they are the same."""
    words, pack = workspace.words, workspace.pack
    issued, used = paper.text("issuing_country"), case_file.case.text("country_of_return")
    answer = pack.legalisation.get((issued, used), "")
    if not answer:
        return ""
    return words.text(
        "Issued in: {issued}. To be used in: {used}. Apostille or legalisation: {answer}. Default, not confirmed.",
        issued=country_name(issued, words), used=country_name(used, words),
        answer=words.text(pack.label("legalisation_answer", answer)),
    )  # fmt: skip


class PapersTab(RecordTab):
    """Papers at the left, the chosen one at the right."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__(acts, theme, "paper")

    def more_buttons(self) -> Sequence[QWidget]:
        """Several people at once."""
        words = self._acts.workspace.words
        self._several = button(words.text("For several people"), self.choose_people, name="quiet")
        self.for_writing.append(self._several)
        return (self._several,)

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        if self._case is not None and (said := legalisation_text(self._acts.workspace, self._case, record)):
            self._right.body.insertWidget(1, label(said, "muted"))
        self._offer = Card()
        self._right.body.insertWidget(0, self._offer)
        form.saved.connect(lambda _: self._offer_steps())
        self._offer_steps()
        return form

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the papers of a case; ``record`` is chosen."""
        super().show_case(case_file, record, started_by)
        if self.form is not None:
            self._offer_steps()

    def _offer_steps(self) -> None:
        """Offer to finish the open steps that the paper in sight proves."""
        workspace, case_file = self._acts.workspace, self._case
        paper = next((one for one in case_file.papers if one.uid == self.list.chosen()), None) if case_file else None
        wanted = case_file and paper and not self.only_read()
        steps = steps_proved(case_file, workspace.pack, paper) if case_file and paper and wanted else ()
        emptied(self._offer.body)
        self._offer.setVisible(bool(steps))
        if case_file is None or paper is None or not steps:
            return
        words = workspace.words
        self._offer.body.addWidget(label(words.text("This paper is the proof for a step that is still open."), "muted"))
        for step in steps:
            text = words.text("Finish: {step}", step=step_name(case_file, step.uid, workspace))
            self._offer.body.addLayout(row(button(text, partial(self.finish, paper, step.uid)), 1))

    def finish(self, paper: Record, step: str) -> None:
        """Finish a step with the paper in sight as its proof."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is not None:
            what = workspace.words.text(
                "{step}: {state}",
                step=step_name(case_file, step, workspace),
                state=workspace.words.text("Done", "state of a step"),
            )
            self._acts.do(lambda: finish_proved(workspace, case_file, paper, step), what)

    def choose_people(self) -> None:
        """Offer the same paper for several members."""
        if self._case is None:
            return
        self._right.turn()
        self.form = None
        workspace = self._acts.workspace
        words, pack = workspace.words, workspace.pack
        card = Card(words.text("The same paper for several people"))
        self.kind, self.state = Choice(), Choice()
        self.kind.let_narrow()
        for box, codes, name in (
            (self.kind, "doc_type", words.text("Type of paper")),
            (self.state, "paper_state", words.text("State", "field")),
        ):
            box.setAccessibleName(name)
            for code, text in pack.labels(codes).items():
                box.addItem(words.text(text), code)
            card.body.addWidget(label(name, "muted"))
            card.body.addWidget(box)
        self.state.setCurrentIndex(self.state.findData("missing"))
        card.body.addWidget(label(words.text("For whom"), "muted"))
        self.people: dict[str, QCheckBox] = {}
        children = {"son", "daughter", "stepchild", "foster_child"}
        for member in self._case.present(workspace.today):
            check = check_box(person_shown(member.person, workspace.today, words))
            check.setChecked(member.membership.text("relationship") in children)
            self.people[member.person.uid] = check
            card.body.addWidget(check)
        card.body.addLayout(row(
            button(words.text("Add", "button"), self.add_for_people, name="primary"),
            button(words.text("Cancel", "button"), self._show_chosen), 1,
        ))  # fmt: skip
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        focus_on(self.kind)

    def add_for_people(self) -> None:
        """Write the paper down for everybody who is ticked."""
        case_file, workspace = self._case, self._acts.workspace
        people = [uid for uid, check in self.people.items() if check.isChecked()]
        if case_file is None:
            return
        if not people:
            self._acts.failed.emit(
                workspace.words.text("Nobody is selected."), workspace.words.text("Select for whom the paper is.")
            )
            return
        values = {"doc_type": self.kind.currentData(), "state": self.state.currentData()}
        count = len(people)
        what = workspace.words.plural("{count} paper added", "{count} papers added", count, count=count)
        self._acts.do(lambda: add_papers(workspace, case_file, people, values), what)
