"""Every page of the window, by name, each with what brings it up."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import (
    QTabWidget,
    QWidget,
)  # fmt: skip

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.policy import Policy
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.parts import PART_KEYS, PROTECTION
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.cases.cases_page import CasesPage
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.office.directory_page import DirectoryPage
from avrr_desktop.ui.office.figures_page import FiguresPage
from avrr_desktop.ui.office.pack_page import PackPage
from avrr_desktop.ui.office.partners_page import PartnersPage
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.start.new_store_page import NewStorePage
from avrr_desktop.ui.start.restore_page import RestorePage
from avrr_desktop.ui.start.start_page import StartPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from avrr_desktop.ui.start.who_page import WhoPage
from avrr_desktop.ui.today.day_page import DayPage
from tests.support.stage import Stage

# The pages, by name: each is a function that brings it up from wherever the window is.


def _start(stage: Stage) -> None:
    stage.front.show_start()


def _first_start(stage: Stage) -> None:
    stage.front.doors.shown.emit(StartPage(stage.front.words, stage.front.theme, Policy()))


def _new_store(stage: Stage) -> None:
    stage.front.doors.show_new_store()


def _new_store_refused(stage: Stage) -> None:
    stage.front.doors.show_new_store()
    page = stage.front.centralWidget()
    assert isinstance(page, NewStorePage)
    page.make.click()


def _unlock(stage: Stage) -> None:
    stage.front.doors.store_chosen.emit(stage.folder)


def _unlock_refused(stage: Stage) -> None:
    _unlock(stage)
    page = stage.front.centralWidget()
    assert isinstance(page, UnlockPage)
    page.say(stage.front.words.text("The passphrase is too short."))


def _who(stage: Stage) -> None:
    stage.front.doors.shown.emit(WhoPage(stage.front.words, stage.front.theme, stage.officers))


def _nothing_matches(stage: Stage) -> None:
    page = stage.page(CasesPage, "cases")
    page.text.setText("qqqqqq")
    page.show_cases()


def _cases(stage: Stage) -> None:
    page = stage.page(CasesPage, "cases")
    page.text.clear()
    page.show_cases()


def _figure(stage: Stage) -> None:
    period = stage.page(FiguresPage, "figures").period
    period.setCurrentIndex(period.count() - 1)


def _countries(stage: Stage) -> None:
    stage.page(FiguresPage, "figures").period.setCurrentIndex(0)


def _setup(part: str) -> Callable[[Stage], None]:
    return lambda stage: stage.desktop.show_setup(part)


def _outbox(row: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.page(OutboxPage, "outbox").list.setCurrentRow(row)

    return show


def _shows(name: str, case: str = "case") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.tab(name, QWidget, getattr(stage, case))

    return show


def _adds(name: str) -> Callable[[Stage], None]:
    return lambda stage: stage.tab(name, RecordTab).add()


def _unreadable(stage: Stage) -> None:
    form = stage.tab("people", PeopleTab, stage.nameless).forms[0]
    form.rows["birth_date"].editor.show_typed("some day")
    form.show_current()


def _step(standing: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        steps = read_case(stage.workspace, stage.case).step_views()
        step = next((view.step.uid for view in steps if view.standing.value == standing), steps[0].step.uid)
        stage.tab("services", ServicesTab, record=step)

    return show


def _services(stage: Stage) -> None:
    first = read_case(stage.workspace, stage.case).services[0].uid  # whatever another page has chosen
    stage.tab("services", ServicesTab, stage.case, first)


def _print(stage: Stage) -> None:
    stage.tab("overview", QWidget)
    page = stage.desktop.page("case")
    assert isinstance(page, CasePage)
    page.print_button.click()


def _new_case(stage: Stage) -> None:
    stage.page(NewCasePage, "new").begin()


def _likely(stage: Stage) -> None:
    page = stage.page(NewCasePage, "new")
    page.begin()
    page.look_for("Zeqiri")


def _new_case_refused(stage: Stage) -> None:
    page = stage.page(NewCasePage, "new")
    page.begin()
    page.open_new()


def _search(text: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.desktop.show_page("today")
        stage.desktop.search.setText(text)
        stage.desktop.search.show_hits()

    return show


def _help(stage: Stage) -> None:
    stage.desktop.show_page("cases")
    stage.desktop.status.help_wanted.emit()


def _message(stage: Stage) -> None:
    stage.desktop.show_page("figures")
    stage.desktop.acts.fail(
        RefusedError("A case is closed, not removed.", "Close it with a reason, or mark it as a duplicate.")
    )


def _undone(stage: Stage) -> None:
    stage.desktop.show_page("figures")
    stage.desktop.message.good(stage.shell.words.text("Case closed"), True)


def _page(name: str) -> Callable[[Stage], None]:
    return lambda stage: stage.desktop.show_page(name)


def _day(stage: Stage) -> None:
    stage.desktop.show_page("day")
    page = stage.desktop.page("day")
    assert isinstance(page, DayPage)
    running = [line.uid for line in all_cases(stage.workspace, CaseFilter(status="running"))]
    planned = [step.text("planned_on") for uid in running for step in read_case(stage.workspace, uid).steps]
    page.day = date.fromisoformat(max(day for day in planned if len(day) == 10))
    page.show_day()


def _empty_day(stage: Stage) -> None:
    _day(stage)
    page = stage.desktop.page("day")
    assert isinstance(page, DayPage)
    page.turn(400)


def _procedures(key: str, *, edited: bool = False) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        steps = stage.page(PackPage, "procedures").steps
        steps.search.clear()
        steps.show_steps()
        steps.list.choose(key)
        if edited:
            steps.edit(key)

    return show


def _procedures_tab(tab: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        tabs = stage.page(PackPage, "procedures").findChild(QTabWidget)
        assert isinstance(tabs, QTabWidget)
        tabs.setCurrentIndex(tab)

    return show


def _mover(stage: Stage) -> None:
    tab = stage.tab("papers", RecordTab)
    tab.show_mover(read_case(stage.workspace, stage.case).papers[0])


def _several(stage: Stage) -> None:
    tab = stage.tab("papers", PapersTab)
    tab.choose_people()


TABS = tuple(key for key in PART_KEYS if key != PROTECTION)  # which is opened apart


def _tour(stop: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.desktop.help.begin_tour()
        tour = stage.desktop.help.tour
        assert tour is not None
        for _ in range(stop):
            tour.next.click()

    return show


def _after_tour(stage: Stage) -> None:
    _tour(8)(stage)
    tour = stage.desktop.help.tour
    assert tour is not None
    tour.next.click()
    stage.desktop.help.toggle("today")
    stage.desktop.help.card.guide.click()


def _new_store_proposed(stage: Stage) -> None:
    stage.front.doors.show_new_store()
    page = stage.front.centralWidget()
    assert isinstance(page, NewStorePage)
    page.pair.propose.click()


def _front_guide(stage: Stage) -> None:
    stage.front.doors.show_guide("start")


def _restore(found: bool) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.front.doors.show_restore(stage.folder)
        page = stage.front.centralWidget()
        assert isinstance(page, RestorePage)
        page.show_backups(stage.backups if found else stage.folder)

    return show


def _restored(stage: Stage) -> None:
    _restore(True)(stage)
    page = stage.front.centralWidget()
    assert isinstance(page, RestorePage)
    page.show_restored(stage.folder)


def _restricted(stage: Stage) -> None:
    tab = stage.tab("protection", ProtectionTab)
    tab.open()
    tab.add("vulnerability")


def _rights(stage: Stage) -> None:
    stage.tab("protection", ProtectionTab, stage.bare)  # what was opened in one case is closed in the next
    stage.tab("protection", ProtectionTab)


FRONT: dict[str, Callable[[Stage], None]] = {
    "start": _start, "first start": _first_start, "new store": _new_store, "new store, refused": _new_store_refused,
    "new store, words proposed": _new_store_proposed, "guide, no store": _front_guide,
    "restore": _restore(True), "restore, none": _restore(False), "restored": _restored,
    "unlock": _unlock, "unlock, refused": _unlock_refused, "who": _who,
}  # fmt: skip

PAGES: dict[str, Callable[[Stage], None]] = {
    **FRONT,
    "today": _page("today"), "cases": _cases, "cases, nothing matches": _nothing_matches, "countries": _countries,
    "countries, published figure": _figure, "partners": _page("partners"),
    "day sheet": _day, "day sheet, nothing": _empty_day,
    "procedures": _procedures("CR.BIRTH_ENTRY"), "procedures, country": _procedures("RS.BIRTH_ENTRY"),
    "procedures, edited": _procedures("AL.BIRTH", edited=True),
    "procedures, services": _procedures_tab(1), "procedures, lists": _procedures_tab(2),
    "procedures, programmes": _procedures_tab(3), "procedures, offices": _procedures_tab(4), "procedures, figures": _procedures_tab(5),
    "case, move a paper": _mover, "case, several papers": _several,
    "partners, new": lambda stage: stage.page(DirectoryPage, "partners").add(),
    "partners, referrals": lambda stage: stage.page(PartnersPage, "partners").show_referrals(),
    "outbox, handed over": _outbox(0), "outbox, ready": _outbox(1),
    "setup, officers": _setup("officers"), "setup, office": _setup("office"), "setup, backups": _setup("backups"), "setup, data protection": _setup("data"), "setup, look": _setup("look"), "setup, about": _setup("about"), "case, restricted records": _restricted,
    "case, rights of the people": _rights,
    **{f"case, {name}": _shows(name) for name in TABS}, "case, services": _services,
    **{f"case without anything, {name}": _shows(name, "bare") for name in TABS},
    **{f"case, {name}, new": _adds(name) for name in ("papers", "school", "referrals", "follow_ups", "contacts", "notes")},
    "case, closed": _shows("overview", "closed"), "case, unreadable date": _unreadable,
    **{f"case, step {standing}": _step(standing) for standing in ("waiting", "blocked", "can_start", "done")},
    "case, add a service": lambda stage: stage.tab("services", ServicesTab).choose_service(),
    "print": _print, "new case": _new_case, "new case, likely people": _likely, "new case, refused": _new_case_refused,
    "search, found": _search("a"), "search, nothing": _search("00000 xwxw"), "help": _help, "message, bad": _message,
    "message, undo": _undone, **{f"tour {stop + 1}": _tour(stop) for stop in range(9)}, "guide": _after_tour,
}  # fmt: skip
