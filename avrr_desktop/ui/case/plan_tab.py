"""The assistance plan: what the person wants, in their words, agreed and signed; every revision kept."""

from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.widgets.theme import Theme


class PlanTab(RecordTab):
    """Revisions at the left, the newest first; “Add” begins the next one with the words of the last."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        teaching = acts.workspace.words.text(
            "No plan yet. A plan records what the person wants to achieve, in their own words, and what was agreed."
        )
        super().__init__(
            acts, theme, "plan",
            lambda file: sorted(file.plans, key=lambda plan: plan.whole("revision"), reverse=True), teaching,
        )  # fmt: skip

    def add(self) -> None:
        """Begin the next revision."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is None:
            return
        before = {plan.uid for plan in case_file.plans}
        self._acts.do(
            lambda: new_revision(workspace, case_file).changes, workspace.words.text("Plan started"), quiet=True
        )
        added = [plan.uid for plan in self._case.plans if plan.uid not in before] if self._case else []
        if added and self._case is not None:
            self.show_case(self._case, added[0])
            if self._form is not None:
                self._form.focus_first()
