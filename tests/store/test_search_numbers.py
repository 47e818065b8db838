"""Numbers, telephones and births in a real store: found as people type them, and only there."""

import pytest

from avrr_desktop.domain.records.search_words import why_found
from avrr_desktop.operations.cases.search import find, find_cases
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import index_matches

PEOPLE = [
    {"family_name": "Hoti", "given_names": "Valentina", "birth_date": "1982-12-20", "phone": "044 523 456, 049 523 457",
     "national_number": "0101989500006"},
    {"family_name": "Hoti", "given_names": "Besa", "birth_date": "1989-04", "phone": "+383 (0)44 323 456",
     "trusted_contact": "Arben, brother, 069/723-456", "national_number": "J85205019L"},
]  # fmt: skip


@pytest.fixture
def numbers(workspace: Workspace) -> Workspace:
    """A store with one case that has all kinds of numbers, and one that has others."""
    add_case_document(workspace, {
        "case": {"called": "Hoti", "external_refs": "IOM-2025/0711; FEDASIL 8841-22"}, "person": PEOPLE,
        "paper": [{"holder": "m1", "number": "ВА 0123456"}], "service": [{"title": "x"}],
        "step": [{"service": "s1", "title": "y", "file_number": "УП-1 бр. 204-33/2026"}],
    })  # fmt: skip
    add_case_document(workspace, {
        "case": {"called": "Marku", "external_refs": "IOM-2024/0999"},
        "person": [{"family_name": "Marku", "given_names": "Zef", "birth_date": "1931", "phone": "+355 68 999 1111"}],
    })  # fmt: skip
    return workspace


@pytest.mark.parametrize(
    "typed",
    [
        "049 523 457", "+383 49 523 457", "523 457", "3457", "044323456", "+383 44 323 456", "069 723 456",
        "+355 69 723 456", "BA 0123456", "ВА0123456", "0123456", "3456", "UP-1 br. 204-33/2026", "204-33", "33/2026",
        "FEDASIL 8841-22", "8841-22", "iom-2025/0711", "0101989500006", "500006", "5019L", "5019", "1982",
        "20.12.1982", "20/12/1982", "12.1982", "Valentina 1982", "1982 Valentina", "Hoti 20.12.1982", "4.1989",
        "Hoti 049 523 457", "049 523 457 Hoti", "Besa +383 44 323",
    ],
)  # fmt: skip
def test_everything_is_found_in_its_case_and_in_no_other(numbers: Workspace, typed: str) -> None:
    assert {hit.case.called for hit in find(numbers, typed)} == {"Hoti"}
    assert len(find_cases(numbers, typed)) == 1


@pytest.mark.parametrize("typed", ["Valentina 1983", "Valentina 049 523 458", "Zef 1982", "21.12.1982", "0123457"])
def test_what_differs_in_a_figure_is_not_found(numbers: Workspace, typed: str) -> None:
    assert find(numbers, typed) == []


@pytest.mark.parametrize("parts", [slice(3, 5), slice(2, 5), slice(1, 5), slice(0, 5), slice(4, 5)])
@pytest.mark.parametrize("mark", ["-", "", " "])
def test_a_case_is_found_by_the_end_of_its_number(numbers: Workspace, parts: slice, mark: str) -> None:
    line = next(hit.case for hit in find(numbers, "Marku"))
    pieces = line.number.split("-")
    assert line.number in {hit.case.number for hit in find(numbers, mark.join(pieces[parts]).lower())}


@pytest.mark.parametrize(
    ("typed", "field"),
    [("049 523 457", "phone"), ("1982", "birth_date"), ("20.12.1982", "birth_date"), ("500006", "national_number"),
     ("069 723 456", "trusted_contact"), ("Valentina 1982", "birth_date"), ("Valentina", "given_names")],
)  # fmt: skip
def test_a_hit_says_in_which_field_it_is(numbers: Workspace, typed: str, field: str) -> None:
    hit = find(numbers, typed)[0]
    assert hit.record is not None
    assert why_found(hit.record, typed) == field


def test_a_number_that_is_changed_is_found_no_more_and_the_index_holds_what_it_should(numbers: Workspace) -> None:
    [hit] = [hit for hit in find(numbers, "049 523 457") if hit.record_type == "person"]
    assert hit.record is not None
    edit_record(numbers, hit.record, {"phone": "+383 45 111 222", "birth_date": "1983"}, hit.case.uid)
    assert find(numbers, "049 523 457") == [] == find(numbers, "20.12.1982")
    assert {found.uid for found in find(numbers, "045 111 222")} == {hit.uid}
    assert index_matches(numbers.store)
    numbers.store.rebuild_derived()
    assert index_matches(numbers.store)
