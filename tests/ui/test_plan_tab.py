"""The plan in a case: signed by both it is only read, and a revision says what it changed."""

from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.plan_tab import PlanTab
from tests.support import window


def plan_tab(qtbot: QtBot, workspace: Workspace, case: str) -> PlanTab:
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    desktop.show_case(case, "plan")
    page = window.case_page(desktop)
    page.show_tab("plan")
    tab = page.tab("plan")
    assert isinstance(tab, PlanTab)
    return tab


def test_a_plan_is_signed_read_and_followed_by_a_revision_that_says_what_changed(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    tab = plan_tab(qtbot, workspace, family.case.uid)
    tab.add()
    assert tab.form is not None and tab.compared is not None and not tab.compared.isVisible()
    window.type_into(tab.form, "own_words", "A bakery")
    window.type_into(tab.form, "signed_by_returnee_on", "12.6.2026")
    assert tab.form.save() and not tab.form.only_shows
    window.type_into(tab.form, "signed_by_officer_on", "13.6.2026")
    assert tab.form.save()
    assert tab.form.only_shows, "as soon as both have signed"
    assert "Remove" not in window.buttons(tab) and "Print the plan" in window.buttons(tab)
    tab.add()
    assert not tab.form.only_shows and window.says(tab, "Changed since revision 1")
    assert window.says(tab, "Nothing but the signatures.")
    window.type_into(tab.form, "own_words", "School. ")
    assert tab.form.save()
    assert window.says(tab, "Before: A bakery") and window.says(tab, "Now: School. A bakery")
    tab.list.setCurrentRow(1)
    assert tab.form.only_shows and not tab.compared.isVisible()
    plans = read_case(workspace, family.case.uid).plans
    assert sorted(one.text("own_words") for one in plans) == ["A bakery", "School. A bakery"]
