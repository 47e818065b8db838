"""Follow-up: what was found when somebody asked, and the days on which the programme asks."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from avrr_desktop.operations.cases.follow_ups import plan_follow_ups
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.widgets.controls import button
from avrr_desktop.ui.widgets.theme import Theme


class FollowUpsTab(RecordTab):
    """Follow-ups at the left, the chosen one at the right."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__(acts, theme, "follow_up")

    def more_buttons(self) -> Sequence[QWidget]:
        """The days of the programme."""
        return (button(self._acts.workspace.words.text("Plan as set by the programme"), self.plan, name="quiet"),)

    def plan(self) -> None:
        """Plan the follow-ups of the programme."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is not None:
            self._acts.do(lambda: plan_follow_ups(workspace, case_file), workspace.words.text("Follow-up planned"))
