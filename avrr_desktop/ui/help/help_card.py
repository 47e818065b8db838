"""Help for the page in front: one sentence, the way into the guide and the tour, and the keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import Card, ClosedByEscape, button, label, row
from avrr_desktop.ui.widgets.secret_line import SHOWING
from avrr_desktop.ui.widgets.theme import GAP_LARGE, GAP_TINY, Theme


class HelpCard(Card):
    """Lies over the window until Escape or a second F1."""

    guide_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, words: Language, theme: Theme, frame: QWidget, *, tour: bool) -> None:
        super().__init__("", frame)
        self._words, self._frame, self._theme = words, frame, theme
        self._sentence = label("")
        self.body.addLayout(
            row(
                label(words.text("Help", "page"), "heading", wrap=False),
                1,
                button(words.text("Close", "button"), self.hide, name="quiet"),
            )
        )
        self.body.addWidget(self._sentence)
        self.guide = button(words.text("Read more in the guide"), self.guide_wanted.emit)
        self.tour = button(words.text("Practice tour"), self.tour_wanted.emit)
        self.body.addLayout(row(self.guide, self.tour, 1))
        self.tour.setHidden(not tour)  # it stands in the card by now: without a parent it would be a window
        self._inner = QWidget()
        keys = QGridLayout(self._inner)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setHorizontalSpacing(GAP_LARGE)
        keys.setVerticalSpacing(GAP_TINY)
        for number, (key, text) in enumerate(self._keys()):
            name = label(key, wrap=False)
            name.setStyleSheet("font-weight: bold;")
            keys.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            keys.addWidget(label(text), number, 1)
        keys.setColumnStretch(1, 1)
        self._scroll = QScrollArea()  # large letters in a small window
        self._scroll.setWidget(self._inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self.setFixedWidth(theme.px(520))
        ClosedByEscape(self, self.hide)
        self.hide()

    def _keys(self) -> list[tuple[str, str]]:
        text = self._words.text
        return [
            ("Ctrl+K", text("Search", "button")),
            ("Ctrl+N", text("New case")),
            ("Ctrl+1 … Ctrl+7", text("The pages on the left")),
            ("Alt+1 … Alt+9, Alt+0", text("The tabs of a case")),
            ("F4", text("In a name: the next form of the letter, c ç č ć")),
            ("Ctrl+Shift+A", text("Add a record to the current tab")),
            ("Ctrl+F", text("The list of cases, and its filters")),
            ("Ctrl+D", text("In a case: mark the selected step as done. On Today: open the day sheet")),
            ("D, T, W, A, N, C", text("On Today: done, tomorrow, next week, another day, not needed, call")),
            ("Ctrl+Return", text("Save the form; leaving it saves too")),
            ("Ctrl+Z", text("Undo the last action; in a text field, undo typing")),
            ("Ctrl+P", text("Print the case")),
            ("Ctrl+L", text("Lock", "button")),
            ("Alt+Left", text("The page before, from every page")),
            ("Esc", text("Close what covers the page; leave it where it has Back")),
            ("Ctrl+C", text("Copy the chosen line of a list")),
            ("Shift+F10", text("What can be done with the chosen line")),
            ("Ctrl++ · Ctrl+- · Ctrl+0", text("Pages of a document: larger, smaller, whole width")),
            (SHOWING, text("In a passphrase or PIN: show what is typed")),
            ("F1", text("This help")),
        ]

    def toggle(self, sentence: str) -> None:
        """Show or hide the help of the page in front."""
        if self.isVisible():
            self.hide()
            return
        self._sentence.setText(sentence)
        wanted = self._inner.heightForWidth(self.width() - 4 * GAP_LARGE) + GAP_LARGE
        self._scroll.setFixedHeight(wanted)
        whole = self.body.heightForWidth(self.width())
        room = self._frame.height() - 64 - 3 * GAP_LARGE
        if whole > room:
            self._scroll.setFixedHeight(max(wanted - (whole - room), 4 * GAP_LARGE))
        self.body.invalidate()
        self.resize(self.width(), self.body.heightForWidth(self.width()) + GAP_TINY)
        self.move(self._frame.width() - self.width() - 24, 64)
        self.raise_()
        self.show()
