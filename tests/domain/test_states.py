"""Every list of states of the pack, member by member: each code has its meaning, and each meaning its code."""

from enum import Enum
from pathlib import Path

import pytest

import avrr_desktop
from avrr_desktop.domain.case.case_file import CaseFile, agenda_of
from avrr_desktop.domain.case.case_states import (
    OVER,
    RUNNING,
    CaseStatus,
    ClosureReason,
    counted,
    ends_as,
    is_over,
    is_running,
)
from avrr_desktop.domain.case.contact_states import ContactResult, FollowUpOutcome
from avrr_desktop.domain.case.paper_states import LegalisationState, PaperState, TranslationState
from avrr_desktop.domain.consent.referral_states import ReferralState, Urgency, answer_days, answer_due, is_awaited
from avrr_desktop.domain.consent.referral_states import is_over as referral_is_over
from avrr_desktop.domain.procedure.school_states import RecognitionState, SupportState
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.procedure.steps import Standing, views
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.computer.shipped_packs import practice, shipped
from avrr_desktop.store.engine.migrations import m0001_first

LISTS: dict[str, type[Enum]] = {
    "case_status": CaseStatus, "closure_reason": ClosureReason, "step_state": StepState, "referral_state": ReferralState,
    "urgency": Urgency, "paper_state": PaperState, "legalisation_state": LegalisationState,
    "translation_state": TranslationState, "recognition_state": RecognitionState, "support_state": SupportState,
    "contact_result": ContactResult, "follow_up_outcome": FollowUpOutcome,
}  # fmt: skip
SENT = "2026-05-02"


def _codes(states: type[Enum]) -> list[str]:
    return [state.code for state in states]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", LISTS)
def test_each_code_of_the_pack_is_a_member_and_the_reverse(name: str) -> None:
    for pack in (shipped(), practice()):
        assert set(pack.codes[name]) == set(_codes(LISTS[name]))


@pytest.mark.parametrize("name", LISTS)
def test_no_code_stands_twice(name: str) -> None:
    assert len(set(_codes(LISTS[name]))) == len(list(LISTS[name])) == len(LISTS[name].__members__)


# What a state means is told here a second time, in the words of the office's rules, not read from the enums.


def test_the_statuses_of_a_case_mean_what_they_say() -> None:
    assert set(RUNNING) == {"pre_arrival", "open", "on_hold"}
    assert set(OVER) == {"closed", "transferred", "duplicate"}
    for status in CaseStatus:
        assert is_running(status.code) is not is_over(status.code)


@pytest.mark.parametrize("status", CaseStatus)
def test_what_was_no_case_is_never_counted(status: CaseStatus) -> None:
    ended, double = status in (CaseStatus.CLOSED, CaseStatus.TRANSFERRED), status is CaseStatus.DUPLICATE
    for reason in ClosureReason:
        case = Record("case", "k", {"status": status.code, "closure_reason": reason.code})
        no_case = ended and reason.code in ("duplicate", "opened_in_error")
        assert counted(case) is not (double or no_case), reason


@pytest.mark.parametrize("reason", ClosureReason)
def test_closing_with_a_reason_that_does_not_count_ends_in_a_case_that_does_not_count(reason: ClosureReason) -> None:
    status = ends_as(reason.code)
    assert status.over
    case = Record("case", "k", {"status": status.code, "closure_reason": reason.code})
    assert counted(case) is reason.counts


def test_a_status_that_nobody_knows_is_not_running_not_closed_and_counts() -> None:
    assert not is_running("sleeping")
    assert not is_over("sleeping")
    assert counted(Record("case", "k", {"status": "sleeping", "closure_reason": "strange"}))
    assert not counted(Record("case", "k", {"status": "sleeping", "closure_reason": "duplicate"}))
    assert ends_as("strange") is CaseStatus.CLOSED


def test_the_index_of_running_cases_holds_the_running_statuses() -> None:
    made = next(text for text in m0001_first.DERIVED if "case_lines_running" in text)
    assert f"status IN ({', '.join(repr(code) for code in RUNNING)})" in made


@pytest.mark.parametrize("state", StepState)
def test_a_step_stands_as_its_state_says(state: StepState) -> None:
    others = {StepState.DONE: Standing.DONE, StepState.REFUSED: Standing.REFUSED, StepState.BLOCKED: Standing.BLOCKED,
              StepState.IN_PROGRESS: Standing.UNDER_WAY}  # fmt: skip
    wanted = others.get(state) or (
        Standing.NOT_NEEDED if state.skipped else Standing.WAITING if state.at_office else Standing.CAN_START
    )
    assert views([Record("step", "t", {"state": state.code})])[0].standing is wanted


@pytest.mark.parametrize("state", StepState)
def test_a_step_waits_for_what_is_not_finished(state: StepState) -> None:
    first = Record("step", "first", {"state": state.code})
    view = views([first, Record("step", "then", {"state": "planned", "waits_for": ("first",)})])[1]
    ended = state.code in ("done", "not_needed", "abandoned")
    assert view.blockers == (() if ended else (first,))
    assert state.finished is ended


def test_a_step_state_that_nobody_knows_stays_in_sight() -> None:
    assert views([Record("step", "t", {"state": "sleeping"})])[0].standing is Standing.CAN_START


@pytest.mark.parametrize("state", PaperState)
def test_a_paper_is_missing_unless_nobody_has_to_get_it(state: PaperState) -> None:
    paper = Record("paper", "p", {"state": state.code})
    missing = CaseFile(case=Record("case", "k", {}), revision=1, papers=(paper,)).missing_papers()
    assert missing == (() if state.code in ("held", "handed_over", "not_needed") else (paper,))
    assert not (state.there and state.awaited)


# Referrals ------------------------------------------------------------------------------------------------------------


def _awaited(referral: Record) -> list[str]:
    case_file = CaseFile(case=Record("case", "k", {"status": "open"}), revision=1, referrals=(referral,))
    return [item.on for item in agenda_of(case_file) if item.kind == "referral_unanswered"]


@pytest.mark.parametrize("state", ReferralState)
def test_only_who_was_asked_and_has_not_answered_is_awaited(state: ReferralState) -> None:
    referral = Record("referral", "r", {"state": state.code, "sent_on": SENT, "answer_expected_on": "2026-05-20"})
    owes = state.code in ("draft", "consented", "sent", "acknowledged")
    assert _awaited(referral) == (["2026-05-20"] if owes else [])
    assert is_awaited(referral) is owes
    assert not (owes and referral_is_over(state.code))


@pytest.mark.parametrize("state", ReferralState)
def test_a_referral_that_was_not_sent_or_is_answered_is_never_awaited(state: ReferralState) -> None:
    assert not is_awaited(Record("referral", "r", {"state": state.code}))
    assert not is_awaited(Record("referral", "r", {"state": state.code, "sent_on": SENT, "answered_on": "2026-05-04"}))


def test_a_referral_state_that_nobody_knows_is_awaited_still() -> None:
    assert is_awaited(Record("referral", "r", {"state": "sleeping", "sent_on": SENT}))
    assert not referral_is_over("sleeping")


@pytest.mark.parametrize(
    ("urgency", "due"),
    [("emergency", "2026-05-03"), ("urgent", "2026-05-05"), ("normal", "2026-05-16"), ("", "2026-05-16"),
     ("strange", "2026-05-16")],
)  # fmt: skip
def test_an_answer_is_due_by_urgency_from_the_sending(urgency: str, due: str) -> None:
    referral = Record("referral", "r", {"state": "sent", "urgency": urgency, "sent_on": SENT})
    assert answer_due(referral) == due == answer_due(referral, answer_days(shipped().settings))
    assert _awaited(referral) == [due]


@pytest.mark.parametrize("urgency", ["emergency", "urgent", "normal", ""])
def test_a_day_that_was_agreed_on_goes_before_the_urgency(urgency: str) -> None:
    values = {"state": "sent", "urgency": urgency, "sent_on": SENT, "answer_expected_on": "2026-06-30"}
    assert answer_due(Record("referral", "r", values)) == "2026-06-30"


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("number", [0, 1, 23, 24, 25, 49])
def test_no_setting_makes_an_answer_late_on_the_day_of_sending(urgency: Urgency, number: int) -> None:
    days = answer_days({urgency.setting: number})
    due = answer_due(Record("referral", "r", {"state": "sent", "urgency": urgency.code, "sent_on": SENT}), days)
    assert due > SENT
    assert days[urgency.code] * 24 >= number * urgency.hours  # a begun day counts in full


def test_a_sending_known_to_the_month_is_late_only_after_it() -> None:
    assert answer_due(Record("referral", "r", {"sent_on": "2026-05", "urgency": "emergency"})) == "2026-06-01"
    assert answer_due(Record("referral", "r", {"sent_on": "soon"})) == ""


def test_no_list_of_states_stands_beside_the_enums() -> None:
    """Two codes of one list in one line of Python or SQL is a list of states that nobody keeps whole."""
    held = {
        name: frozenset(_codes(states)) for name, states in LISTS.items() if name in ("case_status", "referral_state")
    }
    program = Path(avrr_desktop.__file__).parent
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(program.rglob("*.py"))
        if not path.name.endswith("_states.py")
        and "migrations" not in path.parts
        and not path.name.startswith("practice")
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(sum(f'"{code}"' in line or f"'{code}'" in line for code in codes) > 1 for codes in held.values())
    ]
    assert not found
