"""Says in the last half minute that the window is about to lock; it lies over the page and takes nothing from it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import label
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL


class Countdown(QWidget):
    """A line at the upper edge; keys and clicks go through it, and each of them begins the time anew."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("countdown")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self.text = label("", wrap=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        line.addWidget(self.text)
        self.hide()

    def show_left(self, seconds: int, words: Language) -> None:
        """Show how many seconds are left; 0: put it away."""
        if not seconds:
            self.hide()
            return
        self.text.setText(words.plural(
            "Locking in {count} second. Any key or movement stops it.",
            "Locking in {count} seconds. Any key or movement stops it.", seconds, count=seconds,
        ))  # fmt: skip
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() // 10)
        if self.isHidden():
            self.show()
            said = QAccessibleAnnouncementEvent(self, self.text.text())
            said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(said)
        self.raise_()
