"""What tells the people of one family apart, and what a record has to hold to be kept."""

from datetime import date

import pytest

from avrr_desktop.domain.procedure.school_age import of_school_age
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.rules import says_something
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.language import Language

DAY = date(2026, 6, 15)


def person(given: str = "", family: str = "Krasniqi", born: str = "") -> Record:
    values = {"family_name": family, "given_names": given, "birth_date": born}
    return Record("person", "p", {key: value for key, value in values.items() if value})


@pytest.mark.parametrize(("who", "shown"), [
    (person("Ana", born="2014-03-02"), "Ana Krasniqi, 12"), (person("Ana", born="2014-06-16"), "Ana Krasniqi, 11"),
    (person("Ana", born="2026-01-01"), "Ana Krasniqi, under 1"), (person("Ana", born="1955~"), "Ana Krasniqi, about 70"),
    (person("Ana", born="2014"), "Ana Krasniqi, about 11"), (person("Ana", born="2027-01-01"), "Ana Krasniqi"),
    (person("Ana"), "Ana Krasniqi"), (person("", born="2014-03-02"), "Krasniqi, 12"),
    (person("Ana", "", "2014-03-02"), "Ana, 12"), (person("", "", "2014-03-02"), ""), (person("", ""), ""),
])  # fmt: skip
def test_the_given_name_stands_first_and_the_age_behind(who: Record, shown: str) -> None:
    assert person_shown(who, DAY, Language()) == shown


@pytest.mark.parametrize(("born", "at_school"), [
    ("2021-06-15", True), ("2021-06-16", False), ("2007-06-16", True), ("2007-06-15", False), ("", False),
])  # fmt: skip
def test_school_age_is_five_to_eighteen(born: str, at_school: bool) -> None:
    assert of_school_age(person("Ana", born=born), DAY) is at_school


@pytest.mark.parametrize(("values", "filled", "says"), [
    ({}, {}, False), ({"text": None, "kind": "", "on": None}, {}, False),
    ({"on": "2026-06-15"}, {"on": "2026-06-15"}, False), ({"on": "2026-06-14"}, {"on": "2026-06-15"}, True),
    ({"on": "2026-06-15"}, {}, True), ({"person": "p"}, {}, False), ({"officer": "o", "person": "p"}, {}, False),
    ({"text": "She called."}, {}, True), ({"person": "p", "text": "She called."}, {}, True),
])  # fmt: skip
def test_what_was_filled_in_and_whom_it_is_for_are_no_content(
    values: dict[str, str | None], filled: dict[str, str], says: bool
) -> None:
    assert says_something(BY_KEY["note"], values, filled) is says


def test_a_link_to_something_else_and_a_no_are_content() -> None:
    assert says_something(BY_KEY["referral"], {"provider": "x"}, {})
    assert not says_something(BY_KEY["schooling"], {"person": "p", "school": ()}, {})
    assert says_something(BY_KEY["schooling"], {"enrolled_provisionally": False}, {})
