"""Unlocks a store: the page that asks for its passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.language import Language
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.ui.widgets.controls import Card, Front, button, label, row
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, Theme


class UnlockPage(Front):
    """Asks for the passphrase; in practice it is offered."""

    wanted = Signal(str)  # passphrase
    left = Signal()
    restore_wanted = Signal()
    guide_wanted = Signal()

    def __init__(self, words: Language, theme: Theme, store: str, *, practice: bool) -> None:
        super().__init__()
        self._words = words
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE * 2, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Unlock the store"), "title"))
        column.addWidget(label(store, "muted"))
        card = Card()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(words.text("Passphrase"))
        self.passphrase.returnPressed.connect(self._on_unlock)
        card.body.addWidget(label(words.text("Passphrase"), "muted"))
        card.body.addWidget(self.passphrase)
        if practice:
            self.passphrase.setText(PRACTICE_PASSPHRASE)
            self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal)
            card.body.addWidget(label(words.text("This is a practice store: its passphrase is not secret."), "hint"))
        card.body.addWidget(self.problem)
        self.unlock = button(words.text("Unlock", "button"), self._on_unlock, name="primary")
        card.body.addLayout(row(self.unlock, 1, button(words.text("Other store"), self.left.emit, name="quiet")))
        column.addWidget(card)
        guide = button(words.text("Read the guide (F1)"), self.guide_wanted.emit, name="quiet", shortcut="F1")
        restore = button(words.text("Restore a backup"), self.restore_wanted.emit, name="quiet")
        column.addLayout(WrappingRow(guide, *([] if practice else [restore])))
        column.addStretch(1)
        self.centre(inner, theme.px(460))
        self.passphrase.setFocus()

    def _on_unlock(self) -> None:
        if self.unlock.isEnabled():
            self.unlock.setEnabled(False)
            self.problem.setText(self._words.text("Unlocking …"))
            self.wanted.emit(self.passphrase.text())

    def say(self, problem: str) -> None:
        """Show why it did not open; the passphrase can be typed again."""
        super().say(problem)
        self.unlock.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
