"""Dates as people write them: in figures or words, in every language of the program, with two figures of the year or none.

The day always comes first in figures. Where a year may be of two centuries, both readings are given, and somebody is asked.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile

from avrr_desktop.domain.people.dates import PartialDate, When, checked, stored

_BETWEEN = r"[./\- ]+"
_ORDINAL = r"(?:st|nd|rd|th|er|e)?"
_NAME = r"([^\W\d_]+)"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{2}}|\d{{4}})", re.ASCII)
_FIGURES = re.compile(r"(\d{2})(\d{2})(\d{2}|\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{4}})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})[./]+ ?(\d{1,2})", re.ASCII)
_WORDED = re.compile(rf"(?:([0-9]{{1,2}}){_ORDINAL}[.\- ]+)?{_NAME}[.,\- ]+([0-9]{{4}})")
_NAME_FIRST = re.compile(rf"{_NAME}[. ]+([0-9]{{1,2}}){_ORDINAL},? ([0-9]{{4}})")
_DAY_NAMED = re.compile(rf"([0-9]{{1,2}}){_ORDINAL}[. ]+{_NAME}")
_YEAR_WORD = re.compile(r"(?<=\d)\.? ?(?:г|год|годин[аеу]|g|god|godin[aeu])\.?$", re.IGNORECASE)
_LEAD = re.compile(r"(?:le|më|dana|дана|den|am|op|on) (?=\d)", re.IGNORECASE)
_BEFORE_WEEKDAY = re.compile(r"(?:e|te|u|vo|na|le|am|op|on|у|во|на) (?=\w)")
_IN_DAYS = re.compile(r"([+-]) ?(\d{1,3})", re.ASCII)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff"))
_ROMAN = frozenset("ivx")  # such a number has one form
_SHORTEST = 3  # letters of a month that is not written out

# Of years of two figures: the earliest that is meant, and from which to which nobody need be asked, counted from this year.
_YEARS = {
    When.BIRTH: (-99, -99, 0),
    When.PAST: (-99, -50, 0),
    When.COMING: (-20, -20, 20),
    When.EITHER: (-49, -20, 20),
}
# Written in the region beside what CLDR names: Roman numerals on older papers, the months of Croatian speakers, plain spellings.
MORE_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate((
        "i siječanj siječnja", "ii veljača veljače", "iii ožujak ožujka maerz", "iv travanj travnja", "v svibanj svibnja",
        "vi lipanj lipnja", "vii srpanj srpnja", "viii kolovoz аугуст", "ix rujan rujna", "x listopad", "xi studeni studenog",
        "xii prosinac prosinca",
    ), 1)
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Names and abbreviations as ``folded`` gives them: months by 1 to 12, weekdays (some mean two) by 0 for Monday to 6.

    ``days``: words for days by their distance from today (t, today: 0). ``coming`` and ``gone``: what stands beside a weekday
    that is the next one, or was the last one.
    """

    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, frozenset[int]] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    coming: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def folded(name: str) -> str:
    """Return a name in small letters without accents, for people who type without them."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(sign))


def typed(text: str, months: Mapping[str, int] | None = None, this_year: int = 2026) -> PartialDate | None:
    """Return the birth date that a person typed; a year of two figures is the latest past one. None for none."""
    found = readings(text, date(this_year, 12, 31), When.BIRTH, Names(months or {}))
    return found[0] if found else None


def readings(text: str, today: date, when: When, names: Names) -> tuple[PartialDate, ...]:
    """Return what a text can mean in a field whose dates lie on a side of today, the likeliest first; empty for no date.

    Read are 12.5.19, 12/05/2019, 120519, 12052019, 30.11., 5.2019, 1998. г., May 1998, 3. maja 1998, 1998~, ISO, and +14 for days from today.
    Beside a birth also today, Mon and next Mon: see ``_named_day``.
    Two readings: nobody can say which of two centuries is meant.
    """
    text = " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())
    estimated = text.startswith("~") or text.endswith("~")
    text = _LEAD.sub("", _YEAR_WORD.sub("", text.strip("~ "))).rstrip(". ")
    if (match := _IN_DAYS.fullmatch(text)) and when is not When.BIRTH:
        far = today + timedelta(days=int(match.group(1) + match.group(2)))
        return (PartialDate(far.year, far.month, far.day),)
    if when is not When.BIRTH and (named := _named_day(text, today, when, names)):
        return (PartialDate(named.year, named.month, named.day),)
    found = _read(text, today, when, names) or _after_weekday(text, today, when, names)
    return tuple(PartialDate(one.year, one.month, one.day, estimated or one.estimated) for one in found)


def _read(text: str, today: date, when: When, names: Names) -> tuple[PartialDate, ...]:
    if iso := stored(text):
        return (iso,)
    found: Iterator[PartialDate | None] = iter(())
    if match := _DAY_FIRST.fullmatch(text) or _FIGURES.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        years = _centuries(year, today, when) if len(match.group(3)) == 2 else (year,)
        found = (checked(one, month, day, False) for one in years)
    elif match := _MONTH_YEAR.fullmatch(text):
        found = iter((checked(int(match.group(2)), int(match.group(1)), 0, False),))
    elif match := _WORDED.fullmatch(text):
        found = iter((_worded(match.group(1), match.group(2), match.group(3), names),))
    elif match := _NAME_FIRST.fullmatch(text):
        found = iter((_worded(match.group(2), match.group(1), match.group(3), names),))
    elif match := _DAY_MONTH.fullmatch(text):
        found = iter((_nearest(int(match.group(1)), int(match.group(2)), today, when),))
    elif match := _DAY_NAMED.fullmatch(text):
        found = iter((_nearest(int(match.group(1)), month_of(match.group(2), names), today, when),))
    return tuple(one for one in found if one)


def _named_day(text: str, today: date, when: When, names: Names) -> date | None:
    """Return the day that a word for it means: today, or a weekday, alone the next one, in a field of the past the last one.

    Today's own weekday is the one in a week, or a week ago: for today there are shorter words.
    """
    words = folded(text).replace(",", " ").split() if any(map(str.isalpha, text)) else []
    if (days := names.days.get(" ".join(words))) is not None:
        return today + timedelta(days=days)
    back = when is When.PAST
    for beside, is_back in ((names.coming, False), (names.gone, True)):
        if len(words) > 1 and not beside.isdisjoint((words[0], words[-1])):
            words, back = [word for word in words if word not in beside], is_back
    weekday = weekday_of(" ".join(words), names)
    if weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7 or 7
    return today + timedelta(days=-((today.weekday() - weekday) % 7 or 7) if back else ahead)


def weekday_of(name: str, names: Names) -> int | None:
    """Return the weekday of a name, 0 for Monday, also in another case of grammar or shortened; None for none, and for one of two."""
    name = _BEFORE_WEEKDAY.sub("", folded(name).rstrip("."))
    known = {_BEFORE_WEEKDAY.sub("", one): days for one, days in names.weekdays.items()}
    found = known.get(name) or frozenset[int]()
    if not found and name not in names.months:
        found = frozenset[int]().union(*(days for one, days in known.items() if _is_weekday(name, one)))
    return next(iter(found)) if len(found) == 1 else None


def _is_weekday(name: str, known: str) -> bool:
    """Return whether a name begins a weekday, or differs from it at its end alone: sredu, hënën."""
    if min(len(name), len(known)) < _SHORTEST:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, known, strict=False)))
    return same == len(name) or (same >= max(_SHORTEST + 1, len(known) - 1) and len(name) <= len(known) + 2)


def _after_weekday(text: str, today: date, when: When, names: Names) -> tuple[PartialDate, ...]:
    """Return what stands behind the name of a weekday, if it is a day and falls on that one."""
    words = text.split()
    for count in (1, 2):
        days = names.weekdays.get(folded(" ".join(words[:count]).rstrip(",.")), frozenset())
        found = _read(" ".join(words[count:]), today, when, names) if days else ()
        if found and all(one.day and one.first().weekday() in days for one in found):
            return found
    return ()


def _centuries(two: int, today: date, when: When) -> tuple[int, ...]:
    """Return the year that two figures mean on a side of today; both where it is so far away that it may be the other."""
    first, sure_from, sure_until = _YEARS[when]
    lowest = today.year + first
    year = lowest + (two - lowest) % 100
    if sure_from <= year - today.year <= sure_until:
        return (year,)
    return (year, year + 100 if year < today.year else year - 100)


def _worded(day: str | None, name: str, year: str, names: Names) -> PartialDate | None:
    month = month_of(name, names)
    return checked(int(year), month, int(day or 0), False) if month else None


def month_of(name: str, names: Names) -> int:
    """Return the month of a name, also in another case of grammar or shortened; 0 for none, and for one of two."""
    name = folded(name)
    if name in names.months:
        return names.months[name]
    near = {
        number
        for known, number in names.months.items()
        if min(len(known), len(name)) >= _SHORTEST
        and set(known) - _ROMAN
        and (known.startswith(name) or name.startswith(known))
    }
    return near.pop() if len(near) == 1 else 0


def _nearest(day: int, month: int, today: date, when: When) -> PartialDate | None:
    """Return the nearest such day on the side of today on which it lies; None for births, which have their year."""
    years = range(today.year - 8, today.year + 9)  # 29 February is at most eight years away
    found = [one for year in years if month and day and (one := checked(year, month, day, False))]
    if when is When.COMING:
        return next((one for one in found if one.first() >= today), None)
    if when is When.PAST:
        return next((one for one in reversed(found) if one.first() <= today), None)
    near = min(found, key=lambda one: abs((one.first() - today).days), default=None)
    return near if when is When.EITHER else None
