"""Referrals of all cases: each view shows exactly its own, the next answer first, by one statement."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.referrals.views import ReferralView, referrals_of_all
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.engine.driver import Row, Values
from tests.operations.test_retention import closed
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.referrals import partner, stored_referral


@pytest.fixture
def office(tmp_path: Path) -> Iterator[People]:
    yield office_with_keys.office(tmp_path / "office.avrr")


def shown(workspace: Workspace, view: ReferralView) -> list[str]:
    return [one.referral.text("reason") for one in referrals_of_all(workspace, view)]


def test_each_view_shows_its_own(office: People) -> None:
    worker = office.at_work(WORKER)
    theirs = open_case(worker, {"called": "Leka", "opened_on": "2026-05-01", "officer": worker.actor}, []).case
    caritas = partner(worker)
    stored_referral(
        worker,
        {
            "state": "sent",
            "sent_on": "2026-06-01",
            "answer_expected_on": "2026-06-20",
            "reason": "late one",
            "provider": caritas,
        },
        theirs,
    )
    stored_referral(worker, {"state": "draft", "reason": "begun"}, theirs)
    stored_referral(worker, {"state": "closed", "reason": "over"}, theirs)
    founders = open_case(worker, {"called": "Gashi", "opened_on": "2026-05-02", "officer": office.founder}, []).case
    stored_referral(
        worker, {"state": "acknowledged", "answer_expected_on": "2026-06-11", "reason": "by a colleague"}, founders
    )
    assert shown(worker, ReferralView.MINE) == ["late one", "begun"]
    assert shown(worker, ReferralView.FROM_OTHERS) == []
    worker.lock()
    founder = office.at_work(FOUNDER)
    stored_referral(founder, {"state": "accepted", "answer_expected_on": "2026-06-01", "reason": "own"}, founders)
    assert shown(founder, ReferralView.MINE) == ["own", "by a colleague"]
    assert shown(founder, ReferralView.FROM_OTHERS) == ["by a colleague"]
    assert shown(founder, ReferralView.TEAM) == ["own", "by a colleague", "late one", "begun"]
    assert shown(founder, ReferralView.UNANSWERED) == ["by a colleague", "late one"], (
        "an answer that came is not awaited"
    )
    first = referrals_of_all(founder, ReferralView.UNANSWERED)[1]
    assert (first.case, first.called, first.provider) == (theirs, "Leka", "Caritas Shkodër")
    closed(founder, founder.store.reader.case_file(theirs))
    assert shown(founder, ReferralView.TEAM) == ["own", "by a colleague"], "a case that is over has none running"
    founder.lock()


def test_a_view_costs_one_statement_whatever_it_shows(office: People) -> None:
    founder = office.at_work(FOUNDER)
    said: list[str] = []
    for number in range(3):
        case = open_case(
            founder, {"called": f"Case {number}", "opened_on": "2026-05-01", "officer": founder.actor}, []
        ).case
        new_record(founder, "referral", {"category": "LEG", "provider": partner(founder, f"Partner {number}")}, case)
    rows = founder.store.connection.rows

    def noted(sql: str, values: Values = ()) -> list[Row]:
        said.append(sql)
        return rows(sql, values)

    founder.store.connection.rows = noted  # type: ignore[method-assign]
    for view in ReferralView:
        said.clear()
        referrals_of_all(founder, view)
        assert len(said) == 1, view
    founder.store.connection.rows = rows  # type: ignore[method-assign]
    founder.lock()


def test_a_removed_one_is_in_no_view(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = open_case(founder, {"called": "Gashi", "opened_on": "2026-05-02"}, []).case
    uid = stored_referral(founder, {"state": "sent", "reason": "x"}, case)
    record = founder.store.reader.record("referral", uid, case)
    assert record is not None and shown(founder, ReferralView.TEAM) == ["x"]
    edit_record(founder, record, {"reason": "y"}, case)
    assert shown(founder, ReferralView.TEAM) == ["y"]
    record = founder.store.reader.record("referral", uid, case)
    assert record is not None
    remove_record(founder, record, case)
    assert shown(founder, ReferralView.TEAM) == []
    founder.lock()
