"""Dates of life: kept as precisely as they are known, never moved, never guessed."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.people.dates import (  # fmt: skip
    PartialDate,
    age_on,
    days_between,
    earliest,
    is_future,
    latest,
    span_of,
    stored,
    within,
)
from avrr_desktop.domain.people.typed_dates import typed

MONTHS = {"january": 1, "jan": 1, "maj": 5, "мај": 5, "shtator": 9, "sht": 9, "dec": 12}
DAY = date(2026, 6, 15)


@some.composite
def known_dates(draw: some.DrawFn) -> PartialDate:
    """Draw a date of any precision."""
    day = draw(some.dates(date(1880, 1, 1), date(2150, 12, 31)))
    precision, estimated = draw(some.integers(1, 3)), draw(some.booleans())
    return PartialDate(day.year, day.month if precision > 1 else 0, day.day if precision > 2 else 0, estimated)


@settings(max_examples=300, deadline=None)
@given(known_dates())
def test_what_is_stored_reads_as_it_was(known: PartialDate) -> None:
    assert stored(str(known)) == known
    assert typed(str(known)) == known


@settings(max_examples=300, deadline=None)
@given(known_dates())
def test_the_day_is_the_same_in_every_way_of_typing(known: PartialDate) -> None:
    year, month, day, mark = known.year, known.month, known.day, "~" if known.estimated else ""
    forms = [f"{year}{mark}", f" ~ {year} " if mark else f" {year} "]
    if month:
        forms = [f"{month}.{year}{mark}", f"{month:02d}/{year}{mark}", f"{month}-{year}.{mark}"]
    if day:
        forms = [f"{day}.{month}.{year}{mark}", f"{day:02d}.{month:02d}.{year}.{mark}", f"{day}/{month}/{year}{mark}",
                 f"{day}-{month}-{year}{mark}", f"{day} {month} {year}{mark}", f"{mark}{day}. {month}. {year}."]  # fmt: skip
    for form in forms:
        assert typed(form) == known, form


@settings(max_examples=500, deadline=None)
@given(some.from_regex(r"\d{4}(-\d{2}(-\d{2})?)?~?", fullmatch=True) | some.text("0123456789-~. ", max_size=12))
@example("2019-00")
@example("2019-05-00")
@example("٢٠١٩")
def test_a_text_that_counts_as_stored_is_the_one_form_of_its_date(text: str) -> None:
    known = stored(text)
    assert known is None or str(known) == text


@pytest.mark.parametrize(
    "text",
    ["2019-00", "2019-00-00", "2019-05-00", "2019-13", "2019-02-29", "1900-02-29", "2019-04-31", "2019-4-3", "19-04-03",
     "٢٠١٩", "२०१९-०५-०१", "2019-05-12T00:00", "2019~~", "~2019", "2019 ", "2019\n", "", "0000", "1879", "2151"],
)  # fmt: skip
def test_nothing_else_counts_as_stored(text: str) -> None:
    assert stored(text) is None


@pytest.mark.parametrize("year", [1904, 1996, 2000, 2024])
def test_29_february_is_a_day_of_leap_years_only(year: int) -> None:
    assert typed(f"29.2.{year}") == stored(f"{year}-02-29") == PartialDate(year, 2, 29)
    assert typed(f"29.2.{year + 1}") is None
    assert PartialDate(year, 2).last() == date(year, 2, 29)
    assert PartialDate(year + 1, 2).last() == date(year + 1, 2, 28)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("12.5.19", "2019-05-12"), ("12.5.26", "2026-05-12"), ("12.5.27", "1927-05-12"), ("1.1.00", "2000-01-01"),
     ("maj 1998", "1998-05"), ("Maj 1998.", "1998-05"), ("5. maj 1998", "1998-05-05"), ("мај 1998", "1998-05"),
     ("3 shtator 1955~", "1955-09-03~"), ("3. sht. 1955", "1955-09-03"), ("December 2001", "2001-12"),
     ("1998", "1998"), ("~1998", "1998~"), ("1998 ~", "1998~"), ("  5 . 6 . 2001 ", "2001-06-05")],
)  # fmt: skip
def test_what_people_type_is_understood(text: str, meant: str) -> None:
    known = typed(text, MONTHS, 2026)
    assert str(known) == meant


@pytest.mark.parametrize(
    "text",
    ["", "~", "13.2019", "31.4.2020", "31.02.2019", "32.1.2019", "1.13.2019", "12.5", "12.5.198", "12.5.19999", "2019.5.12", "13",
     "maj", "maj 98", "thermidor 1998", "5.5.5.2019", "one", "12.5.1879", "12.5.2151", "1998-02-30", "5.1998.5"],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert typed(text, MONTHS, 2026) is None


@settings(max_examples=300, deadline=None)
@given(some.text("0123456789.-/~ maj,", max_size=14))
@example("13.2019")
def test_nothing_typed_is_an_error_and_what_is_understood_can_be_stored(text: str) -> None:
    known = typed(text, MONTHS, 2026)
    assert known is None or stored(str(known)) == known


@settings(max_examples=200, deadline=None)
@given(known_dates())
def test_first_and_last_day_enclose_what_a_date_can_mean(known: PartialDate) -> None:
    first, last = known.first(), known.last()
    assert first <= last
    assert (last - first).days < 366
    assert (first == last) is bool(known.day)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2004-02-29", date(2022, 2, 28), (17, True)), ("2004-02-29", date(2022, 3, 1), (18, True)),
        ("2004-02-29", date(2024, 2, 29), (20, True)), ("2008-06-15", DAY, (18, True)),
        ("2008-06-16", DAY, (17, True)), ("2008-06-16~", DAY, (17, False)), ("2008-05", DAY, (18, True)),
        ("2008-06", DAY, (17, False)), ("2008-07", DAY, (17, True)), ("2008", DAY, (17, False)),
        ("2008~", DAY, (17, False)), ("2008", date(2026, 12, 31), (18, True)), ("2026-06-15", DAY, (0, True)),
        ("2026", DAY, (0, True)), ("2026-06", DAY, (0, True)),
    ],
)  # fmt: skip
def test_an_age_is_as_sure_as_the_date_of_birth(birth: str, day: date, age: tuple[int, bool]) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize("birth", ["", "unknown", "2026-06-16", "2026-07", "2027", "12.5.2019"])
def test_without_a_date_of_birth_in_the_past_there_is_no_age(birth: str) -> None:
    assert age_on(birth, DAY) is None


@settings(max_examples=200, deadline=None)
@given(known_dates(), some.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_nobody_is_shown_older_than_they_can_be(known: PartialDate, day: date) -> None:
    age = age_on(str(known), day)
    if age is None:
        assert known.first() > day
    else:
        years, sure = age
        assert 0 <= years <= (day - known.first()).days / 365
        assert sure is False or not known.estimated


@pytest.mark.parametrize(
    ("earlier", "days"), [("2026-06-15", 0), ("2026-06-14", 1), ("2026-06", 14), ("2026", None), ("", None)]
)
def test_days_are_counted_from_what_is_known_to_the_month(earlier: str, days: int | None) -> None:
    assert days_between(earlier, DAY) == days


HALVES = [
    (date(2025, 7, 1), date(2026, 1, 1)),
    (date(2026, 1, 1), date(2026, 7, 1)),
    (date(2026, 7, 1), date(2027, 1, 1)),
]


@pytest.mark.parametrize(("first", "end"), HALVES)
@settings(max_examples=300, deadline=None)
@given(known=known_dates(), near=some.integers(-400, 400), precision=some.integers(1, 3))
def test_a_border_is_decided_by_the_days_that_a_date_can_mean(
    first: date, end: date, known: PartialDate, near: int, precision: int
) -> None:
    day = first + timedelta(days=near)
    close = PartialDate(day.year, day.month if precision > 1 else 0, day.day if precision > 2 else 0, known.estimated)
    for one in (known, close):
        inside = {
            first <= each < end
            for each in (one.first() + timedelta(n) for n in range((one.last() - one.first()).days + 1))
        }
        assert within(str(one), first, end) is (inside.pop() if len(inside) == 1 else None)


@pytest.mark.parametrize("text", ["", "12.5.2026", "soon", "2026-00"])
def test_what_is_no_date_lies_in_no_period_and_is_no_end(text: str) -> None:
    assert within(text, *HALVES[0]) is None
    assert span_of(text) is None
    assert not is_future(text, DAY)
    assert (earliest(text), latest(text)) == ("", "")


@settings(max_examples=300, deadline=None)
@given(some.lists(known_dates().map(str) | some.sampled_from(["", "?"]), max_size=4), some.randoms())
def test_of_several_ends_the_earliest_counts_in_whatever_order(texts: list[str], chance: Random) -> None:
    ends = [span.last for text in texts if (span := span_of(text))]
    begins = [span.first for text in texts if (span := span_of(text))]
    found = (earliest(*texts), latest(*texts))
    assert ([span_of(text) is not None for text in found]) == [bool(ends)] * 2
    if ends:
        assert stored(found[0]).last() == min(ends)  # type: ignore[union-attr]
        assert stored(found[1]).first() == max(begins)  # type: ignore[union-attr]
    chance.shuffle(texts)
    assert [span_of(text) for text in found] == [span_of(text) for text in (earliest(*texts), latest(*texts))]


@pytest.mark.parametrize(
    ("texts", "first"),
    [(("2026", "2026-05-12"), "2026-05-12"), (("2026-06", "2026-06-16"), "2026-06-16"), (("2026", "2026-12-31"), "2026-12-31"),
     (("2027-01-01", "2026"), "2026"), (("", "2026"), "2026"), (("2026-12", "2026"), "2026-12")],
)  # fmt: skip
def test_of_two_ends_one_that_is_known_better_is_not_lost(texts: tuple[str, str], first: str) -> None:
    assert earliest(*texts) == earliest(*reversed(texts)) == first


@settings(max_examples=200, deadline=None)
@given(known_dates(), some.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_future_begins_where_no_day_can_be_today_or_before(known: PartialDate, day: date) -> None:
    assert is_future(str(known), day) is (known.first() > day)
