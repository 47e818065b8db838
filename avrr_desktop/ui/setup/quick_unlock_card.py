"""Quick unlock, switched on and off: a PIN for the time after an idle lock, told with what it costs."""

from PySide6.QtCore import Signal

from avrr_desktop.operations.access.quick_unlock import QuickUnlock, switching_on
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.verbs import in_one_line
from avrr_desktop.ui.widgets.controls import Card, button, emptied, label, row
from avrr_desktop.ui.widgets.secret_line import secret_line


class QuickUnlockCard(Card):
    """Off at first. Switching it on takes the passphrase, so that it is done by whoever is at work."""

    chosen = Signal(object)  # QuickUnlock, or None

    def __init__(self, acts: Actions, jobs: Jobs, *, on: bool) -> None:
        super().__init__()
        self._acts, self._jobs = acts, jobs
        self.show_state(on=on)

    def show_state(self, *, on: bool) -> None:
        """Show whether it is switched on, and what can be done."""
        words = self._acts.workspace.words
        emptied(self.body)
        self.body.addWidget(label(words.text("Quick unlock").upper(), "section"))
        self.body.addWidget(label(words.text(
            "After an automatic lock, a PIN opens the store for one hour. After three wrong tries, sleep, a lock of the "
            "screen, Ctrl+L or the end of the program, the passphrase is needed. Restricted records, approvals, roles and "
            "backups always need the passphrase."), "muted"))  # fmt: skip
        self.body.addWidget(label(words.text(
            "Whoever sees you type the PIN can open the store in that hour. It is kept in memory only: you choose it "
            "again each time you unlock with the passphrase."), "hint"))  # fmt: skip
        if not self._acts.workspace.policy.may_quick_unlock:
            self.body.addWidget(label(words.text("Your IT does not allow quick unlock on this computer.")))
            return
        if on:
            self.body.addWidget(label(words.text("Quick unlock is on.")))
            self.body.addLayout(row(button(words.text("Switch off"), self.switch_off), 1))
            return
        self.passphrase = secret_line(self.body, words, words.text("Your passphrase"))
        self.pin = secret_line(self.body, words, words.text("PIN, at least six figures"))
        self.passphrase.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.switch_on)
        self.problem = label("", "problem")
        self.body.addWidget(self.problem)
        self.on_button = button(words.text("Switch on"), self.switch_on)
        self.body.addLayout(row(self.on_button, 1))

    def switch_off(self) -> None:
        """Let only the passphrase open the store from now on."""
        self.chosen.emit(None)
        self.show_state(on=False)

    def switch_on(self) -> None:
        """Close the keys with the PIN, in the background."""
        workspace, words = self._acts.workspace, self._acts.workspace.words
        passphrase, pin, told = self.passphrase.text(), self.pin.text(), in_one_line(self.problem.setText)
        self.problem.setText("")
        switching = self._acts.ask(lambda: switching_on(workspace, passphrase, pin), None, tell=told)
        if switching is None:
            self.pin.setFocus()
            return
        self.on_button.setEnabled(False)

        def work(progress: Progress) -> QuickUnlock:
            return switching()

        def done(quick: QuickUnlock) -> None:
            self.chosen.emit(quick)
            self.show_state(on=True)
            self._acts.said.emit(words.text("Quick unlock is on."), False)

        def failed(error: Exception) -> None:
            self.on_button.setEnabled(True)
            self._acts.job_failed(error, tell=told)

        self._jobs.run(words.text("Setting the PIN"), work, done, failed)
