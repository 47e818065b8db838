"""What people write is read in every language, and what the program writes comes back as the same date."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.people.dates import PartialDate, When, stored
from avrr_desktop.domain.people.typed_dates import folded
from avrr_desktop.language import Language
from avrr_desktop.locations import resources
from tests.domain.test_dates import known_dates

FORMATS = json.loads((resources() / "locale" / "formats.json").read_text(encoding="utf-8"))
LANGUAGES = sorted({*FORMATS} - {"qps"})  # people write dates in languages
TODAY = date(2026, 11, 30)
DAYS = some.dates(date(1880, 1, 1), date(2150, 12, 31))


def read(language: str, text: str, when: When = When.EITHER, today: date = TODAY) -> list[str]:
    return [str(one) for one in Language(language).readings(text, today, when)]


def patterned(language: str, name: str, day: date) -> str:
    """Return a day in one of CLDR's patterns, whether the program writes it so today or not."""
    form = FORMATS[language]
    months = form["months_alone" if name.startswith("month") else "months"]
    return str(form[name]).format(
        d=day.day, dd=f"{day.day:02d}", M=day.month, MM=f"{day.month:02d}", MMM=form["months_short"][day.month - 1],
        MMMM=months[day.month - 1], y=day.year,
    )  # fmt: skip


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25, deadline=None)
@given(known=known_dates())
def test_what_the_program_writes_comes_back_as_the_same_date(language: str, when: When, known: PartialDate) -> None:
    words = Language(language)
    written = {words.partial_date(str(known))}
    if known.day and not known.estimated:
        written |= {words.day(known.first()), words.long_day(known.first())}
    for text in written:
        assert read(language, text, when) == [str(known)], text
        assert read(language, f" {text} ".replace(" ", "\u00a0"), when) == [str(known)], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["day", "day_short", "month", "month_short"])
@settings(max_examples=25, deadline=None)
@given(day=DAYS)
def test_every_pattern_of_every_language_is_read(language: str, name: str, day: date) -> None:
    meant = day.isoformat() if name.startswith("day") else day.isoformat()[:7]
    text = patterned(language, name, day)
    for reader in (language, "en", "sr-Cyrl", "sq"):
        for typed in (text, text.upper(), folded(text), f"~ {text}", f"{text} ~"):
            assert read(reader, typed) == [meant + ("~" if "~" in typed else "")], typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_month_is_read_in_full_shortened_and_with_the_year_alone(language: str) -> None:
    for key in ("months", "months_alone", "months_short"):
        for number, name in enumerate(FORMATS[language][key], 1):
            assert read(language, f"7. {name} 2019.") == [f"2019-{number:02d}-07"]
            assert read(language, f"{name} 2019") == [f"2019-{number:02d}"]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(day=DAYS)
def test_a_weekday_that_does_not_fit_is_a_slip(language: str, day: date) -> None:
    words = Language(language)
    other = words.long_day(day + timedelta(days=1)).split(",")[0]
    assert read(language, f"{other}, {words.day(day)}") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1998.", "1998"), ("1998. г.", "1998"), ("1998 г.", "1998"), ("1998 god.", "1998"), ("1998. godine", "1998"),
        ("1998.година", "1998"), ("3.5.2026 г.", "2026-05-03"), ("3. 5. 2026. god.", "2026-05-03"),
        ("3. maj 2026. god.", "2026-05-03"), ("3. maja 2026", "2026-05-03"), ("3. маја 2026. године", "2026-05-03"),
        ("3 мај 2026\u202fг.", "2026-05-03"), ("3.\u00a0мај\u00a02026.", "2026-05-03"), ("5/2026", "2026-05"), ("5. 2026.", "2026-05"),
        ("мај 2026\u202fг.", "2026-05"), ("januara 1998", "1998-01"), ("22. avgusta 2001.", "2001-08-22"), ("5. juna 2001", "2001-06-05"),
        ("5. jula 2001", "2001-07-05"), ("12 shtatorit 1990", "1990-09-12"), ("3 nentor 2026", "2026-11-03"), ("më 3 maj 2026", "2026-05-03"),
        ("le 1er août 2020", "2020-08-01"), ("1 aout 2020", "2020-08-01"), ("15 juin 2020", "2020-06-15"), ("15 juil. 2020", "2020-07-15"),
        ("den 3. März 2020", "2020-03-03"), ("3. Maerz 2020", "2020-03-03"), ("3 mrt 2020", "2020-03-03"), ("May 3rd, 2026", "2026-05-03"),
        ("12.V.1974", "1974-05-12"), ("12. XII 1974.", "1974-12-12"), ("22. kolovoza 2020", "2020-08-22"), ("2. lipnja 2020.", "2020-06-02"),
        ("Ponedjeljak, 4. maj 2026.", "2026-05-04"), ("пон 4.5.2026", "2026-05-04"), ("e hënë, 4 maj 2026", "2026-05-04"),
        ("12.5.2019.", "2019-05-12"), ("12-05-2019", "2019-05-12"), ("12 5 2019", "2019-05-12"), ("~1955. god.", "1955~"),
        ("\u200e3.5.2026\u200f", "2026-05-03"), ("2026-05-03.", "2026-05-03"),
    ],
)  # fmt: skip
def test_what_people_write_is_read_whatever_the_language_of_the_window(text: str, meant: str) -> None:
    for language in LANGUAGES:
        assert read(language, text) == [meant], language
        assert str(Language(language).typed_date(text, 2026)) == meant, language


@pytest.mark.parametrize(
    "text",
    ["jui 2020", "ma 2020", "3. thermidor 2020", "31. april 2020", "32.1.2020", "2020.5.3", "г.", "god. 1998 god.", "maj 98", "5.13.2020",
     "29.2.2027", "1998 2", "XIII 1998", "uto, 4.5.2026", "monday monday", "next", "next 4.5.2026", "last year", "mon 2026", "mart", "tomorrow 4", "12/13", "--14", "+1000"],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert [when for when in When if read("sr-Latn", text, when) != []] == []


@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2026, 1, 1), date(2027, 12, 31), date(2030, 6, 1)])
def test_a_year_of_two_figures_goes_where_the_field_looks_or_is_asked_about(today: date) -> None:
    for two in range(100):
        goes_where_the_field_looks_or_is_asked_about(today, two)


def goes_where_the_field_looks_or_is_asked_about(today: date, two: int) -> None:
    def years(when: When) -> list[int]:
        found = [int(text[:4]) for text in read("en", f"5.1.{two:02d}", when, today)]
        assert len(found) in (1, 2)
        assert {year % 100 for year in found} == {two}
        assert len(found) == 1 or abs(found[0] - found[1]) == 100
        return found

    assert len(years(When.BIRTH)) == 1
    assert today.year - 99 <= years(When.BIRTH)[0] <= today.year
    assert years(When.PAST)[0] == years(When.BIRTH)[0]
    assert len(years(When.PAST)) == (1 if years(When.PAST)[0] >= today.year - 50 else 2)
    coming = years(When.COMING)
    assert len(coming) == (1 if abs(coming[0] - today.year) <= 20 else 2)
    assert today.year - 20 <= coming[0] <= today.year + 79
    either = years(When.EITHER)
    assert abs(either[0] - today.year) <= 50
    assert len(either) == (1 if abs(either[0] - today.year) <= 20 else 2)


@pytest.mark.parametrize(
    ("text", "coming", "past"),
    [
        ("30.11.", "2026-11-30", "2026-11-30"), ("29.11.", "2027-11-29", "2026-11-29"), ("1.12", "2026-12-01", "2025-12-01"),
        ("5. januar", "2027-01-05", "2026-01-05"), ("5/1", "2027-01-05", "2026-01-05"), ("29.2.", "2028-02-29", "2024-02-29"),
        ("31. dhjetor", "2026-12-31", "2025-12-31"),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_the_nearest_on_the_side_where_the_field_looks(
    text: str, coming: str, past: str
) -> None:
    assert read("en", text, When.COMING) == [coming]
    assert read("en", text, When.PAST) == [past]
    assert read("en", text, When.EITHER)[0] in (coming, past)
    assert read("en", text, When.BIRTH) == [], "nobody is born without a year"


@pytest.mark.parametrize(
    ("text", "meant"), [("t", "2026-11-30"), ("Today", "2026-11-30"), ("+14", "2026-12-14"), ("- 30", "2026-10-31")]
)
def test_days_are_counted_from_today(text: str, meant: str) -> None:
    assert read("en", text, When.COMING) == read("en", text, When.PAST) == [meant]
    assert read("en", text, When.BIRTH) == []


@pytest.mark.parametrize(
    ("text", "coming", "past"),
    [
        ("Tue", "2026-12-01", "2026-11-24"), ("Mon", "2026-12-07", "2026-11-23"), ("monday", "2026-12-07", "2026-11-23"),
        ("next Mon", "2026-12-07", "2026-12-07"), ("Next Friday", "2026-12-04", "2026-12-04"), ("last fri", "2026-11-27", "2026-11-27"),
        ("e hënë", "2026-12-07", "2026-11-23"), ("hënën", "2026-12-07", "2026-11-23"), ("të martën", "2026-12-01", "2026-11-24"),
        ("u sredu", "2026-12-02", "2026-11-25"), ("nedjelju", "2026-12-06", "2026-11-29"), ("у суботу", "2026-12-05", "2026-11-28"),
        ("во петок", "2026-12-04", "2026-11-27"), ("mercredi", "2026-12-02", "2026-11-25"), ("am Donnerstag", "2026-12-03", "2026-11-26"),
        ("do", "2026-12-03", "2026-11-26"), ("сре.", "2026-12-02", "2026-11-25"), ("tomorrow", "2026-12-01", "2026-12-01"),
        ("Yesterday", "2026-11-29", "2026-11-29"),
    ],
)  # fmt: skip
def test_a_weekday_is_the_nearest_one_on_the_side_where_the_field_looks(text: str, coming: str, past: str) -> None:
    for language in LANGUAGES:
        assert read(language, text, When.COMING) == read(language, text) == [coming], language
        assert read(language, text, When.PAST) == [past], language
        assert read(language, text, When.BIRTH) == [], "nobody is born on a weekday alone"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["weekdays", "weekdays_short"])
@given(today=some.dates(date(2020, 1, 1), date(2040, 1, 1)))
@settings(max_examples=20, deadline=None)
def test_every_name_of_a_weekday_is_read_and_today_is_never_meant(language: str, key: str, today: date) -> None:
    for number, name in enumerate(FORMATS[language][key]):
        (coming,), (past,) = read(language, name, When.COMING, today), read(language, name.upper(), When.PAST, today)
        assert date.fromisoformat(coming).weekday() == date.fromisoformat(past).weekday() == number
        assert 1 <= (date.fromisoformat(coming) - today).days <= 7
        assert 1 <= (today - date.fromisoformat(past)).days <= 7


@pytest.mark.parametrize("when", When)
@given(day=some.dates(TODAY - timedelta(days=40 * 365), TODAY))
def test_six_and_eight_figures_are_a_day(when: When, day: date) -> None:
    for figures in (day.strftime("%d%m%y"), day.strftime("%d%m%Y")):
        assert str(day) in read("en", figures, when)
    assert read("en", day.strftime("%d%m%Y"), when) == [str(day)]


@pytest.mark.parametrize("text", ["320184", "141384", "1405198", "14058", "310226"])
def test_figures_that_are_no_day_are_no_date(text: str) -> None:
    assert read("en", text, When.BIRTH) == []


@settings(max_examples=300, deadline=None)
@given(text=some.text("0123456789.-/~+ majг", max_size=14), when=some.sampled_from(When))
def test_nothing_typed_is_an_error_and_what_is_understood_can_be_stored(text: str, when: When) -> None:
    for one in Language("mk").readings(text, TODAY, when):
        assert stored(str(one)) == one
