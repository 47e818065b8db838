"""Help inside the window: the card of the page in front (F1), the guide, and the practice tour."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.help.guide_page import GuidePage
from avrr_desktop.ui.help.help_card import HelpCard
from avrr_desktop.ui.help.page_titles import page_titles
from avrr_desktop.ui.help.tour import Stop, Tour
from avrr_desktop.ui.widgets.theme import Theme

Pages = Callable[[str], QWidget]


class HelpCenter(QObject):
    """Joins card, guide and tour to the pages of one desktop. ``named``: the parts of its frame that the tour points at."""

    toured = Signal()

    def __init__(
        self, acts: Actions, theme: Theme, frame: QWidget, show_page: Callable[[str], object], page: Pages
    ) -> None:
        super().__init__(frame)
        self._acts, self._show_page, self._page = acts, show_page, page
        words = acts.workspace.words
        self.named: dict[str, QWidget] = {}
        self.card = HelpCard(words, theme, frame, tour=acts.workspace.practice)
        self.card.guide_wanted.connect(self._on_guide)
        self.card.tour_wanted.connect(self.begin_tour)
        self._theme, self._frame = theme, frame
        self.tour: Tour | None = None
        self.asked_from = "today"

    def toggle(self, page: str) -> None:
        """Show or hide the help of the page in front."""
        if page != "guide":
            self.asked_from = page
        self.card.toggle(page_titles(self._acts.workspace.words).get(page, ("", "", ""))[2])

    def _on_guide(self) -> None:
        self._show_page("guide")
        guide = self._page("guide")
        assert isinstance(guide, GuidePage)
        guide.show_for(self.asked_from)

    def begin_tour(self) -> None:
        """Begin the tour anew."""
        self.card.hide()
        if self.tour is None:
            self.tour = Tour(self._acts.workspace.words, self._theme, self._frame, self._stops())
            self.tour.ended.connect(self.toured)
        self.tour.begin()

    def _show_case(self, tab: str) -> None:
        none: list[CaseLine] = []
        lines = self._acts.ask(lambda: all_cases(self._acts.workspace), none)
        page = self._page("case")
        assert isinstance(page, CasePage)
        self._show_page("case")
        running = [line for line in lines if line.status == "open"] or lines
        if running and page.case_file is None:
            page.show_case(max(running, key=lambda line: line.persons).uid)
        page.show_tab(tab)

    def _tabs(self) -> QWidget:
        page = self._page("case")
        assert isinstance(page, CasePage)
        return page.tabs

    def _stops(self) -> tuple[Stop, ...]:
        text = self._acts.workspace.words.text
        named = self.named
        return (
            Stop(text("Welcome"), text(
                "Everybody here is invented. Click and type whatever you like: nothing leaves this practice store. " "The tour takes three minutes, and you can work in the window while it waits."),
                lambda: self._show_page("today"), lambda: None),
            Stop(text("Your morning"), text(
                "Today shows what is overdue, what is due this week, and who is waiting for an office. Click a " "name to open the case; the button next to it does the usual next step."),
                lambda: self._show_page("today"), lambda: self._page("today")),
            Stop(text("Find a person"), text(
                "Type a few letters of a name, a number or a place, in Latin or Cyrillic. Try “gjok” or “ристов”, then Enter."),
                lambda: self._show_page("cases"), lambda: named.get("search")),
            Stop(text("One family, one case"), text(
                "On the left you see the next steps, on the right the people and their papers. These tabs lead to " "the other parts of the case."),
                lambda: self._show_case("overview"), self._tabs),
            Stop(text("Steps know their order"), text(
                "A service has steps. Each step shows whether it can start, what it is waiting for, or what blocks " "it and what to do about it. Choose a step to see what to bring and which office to go to."),
                lambda: self._show_case("services"), self._tabs),
            Stop(text("Nothing is lost"), text(
                "Forms save automatically when you leave them. Ctrl+Z undoes the last change. This line shows when " "the last entry was saved, how old the backup is, and what is waiting to be handed over."),
                lambda: self._show_case("people"), lambda: named.get("status")),
            Stop(text("A new case"), text(
                "One name is enough to start. People who are already recorded appear while you type, so that " "nobody is recorded twice."),
                lambda: self._show_page("new"), lambda: named.get("new")),
            Stop(text("On paper"), text(
                "Print creates a summary for an office, with only as much detail as its reader may know. The " "outbox keeps it encrypted until you hand it over."),
                lambda: self._show_page("outbox"), lambda: named.get("outbox")),
            Stop(text("Away from the desk"), text(
                "Ctrl+L locks the store at once; after a few minutes without input it locks automatically. F1 " "opens help on every page and includes this tour. When you are ready: lock, choose another store, " "and create your own office’s store."),
                lambda: self._show_page("today"), lambda: named.get("lock")),
        )  # fmt: skip
