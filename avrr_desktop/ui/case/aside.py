"""What lies for a while in place of the parts of a case: two records side by side, a family that is split."""

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.widgets.controls import ClosedByEscape, Column, emptied


class AsideCard(Protocol):
    """A card that says when it is done with, and where its cursor belongs."""

    @property
    def done(self) -> SignalInstance:
        """Sent once the card is to go."""

    def take_focus(self) -> None:
        """Put the cursor where the next thing is chosen."""


class AsideColumn(Column):
    """Hidden until a card is shown in it; goes with Escape."""

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self.shown = False
        ClosedByEscape(self, close)
        self.hide()

    def begin(self, card: AsideCard) -> None:
        """Show a card alone."""
        emptied(self.body)
        self.body.addWidget(cast(QWidget, card))
        self.body.addStretch(1)
        self.shown = True
        self.show()
        self.verticalScrollBar().setValue(0)
        card.take_focus()

    def end(self) -> bool:
        """Take the card away; return whether there was one."""
        was, self.shown = self.shown, False
        self.hide()
        emptied(self.body)
        return was
