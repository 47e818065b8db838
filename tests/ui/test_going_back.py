"""Alt+Left leads back from every page; lists offer a menu and their text; menus stay within the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.cases.cases_page import CasesPage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.system.clipboard import HINTS
from tests.support.window import case_page, desktop_of, press, window_over


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> Shell:
    return window_over(qtbot, workspace)


def back(desktop: Desktop) -> str:
    """Press Alt+Left and return the page in front."""
    QTest.keyClick(QApplication.focusWidget() or desktop, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    return desktop.current_page()


def test_one_goes_back_over_pages_and_finds_each_as_it_was(shell: Shell, family: CaseFile) -> None:
    desktop = desktop_of(shell)
    desktop.show_page("cases")
    desktop.show_case(family.case.uid)
    case_page(desktop).show_tab("papers")
    desktop.show_page("partners")
    desktop.show_page("outbox")
    assert back(desktop) == "partners"
    assert back(desktop) == "case" and case_page(desktop).shown_tab == "papers"
    assert back(desktop) == "cases" and back(desktop) == "today"
    assert back(desktop) == "cases", "the end of the way"


def test_a_case_that_was_left_for_another_comes_back(shell: Shell, workspace: Workspace, family: CaseFile) -> None:
    other = open_case(workspace, {"called": "Ђорђевић"}).case
    desktop = desktop_of(shell)
    for case in (family.case.uid, other):
        desktop.show_case(case)
    assert back(desktop) == "case"
    shown = case_page(desktop).case_file
    assert shown is not None and shown.case.uid == family.case.uid
    assert back(desktop) == "today"


@pytest.mark.parametrize("passing", ["new", "print", "guide"])
def test_nobody_goes_back_to_a_page_that_was_there_for_one_thing(shell: Shell, family: CaseFile, passing: str) -> None:
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    desktop.show_page(passing)
    desktop.show_page("partners")
    assert back(desktop) == "case"


def test_back_from_a_print_leads_to_where_it_was_asked_for(shell: Shell, family: CaseFile) -> None:
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    case_page(desktop).print_button.click()
    assert desktop.current_page() == "print"
    press(desktop.page("print"), "Back to the case")
    assert desktop.current_page() == "case"


def test_the_title_names_office_and_program_once(shell: Shell) -> None:
    assert shell.windowTitle() == "Tirana office – AVRR Desktop"
    assert shell.windowTitle().endswith("AVRR Desktop"), "so the system adds it no second time"


def test_a_row_of_cases_opens_and_copies_by_its_menu_and_by_key(shell: Shell, family: CaseFile) -> None:
    desktop = desktop_of(shell)
    desktop.show_page("cases")
    page = desktop.page("cases")
    assert isinstance(page, CasesPage)
    assert [one.isEnabled() for one in page.row_menu.menu().actions() if not one.isSeparator()] == [False, True, False]
    page.view.setCurrentIndex(page.model.index(0, 0))
    menu = page.row_menu.menu()
    assert [one.text() for one in menu.actions() if not one.isSeparator()] == [
        "Open this case", "Print all shown", "Copy the text",
    ]  # fmt: skip
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied[0] == family.case.text("number") and len(copied) == page.model.columnCount()
    content = QGuiApplication.clipboard().mimeData()
    assert content is not None and all(content.hasFormat(name) for name in HINTS), "marked as a person's"
    menu.actions()[0].trigger()
    assert desktop.current_page() == "case"


def test_a_record_offers_what_the_buttons_of_its_form_offer(qtbot: QtBot, shell: Shell, family: CaseFile) -> None:
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    page = case_page(desktop)
    page.show_tab("papers")
    tab = page.tab("papers")
    assert isinstance(tab, RecordTab)
    at = tab.list.visualItemRect(tab.list.item(1)).center()
    QTest.mousePress(tab.list.viewport(), Qt.MouseButton.RightButton, pos=at)
    tab.list.customContextMenuRequested.emit(at)
    assert tab.list.currentRow() == 1
    shown = QApplication.activePopupWidget()
    assert shown is not None
    shown.close()
    texts = [one.text() for one in tab.row_menu.menu().actions()]
    assert "Remove" in texts and "Copy the text" in texts and "Restrict" not in texts
    before = tab.list.count()
    next(one for one in tab.row_menu.menu().actions() if one.text() == "Remove").trigger()
    assert tab.list.count() == before - 1


def test_the_menu_of_a_case_stays_within_the_window(qtbot: QtBot, shell: Shell, family: CaseFile) -> None:
    shell.resize(1024, 600)
    shell.move(0, 0)
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    page = case_page(desktop)
    [more] = [one for one in page.findChildren(QPushButton) if one.menu() is page.menu]
    page.menu.popup(more.mapToGlobal(QPoint(0, more.height())))
    qtbot.waitUntil(page.menu.isVisible)
    qtbot.waitUntil(lambda: page.menu.geometry().right() <= shell.frameGeometry().right())
    page.menu.close()
