"""Two who are alike and two people: decided once, proposed no more, and undone in one step."""

import pytest

from avrr_desktop.domain.case.joined import APART
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.join.apart import keep_apart
from avrr_desktop.operations.cases.join.people import person_there
from avrr_desktop.operations.cases.search import doubles
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support.endings import close_case


def one_more(workspace: Workspace) -> tuple[str, str]:
    """Put somebody into a case; return the case and the person."""
    person = {"family_name": "Hoti", "given_names": "Besa", "birth_date": "1985-06-15"}
    case = open_case(workspace, {"called": "x"}, [(person, {})]).case
    return case, read_case(workspace, case).members[0].person.uid


def test_who_is_not_the_same_is_proposed_no_more_from_either_side(workspace: Workspace) -> None:
    (_, one), (case, other) = one_more(workspace), one_more(workspace)
    close_case(workspace, read_case(workspace, case), "objectives_met")
    assert [{pair.first.uid, pair.second.uid} for pair, _ in doubles(workspace)] == [{one, other}]
    changes = keep_apart(workspace, one, other)
    assert not doubles(workspace)
    assert person_there(workspace, one).many(APART) == (other,)
    assert person_there(workspace, other).many(APART) == (one,)
    report = check_store(workspace)
    assert report.fault is None and report.tables_match and report.index_matches and not report.findings
    with pytest.raises(RefusedError):
        keep_apart(workspace, other, one)
    undo(workspace, changes.change_id, *changes.together)
    assert len(doubles(workspace)) == 1
    assert not person_there(workspace, one).many(APART) and not person_there(workspace, other).many(APART)


def test_a_third_one_is_proposed_still(workspace: Workspace) -> None:
    (_, one), (_, other), (_, third) = (one_more(workspace) for _ in range(3))
    keep_apart(workspace, one, other)
    pairs = [{pair.first.uid, pair.second.uid} for pair, _ in doubles(workspace)]
    assert sorted(map(sorted, pairs)) == sorted(map(sorted, ({one, third}, {other, third})))
    with pytest.raises(RefusedError):
        keep_apart(workspace, one, one)
