"""How periods of help began and ended in some days: a family that is helped again is one case, and one more period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION
from avrr_desktop.domain.case.case_states import counts
from avrr_desktop.domain.case.figures import Period
from avrr_desktop.domain.people.dates import within


class Ended(NamedTuple):
    """One period of help that ended: when, why, how (empty where nobody wrote it down), and when the next one began."""

    closed_on: str
    reason: str
    outcome: str = ""
    reopened_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePeriods:
    """A case with the periods of help that it had. ``ended``: as they were kept, in their order; ``reopened_on``: the last time."""

    country: str
    direction: str
    programme: str
    status: str
    closure_reason: str
    opened_on: str
    closed_on: str = ""
    reopened_on: str = ""
    ended: tuple[Ended, ...] = ()

    def asked_for(self, period: Period) -> bool:
        """Return whether a table is about it: no double and no error, its flow and its programme."""
        return (
            counts(self.status, self.closure_reason)
            and (self.direction or DEFAULT_DIRECTION) == period.direction
            and period.programme in ("", self.programme)
        )

    def all_ended(self) -> tuple[Ended, ...]:
        """Return every period that ended, also the last one of a case that was closed by a version that kept none."""
        kept = self.closed_on and all(one.closed_on != self.closed_on or one.reopened_on for one in self.ended)
        return (*self.ended, Ended(self.closed_on, self.closure_reason)) if kept else self.ended

    def again_on(self) -> tuple[str, ...]:
        """Return the days on which the help began again."""
        kept = [one.reopened_on for one in self.ended if one.reopened_on]
        return tuple(kept or ([self.reopened_on] if self.reopened_on else []))


@dataclass(slots=True)
class Ends:
    """One country: cases opened, periods begun again, periods ended by outcome; what has no day for sure is in none of them."""

    opened: int = 0
    again: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def ended(self) -> int:
        """The periods that ended, however."""
        return sum(self.outcomes.values())


@dataclass(slots=True)
class EndsTable:
    """All countries, and the reasons of all periods that ended."""

    by_country: dict[str, Ends] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)


def ends_of_periods(cases: Iterable[CasePeriods], period: Period) -> EndsTable:
    """Count what began and what ended in some days."""

    def lies(day: str) -> bool:
        return within(day, period.first, period.end) is True

    table = EndsTable()
    for case in cases:
        if not case.asked_for(period):
            continue
        ends = table.by_country.setdefault(case.country, Ends())
        ends.opened += lies(case.opened_on)
        ends.again += sum(lies(day) for day in case.again_on())
        for one in case.all_ended():
            if lies(one.closed_on):
                ends.outcomes[one.outcome] += 1
                table.reasons[one.reason] += 1
    return table
