"""The Story in the window: one list of all that happened, looked at by kind, written in and led from; History is for supervisors."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.documents.copies import finished_copy
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.story.story_tab import StoryTab
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.widgets.item_list import LINE_ROLE, Item
from tests.support import office_with_keys, stores, window
from tests.support.office_with_keys import FOUNDER, WORKER
from tests.support.referrals import stored_referral

KINDS = {"note": "Note", "contact": "Contact", "follow_up": "Follow-up"}


@pytest.fixture
def told(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family with one of each kind."""
    case = family.case.uid
    new_record(workspace, "contact", {"on": "2026-06-02", "summary": "She called."}, case)
    new_record(workspace, "follow_up", {"planned_on": "2026-07-01", "method": "visit"}, case)
    stored_referral(workspace, {"category": "health", "sent_on": "2026-06-03"}, case)
    new_record(workspace, "note", {"on": "2026-06-04", "text": "The landlord wants a guarantee."}, case)
    finished_copy(workspace, read_case(workspace, case), "summary", FULL, "", "printed")
    return read_case(workspace, case)


def story_of(qtbot: QtBot, workspace: Workspace, case: str, part: str = "story") -> tuple[Desktop, CasePage, StoryTab]:
    desktop = window.desktop_of(window.window_over(qtbot, workspace))
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab(part)
    tab = page.tab(part)
    assert isinstance(tab, StoryTab)
    QApplication.processEvents()
    return desktop, page, tab


def lines(tab: StoryTab) -> list[Item]:
    return [tab.list.item(row).data(LINE_ROLE) for row in range(tab.list.count())]


def test_one_list_shows_everything_and_each_kind_alone(qtbot: QtBot, workspace: Workspace, told: CaseFile) -> None:
    _, _, tab = story_of(qtbot, workspace, told.case.uid)
    everything = lines(tab)
    assert any(one.title == "The landlord wants a guarantee." and one.right == "04.06.2026" for one in everything)
    assert any(one.icon == "print" and one.right == "15.06.2026" for one in everything)
    alone: list[Item] = []
    for row in range(1, tab.kinds.count()):
        tab.kinds.setCurrentIndex(row)
        tab.kinds.activated.emit(row)
        alone += lines(tab)
    assert sorted(one.key for one in alone) == sorted(one.key for one in everything)
    assert len(everything) == len({one.key for one in everything}) > len(told.notes) + 3


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_begun_by_its_button_and_stands_in_the_list(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, kind: str
) -> None:
    _, page, tab = story_of(qtbot, workspace, family.case.uid)
    before = len(read_case(workspace, family.case.uid).of_type(kind))
    window.press(tab, f"Add: {KINDS[kind]}")
    form = tab.form
    assert form is not None and form.record.type == kind and form.is_new
    key = {"note": "text", "contact": "summary", "follow_up": "summary"}[kind]
    window.type_into(form, key, "They moved to Prizren.")
    page.tabs.setFocus()
    assert len(read_case(workspace, family.case.uid).of_type(kind)) == before + 1
    assert any("They moved to Prizren." in f"{one.title} {one.below}" for one in lines(tab))
    assert tab.list.chosen() == form.record.uid and tab.form is form


def test_the_key_begins_one_of_the_kind_that_is_looked_at(qtbot: QtBot, workspace: Workspace, told: CaseFile) -> None:
    _, page, tab = story_of(qtbot, workspace, told.case.uid)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for part, kind in (("story", "note"), ("contacts", "contact"), ("follow_ups", "follow_up"), ("notes", "note")):
        page.show_tab(part)
        assert {one.key for one in lines(tab)} >= {record.uid for record in told.of_type(kind)}
        assert part == "story" or len(lines(tab)) == len(told.of_type(kind))
        QTest.keyClick(tab, Qt.Key.Key_A, both)
        assert tab.form is not None and tab.form.record.type == kind


def test_a_draft_of_any_kind_goes_on_in_the_story(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    desktop, _, tab = story_of(qtbot, workspace, family.case.uid)
    window.press(tab, "Add: Contact")
    assert tab.form is not None
    window.type_into(tab.form, "summary", "He did not")
    tab.form.keep_draft()
    draft = f"draft {tab.form.record.uid}"
    desktop.leave(parting=True)
    desktop, _, tab = story_of(qtbot, workspace, family.case.uid, "notes")
    desktop.show_case(family.case.uid, "contact", draft)
    assert tab.list.chosen() == draft and tab.form is not None
    assert tab.form.record.type == "contact" and tab.form.rows["summary"].editor.typed() == "He did not"


def test_what_stands_elsewhere_is_written_in_place_and_led_to(
    qtbot: QtBot, workspace: Workspace, told: CaseFile
) -> None:
    _, page, tab = story_of(qtbot, workspace, told.case.uid)
    referral = told.referrals[-1].uid
    tab.list.choose(referral)
    assert tab.form is not None and tab.form.record.uid == referral
    window.type_into(tab.form, "reason", "Needs glasses")
    window.press(tab, "Show under Referrals")
    assert page.shown_tab == "referrals"
    assert read_case(workspace, told.case.uid).referrals[-1].text("reason") == "Needs glasses"


def test_a_copy_has_no_form_and_is_told_whole(qtbot: QtBot, workspace: Workspace, told: CaseFile) -> None:
    _, _, tab = story_of(qtbot, workspace, told.case.uid)
    [copy] = [one for one in lines(tab) if one.icon == "print"]
    tab.list.choose(copy.key)
    assert tab.form is None and window.says(tab, copy.below)


@pytest.mark.parametrize(("who", "seen"), [(FOUNDER, True), (WORKER, False)], ids=["supervisor", "case worker"])
def test_history_is_for_supervisors_and_the_story_for_all(qtbot: QtBot, tmp_path: Path, who: str, seen: bool) -> None:
    office = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), new_code())
    founder = office.at_work(FOUNDER)
    case = stores.family(founder).case.uid
    founder.lock()
    desktop, _, tab = story_of(qtbot, office.at_work(who), case)
    assert ("History" in window.buttons(tab)) is seen
    assert lines(tab)
    desktop.window().close()


def test_the_follow_ups_of_the_programme_are_planned_from_the_whole_story(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    _, page, tab = story_of(qtbot, workspace, family.case.uid)
    window.press(page, "Plan as set by the programme")
    assert len(read_case(workspace, family.case.uid).follow_ups) == 2
    assert "Plan as set by the programme" not in window.buttons(tab), "nothing is left to plan"
    page.show_tab("follow_ups")
    assert "Plan as set by the programme" in window.buttons(tab), "it says there why nothing is left"
