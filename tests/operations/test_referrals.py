"""A referral moves by verbs alone: never sent without cover, never without its line, and its sentence says what comes next."""

from datetime import date
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import MOVES, likely, possible, step_fault
from avrr_desktop.domain.consent.referral_states import ReferralState, referral_state
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.desk_acts import Act, acts_of, approve_line, finish_line, send_back
from avrr_desktop.operations.cases.today import DeskLine, desk_lines
from avrr_desktop.operations.referrals.moves import met, move_referral, tell_recipient
from avrr_desktop.operations.referrals.override import approve_override, ask_override
from avrr_desktop.operations.referrals.standing import standing
from avrr_desktop.operations.referrals.withdrawn import end_for_withdrawal
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import commit, edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import SECOND, WORKER, People
from tests.support.referrals import SAID, agreed, draft, moved, partner, stored_referral


def of(workspace: Workspace, family: CaseFile, uid: str) -> Record:
    return next(one for one in read_case(workspace, family.case.uid).referrals if one.uid == uid)


def sentence(workspace: Workspace, family: CaseFile, uid: str) -> str:
    file = read_case(workspace, family.case.uid)
    return standing(workspace, file, of(workspace, family, uid)).sentence


def covered(workspace: Workspace, family: CaseFile, **values: object) -> str:
    agreed(workspace, family, family.members[0].person.uid)
    return draft(workspace, family, **values)


def test_every_state_but_the_first_is_reached_by_a_move_and_every_end_is_left_by_none_but_error() -> None:
    assert {move.to for move in MOVES.values()} == set(ReferralState) - {ReferralState.DRAFT}
    for state in ReferralState:
        there = Record("referral", "r", {"state": state.code})
        assert set(likely(there)) <= set(possible(there)), state
        assert len(likely(there)) <= 3


def test_without_agreement_nothing_is_sent_and_nothing_is_written(workspace: Workspace, family: CaseFile) -> None:
    uid = draft(workspace, family)
    for move in ("send", "agree"):
        with pytest.raises(RefusedError, match="No agreement"):
            moved(workspace, family, uid, move)
    assert of(workspace, family, uid).text("state") in ("", "draft") and not of(workspace, family, uid).text("sent_on")
    assert not [line for line in accesses(workspace, family.case.uid) if line.text("what") == "disclosed"]
    assert "must agree before anything goes to Caritas Shkodër" in sentence(workspace, family, uid)


def test_a_sending_writes_its_line_with_people_partner_and_groups(workspace: Workspace, family: CaseFile) -> None:
    uid, ana = covered(workspace, family, category="EDU"), family.members[0].person.uid
    moved(workspace, family, uid, "send")
    referral, [line] = of(workspace, family, uid), accesses(workspace, family.case.uid)
    assert (line.text("what"), line.text("recipient"), line.many("persons")) == ("disclosed", "Caritas Shkodër", (ana,))
    assert line.many("groups") == referral.many("shared") == ("contact", "identity", "school"), (
        "a school learns no more"
    )
    assert line.text("referral_link") == uid and referral.text("number") == f"{family.case.text('number')}/R1"
    assert sentence(workspace, family, uid) == "Caritas Shkodër should confirm receipt by Monday, 29 June 2026."


def test_everybody_of_whom_it_tells_must_have_agreed(workspace: Workspace, family: CaseFile) -> None:
    other = family.members[1].person.uid
    uid = covered(workspace, family, persons=(other,))
    with pytest.raises(RefusedError):
        moved(workspace, family, uid, "send")
    agreed(workspace, family, other)
    moved(workspace, family, uid, "send")
    assert other in accesses(workspace, family.case.uid)[0].many("persons")


@pytest.mark.parametrize(
    "move", [move.key for move in MOVES.values() if move.chosen and move.key not in ("agree", "send")]
)
def test_each_move_sets_its_state_and_its_day_and_is_undone(workspace: Workspace, family: CaseFile, move: str) -> None:
    uid = covered(workspace, family)
    moved(workspace, family, uid, "send", *(["complete"] if move == "feedback" else []))
    before = of(workspace, family, uid)
    made = move_referral(workspace, read_case(workspace, family.case.uid), uid, move, said=SAID.get(move))
    after = of(workspace, family, uid)
    assert referral_state(after.text("state")) is MOVES[move].to and after.text(MOVES[move].day) == "2026-06-15"
    undo(workspace, made.change_id)
    assert of(workspace, family, uid).values == before.values


def test_a_move_that_is_not_possible_there_is_refused_and_so_is_one_that_leaves_out_what_it_wants(
    workspace: Workspace, family: CaseFile
) -> None:
    uid = covered(workspace, family)
    with pytest.raises(RefusedError):
        moved(workspace, family, uid, "accept")
    moved(workspace, family, uid, "send")
    for move in ("decline", "complete", "close", "cancel", "error"):
        with pytest.raises(BadInputError):
            move_referral(workspace, read_case(workspace, family.case.uid), uid, move)
    for day in ("2026-07-01", "2026-06-14", "soon"):
        with pytest.raises(BadInputError):
            move_referral(workspace, read_case(workspace, family.case.uid), uid, "accept", day)
    with pytest.raises(RefusedError):
        move_referral(workspace, read_case(workspace, family.case.uid), uid, "withdraw")


def test_what_was_told_is_not_undone(workspace: Workspace, family: CaseFile) -> None:
    uid = covered(workspace, family)
    made = move_referral(workspace, read_case(workspace, family.case.uid), uid, "send")
    with pytest.raises(RefusedError, match="cannot be undone"):
        undo(workspace, made.change_id)
    with pytest.raises(RefusedError, match="was sent"):
        remove_record(workspace, of(workspace, family, uid), family.case.uid)
    moved(workspace, family, uid, "error")
    assert of(workspace, family, uid).text("state") == "entered_in_error"


@pytest.mark.parametrize("values", [
    {"state": "sent"}, {"sent_on": "2026-06-01"}, {"override_approved_by": "x"}, {"shared": ("identity",)}, {"state": "consented"},
])  # fmt: skip
def test_nothing_that_a_move_says_is_typed(workspace: Workspace, family: CaseFile, values: dict[str, object]) -> None:
    with pytest.raises(RefusedError):
        new_record(workspace, "referral", values, family.case.uid)
    uid = covered(workspace, family)
    with pytest.raises(RefusedError):
        edit_record(workspace, of(workspace, family, uid), values, family.case.uid)
    assert of(workspace, family, uid).text("state") in ("", "draft") and not of(workspace, family, uid).text("sent_on")


def test_who_is_told_to_whom_stays_once_it_was_sent(workspace: Workspace, family: CaseFile) -> None:
    uid = covered(workspace, family)
    moved(workspace, family, uid, "send")
    with pytest.raises(RefusedError):
        edit_record(workspace, of(workspace, family, uid), {"provider": partner(workspace, "Praxis")}, family.case.uid)
    edit_record(workspace, of(workspace, family, uid), {"reason": "Asked again"}, family.case.uid)


def test_violence_and_protection_go_by_a_code_until_the_first_meeting(workspace: Workspace, family: CaseFile) -> None:
    uid = covered(workspace, family, category="GBV")
    moved(workspace, family, uid, "send")
    assert of(workspace, family, uid).yes("by_code")
    met(workspace, read_case(workspace, family.case.uid), uid)
    assert of(workspace, family, uid).text("met_on") == "2026-06-15"
    assert len(accesses(workspace, family.case.uid)) == 2, "that the name became known is a line of its own"
    with pytest.raises(RefusedError):
        met(workspace, read_case(workspace, family.case.uid), uid)


def test_a_withdrawal_ends_what_runs_and_the_recipient_is_told(workspace: Workspace, family: CaseFile) -> None:
    sent, unsent = covered(workspace, family), draft(workspace, family, provider=partner(workspace, "Praxis"))
    moved(workspace, family, sent, "send")
    file = read_case(workspace, family.case.uid)
    [consent] = file.others["consent"]
    commit(workspace, end_for_withdrawal(workspace, file, consent), file.case.uid)
    assert {one.text("state") for one in read_case(workspace, file.case.uid).referrals} == {"withdrawn_consent"}
    assert "Tell Caritas Shkodër today" in sentence(workspace, family, sent)
    [line] = [one for one in desk_lines(workspace, "today") if one.kind == "referral_tell"]
    assert line.record is not None and line.record.uid == sent and Act.DONE in acts_of(workspace, line)
    finish_line(workspace, line)
    assert [one for one in desk_lines(workspace, "today") if one.kind == "referral_tell"] == []
    with pytest.raises(RefusedError):
        tell_recipient(workspace, read_case(workspace, family.case.uid), unsent)


def test_a_withdrawal_about_another_partner_or_person_ends_nothing(workspace: Workspace, family: CaseFile) -> None:
    uid, other = covered(workspace, family), partner(workspace, "Praxis")
    file = read_case(workspace, family.case.uid)
    for values in ({"provider": other}, {"person": family.members[1].person.uid}, {"referral": "another"}):
        assert end_for_withdrawal(workspace, file, Record("consent", "c", values)) == [], values
    assert end_for_withdrawal(workspace, file, Record("consent", "c", {}))[0].record == uid


def test_a_service_that_ended_asks_for_the_word_of_the_person_two_weeks_later(
    workspace: Workspace, family: CaseFile
) -> None:
    uid = covered(workspace, family)
    moved(workspace, family, uid, "send", "complete")
    assert sentence(workspace, family, uid) == "Ask the person how it was, by Monday, 29 June 2026."
    moved(workspace, family, uid, "feedback")
    assert sentence(workspace, family, uid).startswith("Nothing comes any more: Feedback recorded")


def test_a_referral_reads_as_expired_and_nothing_is_written(workspace: Workspace, family: CaseFile) -> None:
    uid = stored_referral(workspace, {"state": "sent", "sent_on": "2026-01-05"}, family.case.uid)
    entries = workspace.store.journal.count()
    assert "reads as expired" in sentence(workspace, family, uid)
    assert workspace.store.journal.count() == entries
    moved(workspace, family, uid, "expire")
    assert of(workspace, family, uid).text("state") == "expired"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def decisions(workspace: Workspace) -> list[DeskLine]:
    return [line for line in desk_lines(workspace, "decision") if line.kind == "override_asked"]


def test_without_agreement_only_a_second_person_lets_it_be_sent(office: People) -> None:
    worker = office.at_work(WORKER)
    family = stores.family(worker)
    uid = draft(worker, family, category="CHP")
    with pytest.raises(BadInputError):
        ask_override(worker, read_case(worker, family.case.uid), uid, "child_protection", " ")
    ask_override(worker, read_case(worker, family.case.uid), uid, "child_protection", "The child is in danger.")
    with pytest.raises(RefusedError, match="not yet decided"):
        moved(worker, family, uid, "send")
    with pytest.raises(RefusedError):
        approve_override(worker, read_case(worker, family.case.uid), uid)
    with pytest.raises(RefusedError):
        edit_record(worker, of(worker, family, uid), {"provider": partner(worker, "Praxis")}, family.case.uid)
    assert decisions(worker) == []
    worker.lock()
    second = office.at_work(SECOND)
    [line] = decisions(second)
    assert acts_of(second, line) == (Act.APPROVE, Act.SEND_BACK) and line.who == office.worker
    approve_line(second, line)
    assert decisions(second) == []
    moved(second, family, uid, "send")
    sent = of(second, family, uid)
    assert sent.text("override_approved_by") == second.actor and sent.many("shared") == (
        "contact",
        "family",
        "identity",
        "need",
    )
    second.lock()


def test_nobody_approves_their_own_and_a_refusal_says_why(office: People) -> None:
    second = office.at_work(SECOND)
    family = stores.family(second)
    uid = draft(second, family)
    ask_override(second, read_case(second, family.case.uid), uid, "vital_interest", "Insulin")
    with pytest.raises(RefusedError, match="yourself"):
        approve_override(second, read_case(second, family.case.uid), uid)
    second.lock()
    founder = office.at_work(office_with_keys.FOUNDER)
    [line] = decisions(founder)
    with pytest.raises(BadInputError):
        send_back(founder, line, "")
    send_back(founder, line, "Ask her mother first")
    after = of(founder, family, uid)
    assert after.text("override_answer") == "Ask her mother first" and not after.text("override_ground")
    founder.lock()


def test_the_days_of_answers_follow_the_urgency(workspace: Workspace, family: CaseFile) -> None:
    for urgency, day in (("emergency", 16), ("urgent", 18), ("normal", 29)):
        uid = covered(workspace, family, urgency=urgency, provider=partner(workspace, urgency))
        moved(workspace, family, uid, "send")
        shown = workspace.words.long_day(date(2026, 6, day))
        assert sentence(workspace, family, uid).endswith(f"by {shown}.")


def test_a_jump_is_no_step_and_an_undone_move_is_one() -> None:
    assert not step_fault("draft", "sent") and not step_fault("", "sent") and not step_fault("accepted", "sent")
    for before, after in (("draft", "accepted"), ("cancelled", "declined"), ("sent", "draft.x"), ("closed", "started")):
        assert step_fault(before, after), (before, after)
    assert not step_fault("sleeping", "sleeping") and step_fault("sleeping", "sent")
