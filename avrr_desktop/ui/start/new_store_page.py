"""Starts an office's store on one screen: the office, who works there, the passphrase, and what will be made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.people import country
from avrr_desktop.domain.people.initials import fits, gives_away, proposed
from avrr_desktop.domain.policy import Policy
from avrr_desktop.domain.records.rules import TOO_MANY_INITIALS
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import escrow_line
from avrr_desktop.operations.computer.shipped_packs import shipped
from avrr_desktop.ui.widgets.controls import Card, Choice, Front, button, label, row
from avrr_desktop.ui.widgets.secret_line import NewPassphrase
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_TINY, Theme

_OFFICE = ("name", "code", "country", "programme")


@dataclass(frozen=True, slots=True)
class NewStore:
    """What the page collected."""

    office: dict[str, str]
    officer: dict[str, str]
    passphrase: str

    @property
    def names(self) -> tuple[str, ...]:
        """What makes a passphrase easy to guess."""
        return tuple(filter(None, (*self.office.values(), *self.officer.values())))


class _Check(NamedTuple):
    line: QWidget
    good: bool
    problem: str


class NewStorePage(Front):
    """What the policy of the computer says of the office is not asked. Enter goes to the next line, and at the last one on."""

    wanted = Signal(object)  # NewStore
    left = Signal()

    def __init__(self, words: Language, theme: Theme, policy: Policy) -> None:
        super().__init__()
        self._words, self._policy = words, policy
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_LARGE, GAP, GAP_LARGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Create this office’s store"), "title"))
        self._where = label("", "muted")
        office, person, secret = (
            Card(words.text("Office", "own office")), Card(words.text("First officer")), Card(words.text("Passphrase")),
        )  # fmt: skip
        self._fill_office(office)
        self._fill_person(person)
        self._fill_secret(secret)
        if set(_OFFICE) <= policy.office.keys():
            office.hide()
        made = Card(words.text("What will be created"))
        self.summary = label("", "muted")
        made.body.addWidget(self.summary)
        for card in (office, person, secret, made):
            column.addWidget(card)
        column.addWidget(self.problem)
        self.make = button(words.text("Create the store"), self._on_make, name="primary", shortcut="Ctrl+Return")
        self.back = button(words.text("Back", "button"), self._on_back, name="quiet", shortcut="Esc")
        self.back.by_blank = False  # there are blanks in a passphrase
        below = row(self.make, self.back, self._where)
        below.setStretch(2, 1)
        column.addLayout(below)
        column.addStretch(1)
        self.centre(inner, theme.px(660))
        self._connect()
        self._tell()

    def _fill_office(self, card: Card) -> None:
        words, given = self._words, self._policy.office
        self.name = self._line(card.body, words.text("Name of the office"), words.text("For example: Tirana office"))
        parts = _row(card, 2, 3, 3)
        self.code = self._line(parts[0], words.text("Office code"), words.text("Three letters, for example TIR"))
        self.code.setMaxLength(3)
        self.country = self._box(
            parts[1], words.text("Country"), [(code, country_name(code, words)) for code in country.RETURN]
        )
        programmes = [(code, words.text(text)) for code, text in shipped().labels("programme").items()]
        self.programme = self._box(parts[2], words.text("Programme"), [("", words.text("Decide later")), *programmes])
        card.body.addWidget(label(words.text(country.KOSOVO_NOTE), "hint"))
        self.name.setText(given.get("name", ""))
        self.code.setText(given.get("code", ""))
        for box, key in ((self.country, "country"), (self.programme, "programme")):
            box.let_narrow()
            if key in given:
                box.setCurrentIndex(box.findData(given[key]))
        for field, key in zip((self.name, self.code, self.country, self.programme), _OFFICE, strict=True):
            field.setEnabled(key not in given)
        if given:
            card.body.addWidget(label(words.text("Grey settings were made by your IT."), "hint"))

    def _fill_person(self, card: Card) -> None:
        words, parts = self._words, _row(card, 3, 1)
        self.officer = self._line(parts[0], words.text("Name", "field: name of a person"),
                                  words.text("It appears on every entry you make. You can add colleagues later."))  # fmt: skip
        self.initials = self._line(
            parts[1], words.text("Initials", "field: name of a person"), words.text("For lists, for example AH")
        )

    def _fill_secret(self, card: Card) -> None:
        words = self._words
        names = (words.text("Passphrase"), words.text("Passphrase again"))
        self.pair = NewPassphrase(words, names, self._policy.shortest_passphrase, lambda: self._collected().names)
        self.passphrase, self.again = self.pair.line, self.pair.again
        card.body.addWidget(self.pair)

    def _line(self, body: QVBoxLayout, name: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setAccessibleDescription(hint)
        for widget in (label(name, "muted"), line, label(hint, "hint")):
            body.addWidget(widget)
        return line

    def _box(self, body: QVBoxLayout, name: str, options: list[tuple[str, str]]) -> Choice:
        box = Choice()
        box.setAccessibleName(name)
        for code, text in options:
            box.addItem(text, code)
        body.addWidget(label(name, "muted"))
        body.addWidget(box)
        body.addStretch(1)
        return box

    def _connect(self) -> None:
        self.officer.textChanged.connect(self._propose)
        lines = (self.name, self.code, self.officer, self.initials, self.passphrase)
        following = (self.code, self.country, self.initials, self.passphrase, self.again)
        for line, after in zip(lines, following, strict=True):
            line.returnPressed.connect(lambda after=after: self._step_to(after))
        self.again.returnPressed.connect(self._on_make)
        for line in (self.name, self.code, self.officer, self.initials):
            line.textChanged.connect(lambda _: self._tell())
        for box in (self.country, self.programme):
            box.currentIndexChanged.connect(lambda _: self._tell())

    def _step_to(self, line: QWidget) -> None:
        """Go to a line, past what the policy says already."""
        if line.isEnabled():
            line.setFocus()
        else:
            self.officer.setFocus()

    def _tell(self) -> None:
        """Show what will be made, so that a slip is seen before it stands on every entry."""
        words = self._words
        self._where.setText(words.text("One more screen follows: the recovery code."))
        made = self._collected()
        office = ", ".join(filter(None, (
            made.office.get("name"), made.office.get("code"), self.country.currentText(),
            self.programme.currentText() if made.office.get("programme") else "",
        )))  # fmt: skip
        officer = ", ".join(filter(None, (made.officer.get("name"), made.officer.get("initials"))))
        lines = (words.text("Office: {office}", office=office), words.text("First officer: {officer}", officer=officer))
        self.summary.setText("\n".join(filter(None, (" · ".join(lines), escrow_line(self._policy, words)))))

    def _propose(self, name: str) -> None:
        """Propose initials as long as nobody wrote others."""
        if not self.initials.isModified():
            self.initials.setText(proposed(name))
            self.initials.selectAll()

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Stay in the first line where one would go back from it: round the corner lies the way out, and typing goes on."""
        return True if not onwards and self.first_line().hasFocus() else super().focusNextPrevChild(onwards)

    def first_line(self) -> QWidget:
        """Return the line in which one begins."""
        lines: tuple[QWidget, ...] = (self.name, self.code, self.country, self.programme)
        return next((line for line in lines if line.isEnabled()), self.officer)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first line."""
        super().showEvent(event)
        self.first_line().setFocus()

    def say(self, problem: str) -> None:
        """Show what is wrong."""
        super().say(problem)
        self._tell()

    def _on_back(self) -> None:
        self.left.emit()

    def _checks(self) -> Iterator[_Check]:
        words, code = self._words, self.code.text().strip()
        missing = self._policy.shortest_passphrase - len(self.passphrase.text())
        yield _Check(self.name, bool(self.name.text().strip()), words.text("Enter a name for the office."))
        yield _Check(self.code, len(code) == 3 and code.isalpha() and code.isascii(),
                     words.text("The office code must have three letters from A to Z."))  # fmt: skip
        yield _Check(self.officer, bool(self.officer.text().strip()),
                     words.text("Enter who works here: the name appears on every entry."))  # fmt: skip
        yield _Check(self.initials, fits(self.initials.text().strip()), words.text(TOO_MANY_INITIALS))
        for line in (self.name, self.officer, self.initials):
            yield _Check(line, not gives_away(line.text(), self.passphrase.text()), words.text(
                "This contains part of the passphrase, where anybody can read it. Write something else, or choose another "
                "passphrase."))  # fmt: skip
        yield _Check(self.passphrase, missing <= 0, words.plural(
            "The passphrase is too short: {count} more character is needed.",
            "The passphrase is too short: {count} more characters are needed.", missing, count=missing))  # fmt: skip
        yield _Check(self.again, self.pair.same, words.text("The two passphrases are not the same."))

    def _on_make(self) -> None:
        self.say("")
        wrong = next((check for check in self._checks() if not check.good), None)
        if wrong is not None:
            self.say(wrong.problem)
            wrong.line.setFocus()
            return
        self._where.setText(self._words.text("Creating the store. This takes a few seconds …"))
        self.setEnabled(False)  # until it is made, or not: whoever waits for it says so
        self.wanted.emit(self._collected())

    def _collected(self) -> NewStore:
        office = {"name": self.name.text().strip(), "code": self.code.text().strip().upper(),
                  "country": str(self.country.currentData()), "programme": str(self.programme.currentData())}  # fmt: skip
        officer = {"name": self.officer.text().strip(), "initials": self.initials.text().strip(), "role": "supervisor"}
        office, officer = ({key: value for key, value in group.items() if value} for group in (office, officer))
        return NewStore(office, officer, self.passphrase.text())


def _row(card: Card, *shares: int) -> list[QVBoxLayout]:
    """Return columns beside each other in a card, with these shares of its width."""
    line = QHBoxLayout()
    line.setSpacing(GAP)
    columns = []
    for share in shares:
        columns.append(column := QVBoxLayout())
        column.setSpacing(GAP_TINY)
        line.addLayout(column, share)
    card.body.addLayout(line)
    return columns
