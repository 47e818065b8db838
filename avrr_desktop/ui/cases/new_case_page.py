"""A new case begins as a search: who is at the desk, and are they here already?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import LikelyPerson, likely_people
from avrr_desktop.operations.session.drafts import draft_of, drop_draft, keep_draft
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.already_here import TYPING_PAUSE_MS, advice, likely_lines
from avrr_desktop.ui.forms.form import DRAFT_AFTER_MS
from avrr_desktop.ui.forms.letter_cycling import offer_letters
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import Card, Column, button, check_box, label
from avrr_desktop.ui.widgets.item_list import ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme

FORM = "new case"


class NewCasePage(QWidget):
    """Names and birth year at the left, likely people beside them as somebody types."""

    opened = Signal(str)  # case
    left = Signal()

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        words = acts.workspace.words
        self.family_name = self._line(words.text("Family name"))
        self.given_names = self._line(words.text("Given names"))
        self.year = self._line(words.text("Year of birth"))
        self.problem = label("", "problem")
        self.problem.hide()
        self._likely: list[LikelyPerson] = []
        self.people = ItemList(theme, words.text("Possible duplicates"))
        self.people.itemActivated.connect(lambda _: self.go_to_likely())
        self.advice = label("", "muted")
        self.new_family = button(words.text("Open a new case"), self.open_new, name="primary", shortcut="Ctrl+Return")
        self._same = button(words.text("Same person: go to the case"), self.go_to_likely)
        self._second = button(words.text("Same person: open a new case"), self.open_with_likely, name="quiet")
        form, likely = self._who_card(), self._likely_card()
        left = Column()
        left.body.addWidget(form)
        left.body.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(left, 1)
        across.addWidget(likely, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(label(words.text("New case"), "title"))
        whole.addWidget(
            label(
                words.text(
                    "Type the name first: if the person is in another case, it appears here, even if it was written in "
                    "another script."
                ),
                "muted",
            )
        )
        whole.addLayout(across, 1)
        self._timer = pause_timer(self, TYPING_PAUSE_MS, self.show_likely)
        for line in self._lines().values():
            line.returnPressed.connect(self._on_return)
        self._draft_timer = pause_timer(self, DRAFT_AFTER_MS, self.keep_draft)
        self.show_likely()

    def _who_card(self) -> Card:
        words = self._acts.workspace.words
        form = Card(words.text("Who is the case about?"))
        for text, line in ((words.text("Family name"), self.family_name), (words.text("Given names"), self.given_names),
                           (words.text("Year of birth"), self.year)):  # fmt: skip
            form.body.addWidget(label(text, "muted"))
            form.body.addWidget(line)
        form.body.addWidget(
            label(words.text("Exactly as spelled in the document. Everything else can be added later."), "hint")
        )
        self.abroad = check_box(words.text("Still abroad"))
        form.body.addWidget(self.abroad)
        form.body.addWidget(
            label(
                words.text(
                    "The case is opened before the arrival. On the planned day, the program asks for confirmation."
                ),
                "hint",
            )
        )
        form.body.addWidget(self.problem)
        form.body.addLayout(
            WrappingRow(
                self.new_family, button(words.text("Cancel", "button"), self._on_cancel, name="quiet", shortcut="Esc")
            )
        )
        return form

    def _likely_card(self) -> Card:
        likely = Card(self._acts.workspace.words.text("Already recorded?"))
        likely.body.addWidget(self.advice)
        likely.body.addWidget(self.people, 1)
        likely.body.addLayout(WrappingRow(self._same, self._second))
        self._rest = QWidget()
        likely.body.addWidget(self._rest, 1)
        return likely

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        offer_letters(line)
        line.setAccessibleName(name)
        line.setMaxLength(200)
        line.textEdited.connect(self._on_edited)
        return line

    def _on_return(self) -> None:
        """Go on to the next line; after the last to the likely people, else to the button: nothing is opened by reflex."""
        self.show_likely()
        lines: list[QWidget] = [*self._lines().values()]
        last = self.people if self._likely else self.new_family
        now = next((number for number, line in enumerate(lines) if line.hasFocus()), len(lines) - 1)
        [*lines, last][now + 1].setFocus()

    def _on_edited(self) -> None:
        self._timer.start()
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _lines(self) -> dict[str, QLineEdit]:
        return {"family_name": self.family_name, "given_names": self.given_names, "birth_date": self.year}

    def leave(self, *, parting: bool = False) -> None:
        """Keep what is typed as a draft, which is put back when the page is shown again."""
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep what is typed, encrypted in the store; nothing where nothing is typed."""
        self._draft_timer.stop()
        typed = {key: line.text() for key, line in self._lines().items()}
        workspace = self._acts.workspace
        if any(text.strip() for text in typed.values()) and not workspace.locked and may(workspace, Permission.RECORD):
            self._acts.do(lambda: keep_draft(workspace, FORM, "", "case", "", typed, ()))

    def drop_draft(self) -> None:
        """Forget what is typed here."""
        self._draft_timer.stop()
        for line in self._lines().values():
            line.clear()
        self.abroad.setChecked(False)
        if may(self._acts.workspace, Permission.RECORD):  # a reader looks at the page, and may type what is not kept
            self._acts.do(lambda: drop_draft(self._acts.workspace, FORM))

    def _on_cancel(self) -> None:
        self.drop_draft()
        self.left.emit()

    def begin(self) -> None:
        """Put back what was typed here and not used, and the cursor into the name."""
        draft = draft_of(self._acts.workspace, FORM)
        for key, line in self._lines().items():
            line.setText(str(draft.values.get(key, "")) if draft else "")
        self.problem.hide()
        self.show_likely()
        self.family_name.setFocus()

    def show_likely(self) -> None:
        """Show people in the store who may be the one that is typed."""
        workspace = self._acts.workspace
        name = f"{self.given_names.text()} {self.family_name.text()}".strip()
        born = workspace.words.typed_date(self.year.text().strip(), workspace.today.year)
        none: list[LikelyPerson] = []
        found = self._acts.ask(lambda: likely_people(workspace, name, str(born or "")), none) if name else none
        self._likely = found
        self.people.show_lines(likely_lines(workspace, found))
        if found:
            self.people.setCurrentRow(0)
        self.people.setVisible(bool(found))
        self._rest.setVisible(not found)
        for widget in (self._same, self._second):
            widget.setVisible(bool(found))
        self.advice.setText(advice(workspace.words, name, len(found)))

    def _chosen(self) -> LikelyPerson | None:
        return next((likely for likely in self._likely if likely.person.uid == self.people.chosen()), None)

    def go_to_likely(self) -> None:
        """Open the case of the person who is chosen among those who may be the same."""
        if (likely := self._chosen()) is not None:
            self.drop_draft()
            self.opened.emit(likely.case.uid)

    def open_with_likely(self) -> None:
        """Open a new case for the person who is chosen."""
        if (likely := self._chosen()) is not None:
            self._open(known=likely.person.uid)

    def open_new(self) -> None:
        """Open a case for a new family."""
        words = self._acts.workspace.words
        family, given, year = (line.text().strip() for line in (self.family_name, self.given_names, self.year))
        if not family and not given:
            self._say(words.text("Enter at least one name, so that the case can be found."))
            self.family_name.setFocus()
            return
        born = words.typed_date(year, self._acts.workspace.today.year) if year else None
        if year and born is None:
            self._say(words.text("The year of birth cannot be read. Write for example 1985, or leave it empty."))
            self.year.setFocus()
            return
        person = {"family_name": family, "given_names": given, "birth_date": str(born) if born else ""}
        self._open(person={key: value for key, value in person.items() if value})

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.show()

    def _case(self) -> dict[str, str]:
        return {"status": CaseStatus.PRE_ARRIVAL.code} if self.abroad.isChecked() else {}

    def _open(self, *, known: str = "", person: dict[str, str] | None = None) -> None:
        workspace = self._acts.workspace
        made: list[str] = []

        def verb() -> Changes:
            result = open_case(workspace, self._case(), [(person, {})] if person else [], known=known)
            made.append(result.case)
            return result.changes

        if self._acts.do(verb, workspace.words.text("Case opened")):
            self.drop_draft()
            self.opened.emit(made[0])
