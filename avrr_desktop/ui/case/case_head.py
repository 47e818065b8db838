"""The head of a case: its name and what to know of it at once; in a low window all of it in one line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui.widgets.controls import ElidedLabel, label
from avrr_desktop.ui.widgets.theme import GAP_SMALL, GAP_TINY, Theme

LOW = 640  # pixels at 100 %: a window that is no higher has no room for three lines


class CaseHead(QWidget):
    """Back, number, name, facts, and what can be done with the whole case."""

    arranged = Signal(bool)  # whether the window is low

    def __init__(self, theme: Theme, back: QWidget, *actions: QWidget) -> None:
        super().__init__()
        self._limit = theme.px(LOW)
        self._number = label("", "mono", wrap=False)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title = label("", "title")
        self.facts = label("", "muted")
        self.line_title, self.line_facts = ElidedLabel("", "heading"), ElidedLabel("", "muted")
        top = QHBoxLayout()
        top.setSpacing(GAP_SMALL)
        self.line_facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the name comes first
        for part, stretch in ((back, 0), (self.line_title, 0), (self.line_facts, 1), (self._number, 0)):
            top.addWidget(part, stretch)
        self._gap = QWidget()
        top.addWidget(self._gap, 1)
        for action in actions:
            top.addWidget(action)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_TINY)
        whole.addLayout(top)
        whole.addWidget(self.title)
        whole.addWidget(self.facts)
        self.arrange()

    def say(self, number: str, title: str, facts: str) -> None:
        """Show another case, or this one as it stands now."""
        self._number.setText(number)
        self.title.setText(title)
        self.facts.setText(facts)
        self.line_title.say(title)
        self.line_facts.say(f"{facts}  ·  {number}")

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the window in which it is shown."""
        super().showEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Follow the height of the window; whoever shows the head says when it changed."""
        low = self.window().height() <= self._limit and self.window() is not self
        for part in (self._number, self.title, self.facts, self._gap):
            part.setVisible(not low)
        for part in (self.line_title, self.line_facts):
            part.setVisible(low)
        self.arranged.emit(low)
