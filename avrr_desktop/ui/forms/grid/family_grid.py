"""A whole family written down at once: the grid, what its entries propose, what else is known of a person, who is here already."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.imports.intake import Arrival, return_country
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.already_here import TYPING_PAUSE_MS
from avrr_desktop.ui.forms.grid.cells import Cells
from avrr_desktop.ui.forms.grid.columns import (
    BY_NAME,
    CITIZENSHIP,
    COLUMNS,
    FAMILY,
    PAPERS,
    RELATIONSHIP,
    SITUATIONS,
    Typed,
)
from avrr_desktop.ui.forms.grid.grid_model import FamilyModel
from avrr_desktop.ui.forms.grid.grid_table import FamilyTable
from avrr_desktop.ui.forms.grid.here_already import HereAlready
from avrr_desktop.ui.forms.grid.paste import MOST_LETTERS, MOST_ROWS, cells_of, placed
from avrr_desktop.ui.forms.grid.person_panel import PersonPanel
from avrr_desktop.ui.forms.grid.proposals import Proposals
from avrr_desktop.ui.forms.grid.rows import FamilyRows, GridRow
from avrr_desktop.ui.system.pause_timer import TwoLooks
from avrr_desktop.ui.widgets.controls import button, label
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP_SMALL, Theme


class FamilyGrid(QWidget):
    """``case_file``: the case to which people are added; None for a new one, whose first row is the principal applicant."""

    touched = Signal()
    done = Signal()  # somebody is through with the rows

    def __init__(self, acts: Actions, theme: Theme, case_file: CaseFile | None = None) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        workspace, words = acts.workspace, acts.workspace.words
        self._words = words
        cells = Cells(workspace, self)
        self.rows = FamilyRows(cells.read, _begins(case_file))
        self.model = FamilyModel(workspace, self.rows, theme)
        self.table = FamilyTable(self.model, words, theme, cells)
        here = frozenset(member.person.uid for member in (case_file.members if case_file else ()))
        self.already = HereAlready(acts, theme, self.rows, here, may_go=case_file is None)
        self.proposals = Proposals(acts, return_country(workspace, case_file), self.name_of)
        self.panel = PersonPanel(workspace)
        self._below = QStackedWidget()
        self._below.addWidget(self.proposals)
        self._below.addWidget(self.panel)
        self._told = label("", "hint")
        self._taken_out: tuple[int, GridRow] | None = None
        self._discarded: dict[str, object] = {}
        self._row = 0
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        words = self._words
        self.more = button(words.text("More about the person"), self.turn_panel, name="quiet", shortcut="F6")
        self.remove = button(words.text("Remove the row"), self.remove_row, name="quiet", shortcut="Ctrl+-")
        self.back = button(words.text("Restore the row"), self.put_back, name="quiet")
        RowMenu(
            self.table,
            words,
            lambda: (self.more, self.remove, self.back),
            text_of=lambda _: self.model.shown(self.table.row, self.table.key),
        )
        self.back.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(self.table, 4)
        whole.addLayout(WrappingRow(self.more, self.remove, self.back, self._told))
        whole.addWidget(self._below, 2)
        self._below.setMinimumHeight(self._theme.px(190))

    def _listen(self) -> None:
        self.looks = TwoLooks(self, TYPING_PAUSE_MS, lambda near: self.look(near=near))
        self.model.typed.connect(lambda _: self._on_typed())
        self.table.moved.connect(self._on_moved)
        self.table.done.connect(self.done)
        self.table.pasted.connect(self.paste)
        self.table.take_wanted.connect(self.take_proposed)
        self.table.entries_wanted.connect(self.turn_panel)
        self.proposals.situation_ticked.connect(self.tick)
        self.proposals.touched.connect(self.touched)
        self.panel.touched.connect(lambda key, typed: self.model.type(self.table.row, key, typed))
        self.panel.left.connect(self.turn_panel)
        self.already.taken.connect(self.take_known)
        self.already.left.connect(self.table.setFocus)
        QShortcut(QKeySequence("F7"), self).activated.connect(self.show_already)

    def name_of(self, number: int) -> str:
        """Return how the person of a row is called among those of a family."""
        return self.model.shown(number, COLUMNS[0].key) or self.model.who(number)

    def _on_typed(self) -> None:
        self.looks.start()
        self.touched.emit()

    def _on_moved(self) -> None:
        if self.table.row != self._row:
            self._mark(self._row)
            self._row = self.table.row
            if self._below.currentWidget() is self.panel:
                self.panel.show_row(self.rows.rows[self._row], self.model.who(self._row))
        self.looks.start()

    def _mark(self, number: int) -> None:
        """Mark a row whose person may be in the store."""
        if number < len(self.rows.rows):
            there = {number} if self.already.doubtful(number) else set()
            self.model.doubtful = self.model.doubtful - {number} | there
            self.table.verticalHeader().viewport().update()

    def look(self, *, near: bool = True) -> None:
        """Look at the rows as they stand: who is here already, what the facts propose. ``near``: also who is only near."""
        self.looks.stop(near=near)
        self.already.show_row(self.table.row, near=near, awaited=self.looks.awaited)
        if near:
            self._mark(self.table.row)
        self.proposals.show_family([(number, self.rows.arrival(number)) for number in self.rows.filled_rows()])

    def arrivals(self) -> list[Arrival]:
        """Return everybody who is written down, as a verb takes them."""
        return [self.rows.arrival(number) for number in self.rows.filled_rows()]

    @property
    def services(self) -> list[str]:
        """The services that were ticked."""
        return sorted(self.proposals.services)

    def show_unreadable(self) -> bool:
        """Go to the first cell that cannot be read, which says why; return whether there is one."""
        self.table.finish()
        self.look()
        for number in self.rows.filled_rows():
            for key in self.rows.unreadable(number):
                if key in BY_NAME:
                    self.table.go(number, BY_NAME[key])
                    self.table.setFocus()
                    self.table.say()
                else:
                    self.table.go(number, 0)
                    self.turn_panel(shown=True)
                return True
        return False

    def typed(self) -> dict[str, object]:
        """Return what a draft keeps of it."""
        known = [
            row.known for row in self.rows.rows if row.known
        ]  # an erasing finds by it that the draft names somebody
        return {"rows": self.rows.draft(), "services": self.services, "known": known}

    def show_typed(self, typed: Mapping[str, object]) -> None:
        """Put a draft back, or nothing; the cursor stands in the first cell."""
        self.table.finish()
        self.rows.show_draft(typed.get("rows"))
        services = typed.get("services")
        self.proposals.services = {str(one) for one in services} if isinstance(services, list) else set()
        self._anew(0)
        self._say("")
        for number in self.rows.filled_rows():
            self._mark(number)

    def _anew(self, row: int) -> None:
        self.model.doubtful = frozenset()
        self.model.anew()
        self.table.go(min(row, len(self.rows.rows) - 1), 0)
        self.look()

    def paste(self, text: str) -> None:
        """Put what was copied from a spreadsheet into the rows from the cursor on; say what had no place."""
        words, rows = self._words, cells_of(text[:MOST_LETTERS])
        if len(text) > MOST_LETTERS or len(rows) > MOST_ROWS:
            self._say(words.text("Not pasted: this is more than {count} rows, too many for one case.", count=MOST_ROWS))
            return
        at, names = self.table.row, {
            one.key: (self.model.heading(number), words.text(one.declared.label), one.declared.label, one.field)
            for number, one in enumerate(COLUMNS)
        }  # fmt: skip
        given, lost = placed(rows, names, [one.key for one in COLUMNS], max(self.table.currentIndex().column(), 0))
        count = self.rows.put(at, given)
        self._anew(at)
        for number in range(at, at + count):
            self._mark(number)
        said = words.plural("{count} row pasted.", "{count} rows pasted.", count, count=count)
        if lost:
            said += " " + words.text("Left out, because it has no column here: {texts}", texts="; ".join(lost[:6]))
        self._say(said)
        self.touched.emit()

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self.back.setVisible(False)

    def take_proposed(self) -> None:
        """Tick what is proposed for the person with the cursor; where nothing is, show everything that can be ticked."""
        number = self.table.row
        open_ = self.proposals.proposed(self.rows.arrival(number)) if self.table.key != PAPERS else ()
        if open_:
            self.tick(number, open_[0].key, on=True)
        else:
            self.turn_panel(shown=True)

    def tick(self, number: int, code: str, on: bool) -> None:  # as a signal sends it
        """Tick a situation of a row, or take the tick away."""
        typed = self.rows.rows[number].typed.get(SITUATIONS, [])
        before = list(typed) if isinstance(typed, list) else [typed]
        after = [one for one in before if one != code] + ([code] if on else [])
        self.model.type(number, SITUATIONS, after)
        self.look()

    def turn_panel(self, *, shown: bool | None = None) -> None:
        """Show what else is known of the person, or go back to the grid."""
        self.table.finish()
        if shown is None:
            shown = self._below.currentWidget() is not self.panel
        self._below.setCurrentWidget(self.panel if shown else self.proposals)
        if shown:
            self.panel.show_row(self.rows.rows[self.table.row], self.model.who(self.table.row))
            self.panel.focus_first()
        else:
            self.table.setFocus()

    def show_already(self) -> None:
        """Put the cursor on who may be the person of the row."""
        self.table.finish()
        self.look()
        if self.already.people.isVisible():
            self.already.people.setFocus()

    def take_known(self, person: str) -> None:
        """Let somebody of the store stand in the row; what is typed of the case stays."""
        row = self.rows.rows[self.table.row]
        row.known = person
        row.typed = {key: value for key, value in row.typed.items() if not key.startswith("person.")}
        self._anew(self.table.row)
        self.table.go(self.table.row, BY_NAME[RELATIONSHIP])
        self.table.setFocus()
        self.touched.emit()

    def remove_row(self) -> None:
        """Take the row with the cursor out; it can be put back."""
        self.table.finish()
        at = self.table.row
        self._taken_out, self._discarded = (at, self.rows.remove(at)), {}
        name = " ".join(self._taken_out[1].text(one.key) for one in COLUMNS[:2]).strip()
        self._anew(at)
        self._say(self._words.text("Row removed: {person}", person=name or self._words.text("empty", "cell")))
        self.back.show()
        self.table.setFocus()
        self.touched.emit()

    def discard(self) -> None:
        """Empty the grid; all of it can be put back."""
        self._discarded, self._taken_out = self.typed(), None
        self.show_typed({})
        self._say(self._words.text("Discarded."))
        self.back.show()

    def put_back(self) -> None:
        """Put back what was taken out last: a row, or everything."""
        if self._discarded:
            typed, self._discarded = self._discarded, {}
            self.show_typed(typed)
            self.touched.emit()
        elif self._taken_out is not None:
            at, row = self._taken_out
            self.rows.put_back(at, row)
            self._anew(at)
            self._say("")
            self.touched.emit()


def _begins(case_file: CaseFile | None) -> dict[str, Typed]:
    """Return what the first row begins with: the principal applicant of a new case, else the family's name and citizenship."""
    if case_file is None:
        return {RELATIONSHIP: "self"}
    principal = case_file.principal
    said = {FAMILY: "family_name", CITIZENSHIP: "citizenship"}
    return {key: principal.person.text(name) for key, name in said.items() if principal and principal.person.text(name)}
