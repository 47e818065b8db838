"""How periods of help are counted, with one that is opened again; and lessons for the evaluation."""

from datetime import timedelta
from pathlib import Path

import pytest

from avrr_desktop.domain.case.closing import Ending
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.closing import close_case, reopen_case
from avrr_desktop.operations.reports.evaluation import add_lesson, end_rows, evaluation, reason_rows, save_evaluation
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.tables.register import read_csv
from tests.support import stores

YEAR, NEXT = ("2026-01-01", "2027-01-01"), ("2027-01-01", "2028-01-01")


def _close(workspace: Workspace, case: str, reason: str, outcome: str) -> None:
    close_case(workspace, read_case(workspace, case), reason, ending=Ending(told={"outcome": outcome}))


def _line(workspace: Workspace, days: tuple[str, str], country: str = "Serbia") -> dict[str, int]:
    head, *lines = end_rows(workspace, evaluation(workspace, *days).ends)
    found = next(line for line in lines if line[0] == country)
    return {str(title): int(cell) for title, cell in zip(head[1:], found[1:], strict=True) if cell}


def test_a_case_that_is_opened_again_counts_once_as_opened_and_each_period_as_it_ended(workspace: Workspace) -> None:
    case = stores.family(workspace).case.uid
    other = stores.family(workspace).case.uid
    double = stores.family(workspace).case.uid
    before = cases_by_country(workspace, *YEAR).cases
    _close(workspace, case, "objectives_met", "settled")
    close_case(workspace, read_case(workspace, double), "duplicate")
    assert _line(workspace, YEAR) == {"Opened": 2, "Ended": 1, "Settled here": 1}, "a double is in no figure"
    workspace.clock.set(stores.NOW + timedelta(days=250))  # type: ignore[attr-defined]
    reopen_case(workspace, read_case(workspace, case), "Came back")
    assert _line(workspace, YEAR) == {"Opened": 2, "Ended": 1, "Settled here": 1}, "the first period ended all the same"
    assert _line(workspace, NEXT) == {"Opened again": 1}
    _close(workspace, case, "remigrated_regular", "left_legally")
    _close(workspace, other, "withdrew", "there_not_settled")
    assert _line(workspace, NEXT) == {
        "Opened again": 1, "Ended": 2, "Left again legally, thanks to the help": 1, "Here, but not settled": 1,
    }  # fmt: skip
    assert _line(workspace, YEAR, "Total") == {"Opened": 2, "Ended": 1, "Settled here": 1}
    assert [line[1] for line in reason_rows(workspace, evaluation(workspace, *NEXT).ends)[1:]] == [1, 1]
    assert cases_by_country(workspace, *YEAR).cases == before - 1 and not cases_by_country(workspace, *NEXT).cases


def test_a_lesson_is_told_in_its_period_and_written_beside_the_counts(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInputError):
        add_lesson(workspace, {"text": " ", "kind": "suggestion"})
    changes = add_lesson(
        workspace, {"text": "Ask the school before the summer.", "kind": "suggestion", "country": "XK"}
    )
    told = evaluation(workspace, *YEAR)
    assert [one.text("text") for one in told.lessons] == ["Ask the school before the summer."]
    assert not evaluation(workspace, *NEXT).lessons
    rows = read_csv(save_evaluation(workspace, told, tmp_path / "told.csv").read_bytes())
    assert ["15.06.2026", "Suggestion", "", "Kosovo*", "Ask the school before the summer."] in rows
    assert rows[-1] == [KOSOVO_NOTE]
    undo(workspace, changes.change_id)
    assert not evaluation(workspace, *YEAR).lessons
