"""The day sheet, the list of missing papers, Today's return and attendance, waiting days: shown and printed."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.plans import latest
from avrr_desktop.domain.wording import person_name
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.papers import add_papers
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.operations.cases.services import add_service, move_step, report_return
from avrr_desktop.operations.documents.day_sheet import appointments_on, day_sheet_pdf
from avrr_desktop.operations.documents.printing import MISSING_PAPERS, PATH, case_pdf
from avrr_desktop.operations.reports.reporting import waiting_by_office
from avrr_desktop.operations.session.late_entries import begin_late_entry
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.desk import NOW, kinds_of, lines_of
from tests.support.endings import close_case


@pytest.fixture
def accompanied(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family, with an appointment today at which an officer goes along."""
    add_service(workspace, family, "identity_card", [family.members[0].person.uid])
    case_file = read_case(workspace, family.case.uid)
    step = next(one for one in case_file.steps if one.text("template") == "RS.ID")
    values = {
        "planned_on": workspace.today.isoformat(), "at_time": "9:30", "office_name": "Полиција, Нови Пазар",
        "accompanied_by": workspace.actor, "meeting_place": "Main door", "back_by": "10:30",
    }  # fmt: skip
    edit_record(workspace, step, values, family.case.uid)
    edit_record(workspace, family.members[0].person, {"phone": "+000 111", "safe_to_call": False})
    return read_case(workspace, family.case.uid)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_day_sheet_says_where_when_and_what_to_bring(workspace: Workspace, accompanied: CaseFile) -> None:
    [item] = appointments_on(workspace, workspace.today)
    assert (item.time, item.office, item.initials) == ("9:30", "Полиција, Нови Пазар", "М. Ђ.")
    assert item.papers == workspace.pack.steps["RS.ID"].needs_papers
    assert item.missing == item.papers, "the register holds none of them"
    assert item.safe_to_call is False
    assert appointments_on(workspace, workspace.today + timedelta(days=1)) == ()
    assert appointments_on(workspace, workspace.today, "another person") == ()


def test_the_printed_day_sheet_names_nobody(workspace: Workspace, accompanied: CaseFile) -> None:
    text = text_of(day_sheet_pdf(workspace, workspace.today))
    for word in ("9:30", "М. Ђ.", accompanied.case.text("number"), "Полиција", "do not call", "Main door", "10:30"):
        assert word in text
    for member in accompanied.members:
        for name in (member.person.text("family_name"), member.person.text("given_names"), "1506985600010"):
            assert name not in text
    assert "No appointment" in text_of(day_sheet_pdf(workspace, date(2030, 1, 1)))


def test_an_officer_who_is_not_back_stands_first_in_act_now(workspace: Workspace, accompanied: CaseFile) -> None:
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    day = clock.now().replace(hour=7, minute=0)
    clock.set(day)
    assert "return_unreported" not in kinds_of(workspace, *NOW)
    clock.set(day.replace(hour=9, minute=0))  # 11:00 at the office
    assert kinds_of(workspace)[0] == "return_unreported"
    step = next(one for one in accompanied.steps if one.text("accompanied_by"))
    report_return(workspace, accompanied, step)
    assert "return_unreported" not in kinds_of(workspace, *NOW)


def test_the_missing_papers_are_listed_with_what_the_next_steps_ask_for(
    workspace: Workspace, accompanied: CaseFile
) -> None:
    text = text_of(case_pdf(workspace, accompanied, document=MISSING_PAPERS))
    for paper in accompanied.missing_papers():
        holder = accompanied.people[paper.text("holder")]
        assert person_name(holder) in text
    assert "Birth certificate, national" in text
    assert "009876543" not in text, "a paper that is there is not on the list"
    assert "default, not confirmed by the programme" in text
    assert "Register residence and address" in text
    assert "Proof of housing" in text


def test_the_printed_path_has_every_step_beside_its_person(workspace: Workspace, accompanied: CaseFile) -> None:
    text = text_of(case_pdf(workspace, accompanied, document=PATH))
    for word in ("Марко", "Residence", "Identity card", "Later", "Can start now"):
        assert word in text
    assert "No step yet" in text_of(case_pdf(workspace, replace(accompanied, steps=(), services=()), document=PATH))


def test_the_same_paper_for_all_children_is_one_change(workspace: Workspace, family: CaseFile) -> None:
    people = [member.person.uid for member in family.members[2:4]]
    count = workspace.store.journal.count()
    add_papers(workspace, family, people, {"doc_type": "vaccination_record", "state": "missing"})
    made = [one for one in read_case(workspace, family.case.uid).papers if one.text("doc_type") == "vaccination_record"]
    assert sorted(one.text("holder") for one in made) == sorted(people)
    assert workspace.store.journal.count() == count + 1


def test_waiting_days_count_what_is_still_open(workspace: Workspace, family: CaseFile) -> None:
    add_service(workspace, family, "identity_card", [family.members[0].person.uid])
    add_service(workspace, read_case(workspace, family.case.uid), "legal_aid", [family.members[1].person.uid])
    steps = {one.text("template"): one for one in read_case(workspace, family.case.uid).steps}
    office = {"office_name": "Police station"}
    edit_record(
        workspace, steps["RS.ID"], {**office, "state": "waiting_authority", "filed_on": "2026-06-05"}, family.case.uid
    )
    closed = {**office, "filed_on": "2026-05-01", "done_on": "2026-05-21", "state": "done"}
    edit_record(workspace, steps["CR.EXTRACTS"], closed, family.case.uid)
    edit_record(workspace, steps["CR.LEGAL_AID"], {"office_name": "Court", "state": "planned"}, family.case.uid)
    [row] = waiting_by_office(workspace)
    assert (row.office, row.answered, row.open, row.middle, row.longest) == ("Police station", 1, 1, 15, 20)


def test_a_signed_plan_stays_and_the_next_begins_with_its_words(workspace: Workspace, family: CaseFile) -> None:
    first = new_revision(workspace, family)
    record = next(one for one in read_case(workspace, family.case.uid).plans if one.uid == first.record)
    words = {"own_words": "School before winter.", "economic": "Work", "signed_by_returnee_on": "2026-06-01"}
    edit_record(workspace, record, words, family.case.uid)
    new_revision(workspace, read_case(workspace, family.case.uid))
    plans = sorted(read_case(workspace, family.case.uid).plans, key=lambda plan: plan.whole("revision"))
    assert [plan.whole("revision") for plan in plans] == [1, 2]
    assert [plan.text("signed_by_returnee_on") for plan in plans] == ["2026-06-01", ""]
    assert plans[1].text("own_words") == "School before winter."
    assert latest(read_case(workspace, family.case.uid)) == plans[1]


def test_attendance_is_asked_for_after_one_and_after_three_months(workspace: Workspace, family: CaseFile) -> None:
    values = {"person": family.members[2].person.uid, "school": "School", "enrolled_on": "2026-05-10"}
    made = new_record(workspace, "schooling", values, family.case.uid)

    def due() -> list[str]:
        return [line.on for line in lines_of(workspace, *NOW, "week") if line.kind == "attendance_due"]

    assert due() == ["2026-06-10"]
    record = workspace.store.reader.record("schooling", made.record, family.case.uid)
    assert record is not None
    edit_record(workspace, record, {"attends_after_1_month": "yes"}, family.case.uid)
    assert due() == []
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(clock.now() + timedelta(days=60))
    assert due() == ["2026-08-10"]


def test_a_step_done_is_no_appointment_any_more(workspace: Workspace, accompanied: CaseFile) -> None:
    step = next(one for one in accompanied.steps if one.text("accompanied_by"))
    move_step(workspace, accompanied, step.uid, "done")
    assert appointments_on(workspace, workspace.today) == ()


@pytest.mark.parametrize(("typed", "alarm"), [("10:30", True), ("9.30", True), ("um 10:45", True), ("abends", False),
                                              ("17h", False), ("6 pm", False), ("11 am", True)])  # fmt: skip
def test_the_hour_is_read_as_people_write_it(
    workspace: Workspace, accompanied: CaseFile, typed: str, alarm: bool
) -> None:
    step = next(one for one in accompanied.steps if one.text("accompanied_by"))
    edit_record(workspace, step, {"back_by": typed}, accompanied.case.uid)
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(clock.now().replace(hour=9, minute=0))  # 11:00 at the office
    assert ("return_unreported" in kinds_of(workspace, *NOW)) is alarm
    clock.set(clock.now().replace(hour=18, minute=0))
    assert "return_unreported" in kinds_of(workspace, *NOW)


def test_an_officer_who_is_not_back_is_never_hidden(workspace: Workspace, accompanied: CaseFile) -> None:
    for _ in range(301):
        new_record(workspace, "follow_up", {"planned_on": "2026-01-01"}, accompanied.case.uid)
    close_case(workspace, accompanied, "withdrew")
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(clock.now() + timedelta(days=1))
    assert kinds_of(workspace)[0] == "return_unreported"
    step = next(one for one in read_case(workspace, accompanied.case.uid).steps if one.text("accompanied_by"))
    begin_late_entry(workspace, read_case(workspace, accompanied.case.uid), "She never went along")
    move_step(workspace, read_case(workspace, accompanied.case.uid), step.uid, "not_needed")
    assert "return_unreported" not in kinds_of(workspace, *NOW)


def test_an_appointment_while_an_office_keeps_one_waiting_is_on_the_sheet(
    workspace: Workspace, accompanied: CaseFile
) -> None:
    step = next(one for one in accompanied.steps if one.text("accompanied_by"))
    tomorrow = (workspace.today + timedelta(days=1)).isoformat()
    values = {"state": "waiting_authority", "filed_on": "2026-06-01", "planned_on": f"{tomorrow}~"}
    edit_record(workspace, step, values, accompanied.case.uid)
    assert len(appointments_on(workspace, workspace.today + timedelta(days=1))) == 1
    assert "step_due" in kinds_of(workspace, "week")


def test_calling_is_called_safe_only_where_that_person_said_so(workspace: Workspace, accompanied: CaseFile) -> None:
    man, wife = (member.person for member in accompanied.members[:2])
    edit_record(workspace, workspace.store.reader.record("person", man.uid) or man, {"safe_to_call": True})
    step = next(one for one in accompanied.steps if one.text("accompanied_by"))
    assert [item.safe_to_call for item in appointments_on(workspace, workspace.today)] == [True]
    edit_record(workspace, step, {"person": wife.uid}, accompanied.case.uid)
    assert [item.safe_to_call for item in appointments_on(workspace, workspace.today)] == [None]
    edit_record(workspace, wife, {"safe_to_call": False})
    assert [item.safe_to_call for item in appointments_on(workspace, workspace.today)] == [False]


def test_a_paper_that_has_run_out_is_missing(workspace: Workspace, accompanied: CaseFile) -> None:
    code = workspace.pack.steps["RS.ID"].needs_papers[0]
    paper = {
        "doc_type": code,
        "state": "held",
        "holder": accompanied.members[0].person.uid,
        "valid_until": "2026-06-14",
    }
    made = new_record(workspace, "paper", paper, accompanied.case.uid)
    assert code in appointments_on(workspace, workspace.today)[0].missing
    record = workspace.store.reader.record("paper", made.record, accompanied.case.uid)
    assert record is not None
    edit_record(workspace, record, {"valid_until": "2026-07"}, accompanied.case.uid)
    assert code not in appointments_on(workspace, workspace.today)[0].missing
