"""The page of faults and the tests of faults say the same."""

from tests.faults import catalogue

PAGE = catalogue.PAGE.read_text(encoding="utf-8")
GROUPS = {
    "S": 16,
    "C": 14,
    "D": 16,
    "K": 10,
    "T": 11,
    "U": 9,
    "B": 13,
    "A": 9,
    "P": 10,
    "E": 7,
    "Y": 19,
    "H": 10,
    "G": 9,
    "X": 16,
}


def due() -> set[str]:
    """Return the ids of the pilot that need neither parcels nor the hub."""
    return {name for name, (pilot, _) in catalogue.rows(PAGE).items() if pilot} - catalogue.ELSEWHERE


def test_every_fault_has_its_line() -> None:
    rows = catalogue.rows(PAGE)
    assert set(rows) == {f"{letter}{number}" for letter, count in GROUPS.items() for number in range(1, count + 1)}
    assert sum(pilot for pilot, _ in rows.values()) == 98
    assert len(due()) == 74


def test_every_fault_of_the_pilot_is_shown_or_says_why_not() -> None:
    assert sorted(due() - set(catalogue.tests()) - set(catalogue.unshown(PAGE))) == []


def test_the_page_names_the_tests_that_are_there_and_no_others() -> None:
    there = {name.split("`")[1] for names in catalogue.tests().values() for name in names}
    assert sorted(catalogue.named(PAGE) - there) == []
    rows = catalogue.rows(PAGE)
    unnamed = [name for names in catalogue.tests().values() for name in names if name.split("`")[1] not in PAGE]
    assert unnamed == [], "write them with: python -m tests.faults.catalogue"
    assert set(catalogue.tests()) <= set(rows), "a test carries an id that is no fault of the page"
