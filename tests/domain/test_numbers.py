"""Personal numbers: what looks wrong is said beside the field, and stops nobody. The numbers are of a block not in use."""

import pytest

from avrr_desktop.domain.people.personal_number import number_problem
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.rules import problems


@pytest.mark.parametrize(
    ("scheme", "number", "birth", "word"),
    [
        ("JMBG", "1506985600010", "1985-06-15", ""),
        ("EMBG", "0203014635120", "2014-03-02", ""),  # the check value is ten
        ("JMB", "1506985650130", "1985-06-15", ""),  # the check value is eleven
        ("JMBG", "2902004610017", "2004", ""),
        ("JMBG", "2902004610017", "2004-02-29~", ""),
        ("JMBG", "1506985600011", "1985-06-15", "check digit"),
        ("JMBG", "150698560001", "", "thirteen digits"),
        ("JMBG", "1506985600010", "1985-06-16", "date of birth"),
        ("AL_NID", "J00101999W", "1990-01-01", ""),
        ("AL_NID", "J0010199W", "", "eight digits"),
        ("XK_PN", "1234567892", "", ""),
        ("XK_PN", "123456789", "", "ten digits"),
        ("other", "whatever", "", ""),
        ("", "1506985600011", "", ""),
    ],
)
def test_what_looks_wrong_is_said(scheme: str, number: str, birth: str, word: str) -> None:
    values = {"family_name": "A", "national_number": number, "number_scheme": scheme, "birth_date": birth}
    person = Record("person", "P", {key: value for key, value in values.items() if value})
    said = number_problem(person)
    assert (word in said) if word else said == ""
    told = [problem.field for problem in problems(person, "2026-06-15")]
    assert ("national_number" in told) == bool(word)
    assert number not in said
