"""A journey for each part of the way through the offices: situations, path, papers, school, plan, day sheet, the pack."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.papers import add_papers
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.printing import MISSING_PAPERS, outbox
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.move_record_card import MoveRecordCard
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.plan_tab import PlanTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.family_path import FamilyPath
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.forms.editors.list_editors import GroupedEditor
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.office.pack_page import PackPage
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.today.day_page import DayPage
from avrr_desktop.ui.today.today_page import TodayPage
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.operations.test_services import COUPLE
from tests.support import window
from tests.support.window import press, says


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace) -> Iterator[Desktop]:
    """The desktop over the store of ``workspace``, as a supervisor sees it."""
    shell = window.window_over(qtbot, workspace)
    yield window.desktop_of(shell)
    shell.close()


@pytest.fixture
def couple(workspace: Workspace, desk: Desktop) -> CasePage:
    """The page of a family of four, open."""
    case = add_case_document(workspace, COUPLE).case
    desk.show_case(case)
    return window.case_page(desk)


def shown(page: CasePage) -> CaseFile:
    assert page.case_file is not None
    return page.case_file


def test_what_is_ticked_proposes_and_the_path_shows_who_waits_for_what(couple: CasePage) -> None:
    couple.show_tab("people", shown(couple).members[2].person.uid)
    people = couple.tab("people")
    assert isinstance(people, PeopleTab)
    editor = people.forms[1].rows["situations"].editor
    assert isinstance(editor, GroupedEditor)
    for text in ("Child born abroad, not yet in the birth register", "Parents not married, paternity not acknowledged"):
        [box] = [box for box in editor.boxes.values() if box.accessibleName() == text]
        QTest.keyClick(box, Qt.Key.Key_Space)
    assert people.forms[1].save()
    couple.show_tab("overview")
    overview = couple.tab("overview")
    assert says(overview, "Acknowledgement of paternity")
    press(overview, "Add all")
    services = {one.text("template") for one in shown(couple).services}
    assert services == {"birth_registration", "paternity"}
    assert not says(overview, "PROPOSED FOR THIS FAMILY")
    [path] = overview.findChildren(FamilyPath)
    spoken = path.accessibleDescription()
    assert "Ardita" in spoken
    assert "Paternity: Can start now" in spoken
    assert "Birth entry: Later" in spoken
    birth = next(one for one in shown(couple).steps if one.text("template") == "XK.BIRTH_DOCS")
    wanted: list[str] = []
    path.wanted.connect(wanted.append)
    column = path.path.columns.index("Birth entry")
    row = next(at for at, one in enumerate(path.path.rows) if one.name == "Ardita")
    QTest.mouseClick(path, Qt.MouseButton.LeftButton, pos=path.place_of(row, column).center())
    assert wanted == [birth.uid]
    tab = couple.tab("services")
    assert isinstance(tab, ServicesTab)
    assert tab.chosen() == birth.uid
    assert says(tab, "Waiting for: Translation (Ardita); Paternity (Ardita)")
    assert says(tab, "default, not confirmed by the programme")
    tab.put_into("done")
    QTest.keyClick(tab, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert next(one for one in shown(couple).steps if one.uid == birth.uid).text("state") == "planned"


def test_the_next_step_is_done_in_two_clicks(desk: Desktop, workspace: Workspace, couple: CasePage) -> None:
    add_service(workspace, shown(couple), "birth_registration", [shown(couple).members[2].person.uid])
    desk.show_case(shown(couple).case.uid)
    press(couple.tab("overview"), "Done: List and copy all documents of every member")
    inventory = next(one for one in shown(couple).steps if one.text("template") == "CR.INVENTORY")
    assert inventory.text("state") == "done"
    nxt = next(view for view in shown(couple).step_views() if view.step.text("template") == "CR.HOST_DOCS")
    assert nxt.standing.value == "can_start"


def test_papers_for_all_children_a_wrong_one_moved_and_the_missing_ones_printed(
    desk: Desktop, workspace: Workspace, couple: CasePage
) -> None:
    couple.show_tab("papers")
    papers = couple.tab("papers")
    assert isinstance(papers, PapersTab)
    press(papers, "For several people")
    papers.kind.setCurrentIndex(papers.kind.findData("vaccination_record"))
    press(papers, "Add")
    children = {member.person.uid for member in shown(couple).members[2:]}
    assert {one.text("holder") for one in shown(couple).papers} == children
    papers.show_case(shown(couple), shown(couple).papers[0].uid)
    press(papers, "Move")
    [mover] = papers.findChildren(MoveRecordCard)
    mother = shown(couple).members[1].person.uid
    mover.person.setCurrentIndex(mover.person.findData(mother))
    mover.move_it()
    assert len(shown(couple).papers_of(mother)) == 1
    press(papers, "Print the missing papers")
    printed = desk.page("print")
    assert isinstance(printed, PrintPage)
    assert printed.isVisible()
    printed.keep()
    assert [item.document for item in outbox(workspace)] == [MISSING_PAPERS]
    press(printed, "Back to the case")
    assert couple.isVisible()


def test_a_mistyped_case_number_moves_nothing(workspace: Workspace, couple: CasePage) -> None:
    other = add_case_document(workspace, {"case": {"called": "Hoxha"}, "person": [{"family_name": "Hoxha"}]})
    add_papers(workspace, shown(couple), [shown(couple).members[0].person.uid], {"doc_type": "passport"})
    couple.case_file = read_case(workspace, shown(couple).case.uid)
    couple.show_tab("papers")
    papers = couple.tab("papers")
    assert isinstance(papers, PapersTab)
    press(papers, "Move")
    [mover] = papers.findChildren(MoveRecordCard)
    count = workspace.store.journal.count()
    for number in (other.number, "AL-TIR-2026-ZZ-0999"):
        mover.number.setText(number)
        mover.move_it()  # the first press only shows whose number it is
    mover.move_it()
    assert workspace.store.journal.count() == count
    assert says(mover, "No case has this number.")
    mover.number.setText(other.number)
    mover.move_it()
    assert says(mover, "Hoxha")
    mover.move_it()
    assert workspace.store.journal.count() == count, "what is about somebody is not moved to nobody"
    mover.person.setCurrentIndex(1)
    mover.move_it()
    [moved] = read_case(workspace, other.case).papers
    assert moved.text("holder") == read_case(workspace, other.case).members[0].person.uid


def test_a_child_is_enrolled_provisionally_and_followed(couple: CasePage) -> None:
    couple.show_tab("school")
    school = couple.tab("school")
    assert isinstance(school, RecordTab)
    school.add()
    form = school.form
    assert form is not None
    window.choose(form, "person", shown(couple).members[2].person.uid)
    window.type_into(form, "school", "Shkolla Drita")
    window.type_into(form, "enrolled_on", "1.6.2026")
    window.choose(form, "enrolled_provisionally", "yes")
    window.choose(form, "recognition", "requested")
    assert form.save()
    [record] = shown(couple).schoolings
    assert record.yes("enrolled_provisionally")
    assert "provisionally" in school.list.item(0).data(LINE_ROLE).below


def test_the_plan_is_in_their_words_and_every_revision_stays(couple: CasePage) -> None:
    couple.show_tab("plan")
    plan = couple.tab("plan")
    assert isinstance(plan, PlanTab)
    plan.add()
    form = plan.form
    assert form is not None
    form.rows["own_words"].editor.show_typed("Папири за децу, па школа.")
    form.rows["own_words"].editor.touched.emit()
    assert form.save()
    plan.add()
    assert [one.whole("revision") for one in shown(couple).plans] == [1, 2]
    assert {one.text("own_words") for one in shown(couple).plans} == {"Папири за децу, па школа."}


def test_tomorrow_is_carried_on_a_sheet_without_names(desk: Desktop, workspace: Workspace, couple: CasePage) -> None:
    add_service(workspace, shown(couple), "identity_card", [shown(couple).members[0].person.uid])
    case_file = read_case(workspace, shown(couple).case.uid)
    step = next(one for one in case_file.steps if one.text("template") == "XK.ID")
    desk.show_case(case_file.case.uid, "step", step.uid)
    tab = couple.tab("services")
    assert isinstance(tab, ServicesTab)
    assert tab.form is not None
    tomorrow = workspace.today + timedelta(days=1)
    for key, text in (("planned_on", f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}"), ("at_time", "9:30"),
                      ("office_name", "Civil status office"), ("meeting_place", "At the gate")):  # fmt: skip
        window.type_into(tab.form, key, text)
    assert tab.form.save()
    desk.show_page("today")
    today = desk.page("today")
    assert isinstance(today, TodayPage)
    press(today, "Day sheet")
    page = desk.page("day")
    assert isinstance(page, DayPage)
    assert page.day == tomorrow
    assert says(page, "Civil status office")
    assert says(page, "A. B.")
    assert not says(page, "Bytyqi")
    press(page, "Print")
    printed = desk.page("print")
    assert isinstance(printed, PrintPage)
    assert printed.preview.page_count == 1
    press(printed, "Back")
    assert page.isVisible()
    page.turn(1)
    assert says(page, "No appointment on this day")


def test_a_supervisor_confirms_changes_exports_and_takes_back(
    desk: Desktop, workspace: Workspace, couple: CasePage, tmp_path: Path
) -> None:
    add_service(workspace, shown(couple), "identity_card", [shown(couple).members[0].person.uid])
    desk.show_page("procedures")
    page = desk.page("procedures")
    assert isinstance(page, PackPage)
    steps = page.steps
    window.type_text(steps.search, "xk.id")
    assert steps.list.count() == 1
    press(steps, "Confirm")
    assert workspace.pack.steps["XK.ID"].confirmed
    press(steps, "Edit")
    assert steps.form is not None
    steps.form.rows["title"].editor.show_typed("")
    window.type_into(steps.form, "title", "Get the identity card in person")
    assert steps.form.save()
    press(steps, "Close")
    assert says(steps, "→ Get the identity card in person")
    path = tmp_path / "pack.toml"
    steps.ask_save = lambda: str(path)
    press(steps, "Export")
    assert "Get the identity card in person" in path.read_text(encoding="utf-8")
    desk.show_case(shown(couple).case.uid)
    step = next(one for one in shown(couple).steps if one.text("template") == "XK.ID")
    desk.show_case(shown(couple).case.uid, "step", step.uid)
    tab = couple.tab("services")
    assert says(tab, "The pack now has a different text for this step")
    press(tab, "Use the new text")
    assert next(one for one in shown(couple).steps if one.uid == step.uid).text("title").endswith("in person")
    desk.show_page("procedures")
    press(steps, "Restore the original")
    assert workspace.pack.steps["XK.ID"] == workspace.shipped_pack.steps["XK.ID"]
    path.write_text("[pack]\nschema = 1\n", encoding="utf-8")
    steps.ask_open = lambda: str(path)
    press(steps, "Import")
    assert "pack.toml" in desk.message.text.text()
    assert workspace.pack.steps["XK.ID"] == workspace.shipped_pack.steps["XK.ID"]


def test_a_letter_that_the_keyboard_lacks_is_one_keystroke_away(couple: CasePage) -> None:
    couple.show_tab("people", shown(couple).members[0].person.uid)
    people = couple.tab("people")
    assert isinstance(people, PeopleTab)
    form = people.forms[0]
    line = form.rows["family_name"].editor.focus
    QApplication.processEvents()
    line.setFocus()
    assert line.hasFocus()
    form.rows["family_name"].editor.show_typed("")
    window.type_text(line, "Celic")
    QTest.keyClick(line, Qt.Key.Key_F4)
    QTest.keyClick(line, Qt.Key.Key_F4)
    QTest.keyClick(line, Qt.Key.Key_F4)
    assert form.rows["family_name"].editor.typed() == "Celić"
    assert form.dirty
