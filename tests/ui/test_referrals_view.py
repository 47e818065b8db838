"""The referrals of all cases in the window: chosen by keyboard, opened where they are worked on."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.referrals.referrals_tab import ReferralsTab
from avrr_desktop.ui.office.partners_page import PartnersPage
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import window
from tests.support.referrals import partner, stored_referral


def test_one_without_an_answer_is_found_and_opened(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    values = {
        "state": "sent",
        "sent_on": "2026-06-01",
        "answer_expected_on": "2026-06-10",
        "provider": partner(workspace),
        "category": "LEG",
    }
    sent = stored_referral(workspace, values, family.case.uid)
    stored_referral(workspace, {"state": "draft", "category": "EDU"}, family.case.uid)
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    desktop.show_page("partners")
    page = desktop.page("partners")
    assert isinstance(page, PartnersPage)
    window.press(page, "Referrals of all cases")
    view = page.referrals
    view.view.setCurrentIndex(view.view.findData("team"))
    assert view.list.count() == 2 and not page.text.isVisible()
    view.view.setCurrentIndex(view.view.findData("unanswered"))
    lines = [view.list.item(row).data(LINE_ROLE) for row in range(view.list.count())]
    assert [line.title for line in lines] == ["Caritas Shkodër · Legal aid"], lines
    assert "Đorđević family" in lines[0].below and "overdue" in lines[0].right
    view.list.setCurrentRow(0)
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    case_page = window.case_page(desktop)
    assert case_page.case_file is not None and case_page.case_file.case.uid == family.case.uid
    tab = case_page.tab("referrals")
    assert isinstance(tab, ReferralsTab) and tab.isVisible() and tab.list.chosen() == sent
    desktop.go_back()
    QApplication.processEvents()
    assert page.isVisible() and view.isVisible(), "back leads to the list it was opened from"
    window.press(page, "Back to the directory")
    assert page.text.isVisible() and not view.isVisible()


def test_an_empty_view_says_so(qtbot: QtBot, workspace: Workspace) -> None:
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    desktop.show_page("partners")
    page = desktop.page("partners")
    assert isinstance(page, PartnersPage)
    page.show_referrals()
    assert window.says(page, "No referral is running in your cases.")
    page.referrals.view.setCurrentIndex(page.referrals.view.findData("unanswered"))
    assert window.says(page, "Every referral that was sent has its answer.")
