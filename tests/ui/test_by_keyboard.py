"""The keyboard leads on: from a search into its list, over buttons, through a tour, and never into the side bar by itself."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.locations import practice_store
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.cases.cases_page import CasesPage
from avrr_desktop.ui.forms.editors.field_editors import ChoiceEditor
from avrr_desktop.ui.forms.editors.list_editors import LinksEditor
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window
from tests.ui.test_list_and_form import record_tab
from tests.ui.test_people_tab import people_tab
from tools.rigs.office_window import office_window


def cases_page(shell: Shell) -> CasesPage:
    assert shell.desktop is not None
    shell.desktop.show_page("cases")
    QApplication.processEvents()
    page = shell.desktop.page("cases")
    assert isinstance(page, CasesPage) and page.text.hasFocus()
    return page


def test_down_leads_from_the_search_into_the_list_and_return_opens_the_only_hit(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    open_case(workspace, {"called": "Krasniqi"})
    shell = office_window(qtbot, workspace)
    page = cases_page(shell)
    QTest.keyClick(page.text, Qt.Key.Key_Return)
    assert page.view.hasFocus() and page.isVisible(), "with two cases nobody knows which one is meant"
    page.text.setFocus()
    QTest.keyClick(page.text, Qt.Key.Key_Down)
    assert page.view.hasFocus() and page.view.currentIndex().row() == 0
    page.text.setFocus()
    window.type_text(page.text, "Krasn")
    QTest.keyClick(page.text, Qt.Key.Key_Return)
    assert shell.desktop is not None
    opened = window.case_page(shell.desktop)
    assert opened.isVisible() and opened.case_file is not None
    assert opened.case_file.case.text("called") == "Krasniqi"
    assert opened.tabs.hasFocus(), "the arrow keys lead through the parts"
    shell.close()


def test_return_presses_a_button_and_a_modifier_leaves_it_to_the_form(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, family.case.uid, "papers")
    [add] = [one for one in tab.findChildren(QPushButton) if one.accessibleName() == "Add: Paper"]
    add.setFocus()
    QTest.keyClick(add, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert tab.form is not None and not tab.form.is_new
    QTest.keyClick(add, Qt.Key.Key_Return)
    assert tab.form.is_new
    shell.close()


def test_the_cursor_stays_beside_what_was_taken_away(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, family.case.uid, "papers")
    tab.list.choose(family.papers[1].uid)
    QApplication.processEvents()
    remove = window.button(tab, "Remove")
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Return)
    assert len(read_case(workspace, family.case.uid).papers) == len(family.papers) - 1
    assert tab.list.hasFocus()
    people = people_tab(shell, family.case.uid)
    people.list.choose(family.members[-1].person.uid)
    QApplication.processEvents()
    remove = window.button(people, "Remove from the case")
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert len(read_case(workspace, family.case.uid).members) == len(family.members) - 1
    assert people.list.hasFocus()
    shell.close()


def test_a_partner_who_is_new_can_be_chosen_in_the_form_that_was_open(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    first = new_record(workspace, "provider", {"name": "Qendra sociale"}).record
    referral = new_record(workspace, "referral", {"provider": first, "state": "draft"}, case).record
    shell = office_window(qtbot, workspace)
    tab = record_tab(shell, case, "referrals")
    assert tab.form is not None and tab.form.record.uid == referral
    editor = tab.form.rows["provider"].editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.box.findText("Komuna Prizren") < 0
    new_record(workspace, "provider", {"name": "Komuna Prizren"})
    assert shell.desktop is not None
    shell.desktop.show_page("partners")
    shell.desktop.show_page("case")
    window.case_page(shell.desktop).show_tab("referrals")
    assert editor.box.findText("Komuna Prizren") > 0
    assert editor.value() == first and not tab.form.dirty
    shell.close()


def test_what_cannot_be_read_is_told_when_its_page_is_left(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    QApplication.processEvents()
    birth = tab.forms[0].rows["birth_date"].editor.focus
    assert isinstance(birth, QLineEdit)
    birth.selectAll()
    window.type_into(tab.forms[0], "birth_date", "31.2.1989")
    assert shell.desktop is not None
    told = shell.desktop.message
    shell.desktop.show_page("today")
    assert told.isVisible() and told.text.text().startswith("Not saved, because the entry is not valid: Date of birth")
    assert "31" not in told.text.text()
    shell.close()


def test_a_click_on_the_words_ticks(qtbot: QtBot) -> None:
    editor = LinksEditor([("a", "Victim of trafficking in human beings"), ("b", "Single parent with a child")])
    qtbot.addWidget(editor.list)
    editor.list.show()
    qtbot.waitExposed(editor.list)
    touched: list[bool] = []
    editor.touched.connect(lambda: touched.append(True))
    box = editor.list.visualItemRect(editor.list.item(1))
    QTest.mouseClick(editor.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert editor.value() == ("b",) and touched == [True]
    QTest.mouseClick(editor.list.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + box.center() / 4)
    assert editor.value() is None
    QTest.keyClick(editor.list, Qt.Key.Key_Up)
    QTest.keyClick(editor.list, Qt.Key.Key_Space)
    assert editor.value() == ("a",)
    assert isinstance(editor.list, QListWidget)


@pytest.fixture
def practice() -> None:
    create_practice(practice_store(), PracticeOptions(date(2026, 6, 15), cases=1)).lock()


def test_the_tour_keeps_the_cursor_and_does_not_begin_again(qtbot: QtBot, practice: None) -> None:
    shell = window.open_window(
        qtbot, practice_store(), settings=Settings(language="en", look="light", size=100, tour=True)
    )
    desktop = window.unlock(qtbot, shell, "practice makes perfect")
    tour = desktop.help.tour
    assert tour is not None and tour.isVisible()
    for _ in range(3):
        tour.next.setFocus()
        QTest.keyClick(tour.next, Qt.Key.Key_Return)
        assert tour.next.hasFocus()
    QTest.keyClick(tour.end, Qt.Key.Key_Return)
    desktop.show_setup("look")
    setup = desktop.page("setup")
    assert isinstance(setup, SetupPage)
    setup.look.setCurrentIndex(setup.look.findData("dark"))
    setup.look.activated.emit(setup.look.currentIndex())
    QApplication.processEvents()
    assert shell.desktop is not None and shell.desktop is not desktop
    assert shell.desktop.help.tour is None, "who ended it is not asked again"
    again = shell.desktop.page("setup")
    assert isinstance(again, SetupPage) and again.part == "look" and again.isVisible()
    shell.close()
