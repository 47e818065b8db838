"""What a case counts for in a period: one rule for the tables, for what stood earlier, and for what cannot be placed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION
from avrr_desktop.domain.case.case_states import counts
from avrr_desktop.domain.people.dates import span_of, within


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, half-open, of one direction of movement: flows are never mixed. ``programme`` empty: all."""

    first: date
    end: date  # the first day after
    direction: str = DEFAULT_DIRECTION
    programme: str = ""

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What of a case decides whether and where it counts, as it stands or as it stood. ``stays``: joined and left, a member each."""

    uid: str
    number: str
    opened_on: str
    country: str
    direction: str
    programme: str
    status: str
    closure_reason: str
    withdrawn: bool
    stays: tuple[tuple[str, str], ...]
    place: str = ""  # the municipality of return by its identifier; empty where nobody can say
    place_text: str = ""  # as it was typed

    def asked_for(self, period: Period) -> bool:
        """Return whether it belongs to what a table is about: not withdrawn, no double, no error, its flow and programme."""
        return (
            not self.withdrawn
            and counts(self.status, self.closure_reason)
            and (self.direction or DEFAULT_DIRECTION) == period.direction
            and period.programme in ("", self.programme)
        )

    def persons(self, end: date) -> int:
        """Return how many belong to it when a period ends. Who may have come or left by then, and may not, belongs to it."""
        return sum(1 for joined, left in self.stays if is_there(joined, left, end))


def is_there(joined: str, left: str, end: date) -> bool:
    """Return whether a member belongs to a case on the last day before ``end``: by the days that are known for sure."""
    came, went = span_of(joined), span_of(left)
    return not (came is not None and came.first >= end) and not (went is not None and went.last < end)


_COUNTED = 2  # country and persons: a municipality that was corrected changes no figure of a country


class Counted(NamedTuple):
    """For what one case counts."""

    country: str
    persons: int
    place: str = ""
    place_text: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases and persons by country, and the cases of which nobody can say whether they lie in the period."""

    by_country: Mapping[str, tuple[int, int]]
    unplaced: int
    of_case: Mapping[str, "Counted | None"] = field(repr=False)  # None: not placed
    numbers: Mapping[str, str] = field(repr=False)

    def by_place(self) -> Mapping[tuple[str, str, str], tuple[int, int]]:
        """Return cases and persons by (country, municipality, text): of one that has no identifier by what was typed."""
        found: dict[tuple[str, str, str], tuple[int, int]] = {}
        for one in filter(None, self.of_case.values()):
            key = (one.country, one.place, "" if one.place else one.place_text)
            cases, persons = found.get(key, (0, 0))
            found[key] = (cases + 1, persons + one.persons)
        return found

    @property
    def cases(self) -> int:
        """The sum of the cases."""
        return sum(cases for cases, _ in self.by_country.values())

    @property
    def persons(self) -> int:
        """The sum of the persons: another unit, never added to cases."""
        return sum(persons for _, persons in self.by_country.values())

    def differs_in(self, other: "Tally") -> tuple[str, ...]:
        """Return the cases that count for something else in another tally, or in one of both alone."""
        nowhere = Counted("", -1)
        both = {**self.of_case, **other.of_case}
        pairs = ((uid, self.of_case.get(uid, nowhere), other.of_case.get(uid, nowhere)) for uid in both)
        return tuple(uid for uid, one, two in pairs if (one and one[:_COUNTED]) != (two and two[:_COUNTED]))


def tally(cases: Iterable[CaseFacts], period: Period) -> Tally:
    """Count the cases of a period by country of return.

    A case of which only a year or month is known counts where all of it lies in the period. Where some of its days do and
    some do not, and without any day, it is one that cannot be placed: it is in no sum.
    """
    by_country: dict[str, tuple[int, int]] = {}
    of_case: dict[str, Counted | None] = {}
    numbers: dict[str, str] = {}
    for case in cases:
        placed = within(case.opened_on, period.first, period.end)
        if placed is False or not case.asked_for(period):
            continue
        numbers[case.uid] = case.number
        of_case[case.uid] = None
        if placed:
            persons = case.persons(period.end)
            of_case[case.uid] = Counted(case.country, persons, place=case.place, place_text=case.place_text)
            before = by_country.get(case.country, (0, 0))
            by_country[case.country] = (before[0] + 1, before[1] + persons)
    return Tally(by_country, sum(1 for found in of_case.values() if found is None), of_case, numbers)
