"""A line whose letters are hidden until somebody wishes to see them, and what stands beside it in words."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.system.keyboard import CYRILLIC, LATIN, caps_by, caps_now, layout_named, scripts
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import button, label, plain_tip, row, sign_in_line
from avrr_desktop.ui.widgets.icons import icon
from avrr_desktop.ui.widgets.theme import GAP_TINY

SHOWING = "Ctrl+E"
TYPING_PAUSE_MS = 300


class SecretLine(QLineEdit):
    """Hidden letters, with an eye in the line. They are hidden again when the line, its page or its window is left."""

    def __init__(self, words: Language, name: str) -> None:
        super().__init__()
        self._words, self._caps = words, False
        self.setAccessibleName(name)
        colour = self.palette().color(QPalette.ColorRole.Link).name()
        self._open, self._shut = icon("eye", colour), icon("eye_off", colour)
        self.eye = sign_in_line(self, self._open, words.text("Show what is typed"))
        self.eye.setCheckable(True)
        self.eye.setShortcut(QKeySequence(SHOWING))
        self.eye.setToolTip(plain_tip(f"{self.eye.text()} ({SHOWING})"))
        self.note = label("", "hint")  # to be laid out below the line
        self.note.hide()
        self.eye.toggled.connect(self._on_eye)
        self.textChanged.connect(lambda _: self._tell())
        self._on_eye(shown=False)

    def _on_eye(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(self._shut if shown else self._open)
        self._tell()

    def conceal(self) -> None:
        """Hide the letters."""
        self.eye.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the letters with the page."""
        super().hideEvent(event)
        self.conceal()

    def event(self, event: QEvent) -> bool:
        """Hide the letters while another window is in front."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.conceal()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask how the keyboard stands."""
        super().focusInEvent(event)
        self._caps = bool(caps_now())
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say nothing of the keyboard any more."""
        super().focusOutEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See by the letters whether Caps Lock is on."""
        now = caps_now() if caps_now() is not None else caps_by(event)
        super().keyPressEvent(event)
        if now is not None:
            self._caps = now
            self._tell()

    def _tell(self) -> None:
        words, said = self._words, []
        if self.hasFocus():
            typed = scripts(self.text())
            if self._caps:
                said.append(words.text("Caps Lock is on."))
            if {LATIN, CYRILLIC} <= typed:
                said.append(words.text("Latin and Cyrillic letters are mixed."))
            elif CYRILLIC in typed:
                said.append(words.text("You are typing Cyrillic letters."))
            if layout := layout_named():
                said.append(words.text("Keyboard: {name}", name=layout))
        self.note.setText(" ".join(said))
        self.note.setVisible(bool(said) and self.isVisible())


def secret_line(body: QVBoxLayout, words: Language, name: str, caption: bool = True) -> SecretLine:
    """Add a hidden line to a column, with its name above and its note below; return the line."""
    line = SecretLine(words, name)
    if caption:
        body.addWidget(label(name, "muted"))
    body.addWidget(line)
    body.addWidget(line.note)
    return line


class NewPassphrase(QWidget):
    """A new passphrase, typed twice: how strong it is, in words, and five words where somebody looks for some.

    ``least``: the fewest letters. ``known``: asked for at each look: names that make a passphrase easy to guess.
    """

    def __init__(
        self, words: Language, names: tuple[str, str], least: int, known: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__()
        self._words, self._known = words, known
        self._asked = words.text("At least {count} characters. It cannot be reset.", count=least)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_TINY)
        self.line = secret_line(whole, words, names[0])
        self.strength: QLabel = label(self._asked, "hint")
        self.propose = button(words.text("Propose five words"), self._on_propose, name="quiet")
        beside = row(self.strength, self.propose)
        beside.setStretch(0, 1)
        whole.addLayout(beside)
        self.again = secret_line(whole, words, names[1])
        QWidget.setTabOrder(self.line, self.again)  # the proposal comes after both
        QWidget.setTabOrder(self.again, self.propose)
        self._timer = pause_timer(self, TYPING_PAUSE_MS, self.tell)
        self.line.textChanged.connect(lambda _: self._on_typed())
        self.line.returnPressed.connect(self.again.setFocus)

    def _on_typed(self) -> None:
        self.strength.setText("")
        self._timer.start()

    def tell(self) -> None:
        """Say how strong it is."""
        from avrr_desktop.operations.session.unlocking import (
            strength_told,  # with the cryptography: not before a window
        )

        self._timer.stop()
        self.strength.setText(strength_told(self.line.text(), self._words, self._known()) or self._asked)

    def _on_propose(self) -> None:
        from avrr_desktop.operations.session.unlocking import offered_passphrase

        self.line.setText(offered_passphrase())
        self.line.eye.setChecked(True)
        self.again.clear()
        self.tell()
        self.again.setFocus()

    @property
    def same(self) -> bool:
        """Whether both lines hold the same."""
        return self.line.text() == self.again.text()

    def clear(self) -> None:
        """Empty both lines, and hide them again."""
        for line in (self.line, self.again):
            line.clear()
            line.conceal()
