"""What waits in Today can be gone on with from there."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.record_tab import RecordTab
from tests.support import window
from tools.rigs.office_window import office_window


def test_a_referral_without_an_answer_leads_to_where_it_is_written(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    made = new_record(
        workspace,
        "referral",
        {"state": "sent", "sent_on": "2026-05-01", "answer_expected_on": "2026-06-01"},
        family.case.uid,
    )
    shell = office_window(qtbot, workspace)
    desktop = window.desktop_of(shell)
    desktop.show_page("today")
    [answer] = [one for one in desktop.page("today").findChildren(QPushButton) if one.text() == "Answer"]
    assert family.case.text("called") in answer.accessibleName()
    answer.click()
    tab = window.case_page(desktop).tab("referrals")
    assert isinstance(tab, RecordTab) and tab.isVisible()
    assert tab.list.chosen() == made.record
    shell.close()
