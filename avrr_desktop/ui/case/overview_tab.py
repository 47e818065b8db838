"""The case at one glance: what is next, what is blocked and why, the people, the papers, what happened last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.story import told_by
from avrr_desktop.domain.people.dates import is_future
from avrr_desktop.domain.procedure.steps import Standing, StepView
from avrr_desktop.domain.records.fields import STORY, Record
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.domain.wording import due_text, standing_text
from avrr_desktop.operations.cases.cases import eligibility_problem
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.document_buttons import document_buttons
from avrr_desktop.ui.case.steps.family_path import FamilyPath
from avrr_desktop.ui.case.steps.proposals import proposals_card
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import links_of, step_name
from avrr_desktop.ui.forms.step_done import finish_step
from avrr_desktop.ui.widgets.controls import Card, ElidedButton, button, emptied, icon_label, label, row
from avrr_desktop.ui.widgets.icons import step_icon
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import describe, describe_member, story_items
from avrr_desktop.ui.widgets.responsive import Panels
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_TINY, Theme

_SHOWN_STEPS = 7
_SHOWN_EVENTS = 8


class OverviewTab(QWidget):
    """Cards; each line leads to its tab."""

    wanted = Signal(str, str)  # tab, record
    printing = Signal(str)  # which document

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self._case: CaseFile | None = None
        self.form: Form | None = None
        self._panels = Panels(theme, (3, 2), 760)
        left, self._right = self._panels.bodies
        self._steps_box, self._about_box = QVBoxLayout(), QVBoxLayout()
        self._steps_box.setSpacing(GAP)
        left.addLayout(self._steps_box)
        left.addLayout(self._about_box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(self._panels)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed about the case."""
        if self.form is not None:
            self.form.leave(parting=parting)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show a case. The form about it stays while it is the same case, so that nobody loses the cursor."""
        same = self._case is not None and self._case.case.uid == case_file.case.uid
        if not same:
            self.leave()
        self._case = case_file
        emptied(self._steps_box)
        emptied(self._right)
        views = case_file.next_steps()
        going = [view for view in views if view.standing is not Standing.BLOCKED]
        later = [view for view in views if view.later]
        blocked = [view for view in views if view.standing is Standing.BLOCKED and not view.later]
        words = self._acts.workspace.words
        empty = words.text("Nothing to do next. Add a service when the family asks for help.")
        self._steps_box.addWidget(self._steps(words.text("Next", "heading: steps to do next"), going, empty))
        path = FamilyPath(self._acts.workspace, self._theme, case_file)
        if not path.empty:
            card = Card()
            heading = label(words.text("The family’s path").upper(), "section", wrap=False)
            card.body.addLayout(row(heading, 1, *document_buttons("overview", words, self.printing.emit)))
            card.body.addWidget(path)
            path.wanted.connect(lambda step: self.wanted.emit("services", step))
            self._steps_box.addWidget(card)
        if blocked:
            self._steps_box.addWidget(self._steps(words.text("Blocked"), blocked, ""))
        if later:
            self._steps_box.addWidget(self._steps(words.text("Later", "state of a step"), later, ""))
        if proposed := proposals_card(self._acts, self._theme, case_file):
            self._steps_box.insertWidget(0, proposed)
        if same and self.form is not None:
            self.form.show_current(links_of(self._acts.workspace, case_file))
        else:
            emptied(self._about_box)
            self._about_box.addWidget(self._about(case_file))
        self._right.addWidget(self._people(case_file))
        self._right.addWidget(self._papers(case_file))
        self._right.addWidget(self._events(case_file))

    def _steps(self, heading: str, views: list[StepView], empty: str) -> Card:
        card = Card(heading)
        for view in views[:_SHOWN_STEPS]:
            card.body.addWidget(self._step(view))
        if not views:
            card.body.addWidget(label(empty, "muted"))
        if len(views) > _SHOWN_STEPS:
            words, rest = self._acts.workspace.words, len(views) - _SHOWN_STEPS
            text = words.plural("{count} more step", "{count} more steps", rest, count=rest)
            card.body.addLayout(row(button(text, lambda: self.wanted.emit("services", ""), name="quiet"), 1))
        return card

    def _step(self, view: StepView) -> QWidget:
        assert self._case is not None
        workspace = self._acts.workspace
        words, today, step = workspace.words, workspace.today, view.step
        state, below = standing_text(view, today, words, workspace.pack)
        parts = [state, below, step.text("office_name")]
        if expected := step.text("expected_on"):
            parts.append(words.text("Answer expected: {due}", due=due_text(expected, today, words)))
        elif planned := step.text("planned_on"):
            parts.append(words.text("Planned: {due}", due=due_text(planned, today, words)))
        look = view.look(today)
        mark = icon_label(step_icon(look), self._theme.state_colour(look), self._theme.px(18), state)
        name = step_name(self._case, step.uid, workspace)
        title = ElidedButton(name, lambda: self.wanted.emit("services", step.uid))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(title)
        texts.addWidget(label(" · ".join(part for part in parts if part), "hint"))
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, GAP_TINY, 0, GAP_TINY)
        across.addWidget(mark)
        across.addLayout(texts, 1)
        if view.standing is not Standing.BLOCKED:
            done = button(words.text("Done", "button"), lambda: self._finish(step))
            done.setAccessibleName(words.text("Done: {step}", step=name))
            across.addWidget(done)
        return line

    def _finish(self, step: Record) -> None:
        if self._case is not None:
            finish_step(self._acts, self._case, step)

    def _about(self, case_file: CaseFile) -> Card:
        workspace = self._acts.workspace
        decided = ("status", "closed_on", "closure_reason")  # by the menu “More”, not in the form
        keys = [field.key for field in CASE.fields if not field.computed and field.key not in decided]
        form = Form(self._acts, case_file.case, case_file.case.uid, links_of(workspace, case_file), keys=keys)
        state = form.state_label()
        card = Card()
        card.body.addLayout(row(label(workspace.words.text("About the case").upper(), "section", wrap=False), 1, state))
        if problem := eligibility_problem(workspace, case_file):
            card.body.addWidget(label(workspace.words.text(problem), "problem"))
        card.body.addWidget(form)
        self.form = form
        return card

    def _lines(self, name: str, tab: str, lines: list[Item], empty: str) -> Card:
        card = Card(name)
        if not lines:
            card.body.addWidget(label(empty, "muted"))
            return card
        shown = ItemList(self._theme, name)
        shown.show_lines(lines)
        shown.setFixedHeight(min(shown.wanted_height(), self._theme.px(320)))
        shown.itemActivated.connect(lambda _: self.wanted.emit(tab, shown.chosen()))
        shown.itemClicked.connect(lambda _: self.wanted.emit(tab, shown.chosen()))
        words = self._acts.workspace.words
        RowMenu(shown, words, opens=(words.text("Open", "button"), lambda _: self.wanted.emit(tab, shown.chosen())))
        card.body.addWidget(shown)
        return card

    def _people(self, case_file: CaseFile) -> Card:
        words = self._acts.workspace.words
        lines = [describe_member(self._acts.workspace, case_file, member) for member in case_file.members]
        return self._lines(words.text("People", "record"), "people", lines, words.text("Nobody is in this case yet."))

    def _papers(self, case_file: CaseFile) -> Card:
        words = self._acts.workspace.words
        lines = [describe(self._acts.workspace, case_file, paper) for paper in case_file.papers]
        urgent = [line for line in lines if line.state in ("overdue", "blocked", "waiting")]
        there = words.text("All papers are there.") if lines else words.text("No papers recorded yet.")
        return self._lines(words.text("Papers that need attention"), "papers", urgent, there)

    def _events(self, case_file: CaseFile) -> Card:
        """Show what was done last; a planned follow-up is no event yet."""
        words, workspace = self._acts.workspace.words, self._acts.workspace
        told = [one for one in told_by(case_file) if not is_future(one.on, workspace.today)][:_SHOWN_EVENTS]
        lines = story_items(workspace, case_file, told)
        return self._lines(words.text("What happened"), STORY, lines, words.text("No notes or contacts yet."))
