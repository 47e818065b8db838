"""Messages inside the window: what happened, what is safe, what to do; an undo beside what was done."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from avrr_desktop.ui.theme import GAP, GAP_SMALL, Theme
from avrr_desktop.ui.widgets import button, label
from avrr_desktop.words import Words

SHOWN_MS = 8000


class MessageBar(QFrame):
    """One message at a time; good news goes away by itself, bad news stays until it is read."""

    undo_wanted = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("message")
        self.text = label("")
        self._undo = button(words.text("Undo (Ctrl+Z)"), self.undo_wanted.emit, name="quiet")
        close = button(words.text("Close"), self.hide, name="quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        line.addWidget(self.text, 1)
        line.addWidget(self._undo)
        line.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def leave(self) -> None:
        """Put good news away when the page changes; what went wrong stays until it is read."""
        if self.property("kind") == "good" and not self._undo.isVisibleTo(self):
            self.hide()

    def no_undo(self) -> None:
        """Something else was done since: what stands here is not what an undo would take back."""
        self._undo.hide()

    def bad(self, title: str, hint: str) -> None:
        """Show what went wrong."""
        self._show(f"{title} {hint}".strip(), "bad", undo=False)
        self._timer.stop()

    def warn(self, sentence: str) -> None:
        """Show something to look at; it stays until it is read."""
        self._show(sentence, "waiting", undo=False)
        self._timer.stop()

    def good(self, sentence: str, undo: bool) -> None:
        """Show what was done, with the undo where there is one."""
        self._show(sentence, "good", undo=undo)
        self._timer.start(SHOWN_MS)

    def _show(self, text: str, kind: str, *, undo: bool) -> None:
        self.text.setText(text)
        self.setProperty("kind", kind)
        self.style().polish(self)
        self._undo.setVisible(undo)
        self.show()
