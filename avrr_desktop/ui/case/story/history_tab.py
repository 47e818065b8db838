"""Who changed what in a case, newest first; every entry can be read, none can be altered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.history import history
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.parts import HISTORY, view_buttons
from avrr_desktop.ui.widgets.controls import label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, Theme


class HistoryTab(QWidget):
    """The journal of one case in words."""

    view_wanted = Signal(str)  # another view of the same tab

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        words = acts.workspace.words
        self.list = ItemList(theme, words.text("History"))
        RowMenu(self.list, words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        if (views := view_buttons(acts.workspace, HISTORY)) is not None:
            views.chosen.connect(self.view_wanted)
            whole.addLayout(row(views, 1))
        whole.addWidget(
            label(
                words.text("Everything that was written in this case, newest first. Paper numbers are hidden."),
                "muted",
            )
        )
        whole.addWidget(self.list, 1)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the history of a case."""
        workspace = self._acts.workspace
        lines = []
        for number, item in enumerate(history(workspace, case_file.case.uid)):
            when = workspace.words.moment(workspace.local(item.when))
            who = item.who or workspace.words.text("without an officer")
            lines.append(Item(str(number), item.what, " · ".join([who, *item.details]), "history", "", when))
        self.list.show_lines(lines)
