"""Changing the passphrase: the old one, the new one twice; the slow seconds run beside the window."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.operations.access.key_changes import own_passphrase_changed
from avrr_desktop.operations.access.officers import chose_own_passphrase, known_names
from avrr_desktop.operations.access.recovery import escrow_missing
from avrr_desktop.operations.session.unlocking import change_passphrase
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.setup.escrow_card import EscrowCard
from avrr_desktop.ui.verbs import in_one_line
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row
from avrr_desktop.ui.widgets.recovery_card import RecoveryCard
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE


class PassphraseTab(QWidget):
    """Three lines; a passphrase that is easy to guess is refused when it is to be taken."""

    def __init__(self, acts: Actions, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._jobs = acts, jobs
        words = acts.workspace.words
        card = Card(words.text("Passphrase"))
        self.old, self.new, self.again = (QLineEdit() for _ in range(3))
        names = (words.text("Current passphrase"), words.text("New passphrase"), words.text("New passphrase again"))
        for line, name in zip((self.old, self.new, self.again), names, strict=True):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAccessibleName(name)
            card.body.addWidget(label(name, "muted"))
            card.body.addWidget(line)
        card.body.addWidget(label(words.text(
            "Minimum length: {count} characters. For example, five unrelated words. It cannot be reset.",
            count=acts.workspace.policy.shortest_passphrase), "hint"))  # fmt: skip
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
        if new != self.again.text():
            self.problem.setText(words.text("The two passphrases are not the same."))
            return
        self.problem.setText("")
        self.change_button.setEnabled(False)
        folder, known = workspace.store_folder, known_names(workspace)

        def work(progress: Progress) -> None:
            change_passphrase(folder, old, new, known)

        def done(_: None) -> None:
            self.change_button.setEnabled(True)
            for line in (self.old, self.new, self.again):
                line.clear()
            own_passphrase_changed(workspace)
            self._acts.ask(lambda: chose_own_passphrase(workspace), None)
            self._acts.said.emit(words.text("The passphrase has been changed. Use the new one from now on."), False)

        def failed(error: Exception) -> None:
            self.change_button.setEnabled(True)
            self._acts.job_failed(error, in_one_line(self.problem.setText))

        def left(went_well: bool) -> str:
            return words.text("The passphrase has been changed. Use the new one from now on.") if went_well else ""

        self._jobs.run(words.text("Changing the passphrase"), work, done, failed, left)
