"""Unlocks a store: the passphrase, and then who is at work."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.people.initials import proposed
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.language import Language
from avrr_desktop.operations.session.workspace import PRACTICE_PASSPHRASE
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, Theme


class UnlockPage(Column):
    """Asks for the passphrase; in practice it is offered."""

    wanted = Signal(str)  # passphrase
    left = Signal()
    restore_wanted = Signal()
    guide_wanted = Signal()

    def __init__(self, words: Language, theme: Theme, store: str, *, practice: bool) -> None:
        super().__init__()
        self._words = words
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE * 2, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Unlock the store"), "title"))
        column.addWidget(label(store, "muted"))
        card = Card()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(words.text("Passphrase"))
        self.passphrase.returnPressed.connect(self._on_unlock)
        card.body.addWidget(label(words.text("Passphrase"), "muted"))
        card.body.addWidget(self.passphrase)
        if practice:
            self.passphrase.setText(PRACTICE_PASSPHRASE)
            self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal)
            card.body.addWidget(label(words.text("This is a practice store: its passphrase is no secret."), "hint"))
        self._problem = label("", "problem")
        card.body.addWidget(self._problem)
        self.unlock = button(words.text("Unlock"), self._on_unlock, name="primary")
        card.body.addLayout(row(self.unlock, 1, button(words.text("Another store"), self.left.emit, name="quiet")))
        column.addWidget(card)
        guide = button(words.text("Read the guide (F1)"), self.guide_wanted.emit, name="quiet", shortcut="F1")
        restore = button(words.text("Bring a backup back"), self.restore_wanted.emit, name="quiet")
        column.addLayout(WrappingRow(guide, *([] if practice else [restore])))
        column.addStretch(1)
        self.centre(inner, theme.px(460))
        self.passphrase.setFocus()

    def _on_unlock(self) -> None:
        if self.unlock.isEnabled():
            self.unlock.setEnabled(False)
            self._problem.setText(self._words.text("Unlocking …"))
            self.wanted.emit(self.passphrase.text())

    def say(self, problem: str) -> None:
        """Show why it did not open; the passphrase can be typed again."""
        self._problem.setText(problem)
        self.unlock.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()


class WhoPage(Column):
    """Asks who is at work; the name stands on every entry."""

    chosen = Signal(str)  # officer
    added = Signal(str, str)  # name, initials

    def __init__(self, words: Language, theme: Theme, officers: tuple[Record, ...]) -> None:
        super().__init__()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE * 2, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Who is at work?"), "title"))
        column.addWidget(label(words.text("Your name stands on everything that you write."), "muted"))
        self.list = ItemList(theme, words.text("Officers"))
        self.list.show_lines(
            [Item(record.uid, record.text("name"), "", "person", "", record.text("initials")) for record in officers]
        )
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(self.list.wanted_height() + 4, theme.px(300)))
        self.list.itemActivated.connect(lambda _: self.choose())
        self.list.itemDoubleClicked.connect(lambda _: self.choose())
        column.addWidget(self.list)
        begin = button(words.text("Begin"), self.choose, name="primary")
        if not officers:
            self.list.hide()
            begin.hide()
        column.addLayout(row(begin, 1))
        card = Card(words.text("Somebody new"))
        self.name, self.initials = QLineEdit(), QLineEdit()
        for text, line in ((words.text("Name"), self.name), (words.text("Initials"), self.initials)):
            line.setAccessibleName(text)
            card.body.addWidget(label(text, "muted"))
            card.body.addWidget(line)
        self.name.textEdited.connect(self._propose)
        self.name.returnPressed.connect(self._on_add)
        self.initials.returnPressed.connect(self._on_add)
        self._problem = label("", "problem")
        card.body.addWidget(self._problem)
        card.body.addLayout(row(button(words.text("Add and begin"), self._on_add), 1))
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
        self._problem.setText(problem)
        self.initials.setFocus()

    def choose(self) -> None:
        """Begin as the chosen officer."""
        if self.list.chosen():
            self.chosen.emit(self.list.chosen())

    def _on_add(self) -> None:
        if self.name.text().strip():
            self.added.emit(self.name.text().strip(), self.initials.text().strip())
