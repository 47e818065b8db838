"""The desk of Today: whose it is, in which group a thing stands, that counts and lists are one, and what is done from it."""

from datetime import timedelta
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.closing import heed_sent_back
from avrr_desktop.operations.cases.desk_acts import (
    Act,
    acts_of,
    approve_line,
    days_offered,
    finish_line,
    give_up,
    note_call,
    put_off,
    send_back,
)
from avrr_desktop.operations.cases.today import FOLDED, DeskLine, DeskView, desk, desk_lines, desk_view, keep_desk_view
from avrr_desktop.operations.session.drafts import keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import office_with_keys, stores
from tests.support.desk import kinds_of, lines_of
from tests.support.endings import close_case
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER, People
from tests.support.referrals import stored_referral


def a_step(workspace: Workspace, case: str, **values: object) -> str:
    return new_record(workspace, "step", {"title": "Ask", "state": "planned", **values}, case).record


def only(workspace: Workspace, kind: str) -> DeskLine:
    [line] = [one for one in lines_of(workspace) if one.kind == kind]
    return line


@pytest.mark.parametrize(
    ("planned", "group"),
    [
        ("2026-06-14", "late_week"), ("2026-06-08", "late_week"), ("2026-06-07", "late_month"), ("2026-05-15", "late_month"),
        ("2026-05-14", "late_quarter"), ("2026-03-15", "late_quarter"), ("2026-03-14", "late_older"), ("2019", "late_older"),
        ("2026-05", "late_month"), ("2026-06-15", "today"), ("2026-06-15~", "today"), ("2026-06-16", "week"), ("2026-06-22", "week"),
        ("2026-06-23", ""), ("2026-06", ""), ("2026", ""), ("", "start"),
    ],
)  # fmt: skip
def test_a_step_stands_in_the_group_of_its_day(workspace: Workspace, planned: str, group: str) -> None:
    case = open_case(workspace, {"called": "Hoti"}).case
    a_step(workspace, case, planned_on=planned)
    kinds = {
        one: kinds_of(workspace, one)
        for one in ("late_week", "late_month", "late_quarter", "late_older", "today", "week", "start")
    }
    found = [one for one, there in kinds.items() if {"step_due", "step_open"} & set(there)]
    assert found == ([group] if group else [])
    assert check_store(workspace).sound


def test_a_step_without_a_day_is_there_once_it_can_begin(workspace: Workspace) -> None:
    case = open_case(workspace, {"called": "Hoti"}).case
    assert kinds_of(workspace, "start") == ["no_service"]
    first = a_step(workspace, case)
    second = a_step(workspace, case, title="Then", waits_for=(first,))
    assert [line.record.uid for line in lines_of(workspace, "start") if line.record] == [first], "nothing of it waits"
    finish_line(workspace, only(workspace, "step_open"))
    assert [line.record.uid for line in lines_of(workspace, "start") if line.record] == [second]
    give_up(workspace, only(workspace, "step_open"))
    assert kinds_of(workspace, "start") == []


def test_the_newest_family_comes_first_among_what_can_start(workspace: Workspace) -> None:
    for name in ("Hoti", "Gashi", "Krasniqi"):
        open_case(workspace, {"called": name})
    assert [line.case.called for line in lines_of(workspace, "start")] == ["Krasniqi", "Gashi", "Hoti"]


def test_a_case_on_hold_is_asked_nothing_until_its_day(workspace: Workspace) -> None:
    case = open_case(workspace, {"called": "Hoti", "status": "on_hold", "hold_until": "2026-06-18"}).case
    a_step(workspace, case)
    assert kinds_of(workspace) == ["hold_ends"]


def test_mine_is_of_my_cases_of_nobodys_and_where_i_go_along(workspace: Workspace) -> None:
    other = new_record(workspace, "officer", {"name": "Besa Hoti", "initials": "BH"}).record
    cases = {name: open_case(workspace, {"called": name, "officer": officer}).case
             for name, officer in (("mine", workspace.actor), ("nobodys", ""), ("theirs", other), ("along", other))}  # fmt: skip
    nobody = read_case(workspace, cases["nobodys"]).case
    edit_record(workspace, nobody, {"officer": ""}, cases["nobodys"])
    for name, case in cases.items():
        along = {"accompanied_by": workspace.actor} if name == "along" else {}
        a_step(workspace, case, planned_on="2026-06-15", **along)
        a_step(workspace, case, title="Another", planned_on="2026-06-15")

    def shown(*, mine: bool) -> list[tuple[str, str]]:
        return sorted(
            (line.case.called, line.record.text("title"))
            for line in lines_of(workspace, "today", mine=mine)
            if line.record
        )

    everything = shown(mine=False)
    assert len(everything) == 8
    assert shown(mine=True) == [one for one in everything if one[0] in ("mine", "nobodys") or one == ("along", "Ask")]
    workspace.officer = None
    assert shown(mine=True) == everything, "where nobody said who they are, all of it is theirs"


def test_what_another_typed_stands_on_the_offices_desk_only(workspace: Workspace, family: CaseFile) -> None:
    other = new_record(workspace, "officer", {"name": "Besa Hoti", "initials": "BH"}).record
    keep_draft(workspace, "new note A", family.case.uid, "note", "A", {"text": "mine"}, ())
    me, workspace.officer = workspace.officer, workspace.store.reader.record("officer", other)
    keep_draft(workspace, "new note B", family.case.uid, "note", "B", {"text": "theirs"}, ())
    assert [draft.record for draft in desk(workspace, mine=True).drafts] == ["B"]
    workspace.officer = me
    assert [draft.record for draft in desk(workspace, mine=True).drafts] == ["A"]
    assert {draft.record for draft in desk(workspace).drafts} == {"A", "B"}


def test_the_look_of_the_desk_is_each_officers_own(workspace: Workspace) -> None:
    assert desk_view(workspace) == DeskView(mine=True, folded=FOLDED)
    look = DeskView(mine=False, folded=frozenset({"today"}))
    keep_desk_view(workspace, look)
    assert desk_view(workspace) == look
    other = new_record(workspace, "officer", {"name": "Besa Hoti", "initials": "BH"}).record
    workspace.officer = workspace.store.reader.record("officer", other)
    assert desk_view(workspace) == DeskView(mine=True, folded=FOLDED)


@pytest.mark.parametrize("group", ["today", "start", "quiet"])
def test_pages_of_a_group_follow_each_other_without_a_gap(workspace: Workspace, group: str) -> None:
    for number in range(7):
        case = open_case(
            workspace, {"called": f"Family {number}", "opened_on": "2026-01-05" if group == "quiet" else "2026-06-15"}
        ).case
        if group == "today":
            a_step(workspace, case, planned_on="2026-06-15")
    whole = [(line.case.uid, line.kind) for line in desk_lines(workspace, group, mine=True, limit=100)]
    pages = [desk_lines(workspace, group, mine=True, start=start, limit=3) for start in range(0, 9, 3)]
    assert [(line.case.uid, line.kind) for page in pages for line in page] == whole
    assert len(set(whole)) == desk(workspace, mine=True).counts[group] >= 7


def test_a_line_is_put_off_to_the_field_of_its_kind(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    step = a_step(workspace, case, planned_on="2026-06-12")
    follow_up = new_record(workspace, "follow_up", {"planned_on": "2026-06-12"}, case).record
    sent = {"state": "sent", "sent_on": "2026-05-01", "answer_expected_on": "2026-06-01"}
    referral = stored_referral(workspace, sent, case)
    at_office = a_step(workspace, case, title="Filed", state="waiting_authority", filed_on="2026-06-01")
    for kind in ("step_due", "follow_up_due", "referral_unanswered", "step_waiting"):
        put_off(workspace, only(workspace, kind), "2026-06-22")
    file = read_case(workspace, case)
    found = {one.uid: one for one in (*file.steps, *file.follow_ups, *file.referrals)}
    assert found[step].text("planned_on") == found[follow_up].text("planned_on") == "2026-06-22"
    assert found[referral].text("answer_expected_on") == found[at_office].text("expected_on") == "2026-06-22"


def test_a_day_that_is_none_and_a_line_without_one_change_nothing(workspace: Workspace, family: CaseFile) -> None:
    a_step(workspace, family.case.uid, planned_on="2026-06-12")
    for day in ("", "soon"):
        with pytest.raises(BadInputError):
            put_off(workspace, only(workspace, "step_due"), day)
    new_record(
        workspace,
        "paper",
        {"holder": family.members[0].person.uid, "doc_type": "passport", "state": "held", "valid_until": "2026-06-16"},
        family.case.uid,
    )
    [paper] = [line for line in lines_of(workspace, "week") if line.kind == "paper_expires"]
    assert acts_of(workspace, paper) == (Act.CALL,)
    with pytest.raises(RefusedError):
        put_off(workspace, paper, "2026-06-22")
    with pytest.raises(RefusedError):
        give_up(workspace, paper)


def test_tomorrow_and_next_week_are_days_of_the_calendar(workspace: Workspace) -> None:
    monday = workspace.today
    assert monday.weekday() == 0
    for days in range(7):
        tomorrow, next_week = days_offered(monday + timedelta(days=days))
        assert (tomorrow - monday).days == days + 1 and (next_week - monday).days == 7


def test_a_family_that_was_called_is_not_quiet(workspace: Workspace) -> None:
    open_case(workspace, {"called": "Hoti", "opened_on": "2026-01-05"})
    line = only(workspace, "quiet")
    changes = note_call(workspace, line, "", "no_answer", "")
    assert "quiet" not in kinds_of(workspace)
    undo(workspace, changes.change_id)
    assert "quiet" in kinds_of(workspace)


def test_quiet_families_are_all_there_however_many(workspace: Workspace) -> None:
    for number in range(60):
        open_case(workspace, {"called": f"Family {number}", "opened_on": "2026-01-05"})
    assert len(lines_of(workspace, "quiet")) == 60


def test_who_is_not_back_is_on_everybodys_desk(workspace: Workspace) -> None:
    other = new_record(workspace, "officer", {"name": "Besa Hoti", "initials": "BH"}).record
    case = open_case(workspace, {"called": "Hoti", "officer": other}).case
    a_step(workspace, case, planned_on="2026-06-15", accompanied_by=other, back_by="9:30")
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(clock.now().replace(hour=7, minute=0))  # 9:00 at the office
    assert kinds_of(workspace, "alarm", mine=True) == []
    clock.set(clock.now().replace(hour=8, minute=0))
    assert kinds_of(workspace, "alarm", mine=True) == ["return_unreported"]
    finish_line(workspace, only(workspace, "return_unreported"))
    assert kinds_of(workspace, "alarm", mine=True) == []


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def asked(office: People) -> str:
    worker = office.at_work(WORKER)
    case = stores.family(worker)
    stored_referral(worker, {"state": "sent", "sent_on": "2026-06-14"}, case.case.uid)
    close_case(worker, read_case(worker, case.case.uid), "objectives_met")
    [line] = [one for one in lines_of(worker, "waiting", mine=True) if one.kind == "closing_asked"]
    assert line.who == office.worker and acts_of(worker, line) == (), "who asked waits"
    assert "decision" not in desk(worker).counts
    worker.lock()
    return case.case.uid


def test_a_closing_waits_on_the_desk_of_those_who_may_approve(office: People) -> None:
    case = asked(office)
    second = office.at_work(SECOND)
    [line] = lines_of(second, "decision", mine=True)
    assert (line.case.uid, line.who) == (case, office.worker)
    assert (line.open_steps, line.open_referrals) == (0, 0), "they are settled before anybody asks"
    assert acts_of(second, line) == (Act.APPROVE, Act.SEND_BACK)
    approve_line(second, line)
    assert read_case(second, case).over and lines_of(second, "decision") == []
    second.lock()


def test_who_asked_does_not_decide_though_they_might_for_others(office: People) -> None:
    founder = office.at_work(FOUNDER)
    close_case(founder, stores.family(founder), "objectives_met")
    assert lines_of(founder, "decision") == []
    [line] = [one for one in lines_of(founder, "waiting", mine=True) if one.kind == "closing_asked"]
    assert acts_of(founder, line) == ()
    founder.lock()


def test_a_word_stays_on_the_desk_of_who_asked_until_they_act(office: People) -> None:
    case = asked(office)
    second = office.at_work(SECOND)
    [line] = lines_of(second, "decision")
    with pytest.raises(BadInputError):
        send_back(second, line, " ")
    send_back(second, line, "The school has not answered.")
    assert "closing_back" not in kinds_of(second, mine=True), "it is theirs no more"
    [seen] = [one for one in lines_of(second, "today") if one.kind == "closing_back"]
    assert acts_of(second, seen) == (Act.CALL,), "it is for who asked to say that they read it"
    second.lock()
    worker = office.at_work(WORKER)
    [back] = [one for one in lines_of(worker, "today", mine=True) if one.kind == "closing_back"]
    assert back.record and back.record.text("closure_sent_back_because") == "The school has not answered."
    assert back.record.text("closure_sent_back_by") == office.second
    close_case(worker, read_case(worker, case), "objectives_met")
    assert "closing_back" not in kinds_of(worker, mine=True)
    with pytest.raises(RefusedError):
        heed_sent_back(worker, read_case(worker, case))
    assert check_store(worker).sound
    worker.lock()
