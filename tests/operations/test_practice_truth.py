"""What people learn on may not contradict itself: every practice case, over many seeds and sizes."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_checks import all_problems_in_case
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus
from avrr_desktop.domain.consent.evidence import is_old
from avrr_desktop.domain.consent.guards import OF_BEFORE
from avrr_desktop.domain.consent.referral_states import ReferralState
from avrr_desktop.domain.people.dates import months_after, stored
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.rules import problems
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.workspace import Workspace

OVER = {"done", "not_needed", "abandoned", "refused"}
TO_COME = {
    "planned_on",
    "expected_on",
    "appeal_until",
    "valid_until",
    "usable_until",
    "answer_expected_on",
    "expires_on",
    "hold_until",
}
IN_ORDER = (
    ("step", "filed_on", "done_on"), ("step", "filed_on", "expected_on"), ("membership", "joined_on", "left_on"),
    ("referral", "sent_on", "answered_on"), ("referral", "sent_on", "acknowledged_on"), ("referral", "answered_on", "completed_on"), ("case", "opened_on", "closed_on"),
    ("case", "arrival_date", "closed_on"), ("case", "opened_on", "hold_since"), ("case", "hold_since", "hold_until"), ("service", "opened_on", "closed_on"), ("consent", "given_on", "withdrawn_on"),
    ("paper", "issued_on", "valid_until"), ("schooling", "enrolled_on", "left_on"),
)  # fmt: skip
SENT = {"sent", "acknowledged", "accepted", "declined", "service_started", "completed", "closed", "feedback_recorded",
        "expired", "no_show", "excused", "service_unavailable"}  # fmt: skip
ANSWERED = {"accepted", "declined", "service_started", "completed", "closed", "feedback_recorded"}
SAID_WITH = {"on_hold": {"hold_since", "hold_until", "hold_because", "hold_before"}, "transferred": {"transferred_to"},
             "duplicate": {"double_of"}}  # fmt: skip
LOCAL = {"AL": {"sq"}, "XK": {"sq", "sr-Cyrl"}, "MK": {"mk", "sq"}, "RS": {"sr-Latn", "sr-Cyrl", "sq"}, "BA": {"sr-Cyrl"},
         "ME": {"sq"}}  # fmt: skip


def contradictions(case_file: CaseFile, workspace: Workspace, today: date) -> Iterator[str]:
    """Yield each thing that one place of a case says and another denies."""
    pack = workspace.pack
    steps = {step.uid: step for step in case_file.steps}
    yield from of_steps(case_file, steps, pack)
    yield from of_school(case_file, pack)
    yield from of_case(case_file, workspace)
    yield from of_status(case_file, workspace, today)
    yield from of_days(case_file, today)
    for record in records(case_file):
        yield from (f"{record.type}.{one.field}: {one.message}" for one in problems(record, today.isoformat()))
    yield from (f"{one.field}: {one.message}" for _, one in all_problems_in_case(case_file, pack, today))


def records(case_file: CaseFile) -> tuple[Record, ...]:
    beside = tuple(one for group in case_file.others.values() for one in group)
    people = tuple(one for member in case_file.members for one in (member.person, member.membership))
    return (*people, *case_file.papers, *case_file.services, *case_file.steps, *case_file.referrals,
            *case_file.follow_ups, *case_file.contacts, *case_file.notes, *case_file.plans, *case_file.schoolings, *beside)  # fmt: skip


def of_steps(case_file: CaseFile, steps: dict[str, Record], pack: Pack) -> Iterator[str]:
    for step in case_file.steps:
        state, title = step.text("state"), step.text("short")
        before = [steps[uid] for uid in step.many("waits_for")]
        if state in ("done", "waiting_authority", "submitted") and not step.text("go_ahead_reason"):
            began = step.text("filed_on") or step.text("done_on")
            for other in before:
                if other.text("state") not in OVER or other.text("done_on") > began:
                    yield f"{title} before {other.text('short')}"
        if state == "done" and not step.text("done_on"):
            yield f"{title} is done on no day"
        if state in ("waiting_authority", "submitted") and not step.text("filed_on"):
            yield f"{title} was filed on no day"
        if case_file.case.text("status") == "closed" and state not in OVER:
            yield f"{title} is {state} in a closed case"
        kinds = pack.steps[step.text("template")].evidence if step.text("template") in pack.steps else ()
        own = [paper for paper in case_file.papers if paper.text("holder") == step.text("person")]
        for paper in own:
            if state == "done" and paper.text("doc_type") in kinds and paper.text("state") != "held":
                yield f"{title} is done, its {paper.text('doc_type')} {paper.text('state')}"
        linked = next((paper for paper in case_file.papers if paper.uid == step.text("evidence")), None)
        if step.text("evidence") and (linked is None or linked.text("holder") != step.text("person")):
            yield f"{title} is proved by a paper of another person"


def of_school(case_file: CaseFile, pack: Pack) -> Iterator[str]:
    for schooling in case_file.schoolings:
        own = {pack.root(step.text("template")): step for step in case_file.steps
               if step.text("person") == schooling.text("person")}  # fmt: skip
        enrol, checks = own.get("SE.ENROL"), own.get("SE.FOLLOWUP")
        done = enrol.text("done_on") if enrol and enrol.text("state") == "done" else ""
        if enrol is not None and schooling.text("enrolled_on") != done:
            yield f"enrolled {schooling.text('enrolled_on')}, the step says {done or 'not yet'}"
        decided = own.get("SE.RECOG_DECISION")
        if decided is not None and (schooling.text("recognition") == "granted") is not (
            decided.text("state") == "done"
        ):
            yield f"recognition {schooling.text('recognition')}, the step is {decided.text('state')}"
        if not done and (schooling.text("attends_after_1_month") or schooling.yes("enrolled_provisionally")):
            yield "attends a school without being enrolled"
        if schooling.text("attends_after_3_months") and not schooling.text("attends_after_1_month"):
            yield "the second check before the first"
        both = bool(schooling.text("attends_after_1_month") and schooling.text("attends_after_3_months"))
        if checks is not None and both is not (checks.text("state") == "done"):
            yield f"both checks {both}, their step {checks.text('state')}"
        if (
            done
            and checks is not None
            and checks.text("state") == "done"
            and checks.text("done_on") < months_after(done, 3)
        ):
            yield "the checks ended before three months"


def of_status(case_file: CaseFile, workspace: Workspace, today: date) -> Iterator[str]:
    case = case_file.case
    status = case.text("status")
    for one, keys in SAID_WITH.items():
        if {key for key in keys if case.text(key)} != (keys if status == one else set()):
            yield f"a case that is {status} with what is said of one that is {one}"
    if (status in ("closed", "transferred", "duplicate")) is not bool(case.text("closed_on")):
        yield f"a case that is {status} with the days of another status"
    if (status == "transferred") is not (case.text("closure_reason") == "transferred"):
        yield "transferred for another reason"
    if status == "on_hold" and case.text("hold_until") <= today.isoformat():
        yield "rests until a day that is over"
    if status == "duplicate":
        [first] = workspace.store.reader.numbered(case.text("double_of"))
        other = workspace.store.reader.case_file(first)
        names = [[one.person.text("given_names") for one in file.members] for file in (case_file, other)]
        if (
            case.text("number") == case.text("double_of")
            or names[0] != names[1]
            or case.text("called") != other.case.text("called")
        ):
            yield "the double of another family"


def of_case(case_file: CaseFile, workspace: Workspace) -> Iterator[str]:
    case = case_file.case
    sender = workspace.store.reader.record("provider", case.text("sending_mission"))
    if sender is None or sender.text("country") != case.text("host_country"):
        yield f"from {case.text('host_country')}, sent by {sender.text('name') if sender else 'nobody'}"
    for person in case_file.people.values():
        if person.text("birth_country") not in (case.text("country_of_return"), case.text("host_country")):
            yield "born in a third state"
    open_steps = [step for step in case_file.steps if step.text("state") not in OVER]
    for visit in case_file.follow_ups:
        if "Nothing open" in visit.text("summary"):
            later = [step for step in case_file.steps if step.text("done_on") > visit.text("done_on")]
            if open_steps or later:
                yield "nothing open, and steps are"
    for referral in case_file.referrals:
        state = referral.text("state")
        if bool(referral.text("sent_on")) is not (state in SENT) or bool(referral.text("answered_on")) is not (
            state in ANSWERED
        ):
            yield f"a referral {state} with the days of another state"
    for contact in case_file.contacts:
        reached = contact.text("result") == "reached"
        if reached and re.search("no answer|nobody at home", contact.text("summary")):
            yield "reached, and nobody answered"
    if (
        case.text("closure_reason") == "lost_contact"
        and sum(one.text("result") != "reached" for one in case_file.contacts) < 2
    ):
        yield "contact lost without an attempt"
    pupils = any(member.membership.text("relationship") in ("son", "daughter") for member in case_file.members)
    for text in texts(case_file):
        if not pupils and re.search("children|daughter", text):
            yield "a sentence about children that there are not"
        if (said := language_of(text)) and said not in LOCAL[case.text("country_of_return")]:
            yield f"a sentence in {said}"


def texts(case_file: CaseFile) -> list[str]:
    found = [case_file.case.text("story"), *(note.text("text") for note in case_file.notes)]
    return [*found, *(one.text("summary") for one in (*case_file.contacts, *case_file.follow_ups)),
            *(referral.text("reason") for referral in case_file.referrals)]  # fmt: skip


def language_of(text: str) -> str:
    """Return the language of a sentence by words of its own; empty for English."""
    marks = {"sq": "Familja|Takimi|Sporteli|Telefonat", "sr-Latn": "Dogovoren|Izvod|Porodica", "sr-Cyrl": "Породица|Договорен|Деца|Звати",
             "mk": "Семејството|Барањето|Најмалото|Телефонски"}  # fmt: skip
    return next((language for language, words in marks.items() if re.search(words, text)), "")


def of_days(case_file: CaseFile, today: date) -> Iterator[str]:
    for record in (case_file.case, *records(case_file)):
        for kind, first, second in IN_ORDER:
            if (
                record.type == kind
                and record.text(first)
                and record.text(second)
                and record.text(second) < record.text(first)
            ):
                yield f"{kind}: {second} before {first}"
        for field in BY_KEY[record.type].fields:
            known = stored(record.text(field.key)) if field.kind is Kind.DATE else None
            if known and field.key not in TO_COME and known.first() > today:
                yield f"{record.type}.{field.key} is to come"
    end = case_file.case.text("closed_on")
    for record in (*case_file.notes, *case_file.contacts, *case_file.follow_ups):
        if end and (record.text("on") or record.text("done_on")) > end:
            yield f"{record.type} after the closing"


def said_of(case_file: CaseFile, workspace: Workspace, today: date) -> list[str]:
    found = [f"{case_file.case.text('number')}: {one}" for one in contradictions(case_file, workspace, today)]
    return [one for one in found if OF_BEFORE not in one]  # a consent of an older version is there to be confirmed


STORES = [(1, 0, date(2026, 6, 15)), (2, 0, date(2026, 11, 30)), (3, 0, date(2019, 7, 1)), (4, 0, date(2024, 2, 29)),
          (5, 90, date(2026, 12, 31)), (6, 7, date(2031, 1, 1)), (7, 120, date(2023, 3, 31))]  # fmt: skip


@pytest.mark.parametrize(("seed", "cases", "today"), STORES)
def test_nothing_in_a_practice_store_denies_anything_else(tmp_path: Path, seed: int, cases: int, today: date) -> None:
    workspace = create_practice(tmp_path / "store", PracticeOptions(today, seed, cases))
    found = [
        said
        for line in all_cases(workspace)
        for said in said_of(workspace.store.reader.case_file(line.uid), workspace, today)
    ]
    workspace.lock()
    assert found == []


def test_practice_shows_more_than_the_happy_half(tmp_path: Path) -> None:
    workspace = create_practice(tmp_path / "store", PracticeOptions(date(2026, 6, 15)))
    files = [workspace.store.reader.case_file(line.uid) for line in all_cases(workspace)]
    running = [file for file in files if file.running]
    consents = [one for file in files for one in file.others.get("consent", ())]
    reasons = {file.case.text("closure_reason") for file in files} - {""}
    programmes = {file.case.text("programme") for file in running}
    statuses = {file.case.text("status") for file in running}
    counted = len(all_cases(workspace, CaseFilter(status="running")))
    everywhere = {file.case.text("status") for file in files}
    referrals = {one.text("state") for file in files for one in file.referrals}
    known = set(workspace.pack.codes["programme"])
    doubles = [file.case for file in files if file.case.text("double_of")]
    half = cases_by_country(workspace, "2026-01-01", "2026-07-01")
    workspace.lock()
    assert everywhere == {status.code for status in CaseStatus}
    assert referrals == {state.code for state in ReferralState}
    assert programmes >= known
    assert len(doubles) == 1 and half.cases < len(running) + len(doubles)
    assert counted == len(running) == 24
    assert {"objectives_met", "lost_contact"} < reasons
    assert statuses == {"open", "pre_arrival", "on_hold"}
    assert {bool(one.text("withdrawn_on")) for one in consents} == {True, False}
    assert {one.text("given_by") for one in consents} == {"self", "guardian", ""} and any(map(is_old, consents))
    assert any(step.text("evidence") for file in running for step in file.steps)


def test_the_test_sees_a_contradiction_that_is_planted(tmp_path: Path) -> None:
    today = date(2026, 6, 15)
    workspace = create_practice(tmp_path / "store", PracticeOptions(today))
    files = [workspace.store.reader.case_file(line.uid) for line in all_cases(workspace)]
    file = next(file for file in files if file.schoolings and any(step.text("state") == "done" for step in file.steps))
    school = file.schoolings[0]
    wrong = school._replace(values={**school.values, "enrolled_on": "2001-01-01"})
    planted = file.__class__(**{**{name: getattr(file, name) for name in file.__slots__}, "schoolings": (wrong,)})
    found = list(of_school(planted, workspace.pack))
    workspace.lock()
    assert found
