"""Starts an office's store: the office, the first officer, the passphrase."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain import country
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.packs import shipped
from avrr_desktop.operations.unlocking import SHORTEST_PASSPHRASE
from avrr_desktop.ui.theme import GAP, GAP_HUGE, Theme
from avrr_desktop.ui.widgets import Card, Column, button, label, row
from avrr_desktop.words import Words


@dataclass(frozen=True, slots=True)
class NewStore:
    """What the page collected."""

    office: dict[str, str]
    officer: dict[str, str]
    passphrase: str


class NewStorePage(Column):
    """One page, top to bottom; problems are said beside the button."""

    wanted = Signal(object)  # NewStore
    left = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Start this office’s store"), "title"))
        office, person, secret = (
            Card(words.text("Office")),
            Card(words.text("First officer")),
            Card(words.text("Passphrase")),
        )
        self.name = self._line(office, words.text("Name of the office"), words.text("For example: Tirana office"))
        self.code = self._line(
            office,
            words.text("Office code"),
            words.text("Three letters, for example TIR. They stand in every case number."),
        )
        self.country = QComboBox()
        self.country.setAccessibleName(words.text("Country"))
        for code in country.RETURN:
            self.country.addItem(country_name(code, words), code)
        office.body.addWidget(label(words.text("Country"), "muted"))
        office.body.addWidget(self.country)
        office.body.addWidget(label(words.text(country.KOSOVO_NOTE), "hint"))
        self.programme = QComboBox()
        self.programme.setAccessibleName(words.text("Programme"))
        self.programme.addItem("", "")
        for code, text in shipped().codes["programme"].items():
            self.programme.addItem(words.text(text), code)
        office.body.addWidget(label(words.text("Programme"), "muted"))
        office.body.addWidget(self.programme)
        office.body.addWidget(label(words.text("It stands on every print. It may stay empty."), "hint"))
        self.officer = self._line(person, words.text("Name"), "")
        self.initials = self._line(person, words.text("Initials"), "")
        self.passphrase = self._line(secret, words.text("Passphrase"), words.text(
            "At least {count} letters: for example five words that belong to nobody. There is no way to reset it.",
            count=SHORTEST_PASSPHRASE))  # fmt: skip
        self.again = self._line(secret, words.text("Passphrase again"), "")
        for line in (self.passphrase, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(office)
        column.addWidget(person)
        column.addWidget(secret)
        self._problem = label("", "problem")
        column.addWidget(self._problem)
        self.make = button(words.text("Make the store"), self._on_make, name="primary", shortcut="Ctrl+Return")
        column.addLayout(row(self.make, button(words.text("Back"), self.left.emit, name="quiet", shortcut="Esc"), 1))
        column.addStretch(1)
        self.centre(inner, theme.px(600))

    def _line(self, card: Card, name: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setAccessibleDescription(hint)
        card.body.addWidget(label(name, "muted"))
        card.body.addWidget(line)
        if hint:
            card.body.addWidget(label(hint, "hint"))
        return line

    def say(self, problem: str) -> None:
        """Show what is wrong."""
        self._problem.setText(problem)
        self.make.setEnabled(True)

    def _on_make(self) -> None:
        words = self._words
        code = self.code.text().strip().upper()
        if not self.name.text().strip():
            return self._ask(self.name, words.text("The office needs a name."))
        if len(code) != 3 or not code.isalpha() or not code.isascii():
            return self._ask(self.code, words.text("The office code has three letters from A to Z."))
        if not self.officer.text().strip():
            return self._ask(self.officer, words.text("Write who works here: the name stands on every entry."))
        if len(self.passphrase.text()) < SHORTEST_PASSPHRASE:
            return self._ask(
                self.passphrase,
                words.text("The passphrase is too short: at least {count} letters.", count=SHORTEST_PASSPHRASE),
            )
        if self.passphrase.text() != self.again.text():
            return self._ask(self.again, words.text("The two passphrases are not the same."))
        self.say("")
        self.make.setEnabled(False)
        office = {"name": self.name.text().strip(), "code": code, "country": str(self.country.currentData()),
                  "programme": str(self.programme.currentData())}  # fmt: skip
        officer = {"name": self.officer.text().strip(), "initials": self.initials.text().strip(), "role": "supervisor"}
        office, officer = ({key: value for key, value in group.items() if value} for group in (office, officer))
        self.wanted.emit(NewStore(office, officer, self.passphrase.text()))
        return None

    def _ask(self, line: QLineEdit, problem: str) -> None:
        self.say(problem)
        line.setFocus()
