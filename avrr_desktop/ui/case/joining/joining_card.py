"""Two records of one person: found, laid side by side, and made one once somebody decided of every field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import APART
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.join.apart import keep_apart
from avrr_desktop.operations.cases.join.people import cases_of_person, join_people, person_there
from avrr_desktop.operations.cases.search import LikelyPerson, likely_people
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.already_here import advice, likely_lines
from avrr_desktop.ui.system.pause_timer import TwoLooks
from avrr_desktop.ui.widgets.controls import Button, Card, button, emptied, label, row
from avrr_desktop.ui.widgets.item_list import ItemList
from avrr_desktop.ui.widgets.record_items import born_on, joined
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.side_by_side import SideBySide, asked_whole
from avrr_desktop.ui.widgets.theme import GAP_SMALL, Theme

TYPING_PAUSE_MS = 60


class JoiningCard(Card):
    """Asks which other record is the same person, unless that is known; then shows both side by side."""

    done = Signal()

    def __init__(self, acts: Actions, theme: Theme, person: str, other: str = "") -> None:
        words = acts.workspace.words
        super().__init__(words.text("Two records of one person"))
        self._acts, self._theme, self._person = acts, theme, person
        self.table: SideBySide | None = None
        self._inside = QVBoxLayout()
        self._inside.setSpacing(GAP_SMALL)
        self.body.addLayout(self._inside)
        self.name = QLineEdit()
        self.found = ItemList(theme, words.text("Possible duplicates"))
        self.looks = TwoLooks(self, TYPING_PAUSE_MS, lambda near: self.show_found(near=near))
        if other:
            self.lay(other)
        else:
            self._ask()

    def take_focus(self) -> None:
        """Put the cursor where the next thing is chosen."""
        if self.table is not None:
            self.table.take_focus()
        else:
            self.found.setFocus() if self.found.count() else self.name.setFocus()

    def _ask(self) -> None:
        """Show who may be the same person, and a line in which another name is typed."""
        words = self._acts.workspace.words
        person = self._acts.ask(lambda: person_there(self._acts.workspace, self._person), None)
        if person is None:
            return
        self.name.setText(" ".join(filter(None, (person.text("given_names"), person.text("family_name")))))
        self.name.setAccessibleName(words.text("Name to search for"))
        self.name.textEdited.connect(lambda _: self.looks.start())
        self.name.returnPressed.connect(self._lay_chosen)
        self.found.itemActivated.connect(lambda _: self._lay_chosen())
        self._advice = label("", "hint")
        self._born, self._apart = person.text("birth_date"), person.many(APART)
        asked = words.text(
            "Which record is also {person}? Nothing is changed before you have seen both.",
            person=self._shown(person),
        )
        self._inside.addWidget(label(asked, "muted"))
        self._inside.addWidget(self.name)
        self._inside.addWidget(self._advice)
        self._inside.addWidget(self.found)
        self.lay_button = button(words.text("Lay side by side"), self._lay_chosen, name="primary")
        RowMenu(self.found, words, lambda: (self.lay_button,))
        self._inside.addLayout(row(self.lay_button, self._cancel(), 1))
        self.show_found()

    def show_found(self, *, near: bool = True) -> None:
        """Show who in the store is like the name in the line; those who are only near once nobody types."""
        self.looks.stop(near=near)
        none: list[LikelyPerson] = []
        name, workspace, born = self.name.text().strip(), self._acts.workspace, self._born
        likely = self._acts.ask(lambda: likely_people(workspace, name, born, near=near), none) if name else none
        apart = {self._person, *self._apart}
        others = [one for one in likely if one.person.uid not in apart]
        if name and not others and self.looks.awaited:
            return  # whoever stands there stays until everything was looked at
        self.found.show_lines(likely_lines(workspace, others), self.found.chosen())
        self._advice.setText("" if others else advice(workspace.words, name, ()))
        if self.found.count() and not self.found.chosen():
            self.found.setCurrentRow(0)
        self.lay_button.setEnabled(bool(self.found.count()))

    def _lay_chosen(self) -> None:
        if key := self.found.chosen():
            self.lay(key)

    def lay(self, other: str) -> None:
        """Show both records side by side."""
        workspace = self._acts.workspace
        both = self._acts.ask(lambda: (person_there(workspace, self._person), person_there(workspace, other)), None)
        if both is None:
            return
        self.looks.stop()
        emptied(self._inside)
        self.table = SideBySide(workspace, *both, (self._titled(both[0]), self._titled(both[1])))
        self._other = other
        words = workspace.words
        said = words.text(
            "Both records become one person. Everything that names either of them, in every case, names that person "
            "afterwards. Other names and numbers stay findable; a value that you do not keep is written in a note."
        )
        self._inside.addWidget(label(words.text("Choose what stays. Only what differs is shown."), "muted"))
        self._inside.addWidget(self.table)
        self._inside.addWidget(label(said, "hint"))
        self.join_button = button(words.text("Join", "button: make one of two"), self.join, name="primary")
        self.apart_button = button(words.text("Not the same person"), self.keep_apart)
        self._inside.addLayout(row(self.join_button, self.apart_button, self._cancel(), 1))
        self.table.take_focus()

    def join(self) -> None:
        """Make one record of both; a field of which nothing is chosen is asked for first."""
        acts, table, workspace = self._acts, self.table, self._acts.workspace
        if table is None or not asked_whole(acts, table):
            return
        what = workspace.words.text("Two records of one person joined")
        if acts.do(lambda: join_people(workspace, self._person, self._other, table.decided), what):
            self.done.emit()

    def keep_apart(self) -> None:
        """Write down that these are two people, who are proposed to each other no more."""
        workspace = self._acts.workspace
        what = workspace.words.text("Not the same person: recorded")
        if self._acts.do(lambda: keep_apart(workspace, self._person, self._other), what):
            self.done.emit()

    def _cancel(self) -> Button:
        return button(self._acts.workspace.words.text("Cancel", "button"), self.done.emit)

    def _shown(self, person: Record) -> str:
        return person_shown(person, self._acts.workspace.today, self._acts.workspace.words)

    def _titled(self, person: Record) -> str:
        """Return whose record this is: the name, the birth, and the numbers of the cases."""
        workspace = self._acts.workspace
        none: tuple[CaseFile, ...] = ()
        cases = self._acts.ask(lambda: cases_of_person(workspace, person.uid), none)
        numbers = ", ".join(one.case.text("number") for one in cases) or workspace.words.text("in no case")
        return joined(self._shown(person), born_on(workspace, person), numbers)
