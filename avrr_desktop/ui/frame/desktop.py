"""The unlocked window: navigation at the left, search at the top, the page, and the status line that tells the truth."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import print_levels
from avrr_desktop.operations.session.drafts import Draft, is_closed
from avrr_desktop.operations.session.session import OFFICE_STORE
from avrr_desktop.operations.store.history_problem import history_problem
from avrr_desktop.operations.store.opening import tidy
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.cases.cases_page import CasesPage
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.leaving import leave_all
from avrr_desktop.ui.forms.list_and_form import turn_back
from avrr_desktop.ui.frame.help_center import HelpCenter
from avrr_desktop.ui.frame.search_box import SearchBox
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.status_line import StatusLine
from avrr_desktop.ui.frame.unlock_warnings import notices
from avrr_desktop.ui.help.guide_page import GuidePage
from avrr_desktop.ui.help.page_titles import page_titles
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.office.figures_page import FiguresPage
from avrr_desktop.ui.office.pack_page import PackPage
from avrr_desktop.ui.office.partners_page import PartnersPage
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.printing.print_many import make_batch
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.setup.checks import Checks
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.today.day_page import DayPage
from avrr_desktop.ui.today.today_page import TodayPage
from avrr_desktop.ui.widgets.controls import ElidedLabel, button, iconed, literal, tip
from avrr_desktop.ui.widgets.icons import icon
from avrr_desktop.ui.widgets.item_list import draft_key
from avrr_desktop.ui.widgets.message_bar import MessageBar
from avrr_desktop.ui.widgets.second_person import ask_whole
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, Theme

IDLE_MS = 2500
MOST_VISITED = 50
_PASSING = frozenset({"new", "print", "guide"})  # pages that one does not go back to


class Desktop(QFrame):
    """Pages are made at their first use; each hears of changes from ``acts`` and reads again by itself."""

    lock_wanted = Signal()
    settings_changed = Signal(object)
    update_wanted = Signal(object)  # Staged
    toured = Signal()
    quick_chosen = Signal(object)  # QuickUnlock, or None

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self.acts, self._theme, self._jobs, self._settings = acts, theme, jobs, settings
        self._words = acts.workspace.words
        standing = acts.workspace.store_role
        if standing != OFFICE_STORE:
            self.setObjectName(f"{standing}_edge")
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._visited: list[tuple[str, str]] = []  # pages to go back to, each with the case that it showed
        self.message = MessageBar(self._words, theme, self, self._stack)
        self.search = SearchBox(acts, theme, self)

        self.checks = Checks(acts, jobs)
        self.checks.setParent(self)
        self.status = StatusLine(acts, jobs, self.checks)
        self.help = HelpCenter(acts, theme, self, self.show_page, self.page)
        self._nav = QButtonGroup(self)
        self.nav_buttons: dict[str, QToolButton] = {}
        self._arrange()
        self._listen()
        self.show_page("today")
        if warnings := list(notices(acts.workspace)):
            self.message.warn("\n".join(warnings))
        if problem := history_problem(acts.workspace):
            self.message.bad(problem, "")

    def _makers(self) -> dict[str, Callable[[], QWidget]]:
        acts, theme = self.acts, self._theme
        return {
            "today": self._today, "cases": self._cases, "figures": lambda: FiguresPage(acts, theme),
            "partners": self._partners,
            "procedures": lambda: PackPage(acts, theme), "outbox": self._outbox, "setup": self._setup, "case": self._case, "new": self._new, "print": self._print, "day": self._day,
            "guide": self._guide,
        }  # fmt: skip

    def _arrange(self) -> None:
        rail = QWidget()
        rail.setObjectName("rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        nav = QVBoxLayout(rail)
        nav.setContentsMargins(0, GAP, 0, GAP)
        nav.setSpacing(2)
        for number, name in enumerate(("today", "cases", "figures", "partners", "procedures", "outbox", "setup"), 1):
            if name == "setup":
                nav.addStretch(1)
            nav.addWidget(self._nav_button(name, number))
        widest = max(made.sizeHint().width() for made in self.nav_buttons.values())
        rail.setFixedWidth(max(self._theme.px(132), widest + GAP_SMALL))
        top = QWidget()
        top.setObjectName("top")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        new = iconed(button(self._words.text("New case"), lambda: self.show_page("new"), name="primary", shortcut="Ctrl+N"),
                     "add", self._theme, self._theme.colours.on_accent)  # fmt: skip
        lock = iconed(
            button(self._words.text("Lock", "button"), self.lock_wanted.emit, shortcut="Ctrl+L"),
            "lock",
            self._theme,
        )
        self._who = ElidedLabel(self._officer_name(), "muted")
        bar = QHBoxLayout(top)
        bar.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        bar.setSpacing(GAP_SMALL)
        self.search.setMinimumWidth(self._theme.px(160))
        self._who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.search, 3)
        bar.addWidget(self._who, 1)
        self.whole = iconed(
            button(self._words.text("PIN"), lambda: ask_whole(self.acts, self._jobs, self), name="quiet"),
            "lock",
            self._theme,
        )
        tip(self.whole, self._words.text("You unlocked with a PIN. Some things need your passphrase: type it here."))
        bar.addWidget(self.whole)
        self.whole.setVisible(self.acts.workspace.by_pin)
        bar.addWidget(new)
        bar.addWidget(lock)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(top)
        right.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(rail)
        across.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)
        self.help.named |= {
            "search": self.search, "new": new, "lock": lock, "status": self.status, "outbox": self.nav_buttons["outbox"],
        }  # fmt: skip

    def _officer_name(self) -> str:
        workspace = self.acts.workspace
        if workspace.by_recovery:
            return self._words.text("Opened with the recovery code")
        return workspace.officer.text("name") if workspace.officer else ""

    def _nav_button(self, name: str, number: int) -> QToolButton:
        title, picture, sentence = page_titles(self._words)[name]
        made = QToolButton()
        made.setObjectName("nav")
        made.setText(literal(title))
        made.setIcon(icon(picture, self._theme.colours.accent))
        made.setIconSize(QSize(self._theme.px(18), self._theme.px(18)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setCheckable(True)
        tip(made, f"{sentence} (Ctrl+{number})")
        made.setAccessibleName(title)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _=False: self._enter(name))
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        shortcut.activated.connect(lambda: self._enter(name))
        self._nav.addButton(made)
        self.nav_buttons[name] = made
        return made

    def _listen(self) -> None:
        self._idle = pause_timer(self, IDLE_MS, self._on_idle)
        self.acts.failed.connect(self.message.bad)
        self.acts.said.connect(self._on_said)
        self.acts.saved.connect(self._on_saved)
        self.acts.changed.connect(self._on_any_change)
        self.message.undo_wanted.connect(self.acts.undo)
        self.search.wanted.connect(self.show_case)
        self.status.help_wanted.connect(self._on_help)
        self.status.check_wanted.connect(self._on_check_wanted)
        self.help.toured.connect(self.toured)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+K", self.search.setFocus), ("Ctrl+F", self._focus_list), ("Ctrl+Z", self.acts.undo), ("F1", self._on_help),
            ("Alt+Left", self.go_back),
        )  # fmt: skip
        for key, slot in keys:
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _on_saved(self, time: str) -> None:
        self.status.say_saved(time)
        self.message.no_undo()

    def _on_said(self, sentence: str, undo: bool) -> None:
        self.message.good(sentence, undo, self.acts.last_case)

    def _on_any_change(self, changes: Changes) -> None:
        self._idle.start()
        self.whole.setHidden(not self.acts.workspace.by_pin)
        self.status.count_outbox()  # a document of an older revision is ready no more

    def _on_idle(self) -> None:
        self.acts.ask(lambda: tidy(self.acts.workspace), None)
        self.status.say_backup()
        self.status.say_check()

    def page(self, name: str) -> QWidget:
        """Return a page, made at its first use."""
        if name not in self._pages:
            self._pages[name] = self._makers()[name]()
            self._stack.addWidget(self._pages[name])
        return self._pages[name]

    def leave(self, *, parting: bool = False) -> None:
        """Leave the page that is shown; before the store closes, every page. See ``forms.leaving``."""
        leave_all(self._pages.values() if parting else [self._stack.currentWidget()], parting=parting)

    def show_page(self, name: str, case: str = "") -> None:
        """Show a page by its name; ``case``: what the page of a case will show."""
        before = self._place()
        page = self.page(name)
        if isinstance(page, CasePage) and not case and page.case_file is not None:
            case = page.case_file.case.uid
        self.help.card.hide()
        self._remember(before, (name, case))
        self.message.leave(case)
        self.leave()  # what is typed on the page is saved, or what cannot be read is told
        shown = self._pages.get("case")
        if isinstance(shown, CasePage) and name not in ("case", "print"):
            shown.decisions.end_late()
        self.acts.in_sight = case
        focus = self.focusWidget()
        self._stack.setCurrentWidget(page)
        chosen = self.nav_buttons.get(
            {"case": "cases", "new": "cases", "print": "cases", "day": "today"}.get(name, name)
        )
        if chosen is not None:
            chosen.setChecked(True)
        if isinstance(page, NewCasePage):
            page.begin()
        elif isinstance(page, CasesPage | TodayPage):
            page.focus_first()
        elif focus is None:
            page.setFocus()

    def _enter(self, name: str) -> None:
        """Show a page from the side: all of Today, whatever of it was shown."""
        self.show_page(name)
        if isinstance(page := self.page(name), TodayPage):
            page.turn_back()

    def _place(self) -> tuple[str, str]:
        """Return the page in front, and the case that it shows."""
        page = self._stack.currentWidget()
        case = page.case_file.case.uid if isinstance(page, CasePage) and page.case_file is not None else ""
        return self.current_page(), case

    def _remember(self, before: tuple[str, str], after: tuple[str, str]) -> None:
        """Keep where one came from; not a page that was there for one thing only, which is done."""
        if before[0] and before[0] not in _PASSING and before != after:
            self._visited = [*self._visited[-MOST_VISITED:], before]

    def go_back(self) -> None:
        """Show the list that a form hides in a narrow window, else the page before, as it was; at the end the list of cases."""
        shown = self._stack.currentWidget()
        if (shown is not None and turn_back(shown)) or (isinstance(shown, TodayPage) and shown.turn_back()):
            return
        here = self._place()
        name, case = "cases", ""
        while self._visited:
            name, case = self._visited.pop()
            if (name, case) != here:
                break
        visited = self._visited
        if case and case != self._case_shown():
            self.show_case(case)
        else:
            self.show_page(name, case)
        self._visited = visited

    def _case_shown(self) -> str:
        page = self._pages.get("case")
        return page.case_file.case.uid if isinstance(page, CasePage) and page.case_file is not None else ""

    def current_page(self) -> str:
        """Return the name of the page in front."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def show_case(self, case: str, record_type: str = "", record: str = "") -> None:
        """Open a case, at one of its records where it is named."""
        page = self.page("case")
        assert isinstance(page, CasePage)
        self.show_page("case", case)
        page.show_case(case, record_type, record)

    def show_closing(self, case: str) -> None:
        """Open a case at the page on which its closing is approved."""
        self.show_case(case)
        page = self.page("case")
        assert isinstance(page, CasePage)
        page.close_case()

    def _today(self) -> TodayPage:
        page = TodayPage(self.acts, self._theme)
        page.wanted.connect(self.show_case)
        page.closing_wanted.connect(self.show_closing)
        page.draft_wanted.connect(self._on_draft)
        page.day_wanted.connect(lambda: self.show_page("day"))
        page.new_wanted.connect(lambda: self.show_page("new"))
        page.setup_wanted.connect(self.show_setup)
        page.partner_wanted.connect(self.show_partner)
        return page

    def show_partner(self, partner: str) -> None:
        """Show an entry of the directory."""
        self.show_page("partners")
        page = self.page("partners")
        assert isinstance(page, PartnersPage)
        page.show_partner(partner)

    def _partners(self) -> PartnersPage:
        page = PartnersPage(self.acts, self._theme)
        page.wanted.connect(self.show_case)
        return page

    def _day(self) -> DayPage:
        page = DayPage(self.acts, self._theme)
        page.wanted.connect(self.show_case)
        page.printing.connect(self._on_print_day)
        page.left.connect(self.go_back)
        return page

    def _on_draft(self, draft: Draft) -> None:
        if draft.case:
            record = draft_key(draft.record) if draft.form.startswith("new ") else draft.record
            kind = "restricted" if is_closed(draft) else draft.record_type if draft.record_type != "case" else ""
            self.show_case(draft.case, kind, record)
            QTimer.singleShot(0, self, self._focus_draft)  # once its form is seen
        else:
            self.show_page(
                {"provider": "partners", "officer": "setup", **dict.fromkeys(PACK_RECORDS, "procedures")}.get(
                    draft.record_type, "new"
                )
            )

    def _focus_draft(self) -> None:
        shown = (form for form in self.page("case").findChildren(Form) if form.isVisible())
        any(form.focus_draft() for form in shown)

    def _cases(self) -> CasesPage:
        page = CasesPage(self.acts, self._theme)
        page.wanted.connect(self.show_case)
        page.new_wanted.connect(lambda: self.show_page("new"))
        page.batch_wanted.connect(self._on_batch)
        return page

    def _case(self) -> CasePage:
        page = CasePage(self.acts, self._theme, self._jobs)
        page.left.connect(self.go_back)
        page.printing.connect(self._on_print)
        return page

    def _new(self) -> NewCasePage:
        page = NewCasePage(self.acts, self._theme)
        page.opened.connect(lambda case: self.show_case(case, "person"))
        page.left.connect(self.go_back)
        return page

    def _print(self) -> PrintPage:
        page = PrintPage(self.acts, self._theme)
        page.left.connect(self.go_back)
        page.kept.connect(self.status.count_outbox)
        return page

    def _outbox(self) -> OutboxPage:
        page = OutboxPage(self.acts, self._theme)
        page.wanted.connect(self.show_case)
        page.handed.connect(self.status.count_outbox)
        return page

    def setup_part(self) -> str:
        """Return which part of Setup is in front; empty while nobody has seen it."""
        page = self._pages.get("setup")
        return page.part if isinstance(page, SetupPage) else ""

    def show_setup(self, part: str) -> None:
        """Show a part of Setup."""
        page = self.page("setup")
        assert isinstance(page, SetupPage)
        page.show_part(part)
        self.show_page("setup")

    def _on_check_wanted(self) -> None:
        self.show_setup("backups")

    def _setup(self) -> QWidget:
        page = SetupPage(self.acts, self._theme, self._settings, self._jobs, self.checks)
        page.settings_changed.connect(self.settings_changed)
        page.update_wanted.connect(self.update_wanted)
        page.quick_chosen.connect(self.quick_chosen)
        page.backed_up.connect(self.status.say_backup)
        page.case_wanted.connect(self.show_case)
        return page

    def _guide(self) -> QWidget:
        page = GuidePage(self._words, self._theme)
        page.left.connect(lambda: self.show_page(self.help.asked_from))
        return page

    def _may_print(self) -> bool:
        """Return whether whoever is at work may print at all; if not, the message bar says why."""
        return self.acts.ask(lambda: bool(print_levels(self.acts.workspace)), False)

    def _on_print(self, case_file: CaseFile, document: str) -> None:
        if not self._may_print():
            return
        page = self.page("print")
        assert isinstance(page, PrintPage)
        self.show_page("print")
        page.show_case(case_file, document)

    def _on_print_day(self, day: date) -> None:
        if not self._may_print():
            return
        page = self.page("print")
        assert isinstance(page, PrintPage)
        self.show_page("print")
        page.show_day(day)

    def _on_batch(self, cases: list[str]) -> None:
        def kept(count: int) -> None:
            text = self._words.plural(
                "{count} document is waiting in the outbox.",
                "{count} documents are waiting in the outbox.",
                count,
                count=count,
            )
            self.message.good(text, False)
            self.status.count_outbox()

        make_batch(self.acts, self._jobs, cases, kept, self.acts.job_failed, self)

    def _on_help(self) -> None:
        self.help.toggle(self.current_page())

    def _focus_list(self) -> None:
        self.show_page("cases")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close what lies over the page when the window changes its size."""
        self.help.card.hide()
        super().resizeEvent(event)
