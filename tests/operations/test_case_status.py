"""A case goes through its statuses by decisions: before the arrival, open, on hold, closed with what belongs to it, reopened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus, ClosureReason, counted
from avrr_desktop.domain.errors import BadInputError, ExpectedError, RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.cases.case_status import confirm_arrival, go_on, put_on_hold
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.closing import approve_closing, closing_words, reopen_case, turn_down_closing
from avrr_desktop.operations.cases.history import history
from avrr_desktop.operations.cases.search import CaseFilter, counts
from avrr_desktop.operations.protection.data_subject import RETENTION, due_to_go
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.desk import kinds_of
from tests.support.endings import close_case
from tests.support.office_with_keys import FOUNDER, WORKER, People

TODAY = "2026-06-15"


def _opened(workspace: Workspace, **values: object) -> CaseFile:
    made = open_case(workspace, {"called": "Hoti", **values}, [({"family_name": "Hoti", "given_names": "Valmir"}, {})])
    return read_case(workspace, made.case)


def _again(workspace: Workspace, case_file: CaseFile) -> CaseFile:
    return read_case(workspace, case_file.case.uid)


def _kinds(workspace: Workspace) -> list[str]:
    return kinds_of(workspace)


def test_a_case_opened_before_the_arrival_is_confirmed_and_that_can_be_undone(workspace: Workspace) -> None:
    case_file = _opened(workspace, status="pre_arrival", arrival_date="2026-06-18")
    assert case_file.running
    assert "arrival_due" in _kinds(workspace)
    changes = confirm_arrival(workspace, case_file, "2026-06-14")
    case = _again(workspace, case_file).case
    assert (case.text("status"), case.text("arrival_date")) == ("open", "2026-06-14")
    assert "arrival_due" not in _kinds(workspace)
    undo(workspace, changes.change_id)
    case = _again(workspace, case_file).case
    assert (case.text("status"), case.text("arrival_date")) == ("pre_arrival", "2026-06-18")


@pytest.mark.parametrize("day", ["", "soon", "2026-06-16", "2027"])
def test_an_arrival_is_confirmed_with_a_day_that_was(workspace: Workspace, day: str) -> None:
    case_file = _opened(workspace, status="pre_arrival")
    with pytest.raises(BadInputError):
        confirm_arrival(workspace, case_file, day)
    assert _again(workspace, case_file).case.text("status") == "pre_arrival"


def test_a_case_on_hold_is_not_quiet_and_comes_back_on_its_day(workspace: Workspace) -> None:
    case_file = _opened(workspace, opened_on="2026-01-05")
    assert "quiet" in _kinds(workspace)
    put_on_hold(workspace, case_file, "In hospital abroad", "2026-06-20")
    assert "quiet" not in _kinds(workspace)
    assert "hold_ends" in _kinds(workspace)
    held = _again(workspace, case_file)
    assert held.running
    assert held.case.text("hold_because") == "In hospital abroad"
    go_on(workspace, held)
    again = _again(workspace, case_file).case
    assert again.text("status") == "open"
    assert not any(again.text(key) for key in ("hold_because", "hold_until", "hold_since", "hold_before"))
    assert "quiet" in _kinds(workspace)
    assert any("In hospital abroad" in "".join(line.details) for line in history(workspace, case_file.case.uid))


def test_a_case_that_rested_before_the_arrival_waits_for_it_again(workspace: Workspace) -> None:
    case_file = _opened(workspace, status="pre_arrival")
    put_on_hold(workspace, case_file, "Flight put off", "2026-09-01")
    put_on_hold(workspace, _again(workspace, case_file), "Put off again", "2026-10-01")
    go_on(workspace, _again(workspace, case_file))
    assert _again(workspace, case_file).case.text("status") == "pre_arrival"


@pytest.mark.parametrize(
    ("reason", "until"),
    [("", "2026-07-01"), ("  ", "2026-07-01"), ("x", ""), ("x", TODAY), ("x", "2026-05"), ("x", "?")],
)
def test_a_hold_needs_a_reason_and_a_day_to_come(workspace: Workspace, reason: str, until: str) -> None:
    case_file = _opened(workspace)
    with pytest.raises(BadInputError):
        put_on_hold(workspace, case_file, reason, until)
    assert _again(workspace, case_file).case.text("status") == "open"


DECISIONS: dict[str, Callable[[Workspace, CaseFile], Changes]] = {
    "confirm": lambda w, c: confirm_arrival(w, c, TODAY),
    "hold": lambda w, c: put_on_hold(w, c, "x", "2026-07-01"),
    "go on": go_on,
    "close": lambda w, c: close_case(w, c, "withdrew"),
    "reopen": reopen_case,
}


@pytest.mark.parametrize("status", CaseStatus)
def test_each_decision_is_refused_where_the_case_stands_otherwise(workspace: Workspace, status: CaseStatus) -> None:
    case_file = _opened(workspace, status=status.code)
    uid, refused = case_file.case.uid, set()
    for name, act in DECISIONS.items():
        try:
            undo(workspace, act(workspace, read_case(workspace, uid)).change_id)
        except RefusedError:
            refused.add(name)
    wanted = {
        "pre_arrival": {"go on", "reopen"}, "open": {"confirm", "go on", "reopen"}, "on_hold": {"confirm", "reopen"},
    }  # fmt: skip
    assert refused == wanted.get(status.code, {"confirm", "hold", "go on", "close"})


@pytest.mark.parametrize("reason", ClosureReason)
def test_status_and_reason_of_a_closed_case_say_the_same(workspace: Workspace, reason: ClosureReason) -> None:
    case_file = _opened(workspace)
    close_case(workspace, case_file, reason.code)
    closed = _again(workspace, case_file)
    assert closed.over and not closed.running
    assert closed.case.text("status") == reason.ends_as.code
    assert counted(closed.case) is reason.counts
    assert counts(workspace, CaseFilter(status="over"))[0] == 1
    assert counts(workspace, CaseFilter(status="running"))[0] == 0
    reopen_case(workspace, closed)
    again = _again(workspace, case_file)
    assert again.running and counted(again.case)
    assert not again.case.text("closure_reason")


def test_closing_as_a_double_names_the_case_that_stays(workspace: Workspace) -> None:
    first, second = _opened(workspace), _opened(workspace)
    number = first.case.text("number")
    for wrong in ("RS-XXX-2026-ZZ-9999", second.case.text("number")):
        with pytest.raises(BadInputError):
            close_case(workspace, second, "duplicate", double_of=wrong)
    close_case(workspace, second, "duplicate", double_of=f" {number.lower()} ")
    closed = _again(workspace, second)
    assert closed.case.text("double_of") == number
    reopen_case(workspace, closed)
    assert not _again(workspace, second).case.text("double_of")


def test_closing_as_transferred_keeps_the_office_it_went_to(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    close_case(workspace, case_file, "transferred", transferred_to="Return desk, Skopje")
    closed = _again(workspace, case_file).case
    assert (closed.text("status"), closed.text("transferred_to")) == ("transferred", "Return desk, Skopje")
    assert any("Return desk, Skopje" in "".join(line.details) for line in history(workspace, closed.uid))


def test_a_case_on_hold_that_is_closed_is_not_on_hold_any_more(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    put_on_hold(workspace, case_file, "x", "2026-07-01")
    close_case(workspace, _again(workspace, case_file), "withdrew")
    assert not _again(workspace, case_file).case.text("hold_until")
    assert "hold_ends" not in _kinds(workspace)


def test_reopening_keeps_both_periods_in_the_history(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    close_case(workspace, case_file, "withdrew")
    reopen_case(workspace, _again(workspace, case_file), "The daughter called")
    again = _again(workspace, case_file).case
    assert (again.text("reopened_on"), again.text("reopened_because")) == (TODAY, "The daughter called")
    details = ["".join(line.details) for line in history(workspace, again.uid)]
    assert any("Withdrew" in line and "Closed on" in line for line in details)
    assert any("The daughter called" in line for line in details)


@pytest.mark.parametrize("reason", ClosureReason)
def test_two_decide_whatever_the_reason_is(tmp_path: Path, reason: ClosureReason) -> None:
    office: People = office_with_keys.office(tmp_path / "office.avrr")
    worker = office.at_work(WORKER)
    case_file = stores.family(worker)
    close_case(worker, case_file, reason.code, transferred_to="Skopje")
    assert read_case(worker, case_file.case.uid).case.text("status") == "open"
    for record in (case_file.case, read_case(worker, case_file.case.uid).case):
        with pytest.raises(ExpectedError):
            edit_record(worker, record, {"status": reason.ends_as.code}, record.uid)
    worker.lock()
    founder = office.at_work(FOUNDER)
    approve_closing(founder, read_case(founder, case_file.case.uid))
    closed = read_case(founder, case_file.case.uid).case
    assert closed.text("status") == reason.ends_as.code
    assert counted(closed) is reason.counts
    founder.lock()


def test_a_closing_that_is_turned_down_leaves_nothing_of_it(tmp_path: Path) -> None:
    office: People = office_with_keys.office(tmp_path / "office.avrr")
    worker = office.at_work(WORKER)
    case_file = stores.family(worker)
    close_case(worker, case_file, "transferred", transferred_to="Skopje")
    turn_down_closing(worker, read_case(worker, case_file.case.uid))
    case = read_case(worker, case_file.case.uid).case
    assert not case.text("transferred_to") and not case.text("closure_reason")
    worker.lock()


def test_papers_that_are_still_here_are_told_and_keep_nobody_from_closing(workspace: Workspace) -> None:
    case_file = _opened(workspace)
    assert closing_words(workspace, case_file, "withdrew") == ()
    new_record(workspace, "referral", {}, case_file.case.uid)
    new_record(workspace, "paper", {"doc_type": "passport", "original_held_by": "programme"}, case_file.case.uid)
    [papers] = closing_words(workspace, _again(workspace, case_file), "withdrew")
    assert "papers" in papers
    assert len(closing_words(workspace, _again(workspace, case_file), "duplicate")) == 2, (
        "its referrals are settled nowhere else"
    )
    close_case(workspace, _again(workspace, case_file), "withdrew")
    assert _again(workspace, case_file).over


@pytest.mark.parametrize("reason", ["withdrew", "transferred", "duplicate"])
def test_what_is_closed_is_due_to_go_whatever_its_status(workspace: Workspace, reason: str) -> None:
    case_file = _opened(workspace)
    close_case(workspace, case_file, reason)
    workspace.pack = replace(workspace.pack, settings={**workspace.pack.settings, RETENTION: 1})
    assert due_to_go(workspace) == []
    workspace.clock.set(stores.NOW + timedelta(days=31))  # type: ignore[attr-defined]
    assert [line.uid for line, _ in due_to_go(workspace)] == [case_file.case.uid]
