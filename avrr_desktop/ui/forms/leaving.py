"""Leaving a page, a tab or a form is a call: whoever shows something else in its place makes it first."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import row
from avrr_desktop.ui.widgets.tab_row import TabRow, ViewButtons
from avrr_desktop.ui.widgets.theme import GAP_LARGE, GAP_SMALL


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

    def __init__(self, words: Language, name: str) -> None:
        """``name``: what a screen reader calls the page that has these parts."""
        super().__init__()
        self.setTabBar(TabRow(words))
        self.setAccessibleName(name)
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


class Views(QWidget):
    """One tab with several views, of which one is in front: a button leads to each."""

    def __init__(self, views: Mapping[str, tuple[str, QWidget]]) -> None:
        """``views``: title and widget of each, by its key."""
        super().__init__()
        self._keys, self._stack = list(views), QStackedWidget()
        self._buttons = ViewButtons([(key, title) for key, (title, _) in views.items()], self._keys[0])
        self._buttons.chosen.connect(self.show_view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP_SMALL, 0, 0)
        whole.setSpacing(GAP_SMALL)
        across = row(self._buttons, 1)
        across.setContentsMargins(GAP_LARGE, 0, GAP_LARGE, 0)
        whole.addLayout(across)
        whole.addWidget(self._stack, 1)
        for _, widget in views.values():
            self._stack.addWidget(widget)

    @property
    def shown(self) -> str:
        """The key of the view in front."""
        return self._keys[self._stack.currentIndex()]

    def show_view(self, key: str) -> None:
        """Leave the view in front, and show another one by its key."""
        leave(self._stack.currentWidget())
        self._stack.setCurrentIndex(self._keys.index(key))
        self._buttons.show_chosen(key)

    def leave(self, *, parting: bool = False) -> None:
        """Leave the view in front; before the store closes, every view."""
        views = [self._stack.widget(number) for number in range(self._stack.count())]
        leave_all(views if parting else [self._stack.currentWidget()], parting=parting)
