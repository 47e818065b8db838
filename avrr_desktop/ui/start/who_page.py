"""Who is at work, where several officers share one passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.people.initials import proposed
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import Card, Front, button, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, Theme


class WhoPage(Front):
    """Asks who is at work; the name stands on every entry."""

    chosen = Signal(str)  # officer
    added = Signal(str, str)  # name, initials

    def __init__(self, words: Language, theme: Theme, officers: tuple[Record, ...]) -> None:
        super().__init__()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE * 2, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Who is using the program?"), "title"))
        column.addWidget(label(words.text("Your name appears on everything you write."), "muted"))
        self.list = ItemList(theme, words.text("Officers"))
        self.list.show_lines(
            [Item(record.uid, record.text("name"), "", "person", "", record.text("initials")) for record in officers]
        )
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(self.list.wanted_height() + 4, theme.px(300)))
        self.list.itemActivated.connect(lambda _: self.choose())
        self.list.itemDoubleClicked.connect(lambda _: self.choose())
        column.addWidget(self.list)
        begin = button(words.text("Start", "button"), self.choose, name="primary")
        if not officers:
            self.list.hide()
            begin.hide()
        RowMenu(self.list, words, lambda: (begin,))
        column.addLayout(row(begin, 1))
        card = Card(words.text("New officer"))
        self.name, self.initials = QLineEdit(), QLineEdit()
        for text, line in (
            (words.text("Name", "field: name of a person"), self.name),
            (words.text("Initials", "field: name of a person"), self.initials),
        ):
            line.setAccessibleName(text)
            card.body.addWidget(label(text, "muted"))
            card.body.addWidget(line)
        self.name.textEdited.connect(self._propose)
        self.name.returnPressed.connect(self._on_add)
        self.initials.returnPressed.connect(self._on_add)
        card.body.addWidget(self.problem)
        card.body.addLayout(row(button(words.text("Add and start"), self._on_add), 1))
        column.addWidget(card)
        column.addStretch(1)
        self.centre(inner, theme.px(460))
        (self.list if officers else self.name).setFocus()

    def _propose(self, name: str) -> None:
        if not self.initials.isModified():  # nobody wrote others
            self.initials.setText(proposed(name))
            self.initials.selectAll()

    def say(self, problem: str) -> None:
        """Show why somebody new was not added."""
        super().say(problem)
        self.initials.setFocus()

    def choose(self) -> None:
        """Begin as the chosen officer."""
        if self.list.chosen():
            self.chosen.emit(self.list.chosen())

    def _on_add(self) -> None:
        if self.name.text().strip():
            self.added.emit(self.name.text().strip(), self.initials.text().strip())
