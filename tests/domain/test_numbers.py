"""Personal numbers: read without a kind chosen first; what looks wrong is said beside the field, and stops nobody.

All numbers are invented: of a region (60 to 69) or a serial (000) that no register gives out, of somebody who is not born
yet, or a published sample.
"""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from avrr_desktop.domain.people.personal_number import (
    NumberRead,
    check_digit,
    check_letter,
    followed_scheme,
    number_problem,
    number_told,
    plain,
    read_number,
    scheme_of,
)
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.rules import problems


def person(**values: str) -> Record:
    return Record("person", "P", {"family_name": "A", **{key: value for key, value in values.items() if value}})


def thirteen(figures: str) -> str:
    return f"{figures}{check_digit(figures)}"


def albanian(signs: str) -> str:
    return f"{signs}{check_letter(signs)}"


@pytest.mark.parametrize(
    ("scheme", "number", "birth", "word"),
    [
        ("JMBG", "1506985600010", "1985-06-15", ""),
        ("EMBG", "0203014635120", "2014-03-02", ""),  # the check value is ten
        ("JMB", "1506985650130", "1985-06-15", ""),  # the check value is eleven
        ("JMBG", "2902004610017", "2004", ""),
        ("JMBG", "2902004610017", "2004-02-29~", ""),
        ("JMBG", "2902004610017", "1999-02-28~", ""),  # an estimate denies nothing
        ("JMBG", "2902004610017", "2005", "date of birth"),
        ("JMBG", "2902004610017", "2004-03", "date of birth"),
        ("JMBG", "1506985600011", "1985-06-15", "check digit"),
        ("JMBG", "150698560001", "", "thirteen digits"),
        ("JMBG", "203014635120", "", "0 in front"),
        ("JMBG", "1506985600010", "1985-06-16", "date of birth"),
        ("JMBG", "3102999620017", "", "does not exist"),
        ("AL_NID", "J00101999W", "1990-01-01", ""),
        ("AL_NID", "J0010199W", "", "eight digits"),
        ("XK_PN", "1234567892", "", ""),
        ("XK_PN", "1234567893", "", ""),  # no public source proves a rule
        ("XK_PN", "123456789", "", "ten digits"),
        ("XK_PN", "1506985600010", "", "ten digits"),
        ("AL_NID", "1506985600010", "", "eight digits"),
        ("other", "whatever", "", ""),
        ("other", "1506985600011", "", ""),
        ("of the office", "1506985600011", "", ""),
        ("", "1506985600011", "1985-06-15", "check digit"),
        ("", "1506985600010", "1985-06-16", "date of birth"),
        ("", "3102999620017", "", "does not exist"),
        ("", "J00101999A", "", "last letter"),
        ("", "J00101999W", "1991", "date of birth"),
        ("", "Z00101999W", "", "does not exist"),  # a decade to come
        ("", "J01301000P", "", "does not exist"),  # the number of a firm: its month is a place
        ("", "J0010199W", "", "eight digits"),
        ("", "203014635120", "", "0 in front"),
        ("", "850615123456", "", ""),  # nobody knows whose
        ("", "1234567892", "", ""),
        ("", "whatever", "", ""),
    ],
)
def test_what_looks_wrong_is_said(scheme: str, number: str, birth: str, word: str) -> None:
    read = person(national_number=number, number_scheme=scheme, birth_date=birth)
    said = number_problem(read)
    assert (word in said) if word else said == ""
    told = [problem.field for problem in problems(read, "2026-06-15")]
    assert ("national_number" in told) == bool(word)
    assert number not in said


@pytest.mark.parametrize(
    ("number", "sex", "word"),
    [
        ("1506985600010", "M", ""), ("1506985600010", "F", "a man"), ("1506985600010", "X", ""), ("1506985600010", "", ""),
        ("0203014635120", "F", ""), ("0203014635120", "M", "a woman"), (albanian("J05115000"), "M", "a woman"), (albanian("J05115000"), "F", ""),
        (albanian("J03101000"), "F", "a man"), (albanian("J08101000"), "F", ""),
        ("1234567892", "F", ""),
    ],
)  # fmt: skip
def test_another_sex_is_said(number: str, sex: str, word: str) -> None:
    said = number_problem(person(national_number=number, sex=sex))
    assert (word in said) if word else said == ""


@pytest.mark.parametrize(
    ("citizenship", "number", "word"),
    [("RS", "15069856000", ""), ("MK", "150698560001", "thirteen"), ("BA", "15069856000100", "thirteen"),
     ("XK", "123456789", "ten digits"), ("XK", "12345678920", "ten digits"), ("SE", "198506151234", ""), ("SE", "12345678920", "")],
)  # fmt: skip
def test_a_figure_too_few_or_too_many_is_said_where_the_citizenship_tells(
    citizenship: str, number: str, word: str
) -> None:
    said = number_problem(person(national_number=number, citizenship=citizenship))
    assert (word in said) if word else said == ""


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("1506985600010", NumberRead("", date(1985, 6, 15), "M")),
        (thirteen("150609910001"), NumberRead("JMB", date(2099, 6, 15), "M")),
        (thirteen("150609921000"), NumberRead("JMBG", date(2099, 6, 15), "M")),
        (thirteen("150609945500"), NumberRead("EMBG", date(2099, 6, 15), "F")),
        (thirteen("150609991000"), NumberRead("JMBG", date(2099, 6, 15), "M")),
        (thirteen("150609901000"), NumberRead("JMB", date(2099, 6, 15), "M")),
        ("J00101999W", NumberRead("AL_NID", date(1990, 1, 1), "M")),
        (albanian("L45612000"), NumberRead("AL_NID", date(2014, 6, 12), "F")),
        ("1234567892", NumberRead("XK_PN")),
        ("12345678", None),
        ("", None),
    ],
)
def test_a_number_is_read_without_a_kind(number: str, read: NumberRead | None) -> None:
    assert read_number(number) == read


@pytest.mark.parametrize(
    "written",
    ["15 06 985 60 001 0", "1506985-60001-0", "1506985.600010", "1506985\u00a0600010", "\u200b1506985600010", "１５０６９８５６０００１０",
     "١٥٠٦٩٨٥٦٠٠٠١٠", "1506985/600010", "1506985–600010"],
)  # fmt: skip
def test_every_way_to_write_thirteen_figures_is_read(written: str) -> None:
    assert plain(written) == "1506985600010"
    assert number_problem(person(national_number=written, birth_date="1985-06-16"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("j00101999w", "J00101999W"), ("J 00101 999 W", "J00101999W"), ("Ј00101999W", "J00101999W"), ("Ｊ00101999Ｗ", "J00101999W"),
     ("Н50612000Т", "H50612000T"), ("К50612000А", "K50612000A"), ("Ј00101999Ԝ", "J00101999W")],
)  # fmt: skip
def test_cyrillic_and_wide_letters_of_an_albanian_number_are_read(written: str, meant: str) -> None:
    assert plain(written) == meant
    assert read_number(written) == read_number(meant)


@pytest.mark.parametrize(
    ("number", "citizenship", "scheme"),
    [
        ("1506985600010", "", ""), ("1506985600010", "RS", "JMBG"), ("1506985600010", "MK", "EMBG"), ("1506985600010", "AL", ""),
        (thirteen("150609910001"), "", "JMB"),
        (thirteen("150609910001"), "BA", "JMB"),
        (thirteen("150609910001"), "RS", ""),  # born in Bosnia: who calls it what, nobody knows
        (thirteen("150609991000"), "XK", "JMBG"),
        ("J00101999W", "", "AL_NID"), ("J00101999W", "XK", "AL_NID"), ("J00101999A", "AL", ""),
        ("1234567892", "", ""), ("1234567892", "SE", ""), ("1234567892", "XK", "XK_PN"),
        ("1506985600011", "RS", ""), ("whatever", "RS", ""),
    ],
)  # fmt: skip
def test_the_kind_is_told_only_where_nobody_can_mean_another(number: str, citizenship: str, scheme: str) -> None:
    assert scheme_of(number, citizenship) == scheme


def test_the_kind_follows_the_number_until_somebody_chooses_one() -> None:
    empty = person()
    assert followed_scheme(empty, {"national_number": "J00101999W"}) == {"number_scheme": "AL_NID"}
    assert followed_scheme(empty, {"national_number": "J00101999W", "number_scheme": None}) == {}
    filled = person(national_number="J00101999W", number_scheme="AL_NID")
    assert followed_scheme(filled, {"national_number": "1506985600010", "citizenship": "RS"}) == {
        "number_scheme": "JMBG"
    }
    assert followed_scheme(filled, {"phone": "1"}) == {}
    by_hand = person(national_number="J00101999W", number_scheme="other")
    assert followed_scheme(by_hand, {"national_number": "1506985600010", "citizenship": "RS"}) == {}
    assert followed_scheme(person(national_number="1234567892"), {"citizenship": "XK"}) == {"number_scheme": "XK_PN"}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"national_number": "1506985600010"}, ("man", "", date(1985, 6, 15))),
        ({"national_number": "0203014635120", "number_scheme": "EMBG"}, ("woman", "EMBG", date(2014, 3, 2))),
        ({"national_number": "J00101999W"}, ("man", "AL_NID", date(1990, 1, 1))),
        ({"national_number": "1234567892", "citizenship": "XK"}, ("Read as", "XK_PN", None)),
        ({"national_number": "1234567892"}, None),
        ({"national_number": "1506985600010", "number_scheme": "other"}, None),
        ({"national_number": "1506985600011"}, None),
        ({}, None),
    ],
)
def test_what_a_number_was_read_as_is_told(values: dict[str, str], told: tuple[str, str, date | None] | None) -> None:
    found = number_told(person(**values))
    assert (found is None) == (told is None)
    if found and told:
        assert f"{told[0]}" in found.message
        assert (found.scheme, found.born) == told[1:]


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS, st.integers(0, 999), st.integers(0, 9))
@example(date(2004, 2, 29), 0, 0)
def test_every_number_that_follows_the_rule_of_thirteen_is_right_and_one_wrong_figure_is_not(
    born: date, serial: int, region: int
) -> None:
    twelve = f"{born:%d%m}{born.year % 1000:03d}6{region}{serial:03d}"
    number = f"{twelve}{check_digit(twelve)}"
    assert read_number(number) == NumberRead("", born, "M" if serial < 500 else "F")
    for place in range(12):
        other = str((int(number[place]) + 1) % 10)
        changed = read_number(number[:place] + other + number[place + 1 :])
        # The two values 10 and 11 share the digit 0: only there can one wrong figure stay unseen.
        assert changed is not None
        assert not changed.whole or (number[12] == "0" and changed.right)


@given(DAYS, st.integers(0, 999), st.sampled_from("MF"), st.booleans())
def test_every_number_that_follows_the_rule_of_albania_is_right_and_one_wrong_sign_is_not(
    born: date, serial: int, sex: str, citizen: bool
) -> None:
    decade, year = divmod(born.year - 1900, 10)
    month = born.month + (50 if sex == "F" else 0) + (0 if citizen else 30)
    signs = f"{chr(65 + decade)}{year}{month:02d}{born.day:02d}{serial:03d}"
    number = signs + check_letter(signs)
    assert read_number(number) == NumberRead("AL_NID", born, sex)
    for place in range(1, 9):
        other = str((int(number[place]) + 1) % 10)
        assert (changed := read_number(number[:place] + other + number[place + 1 :]))
        assert not changed.right


@given(
    st.text(max_size=30), st.sampled_from(["", "JMBG", "AL_NID", "XK_PN", "other"]), st.sampled_from(["", "RS", "XK"])
)
def test_whatever_is_typed_is_read_or_not_and_never_repeated(text: str, scheme: str, citizenship: str) -> None:
    typed = person(national_number=text, number_scheme=scheme, citizenship=citizenship)
    for said in (number_problem(typed), getattr(number_told(typed), "message", "")):
        assert len(text) < 5 or text not in said
