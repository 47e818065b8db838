"""Calendar dates with a precision: what people know of a birth or an appointment, never a timestamp.

Written as in ISO 8601-2: ``2019-05-12``, ``2019-05``, ``2019``; ``~`` behind it marks an estimate.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

_STORED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~)?", re.ASCII)
_HOUR = re.compile(r"(?<!\d)(\d{1,2})(?:[:.h](\d{2}))?(?!\d)\s*h?\s*(am|a\.m|pm|p\.m)?", re.ASCII)
EARLIEST_YEAR, LATEST_YEAR = 1880, 2150


class When(Enum):
    """On which side of today the dates of a field lie: it decides years of two figures, and which dates are told as slips."""

    BIRTH = "birth"  # past, and as long ago as people live
    PAST = "past"  # something that was done or made
    COMING = "coming"  # something that is planned, awaited or runs out
    EITHER = "either"

    @property
    def is_past(self) -> bool:
        """Return whether a date after today must be a slip."""
        return self in (When.BIRTH, When.PAST)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a date can mean, both ends included. They decide at borders, never the letters of a stored date."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day (0 means: not known)."""

    year: int
    month: int = 0
    day: int = 0
    estimated: bool = False

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text + ("~" if self.estimated else "")

    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def stored(text: str) -> PartialDate | None:
    """Return the date written in its stored form; None for anything else."""
    match = _STORED.fullmatch(text)
    if not match:
        return None
    if "00" in match.group(2, 3):
        return None
    year, month, day = (int(part or 0) for part in match.group(1, 2, 3))
    return checked(year, month, day, bool(match.group(4)))


def span_of(text: str) -> Span | None:
    """Return the days that a stored date can mean; None for none. An estimate means the days that are written."""
    known = stored(text)
    return Span(known.first(), known.last()) if known else None


def within(text: str, first: date, end: date) -> bool | None:
    """Return whether a stored date lies from ``first`` to the day before ``end``.

    None where nobody can say: no date, or one of which some days lie in the period and some do not.
    """
    span = span_of(text)
    if span is None:
        return None
    if span.last < first or span.first >= end:
        return False
    return True if first <= span.first and span.last < end else None


def end_key(text: str) -> tuple[date, date]:
    """Return what sorts stored dates by their last day, of one last day the most precise first; what is none comes last."""
    span = span_of(text)
    return (span.last, date.max - (span.first - date.min)) if span else (date.max, date.max)


def start_key(text: str) -> date:
    """Return what sorts stored dates by their first day; what is none comes first."""
    span = span_of(text)
    return span.first if span else date.min


def earliest(*texts: str) -> str:
    """Return the stored date of which the last day comes first, as of several ends of one paper; empty for none."""
    return min((text for text in texts if span_of(text)), key=end_key, default="")


def latest(*texts: str) -> str:
    """Return the stored date of which the first day comes last: the one that is latest for sure; empty for none."""
    found = [(span, text) for text in texts if (span := span_of(text))]
    return max(found, key=lambda pair: (pair[0].first, date.max - pair[0].last), default=(None, ""))[1]


def is_future(text: str, today: date) -> bool:
    """Return whether every day that a stored date can mean lies after today; False for none."""
    span = span_of(text)
    return span is not None and span.first > today


def checked(year: int, month: int, day: int, estimated: bool) -> PartialDate | None:
    """Return the date of these figures (0 means: not known); None where the calendar has no such day."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or month > 12 or (day and not month):
        return None
    if day > (monthrange(year, month)[1] if month else 0):
        return None
    return PartialDate(year, month, day, estimated)


def age_on(birth: str, day: date) -> tuple[int, bool] | None:
    """Return (full years, known for sure) on ``day``; None when the birth date is unknown or later."""
    known = stored(birth)
    if known is None or known.first() > day:
        return None
    oldest = _years(known.first(), day)
    youngest = _years(min(known.last(), day), day)
    return youngest, oldest == youngest and not known.estimated


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def hour_of(text: str) -> str:
    """Return the hour in what a person typed (9:30, 9.30, 17h, 6 pm) as “09:30”; empty when there is none."""
    match = _HOUR.search(text.casefold())
    if not match:
        return ""
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    if match.group(3) and match.group(3).startswith("p") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def is_past(day: str, today: date) -> bool:
    """Return whether every day that a stored date can mean lies before today; False for none."""
    known = stored(day)
    return known is not None and known.last() < today


def months_after(day: str, months: int) -> str:
    """Return the stored day some months later, the last of the month where it has no such day or none is known."""
    known = stored(day)
    if known is None or not known.month:
        return ""
    number = known.year * 12 + known.month - 1 + months
    year, month = divmod(number, 12)
    return str(PartialDate(year, month + 1, min(known.last().day, monthrange(year, month + 1)[1])))


def days_between(earlier: str, later: date) -> int | None:
    """Return whole days from a stored date to a day; None when it is not known to the day or month."""
    known = stored(earlier)
    return None if known is None or not known.month else (later - known.first()).days
