"""A double found while a person is added, joined and undone; two cases of a family joined; a family split. Buttons and keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import APART
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.joining.cases_card import CasesCard
from avrr_desktop.ui.case.joining.joining_card import JoiningCard
from avrr_desktop.ui.case.joining.splitting_card import SplittingCard
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.forms.already_here import AlreadyHere
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window

SAFET = {"family_name": "Калдераш", "given_names": "Сафет", "birth_date": "1984-02-03", "phone": "+381 64 11 22 33"}


def shown(qtbot: QtBot, workspace: Workspace, case: CaseFile) -> tuple[Shell, Desktop, CasePage]:
    """Show a case in a window."""
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    desktop.show_case(case.case.uid)
    return shell, desktop, window.case_page(desktop)


def undo(shell: Shell) -> None:
    """Press Ctrl+Z."""
    QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def test_a_double_is_found_on_adding_a_person_joined_and_undone(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    other = open_case(workspace, {"called": "Калдераш"}, [(SAFET, {})])
    before = read_case(workspace, other.case).members[0].person
    shell, desktop, case = shown(qtbot, workspace, family)
    case.show_tab("people")
    people = case.tab("people")
    assert isinstance(people, PeopleTab)
    QTest.keyClick(shell, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    form = people.forms[0]
    named = form.rows["family_name"].editor.focus  # the family's own name stands there
    assert isinstance(named, QLineEdit)
    named.clear()
    for key, text in (
        ("family_name", "Kalderash"),
        ("given_names", "Safet"),
        ("birth_date", "3.2.1984"),
        ("phone", "069 555 123"),
    ):
        window.type_into(form, key, text)
    already = people.findChildren(AlreadyHere)[-1]
    qtbot.waitUntil(already.isVisible)
    already.people.choose(before.uid)
    assert already.people.chosen() == before.uid
    already.compare.setFocus()
    QTest.keyClick(already.compare, Qt.Key.Key_Space)
    [card] = case.findChildren(JoiningCard)
    assert card.table is not None and card.table.isVisible()
    typed = next(
        one.person
        for one in read_case(workspace, family.case.uid).members
        if one.person.text("family_name") == "Kalderash"
    )
    count = workspace.store.journal.count()
    card.join_button.setFocus()
    QTest.keyClick(card.join_button, Qt.Key.Key_Space)
    assert workspace.store.journal.count() == count, "nothing is joined before every field is decided"
    assert "Family name" in desktop.message.text.text()
    for key in ("family_name", "given_names"):
        option = card.table.option(key, "second")
        option.setFocus()
        QTest.keyClick(option, Qt.Key.Key_Space)
    QTest.keyClick(card.join_button, Qt.Key.Key_Space)
    assert not case.findChildren(JoiningCard)[0].isVisible() if case.findChildren(JoiningCard) else True
    [member] = read_case(workspace, other.case).members
    assert member.person.uid == typed.uid and member.person.text("family_name") == "Калдераш"
    assert member.person.text("phone") == "069 555 123; +381 64 11 22 33"
    assert "joined" in desktop.message.text.text()
    assert {hit.uid for hit in find(workspace, "Safet Kalderash") if hit.record_type == "person"} >= {typed.uid}
    undo(shell)
    [member] = read_case(workspace, other.case).members
    assert member.person.uid == before.uid and dict(member.person.values) == dict(before.values)
    assert [one.person.uid for one in read_case(workspace, family.case.uid).members][-1] == typed.uid
    assert "Undone" in desktop.message.text.text()


def test_two_cases_of_a_family_are_joined_by_keys_and_undone(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    other = open_case(
        workspace,
        {"called": "Калдераш"},
        [(SAFET, {}), ({"family_name": "Калдераш", "given_names": "Разија"}, {"relationship": "mother"})],
    )
    shell, desktop, case = shown(qtbot, workspace, family)
    action = next(one for one in case.menu.actions() if one.text() == "Join with another case …")
    action.trigger()
    [card] = case.findChildren(CasesCard)
    assert card.number.hasFocus()
    QTest.keyClicks(card.number, other.number)
    QTest.keyClick(card.number, Qt.Key.Key_Return)
    razija, safet = (
        next(
            one.person.uid for one in read_case(workspace, other.case).members if one.person.text("given_names") == name
        )
        for name in ("Разија", "Сафет")
    )
    choose(card.same[safet], family.members[0].person.uid)
    for key in set(card.tables[safet].fields) - card.tables[safet].decided.keys():
        card.tables[safet].option(key, "first").setChecked(True)
    for key in set(card.table.fields) - card.table.decided.keys():
        card.table.option(key, "first").setChecked(True)
    assert card.principal.chosen == family.members[0].person.uid, "both cases say the same"
    assert razija not in card.relationships
    card.join_button.setFocus()
    QTest.keyClick(card.join_button, Qt.Key.Key_Return)
    here = read_case(workspace, family.case.uid)
    assert [one.person.uid for one in here.members][-1] == razija and len(here.members) == len(family.members) + 1
    assert other.number in desktop.message.text.text()
    desktop.show_case(other.case)
    assert read_case(workspace, other.case).case.text("status") == "duplicate"
    QTest.mouseClick(window.button(case, f"Open case {family.case.text('number')}"), Qt.MouseButton.LeftButton)
    assert case.case_file is not None and case.case_file.case.uid == family.case.uid
    undo(shell)
    assert len(read_case(workspace, family.case.uid).members) == len(family.members)
    assert [one.person.uid for one in read_case(workspace, other.case).members] == [safet, razija]


def choose(choice: QComboBox, value: str) -> None:
    """Choose an entry as the arrow keys do."""
    choice.setFocus()
    wanted = choice.findData(value)
    assert wanted >= 0
    while choice.currentIndex() != wanted:
        down = choice.currentIndex() < wanted
        QTest.keyClick(choice, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def test_a_family_is_split_and_undone(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    shell, desktop, case = shown(qtbot, workspace, family)
    next(one for one in case.menu.actions() if one.text() == "Split this family …").trigger()
    [card] = case.findChildren(SplittingCard)
    gone = [family.members[1].person.uid, family.members[2].person.uid]
    for uid in gone:
        card.leaving[uid].setFocus()
        QTest.keyClick(card.leaving[uid], Qt.Key.Key_Space)
    QTest.keyClick(card.split_button, Qt.Key.Key_Space)
    assert "principal applicant" in desktop.message.text.text(), "nobody is made principal applicant by itself"
    choose(card.principal, gone[0])
    choose(card.relationships[gone[1]], "daughter")
    card.split_button.setFocus()
    QTest.keyClick(card.split_button, Qt.Key.Key_Space)
    assert card.opened is not None
    there = read_case(workspace, card.opened.case)
    assert [one.person.uid for one in there.members] == gone
    assert there.members[1].membership.text("relationship") == "daughter"
    assert card.opened.number in desktop.message.text.text() and card.opened.number in case.head.facts.text()
    assert {one.text("holder") for one in there.papers} <= set(gone)
    undo(shell)
    assert [one.person.uid for one in read_case(workspace, family.case.uid).members] == [
        one.person.uid for one in family.members
    ]
    assert card.opened.number not in case.head.facts.text()


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    _, _, case = shown(qtbot, workspace, family)
    count = workspace.store.journal.count()
    case.join_people(family.members[0].person.uid)
    [card] = case.findChildren(JoiningCard)
    assert not case.tabs.isVisible()
    QTest.keyClick(card.name, Qt.Key.Key_Escape)
    assert case.tabs.isVisible() and workspace.store.journal.count() == count


def test_who_is_not_the_same_is_shown_no_more_beside_the_one_who_was_typed(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    made = open_case(workspace, {"called": "x"}, [(SAFET, {})])
    other = read_case(workspace, made.case).members[0].person.uid
    shell, desktop, case = shown(qtbot, workspace, family)
    case.show_tab("people")
    people = case.tab("people")
    assert isinstance(people, PeopleTab)
    people.add()
    form = people.forms[0]
    for key, text in (("given_names", "Safet"), ("family_name", "Kalderash")):
        form.rows[key].editor.show_typed(text)
        form.rows[key].editor.touched.emit()
    already = people.findChildren(AlreadyHere)[-1]
    already.show_likely()
    already.people.choose(other)
    assert already.people.chosen() == other
    already.compare.click()
    [card] = case.findChildren(JoiningCard)
    assert card.table is not None and card.apart_button.isVisible()
    count = workspace.store.journal.count()
    card.apart_button.setFocus()
    QTest.keyClick(card.apart_button, Qt.Key.Key_Space)
    assert workspace.store.journal.count() == count + 2
    assert "Not the same person" in desktop.message.text.text()
    typed = read_case(workspace, family.case.uid).members[-1].person
    assert typed.many(APART) == (other,)
    assert already.people.chosen() != other and already.isHidden()
    undo(shell)
    assert not read_case(workspace, family.case.uid).members[-1].person.many(APART)
