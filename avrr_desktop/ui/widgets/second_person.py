"""Asks for the passphrase of a second person, beside the window’s own work."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.operations.session.second_person import SecondPerson, second_person
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, button, label, row


class SecondPersonCard(Card):
    """One line and two buttons; ``go`` is called with the second officer."""

    def __init__(
        self, acts: Actions, jobs: Jobs, sentence: str, go: Callable[[SecondPerson], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self._acts, self._jobs, self._go = acts, jobs, go
        words = acts.workspace.words
        self.body.addWidget(label(sentence))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(words.text("Passphrase of the second person"))
        self.passphrase.returnPressed.connect(self.ask)
        self.body.addWidget(label(words.text("Passphrase of the second person"), "muted"))
        self.body.addWidget(self.passphrase)
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
