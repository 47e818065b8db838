"""Counts by country of return for a period: parts, sum, what somebody stated, and what is left unallocated."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from avrr_desktop.domain.case import DEFAULT_DIRECTION
from avrr_desktop.domain.country import RETURN
from avrr_desktop.domain.dates import days_between, stored
from avrr_desktop.domain.pack import PublishedFigure
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One country: cases and persons in this store, and the published part (None: no figure was stated)."""

    country: str
    cases: int
    persons: int
    stated: int | None


@dataclass(frozen=True, slots=True)
class CountryTable:
    """The table of a period; totals are computed, never typed."""

    first: str
    end: str  # the first day after
    rows: tuple[CountryRow, ...]
    figure: PublishedFigure | None

    @property
    def cases(self) -> int:
        """The sum of the cases."""
        return sum(row.cases for row in self.rows)

    @property
    def persons(self) -> int:
        """The sum of the persons: another unit, never added to cases."""
        return sum(row.persons for row in self.rows)


@needs(Permission.READ)
def cases_by_country(
    workspace: Workspace, first: str, end: str, direction: str = DEFAULT_DIRECTION, programme: str = ""
) -> CountryTable:
    """Return cases opened from ``first`` to the day before ``end``; all six countries, also the empty ones.

    One direction of movement at a time: flows are never mixed. ``programme``: only its cases; empty for all.
    """
    counted = workspace.store.reader.country_counts(first, end, direction, programme)
    figure = next(
        (
            item
            for item in workspace.pack.figures
            if (item.period_from, item.period_until) == (first, end)
            and programme in ("", item.programme or programme)
            and direction == DEFAULT_DIRECTION
        ),
        None,
    )
    rows = [_row(country, counted, figure) for country in RETURN]
    rows += [_row(country, counted, figure) for country in sorted(set(counted) - set(RETURN))]
    return CountryTable(first, end, tuple(rows), figure)


def _row(country: str, counted: dict[str, tuple[int, int]], figure: PublishedFigure | None) -> CountryRow:
    cases, persons = counted.get(country, (0, 0))
    return CountryRow(country, cases, persons, figure.parts.get(country) if figure else None)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """How long one office lets people wait, in days; what is still open counts with its days until today."""

    office: str
    answered: int
    open: int
    middle: int  # the median
    longest: int


@needs(Permission.READ)
def waiting_by_office(workspace: Workspace) -> tuple[WaitingRow, ...]:
    """Return the waiting times of every office with at least one filed step, the slowest first."""
    today = workspace.today
    days: dict[str, list[int]] = {}
    still: dict[str, int] = {}
    for office, filed, done, waiting in workspace.store.reader.filed_steps():
        passed = days_between(filed, stored_day(done) or today)
        if passed is None or passed < 0 or len(filed) < 10 or 0 < len(done) < 10:
            continue  # a month is too coarse to count days
        days.setdefault(office, []).append(passed)
        still[office] = still.get(office, 0) + int(waiting)
    rows = [
        WaitingRow(office, len(found) - still[office], still[office], round(median(found)), max(found))
        for office, found in days.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.middle, row.office)))


def stored_day(text: str) -> date | None:
    """Return the day that a stored date means at the latest; None for none."""
    known = stored(text)
    return known.last() if known else None


def half_years(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the half-years (first day, first day after) that a report can be asked for, newest first."""
    today = workspace.today
    found = []
    for year in range(today.year, 2018, -1):
        found += [(f"{year}-07-01", f"{year + 1}-01-01"), (f"{year}-01-01", f"{year}-07-01")]
    return [period for period in found if period[0] <= today.isoformat()]
