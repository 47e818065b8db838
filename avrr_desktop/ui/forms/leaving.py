"""Leaving a page, a tab or a form is a call: whoever shows something else in its place makes it first."""

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QTabWidget, QWidget


@runtime_checkable
class Left(Protocol):
    """What a page, a tab or a form can do in which something is typed."""

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed. ``parting``: the store is about to close: keep a draft, and write nothing more."""


def leave(widget: QWidget | None, *, parting: bool = False) -> None:
    """Leave a page, a tab or a form; where nothing is typed, there is nothing to do."""
    if isinstance(widget, Left):
        widget.leave(parting=parting)


def leave_all(widgets: Iterable[QWidget | None], *, parting: bool = False) -> None:
    """Leave several; what nobody expected in one of them keeps no other from being left."""
    with ExitStack() as stack:
        for widget in widgets:
            stack.callback(leave, widget, parting=parting)


class LeavingTabs(QTabWidget):
    """Parts of a page, of which the one that was shown is left when another one is."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self._shown: QWidget | None = None
        self.currentChanged.connect(lambda _: self._on_changed())

    def _on_changed(self) -> None:
        left, self._shown = self._shown, self.currentWidget()
        leave(left)

    def leave(self, *, parting: bool = False) -> None:
        """Leave the part that is shown; before the store closes, every part."""
        parts = [self.widget(number) for number in range(self.count())] if parting else [self.currentWidget()]
        leave_all(parts, parting=parting)
