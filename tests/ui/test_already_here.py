"""“Already here?” beside the form of a new person, and in the page of a new case."""

from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.already_here import AlreadyHere
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import window
from tests.support.endings import close_case


def tab_of(qtbot: QtBot, workspace: Workspace, case_file: CaseFile) -> PeopleTab:
    """Return the people of a case in a shown window, with a new person begun."""
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_case(case_file.case.uid)
    page = window.case_page(shell.desktop)
    page.show_tab("people", "")
    tab = page.tab("people")
    assert isinstance(tab, PeopleTab)
    tab.add()
    return tab


def besa(workspace: Workspace) -> str:
    """Put somebody into a case of her own; return her."""
    made = open_case(workspace, {"called": "x"}, [({"family_name": "Hoti", "given_names": "Besa"}, {})])
    return read_case(workspace, made.case).members[0].person.uid


def already(tab: PeopleTab) -> AlreadyHere:
    """Return what stands above the form of the new person."""
    return tab.findChildren(AlreadyHere)[-1]


def type_name(tab: PeopleTab, given: str, family: str) -> None:
    """Type names into the new form, and let it look."""
    for key, text in (("given_names", given), ("family_name", family)):
        tab.forms[0].rows[key].editor.show_typed(text)
        tab.forms[0].rows[key].editor.touched.emit()
    already(tab).show_likely()


def test_it_is_asked_when_a_person_is_added_to_a_case_and_whoever_is_chosen_is_added(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    known = besa(workspace)
    tab = tab_of(qtbot, workspace, family)
    assert already(tab).isHidden()
    type_name(tab, "Zef", "Marku")
    assert already(tab).isHidden()
    type_name(tab, "Бeса", "Хоти")
    assert not already(tab).isHidden()
    assert already(tab).people.chosen() == known
    already(tab).take.click()
    after = read_case(workspace, family.case.uid)
    assert [member.person.uid for member in after.members][-1] == known
    assert len(after.members) == len(family.members) + 1
    assert not workspace.store.local.drafts()


def test_what_was_saved_meanwhile_gives_way_to_whoever_is_chosen(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    known = besa(workspace)
    tab = tab_of(qtbot, workspace, family)
    type_name(tab, "Besa", "Hoti")
    assert tab.forms[0].save()
    assert len(read_case(workspace, family.case.uid).members) == len(family.members) + 1
    assert already(tab).people.chosen() == known
    already(tab).take.click()
    after = read_case(workspace, family.case.uid)
    assert [member.person.uid for member in after.members][len(family.members) :] == [known]


def test_members_of_the_case_are_not_proposed_for_it(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    tab = tab_of(qtbot, workspace, family)
    person = family.members[0].person
    type_name(tab, person.text("given_names"), person.text("family_name"))
    assert already(tab).isHidden()


def test_the_page_of_a_new_case_says_what_tells_people_apart(qtbot: QtBot, workspace: Workspace) -> None:
    made = open_case(
        workspace, {"called": "x"}, [({"family_name": "Hoti", "given_names": "Besa", "birth_date": "1985-03-02"}, {})]
    )
    close_case(workspace, read_case(workspace, made.case), "duplicate")
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_page("new")
    page = shell.desktop.page("new")
    assert isinstance(page, NewCasePage)

    def right(year: str) -> str:
        page.look_for(f"Hoti {year}")
        return str(page.grid.already.people.item(0).data(LINE_ROLE).right)

    assert right("1985") == "same year · closed: duplicate, or opened in error"
    assert right("2.3.1985") == "same date of birth · closed: duplicate, or opened in error"
    assert right("1931") == "closed: duplicate, or opened in error"
    page.look_for("Marku")
    assert page.grid.already.advice.text() == "Nobody in this store has a similar name."


def test_a_line_says_by_which_further_name_somebody_was_found(qtbot: QtBot, workspace: Workspace) -> None:
    ndoja = {"family_name": "Ndoja", "given_names": "Zamira", "family_name_at_birth": "Gjoka"}
    open_case(workspace, {"called": "x"}, [(ndoja, {})])
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_page("new")
    page = shell.desktop.page("new")
    assert isinstance(page, NewCasePage)

    def below(name: str) -> str:
        page.look_for(name)
        return str(page.grid.already.people.item(0).data(LINE_ROLE).below)

    assert below("Gjoka").startswith("Family name at birth: Gjoka · ")
    assert "Gjoka" not in below("Ndoja")


def test_that_nobody_has_exactly_this_name_is_said(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    open_case(workspace, {"called": "x"}, [({"family_name": "Krasniqi", "given_names": "Sylejman"}, {})])
    tab = tab_of(qtbot, workspace, family)
    type_name(tab, "Sylejman", "Krasniqi")
    assert already(tab).said.text().startswith("These names sound alike.")
    type_name(tab, "Sulejman", "Krasniki")
    assert already(tab).said.text().startswith("Nobody has exactly this name; these are near.")


def test_while_somebody_types_nobody_is_denied_before_all_was_looked_at(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    open_case(workspace, {"called": "x"}, [({"family_name": "Hoti", "given_names": "Sylejman"}, {})])
    tab = tab_of(qtbot, workspace, family)
    card = already(tab)
    type_name(tab, "Sylejman", "Hoti")
    assert not card.isHidden() and not card.looks.awaited
    tab.forms[0].rows["given_names"].editor.show_typed("Sulejman")
    tab.forms[0].rows["given_names"].editor.touched.emit()
    tab.forms[0].rows["family_name"].editor.show_typed("Hotti")
    card.show_likely(near=False)
    assert not card.isHidden() and card.looks.awaited
    qtbot.waitUntil(lambda: not card.looks.awaited)
    assert not card.isHidden() and card.people.count() == 1


def test_the_page_of_a_new_case_says_that_it_still_looks(qtbot: QtBot, workspace: Workspace) -> None:
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    shell.desktop.show_page("new")
    page = shell.desktop.page("new")
    assert isinstance(page, NewCasePage)
    page.who.setText("Marku")
    page.carry()
    page.grid.looks.start()
    page.grid.look(near=False)
    assert page.grid.already.advice.text() == "Looking for similar spellings"
    page.grid.look()
    assert page.grid.already.advice.text() == "Nobody in this store has a similar name."
