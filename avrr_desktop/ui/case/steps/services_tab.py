"""Services and their steps: where each stands, what waits for what, and the next move as one button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import blocked_sentence, late_text, standing_text
from avrr_desktop.operations.cases.services import add_service, add_step, move_step
from avrr_desktop.operations.session.late_entries import is_read_only
from avrr_desktop.operations.session.proofs import Proof
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.move_record_card import MoveRecordCard
from avrr_desktop.ui.case.steps.service_chooser import ServiceChooser
from avrr_desktop.ui.case.steps.step_guidance import StepGuidance
from avrr_desktop.ui.forms.field_problems import Around
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import focus_on, side_by_side
from avrr_desktop.ui.widgets.controls import (
    Card,
    button,
    emptied,
    entry,
    iconed,
    label,
    literal,
    plain_tip,
    row,
)
from avrr_desktop.ui.widgets.icons import icon, step_icon
from avrr_desktop.ui.widgets.responsive import WrappingRow, is_low
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, Theme
from avrr_desktop.ui.widgets.wrapping_tree import WrappingTree

_KEY = Qt.ItemDataRole.UserRole
_MOVES = ("done", "in_progress", "waiting_authority", "blocked", "refused", "not_needed", "planned")


class ServicesTab(QWidget):
    """A tree of services and steps at the left, the chosen one at the right."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self._case: CaseFile | None = None
        self.form: Form | None = None
        self._standing: QLabel | None = None
        words = acts.workspace.words
        self.tree = WrappingTree()
        self.tree.setHeaderLabels([words.text("Step", "column"), words.text("For whom"), words.text("State", "column")])
        self.tree.setAccessibleName(words.text("Services and steps"))
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.keep_beside(theme.px(104), theme.px(140))
        self.tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        self._add = iconed(
            button(words.text("Add a service"), self.choose_service, shortcut="Ctrl+Shift+A"), "add", theme
        )
        self._add_step = button(words.text("Add a step"), self.add_step, name="quiet")
        self._of_record: list[QPushButton] = []  # the buttons above the form of the chosen one
        RowMenu(self.tree, words, lambda: (self._add, self._add_step, *self._of_record))
        self._right = FormColumn()
        split = side_by_side(theme, words, row(self._add, self._add_step, 1), self.tree, self._right, shares=(42, 54))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(split)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the services of a case; ``record`` (service or step) is chosen."""
        same = self._case is not None and self._case.case.uid == case_file.case.uid
        shown = self.chosen()
        self._case = case_file
        self._add.setEnabled(not is_read_only(self._acts.workspace, case_file.case.uid))
        keep = record or (shown if same else "")
        self._fill(case_file, keep)
        if same and self.form is not None and self.chosen() == shown and not record:
            self.form.show_current(links_of(self._acts.workspace, case_file))
            self._say_standing()
            return
        self._show_chosen()

    def _fill(self, case_file: CaseFile, keep: str) -> None:
        workspace, colours = self._acts.workspace, self._theme.colours
        words = workspace.words
        views = {view.step.uid: view for view in case_file.step_views()}
        self.tree.blockSignals(True)
        self.tree.clear()
        chosen: QTreeWidgetItem | None = None
        for service in case_file.services:
            people = [
                case_file.people[uid].text("given_names") for uid in service.many("persons") if uid in case_file.people
            ]
            top = QTreeWidgetItem(self.tree, [words.text(service.text("title")), ", ".join(people)])
            top.setData(0, _KEY, service.uid)
            top.setFont(0, self._theme.font(bold=True))
            top.setIcon(0, icon("service", colours.accent))
            top.setToolTip(0, plain_tip(top.text(0)))
            chosen = top if service.uid == keep else chosen
            for step in case_file.steps_of(service.uid):
                view = views[step.uid]
                person = case_file.people.get(step.text("person"))
                state, below = standing_text(view, workspace.today, words, workspace.pack)
                late = late_text(view, workspace.today, words)
                said = below if view.later else ", ".join(part for part in (state, below, late) if part)
                given = person.text("given_names") if person else ""
                item = QTreeWidgetItem(top, [words.text(step.text("title")), given, said])
                item.setData(0, _KEY, step.uid)
                look = view.look(workspace.today)
                item.setIcon(2, icon(step_icon(look), self._theme.state_colour(look)))
                item.setForeground(2, QBrush(QColor(self._theme.state_colour(look))))
                for number in range(3):
                    item.setToolTip(number, plain_tip(item.text(number)))
                chosen = item if step.uid == keep else chosen
            if not case_file.steps_of(service.uid):
                QTreeWidgetItem(top, [words.text("Its steps are listed under another service")]).setDisabled(True)
            top.setExpanded(True)
        if chosen is None and self.tree.topLevelItemCount():
            chosen = self.tree.topLevelItem(0)
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
        self.tree.blockSignals(False)
        self.tree.setVisible(bool(case_file.services))

    def chosen(self) -> str:
        """Return the identifier of the chosen service or step; empty where none is."""
        item = self.tree.currentItem()
        return str(item.data(0, _KEY)) if item else ""

    def _record(self) -> Record | None:
        if self._case is None:
            return None
        return next((item for item in (*self._case.services, *self._case.steps) if item.uid == self.chosen()), None)

    def _show_chosen(self) -> None:
        self._standing = None  # of the step that is shown; what goes saves first, and has the page read again
        if self._right.turn():
            self.tree.setFocus()
        self.form, self._of_record = None, []
        words, record = self._acts.workspace.words, self._record()
        self._add_step.setEnabled(record is not None and self._add.isEnabled())
        card = Card()
        if record is None or self._case is None:
            card.body.addWidget(label(words.text(
                "No service yet. A service is one area of help, for example the birth registration of a child. Its " "usual steps are added with it."), "muted"))  # fmt: skip
        else:
            self._fill_card(card, record)
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        self._right.verticalScrollBar().setValue(0)

    def _fill_card(self, card: Card, record: Record) -> None:
        assert self._case is not None
        words = self._acts.workspace.words
        links = links_of(self._acts.workspace, self._case)
        around = Around(self._acts.workspace, lambda: self._case)
        form = Form(self._acts, record, self._case.case.uid, links, around=around)
        remove = button(words.text("Remove", "button"), self.remove, name="quiet")
        title = label(words.text(record.text("title")), "heading")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(form.state_label())
        writable = self._add.isEnabled()
        if record.type == "step" and writable:
            self._of_record.append(button(words.text("Move", "button"), self.show_mover, name="quiet"))
        self._of_record.append(remove)
        remove.setEnabled(writable)
        for one in self._of_record:
            head.addWidget(one)
        card.body.addLayout(head)
        if record.type == "step":
            self._standing = label("", "muted")
            card.body.addWidget(self._standing)
            self._say_standing()
            self._moving = QWidget()
            if writable:
                self._moving.setLayout(self._moves(record))
            card.body.addWidget(self._moving)
            self._asked = QVBoxLayout()
            card.body.addLayout(self._asked)
            guidance = StepGuidance(self._acts, self._case, record)
            card.body.addWidget(guidance)
        card.body.addWidget(form)
        if record.type == "step" and is_low(self):
            card.body.addWidget(guidance)  # where there is no room for both, what is typed goes first
        self.form = form

    def _say_standing(self) -> None:
        if self._case is None or self._standing is None:
            return
        view = next((view for view in self._case.step_views() if view.step.uid == self.chosen()), None)
        if view is None:
            return
        workspace = self._acts.workspace
        state, below = standing_text(view, workspace.today, workspace.words, workspace.pack)
        text = ", ".join(part for part in (state, below) if part)
        why = blocked_sentence(view, self._case.people, workspace.words, workspace.pack)
        self._standing.setText(why or text)

    def _moves(self, step: Record) -> WrappingRow:
        words, pack = self._acts.workspace.words, self._acts.workspace.pack
        done = button(words.text("Done", "button"), lambda: self.ask_for("done"), name="primary", shortcut="Ctrl+D")
        filed = button(words.text("Filed, waiting for the office"), lambda: self.ask_for("waiting_authority"))
        more = QPushButton(literal(words.text("Other status")))
        more.setObjectName("menu")
        more.setAccessibleName(words.text("Other status"))
        menu = QMenu(more)
        for state in _MOVES:
            action = entry(menu, words.text(pack.label("step_state", state)))
            action.triggered.connect(lambda _=False, state=state: self.ask_for(state))
        more.setMenu(menu)
        done.setEnabled(step.text("state") != StepState.DONE.code)
        self._of_record = [done, filed, more, *self._of_record]
        return WrappingRow(done, filed, more)

    def ask_for(self, state: str) -> None:
        """Ask for the proof of a step and why it goes ahead, where there is something to ask; else move it at once."""
        from avrr_desktop.ui.case.steps.step_ending import (  # not among what the window starts with
            StepEnding,
            asks_something,
        )

        self._right.leave()
        case_file, step = self._case, self._record()
        if case_file is None or step is None or not asks_something(self._acts.workspace, case_file, step, state):
            self.put_into(state)
            return
        emptied(self._asked)
        ending = StepEnding(self._acts.workspace, case_file, step, state)
        ending.wanted.connect(lambda proofs, reason: self._end(state, proofs, reason))
        ending.cancelled.connect(self._stop_asking)
        self._asked.addWidget(ending)
        self._moving.hide()  # what is asked has its own “Done”
        ending.begin()

    def _stop_asking(self) -> None:
        self._moving.show()
        if emptied(self._asked):
            self.tree.setFocus()

    def _end(self, state: str, proofs: Sequence[Proof], reason: str) -> None:
        self._stop_asking()
        self.put_into(state, proofs, reason)

    def put_into(self, state: str, proofs: Sequence[Proof] | None = None, reason: str = "") -> None:
        """Put the chosen step into a state; an open form is saved first. ``proofs``, ``reason``: what was asked."""
        record = self._record()
        if record is None or self._case is None or record.type != "step":
            return
        self._right.leave()
        case_file, uid, workspace = self._case, record.uid, self._acts.workspace
        text = workspace.words.text(workspace.pack.label("step_state", state))
        what = workspace.words.text("{step}: {state}", step=workspace.words.text(record.text("title")), state=text)
        self._acts.do(lambda: move_step(workspace, case_file, uid, state, proofs=proofs, reason=reason), what)

    def choose_service(self) -> None:
        """Offer the services of the pack for some members."""
        if self._case is None:
            return
        self._right.turn()
        self.form = None
        card = Card()
        chooser = ServiceChooser(self._acts.workspace, self._case)
        chooser.chosen.connect(self._on_service_chosen)
        chooser.cancelled.connect(self._show_chosen)
        card.body.addWidget(chooser)
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        focus_on(chooser.box)

    def _on_service_chosen(self, template: str, people: list[str]) -> None:
        if self._case is None:
            return
        case_file, workspace = self._case, self._acts.workspace
        title = workspace.words.text(workspace.pack.services[template].title)
        before = {service.uid for service in case_file.services}
        self._acts.do(
            lambda: add_service(workspace, case_file, template, people),
            workspace.words.text("Added: {record}", record=title),
        )
        added = [service.uid for service in self._case.services if service.uid not in before]
        if added:
            self.show_case(self._case, added[0])
            self.tree.setFocus()

    def add_step(self) -> None:
        """Add a step of the office's own to the chosen service."""
        record = self._record()
        if record is None or self._case is None:
            return
        case_file, workspace = self._case, self._acts.workspace
        service = record.text("service") if record.type == "step" else record.uid
        person = record.text("person")
        before = {step.uid for step in case_file.steps}
        values = {"title": workspace.words.text("New step"), "person": person}
        self._acts.do(
            lambda: add_step(workspace, case_file, service, values), workspace.words.text("Step added"), quiet=True
        )
        added = [step.uid for step in self._case.steps if step.uid not in before]
        if added:
            self.show_case(self._case, added[0])
            if self.form is not None:
                focus_on(self.form.rows["title"].editor.focus)

    def show_mover(self) -> None:
        """Ask where the chosen step belongs."""
        self._right.leave()
        record = self._record()
        if record is None or self._case is None:
            return
        self._right.turn()
        self.form = None
        mover = MoveRecordCard(self._acts, self._case, record)
        mover.done.connect(self._show_chosen)
        self._right.body.addWidget(mover)
        self._right.body.addStretch(1)

    def remove(self) -> None:
        """Take the chosen step, or the service with its steps, out of the case."""
        self._right.part()
        record = self._record()
        if record is not None and self._case is not None:
            case, workspace = self._case.case.uid, self._acts.workspace
            what = workspace.words.text("Removed: {record}", record=workspace.words.text(record.text("title")))
            self.form = None
            if not self._acts.do(lambda: remove_record(workspace, record, case), what):
                self._show_chosen()
