"""Counts by country of return for a period: parts, sum, what somebody stated, and what is left unallocated."""

from dataclasses import dataclass

from avrr_desktop.domain.country import RETURN
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
def cases_by_country(workspace: Workspace, first: str, end: str) -> CountryTable:
    """Return cases opened from ``first`` to the day before ``end``; all six countries, also the empty ones."""
    counted = workspace.store.reader.country_counts(first, end)
    figure = next(
        (item for item in workspace.pack.figures if (item.period_from, item.period_until) == (first, end)), None
    )
    rows = [_row(country, counted, figure) for country in RETURN]
    rows += [_row(country, counted, figure) for country in sorted(set(counted) - set(RETURN))]
    return CountryTable(first, end, tuple(rows), figure)


def _row(country: str, counted: dict[str, tuple[int, int]], figure: PublishedFigure | None) -> CountryRow:
    cases, persons = counted.get(country, (0, 0))
    return CountryRow(country, cases, persons, figure.parts.get(country) if figure else None)


def half_years(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the half-years (first day, first day after) that a report can be asked for, newest first."""
    today = workspace.today
    found = []
    for year in range(today.year, 2018, -1):
        found += [(f"{year}-07-01", f"{year + 1}-01-01"), (f"{year}-01-01", f"{year}-07-01")]
    return [period for period in found if period[0] <= today.isoformat()]
