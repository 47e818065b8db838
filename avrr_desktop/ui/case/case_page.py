"""One case: its head, and a tab for each kind of thing in it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.cases.cases import officer_name, read_case
from avrr_desktop.operations.cases.closing import closing_asked
from avrr_desktop.operations.cases.follow_ups import help_until
from avrr_desktop.operations.documents.documents import offered_at
from avrr_desktop.operations.session.late_entries import is_read_only
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.case_decisions import CaseDecisions
from avrr_desktop.ui.case.follow_ups_tab import FollowUpsTab
from avrr_desktop.ui.case.history_tab import HistoryTab
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.plan_tab import PlanTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.school_tab import SchoolTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.forms.leaving import leave, leave_all
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.controls import button, iconed, label, literal, plain_tip, row, tip
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_TINY, Theme


class CaseTab(Protocol):
    """What every tab of a case can do."""

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show a case; ``record`` is chosen. ``started_by``: the form that changed the case, and shows it already."""


_TAB_OF = {"person": "people", "membership": "people", "paper": "papers", "service": "services", "step": "services",
           "plan": "plan", "schooling": "school",
           "referral": "referrals", "follow_up": "follow_ups", "contact": "contacts", "note": "notes", "file": "files", "restricted": "protection"}  # fmt: skip


class CasePage(QWidget):
    """Shows one case after another; ``show_case`` chooses which."""

    printing = Signal(object, str)  # CaseFile, which document
    left = Signal()

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._theme, self._jobs = acts, theme, jobs
        self.case_file: CaseFile | None = None
        words = acts.workspace.words
        self._number = label("", "mono", wrap=False)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title = label("", "title")
        self._facts = label("", "muted")
        back = iconed(
            button(words.text("Back", "button"), self.left.emit, name="quiet", shortcut="Alt+Left"),
            "back",
            theme,
        )
        self._back = back
        self._print = iconed(button(words.text("Print", "button"), self._on_print, shortcut="Ctrl+P"), "print", theme)
        self._more = QPushButton(literal(words.text("More", "button: more actions")))
        self._more.setObjectName("menu")
        self._more.setAccessibleName(words.text("More actions for this case"))
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self.decisions = CaseDecisions(acts, self._menu)
        self.decisions.late_changed.connect(self._on_late)
        self.decisions.deciding.connect(lambda: self.leave())
        self._read_only = False
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(words.text("Tabs of the case"))
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self._stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self._names = tuple(self._makers())
        titles = {
            "overview": words.text("Overview"), "people": words.text("People"), "papers": words.text("Papers"),
            "services": words.text("Services"), "plan": words.text("Plan"), "school": words.text("School"), "referrals": words.text("Referrals"),
            "follow_ups": words.text("Follow-up"), "contacts": words.text("Contacts"), "notes": words.text("Notes"),
            "files": words.text("Files"), "history": words.text("History"), "protection": words.text("Protection"),
        }  # fmt: skip
        for number, name in enumerate(self._names, 1):
            self.tabs.addTab(literal(titles[name]))
            said = f"{titles[name]} (Alt+{number % 10})" if number <= 10 else titles[name]
            self.tabs.setTabToolTip(number - 1, plain_tip(said))
        arrows = zip(
            self.tabs.findChildren(QToolButton), (words.text("Previous tabs"), words.text("More tabs")), strict=False
        )
        for arrow, name in arrows:
            arrow.setAccessibleName(name)
            tip(arrow, name)
        self.tabs.currentChanged.connect(lambda _: self._begin_tab())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_TINY)
        whole.addLayout(row(back, self._number, 1, self._print, self._more))
        whole.addWidget(self._title)
        whole.addWidget(self._facts)
        whole.addWidget(self.decisions)
        whole.addWidget(self.tabs)
        whole.addWidget(self._stack, 1)
        self._add_shortcuts()
        acts.changed.connect(self._on_changed)

    def _add_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for number in range(min(len(self._names), 10)):
            shortcut = QShortcut(QKeySequence(f"Alt+{(number + 1) % 10}"), self)
            shortcut.activated.connect(lambda number=number: self.tabs.setCurrentIndex(number))

    def _makers(self) -> dict[str, Callable[[], QWidget]]:
        acts, theme, words = self._acts, self._theme, self._acts.workspace.words
        return {
            "overview": self._overview,
            "people": lambda: PeopleTab(acts, theme),
            "papers": self._papers,
            "services": lambda: ServicesTab(acts, theme),
            "plan": lambda: PlanTab(acts, theme),
            "school": self._school,
            "referrals": lambda: RecordTab(acts, theme, "referral", lambda file: file.referrals, words.text(
                "No referrals yet. A referral directs a person to somebody else; the case stays with you.")),
            "follow_ups": lambda: FollowUpsTab(acts, theme),
            "contacts": lambda: RecordTab(acts, theme, "contact", lambda file: file.contacts[::-1], words.text(
                "No contacts yet. One line for each call, visit or attempt.")),
            "notes": lambda: RecordTab(acts, theme, "note", lambda file: file.notes[::-1], words.text(
                "No notes yet. What you write here can be found with the search.")),
            "files": self._files,
            "history": lambda: HistoryTab(acts, theme),
            "protection": self._protection,
        }  # fmt: skip

    def _files(self) -> QWidget:
        from avrr_desktop.ui.case.files_tab import FilesTab  # opened seldom: not among what the window starts with

        return FilesTab(self._acts, self._theme, self._jobs)

    def _protection(self) -> QWidget:
        from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab

        tab = ProtectionTab(self._acts, self._theme, self._jobs)
        tab.wanted.connect(lambda record_type, record: self.show_tab(_TAB_OF.get(record_type, "overview"), record))
        return tab

    def _school(self) -> SchoolTab:
        tab = SchoolTab(self._acts, self._theme)
        tab.wanted.connect(lambda record_type, record: self.show_tab(_TAB_OF[record_type], record))
        return tab

    def _papers(self) -> PapersTab:
        tab = PapersTab(self._acts, self._theme)
        tab.printing.connect(lambda: self._on_print("papers"))
        return tab

    def _overview(self) -> OverviewTab:
        tab = OverviewTab(self._acts, self._theme)
        tab.wanted.connect(self.show_tab)
        tab.path_printing.connect(lambda: self._on_print("overview"))
        return tab

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the tab that is shown; before the store closes, leave every tab. See ``forms.leaving``."""
        leave_all(self._made.values() if parting else [self._stack.currentWidget()], parting=parting)

    def show_case(self, case: str, record_type: str = "", record: str = "") -> None:
        """Open a case, at the tab of a record where one is named."""
        self.leave()  # what is typed there is saved before anything is read
        found = self._acts.ask(lambda: read_case(self._acts.workspace, case), None)
        if found is None:
            return
        if self.case_file is not None and self.case_file.case.uid != case:
            self.decisions.end_late()
        self.case_file = found
        self._show_head(found)
        tab = _TAB_OF.get(record_type, "overview")
        self.show_tab(tab, record)
        self._take_focus()

    def _take_focus(self) -> None:
        """Put the cursor on the parts, through which the arrow keys lead: there nothing typed changes the case."""
        self.tabs.setFocus()

    def show_tab(self, name: str, record: str = "") -> None:
        """Show a tab by its name, with a record chosen."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self._names.index(name))
        self.tabs.blockSignals(False)
        self._begin_tab(record)

    def tab(self, name: str) -> QWidget:
        """Return a tab, made at its first use."""
        if name not in self._made:
            self._made[name] = self._makers()[name]()
            self._stack.addWidget(self._made[name])
        return self._made[name]

    def _begin_tab(self, record: str = "") -> None:
        """Show the tab that is chosen from its top: where somebody left it last is where nobody looks for it."""
        self._show_tab(record)
        for column in self.tab(self._names[self.tabs.currentIndex()]).findChildren(QScrollArea):
            column.verticalScrollBar().setValue(0)

    def _show_tab(self, record: str = "", started_by: str = "") -> None:
        tab, shown = self.tab(self._names[self.tabs.currentIndex()]), self._stack.currentWidget()
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
        place = ", ".join(
            part
            for part in (case.text("municipality_of_return"), country_name(case.text("country_of_return"), words))
            if part
        )
        opened = case.text("opened_on")
        until = help_until(workspace, case_file)
        facts = [
            place, words.plural("{count} person", "{count} persons", persons, count=persons),
            words.text("Opened: {date}", date=words.partial_date(opened)) if opened and case_file.running else "",
            words.text("Help until: {date}", date=words.partial_date(until)) if until and case_file.running else "",
            "" if case.text("status") == "open" else words.text(workspace.pack.label("case_status", case.text("status"))),
            officer_name(workspace, case.text("officer")),
            words.text("closing requested") if closing_asked(case_file) else "",
            words.text("processing restricted") if case.text("kept_still_since") else "",
        ]  # fmt: skip
        self._number.setText(case.text("number"))
        self._title.setText(case.text("called") or words.text("Unnamed case"))
        self._facts.setText("  ·  ".join(fact for fact in facts if fact))
        self.decisions.show_case(case_file)

    def _on_print(self, tab: str = "") -> None:
        """Print the document that is offered in a part of the case, or in its head."""
        self.leave()  # what is typed there is printed
        if self.case_file is not None:
            self.printing.emit(self.case_file, offered_at(tab))

    def _on_changed(self, changes: Changes) -> None:
        if self.case_file is None or changes.case not in ("", self.case_file.case.uid):
            return
        uid = self.case_file.case.uid
        self.case_file = self._acts.ask(lambda: read_case(self._acts.workspace, uid), None, tell=lambda *_: None)
        if self.case_file is None:  # it was taken back, or erased
            self.left.emit()
            return
        self._show_head(self.case_file)
        if self.isVisible():
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
