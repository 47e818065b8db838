"""“Already recorded?” beside the grid: who in the store may be the one of the row with the cursor."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from avrr_desktop.operations.cases.search import LikelyPerson, likely_people
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.already_here import advice, likely_lines
from avrr_desktop.ui.forms.grid.columns import BORN, FAMILY, GIVEN
from avrr_desktop.ui.forms.grid.rows import FamilyRows
from avrr_desktop.ui.system.pause_timer import LOOKING
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.item_list import ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import Theme


class LikelyList(ItemList):
    """The people; Return goes to the case of one, Space takes them, Escape leaves the list."""

    left = Signal()
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take with Space, go away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class HereAlready(Card):
    """``row_wanted``: the row to look at was left; ``taken``: this person of the store is the one of the row."""

    taken = Signal(str)
    case_wanted = Signal(str)
    left = Signal()

    def __init__(self, acts: Actions, theme: Theme, rows: FamilyRows, here: frozenset[str], *, may_go: bool) -> None:
        """``here``: who is in the case already; ``may_go``: whether another case may be shown instead."""
        words = acts.workspace.words
        super().__init__(words.text("Already recorded?"))
        self._acts, self._rows, self._here = acts, rows, here
        self._found: list[LikelyPerson] = []
        self._number = 0  # the row of which they are
        self.advice = label("", "muted")
        self.people = LikelyList(theme, words.text("Possible duplicates"))
        self.people.setFixedHeight(theme.px(52))  # one whole line; the others a key further down
        self.people.left.connect(self.left)
        self.people.taken.connect(self.take)
        self.go = button(words.text("Go to the case"), self.go_to_case)
        self.use = button(words.text("Same person: use in this row"), self.take)
        RowMenu(self.people, words, lambda: (self.use, self.go))
        self._go = may_go
        if may_go:
            self.people.itemActivated.connect(lambda _: self.go_to_case())
        else:
            self.people.itemActivated.connect(lambda _: self.take())
        self.body.addWidget(self.advice)
        self.body.addWidget(self.people)
        self.body.addLayout(WrappingRow(self.use, self.go))
        self.body.addStretch(1)
        self.show_row(0)

    @property
    def found(self) -> bool:
        """Whether somebody is shown for whom more than a family name speaks."""
        return any(one.speaks_for(self._name) for one in self._found)

    def likely(self, number: int, *, near: bool = True) -> list[LikelyPerson]:
        """Return who in the store may be the person of a row; nobody for one who was taken from there."""
        row = self._rows.rows[number]
        name = " ".join(
            filter(None, (row.text(GIVEN), row.text(FAMILY) if row.text(GIVEN) or FAMILY not in row.filled else ""))
        )
        if row.known or row.empty or not name:
            return []
        born = str(self._rows.cell(number, BORN).value or "")
        none: list[LikelyPerson] = []
        found = self._acts.ask(lambda: likely_people(self._acts.workspace, name, born, near=near), none)
        out = self._here | {one.known for one in self._rows.rows}
        return [one for one in found if one.person.uid not in out]

    def doubtful(self, number: int) -> bool:
        """Return whether the person of a row may be in the store: more than a family name speaks for it."""
        name = self._name_of(number)
        return any(one.speaks_for(name) for one in self.likely(number))

    def _name_of(self, number: int) -> str:
        row = self._rows.rows[number]
        return f"{row.text(GIVEN)} {row.text(FAMILY)}".strip()

    def show_row(self, number: int, *, near: bool = True, awaited: bool = False) -> None:
        """Show who may be the one of a row. ``awaited``: a second look comes, so until then nobody is said to be missing."""
        name, found = self._name_of(number), self.likely(number, near=near)
        if awaited and name and not found and self._found and number == self._number:
            return
        self._name, self._number, self._found = name, number, found
        self.people.show_lines(likely_lines(self._acts.workspace, self._found), self.people.chosen())
        if self._found and not self.people.chosen():
            self.people.setCurrentRow(0)
        some = bool(self._found)
        self.people.setVisible(some)
        self.use.setVisible(some)
        self.go.setVisible(some and self._go)
        if not self._go:  # beside a search it says as well that nobody is like them
            self.setVisible(some)
        typed = "" if self._rows.rows[number].known or self._rows.rows[number].empty else self._name
        words = self._acts.workspace.words
        looking = awaited and typed and not found
        self.advice.setText(words.text(LOOKING) if looking else advice(words, typed, found))

    def chosen(self) -> LikelyPerson | None:
        """Return who is chosen among them."""
        return next((one for one in self._found if one.person.uid == self.people.chosen()), None)

    def take(self) -> None:
        """Use the chosen one in the row."""
        if (one := self.chosen()) is not None:
            self.taken.emit(one.person.uid)

    def go_to_case(self) -> None:
        """Go to the case of the chosen one."""
        if (one := self.chosen()) is not None:
            self.case_wanted.emit(one.case.uid)
