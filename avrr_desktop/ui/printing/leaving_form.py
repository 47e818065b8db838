"""How a document leaves: to whom, closed in which way, and what that way asks for."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.operations.documents.export_policy import ways_out
from avrr_desktop.operations.documents.printing import PASSWORD, PLAIN, SEALED
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.controls import Choice


class LeavingForm(QWidget):
    """``to``: who gets it; ``closing``: the way; ``key`` and ``reason``: shown where the chosen way needs them."""

    def __init__(self, workspace: Session) -> None:
        super().__init__()
        words = workspace.words
        self.to = _line(words.text("Recipient", "field"), words.text("Recipient: office, courier or head office"))
        self.key = _line(words.text("Key of the recipient"), words.text("Key of the recipient: age1…"))
        self.reason = _line(words.text("Why it is not encrypted"), words.text("Why it is not encrypted"))
        self.closing = Choice()
        self.closing.setAccessibleName(words.text("Encryption"))
        texts = {PASSWORD: words.text("Encrypted with a password"), SEALED: words.text("Encrypted for one recipient"),
                 PLAIN: words.text("Not encrypted")}  # fmt: skip
        for way in ways_out(workspace, tuple(texts)) or tuple(texts):  # with none open, the verb says why
            self.closing.addItem(texts[way], way)
        self.closing.currentIndexChanged.connect(lambda _: self._show_needed())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.to, self.closing, self.key, self.reason):
            column.addWidget(widget)
        self._show_needed()

    def _show_needed(self) -> None:
        """Only the lines that the chosen way needs."""
        way = self.closing.currentData()
        self.key.setHidden(way != SEALED)
        self.reason.setHidden(way != PLAIN)


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line
