"""Sections that fold: a heading, and below it what can be put out of sight and out of the way of the Tab key."""

from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.operations.office.remembered import remember, remembered
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.controls import Button, label, literal, row
from avrr_desktop.ui.widgets.theme import GAP_SMALL

_OPEN, _FOLDED = "open", "folded"
_SIGNS = {True: "▾", False: "▸"}


class FoldingSection(QWidget):
    """A heading that a click, Space or Return turns; ``body`` takes what stands below it.

    ``key``: what this computer remembers it by, such as “person.papers”; empty: every time as ``open_`` says.
    """

    turned = Signal(bool)  # whether it is open now

    def __init__(self, session: Session, title: str, *, key: str = "", open_: bool = True) -> None:
        super().__init__()
        self._session, self._title, self._key = session, title, key
        self.heading = Button("")
        self.heading.setObjectName("fold")
        self.heading.setCheckable(True)
        self.heading.setAutoDefault(False)
        self.heading.setAccessibleName(title)
        self.heading.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._note = label("", "hint", wrap=False)
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP_SMALL)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_SMALL)
        whole.addLayout(row(self.heading, self._note, 1))
        whole.addWidget(self._inner)
        left = remembered(session, key) if key else ""
        self._show(left == _OPEN if left else open_)
        self.heading.clicked.connect(self.turn)

    @property
    def is_open(self) -> bool:
        """Whether what stands below the heading is shown."""
        return self.heading.isChecked()

    def say(self, note: str) -> None:
        """Say something beside the heading, such as how much stands in what is folded away."""
        self._note.setText(note)

    def turn(self, open_: bool) -> None:
        """Open or fold it, and remember it; a cursor that was inside goes to the heading."""
        focus = QApplication.focusWidget()
        if not open_ and focus is not None and self._inner.isAncestorOf(focus):
            self.heading.setFocus()
        self._show(open_)
        if self._key:
            with suppress(ExpectedError):  # how it looks is no reason to disturb anybody
                remember(self._session, self._key, _OPEN if open_ else _FOLDED)
        self.turned.emit(open_)

    def unfold(self) -> None:
        """Open it for what is looked for in it; that is nobody’s wish, and not remembered."""
        self._show(True)

    def _show(self, open_: bool) -> None:
        words = self._session.words
        self.heading.setChecked(open_)
        self.heading.setText(literal(f"{_SIGNS[open_]}  {self._title}"))
        self.heading.setAccessibleDescription(
            words.text("Section, open") if open_ else words.text("Section, folded: press to open it")
        )
        self._inner.setVisible(open_)


def unfold(widget: QWidget) -> None:
    """Open every section around a widget, so that the cursor can be put into it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, FoldingSection) and not parent.is_open:
            parent.unfold()
        parent = parent.parentWidget()
