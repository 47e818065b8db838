"""Members leave on their day: until then they are counted wherever people are counted, and proposed for services."""

from datetime import date, datetime, timezone

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.rules import problems
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import CaseFilter, all_cases, case_keys, counts, lines
from avrr_desktop.operations.cases.services import proposals
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace


def persons(workspace: Workspace) -> set[int]:
    """What every list says of the only case; one number where they agree."""
    [line] = all_cases(workspace)
    [shown] = lines(workspace, case_keys(workspace, CaseFilter(), "number", descending=False))
    filters = (CaseFilter(), CaseFilter(country="RS"), CaseFilter(status="running"), CaseFilter(status="open"))
    there = len(read_case(workspace, line.uid).present(workspace.today))
    return {line.persons, shown.persons, there, *(counts(workspace, one)[1] for one in filters)}


def leaving(workspace: Workspace, family: CaseFile, on: str) -> None:
    membership = read_case(workspace, family.case.uid).members[1].membership
    edit_record(workspace, membership, {"left_on": on}, family.case.uid)


def test_members_leave_on_their_day_in_every_list(workspace: Workspace, family: CaseFile) -> None:
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    for on in ("2026-07-01", "2026-07", "2027"):
        leaving(workspace, family, on)
        assert persons(workspace) == {5}, on
        assert counts(workspace, CaseFilter(country="AL")) == (0, 0)
    for on in ("2026-06-15", "2026-06", "2026", "2026-06~"):
        leaving(workspace, family, on)
        assert persons(workspace) == {4}, on
    leaving(workspace, family, "2026-07-01")
    clock.set(datetime(2026, 7, 1, 8, tzinfo=timezone.utc))
    assert persons(workspace) == {4}, "nothing was written, and the day came"


def test_who_leaves_later_is_told_as_a_slip_and_still_proposed_for(workspace: Workspace, family: CaseFile) -> None:
    code = next(iter(workspace.pack.situations))
    membership = family.members[1].membership
    edit_record(workspace, membership, {"left_on": "2026-07-01", "situations": [code]}, family.case.uid)
    case_file = read_case(workspace, family.case.uid)
    told = problems(case_file.members[1].membership, date(2026, 6, 15).isoformat())
    assert [one.field for one in told] == ["left_on"]
    assert {uid for one in proposals(workspace, case_file) for uid in one.people} == {family.members[1].person.uid}
