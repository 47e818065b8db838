"""The page of faults and the tests of faults say the same."""

from tools import fault_catalogue

PAGE = fault_catalogue.PAGE.read_text(encoding="utf-8")
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
    return {name for name, (pilot, _) in fault_catalogue.rows(PAGE).items() if pilot} - fault_catalogue.ELSEWHERE


def test_every_fault_has_its_line() -> None:
    rows = fault_catalogue.rows(PAGE)
    assert set(rows) == {f"{letter}{number}" for letter, count in GROUPS.items() for number in range(1, count + 1)}
    assert sum(pilot for pilot, _ in rows.values()) == 98
    assert len(due()) == 74


def test_every_fault_of_the_pilot_is_shown_or_says_why_not() -> None:
    assert sorted(due() - set(fault_catalogue.tests()) - set(fault_catalogue.unshown(PAGE))) == []


def test_the_page_names_the_tests_that_are_there_and_no_others() -> None:
    there = {name.split("`")[1] for names in fault_catalogue.tests().values() for name in names}
    assert sorted(fault_catalogue.named(PAGE) - there) == []
    rows = fault_catalogue.rows(PAGE)
    unnamed = [name for names in fault_catalogue.tests().values() for name in names if name.split("`")[1] not in PAGE]
    assert unnamed == [], "write them with: python -m tools.fault_catalogue"
    assert set(fault_catalogue.tests()) <= set(rows), "a test carries an id that is no fault of the page"
