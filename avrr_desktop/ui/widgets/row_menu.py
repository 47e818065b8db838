"""What a row of a list offers by the right button or the menu key, and its text for the clipboard (Ctrl+C)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QPushButton
from shiboken6 import isValid

from avrr_desktop.language import Language
from avrr_desktop.ui.system.clipboard import copy_sensitive
from avrr_desktop.ui.widgets.controls import entry
from avrr_desktop.ui.widgets.item_list import CELLS_ROLE

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done with a row and has no button: in words, with the letter of its key where it has one."""

    text: str
    act: Callable[[], object]
    letter: str = ""


Acts = Iterable[QPushButton | Offer]


def no_acts() -> Acts:
    """Return what a list offers whose rows are only read."""
    return ()


class WindowMenu(QMenu):
    """A menu that opens within its window, where the screen is larger."""

    def showEvent(self, event: QShowEvent) -> None:
        """Move to the left or up as far as it would stand over the edge."""
        super().showEvent(event)
        owner = self.parentWidget()
        window = owner.window() if owner is not None else None
        if window is None or isinstance(window, QMenu):
            return
        room, at = window.frameGeometry(), self.geometry()
        self.move(
            max(room.left(), min(at.left(), room.right() + 1 - at.width())),
            max(room.top(), min(at.top(), room.bottom() + 1 - at.height())),
        )


def row_text(index: Index) -> str:
    """Return the cells of a row with tabs between: a spreadsheet takes them apart again."""
    cells = index.data(CELLS_ROLE)
    if cells is None:
        cells, cell = [], index.sibling(index.row(), 0)
        while cell.isValid():
            cells.append(cell.data())
            cell = cell.sibling(index.row(), cell.column() + 1)
    return "\t".join(" ".join(str(cell or "").split()) for cell in cells)


class RowMenu(QObject):
    """The menu of one list, and its text. ``acts``: the buttons of its page that act on the chosen row, asked for each time.

    ``opens``: what Enter does there, in words. It comes by the right button, the menu key and Shift+F10.
    """

    def __init__(
        self, view: QAbstractItemView, words: Language, acts: Callable[[], Acts] = no_acts,
        *, opens: tuple[str, Callable[[Index], object]] | None = None, text_of: Callable[[Index], str] = row_text,
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._opens = opens
        self._view, self._words, self._acts, self.text_of = view, words, acts, text_of
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self.show_at)  # the button has chosen its row when it went down
        for keys, does in ((QKeySequence.StandardKey.Copy, self.copy), (QKeySequence("Shift+F10"), self._on_key)):
            key = QShortcut(QKeySequence(keys), view)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(does)

    def copy(self) -> None:
        """Put the text of the chosen row on the clipboard, marked as a person's."""
        index = self._view.currentIndex()
        if index.isValid():
            copy_sensitive(self.text_of(index))

    def menu(self) -> QMenu:
        """Return what the chosen row offers now: the buttons as they are, and its text."""
        made = WindowMenu(self._view)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        there = self._view.currentIndex()
        if self._opens is not None:
            text, act = self._opens
            opening = entry(made, text)
            opening.setEnabled(there.isValid())
            opening.triggered.connect(lambda _=False: act(there))
        for one in self._acts():
            if isinstance(one, Offer):
                doing = entry(made, f"{one.text}\t{one.letter}" if one.letter else one.text)
                doing.triggered.connect(lambda _=False, act=one.act: act())
            elif isValid(one) and not one.isHidden():
                _add_button(made, one)
        if made.actions():
            made.addSeparator()
        copy = entry(made, self._words.text("Copy the text"))
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(there.isValid())
        copy.triggered.connect(self.copy)
        return made

    def show_at(self, at: QPoint) -> None:
        """Show the menu of the chosen row at a point of the list."""
        self.menu().popup(self._view.viewport().mapToGlobal(at))

    def _on_key(self) -> None:
        """Show it below the chosen row, where it is seen."""
        row = self._view.visualRect(self._view.currentIndex()).bottomLeft()
        seen = self._view.viewport().rect()
        self.show_at(row if seen.contains(row) else seen.topLeft())


def _add_button(menu: QMenu, button: QPushButton) -> None:
    """Offer what a button does; what opens below it opens beside its entry."""
    action = entry(menu, button.accessibleName())
    action.setEnabled(button.isEnabled())
    if (below := button.menu()) is not None:
        action.setMenu(below)
    else:
        action.triggered.connect(lambda _=False: button.click())
