"""Today is worked through from the list: each line with one press, a key or its menu, and each act can be taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.cases.today import desk
from avrr_desktop.operations.session.drafts import keep_draft
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.today.desk_model import SHOWN
from tests.support import office_with_keys, stores, today, window
from tests.support.referrals import stored_referral
from tools.rigs.office_window import office_window


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace) -> Shell:
    return office_window(qtbot, workspace)


@pytest.fixture
def desktop(shell: Shell) -> Desktop:
    return window.desktop_of(shell)


def a_step(workspace: Workspace, case: str, **values: object) -> str:
    return new_record(workspace, "step", {"title": "Ask the registrar", "state": "planned", **values}, case).record


def step(workspace: Workspace, case: str, uid: str) -> dict[str, object]:
    return dict(next(one for one in read_case(workspace, case).steps if one.uid == uid).values)


def test_a_referral_without_an_answer_leads_to_where_it_is_written(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    made = stored_referral(
        workspace,
        {"state": "sent", "sent_on": "2026-05-01", "answer_expected_on": "2026-06-01"},
        family.case.uid,
    )
    today.click(desktop, "Referral without an answer", Act.ANSWER)
    tab = window.case_page(desktop).tab("referrals")
    assert isinstance(tab, RecordTab) and tab.isVisible()
    assert tab.list.chosen() == made


@pytest.mark.parametrize(
    ("key", "field", "wanted"),
    [
        (Qt.Key.Key_D, "state", "done"), (Qt.Key.Key_T, "planned_on", "2026-06-16"),
        (Qt.Key.Key_W, "planned_on", "2026-06-22"), (Qt.Key.Key_N, "state", "not_needed"),
    ],
)  # fmt: skip
def test_a_key_does_it_says_of_whom_and_can_be_taken_back(
    desktop: Desktop, workspace: Workspace, family: CaseFile, key: Qt.Key, field: str, wanted: str
) -> None:
    case = family.case.uid
    uid = a_step(workspace, case, planned_on="2026-06-12")
    before = step(workspace, case, uid)[field]
    today.type_key(desktop, "Ask the registrar", key)
    assert step(workspace, case, uid)[field] == wanted
    assert desktop.message.text.text().startswith(f"{family.case.text('called')} · Ask the registrar")
    assert today.today_page(desktop).view.hasFocus(), "the next line can be worked on"
    desktop.acts.undo()
    assert step(workspace, case, uid)[field] == before


def test_one_press_is_enough_and_nothing_moves(desktop: Desktop, workspace: Workspace, family: CaseFile) -> None:
    uid = a_step(workspace, family.case.uid, planned_on="2026-06-15")
    page = today.today_page(desktop)
    page.view.setFocus()
    place = QRect(page.view.geometry())
    today.click(desktop, "Ask the registrar", Act.DONE)
    assert step(workspace, family.case.uid, uid)["state"] == "done"
    assert desktop.message.isVisible() and page.view.geometry() == place
    assert desktop.message.geometry().top() > place.center().y()


def test_a_keyboard_that_writes_cyrillic_has_the_same_keys(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    uid = a_step(workspace, family.case.uid, planned_on="2026-06-12")
    today.line(desktop, "Ask the registrar")
    window.type_text(today.today_page(desktop).view, "т")
    assert step(workspace, family.case.uid, uid)["planned_on"] == "2026-06-16"


def test_another_day_is_asked_for_under_the_list(desktop: Desktop, workspace: Workspace, family: CaseFile) -> None:
    uid = a_step(workspace, family.case.uid, planned_on="2026-06-12")
    today.type_key(desktop, "Ask the registrar", Qt.Key.Key_A)
    strip = today.today_page(desktop).menu.strip
    assert strip.isVisible() and strip.rows["planned_on"].editor.focus.hasFocus()
    window.type_text(strip.rows["planned_on"].editor.focus, "1.7.2026")
    QTest.keyClick(strip.rows["planned_on"].editor.focus, Qt.Key.Key_Return)
    assert step(workspace, family.case.uid, uid)["planned_on"] == "2026-07-01"
    assert not strip.isVisible() and today.today_page(desktop).view.hasFocus()


def test_a_call_is_written_down_and_the_family_is_heard_from(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    a_step(workspace, family.case.uid, planned_on="2026-06-15", person=family.members[0].person.uid)
    today.type_key(desktop, "Ask the registrar", Qt.Key.Key_C)
    strip = today.today_page(desktop).menu.strip
    strip.rows["result"].editor.show_typed("no_answer")
    strip.answer()
    [contact] = read_case(workspace, family.case.uid).contacts
    assert (contact.text("kind"), contact.text("result"), contact.text("on")) == ("call", "no_answer", "2026-06-15")
    assert contact.text("person") == family.members[0].person.uid


def test_a_check_of_attendance_is_answered_where_it_stands(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    values = {"person": family.members[2].person.uid, "school": "School", "enrolled_on": "2026-04-01"}
    made = new_record(workspace, "schooling", values, family.case.uid)

    def answers() -> tuple[str, str]:
        record = workspace.store.reader.record("schooling", made.record, family.case.uid)
        assert record is not None
        return record.text("attends_after_1_month"), record.text("attends_after_3_months")

    assert {"Attends", "Does not attend"} <= today.offers(desktop, "School attendance").keys()
    today.click(desktop, "School attendance", Act.DONE)
    assert answers() == ("yes", "")
    desktop.acts.undo()
    today.type_key(desktop, "School attendance", Qt.Key.Key_N)
    assert answers() == ("no", "")


def test_a_new_family_is_on_the_desk_at_once(desktop: Desktop, workspace: Workspace) -> None:
    opened = open_case(workspace, {}, [({"family_name": "Krasniqi", "given_names": "Agim"}, {})])
    assert any("Krasniqi" in text and "No service yet" in text for text in today.told(desktop))
    case_file = read_case(workspace, opened.case)
    add_service(workspace, case_file, "identity_card", [case_file.members[0].person.uid])
    said = [text for text in today.told(desktop) if "Krasniqi" in text]
    assert said and not any("No service yet" in text for text in said)
    assert all("Can start, no day yet" in text for text in said)


def test_what_was_not_finished_comes_first(desktop: Desktop, workspace: Workspace, family: CaseFile) -> None:
    a_step(workspace, family.case.uid, planned_on="2026-05-12")
    keep_draft(workspace, "new note X", family.case.uid, "note", "X", {"text": "Half a sentence"}, ())
    page = today.today_page(desktop)
    page.show_desk()
    assert page.model.groups[0].key == "drafts"
    assert "Note" in today.told(desktop)[0] and family.case.text("called") in today.told(desktop)[0]
    today.click(desktop, "not saved", Act.DONE)
    assert window.case_page(desktop).isVisible()


def test_no_line_is_out_of_reach(desktop: Desktop, workspace: Workspace, family: CaseFile) -> None:
    wanted = SHOWN + 12
    for number in range(wanted):
        a_step(workspace, family.case.uid, title=f"Step {number:02}", planned_on="2026-06-15")
    page = today.today_page(desktop)
    page.show_desk()
    counted = desk(workspace, mine=page.mine.isChecked()).counts["today"]
    assert counted == wanted
    assert len([text for text in today.told(desktop) if "Step " in text]) == SHOWN
    [more] = [
        index
        for place, group in enumerate(page.model.groups)
        if group.key == "today"
        for index in [page.model.index(SHOWN, 0, page.model.index(place, 0))]
    ]
    assert page.model.text(more) == f"Show all {counted}"
    before = [group.key for group in page.model.groups]
    page.view.setCurrentIndex(more)
    QApplication.processEvents()
    at = page.view.verticalScrollBar().value()
    assert at > 0 and not page.back.isVisible()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert [group.key for group in page.model.groups] == ["today"] and page.back.isVisible(), (
        "all of it, and nothing else"
    )
    assert len({text for text in today.told(desktop) if "Step " in text}) == wanted == page.model.groups[0].count
    _, row = list(page.view.rows())[-1]
    page.view.opened.emit(row)
    assert desktop.current_page() == "case"
    back(desktop)
    assert len({text for text in today.told(desktop) if "Step " in text}) == wanted, (
        "back from a case, it is still there"
    )
    back(desktop)
    QApplication.processEvents()
    assert [group.key for group in page.model.groups] == before and not page.back.isVisible()
    assert page.model.is_more(page.view.currentIndex()) and page.view.verticalScrollBar().value() == at
    page.show_group("today")
    desktop.message.hide()  # it is closed by Escape first
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert [group.key for group in page.model.groups] == before
    page.show_group("today")
    desktop.nav_buttons["today"].click()
    assert [group.key for group in page.model.groups] == before, "who asks for Today gets all of it"


def back(desktop: Desktop) -> None:
    """Press Alt+Left."""
    QTest.keyClick(QApplication.focusWidget() or desktop, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_the_line_with_the_cursor_can_be_read(desktop: Desktop, workspace: Workspace, family: CaseFile) -> None:
    a_step(workspace, family.case.uid, planned_on="2026-06-15")
    page = today.today_page(desktop)
    page.show_desk()
    page.view.setFocus()
    index = next(index for index, _ in page.view.rows())
    page.view.setCurrentIndex(index)
    QApplication.processEvents()
    picture = page.view.viewport().grab(page.view.visualRect(index)).toImage()
    inside = picture.copy(4, 4, picture.width() // 3, picture.height() - 8)
    colours = {inside.pixel(x, y) for x in range(inside.width()) for y in range(inside.height())}
    assert page.view.hasFocus() and len(colours) > 10, "the name in it is drawn, and not covered"


def test_up_and_down_go_through_all_groups_and_left_folds(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    for planned in ("2026-06-12", "2026-06-15", "2026-06-17"):
        a_step(workspace, family.case.uid, planned_on=planned)
    page = today.today_page(desktop)
    page.show_desk()
    page.focus_first()
    seen = []
    for _ in range(5):
        seen.append(page.model.text(page.view.currentIndex()))
        QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert [text for text in seen if text.startswith(("Today", "This week"))] == ["Today (1)", "This week (1)"]
    head = page.model.index(0, 0)
    page.view.setCurrentIndex(head)
    QTest.keyClick(page.view, Qt.Key.Key_Left)
    assert not page.view.isExpanded(head)
    page.show_desk()
    assert not page.view.isExpanded(page.model.index(0, 0)), "folded groups stay folded"


def test_mine_or_the_offices_is_remembered_and_shows_other_cases(
    desktop: Desktop, shell: Shell, qtbot: QtBot, workspace: Workspace
) -> None:
    other = new_record(workspace, "officer", {"name": "Besa Hoti", "initials": "BH"}).record
    open_case(workspace, {"called": "Of somebody else", "officer": other})
    open_case(workspace, {"called": "Of mine"})
    page = today.today_page(desktop)
    assert page.mine.isChecked()
    said = " ".join(today.told(desktop))
    assert "Of mine" in said and "Of somebody else" not in said
    window.press(page, "My office")
    said = " ".join(today.told(desktop))
    assert "Of somebody else" in said and "Besa Hoti" in said
    shell.close()
    again = stores.reopened(workspace)
    second = window.window_over(qtbot, again)
    assert today.today_page(window.desktop_of(second)).office.isChecked()
    second.close()


def test_whoever_unlocks_begins_with_the_search_and_goes_on_with_the_list(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    QApplication.processEvents()
    assert desktop.search.hasFocus()
    QTest.keyClick(desktop, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    view = today.today_page(desktop).view
    assert view.hasFocus() and view.model_.row(view.currentIndex()) is not None


def test_a_line_that_is_done_gives_its_place_to_the_next(
    desktop: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    for number in range(4):
        a_step(workspace, family.case.uid, title=f"Step {number}", planned_on="2026-06-15")
    today.line(desktop, "Step 1")
    page = today.today_page(desktop)
    QTest.keyClick(page.view, Qt.Key.Key_D)
    row = page.model.row(page.view.currentIndex())
    assert row is not None and row.said.what == "Step 2"


def test_who_may_only_read_is_offered_no_act(qtbot: QtBot, tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(office_with_keys.FOUNDER)
    family = stores.family(founder)
    a_step(founder, family.case.uid, planned_on="2026-06-15")
    founder.lock()
    workspace = office.at_work(office_with_keys.READER)
    shell = window.window_over(qtbot, workspace)
    desktop = window.desktop_of(shell)
    window.press(today.today_page(desktop), "My office")
    assert list(today.offers(desktop, "Ask the registrar")) == ["Open the case"]
    today.type_key(desktop, "Ask the registrar", Qt.Key.Key_D)
    assert "done" not in [one.text("state") for one in read_case(workspace, family.case.uid).steps]
    shell.close()
