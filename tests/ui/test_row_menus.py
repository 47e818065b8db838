"""Every list of the window: what its rows offer by mouse and keyboard, and their text for a spreadsheet."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCalendarWidget, QComboBox, QHeaderView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.widgets.item_list import Item
from avrr_desktop.ui.widgets.row_menu import RowMenu, row_text
from tests.support.every_page import FRONT, PAGES
from tests.support.stage import SIZES, Stage
from tests.support.today import today_page
from tests.support.window import case_page, desktop_of, window_over

COPY, ITSELF = "Copy the text", Qt.FindChildOption.FindDirectChildrenOnly
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SEEN = {
    "today",
    "cases",
    "partners",
    "outbox, ready",
    "setup, officers",
    "procedures, programmes",
    "guide",
    "search, found",
    "case, people",
    "case, papers",
    "case, referrals",
    "case, story",
    "case, services",
    "case, overview",
    "new case, likely people",
    "who",
    "restore",
}  # pages on which a list is walked at the least


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    place = tmp_path_factory.mktemp("rows")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(place))
        environment.setenv("LOCALAPPDATA", str(place))
        made = Stage(place, PAGES, FRONT, role="supervisor")
        yield made
        made.close()


def is_of_field(view: QAbstractItemView) -> bool:
    """Return whether a list chooses the value of a field: a drop-down, a calendar, ticks."""
    above: QWidget | None = view.parentWidget()
    while above is not None and not isinstance(above, QComboBox | QCalendarWidget | Form):
        above = above.parentWidget()
    return above is not None


def lists_in(window: QWidget) -> list[QAbstractItemView]:
    """Return the lists of a page that are seen."""
    return [
        one for one in window.findChildren(QAbstractItemView)
        if one.isVisible() and not isinstance(one, QHeaderView) and not is_of_field(one)
    ]  # fmt: skip


def menu_of(view: QAbstractItemView) -> RowMenu:
    [found] = view.findChildren(RowMenu, options=ITSELF)
    return found


def offered(view: QAbstractItemView) -> dict[str, bool]:
    """Return what the menu of the chosen row offers, and whether it can be done now."""
    return {one.text().split("\t")[0]: one.isEnabled() for one in menu_of(view).menu().actions() if one.text()}


def act(view: QAbstractItemView, text: str) -> None:
    """Do what the menu of the chosen row says."""
    next(one for one in menu_of(view).menu().actions() if one.text() == text).trigger()


def entries_popped_up(qtbot: QtBot) -> list[str]:
    """Return what the menu says that has just opened, and close it."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions()]
    menu.close()
    return texts


@pytest.mark.parametrize("name", PAGES)
def test_each_list_copies_its_rows_and_has_a_menu(qtbot: QtBot, stage: Stage, name: str) -> None:
    window = stage.bring(qtbot, name, SIZES["1280x800"])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    copy, walked = window.words.text(COPY), 0
    for view in lists_in(window):
        called = f"{name}: {view.accessibleName()}"
        assert len(view.findChildren(RowMenu, options=ITSELF)) == 1, called
        if not view.model().rowCount():
            continue
        walked += 1
        if not view.currentIndex().isValid():
            view.setCurrentIndex(view.model().index(0, 0))
        at = view.visualRect(view.currentIndex()).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
        QApplication.sendEvent(view.viewport(), asked)
        assert copy in entries_popped_up(qtbot), called
        if view.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue  # of the search: the cursor stays in its line
        view.setFocus()
        QGuiApplication.clipboard().setText("of somebody else")
        QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
        text = menu_of(view).text_of(view.currentIndex())
        assert QGuiApplication.clipboard().text() == text, called
        QTest.keyClick(view, Qt.Key.Key_F10, SHIFT)
        assert copy in entries_popped_up(qtbot), called
    assert walked or name not in SEEN


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> Shell:
    return window_over(qtbot, workspace)


def shown_tab(shell: Shell, family: CaseFile, name: str) -> QWidget:
    """Return a tab of the family's case, in front."""
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    case_page(desktop).show_tab(name)
    return case_page(desktop).tab(name)


def test_a_person_is_copied_cell_by_cell_and_taken_out_by_the_menu(
    shell: Shell, workspace: Workspace, family: CaseFile
) -> None:
    tab = shown_tab(shell, family, "people")
    assert isinstance(tab, PeopleTab)
    tab.list.setCurrentRow(2)
    name, below, right = row_text(tab.list.currentIndex()).split("\t")
    assert (name, right) == ("Ana Đorđević, 12", "1 paper missing") and below.startswith("Dependant")
    acts = {"Add a person", "Remove from the case", "Same person as …", COPY}
    assert acts <= {text for text, able in offered(tab.list).items() if able}
    act(tab.list, "Remove from the case")
    left = read_case(workspace, family.case.uid)
    assert [one.person.uid for one in family.members if one not in left.members] == [family.members[2].person.uid]


def test_a_line_break_in_a_cell_makes_no_row_of_its_own(shell: Shell, family: CaseFile) -> None:
    tab = shown_tab(shell, family, "people")
    assert isinstance(tab, PeopleTab)
    tab.list.show_lines([Item("1", "Krasniqi,\nArdita", "6\tyears", right="1 paper missing")])
    assert row_text(tab.list.model().index(0, 0)) == "Krasniqi, Ardita\t6 years\t1 paper missing"


def test_a_step_offers_what_stands_above_its_form(shell: Shell, workspace: Workspace, family: CaseFile) -> None:
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    tab = shown_tab(shell, family, "services")
    assert isinstance(tab, ServicesTab)
    service = tab.tree.topLevelItem(0)
    assert service is not None
    step = service.child(0)
    assert step is not None
    assert row_text(tab.tree.indexFromItem(step)).split("\t") == [step.text(column) for column in range(3)]
    assert "Done" not in offered(tab.tree) and "Remove" in offered(tab.tree)
    tab.tree.setCurrentItem(step)
    assert {"Done", "Filed, waiting for the office", "Other status", "Move", "Remove"} <= offered(tab.tree).keys()
    other = next(one for one in menu_of(tab.tree).menu().actions() if one.text() == "Other status")
    below = other.menu()
    assert isinstance(below, QMenu) and len(below.actions()) > 3


def test_the_menu_key_asks_of_the_chosen_row_below_a_head_of_columns_too(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile
) -> None:
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    tab = shown_tab(shell, family, "services")
    assert isinstance(tab, ServicesTab)
    chosen = tab.chosen()
    at = tab.tree.visualRect(tab.tree.currentIndex()).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, tab.tree.mapToGlobal(at))
    QApplication.sendEvent(tab.tree, asked)
    assert "Remove" in entries_popped_up(qtbot) and tab.chosen() == chosen


def test_restricted_records_offer_their_acts_only_once_shown(shell: Shell, family: CaseFile) -> None:
    tab = shown_tab(shell, family, "protection")
    assert isinstance(tab, ProtectionTab)
    assert list(offered(tab.list)) == [COPY]


def test_the_desk_offers_by_the_same_menu(shell: Shell, workspace: Workspace, family: CaseFile) -> None:
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    page = today_page(desktop_of(shell))
    page.show_desk()
    index, row = next(page.view.rows())
    page.view.setCurrentIndex(index)
    assert {"Open the case", "Done", "Tomorrow", COPY} <= offered(page.view).keys()
    assert row_text(index).split("\t") == [row.name, row.said.what, row.said.when, row.below]
    page.view.setCurrentIndex(index.parent())
    assert list(offered(page.view)) == [COPY] and row_text(index.parent()) == page.model.text(index.parent())
