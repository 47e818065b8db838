"""The escrow that the policy names, for a store that was made before the policy named one."""

from avrr_desktop.operations.access.recovery import Secrets, let_escrow_in, secrets_of
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.controls import Card, button, label, row
from avrr_desktop.ui.widgets.secret_line import secret_line


class EscrowCard(Card):
    """One passphrase, one button; away once it is done."""

    def __init__(self, acts: Actions, jobs: Jobs) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Emergency access for your organisation"))
        self._acts, self._jobs = acts, jobs
        self.body.addWidget(label(words.text(
            "The policy of this computer names an escrow that does not open this store yet. With it, two of " "three people chosen by your organisation can open the store together if every passphrase is " "forgotten."), "muted"))  # fmt: skip
        self.passphrase = secret_line(self.body, words, words.text("Your passphrase"))
        self.passphrase.returnPressed.connect(self.add)
        self.body.addLayout(row(button(words.text("Add", "button"), self.add, name="primary"), 1))

    def add(self) -> None:
        """Let the escrow open the store; the passphrase is tried in the background."""
        workspace, passphrase = self._acts.workspace, self.passphrase.text()
        folder, recipient = workspace.store_folder, workspace.policy.escrow
        self.passphrase.clear()
        self.setEnabled(False)

        def done(own: Secrets) -> None:
            self.setEnabled(True)
            if not self._acts.run(lambda: let_escrow_in(workspace, own, recipient)):
                return
            self.hide()
            self._acts.said.emit(
                workspace.words.text("From now on, your organisation’s emergency access opens the store."), False
            )

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            self.passphrase.setFocus()
            self._acts.job_failed(error)

        self._jobs.run(
            workspace.words.text("Checking the passphrase"), lambda _: secrets_of(folder, passphrase), done, failed
        )
