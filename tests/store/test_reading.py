"""Lists, counts and the outbox read what the filter says and nothing else; figures never mix flows."""

from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION, CaseFile
from avrr_desktop.domain.errors import NotFoundError
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import CaseFilter, all_cases, counts, find_cases, first_keys, lines
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.printing import case_pdf, hand_over, outbox, put_in_outbox
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.endings import close_case

OTHER = "from_western_balkans"


@pytest.fixture
def cases(workspace: Workspace, family: CaseFile) -> dict[str, str]:
    """Three cases by name: a family with a service, one of an officer in Albania, a closed one."""
    uid = family.case.uid
    add_service(workspace, family, "birth_registration", [family.members[2].person.uid])
    new_record(workspace, "follow_up", {"planned_on": "2026-06-20"}, uid)
    mine = open_case(workspace, {"called": "Hoxha", "country_of_return": "AL", "officer": workspace.actor}, [])
    closed = open_case(workspace, {"called": "Marković", "country_of_return": "RS", "opened_on": "2026-05-30"}, [])
    close_case(workspace, read_case(workspace, closed.case), "withdrew")
    return {"family": uid, "mine": mine.case, "closed": closed.case}


def found(workspace: Workspace, chosen: CaseFilter, cases: dict[str, str]) -> set[str]:
    names = {uid: name for name, uid in cases.items()}
    return {names[line.uid] for line in all_cases(workspace, chosen)}


def test_each_filter_lets_its_cases_through_and_no_other(workspace: Workspace, cases: dict[str, str]) -> None:
    category = next(line.categories for line in all_cases(workspace) if line.uid == cases["family"]).split()[0]
    for chosen, names in (
        (CaseFilter(), {"family", "mine", "closed"}),
        (CaseFilter(status="running"), {"family", "mine"}),
        (CaseFilter(status="closed"), {"closed"}),
        (CaseFilter(country="RS"), {"family", "closed"}),
        (CaseFilter(country="RS", status="running"), {"family"}),
        (CaseFilter(officer=workspace.actor, country="AL"), {"mine"}),
        (CaseFilter(category=category), {"family"}),
        (CaseFilter(category=category[:-1]), set()),
        (CaseFilter(due_until="2026-06-20"), {"family"}),
        (CaseFilter(due_until="2026-06-19"), set()),
    ):
        assert found(workspace, chosen, cases) == names, chosen
        assert counts(workspace, chosen)[0] == len(names), chosen


def test_what_was_found_is_listed_in_the_order_of_finding(workspace: Workspace, cases: dict[str, str]) -> None:
    keys = find_cases(workspace, "Marko")
    listed = lines(workspace, workspace.store.reader.line_keys(CaseFilter(keys=keys), "found"))
    assert [line.uid for line in listed][:1] == [cases["family"]] or cases["closed"] in [line.uid for line in listed][
        :1
    ]
    assert workspace.store.reader.line_keys(CaseFilter(keys=keys), "found") == list(keys)
    backwards = tuple(reversed(keys))
    assert workspace.store.reader.line_keys(CaseFilter(keys=backwards), "found") == list(backwards)
    assert counts(workspace, CaseFilter(keys=())) == (0, 0)


def test_the_first_that_are_painted_are_those_changed_last(workspace: Workspace, cases: dict[str, str]) -> None:
    [first] = lines(workspace, first_keys(workspace, CaseFilter(), 1))
    assert first.uid == cases["closed"]
    assert lines(workspace, [10_000]) == []


def test_figures_count_one_flow_from_the_first_day_to_the_day_before_the_end(
    workspace: Workspace, cases: dict[str, str]
) -> None:
    other = {"called": "X", "country_of_return": "RS", "direction": OTHER, "opened_on": "2026-05-10"}
    open_case(workspace, other, [])

    def serbia(first: str, end: str, direction: str = DEFAULT_DIRECTION) -> int:
        table = cases_by_country(workspace, first, end, direction)
        return next((row.cases for row in table.rows if row.country == "RS"), 0)

    assert serbia("2026-05-03", "2026-05-30") == 1
    assert serbia("2026-05-03", "2026-05-31") == 2
    assert serbia("2026-05-04", "2026-05-30") == 0
    assert serbia("2026-05-01", "2026-06-01", OTHER) == 1


def test_a_case_that_is_not_there_is_said(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.store.reader.case_by_number("RS-TIR-2026-XX-9999")
    assert workspace.store.reader.revision("nobody") == 0
    assert workspace.store.reader.record("person", "nobody") is None


def test_a_document_that_leaves_twice_stands_twice_and_the_first_line_stays(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    pk = put_in_outbox(workspace, family, case_pdf(workspace, family))
    hand_over(workspace, pk, tmp_path, "court")
    hand_over(workspace, pk, tmp_path, "school")
    assert [(item.handed_to, item.state) for item in outbox(workspace)] == [
        ("school", "handed_over"), ("court", "handed_over")]  # fmt: skip


def test_a_reader_of_a_worker_reads_beside_the_store_until_it_is_closed(workspace: Workspace, family: CaseFile) -> None:
    reader = workspace.reading().open()
    assert reader.case_file(family.case.uid).case.text("called") == family.case.text("called")
    reader.close()
    with pytest.raises(Exception, match="closed"):
        reader.case_file(family.case.uid)
