"""Data protection of the whole store: cases whose time is over, and everything that left or was looked at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.operations.protection.data_subject import due_to_go, keeps_a_period
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.setup.retention_card import RetentionCard
from avrr_desktop.ui.widgets.controls import Card, label
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import access_lines
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, Theme

SHOWN = 500


class DataTab(QWidget):
    """Reads again whenever it is shown."""

    wanted = Signal(str)  # case

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._acts = acts
        words = acts.workspace.words
        self.due = ItemList(theme, words.text("Cases past the retention period"))
        self.told = ItemList(theme, words.text("Exports and access"))
        self.due.itemActivated.connect(lambda _: self.wanted.emit(self.due.chosen()))
        RowMenu(self.due, words, opens=(words.text("Open this case"), lambda _: self.wanted.emit(self.due.chosen())))
        RowMenu(self.told, words)
        self.said, self._none = label("", "muted"), label(words.text("Nothing left the store yet."), "muted")
        over, log = (
            Card(words.text("Cases past the retention period")),
            Card(words.text("Exports and access")),
        )
        over.body.addWidget(self.said)
        over.body.addWidget(self.due)
        over.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._log = log
        log.body.addWidget(self._none)
        log.body.addWidget(self.told)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        self.retention = RetentionCard(acts, theme, jobs, self.wanted.emit)
        self.retention.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        whole.addWidget(over)
        whole.addWidget(self.retention)
        whole.addWidget(log, 1)
        whole.addStretch(0)

    def showEvent(self, event: object) -> None:
        """Read again."""
        self.read()
        super().showEvent(event)  # type: ignore[arg-type]

    def read(self) -> None:
        """Show what is due and what left."""
        workspace, words = self._acts.workspace, self._acts.workspace.words
        self.retention.read()
        due = due_to_go(workspace)
        if not keeps_a_period(workspace) and not due:
            said = words.text("The programme has not set a retention period for closed cases.")
        elif due:
            said = words.text("Open each one and decide: erase it under Protection, or keep it with a reason.")
        else:
            said = words.text("No closed case is older than the programme’s period.")
        self.said.setText(said)
        self.due.show_lines([
            Item(line.uid, line.number, words.text("Retention period ended: {date}", date=words.partial_date(day)), "cases")
            for line, day in due
        ])  # fmt: skip
        self.due.setHidden(not due)
        lines = access_lines(self._acts.workspace, accesses(workspace)[:SHOWN])
        self.told.show_lines(lines)
        tall = QSizePolicy.Policy.Preferred if lines else QSizePolicy.Policy.Maximum
        self._log.setSizePolicy(QSizePolicy.Policy.Preferred, tall)
        self._none.setHidden(bool(lines))
        self.told.setHidden(not lines)
