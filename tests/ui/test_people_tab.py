"""A person is added by what is typed, not by pressing a button."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.widgets.item_list import LINE_ROLE, Item
from tests.support import window
from tools.rigs.office_window import office_window


def people_tab(shell: Shell, case: str) -> PeopleTab:
    assert shell.desktop is not None
    shell.desktop.show_case(case)
    page = window.case_page(shell.desktop)
    page.show_tab("people")
    tab = page.tab("people")
    assert isinstance(tab, PeopleTab)
    return tab


def titles(tab: PeopleTab) -> list[str]:
    lines: list[Item] = [tab.list.item(number).data(LINE_ROLE) for number in range(tab.list.count())]
    return [line.title for line in lines]


def test_who_looks_at_an_empty_form_adds_nobody(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    entries = workspace.store.journal.count()
    tab.add()
    [form] = tab.forms
    assert form.rows["given_names"].editor.focus.hasFocus()
    assert form.rows["family_name"].editor.typed() == family.members[0].person.text("family_name")
    tab.list.setCurrentRow(0)
    assert [member.person.uid for member in read_case(workspace, family.case.uid).members] == [
        member.person.uid for member in family.members
    ]
    assert workspace.store.journal.count() == entries and all_drafts(workspace) == []
    shell.close()


def test_a_person_comes_with_the_first_saved_value_and_is_asked_about_below(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    before = workspace.store.journal.count()
    tab.add()
    window.type_into(tab.forms[0], "given_names", "Šejla")
    assert len(tab.forms) == 1
    QTest.keyClick(
        tab.forms[0].rows["given_names"].editor.focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert workspace.store.journal.count() == before + 1, "person and membership are one entry"
    member = read_case(workspace, family.case.uid).members[-1]
    assert member.person.text("given_names") == "Šejla"
    assert tab.list.chosen() == member.person.uid
    assert tab.forms[0].rows["given_names"].editor.focus.hasFocus(), "nobody is torn out of the line they type in"
    window.choose(tab.forms[1], "relationship", "daughter")
    assert tab.forms[1].save()
    window.type_into(tab.forms[0], "given_names", " Ana")
    assert tab.forms[0].save()
    member = read_case(workspace, family.case.uid).members[-1]
    assert (member.person.text("given_names"), member.membership.text("relationship")) == ("Šejla Ana", "daughter")
    assert len(read_case(workspace, family.case.uid).members) == len(family.members) + 1
    shell.close()


def test_what_was_begun_waits_as_a_draft_over_a_lock(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell = office_window(qtbot, workspace)
    tab = people_tab(shell, family.case.uid)
    tab.add()
    window.type_into(tab.forms[0], "given_names", "Šejla")
    tab.leave(parting=True)
    [draft] = all_drafts(workspace)
    assert shell.desktop is not None
    window.open_draft(shell.desktop, draft)
    QApplication.processEvents()
    assert titles(tab)[0] == "Unfinished entry"
    assert tab.forms[0].rows["given_names"].editor.typed() == "Šejla"
    assert tab.forms[0].save()
    assert all_drafts(workspace) == []
    assert titles(tab)[-1].startswith("Šejla") or "Šejla" in titles(tab)[-1]
    assert "Unfinished entry" not in titles(tab)
    shell.close()
