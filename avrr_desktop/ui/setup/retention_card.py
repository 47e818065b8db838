"""What goes when the time of closed cases is over: found beside the window’s work, read line by line, agreed to by two, then done."""

from collections.abc import Callable

from avrr_desktop.domain.procedure.retention import RetentionRule, Then
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.protection import retention
from avrr_desktop.operations.protection.retention import Due
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.second_person import SecondPerson, four_eyes
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, Column, button, emptied, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.second_person import SecondPersonCard
from avrr_desktop.ui.widgets.theme import Theme


class RetentionCard(Card):
    """One button; behind it the list of what would go, and the agreement. Hidden where no programme has such rules."""

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs, open_case: Callable[[str], None]) -> None:
        words = acts.workspace.words
        super().__init__(words.text("What is erased after closing"))
        self._acts, self._jobs = acts, jobs
        self.said = label("", "muted")
        self.list = ItemList(theme, words.text("What would go"))
        RowMenu(self.list, words, opens=(words.text("Open this case"), lambda _: open_case(self.list.chosen())))
        self.list.itemActivated.connect(lambda _: open_case(self.list.chosen()))
        self.look = button(words.text("Show what would go"), self.find_due)
        self.below = Column()
        self.body.addWidget(self.said)
        self.body.addWidget(self.list)
        self.body.addLayout(row(self.look, 1))
        self.body.addWidget(self.below)
        self.read()

    def read(self) -> None:
        """Begin again: nothing is found yet."""
        workspace, words = self._acts.workspace, self._acts.workspace.words
        self.setVisible(retention.sets_rules(workspace) and may(workspace, Permission.APPROVE))
        self.said.setText(
            words.text(
                "Programmes have rules for this. Nothing goes automatically: you see it first, and two people agree."
            )
        )
        self.list.hide()
        self.look.show()
        emptied(self.below.body)

    def find_due(self) -> None:
        """Look through the closed cases, in the background."""
        workspace = self._acts.workspace
        self.look.setEnabled(False)

        def work(progress: Progress) -> tuple[Due, ...]:
            with workspace.beside() as beside:
                return retention.find_due(beside)

        self._run(workspace.words.text("Looking for what would go"), work, self._show)

    def _run(self, what: str, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        def over(result: object) -> None:
            self.look.setEnabled(True)
            done(result)

        def failed(error: Exception) -> None:
            self.look.setEnabled(True)
            self.read()
            self._acts.job_failed(error)

        self._jobs.run(what, work, over, failed)

    def _show(self, due: tuple[Due, ...]) -> None:
        acts, words = self._acts, self._acts.workspace.words
        if not due:
            self.said.setText(words.text("Nothing is due: no closed case holds anything whose time is over."))
            return
        records, cases = sum(len(one.records) for one in due), len({one.case for one in due})
        sentence = words.text(
            "{records} in {cases} would go, for good. Earlier backups keep it until newer ones replace them.",
            records=words.plural("{count} entry", "{count} entries", records, count=records),
            cases=words.plural("{count} closed case", "{count} closed cases", cases, count=cases),
        )
        self.said.setText(sentence)
        self.list.show_lines([_line(acts.workspace, one) for one in due])
        self.list.show()
        self.look.hide()
        emptied(self.below.body)
        if four_eyes(acts.workspace):
            self.second = SecondPersonCard(
                acts, self._jobs, sentence, lambda second: self._let_go(due, second), self.read
            )
            self.below.body.addWidget(self.second)
            return
        self.agree = button(words.text("Let it go for good"), lambda: self._let_go(due, None), name="primary")
        self.below.body.addLayout(row(self.agree, button(words.text("Cancel", "button"), self.read), 1))

    def _let_go(self, due: tuple[Due, ...], second: SecondPerson | None) -> None:
        workspace, words = self._acts.workspace, self._acts.workspace.words

        def work(progress: Progress) -> int:
            with workspace.beside() as beside:
                return retention.let_go(beside, due, second)

        def done(count: int) -> None:
            self.read()
            self._acts.forget_undo()
            self._acts.read_again()
            self._acts.said.emit(
                words.plural("Gone: {count} entry. The list of what left says so.", "Gone: {count} entries. The list of what left says so.",
                             count, count=count), False)  # fmt: skip

        self._run(words.text("Taking away what is due"), work, done)


def _line(workspace: Session, one: Due) -> Item:
    words = workspace.words
    below = words.text("Retention period ended: {date}", date=words.partial_date(one.since))
    return Item(one.case, f"{one.number} · {rule_text(workspace, one.rule, len(one.records))}", below, "cases")


def rule_text(workspace: Session, rule: RetentionRule, count: int) -> str:
    """Return what a rule does with so many records of a case, in words."""
    words, kind = workspace.words, BY_KEY[rule.record_type]
    if rule.then is Then.COUNTED:
        return words.text("{record}: all go, their number stays ({count})", record=words.text(kind.plural), count=count)
    values = {"record": words.text(kind.label), "field": words.text(kind.field(rule.field).label), "count": count}
    if rule.then is Then.COARSENED:
        return words.text("{record}, {field}: only the year stays ({count})", **values)
    return words.text("{record}, {field}: goes ({count})", **values)
