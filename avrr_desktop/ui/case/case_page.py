"""One case: its head, and a tab for each kind of thing in it."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.wording import place_of_return
from avrr_desktop.operations.cases.cases import officer_name, read_case
from avrr_desktop.operations.cases.closing import closing_asked
from avrr_desktop.operations.cases.follow_ups import help_until
from avrr_desktop.operations.documents.documents import offered_at
from avrr_desktop.operations.session.late_entries import is_read_only
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.aside import AsideCard, AsideColumn
from avrr_desktop.ui.case.case_decisions import CaseDecisions
from avrr_desktop.ui.case.case_head import CaseHead
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.case.parts import TAB_KEYS, TABS, page_of, tab_around, tab_of
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.story.history_tab import HistoryTab
from avrr_desktop.ui.case.story.story_tab import StoryTab
from avrr_desktop.ui.case.tabs import made_tab
from avrr_desktop.ui.forms.leaving import leave, leave_all
from avrr_desktop.ui.forms.list_and_form import ListAndForm, turn_back
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.controls import button, iconed, literal, plain_tip, tip
from avrr_desktop.ui.widgets.row_menu import WindowMenu
from avrr_desktop.ui.widgets.tab_row import TabRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_TINY, Theme


class CaseTab(Protocol):
    """What every tab of a case can do."""

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show a case; ``record`` is chosen. ``started_by``: the form that changed the case, and shows it already."""


class CasePage(QWidget):
    """Shows one case after another; ``show_case`` chooses which."""

    printing = Signal(object, str)  # CaseFile, which document
    left = Signal()

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._theme, self._jobs = acts, theme, jobs
        self.case_file: CaseFile | None = None
        words = acts.workspace.words
        back = iconed(button(words.text("Back", "button"), self.go_back, name="quiet"), "back", theme)
        tip(back, f"{words.text('Back', 'button')} (Alt+Left)")  # of the window: it leads back from every page
        self.print_button = iconed(
            button(words.text("Print", "button"), self._on_print, shortcut="Ctrl+P"), "print", theme
        )
        self._more = QPushButton(literal(words.text("More", "button: more actions")))
        self._more.setObjectName("menu")
        self._more.setAccessibleName(words.text("More actions for this case"))
        self.menu = WindowMenu(self._more)
        self._more.setMenu(self.menu)
        self.decisions = CaseDecisions(acts, self.menu)
        self.decisions.late_changed.connect(self._on_late)
        self.decisions.deciding.connect(lambda: self.leave())
        self.decisions.closing.connect(self.close_case)
        self.decisions.joining.connect(self.join_with_case)
        self.decisions.splitting.connect(self.split)
        self.decisions.opened.connect(self.show_case)
        self._aside = AsideColumn(self._end_aside)
        self._read_only = False
        self.head = CaseHead(theme, back, self.print_button, self._more)
        self.tabs = TabRow(words)
        self.tabs.setAccessibleName(words.text("Tabs of the case"))
        self._stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self._part = TAB_KEYS[0]
        for number, tab in enumerate(TABS, 1):
            title = words.text(tab.title)
            self.tabs.addTab(literal(title))
            self.tabs.setTabToolTip(number - 1, plain_tip(f"{title} (Alt+{number})" if number < 10 else title))
        self.tabs.currentChanged.connect(self._on_tab)
        self._whole = whole = QVBoxLayout(self)
        self.head.arranged.connect(self._fit)
        self._fit(low=False)
        whole.setSpacing(GAP_TINY)
        whole.addWidget(self.head)
        whole.addWidget(self.decisions)
        whole.addWidget(self.tabs)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._aside, 1)
        self._add_shortcuts()
        acts.changed.connect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head follow the height of the window."""
        super().resizeEvent(event)
        self.head.arrange()

    def _fit(self, low: bool) -> None:
        """Leave little above and below in a low window."""
        above = GAP_TINY if low else GAP
        self._whole.setContentsMargins(GAP_LARGE, above, GAP_LARGE, above)

    def _add_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for number in range(min(len(TABS), 9)):
            shortcut = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self.tabs.setCurrentIndex(number))

    def _make_tab(self, name: str) -> QWidget:
        """Make a part of the case and hear what it asks for: another record, or a document."""
        tab = made_tab(name, self._acts, self._theme, self._jobs)
        if isinstance(tab, OverviewTab):
            tab.wanted.connect(self.show_tab)
        elif isinstance(tab, PeopleTab):
            tab.joining.connect(self.join_people)
        elif hasattr(tab, "wanted"):
            tab.wanted.connect(lambda record_type, record: self.show_tab(tab_of(record_type), record))
        if isinstance(tab, RecordTab | HistoryTab):
            tab.view_wanted.connect(self.show_tab)
        if isinstance(tab, OverviewTab | RecordTab):
            tab.printing.connect(self._on_print)
        return tab

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the tab that is shown; before the store closes, leave every tab. See ``forms.leaving``."""
        leave_all(self._made.values() if parting else [self._stack.currentWidget()], parting=parting)

    def show_case(self, case: str, record_type: str = "", record: str = "") -> None:
        """Open a case, at the tab of a record where one is named."""
        self.leave()  # what is typed there is saved before anything is read
        self._end_aside()
        found = self._acts.ask(lambda: read_case(self._acts.workspace, case), None)
        if found is None:
            return
        if self.case_file is not None and self.case_file.case.uid != case:
            self.decisions.end_late()
        self.case_file = found
        self._show_head(found)
        self.show_tab(tab_of(record_type), record)
        self._take_focus()

    def join_people(self, person: str, other: str = "") -> None:
        """Lay two records of one person side by side; where the other one is not known yet, ask for it."""
        from avrr_desktop.ui.case.joining.joining_card import JoiningCard  # opened seldom

        self._begin_aside(JoiningCard(self._acts, self._theme, person, other))

    def join_with_case(self) -> None:
        """Ask with which case this one is joined, and lay both side by side."""
        from avrr_desktop.ui.case.joining.cases_card import CasesCard

        self.leave()
        if self.case_file is not None:
            self._begin_aside(CasesCard(self._acts, self.case_file))

    def close_case(self) -> None:
        """Show the page on which the case is closed; of a closing that waits, the one on which it is approved."""
        self.leave()
        if self.case_file is None:
            return
        from avrr_desktop.ui.case.closing.approval_card import ApprovalCard  # opened seldom
        from avrr_desktop.ui.case.closing.closing_card import ClosingCard

        self._begin_aside((ApprovalCard if closing_asked(self.case_file) else ClosingCard)(self._acts, self.case_file))

    def split(self) -> None:
        """Ask who of the family leaves for a case of their own."""
        from avrr_desktop.ui.case.joining.splitting_card import SplittingCard

        self.leave()
        if self.case_file is not None:
            self._begin_aside(SplittingCard(self._acts, self.case_file))

    def _begin_aside(self, card: AsideCard) -> None:
        """Show a card in place of the parts of the case, until it is done."""
        self.leave()
        self.tabs.hide()
        self._stack.hide()
        card.done.connect(self._end_aside)
        self._aside.begin(card)

    def _end_aside(self) -> None:
        if self._aside.end():
            self.tabs.show()
            self._stack.show()
            if self.case_file is not None:
                self._show_tab()
            self._take_focus()

    @property
    def shown_tab(self) -> str:
        """The key of the part in front: a tab, or a view of one."""
        return self._part

    def go_back(self) -> None:
        """Go back to the list that a form hides in a narrow window, else to where the case was opened from."""
        if not turn_back(self):
            self.left.emit()

    def _take_focus(self) -> None:
        """Put the cursor on the parts, through which the arrow keys lead: there nothing typed changes the case."""
        self.tabs.setFocus()

    def _on_tab(self, number: int) -> None:
        self._part = TAB_KEYS[number]
        self._begin_part()

    def show_tab(self, part: str, record: str = "") -> None:
        """Show a part of the case by its key, with a record chosen: the tab in which it stands, and the view of it."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(TAB_KEYS.index(tab_around(part)))
        self.tabs.blockSignals(False)
        self.tabs.fit()
        self._part = page_of(part)
        shown = self.tab(part)
        if isinstance(shown, StoryTab):
            shown.show_part(part)
        self._begin_part(record)

    def tab(self, part: str) -> QWidget:
        """Return the widget that shows a part, made at its first use."""
        name = page_of(part)
        if name not in self._made:
            self._made[name] = self._make_tab(name)
            self._stack.addWidget(self._made[name])
        return self._made[name]

    def _begin_part(self, record: str = "") -> None:
        """Show the part that is chosen from its top: where somebody left it last is where nobody looks for it."""
        self._show_tab(record)
        shown = self.tab(self.shown_tab)
        for column in shown.findChildren(QScrollArea):
            column.verticalScrollBar().setValue(0)
        for pages in shown.findChildren(ListAndForm):
            pages.show_form() if record else pages.begin()

    def _show_tab(self, record: str = "", started_by: str = "") -> None:
        tab, shown = self.tab(self.shown_tab), self._stack.currentWidget()
        if shown is not tab:
            leave(shown)
        self._stack.setCurrentWidget(tab)
        if self.case_file is not None:
            tab.show_case(self.case_file, record, started_by)  # type: ignore[attr-defined]

    def _show_head(self, case_file: CaseFile) -> None:
        workspace = self._acts.workspace
        if (read_only := is_read_only(workspace, case_file.case.uid)) is not self._read_only:
            self._read_only = read_only
            self._make_tabs_anew()
        words, case = workspace.words, case_file.case
        persons = len(case_file.present(self._acts.workspace.today))
        place = place_of_return(case, words, workspace.pack)
        opened = case.text("opened_on")
        until = help_until(workspace, case_file)
        facts = [
            place, words.plural("{count} person", "{count} persons", persons, count=persons),
            words.text("Opened: {date}", date=words.partial_date(opened)) if opened and case_file.running else "",
            words.text("Help until: {date}", date=words.partial_date(until)) if until and case_file.running else "",
            "" if case.text("status") == CaseStatus.OPEN.code else words.text(workspace.pack.label("case_status", case.text("status"))),
            officer_name(workspace, case.text("officer")),
            words.text("closing requested") if closing_asked(case_file) else "",
            words.text("processing restricted") if case.text("kept_still_since") else "",
            words.text("Split from {number}", number=case.text("split_from")) if case.text("split_from") else "",
            words.text("Split into {number}", number=", ".join(case.text("split_into").split())) if case.text("split_into") else "",
        ]  # fmt: skip
        called = case.text("called") or words.text("Unnamed case")
        self.head.say(case.text("number"), called, "  ·  ".join(fact for fact in facts if fact))
        self.decisions.show_case(case_file)

    def _on_print(self, document: str = "") -> None:
        """Print a document of the case; where none is named, the one that is offered in its head."""
        self.leave()  # what is typed there is printed
        if self.case_file is not None:
            self.printing.emit(self.case_file, document or offered_at("")[0].key)

    def _on_changed(self, changes: Changes) -> None:
        if self.case_file is None or changes.case not in ("", self.case_file.case.uid):
            return
        uid = self.case_file.case.uid
        self.case_file = self._acts.ask(lambda: read_case(self._acts.workspace, uid), None, tell=lambda *_: None)
        if self.case_file is None:  # it was taken back, or erased
            self.left.emit()
            return
        self._show_head(self.case_file)
        if self.isVisible() and not self._aside.shown:
            self._show_tab(started_by=changes.started_by)

    def _on_late(self) -> None:
        """Show the case anew: its forms are only to read, or are written in again."""
        if self.case_file is not None:
            self._show_head(self.case_file)
            self._show_tab()

    def _make_tabs_anew(self) -> None:
        """Drop the tabs: whether they ask for anything is decided when they are made."""
        self.leave()
        for made in self._made.values():
            self._stack.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._made.clear()
