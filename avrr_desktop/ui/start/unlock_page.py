"""Unlocks a store: the page that asks for its passphrase, or for a while after an idle lock for a PIN."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.language import Language
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.ui.widgets.controls import Card, Front, button, label, row
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.secret_line import secret_line
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, GAP_SMALL, Theme


class UnlockPage(Front):
    """Asks for the passphrase; in practice it is offered. ``asks_pin``: a PIN for later may be set beside it."""

    wanted = Signal(str, str)  # passphrase, a PIN for the next idle lock (or none)
    pin_wanted = Signal(str)
    left = Signal()
    restore_wanted = Signal()
    guide_wanted = Signal()

    def __init__(
        self, words: Language, theme: Theme, store: str, *, practice: bool, by_pin: bool = False, asks_pin: bool = False
    ) -> None:
        super().__init__()
        self._words, self.by_pin = words, by_pin
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE * 2, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Unlock the store"), "title"))
        column.addWidget(label(store, "muted"))
        card = Card()
        self._quick, self._whole = QWidget(), QWidget()
        self._fill_quick()
        self._fill_whole(practice=practice, asks_pin=asks_pin)
        card.body.addWidget(self._quick)
        card.body.addWidget(self._whole)
        card.body.addWidget(self.problem)
        self.unlock = button(words.text("Unlock", "button"), self._on_unlock, name="primary")
        self.instead = button(words.text("Use the passphrase"), self.ask_passphrase, name="quiet")
        other = button(words.text("Other store"), self.left.emit, name="quiet")
        card.body.addLayout(row(self.unlock, 1, self.instead, other))
        column.addWidget(card)
        guide = button(words.text("Read the guide (F1)"), self.guide_wanted.emit, name="quiet", shortcut="F1")
        restore = button(words.text("Restore a backup"), self.restore_wanted.emit, name="quiet")
        column.addLayout(WrappingRow(guide, *([] if practice else [restore])))
        column.addStretch(1)
        self.centre(inner, theme.px(460))
        self._show_what_is_asked()

    def _fill_quick(self) -> None:
        body = _column(self._quick)
        self.pin = secret_line(body, self._words, self._words.text("PIN"))
        self.pin.returnPressed.connect(self._on_unlock)
        body.addWidget(label(self._words.text("The store was locked because nothing was typed for a while."), "hint"))

    def _fill_whole(self, *, practice: bool, asks_pin: bool) -> None:
        words, body = self._words, _column(self._whole)
        self.passphrase = secret_line(body, words, words.text("Passphrase"))
        self.passphrase.returnPressed.connect(self._on_unlock)
        self.new_pin = secret_line(body, words, words.text("PIN for quick unlock (optional)"), caption=asks_pin)
        self.new_pin.returnPressed.connect(self._on_unlock)
        self.new_pin.setHidden(not asks_pin)
        if asks_pin:
            body.addWidget(label(words.text(
                "At least six figures. It opens the store after an automatic lock, for one hour."), "hint"))  # fmt: skip
        if practice:
            self.passphrase.setText(PRACTICE_PASSPHRASE)
            self.passphrase.eye.setChecked(True)
            body.addWidget(label(words.text("This is a practice store: its passphrase is not secret."), "hint"))

    def _show_what_is_asked(self) -> None:
        self._quick.setVisible(self.by_pin)
        self.instead.setVisible(self.by_pin)
        self._whole.setVisible(not self.by_pin)
        self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor where something is to be typed."""
        (self.pin if self.by_pin else self.passphrase).setFocus()

    def ask_passphrase(self) -> None:
        """Ask for the passphrase in place of the PIN."""
        self.by_pin = False
        self.pin.clear()
        self._show_what_is_asked()

    def _on_unlock(self) -> None:
        if not self.unlock.isEnabled():
            return
        self.unlock.setEnabled(False)
        self.problem.setText(self._words.text("Unlocking …"))
        if self.by_pin:
            self.pin_wanted.emit(self.pin.text())
        else:
            self.wanted.emit(self.passphrase.text(), self.new_pin.text())

    def say(self, problem: str) -> None:
        """Show why it did not open; it can be typed again."""
        super().say(problem)
        self.unlock.setEnabled(True)
        (self.pin if self.by_pin else self.passphrase).selectAll()
        self.take_focus()


def _column(inside: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(inside)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(GAP_SMALL)
    return made
