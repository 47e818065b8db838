"""Erasing in the window: nothing without a choice, one sentence first, exactly that afterwards, and not on its thread."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.session.records import new_record, remove_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.protection.rights_card import RightsCard
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.widgets.message_bar import MessageBar
from tests.support import office_with_keys, stores, window


def card_of(shell: Shell, case: str) -> RightsCard:
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab("protection", "")
    QApplication.processEvents()
    return page.tab("protection").findChildren(RightsCard)[-1]


def test_without_anybody_chosen_nothing_is_erased(qtbot: QtBot, workspace: Workspace) -> None:
    case = stores.family(workspace)
    for member in case.members:
        remove_record(workspace, member.membership, case.case.uid)
    card = card_of(window.window_over(qtbot, workspace), case.case.uid)
    assert card.person.count() == 0 and not card.erase_person_button.isEnabled()
    card.reason.setText("asked for")
    card.erase(whole=False)
    assert card.erasing is None
    assert [line.uid for line in all_cases(workspace)] == [case.case.uid]
    assert card.out.count() == 5  # taken out of it: they can be brought back or erased


def test_a_person_is_erased_after_one_sentence_and_what_is_left_is_listed(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    ana = family.members[2].person.uid
    note = new_record(workspace, "note", {"on": "2026-05-09", "text": "Ana goes to school"}, family.case.uid).record
    shell = window.window_over(qtbot, workspace)
    card = card_of(shell, family.case.uid)
    card.person.setCurrentIndex(card.person.findData(ana))
    card.erase(whole=False)
    assert card.erasing is None  # without a reason
    card.reason.setText("Asked for by the person")
    card.erase(whole=False)
    erasing = card.erasing
    assert erasing is not None
    qtbot.waitUntil(lambda: "Ana" in erasing.sentence.text())
    assert "cannot be undone" in erasing.sentence.text()
    card.person.setCurrentIndex(0)  # whoever is chosen afterwards changes nothing
    card.reason.clear()
    erasing.agree.click()
    qtbot.waitUntil(lambda: workspace.store.reader.record("person", ana) is None)
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert len(read_case(workspace, family.case.uid).members) == 4
    fresh = card_of(shell, family.case.uid)
    shown = [one.text() for one in fresh.findChildren(QLabel)]
    assert any(text.startswith("Note") for text in shown)
    page = window.case_page(window.desktop_of(shell))
    fresh.wanted.emit("note", note)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Story"


def test_what_would_be_erased_comes_into_sight_in_a_small_window(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    shell.resize(1024, 600)
    card = card_of(shell, family.case.uid)
    card.reason.setText("Asked for by the person")
    card.erase(whole=True)
    erasing = card.erasing
    assert erasing is not None
    qtbot.waitUntil(lambda: "cannot be undone" in erasing.sentence.text() and not shell.jobs.busy)
    QApplication.processEvents()
    assert erasing.sentence.visibleRegion().boundingRect() == erasing.sentence.rect()


def test_the_second_person_agrees_to_the_sentence_and_to_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    office = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), new_code())
    workspace = office.at_work(office_with_keys.FOUNDER)
    case = stores.family(workspace)
    shell = window.window_over(qtbot, workspace)
    card = card_of(shell, case.case.uid)
    card.reason.setText("Requested")
    card.erase(whole=True)
    erasing = card.erasing
    assert erasing is not None
    qtbot.waitUntil(lambda: hasattr(erasing, "second"))
    shown = [one.text() for one in erasing.second.findChildren(QLabel)]
    assert erasing.sentence.text() in shown and case.case.text("number") in erasing.sentence.text()
    new_record(workspace, "note", {"text": "meanwhile"}, case.case.uid)
    [message] = shell.findChildren(MessageBar)
    erasing.second.passphrase.setText(office_with_keys.SECOND)
    erasing.second.ask()
    qtbot.waitUntil(lambda: "in the meantime" in message.text.text())
    assert len(all_cases(workspace)) == 1
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def test_whoever_was_taken_out_is_shown_among_the_people_and_brought_back(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    luka = family.members[3]
    remove_record(workspace, luka.membership, family.case.uid)
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    desktop.show_case(family.case.uid, "person", luka.person.uid)
    tab = window.case_page(desktop).tab("people")
    assert isinstance(tab, PeopleTab)
    buttons = [one for one in tab.findChildren(QPushButton) if one.text() == "Return to the case"]
    buttons[0].click()
    assert luka.person.uid in {one.person.uid for one in read_case(workspace, family.case.uid).members}
