"""Starts an office's store, one thing at a time: the office, who works there, the passphrase."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.people import country
from avrr_desktop.domain.people.initials import fits, gives_away, proposed
from avrr_desktop.domain.policy import Policy
from avrr_desktop.domain.records.rules import TOO_MANY_INITIALS
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import escrow_line
from avrr_desktop.operations.computer.shipped_packs import shipped
from avrr_desktop.ui.widgets.controls import Card, Choice, Front, button, check_box, label, row
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, Theme


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


class NewStorePage(Front):
    """Three steps; what the policy of the computer says of the office is not asked. Problems are said beside the button."""

    wanted = Signal(object)  # NewStore
    left = Signal()

    def __init__(self, words: Language, theme: Theme, policy: Policy) -> None:
        super().__init__()
        self._words, self._policy = words, policy
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Create this office’s store"), "title"))
        self._where = label("", "muted")
        column.addWidget(self._where)
        self.at = 0
        self._steps: list[tuple[str, Card]] = []
        self._cards = QVBoxLayout()
        self._fill_office(self._step(words.text("Office", "own office")))
        person = self._step(words.text("First officer"))
        person.body.addWidget(label(words.text(
            "Your name appears on every entry you make. You can add colleagues later, each with a personal " "passphrase."),
            "muted"))  # fmt: skip
        self.officer = self._line(person, words.text("Name", "field: name of a person"), "")
        self.officer.textChanged.connect(self._propose)
        self.initials = self._line(
            person,
            words.text("Initials", "field: name of a person"),
            words.text("For example: AH. They appear in lists."),
        )
        secret = self._step(words.text("Passphrase"))
        self.passphrase = self._line(secret, words.text("Passphrase"), words.text(
            "Minimum length: {count} characters. For example, five unrelated words. It cannot be reset.",
            count=policy.shortest_passphrase))  # fmt: skip
        self.again = self._line(secret, words.text("Passphrase again"), "")
        for line in (self.passphrase, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.shown = check_box(words.text("Show the passphrase"))
        self.shown.toggled.connect(self._on_shown)
        secret.body.addWidget(self.shown)
        self.summary = label("", "muted")
        secret.body.addWidget(label(words.text("What will be created"), "muted"))
        secret.body.addWidget(self.summary)
        secret.body.addWidget(label(escrow_line(policy, words) or words.text(
            "There is one more step after this: a recovery code on paper, in case the passphrase is forgotten."), "hint"))  # fmt: skip
        column.addLayout(self._cards)
        column.addWidget(self.problem)
        self.go_on = button(words.text("Continue", "button"), self._on_continue, name="primary", shortcut="Ctrl+Return")
        self.make = button(words.text("Create the store"), self._on_make, name="primary")
        self.back = button(words.text("Back", "button"), self._on_back, name="quiet", shortcut="Esc")
        self.back.by_blank = False  # there are blanks in a passphrase
        column.addLayout(row(self.go_on, self.make, self.back, 1))
        column.addStretch(1)
        self.centre(inner, theme.px(600))
        self._first = 1 if {"name", "code", "country", "programme"} <= policy.office.keys() else 0
        self.show_step(self._first)

    def _step(self, name: str) -> Card:
        card = Card(name)
        self._steps.append((name, card))
        self._cards.addWidget(card)
        return card

    def _fill_office(self, office: Card) -> None:
        words, given = self._words, self._policy.office
        self.name = self._line(office, words.text("Name of the office"), words.text("For example: Tirana office"))
        self.code = self._line(
            office,
            words.text("Office code"),
            words.text("Three letters, for example TIR. They are part of every case number."),
        )
        self.country = self._box(
            office, words.text("Country"), [(code, country_name(code, words)) for code in country.RETURN], ""
        )
        office.body.addWidget(label(words.text(country.KOSOVO_NOTE), "hint"))
        programmes = [(code, words.text(text)) for code, text in shipped().labels("programme").items()]
        self.programme = self._box(office, words.text("Programme"), [("", ""), *programmes],
                                   words.text("It appears on every print. It may stay empty."))  # fmt: skip
        self.name.setText(given.get("name", ""))
        self.code.setText(given.get("code", ""))
        for box, key in ((self.country, "country"), (self.programme, "programme")):
            if key in given:
                box.setCurrentIndex(box.findData(given[key]))
        for field, key in (
            (self.name, "name"),
            (self.code, "code"),
            (self.country, "country"),
            (self.programme, "programme"),
        ):
            field.setEnabled(key not in given)
        if given:
            office.body.addWidget(label(words.text("Grey settings were made by your IT."), "hint"))

    def _line(self, card: Card, name: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setAccessibleDescription(hint)
        line.returnPressed.connect(self._on_continue)
        card.body.addWidget(label(name, "muted"))
        card.body.addWidget(line)
        if hint:
            card.body.addWidget(label(hint, "hint"))
        return line

    def _box(self, card: Card, name: str, options: list[tuple[str, str]], hint: str) -> Choice:
        box = Choice()
        box.setAccessibleName(name)
        for code, text in options:
            box.addItem(text, code)
        card.body.addWidget(label(name, "muted"))
        card.body.addWidget(box)
        if hint:
            card.body.addWidget(label(hint, "hint"))
        return box

    def show_step(self, step: int) -> None:
        """Show one step, from 0: office, officer, passphrase."""
        self.at = step
        for number, (_, card) in enumerate(self._steps):
            card.setHidden(number != step)
        last = step == len(self._steps) - 1
        self.go_on.setHidden(last)
        self.make.setHidden(not last)
        self.summary.setText(self._made())
        self._tell_step()
        self.first_line().setFocus()

    def _made(self) -> str:
        """Say what the steps before make, so that a slip is seen before it stands on every entry."""
        words = self._words
        office = ", ".join(filter(None, (
            self.name.text().strip(), self.code.text().strip().upper(), self.country.currentText(), self.programme.currentText(),
        )))  # fmt: skip
        officer = ", ".join(filter(None, (self.officer.text().strip(), self.initials.text().strip())))
        return "\n".join((
            words.text("Office: {office}", office=office), words.text("First officer: {officer}", officer=officer),
        ))  # fmt: skip

    def _propose(self, name: str) -> None:
        """Propose initials as long as nobody wrote others."""
        if not self.initials.isModified():
            self.initials.setText(proposed(name))
            self.initials.selectAll()

    def _on_shown(self, shown: bool) -> None:
        for line in (self.passphrase, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Stay in the first line where one would go back from it: round the corner lies the way out, and typing goes on."""
        return True if not onwards and self.first_line().hasFocus() else super().focusNextPrevChild(onwards)

    def _tell_step(self) -> None:
        self._where.setText(self._words.text(
            "Step {number} of {all}: {name}", number=self.at - self._first + 1, all=len(self._steps) - self._first,
            name=self._steps[self.at][0],
        ))  # fmt: skip

    def first_line(self) -> QWidget:
        """Return the line in which the step in front begins."""
        lines: tuple[tuple[QWidget, ...], ...] = (
            (self.name, self.code, self.country, self.programme), (self.officer,), (self.passphrase,),
        )  # fmt: skip
        return next((line for line in lines[self.at] if line.isEnabled()), lines[self.at][0])

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first line."""
        super().showEvent(event)
        self.first_line().setFocus()

    def say(self, problem: str) -> None:
        """Show what is wrong."""
        super().say(problem)
        self._tell_step()

    def _on_back(self) -> None:
        self.say("")
        if self.at == self._first:
            self.left.emit()
        else:
            self.show_step(self.at - 1)

    def _on_continue(self) -> None:
        step = self.at
        if step == len(self._steps) - 1:
            self._on_make()
        elif self._sound(step):
            self.show_step(step + 1)

    def _sound(self, step: int) -> bool:
        """Return whether a step can be left; if not, show it with what is missing."""
        words, code = self._words, self.code.text().strip()
        missing = self._policy.shortest_passphrase - len(self.passphrase.text())
        checks = (
            (0, self.name, bool(self.name.text().strip()), words.text("Enter a name for the office.")),
            (0, self.code, len(code) == 3 and code.isalpha() and code.isascii(),
             words.text("The office code must have three letters from A to Z.")),
            (1, self.officer, bool(self.officer.text().strip()),
             words.text("Enter who works here: the name appears on every entry.")),
            (1, self.initials, fits(self.initials.text().strip()), words.text(TOO_MANY_INITIALS)),
            *((step, line, not gives_away(line.text(), self.passphrase.text()), words.text(
                "This contains part of the passphrase, where anybody can read it. Write something else, or choose " "another passphrase."))
              for step, line in ((0, self.name), (1, self.officer), (1, self.initials))),
            (2, self.passphrase, missing <= 0, words.plural(
                "The passphrase is too short: {count} more character is needed.",
                "The passphrase is too short: {count} more characters are needed.", missing, count=missing)),
            (2, self.again, self.passphrase.text() == self.again.text(), words.text("The two passphrases are not the same.")),
        )  # fmt: skip
        for at, line, good, problem in checks:
            if at == step and not good:
                if at != self.at:
                    self.show_step(at)
                self.say(problem)
                line.setFocus()
                return False
        self.say("")
        return True

    def _on_make(self) -> None:
        if not all(self._sound(step) for step in range(len(self._steps))):
            return
        self._where.setText(self._words.text("Creating the store. This takes a few seconds …"))
        self.setEnabled(False)  # until it is made, or not: whoever waits for it says so
        office = {"name": self.name.text().strip(), "code": self.code.text().strip().upper(),
                  "country": str(self.country.currentData()), "programme": str(self.programme.currentData())}  # fmt: skip
        officer = {"name": self.officer.text().strip(), "initials": self.initials.text().strip(), "role": "supervisor"}
        office, officer = ({key: value for key, value in group.items() if value} for group in (office, officer))
        self.wanted.emit(NewStore(office, officer, self.passphrase.text()))
