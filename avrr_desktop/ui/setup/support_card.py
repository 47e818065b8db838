"""The support file: every byte is on the screen before it leaves."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from avrr_desktop.operations.program.support import save_support, support_text
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, button, label, row


class SupportCard(Card):
    """Shown on demand: counting takes a moment."""

    def __init__(self, acts: Actions) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Support file"))
        self._acts = acts
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Stick or folder")
        )
        self.body.addWidget(label(words.text(
            "Use this file when you ask for help. It contains counts, codes and places in the program, and no " "personal data. Read it before you pass it on; what you see is all of it."), "muted"))  # fmt: skip
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words.text("Support file"))
        self.text.setMinimumHeight(220)
        self.text.hide()
        self.save_button = button(words.text("Save", "button"), self.save)
        self.save_button.setEnabled(False)
        self.body.addLayout(row(button(words.text("Show the support file"), self.show_text), self.save_button, 1))
        self.body.addWidget(self.text)

    def show_text(self) -> None:
        """Make and show it."""
        text = self._acts.ask(lambda: support_text(self._acts.workspace), "")
        self.text.setPlainText(text)
        self.text.show()
        self.save_button.setEnabled(bool(text))

    def save(self) -> None:
        """Write what is shown."""
        folder = self.ask_folder()
        if not folder:
            return
        path = self._acts.ask(lambda: save_support(self.text.toPlainText(), Path(folder)), None)
        if path is not None:
            words = self._acts.workspace.words
            self._acts.said.emit(words.text("Written and checked: {name}", name=path.name), False)
