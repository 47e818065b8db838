"""The assistance plan: what the person wants, in their words, agreed and signed; every revision kept."""

from collections.abc import Sequence

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.widgets.theme import Theme


class PlanTab(RecordTab):
    """Revisions at the left, the newest first; “Add” begins the next one with the words of the last."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__(acts, theme, "plan")

    def _records(self, case_file: CaseFile) -> Sequence[Record]:
        return sorted(case_file.plans, key=lambda plan: plan.whole("revision"), reverse=True)

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
            if self.form is not None:
                self.form.focus_first()
