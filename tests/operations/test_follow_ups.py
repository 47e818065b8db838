"""Follow-up and the end of help as the programme's pack says; eligibility is pointed out and blocks nothing."""

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import eligibility_problem, read_case
from avrr_desktop.operations.cases.follow_ups import follow_up_days, help_until, plan_follow_ups
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.desk import lines_of


def with_case(workspace: Workspace, family: CaseFile, **values: object) -> CaseFile:
    edit_record(workspace, read_case(workspace, family.case.uid).case, values, family.case.uid)
    return read_case(workspace, family.case.uid)


@pytest.mark.parametrize(("programme", "days", "until"), [
    ("be_admin", ("2026-06-20", "2026-08-20"), "2026-11-20"),
    ("reintegration", ("2026-08-20", "2027-05-20"), "2027-05-20"),
])  # fmt: skip
def test_the_programme_decides_when_somebody_asks_and_until_when_it_helps(
    workspace: Workspace, family: CaseFile, programme: str, days: tuple[str, ...], until: str
) -> None:
    case_file = with_case(workspace, family, programme=programme, arrival_date="2026-05-20")
    assert follow_up_days(workspace, case_file) == days
    assert help_until(workspace, case_file) == until
    plan_follow_ups(workspace, case_file)
    case_file = read_case(workspace, family.case.uid)
    assert tuple(one.text("planned_on") for one in case_file.follow_ups) == days
    with pytest.raises(RefusedError):
        plan_follow_ups(workspace, case_file)
    due = [line.on for line in lines_of(workspace, "week") if line.kind == "follow_up_due"]
    assert due == [day for day in days if day <= "2026-06-22"]


@pytest.mark.parametrize(
    ("arrival", "until"),
    [("2026-05", "2026-11-30"), ("2026", "2027-06-30"), ("2025-08-31", "2026-02-28"), ("2024~", "2025-06-30")],
)
def test_help_ends_by_the_last_day_that_a_date_can_mean(
    workspace: Workspace, family: CaseFile, arrival: str, until: str
) -> None:
    assert help_until(workspace, with_case(workspace, family, programme="be_admin", arrival_date=arrival)) == until


def test_a_status_that_the_programme_does_not_name_is_pointed_out(workspace: Workspace, family: CaseFile) -> None:
    case_file = with_case(workspace, family, programme="reintegration", legal_status_before_return="regular_resident")
    assert "not included" in eligibility_problem(workspace, case_file)
    case_file = with_case(workspace, family, legal_status_before_return="undocumented")
    assert eligibility_problem(workspace, case_file) == ""
    case_file = with_case(workspace, family, direction="from_western_balkans")
    assert "another direction" in eligibility_problem(workspace, case_file)
    case_file = with_case(workspace, family, programme="be_admin", legal_status_before_return="regular_resident",
                          direction="to_western_balkans")  # fmt: skip
    assert eligibility_problem(workspace, case_file) == ""
