"""The last step of a new store: a recovery code on paper, typed back. Before that the store does not count as made."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.controls import Column, button, label, row
from avrr_desktop.ui.widgets.message_bar import MessageBar
from avrr_desktop.ui.widgets.recovery_card import RecoveryCard
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, Theme


class RecoveryPage(Column):
    """Nothing else can be done until the code is kept; locking and closing come back here at the next unlock."""

    done = Signal()
    lock_wanted = Signal()

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        words = acts.workspace.words
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("One last step: a recovery code"), "title"))
        column.addWidget(label(words.text(
            "If the passphrases are forgotten, only this code opens the store. Print it, seal it in an " "envelope, and lock it in the office’s safe. The store is ready once you have typed two groups of " "the code."), "muted"))  # fmt: skip
        acts.failed.connect(MessageBar(words, theme, self, self.viewport()).bad)
        self.card = RecoveryCard(acts, jobs, may_cancel=False)
        self.card.kept.connect(self.done)
        self.card.show_code()
        column.addWidget(self.card)
        column.addLayout(row(button(words.text("Lock", "button"), self.lock_wanted.emit, name="quiet"), 1))
        column.addStretch(1)
        self.centre(inner, theme.px(600))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first group that is asked back."""
        super().showEvent(event)
        self.card.groups[0].setFocus()
