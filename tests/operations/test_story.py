"""The Story of a case: one line of time, of everything that its records, its copies and its status tell."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.story import COPY, STATUS, TOLD, told_by
from avrr_desktop.domain.consent.redaction import FULL
from avrr_desktop.domain.records.fields import Values
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.case_status import go_on, put_on_hold
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.cases.story import story
from avrr_desktop.operations.documents.copies import finished_copy
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.referrals import stored_record

# What happened in one family, by the type of its record and the dates in it: type -> values.
HAPPENED = {
    "note": {"on": "2026-06-01", "text": "Ana asked about school."},
    "contact": {"on": "2026-06-03", "summary": "She called."},
    "follow_up": {"done_on": "2026-06-05", "planned_on": "2026-06-02"},
    "referral": {"category": "health", "sent_on": "2026-06-07"},
    "paper": {"doc_type": "passport", "requested_on": "2026-06-08"},
    "plan": {"agreed_on": "2026-06-09"},
    "schooling": {"school": "Vuk Karadžić", "enrolled_on": "2026-06-10"},
    "consent": {"given_on": "2026-06-11"},
    "closing": {"closed_on": "2026-06-12"},
}  # fmt: skip


def _opened(workspace: Workspace) -> CaseFile:
    made = open_case(
        workspace, {"called": "Hoti", "opened_on": "2026-05-20"}, [({"family_name": "Hoti", "given_names": "Ana"}, {})]
    )
    return read_case(workspace, made.case)


def _told(workspace: Workspace, case_file: CaseFile) -> list[tuple[str, str]]:
    return [(one.kind, one.on) for one in story(workspace, read_case(workspace, case_file.case.uid))]


def test_everything_that_happened_is_told_with_its_day_the_newest_first(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    for kind, values in HAPPENED.items():
        stored_record(workspace, kind, values, case_file.case.uid)
    person = case_file.members[0].person.uid
    add_service(workspace, read_case(workspace, case_file.case.uid), "school_enrolment", [person])
    case_file = read_case(workspace, case_file.case.uid)
    move_step(workspace, case_file, case_file.steps[0].uid, "done")
    assert _told(workspace, case_file) == [
        ("step", "2026-06-15"), ("closing", "2026-06-12"), ("consent", "2026-06-11"), ("schooling", "2026-06-10"), ("plan", "2026-06-09"), ("paper", "2026-06-08"),
        ("referral", "2026-06-07"), ("follow_up", "2026-06-05"), ("contact", "2026-06-03"), ("note", "2026-06-01"),
        (STATUS, "2026-05-20"),
    ]  # fmt: skip
    assert {kind.key for kind in TOLD} == {*HAPPENED, "step"}


def test_a_copy_that_left_and_each_status_are_told(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    put_on_hold(workspace, case_file, "She is abroad for a month", "2026-07-15")
    go_on(workspace, read_case(workspace, case_file.case.uid))
    case_file = read_case(workspace, case_file.case.uid)
    finished_copy(workspace, case_file, "summary", FULL, "", "printed")
    told = story(workspace, case_file)
    assert [one.record.text("status") for one in told if one.kind == STATUS] == ["open", "on_hold", "open"]
    assert [(one.on, one.record.text("what")) for one in told if one.kind == COPY] == [("2026-06-15", "printed")]
    assert told[0].kind == COPY, "of one day, what was made last comes first"


def test_a_status_is_told_on_its_own_day_and_not_on_that_of_the_entry(workspace: Workspace) -> None:
    people: list[tuple[Values, Values]] = [({"family_name": "Hoti"}, {})]
    closed = {"opened_on": "2019-01-07", "status": "closed", "closed_on": "2019-05-24", "closure_reason": "withdrew"}
    held = {"opened_on": "2026-05-20", "status": "on_hold", "hold_since": "2026-06-02", "hold_before": "pre_arrival"}
    told = [
        [
            (one.record.text("status"), one.on)
            for one in story(
                workspace, read_case(workspace, open_case(workspace, {"called": "Hoti", **case}, people).case)
            )
        ]
        for case in (closed, held)
    ]
    assert told == [
        [("closed", "2019-05-24"), ("open", "2019-01-07")], [("on_hold", "2026-06-02"), ("pre_arrival", "2026-05-20")],
    ]  # fmt: skip


def test_what_is_written_nowhere_else_is_told_without_a_day_too(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    case = case_file.case.uid
    note = new_record(workspace, "note", {"text": "When was this?"}, case).record
    new_record(workspace, "referral", {"category": "health"}, case)
    new_record(workspace, "paper", {"doc_type": "passport", "issued_on": "2019-03-01"}, case)
    assert [(one.kind, one.on) for one in told_by(read_case(workspace, case))] == [("note", "")]
    stored = next(one for one in read_case(workspace, case).notes if one.uid == note)
    edit_record(workspace, stored, {"on": "2018"}, case)
    assert [(one.kind, one.on) for one in told_by(read_case(workspace, case))] == [("note", "2018")]


def test_of_one_day_what_was_made_last_comes_first(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    made = [
        new_record(workspace, "note", {"on": "2026-06-01", "text": text}, case_file.case.uid).record for text in "abc"
    ]
    told = told_by(read_case(workspace, case_file.case.uid))
    assert [one.record.uid for one in told] == made[::-1]


def test_what_is_told_names_dates_of_its_own_type() -> None:
    assert all(BY_KEY[kind.key].has(key) for kind in TOLD for key in kind.told_on)
