"""A new case begins as a search: who is at the desk, and are they here already? What was typed goes on in the grid of the family."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.imports.intake import open_family
from avrr_desktop.operations.session.drafts import draft_of, drop_draft, keep_draft
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.cases.who_typed import who_typed
from avrr_desktop.ui.forms.form import DRAFT_AFTER_MS
from avrr_desktop.ui.forms.grid.columns import BORN, FAMILY, GIVEN
from avrr_desktop.ui.forms.grid.family_grid import FamilyGrid
from avrr_desktop.ui.forms.letter_cycling import offer_letters
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import Card, Column, button, check_box, label, tip
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme

FORM = "new case"


class NewCasePage(QWidget):
    """The search line at the top, likely people beside it, the family below."""

    opened = Signal(str)  # case
    left = Signal()

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        words = acts.workspace.words
        self.who = _SearchLine(words.text("Name, year of birth or phone number"))
        self.called = self._line(words.text("Case name"))
        self.abroad = check_box(words.text("Still abroad"))
        tip(
            self.abroad,
            words.text("The case is opened before the arrival. On the planned day, the program asks for confirmation."),
        )
        self.problem = label("", "problem")
        self.problem.hide()
        self.grid = FamilyGrid(acts, theme)
        self.open_it = button(words.text("Open the case"), self.open_new, name="primary", shortcut="Ctrl+Return")
        self._carried: dict[str, str] = {}
        self._arrange()
        self._draft_timer = pause_timer(self, DRAFT_AFTER_MS, self.keep_draft)
        self.who.textEdited.connect(lambda _: self.carry())
        self.who.returnPressed.connect(self._on_return)
        self.who.onward.connect(self.go_on)
        self.called.textEdited.connect(lambda _: self._on_edited())
        self.abroad.clicked.connect(lambda _: self._on_edited())
        self.grid.touched.connect(self._on_edited)
        self.grid.done.connect(self.open_it.setFocus)
        self.grid.already.case_wanted.connect(self._go_to)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        offer_letters(line)
        line.setAccessibleName(name)
        line.setMaxLength(200)
        return line

    def _arrange(self) -> None:
        words = self._acts.workspace.words
        search = Card(words.text("Who is it?"))
        search.body.addWidget(self.who)
        said = words.text("Whoever is recorded already appears beside it, in any script. Return goes on to the family.")
        self.who.setAccessibleDescription(said)
        search.body.addWidget(label(said, "hint"))
        search.body.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(search, 1)
        across.addWidget(self.grid.already, 1)
        top = QWidget()
        across.setContentsMargins(0, 0, 0, 0)
        top.setLayout(across)
        self.called.setPlaceholderText(words.text("Case name: the family name, unless you write another"))
        later = button(words.text("Keep for later"), self.left.emit, name="quiet", shortcut="Esc")
        self.away = button(words.text("Discard", "button"), self.discard, name="quiet")
        column = Column()
        column.body.setSpacing(GAP_SMALL)
        column.body.addWidget(label(words.text("New case"), "title"))
        column.body.addWidget(top)
        column.body.addWidget(self.grid, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(column, 1)
        whole.addWidget(self.problem)
        self.called.setMinimumWidth(self._theme.px(300))
        whole.addLayout(WrappingRow(self.called, self.abroad, self.open_it, later, self.away))

    def look_for(self, text: str) -> None:
        """Put a text into the search line, as if somebody had typed it."""
        self.who.setText(text)
        self.carry()
        self.grid.look()

    def carry(self) -> None:
        """Let the first row of the family say what the search line says, unless somebody changed the row itself."""
        workspace, first = self._acts.workspace, self.grid.rows.rows[0]
        said = who_typed(self.who.text(), workspace.words, workspace.today)
        stands = {key: first.text(key) for key in self._carried}
        if not first.known and all(stands[key] == text for key, text in self._carried.items()):
            for key in self._carried.keys() - said.keys():
                self.grid.model.type(0, key, "")
            for key, text in said.items():
                self.grid.model.type(0, key, text)
            self._carried = said
        self._on_edited()

    def _on_return(self) -> None:
        """Look first where somebody may be here already; else go on to the family: nothing is opened by reflex."""
        self.grid.look()
        if self.grid.already.found and not self.grid.already.people.hasFocus():
            self.grid.already.people.setFocus()
        else:
            self.go_on()

    def go_on(self) -> None:
        """Go on in the family, behind what the search line said."""
        for key in self._carried:
            self.grid.rows.settle(0, key)
        self._carried = {}
        order = (GIVEN, FAMILY, "person.sex", BORN)
        first = self.grid.rows.rows[0]
        column = 0 if not first.text(GIVEN) else next((at for at, key in enumerate(order) if not first.text(key)), 2)
        self.grid.table.go(0, column)
        self.grid.table.setFocus()

    def _on_edited(self) -> None:
        self.problem.hide()
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _typed(self) -> dict[str, object]:
        return {
            "who": self.who.text(), "called": self.called.text(), "abroad": self.abroad.isChecked(), **self.grid.typed()
        }  # fmt: skip

    def _says_something(self) -> bool:
        return bool(self.who.text().strip() or self.called.text().strip() or self.grid.rows.filled_rows())

    def leave(self, *, parting: bool = False) -> None:
        """Keep what is typed as a draft, which is put back when the page is shown again."""
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep what is typed, encrypted in the store; nothing where nothing is typed."""
        self._draft_timer.stop()
        workspace = self._acts.workspace
        if self._says_something() and not workspace.locked and may(workspace, Permission.RECORD):
            self._acts.do(lambda: keep_draft(workspace, FORM, "", "case", "", self._typed(), ()))

    def drop_draft(self) -> None:
        """Forget what is typed here."""
        self._show({})
        self._drop()

    def _drop(self) -> None:
        self._draft_timer.stop()
        if may(self._acts.workspace, Permission.RECORD):  # a reader looks at the page, and may type what is not kept
            self._acts.do(lambda: drop_draft(self._acts.workspace, FORM))

    def _show(self, typed: dict[str, object]) -> None:
        self._clear_head(typed)
        self.grid.show_typed(typed)
        self._draft_timer.stop()

    def _clear_head(self, typed: dict[str, object]) -> None:
        self.who.setText(str(typed.get("who", "")))
        self.called.setText(str(typed.get("called", "")))
        self.abroad.setChecked(typed.get("abroad") is True)
        self._carried = {}

    def discard(self) -> None:
        """Throw away what is typed here; the family can be put back until the page is left."""
        self.grid.discard()
        self._clear_head({})
        self._drop()
        self.who.setFocus()

    def begin(self) -> None:
        """Put back what was typed here and not used; the cursor is in the search line, or in the family that was begun."""
        draft = draft_of(self._acts.workspace, FORM)
        self._show(dict(draft.values) if draft else {})
        self.problem.hide()
        if len(self.grid.rows.filled_rows()) > 1:
            self.grid.table.setFocus()
        else:
            first = self.grid.rows.rows[0]
            self._carried = who_typed(self.who.text(), self._acts.workspace.words, self._acts.workspace.today)
            self._carried = {key: text for key, text in self._carried.items() if first.text(key) == text}
            self.who.setFocus()

    def _go_to(self, case: str) -> None:
        self.drop_draft()
        self.opened.emit(case)

    def open_new(self) -> None:
        """Open the case with everybody who is written down; where something cannot be read, go there instead."""
        words, called = self._acts.workspace.words, self.called.text().strip()
        if self.grid.show_unreadable():
            self._say(words.text("Not opened yet: the marked cell cannot be read."))
            return
        arrivals = self.grid.arrivals()
        if not called and not any(
            one.known or one.person.get("family_name") or one.person.get("given_names") for one in arrivals[:1]
        ):
            self._say(words.text("Enter at least one name, so that the case can be found."))
            self.who.setFocus()
            return
        self._open(called)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.show()

    def _open(self, called: str) -> None:
        workspace = self._acts.workspace
        case = {"called": called} if called else {}
        if self.abroad.isChecked():
            case["status"] = CaseStatus.PRE_ARRIVAL.code
        made: list[str] = []

        def verb() -> Changes:
            result = open_family(workspace, case, self.grid.arrivals(), self.grid.services, draft=FORM)
            made.append(result.case)
            return result.changes

        if self._acts.do(verb, workspace.words.text("Case opened")):
            self._show({})
            self.opened.emit(made[0])


class _SearchLine(QLineEdit):
    """One line; the arrow down leads into the family as Return does."""

    onward = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        offer_letters(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down into the family."""
        if event.key() == Qt.Key.Key_Down:
            self.onward.emit()
        else:
            super().keyPressEvent(event)
