"""The line at the foot of the window: the one place that says what is saved, ready, backed up and still under way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.operations.documents.printing import outbox
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.frame.store_badge import standing_mark
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.setup.backups_tab import backup_text
from avrr_desktop.ui.setup.checks import check_text
from avrr_desktop.ui.widgets.controls import button, label, literal, row
from avrr_desktop.ui.widgets.theme import GAP

if TYPE_CHECKING:
    from avrr_desktop.ui.setup.checks import Checks


class StatusLine(QWidget):
    """Tells the truth about saving, outbox, backups and jobs; carries the note and the mark of the store."""

    help_wanted = Signal()
    check_wanted = Signal()  # the words about the last check were clicked

    def __init__(self, acts: Actions, jobs: Jobs, checks: "Checks") -> None:
        super().__init__()
        self._acts, self._jobs = acts, jobs
        self._words = acts.workspace.words
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.saved = label("", "", wrap=False)
        self.ready = label("", "", wrap=False)
        self.backup = label("", "", wrap=False)
        self.check = button("", self.check_wanted.emit, name="quiet")
        self.working = label("", "", wrap=False)
        self.cancel = button(self._words.text("Cancel", "button"), jobs.cancel, name="quiet")
        self.cancel.hide()
        self.help_button = button(self._words.text("Help (F1)"), self.help_wanted.emit, name="quiet")
        line = row(self.saved, self.ready, self.backup, self.check, self.working, self.cancel)
        line.addWidget(label(self._words.text(KOSOVO_NOTE)), 1)
        line.setContentsMargins(GAP, 2, GAP, 2)
        if (mark := standing_mark(acts.workspace)) is not None:
            line.addWidget(mark)
        line.addWidget(self.help_button)
        self.setLayout(line)
        checks.ended.connect(self.say_check)
        jobs.started.connect(self._on_started)
        jobs.progressed.connect(self._on_progressed)
        jobs.finished.connect(self._on_finished)
        self.count_outbox()
        self.say_backup()
        self.say_check()

    def say_saved(self, time: str) -> None:
        """Say when the last entry was saved."""
        self.saved.setText(self._words.text("Saved {time}", time=time))

    def count_outbox(self) -> None:
        """Say how many documents are ready to be handed over."""
        ready = sum(1 for item in outbox(self._acts.workspace) if item.state == "ready")
        text = self._words.plural(
            "{count} document ready in the outbox", "{count} documents ready in the outbox", ready, count=ready
        )
        self.ready.setText(text if ready else "")

    def say_backup(self) -> None:
        """Say when the last backup was made; in red when it is old, or when there is none."""
        if self._acts.workspace.practice:
            return
        said, old = backup_text(self._acts.workspace)
        self.backup.setText(said)
        self.backup.setObjectName("problem" if old else "")
        self.backup.style().polish(self.backup)

    def say_check(self) -> None:
        """Say when the store was looked at last; in red where something was found. The words lead to what it was."""
        from avrr_desktop.operations.store.check_notes import check_state

        workspace = self._acts.workspace
        if workspace.practice or workspace.locked:
            self.check.hide()
            return
        state = self._acts.ask(lambda: check_state(workspace), None)
        said, bad = check_text(workspace, state) if state is not None else ("", False)
        self.check.setText(literal(said))
        self.check.setAccessibleName(said)
        self.check.setObjectName("quiet_problem" if bad else "quiet")
        self.check.style().polish(self.check)
        self.check.setVisible(bool(said))

    def _on_started(self, what: str) -> None:
        self.working.setText(what)
        self.cancel.show()

    def _on_progressed(self, done: int, total: int) -> None:
        self.working.setText(self._words.text("{done} of {total}", done=done, total=total))

    def _on_finished(self) -> None:
        if not self._jobs.busy:
            self.working.setText("")
            self.cancel.hide()
