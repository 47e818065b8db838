"""A step that is marked done asks for its proof; a paper that comes offers its step; a child's steps fill its record."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.papers import add_papers
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.overview_tab import OverviewTab
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.steps.school_tab import SchoolTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.case.steps.step_ending import StepEnding
from avrr_desktop.ui.forms.link_options import step_name
from avrr_desktop.ui.forms.step_done import done_sentence
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support import window
from tests.support.window import press, says


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace) -> Iterator[Desktop]:
    """The desktop over the store of ``workspace``."""
    shell = window.window_over(qtbot, workspace)
    yield window.desktop_of(shell)
    shell.close()


def step_of(workspace: Workspace, case: str, root: str, person: str) -> Record:
    file = read_case(workspace, case)
    return next(one for one in file.steps if one.text("root") == root and one.text("person") == person)


def services(desk: Desktop) -> ServicesTab:
    tab = window.case_page(desk).tab("services")
    assert isinstance(tab, ServicesTab)
    return tab


def asked(tab: ServicesTab) -> StepEnding:
    [ending] = tab.findChildren(StepEnding)
    return ending


def test_done_asks_for_the_proof_and_stores_both_at_once(desk: Desktop, workspace: Workspace, family: CaseFile) -> None:
    case, person = family.case.uid, family.members[0].person.uid
    add_service(workspace, family, "identity_card", [person])
    add_papers(workspace, family, [person], {"doc_type": "id_card", "state": "requested"})
    desk.show_case(case, "step", step_of(workspace, case, "CR.ID_CARD", person).uid)
    tab, count = services(desk), workspace.store.journal.count()
    press(tab, "Done")
    part = asked(tab).proofs["id_card"]
    assert part.there.isChecked()
    assert workspace.store.journal.count() == count, "nothing is stored before it is answered"
    number = part.rows["number"].editor.focus
    QTest.keyClicks(number, "B7654321")
    QTest.keyClicks(part.rows["valid_until"].editor.focus, "10.6.2036")
    QTest.keyClick(part.rows["valid_until"].editor.focus, Qt.Key.Key_Return)
    [paper] = [one for one in read_case(workspace, case).papers if one.text("doc_type") == "id_card"]
    assert [paper.text(key) for key in ("state", "number", "valid_until")] == ["held", "B7654321", "2036-06-10"]
    assert step_of(workspace, case, "CR.ID_CARD", person).text("evidence") == paper.uid
    assert workspace.store.journal.count() == count + 1
    assert not tab.findChildren(StepEnding)
    QTest.keyClick(tab, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert step_of(workspace, case, "CR.ID_CARD", person).text("state") == "planned"
    assert next(one for one in read_case(workspace, case).papers if one.uid == paper.uid).text("state") == "requested"


def test_a_date_that_cannot_be_read_is_told_and_nothing_is_stored(
    desk: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    case, person = family.case.uid, family.members[0].person.uid
    add_service(workspace, family, "identity_card", [person])
    desk.show_case(case, "step", step_of(workspace, case, "CR.ID_CARD", person).uid)
    tab, count = services(desk), workspace.store.journal.count()
    tab.ask_for("done")
    part = asked(tab).proofs["id_card"]
    assert not part.there.isChecked(), "nobody said that it is there"
    QTest.keyClicks(part.rows["issued_on"].editor.focus, "soon")
    assert part.there.isChecked()
    asked(tab).end()
    assert says(tab, "Not a date.")
    assert workspace.store.journal.count() == count
    part.there.setChecked(False)
    asked(tab).end()
    assert step_of(workspace, case, "CR.ID_CARD", person).text("state") == "done"
    assert workspace.store.journal.count() == count + 1


def test_going_ahead_asks_for_a_word_and_escape_leaves_all_as_it_was(
    desk: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    case, person = family.case.uid, family.members[2].person.uid
    add_service(workspace, family, "birth_registration", [person])
    desk.show_case(case, "step", step_of(workspace, case, "CR.BIRTH_ENTRY", person).uid)
    tab, count = services(desk), workspace.store.journal.count()
    press(tab, "Filed, waiting for the office")
    assert says(tab, "Not done yet: ")
    QTest.keyClick(asked(tab).reason, Qt.Key.Key_Escape)
    assert workspace.store.journal.count() == count
    assert not tab.findChildren(StepEnding)
    press(tab, "Filed, waiting for the office")
    QTest.keyClicks(asked(tab).reason, "The clerk took it.")
    press(asked(tab), "Waiting for the office")
    filed = step_of(workspace, case, "CR.BIRTH_ENTRY", person)
    assert (filed.text("state"), filed.text("go_ahead_reason")) == ("waiting_authority", "The clerk took it.")


def test_a_step_that_asks_nothing_is_done_at_once(desk: Desktop, workspace: Workspace, family: CaseFile) -> None:
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    case = family.case.uid
    desk.show_case(case, "step", step_of(workspace, case, "CR.INVENTORY", "").uid)
    press(services(desk), "Done")
    assert step_of(workspace, case, "CR.INVENTORY", "").text("state") == "done"


def test_a_paper_that_is_held_offers_its_step(desk: Desktop, workspace: Workspace, family: CaseFile) -> None:
    case, person = family.case.uid, family.members[0].person.uid
    add_service(workspace, family, "identity_card", [person])
    add_papers(workspace, family, [person], {"doc_type": "id_card", "state": "missing"})
    paper = next(one for one in read_case(workspace, case).papers if one.text("doc_type") == "id_card")
    desk.show_case(case, "paper", paper.uid)
    tab = window.case_page(desk).tab("papers")
    assert isinstance(tab, PapersTab)
    assert not says(tab, "This paper is the proof for")
    assert tab.form is not None
    window.choose(tab.form, "state", "held")
    assert tab.form.save()
    assert says(tab, "This paper is the proof for a step that is still open.")
    step = step_of(workspace, case, "CR.ID_CARD", person)
    press(tab, finish_text(tab))
    assert step_of(workspace, case, "CR.ID_CARD", person).text("evidence") == paper.uid
    assert step.text("state") == "planned"
    assert not says(tab, "This paper is the proof for")


def finish_text(tab: PapersTab) -> str:
    return next(one.text() for one in tab.findChildren(QPushButton) if one.text().startswith("Finish: "))


def school_of(desk: Desktop) -> SchoolTab:
    page: CasePage = window.case_page(desk)
    page.show_tab("school")
    tab = page.tab("school")
    assert isinstance(tab, SchoolTab)
    return tab


def test_a_child_shows_what_its_steps_say_and_asks_for_the_rest(
    desk: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    case, child = family.case.uid, family.members[2].person.uid
    desk.show_case(case)
    tab = school_of(desk)
    tab.add()
    form = tab.form
    assert form is not None
    window.choose(form, "person", child)
    window.type_into(form, "school", "Shkolla Drita")
    window.type_into(form, "enrolled_on", "1.6.2026")
    assert form.save()
    press(tab, "Add the steps at school")
    assert form.rows["enrolled_on"].editor.value() is None
    assert not form.rows["enrolled_on"].editor.widget.isEnabled()
    assert says(form.rows["enrolled_on"], "From the step “Enrol at the school")
    edit_record(
        workspace, step_of(workspace, case, "SE.ENROL", child), {"state": "done", "done_on": "2026-06-03"}, case
    )
    desk.acts.read_again()
    assert form.rows["enrolled_on"].editor.value() == "2026-06-03"
    assert form.rows["school"].editor.widget.isEnabled()
    window.choose(form, "enrolled_provisionally", "yes")
    assert form.save()
    stored = workspace.store.reader.record("schooling", read_case(workspace, case).schoolings[0].uid, case)
    assert stored is not None
    assert stored.text("enrolled_on") == "2026-06-01", "what was typed before stays"


def test_an_adult_is_asked_about_and_a_choice_alone_stores_nothing(
    desk: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    desk.show_case(family.case.uid)
    tab = school_of(desk)
    tab.add()
    assert tab.form is not None
    count = workspace.store.journal.count()
    window.choose(tab.form, "person", family.members[0].person.uid)
    assert says(tab.form.rows["person"], "not of school age")
    window.case_page(desk).show_tab("notes")
    assert workspace.store.journal.count() == count
    assert read_case(workspace, family.case.uid).schoolings == ()


def test_done_in_the_overview_names_the_paper_that_is_held_with_it(
    desk: Desktop, workspace: Workspace, family: CaseFile
) -> None:
    case, person = family.case.uid, family.members[0].person.uid
    add_service(workspace, family, "identity_card", [person])
    add_papers(workspace, family, [person], {"doc_type": "id_card", "state": "requested"})
    for before in ("CR.EXTRACTS", "CR.RESIDENCE"):
        edit_record(
            workspace, step_of(workspace, case, before, person), {"state": "done", "done_on": "2026-06-03"}, case
        )
    step = step_of(workspace, case, "CR.ID_CARD", person)
    desk.show_case(case)
    overview = window.case_page(desk).tab("overview")
    assert isinstance(overview, OverviewTab)
    press(overview, f"Done: {step_name(read_case(workspace, case), step.uid, workspace)}")
    assert f"{step.text('title')}: Done. Papers now held: Identity card" in desk.message.text.text()
    held = [paper.text("state") for paper in read_case(workspace, case).papers if paper.text("doc_type") == "id_card"]
    assert held == ["held"]
    desk.acts.undo()
    plain = next(one for one in read_case(workspace, case).steps if one.text("root") != "CR.ID_CARD")
    assert done_sentence(workspace, read_case(workspace, case), plain) == f"{plain.text('title')}: Done"
