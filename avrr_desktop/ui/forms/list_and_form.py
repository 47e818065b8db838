"""A list and what is chosen in it: beside each other, or as two pages where there is no room for both."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from avrr_desktop.language import Language
from avrr_desktop.ui.forms.leaving import leave
from avrr_desktop.ui.widgets.controls import button, iconed
from avrr_desktop.ui.widgets.folding import unfold
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, Theme


@runtime_checkable
class Continued(Protocol):
    """A form in which somebody goes on."""

    def focus_next(self) -> None:
        """Put the cursor into the next field that is empty."""

    def isVisible(self) -> bool:
        """Return whether it is in sight."""


class ListAndForm(QWidget):
    """A list at the left and what is chosen in it at the right; in a narrow window two pages, and Back leads to the list.

    A click or Return in the list turns to the form, and so does ``focus_on``. An empty list leaves room for what is said beside it.
    """

    narrowed = Signal()  # there is room for both now, or none any more

    def __init__(
        self, theme: Theme, words: Language, left: QWidget, right: QWidget, listing: QAbstractItemView, *, shares: Sequence[int],
        beside_empty: bool = True,
    ) -> None:  # fmt: skip
        """``left``: what holds the list, ``listing``; ``shares``: how the width is divided; ``beside_empty``: whether
        what stands at the right is seen beside an empty list in a narrow window, too."""
        super().__init__()
        self._limit, self._left, self._right, self._listing = theme.px(720), left, right, listing
        self._chosen = self.narrow = False
        self._beside_empty = beside_empty
        self.back = iconed(button(words.text("Back to the list"), self.show_list, name="quiet"), "back", theme)
        self.back.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.back)
        column.addWidget(right, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(GAP)
        for number, (part, share) in enumerate(zip((left, self._page), shares, strict=True)):
            self._split.addWidget(part)
            self._split.setStretchFactor(number, share)
        self._sizes = [theme.px(10 * share) for share in shares]
        self._split.setSizes(self._sizes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        listing.clicked.connect(lambda _: self.show_form())
        listing.activated.connect(lambda _: self._on_activated())
        for changed in (listing.model().rowsInserted, listing.model().rowsRemoved, listing.model().modelReset):
            changed.connect(lambda *_: self._on_rows())
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make two pages of it where there is no room for two columns; what has the cursor stays in sight."""
        narrow = event.size().width() < self._limit
        if narrow and not self.narrow:
            focus = self.window().focusWidget()
            self._chosen = focus is not None and self._right.isAncestorOf(focus)
        if narrow is not self.narrow:
            self.narrow = narrow
            self._arrange()
            self.narrowed.emit()
        super().resizeEvent(event)

    def _on_rows(self) -> None:
        """Leave room for what is said beside an empty list; the list is also emptied while all of this is taken away."""
        if isValid(self) and isValid(self._listing):
            self._arrange()

    def _arrange(self) -> None:
        empty = self._beside_empty and self._listing.model().rowCount() == 0
        turned = Qt.Orientation.Vertical if self.narrow else Qt.Orientation.Horizontal
        if self._split.orientation() is not turned:
            self._split.setOrientation(turned)
            self._split.setSizes(self._sizes)  # those of the other way say nothing of this one
        if self.narrow and empty:  # what is said stands right below the buttons
            above, room = self._left.sizeHint().height(), self._split.height()
            self._split.setSizes([min(above, room * 6 // 10), max(1, room - above)])
        self._left.setVisible(not self.on_form)
        self._page.setVisible(not self.narrow or self._chosen or empty)
        self.back.setVisible(self.on_form)

    @property
    def on_form(self) -> bool:
        """Whether the form is all that is seen, and Back leads to the list."""
        return self.narrow and self._chosen

    def show_form(self) -> None:
        """Turn to the form, where only one of the two is seen."""
        self._chosen = True
        self._arrange()

    def _on_activated(self) -> None:
        """Turn to the form, and put the cursor where it goes on: into the next empty field, else the first thing that is no button."""
        self.show_form()
        form = next(
            (one for one in self._right.findChildren(QWidget) if isinstance(one, Continued) and one.isVisible()), None
        )
        if form is not None:
            form.focus_next()
            return
        there = self._right.findChildren(QWidget) if self.narrow else []
        fields = (one for one in there if one.isVisible() and one.isEnabled() and not isinstance(one, QAbstractButton))
        first = next((one for one in fields if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus()

    def begin(self) -> None:
        """Turn to the list, as for another case; the cursor stays where it is."""
        self._chosen = False
        self._arrange()

    def show_list(self) -> None:
        """Save what is typed, and go back to the list."""
        leave(self._right)
        self.begin()
        self._listing.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.on_form:
            self.show_list()
        else:
            super().keyPressEvent(event)


def side_by_side(
    theme: Theme, words: Language, buttons: QLayout, listing: QAbstractItemView, right: QWidget, *, shares: Sequence[int] = (38, 56)
) -> ListAndForm:  # fmt: skip
    """Return a list with its buttons at the left and what is chosen in it at the right."""
    left = QWidget()
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP_SMALL)
    column.addLayout(buttons)
    column.addWidget(listing, 1)
    column.addStretch(0)  # the buttons stay at the top where an empty list is put away
    return ListAndForm(theme, words, left, right, listing, shares=shares)


def focus_on(widget: QWidget) -> None:
    """Put the cursor into a widget, in whatever page or section it lies."""
    bring_up(widget)
    widget.setFocus()


def bring_up(widget: QWidget) -> None:
    """Turn to the form in which a widget lies, and open the sections around it."""
    unfold(widget)
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, ListAndForm):
            parent.show_form()
        parent = parent.parentWidget()


def turn_back(page: QWidget) -> bool:
    """Go back from a form to the list that it hides; return whether there was one."""
    turned = next((one for one in page.findChildren(ListAndForm) if one.isVisible() and one.on_form), None)
    if turned is not None:
        turned.show_list()
    return turned is not None
