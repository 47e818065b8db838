"""The check of the store in the window: by itself when one is due, at any time by a button, always in the background."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.store.check import check_work
from avrr_desktop.operations.store.opening import tidy
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs

if TYPE_CHECKING:  # read when a store is open, not at the start of the window
    from avrr_desktop.operations.store.check import StoreReport
    from avrr_desktop.operations.store.check_notes import CheckState

FIRST_MS = 60_000  # after the unlock: whoever unlocks wants to work
AGAIN_MS = 3_600_000


def check_text(workspace: Session, state: "CheckState") -> tuple[str, bool]:
    """Return (what is said of the last check, whether that is bad news)."""
    words = workspace.words
    if state.at is None:
        return words.text("Not checked yet"), False
    if not state.sound:
        return words.text("The check found problems"), True
    days = (workspace.today - workspace.local(state.at).date()).days
    if days <= 0:
        return words.text("Checked today"), False
    return words.plural("Checked {count} day ago", "Checked {count} days ago", days, count=days), False


class Checks(QObject):
    """Starts checks and remembers how they ended; one at a time, and none beside other work unless somebody asks for it."""

    begun = Signal()
    ended = Signal()  # also when it was stopped

    def __init__(self, acts: Actions, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._jobs = acts, jobs
        self.running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check_if_due)
        if not acts.workspace.practice:
            self._timer.start(FIRST_MS)

    def check_if_due(self) -> None:
        """Begin one where it is due and nothing else runs; look again in an hour."""
        from avrr_desktop.operations.store.check_notes import check_state

        workspace = self._acts.workspace
        if workspace.locked or workspace.practice:
            return
        self._timer.start(AGAIN_MS)
        due = self._acts.ask(lambda: check_state(workspace).due, False)
        if due and not self._jobs.busy:
            self.begin()

    def begin(self) -> None:
        """Look at everything, in the background."""
        workspace = self._acts.workspace
        if self.running or workspace.locked:
            return
        work = self._acts.ask(lambda: check_work(workspace), None)
        if work is None:
            return
        self.running = True
        self.begun.emit()
        self._jobs.run(workspace.words.text("Checking the store"), work, self._on_checked, self._on_failed)

    def _on_checked(self, report: "StoreReport") -> None:
        from avrr_desktop.operations.store.check_notes import keep_check

        self.running = False
        workspace = self._acts.workspace
        if not workspace.locked:
            self._acts.ask(lambda: keep_check(workspace, report), None)
            self._acts.ask(lambda: tidy(workspace), None)  # what was erased meanwhile leaves the file now
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        """Say what went wrong; a check that was stopped is begun anew another time, without a word."""
        self.running = False
        unheard = self._acts.workspace.locked or self._jobs.stopped
        self._acts.job_failed(error, tell=(lambda *_: None) if unheard else None)
        self.ended.emit()
