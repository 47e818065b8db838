"""Today, lists and papers go by the days that a date can mean; a slip into the future hides nobody."""

import io
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pypdf
import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.today import GROUPS, LATE
from avrr_desktop.operations.documents.printing import MISSING_PAPERS, case_pdf
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.protection.data_subject import due_to_go
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.cases import CaseFilter
from tests.support import stores
from tests.support.desk import NOW, kinds_of, lines_of

PERSON = [{"family_name": "Hoti", "given_names": "Besa"}]
HELD = {"holder": "m1", "doc_type": "passport", "state": "held"}


def added(workspace: Workspace, **parts: Any) -> str:
    return add_case_document(workspace, {"case": {}, "person": PERSON, **parts}).case


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def at(folder: Path, day: str) -> Workspace:
    """Return a store on a day."""
    return stores.office_workspace(
        folder, SteppingClock(datetime.fromisoformat(day).replace(hour=9, tzinfo=timezone.utc))
    )


@pytest.mark.parametrize("keys", [("valid_until", "usable_until"), ("usable_until", "valid_until")])
@pytest.mark.parametrize(
    ("ends", "first", "group"),
    [
        (("2026", "2026-05-12"), "12.05.2026", "late_quarter"), (("2026-06", "2026-06-16"), "16.06.2026", "week"),
        (("2026-12", "2026-07-10"), "10.07.2026", "soon"), (("2027", "2026-07"), "July 2026", ""),
        (("2026", "2027-01-01"), "2026", ""), (("2025", "2030-01-01"), "2025", "late_older"), (("2026~", "2026-06-14~"), "14.06.2026", "late_week"),
    ],
)  # fmt: skip
def test_of_two_ends_of_a_paper_the_earlier_one_counts_everywhere(
    workspace: Workspace, keys: tuple[str, str], ends: tuple[str, str], first: str, group: str
) -> None:
    case = added(workspace, paper=[{**HELD, **dict(zip(keys, ends, strict=True))}])
    assert [one for one in GROUPS if "paper_expires" in kinds_of(workspace, one)] == ([group] if group else [])
    file = read_case(workspace, case)
    assert first in text_of(case_pdf(workspace, file))
    gone = group in LATE
    assert ("expired" in text_of(case_pdf(workspace, file))) is gone
    assert ("expired" in text_of(case_pdf(workspace, file, document=MISSING_PAPERS))) is gone


def test_a_paper_of_last_year_is_still_told_where_only_the_year_is_known(tmp_path: Path) -> None:
    with_year = at(tmp_path / "a", "2026-11-30")
    added(with_year, paper=[{**HELD, "valid_until": "2025"}, {**HELD, "valid_until": "2025-11-29"}])
    assert [line.on for line in lines_of(with_year, *NOW) if line.kind == "paper_expires"] == ["2025"]
    with_year.lock()


def test_papers_that_end_some_day_of_the_year_hide_none_that_ends_now(tmp_path: Path) -> None:
    workspace = at(tmp_path / "a", "2026-01-10")
    for _ in range(4):
        added(workspace, paper=[{**HELD, "valid_until": "2026"}] * 80)
    added(workspace, paper=[{**HELD, "valid_until": "2026-01-12"}])
    assert [line.on for line in lines_of(workspace, "week") if line.kind == "paper_expires"] == ["2026-01-12"]
    workspace.lock()


SLIPS: list[dict[str, Any]] = [
    {"note": [{"on": "2062-01-06", "text": "x"}]},
    {"note": [{"on": "2026-07", "text": "x"}]},
    {"note": [{"on": "2027", "text": "x"}]},
    {"contact": [{"on": "2062-01-06"}]},
    {"follow_up": [{"done_on": "2062-01-06"}]},
    {"service": [{"title": "x"}], "step": [{"service": "s1", "title": "y", "state": "done", "done_on": "2062-01-06"}]},
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: next(reversed(slip)))
def test_a_date_to_come_hides_no_family_from_today(workspace: Workspace, slip: dict[str, Any]) -> None:
    case = {"called": "forgotten", "opened_on": "2026-01-05"}
    added(workspace, case=case, **slip)
    assert [line.on for line in lines_of(workspace, "quiet") if line.kind == "quiet"] == ["2026-01-05"]
    added(workspace, case=case, **{**slip, "note": [*slip.get("note", []), {"on": "2026-06-10", "text": "here"}]})
    assert len([line for line in lines_of(workspace, "quiet") if line.kind == "quiet"]) == 1, "somebody wrote last week"


def test_a_case_of_which_every_date_is_to_come_is_shown(workspace: Workspace) -> None:
    added(workspace, case={"called": "slip", "opened_on": "2062-01-05"})
    assert [line.on for line in lines_of(workspace, "quiet") if line.kind == "quiet"] == ["2062-01-05"]


@pytest.mark.parametrize("filed", ["2062-03-01", "2026-07", "2027"])
@pytest.mark.parametrize("expected", [{}, {"expected_on": "2062-05-01"}])
def test_a_step_that_was_filed_in_time_to_come_still_waits(
    workspace: Workspace, filed: str, expected: dict[str, str]
) -> None:
    step = {"service": "s1", "title": "y", "state": "waiting_authority", "filed_on": filed, **expected}
    added(workspace, service=[{"title": "x"}], step=[step])
    assert [line.record.text("title") for line in lines_of(workspace, "waiting") if line.record] == ["y"]


@pytest.mark.parametrize(
    ("due", "until", "shown"),
    [("2026", "2026-06-22", False), ("2026", "2026-12-31", True), ("2026-06", "2026-06-22", False), ("2026-06", "2026-06-30", True),
     ("2026-06-20~", "2026-06-20", True), ("2025", "2026-06-22", True)],
)  # fmt: skip
def test_what_is_due_some_day_of_a_year_is_due_at_its_end(
    workspace: Workspace, due: str, until: str, *, shown: bool
) -> None:
    added(workspace, follow_up=[{"planned_on": due}])
    assert bool(workspace.store.reader.line_keys(CaseFilter(due_until=until))) is shown


def test_lists_are_sorted_by_the_last_day_that_is_meant(workspace: Workspace) -> None:
    for due in ("2026", "2026-07-01", "2026-06"):
        added(workspace, follow_up=[{"planned_on": due}, {"planned_on": "2029"}])
    reader = workspace.store.reader
    lines = reader.lines(reader.line_keys(CaseFilter(), "due", descending=False))
    assert [line.due for line in lines] == ["2026-06", "2026-07-01", "2026"]


@pytest.mark.parametrize(
    ("closed", "due"),
    [("2020", "2025-12-31"), ("2021-05", "2026-05-31"), ("2021-06-14", "2026-06-14"), ("2021", ""), ("2021-06", "")],
)
def test_a_closed_case_is_due_to_go_when_its_whole_time_is_over(workspace: Workspace, closed: str, due: str) -> None:
    workspace.pack = replace(workspace.pack, settings={**workspace.pack.settings, "retention_months": 60})
    case = added(workspace, case={"status": "closed", "closed_on": closed})
    assert [(line.uid, day) for line, day in due_to_go(workspace)] == ([(case, due)] if due else [])


def test_an_appointment_while_a_step_waits_stands_beside_it(workspace: Workspace) -> None:
    step = {
        "service": "s1",
        "title": "y",
        "state": "waiting_authority",
        "filed_on": "2026-06",
        "planned_on": "2026-06-16",
    }
    case = added(workspace, service=[{"title": "x"}], step=[step])
    assert kinds_of(workspace, "week") == ["step_due"]
    [made] = read_case(workspace, case).steps
    edit_record(workspace, made, {"planned_on": "2026-05-30"}, case)
    assert "step_due" not in kinds_of(workspace, *NOW), "the day on which it was filed"
