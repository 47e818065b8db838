"""The strip above a form that says: this was typed and not saved, by whoever sat here before."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import button, label
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL


class DraftStrip(QFrame):
    """Hidden, until a form puts a draft back."""

    save_wanted = Signal()
    away_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, words: Language) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._words = words
        self.said = label("")
        self.save = button(words.text("Save", "button"), self.save_wanted.emit)
        self.away = button(words.text("Discard", "button"), self.away_wanted.emit, name="quiet")
        self.back = button(words.text("Restore the draft"), self.back_wanted.emit, name="quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        line.addWidget(self.said, 1)
        for one in (self.save, self.away, self.back):
            line.addWidget(one)
        self.hide()

    def show_waiting(self, moment: str) -> None:
        """Say what stands in the form, and what can be done with it."""
        self._say(self._words.text("Typed, not saved: {moment}", moment=moment), thrown_away=False)

    def show_thrown_away(self) -> None:
        """Say that it is gone, and let it come back while the form is there."""
        self._say(self._words.text("Discarded."), thrown_away=True)

    def _say(self, text: str, *, thrown_away: bool) -> None:
        self.said.setText(text)
        self.save.setVisible(not thrown_away)
        self.away.setVisible(not thrown_away)
        self.back.setVisible(thrown_away)
        self.show()
