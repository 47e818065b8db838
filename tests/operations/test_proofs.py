"""A step that is done, its proof, and what it went ahead of: one truth, in one Change, and back with one undo."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_checks import AHEAD, NO_PROOF, NOT_ENROLLED, NOT_OF_SCHOOL_AGE, problems_in_case
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.procedure.proof import steps_proved
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import standing_text
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.papers import add_papers
from avrr_desktop.operations.cases.services import add_service, finish_proved, move_step
from avrr_desktop.operations.protection.own_data import own_data
from avrr_desktop.operations.session.proofs import Proof
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.desk import NOW, kinds_of, lines_of

AWAITED = ("missing", "requested", "ready", "lost", "expired")


def now(workspace: Workspace, case_file: CaseFile) -> CaseFile:
    return read_case(workspace, case_file.case.uid)


def with_service(workspace: Workspace, case_file: CaseFile, key: str, number: int = 0) -> tuple[CaseFile, str]:
    person = case_file.members[number].person.uid
    add_service(workspace, case_file, key, [person])
    return now(workspace, case_file), person


def step_of(case_file: CaseFile, root: str, person: str) -> Record:
    return next(one for one in case_file.steps if one.text("root") == root and one.text("person") == person)


def papers_of(case_file: CaseFile, person: str, kind: str) -> list[Record]:
    return [one for one in case_file.papers if (one.text("holder"), one.text("doc_type")) == (person, kind)]


def problems(workspace: Workspace, case_file: CaseFile, record: Record) -> dict[str, str]:
    found = problems_in_case(record, case_file, workspace.pack, workspace.today)
    return {problem.field: problem.message for problem in found}


@pytest.mark.parametrize("state", AWAITED)
def test_a_step_done_puts_its_awaited_paper_to_held_in_the_same_change(
    workspace: Workspace, family: CaseFile, state: str
) -> None:
    file, person = with_service(workspace, family, "birth_registration", 2)
    for paper in papers_of(file, person, "birth_certificate_national"):
        edit_record(workspace, paper, {"state": state, "number": "old 1", "valid_until": "2020-01-01"}, file.case.uid)
    if not papers_of(file, person, "birth_certificate_national"):
        add_papers(
            workspace, file, [person], {"doc_type": "birth_certificate_national", "state": state, "number": "old 1"}
        )
    file = now(workspace, file)
    count, step = workspace.store.journal.count(), step_of(file, "CR.BIRTH_ENTRY", person)
    changes = move_step(workspace, file, step.uid, "done")
    after = now(workspace, file)
    [paper] = papers_of(after, person, "birth_certificate_national")
    assert workspace.store.journal.count() == count + 1
    assert paper.text("state") == "held"
    assert step_of(after, "CR.BIRTH_ENTRY", person).text("evidence") == paper.uid
    assert bool(paper.text("number")) is (state not in ("lost", "expired")), "a new copy has its own number"
    undo(workspace, changes.change_id)
    back = now(workspace, file)
    assert papers_of(back, person, "birth_certificate_national")[0].text("state") == state
    assert step_of(back, "CR.BIRTH_ENTRY", person).text("state") == "planned"
    assert not step_of(back, "CR.BIRTH_ENTRY", person).text("evidence")


def test_the_form_does_it_as_the_button_does(workspace: Workspace, family: CaseFile) -> None:
    file, person = with_service(workspace, family, "identity_card")
    add_papers(workspace, file, [person], {"doc_type": "id_card", "state": "requested"})
    step = step_of(now(workspace, file), "CR.ID_CARD", person)
    count = workspace.store.journal.count()
    changes = edit_record(workspace, step, {"state": "done", "done_on": "2026-06-01"}, file.case.uid)
    assert changes is not None
    assert workspace.store.journal.count() == count + 1
    [paper] = papers_of(now(workspace, file), person, "id_card")
    assert paper.text("state") == "held"
    assert step_of(now(workspace, file), "CR.ID_CARD", person).text("evidence") == paper.uid


def test_a_proof_comes_with_number_and_days_and_is_never_doubled(workspace: Workspace, family: CaseFile) -> None:
    file, person = with_service(workspace, family, "identity_card")
    step = step_of(file, "CR.ID_CARD", person)
    proof = Proof("id_card", {"number": "B1234567", "issued_on": "2026-06-10", "valid_until": "2036-06-10"})
    before = len(papers_of(file, person, "id_card"))
    move_step(workspace, file, step.uid, "done", proofs=[proof])
    [paper] = papers_of(now(workspace, file), person, "id_card")
    assert before <= 1
    assert [paper.text(key) for key in ("state", "number", "issued_on", "valid_until")] == [
        "held", "B1234567", "2026-06-10", "2036-06-10"]  # fmt: skip
    move_step(workspace, now(workspace, file), step.uid, "planned")
    move_step(workspace, now(workspace, file), step.uid, "done", proofs=[Proof("id_card", {"number": "C7"})])
    [same] = papers_of(now(workspace, file), person, "id_card")
    assert (same.uid, same.text("number"), same.text("valid_until")) == (paper.uid, "C7", "2036-06-10")


def test_done_without_its_proof_is_saved_and_told(workspace: Workspace, family: CaseFile) -> None:
    file, person = with_service(workspace, family, "identity_card")
    add_papers(workspace, file, [person], {"doc_type": "id_card", "state": "missing"})
    step = step_of(now(workspace, file), "CR.ID_CARD", person)
    move_step(workspace, now(workspace, file), step.uid, "done", proofs=())
    after = now(workspace, file)
    assert papers_of(after, person, "id_card")[0].text("state") == "missing"
    assert problems(workspace, after, step_of(after, "CR.ID_CARD", person))["evidence"] == NO_PROOF


def test_papers_of_somebody_else_are_left_alone(workspace: Workspace, family: CaseFile) -> None:
    file, person = with_service(workspace, family, "identity_card")
    other = file.members[1].person.uid
    add_papers(workspace, file, [other], {"doc_type": "id_card", "state": "missing"})
    file = now(workspace, file)
    move_step(workspace, file, step_of(file, "CR.ID_CARD", person).uid, "done")
    assert papers_of(now(workspace, file), other, "id_card")[0].text("state") == "missing"


def test_a_paper_that_comes_offers_the_step_that_it_proves(workspace: Workspace, family: CaseFile) -> None:
    file, person = with_service(workspace, family, "identity_card")
    made = new_record(workspace, "paper", {"doc_type": "id_card", "holder": person, "state": "missing"}, file.case.uid)
    file = now(workspace, file)
    paper = next(one for one in file.papers if one.uid == made.record)
    assert steps_proved(file, workspace.pack, paper) == ()
    with pytest.raises(RefusedError):
        finish_proved(workspace, file, paper, step_of(file, "CR.ID_CARD", person).uid)
    edit_record(workspace, paper, {"state": "held"}, file.case.uid)
    file = now(workspace, file)
    paper = next(one for one in file.papers if one.uid == made.record)
    [step] = steps_proved(file, workspace.pack, paper)
    finish_proved(workspace, file, paper, step.uid)
    done = step_of(now(workspace, file), "CR.ID_CARD", person)
    assert (done.text("state"), done.text("evidence")) == ("done", made.record)
    assert steps_proved(now(workspace, file), workspace.pack, paper) == ()


@pytest.mark.parametrize("state", ["done", "submitted", "waiting_authority"])
def test_ahead_of_what_it_waits_for_asks_for_a_word_and_is_saved(
    workspace: Workspace, family: CaseFile, state: str
) -> None:
    file, person = with_service(workspace, family, "birth_registration", 2)
    step = step_of(file, "CR.BIRTH_ENTRY", person)
    assert "go_ahead_reason" not in problems(workspace, file, step)
    move_step(workspace, file, step.uid, state)
    after = now(workspace, file)
    moved = step_of(after, "CR.BIRTH_ENTRY", person)
    assert problems(workspace, after, moved)["go_ahead_reason"] == AHEAD
    view = next(one for one in after.step_views() if one.step.uid == step.uid)
    assert "no reason given" in standing_text(view, workspace.today, workspace.words, workspace.pack)[1]
    move_step(workspace, after, step.uid, state, reason="The registry took it with the old papers.")
    told = now(workspace, file)
    assert "go_ahead_reason" not in problems(workspace, told, step_of(told, "CR.BIRTH_ENTRY", person))
    view = next(one for one in told.step_views() if one.step.uid == step.uid)
    assert "old papers" in standing_text(view, workspace.today, workspace.words, workspace.pack)[1]


def finish(workspace: Workspace, file: CaseFile, steps: Sequence[Record], day: str) -> CaseFile:
    for step in steps:
        edit_record(workspace, step, {"state": "done", "done_on": day}, file.case.uid)
    return now(workspace, file)


def test_what_ended_only_afterwards_was_passed_over_too(workspace: Workspace, family: CaseFile) -> None:
    file, person = with_service(workspace, family, "birth_registration", 2)
    step = step_of(file, "CR.BIRTH_ENTRY", person)
    before = [one for one in file.steps if one.uid in step.many("waits_for")]
    assert before
    file = finish(workspace, file, [step], "2026-05-01")
    late = finish(workspace, file, before, "2026-05-02")
    assert problems(workspace, late, step_of(late, "CR.BIRTH_ENTRY", person))["go_ahead_reason"] == AHEAD
    right = finish(workspace, late, [one for one in late.steps if one.uid in step.many("waits_for")], "2026-04-30")
    assert "go_ahead_reason" not in problems(workspace, right, step_of(right, "CR.BIRTH_ENTRY", person))


@pytest.fixture
def pupil(workspace: Workspace, family: CaseFile) -> tuple[CaseFile, str]:
    file, person = with_service(workspace, family, "school_enrolment", 2)
    values = {"person": person, "school": "Shkolla Drita", "enrolled_on": "2026-01-10", "recognition": "granted"}
    new_record(workspace, "schooling", values, file.case.uid)
    return now(workspace, file), person


def test_list_own_data_and_today_read_the_enrolment_of_the_step(
    workspace: Workspace, pupil: tuple[CaseFile, str]
) -> None:
    file, person = pupil
    assert file.schoolings[0].text("enrolled_on") == ""
    assert file.schoolings[0].text("recognition") == "to_request"
    assert "attendance_due" not in kinds_of(workspace, *NOW, "week")
    finish(workspace, file, [step_of(file, "SE.ENROL", person)], "2026-05-10")
    after = now(workspace, file)
    assert after.schoolings[0].text("enrolled_on") == "2026-05-10"
    lines = [line for line in lines_of(workspace, *NOW, "week") if line.person and line.person.uid == person]
    assert [(line.kind, line.on) for line in lines if line.kind in ("attendance_due", "step_due")] == [
        ("attendance_due", "2026-06-10")]  # fmt: skip
    [given] = [one for case in own_data(workspace, person) for one in case.records if one.type == "schooling"]
    assert given.text("enrolled_on") == "2026-05-10"
    stored = workspace.store.reader.record("schooling", given.uid, file.case.uid)
    assert stored is not None
    assert stored.text("enrolled_on") == "2026-01-10", "what was typed is kept"


def test_both_answers_end_the_step_of_the_checks(workspace: Workspace, pupil: tuple[CaseFile, str]) -> None:
    file, person = pupil
    file = finish(workspace, file, [step_of(file, "SE.ENROL", person)], "2026-03-01")
    edit_record(workspace, file.schoolings[0], {"attends_after_1_month": "yes"}, file.case.uid)
    assert step_of(now(workspace, file), "SE.FOLLOWUP", person).text("state") == "planned"
    file = now(workspace, file)
    changes = edit_record(workspace, file.schoolings[0], {"attends_after_3_months": "no"}, file.case.uid)
    assert changes is not None
    assert step_of(now(workspace, file), "SE.FOLLOWUP", person).text("state") == "done"
    undo(workspace, changes.change_id)
    assert step_of(now(workspace, file), "SE.FOLLOWUP", person).text("state") == "planned"
    assert now(workspace, file).schoolings[0].text("attends_after_3_months") == ""


def test_a_planned_check_and_its_due_day_are_one_line(workspace: Workspace, pupil: tuple[CaseFile, str]) -> None:
    file, person = pupil
    file = finish(workspace, file, [step_of(file, "SE.ENROL", person)], "2026-05-10")
    edit_record(workspace, step_of(file, "SE.FOLLOWUP", person), {"planned_on": "2026-06-12"}, file.case.uid)
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(clock.now() + timedelta(days=1))
    shown = lines_of(workspace, *NOW, "week")
    lines = [line.kind for line in shown if line.person and line.person.uid == person]
    assert sorted(kind for kind in lines if kind in ("attendance_due", "step_due")) == ["attendance_due"]


def test_a_father_at_school_is_asked_about_and_a_child_of_then_is_not(
    workspace: Workspace, family: CaseFile, pupil: tuple[CaseFile, str]
) -> None:
    file, person = pupil
    father = file.members[0].person.uid
    record = Record("schooling", "x", {"person": father})
    assert problems(workspace, file, record)["person"] == NOT_OF_SCHOOL_AGE
    assert "person" not in problems(workspace, file, file.schoolings[0])
    grown = Record("schooling", "x", {"person": person, "enrolled_on": "2026-09-01"})
    without = Record("schooling", "x", {"person": file.members[3].person.uid, "enrolled_on": "2026-06-01"})
    later = date(2060, 1, 1)
    assert problems_in_case(without, file, workspace.pack, later) == ()
    assert [one.field for one in problems_in_case(grown, file, workspace.pack, later)] == ["person"], "not by its step"
    claimed = Record("schooling", "x", {"person": person, "enrolled_provisionally": True})
    assert problems(workspace, file, claimed)["enrolled_provisionally"] == NOT_ENROLLED
