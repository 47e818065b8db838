"""Several people added to a case at once, in the same grid in which a new case begins."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.imports.intake import add_family
from avrr_desktop.operations.session.drafts import draft_of, drop_draft, keep_draft
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import DRAFT_AFTER_MS
from avrr_desktop.ui.forms.grid.family_grid import FamilyGrid
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import button, label
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP_SMALL, Theme

_BEGUN = "family "


def begun_in(case: str) -> str:
    """Return the record under which the draft of several people of a case is kept."""
    return _BEGUN + case


class AddFamily(QWidget):
    """The grid, who may be here already, and what adds everybody in one act."""

    left = Signal()

    def __init__(self, acts: Actions, theme: Theme, case_file: CaseFile) -> None:
        super().__init__()
        self._acts, self._case = acts, case_file.case.uid
        words = acts.workspace.words
        self.grid = FamilyGrid(acts, theme, case_file)
        self.add = button(words.text("Add them to the case"), self.add_all, name="primary", shortcut="Ctrl+Return")
        later = button(words.text("Keep for later"), self.left.emit, name="quiet", shortcut="Esc")
        self.away = button(words.text("Discard", "button"), self.discard, name="quiet")
        self.problem = label("", "problem")
        self.problem.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(self.grid.already)
        whole.addWidget(self.grid, 1)
        whole.addWidget(self.problem)
        whole.addLayout(WrappingRow(self.add, later, self.away))
        self._timer = pause_timer(self, DRAFT_AFTER_MS, self.keep_draft)
        draft = draft_of(acts.workspace, self._form)
        self.grid.show_typed(draft.values if draft else {})
        self.grid.touched.connect(self._on_touched)
        self.grid.done.connect(self.add.setFocus)

    @property
    def _form(self) -> str:
        return f"new person {begun_in(self._case)}"

    def _on_touched(self) -> None:
        self.problem.hide()
        if not self._timer.isActive():
            self._timer.start()

    def leave(self, *, parting: bool = False) -> None:
        """Keep what is typed as a draft: only the button adds anybody."""
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep what is typed, encrypted in the store; nothing where nobody is typed."""
        self._timer.stop()
        workspace = self._acts.workspace
        if self.grid.rows.filled_rows() and not workspace.locked:
            record, typed = begun_in(self._case), self.grid.typed()
            self._acts.do(lambda: keep_draft(workspace, self._form, self._case, "person", record, typed, ()))

    def discard(self) -> None:
        """Throw away what is typed here; it can be put back until the grid is left."""
        self.grid.discard()
        self._timer.stop()
        self.grid.table.setFocus()
        self._acts.do(lambda: drop_draft(self._acts.workspace, self._form))

    def add_all(self) -> None:
        """Add everybody; where something cannot be read, go there instead."""
        workspace, words = self._acts.workspace, self._acts.workspace.words
        if self.grid.show_unreadable():
            self.problem.setText(words.text("Not added yet: the marked cell cannot be read."))
            self.problem.show()
            return
        arrivals, services = self.grid.arrivals(), self.grid.services
        if not arrivals:
            self.left.emit()
            return
        self._timer.stop()

        def verb() -> Changes:
            return add_family(workspace, read_case(workspace, self._case), arrivals, services, draft=self._form)

        said = words.plural("{count} person added", "{count} persons added", len(arrivals), count=len(arrivals))
        if self._acts.do(verb, said):
            self.grid.show_typed({})
            self._timer.stop()
            self.left.emit()
