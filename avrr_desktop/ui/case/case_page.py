"""One case: its head, and a tab for each kind of thing in it."""

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
from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.cases.cases import officer_name, read_case
from avrr_desktop.operations.cases.closing import closing_asked
from avrr_desktop.operations.cases.follow_ups import help_until
from avrr_desktop.operations.documents.documents import offered_at
from avrr_desktop.operations.session.late_entries import is_read_only
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.case_decisions import CaseDecisions
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.tabs import TAB_KEYS, TABS, made_tab, tab_of
from avrr_desktop.ui.forms.leaving import leave, leave_all
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.controls import button, iconed, label, literal, plain_tip, row, tip
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
        self._number = label("", "mono", wrap=False)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title = label("", "title")
        self.facts = label("", "muted")
        back = iconed(
            button(words.text("Back", "button"), self.left.emit, name="quiet", shortcut="Alt+Left"), "back", theme
        )
        self._back = back
        self.print_button = iconed(
            button(words.text("Print", "button"), self._on_print, shortcut="Ctrl+P"), "print", theme
        )
        self._more = QPushButton(literal(words.text("More", "button: more actions")))
        self._more.setObjectName("menu")
        self._more.setAccessibleName(words.text("More actions for this case"))
        self.menu = QMenu(self._more)
        self._more.setMenu(self.menu)
        self.decisions = CaseDecisions(acts, self.menu)
        self.decisions.late_changed.connect(self._on_late)
        self.decisions.deciding.connect(lambda: self.leave())
        self._read_only = False
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(words.text("Tabs of the case"))
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self._stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        for number, tab in enumerate(TABS, 1):
            title = words.text(tab.title)
            self.tabs.addTab(literal(title))
            said = f"{title} (Alt+{number % 10})" if number <= 10 else title
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
        whole.addLayout(row(back, self._number, 1, self.print_button, self._more))
        whole.addWidget(self._title)
        whole.addWidget(self.facts)
        whole.addWidget(self.decisions)
        whole.addWidget(self.tabs)
        whole.addWidget(self._stack, 1)
        self._add_shortcuts()
        acts.changed.connect(self._on_changed)

    def _add_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for number in range(min(len(TABS), 10)):
            shortcut = QShortcut(QKeySequence(f"Alt+{(number + 1) % 10}"), self)
            shortcut.activated.connect(lambda number=number: self.tabs.setCurrentIndex(number))

    def _make_tab(self, name: str) -> QWidget:
        """Make a part of the case and hear what it asks for: another record, or a document."""
        tab = made_tab(name, self._acts, self._theme, self._jobs)
        if isinstance(tab, OverviewTab):
            tab.wanted.connect(self.show_tab)
        elif hasattr(tab, "wanted"):
            tab.wanted.connect(lambda record_type, record: self.show_tab(tab_of(record_type), record))
        if isinstance(tab, OverviewTab | RecordTab):
            tab.printing.connect(self._on_print)
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
        self.show_tab(tab_of(record_type), record)
        self._take_focus()

    @property
    def shown_tab(self) -> str:
        """The name of the tab in front."""
        return TAB_KEYS[self.tabs.currentIndex()]

    def _take_focus(self) -> None:
        """Put the cursor on the parts, through which the arrow keys lead: there nothing typed changes the case."""
        self.tabs.setFocus()

    def show_tab(self, name: str, record: str = "") -> None:
        """Show a tab by its name, with a record chosen."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(TAB_KEYS.index(name))
        self.tabs.blockSignals(False)
        self._begin_tab(record)

    def tab(self, name: str) -> QWidget:
        """Return a tab, made at its first use."""
        if name not in self._made:
            self._made[name] = self._make_tab(name)
            self._stack.addWidget(self._made[name])
        return self._made[name]

    def _begin_tab(self, record: str = "") -> None:
        """Show the tab that is chosen from its top: where somebody left it last is where nobody looks for it."""
        self._show_tab(record)
        for column in self.tab(self.shown_tab).findChildren(QScrollArea):
            column.verticalScrollBar().setValue(0)

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
            "" if case.text("status") == CaseStatus.OPEN.code else words.text(workspace.pack.label("case_status", case.text("status"))),
            officer_name(workspace, case.text("officer")),
            words.text("closing requested") if closing_asked(case_file) else "",
            words.text("processing restricted") if case.text("kept_still_since") else "",
        ]  # fmt: skip
        self._number.setText(case.text("number"))
        self._title.setText(case.text("called") or words.text("Unnamed case"))
        self.facts.setText("  ·  ".join(fact for fact in facts if fact))
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
