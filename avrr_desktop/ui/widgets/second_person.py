"""Asks for a passphrase while the store is open: that of a second person, or the own one where a PIN is not enough."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from avrr_desktop.operations.access.quick_unlock import give_whole_passphrase
from avrr_desktop.operations.session.second_person import SecondPerson, second_person
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, button, label, row
from avrr_desktop.ui.widgets.secret_line import secret_line


class SecondPersonCard(Card):
    """One line and two buttons; ``go`` is called with the second officer."""

    def __init__(
        self, acts: Actions, jobs: Jobs, sentence: str, go: Callable[[SecondPerson], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self._acts, self._jobs, self._go = acts, jobs, go
        words = acts.workspace.words
        self.body.addWidget(label(sentence))
        self.passphrase = secret_line(self.body, words, words.text("Passphrase of the second person"))
        self.passphrase.returnPressed.connect(self.ask)
        self.agree = button(words.text("Agree", "button"), self.ask, name="primary")
        self.body.addLayout(row(self.agree, button(words.text("Cancel", "button"), leave), 1))

    def ask(self) -> None:
        """Find out who it is, in the background."""
        workspace, typed = self._acts.workspace, self.passphrase.text()
        self.agree.setEnabled(False)

        def work(progress: Progress) -> SecondPerson:
            return second_person(workspace, typed)

        def failed(error: Exception) -> None:
            self.agree.setEnabled(True)
            self._acts.job_failed(error)

        self._jobs.run(workspace.words.text("Asking the second person"), work, self._go, failed)


class WholePassphraseCard(Card):
    """One line: with their whole passphrase somebody who unlocked with a PIN may do all that their role allows."""

    given = Signal()

    def __init__(self, acts: Actions, jobs: Jobs, sentence: str) -> None:
        super().__init__()
        self._acts, self._jobs = acts, jobs
        words = acts.workspace.words
        self.body.addWidget(label(sentence, "muted"))
        self.passphrase = secret_line(self.body, words, words.text("Your passphrase"))
        self.passphrase.returnPressed.connect(self.ask)
        self.problem = label("", "problem")
        self.body.addWidget(self.problem)
        self.go = button(words.text("Continue", "button"), self.ask, name="primary")
        self.body.addLayout(row(self.go, 1))

    def ask(self) -> None:
        """Open the key file with it, in the background."""
        workspace, typed = self._acts.workspace, self.passphrase.text()
        folder = workspace.store_folder
        self.go.setEnabled(False)
        self.problem.setText("")

        def told(title: str, hint: str) -> None:
            self.go.setEnabled(True)
            self.problem.setText(" ".join(filter(None, (title, hint))))
            self.passphrase.selectAll()
            self.passphrase.setFocus()

        def done(keys: Keys) -> None:
            if self._acts.run(lambda: give_whole_passphrase(workspace, keys), tell=told):
                self.passphrase.clear()
                self.given.emit()
                self._acts.read_again()

        self._jobs.run(
            workspace.words.text("Checking the passphrase"), lambda _: unlock(folder, typed), done,
            lambda error: self._acts.job_failed(error, tell=told),
        )  # fmt: skip


def ask_whole(acts: Actions, jobs: Jobs, parent: QWidget) -> QDialog:
    """Ask for the whole passphrase in a small window over the page."""
    words = acts.workspace.words
    dialog = QDialog(parent)
    dialog.setWindowTitle(words.text("Passphrase"))
    card = WholePassphraseCard(acts, jobs, words.text(
        "You unlocked with a PIN. Restricted records, approvals, roles, passphrases and backups need your passphrase."))  # fmt: skip
    card.given.connect(dialog.accept)
    whole = QVBoxLayout(dialog)
    whole.addWidget(card)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    card.passphrase.setFocus()
    return dialog


def ask_second(
    acts: Actions, jobs: Jobs, sentence: str, go: Callable[[SecondPerson], None], parent: QWidget
) -> QDialog:
    """Ask in a small window over the page; ``go`` is called once somebody agreed."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(acts.workspace.words.text("Second person"))

    def agreed(second: SecondPerson) -> None:
        dialog.accept()
        go(second)

    whole = QVBoxLayout(dialog)
    whole.addWidget(SecondPersonCard(acts, jobs, sentence, agreed, dialog.reject))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
