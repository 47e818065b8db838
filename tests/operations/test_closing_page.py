"""What is settled with a closing, each period as it ended, and what is learned: by the verbs."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.closing import Ending, Settled, attempts, ended_periods, open_things, people_named
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import PartKind
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.closing import approve_closing, close_case, reopen_case, turn_down_closing
from avrr_desktop.operations.cases.ending.settling import settled_with
from avrr_desktop.operations.cases.story import story
from avrr_desktop.operations.session.records import directory, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import index_matches, tables_match
from tests.support import office_with_keys, stores
from tests.support.endings import all_given_up, referral_in
from tests.support.office_with_keys import SECOND, WORKER

TODAY = "2026-06-15"
SETTLED = {"outcome": "settled"}


def _with_open_things(workspace: Workspace) -> CaseFile:
    """Return the family with two open steps, a referral that was sent and one that was not."""
    case = stores.family(workspace).case.uid
    for values in (
        {"title": "Ask at the school", "state": "planned"},
        {"title": "Изјава", "state": "blocked", "block_reason": "other"},
    ):
        new_record(workspace, "step", values, case)
    referral_in(workspace, case, "accepted", sent_on="2026-05-10")
    referral_in(workspace, case, "draft", category="HEA")
    return workspace.store.reader.case_file(case)


def test_what_is_open_is_named_and_refused_until_each_is_settled(workspace: Workspace) -> None:
    case_file = _with_open_things(workspace)
    before = list(workspace.store.dump())
    steps, referrals = case_file.steps, case_file.referrals
    ends = [
        (steps[0], Settled("done")), (steps[1], Settled("handed_to", "Caritas, Шабац")),
        (referrals[0], Settled("close", "service_received")), (referrals[1], Settled("cancel", "Went elsewhere")),
    ]  # fmt: skip
    for number in range(len(ends)):
        told = {one.uid: end for one, end in ends[:number]}
        with pytest.raises(RefusedError) as refused:
            close_case(workspace, case_file, "objectives_met", ending=Ending(settled=told, told=SETTLED))
        assert "settled" in refused.value.title
        assert len(str(refused.value.values["open"]).split("; ")) == len(ends) - number
    assert list(workspace.store.dump()) == before
    settled = {one.uid: end for one, end in ends}
    changes = close_case(workspace, case_file, "objectives_met", ending=Ending(settled=settled, told=SETTLED))
    closed = read_case(workspace, case_file.case.uid)
    assert closed.over and not open_things(closed)
    assert [one.text("state") for one in (*closed.steps, *closed.referrals)] == [
        "done",
        "abandoned",
        "closed",
        "cancelled",
    ]
    assert closed.steps[0].text("done_on") == closed.referrals[0].text("ended_on") == TODAY
    assert closed.steps[1].text("handed_to") == "Caritas, Шабац" and not closed.steps[1].text("block_reason")
    assert closed.referrals[0].text("outcome_code") == "service_received"
    assert closed.referrals[1].text("ended_because") == "Went elsewhere"
    undo(workspace, changes.change_id, *changes.together)
    again = read_case(workspace, case_file.case.uid)
    assert again.running and len(open_things(again)) == len(ends) and not again.of_type("closing")
    assert tables_match(workspace.store) and index_matches(workspace.store)


def test_ends_that_do_not_fit_settle_nothing(workspace: Workspace) -> None:
    case_file = _with_open_things(workspace)
    whole = all_given_up(case_file)
    wrong = {
        case_file.steps[0].uid: Settled("close", "service_received"), case_file.steps[1].uid: Settled("handed_to", " "),
        case_file.referrals[0].uid: Settled("cancel", "x"), case_file.referrals[1].uid: Settled("close", "service_received"),
    }  # fmt: skip
    for uid, end in wrong.items():
        with pytest.raises(RefusedError):
            close_case(workspace, case_file, "withdrew", ending=replace(whole, settled={**whole.settled, uid: end}))


def test_the_outcome_is_asked_for_but_of_who_died(workspace: Workspace) -> None:
    case_file = stores.family(workspace)
    with pytest.raises(BadInputError):
        close_case(workspace, case_file, "objectives_met")
    close_case(workspace, case_file, "deceased")
    assert read_case(workspace, case_file.case.uid).over


def _tried(workspace: Workspace, case: str, *days: str, result: str = "no_answer") -> CaseFile:
    for day in days:
        new_record(workspace, "contact", {"on": day, "result": result}, case)
    return read_case(workspace, case)


def test_contact_is_lost_only_after_enough_attempts_over_enough_days(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid

    def lost(case_file: CaseFile) -> None:
        close_case(workspace, case_file, "lost_contact", ending=Ending(told={"outcome": "not_known"}))

    for case_file in (
        _tried(workspace, case, "2026-05-10", "2026-05-11"),
        _tried(workspace, case, "2026-05-12"),  # three, within three days
        _tried(workspace, case, "2026-06-01", result="reached"),  # those before it count no more
        _tried(workspace, case, "2026-06-02", "2026-06-14"),
        _tried(workspace, case, ""),  # without a day
    ):
        with pytest.raises(RefusedError) as refused:
            lost(case_file)
        assert "attempts" in refused.value.title
    case_file = _tried(workspace, case, "2026-06-01", "2026-06-15")
    assert attempts(case_file).days == 14
    lost(case_file)
    [ended] = ended_periods(read_case(workspace, case))
    assert len(ended.many("attempts")) == 4


def test_papers_go_back_with_the_closing(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid
    held = {"doc_type": "passport", "original_held_by": "programme"}
    first, second = (new_record(workspace, "paper", held, case).record for _ in range(2))
    told = {
        **SETTLED,
        "papers_back": (first,),
        "papers_back_to": "Шејла",
        "papers_back_on": "2026-06-14",
        "receipt_signed": True,
    }
    close_case(workspace, read_case(workspace, case), "objectives_met", ending=Ending(told=told))
    closed = read_case(workspace, case)
    assert {one.uid: one.text("original_held_by") for one in closed.papers if one.uid in (first, second)} == {
        first: "holder", second: "programme",
    }  # fmt: skip
    [ended] = ended_periods(closed)
    assert (ended.text("papers_back_to"), ended.text("papers_back_on"), ended.yes("receipt_signed")) == (
        "Шејла",
        "2026-06-14",
        True,
    )


def test_reopening_begins_the_next_period_and_both_are_kept(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid
    number = read_case(workspace, case).case.text("number")
    close_case(workspace, read_case(workspace, case), "objectives_met", ending=Ending(told=SETTLED))
    changes = reopen_case(workspace, read_case(workspace, case), "They came back")
    again = read_case(workspace, case)
    assert again.running and again.case.text("number") == number
    close_case(workspace, again, "remigrated_regular", ending=Ending(told={"outcome": "left_legally"}))
    both = ended_periods(read_case(workspace, case))
    assert [(one.whole("period"), one.text("reason"), one.text("outcome")) for one in both] == [
        (1, "objectives_met", "settled"), (2, "remigrated_regular", "left_legally"),
    ]  # fmt: skip
    assert both[0].text("reopened_on") == TODAY and not both[1].text("reopened_on")
    assert sum(1 for one in story(workspace, read_case(workspace, case)) if one.kind == "closing") == 2
    with pytest.raises(RefusedError):
        undo(workspace, changes.change_id)


def test_a_case_that_was_closed_without_periods_keeps_its_first_when_it_is_reopened(workspace: Workspace) -> None:
    from avrr_desktop.domain.history.change import Part
    from avrr_desktop.operations.session.records import commit

    case_file = stores.family(workspace)
    case = case_file.case.uid
    old = {"status": "closed", "closed_on": "2026-05-30", "closure_reason": "withdrew"}
    commit(workspace, [Part(PartKind.COMMAND, "case", case, old, case_file.case.seen)], case)
    reopen_case(workspace, read_case(workspace, case))
    [first] = ended_periods(read_case(workspace, case))
    assert (first.whole("period"), first.text("reason"), first.text("closed_on")) == (1, "withdrew", "2026-05-30")
    close_case(workspace, read_case(workspace, case), "objectives_met", ending=Ending(told=SETTLED))
    assert [one.whole("period") for one in ended_periods(read_case(workspace, case))] == [1, 2]


def test_a_lesson_stands_beside_all_cases_and_goes_with_the_undo(workspace: Workspace) -> None:
    case_file = stores.family(workspace)
    lesson = {"kind": "difficulty", "text": "Schools ask for a paper that no office gives."}
    changes = close_case(workspace, case_file, "objectives_met", ending=Ending(told=SETTLED, lesson=lesson))
    [kept] = directory(workspace, "lesson")
    assert (kept.text("kind"), kept.text("country"), kept.text("on")) == ("difficulty", "RS", TODAY)
    for entry in workspace.store.journal.of_case(case_file.case.uid):
        assert all(part.record_type != "lesson" for part in entry.parts if part), "nothing leads back to the case"
    undo(workspace, changes.change_id, *changes.together)
    assert not directory(workspace, "lesson") and read_case(workspace, case_file.case.uid).running


def test_who_is_named_in_a_lesson_is_seen_in_either_script(family: CaseFile) -> None:
    assert people_named(family, "Марко is not heard, nor is ana.") == ("Марко", "Ana")
    assert people_named(family, "Marko could not register.") == ("Марко",)
    assert not people_named(family, "Schools ask for a translation, an answer and a form.")


def test_what_one_asks_another_sees_and_approves_with_a_comment(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    worker = office.at_work(WORKER)
    case_file = _with_open_things(worker)
    case = case_file.case.uid
    ending = all_given_up(case_file, remaining_needs="Heating")
    close_case(worker, case_file, "objectives_met", ending=ending)
    asked = read_case(worker, case)
    assert asked.running and not open_things(asked) and not ended_periods(asked)
    worker.lock()
    second = office.at_work(SECOND)
    assert len(settled_with(second, read_case(second, case))) == 4
    turn_down_closing(second, read_case(second, case), "Which school?")
    second.lock()
    worker = office.at_work(WORKER)
    again = read_case(worker, case)
    close_case(worker, again, "objectives_met", ending=Ending(told={"outcome": "settled", "remaining_needs": "Wood"}))
    [begun] = read_case(worker, case).of_type("closing")
    assert (begun.text("remaining_needs"), begun.text("outcome")) == ("Wood", "settled"), (
        "told anew, in the same record"
    )
    worker.lock()
    second = office.at_work(SECOND)
    approve_closing(second, read_case(second, case), "  Well done.  ")
    [ended] = ended_periods(read_case(second, case))
    assert (ended.text("comment"), ended.text("closed_on")) == (
        "Well done.",
        read_case(second, case).case.text("closed_on"),
    )
    second.lock()


_STEP_ENDS = st.sampled_from([None, "done", "not_needed", "abandoned", "handed_to", "close", ""])
_REFERRAL_ENDS = st.sampled_from([None, "close", "no_show", "expire", "cancel", "done"])
_STATES = st.sampled_from(
    ["draft", "consented", "sent", "acknowledged", "accepted", "service_started", "declined", "newer"]
)


@settings(max_examples=40, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["planned", "in_progress", "waiting_authority", "done", "newer"]), _STEP_ENDS), max_size=3),
    referrals=st.lists(st.tuples(_STATES, _REFERRAL_ENDS), max_size=3), said=st.sampled_from(["", "service_received"]),
    reason=st.sampled_from(["objectives_met", "withdrew", "a reason of another pack"]),
)  # fmt: skip
def test_no_case_is_closed_with_an_open_step_or_referral(
    workspace: Workspace,
    steps: list[tuple[str, str | None]],
    referrals: list[tuple[str, str | None]],
    said: str,
    reason: str,
) -> None:
    case = stores.family(workspace).case.uid
    made = [new_record(workspace, "step", {"title": "x", "state": state}, case).record for state, _ in steps]
    made += [referral_in(workspace, case, state) for state, _ in referrals]
    ends = [how for _, how in (*steps, *referrals)]
    settled = {uid: Settled(how, said) for uid, how in zip(made, ends, strict=True) if how is not None}
    try:
        close_case(workspace, read_case(workspace, case), reason, ending=Ending(settled=settled, told=SETTLED))
    except RefusedError:
        assert read_case(workspace, case).running
    after = read_case(workspace, case)
    assert after.running or not open_things(after)
    if after.over:
        reopen_case(workspace, after)
        assert not open_things(read_case(workspace, case)), "what was settled stays so"
