"""Changing the passphrase: the old one, the new one twice; the slow seconds run beside the window."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.operations.access.key_changes import own_passphrase_changed
from avrr_desktop.operations.access.officers import chose_own_passphrase, known_names
from avrr_desktop.operations.access.recovery import escrow_missing
from avrr_desktop.operations.session.unlocking import change_passphrase
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.setup.escrow_card import EscrowCard
from avrr_desktop.ui.setup.quick_unlock_card import QuickUnlockCard
from avrr_desktop.ui.verbs import in_one_line
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row
from avrr_desktop.ui.widgets.recovery_card import RecoveryCard
from avrr_desktop.ui.widgets.secret_line import NewPassphrase, secret_line
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE


class PassphraseTab(QWidget):
    """Three lines; a passphrase that is easy to guess is refused when it is to be taken."""

    def __init__(self, acts: Actions, jobs: Jobs, *, quick: bool = False) -> None:
        """``quick``: whether quick unlock is switched on for this user."""
        super().__init__()
        self._acts, self._jobs = acts, jobs
        words = acts.workspace.words
        card = Card(words.text("Passphrase"))
        self.old = secret_line(card.body, words, words.text("Current passphrase"))
        self.pair = NewPassphrase(words, (words.text("New passphrase"), words.text("New passphrase again")),
                                  acts.workspace.policy.shortest_passphrase, lambda: known_names(acts.workspace))  # fmt: skip
        self.new, self.again = self.pair.line, self.pair.again
        card.body.addWidget(self.pair)
        card.body.addWidget(
            label(words.text("Older backups keep the passphrase that was used when they were made."), "hint")
        )
        self.problem = label("", "problem")
        card.body.addWidget(self.problem)
        self.change_button = button(words.text("Change the passphrase"), self.change, name="primary")
        card.body.addLayout(row(self.change_button, 1))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        column = Column()
        column.body.addWidget(card)
        self.quick = QuickUnlockCard(acts, jobs, on=quick)
        column.body.addWidget(self.quick)
        self.recovery = RecoveryCard(acts, jobs)
        column.body.addWidget(self.recovery)
        self.escrow = EscrowCard(acts, jobs)
        column.body.addWidget(self.escrow)
        self.escrow.setHidden(not escrow_missing(acts.workspace))
        column.body.addStretch(1)
        whole.addWidget(column)

    def change(self) -> None:
        """Change it in the background; on any problem the old one holds."""
        words, workspace = self._acts.workspace.words, self._acts.workspace
        old, new = self.old.text(), self.new.text()
        if not self.pair.same:
            self.problem.setText(words.text("The two passphrases are not the same."))
            return
        self.problem.setText("")
        self.change_button.setEnabled(False)
        folder, known = workspace.store_folder, known_names(workspace)

        def work(progress: Progress) -> None:
            change_passphrase(folder, old, new, known)

        def done(_: None) -> None:
            self.change_button.setEnabled(True)
            self.old.clear()
            self.pair.clear()
            own_passphrase_changed(workspace)
            self._acts.ask(lambda: chose_own_passphrase(workspace), None)
            self._acts.said.emit(words.text("The passphrase has been changed. Use the new one from now on."), False)

        def failed(error: Exception) -> None:
            self.change_button.setEnabled(True)
            self._acts.job_failed(error, in_one_line(self.problem.setText))

        def left(went_well: bool) -> str:
            return words.text("The passphrase has been changed. Use the new one from now on.") if went_well else ""

        self._jobs.run(words.text("Changing the passphrase"), work, done, failed, left)
