"""Counts by country of return for a period: parts, sum, what somebody stated, and what is left unallocated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION
from avrr_desktop.domain.case.figures import Period, Tally, tally
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.people.dates import days_between, stored
from avrr_desktop.domain.procedure.pack import PublishedFigure
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import counting


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One country: cases and persons in this store."""

    country: str
    cases: int
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One municipality of return: what it is called here, or what was typed where nobody can say which one it is."""

    country: str
    place: str
    name: str
    cases: int
    persons: int


@dataclass(frozen=True, slots=True)
class Since:
    """What is different now from what stood on the reporting day."""

    cases: int  # the sums of today
    persons: int
    unplaced: int
    changed: tuple[str, ...]  # numbers of the cases that were corrected, entered or taken away since


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryTable:
    """The table of a period; totals are computed, never typed, and figures of different units are never added."""

    first: str
    end: str  # the first day after
    rows: tuple[CountryRow, ...]
    places: tuple[PlaceRow, ...] = ()  # the same cases by municipality of return
    unplaced: int = 0  # cases of which the day of opening is not known well enough: in no row
    figures: tuple[PublishedFigure, ...] = ()  # stated elsewhere for these very days
    known_on: str = ""  # the day whose knowledge is shown; empty: as it stands now
    since: Since | None = None  # None: nothing is different now, or now is what is shown

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
    workspace: Workspace, first: str, end: str, direction: str = DEFAULT_DIRECTION, programme: str = "",
    known_on: date | None = None,
) -> CountryTable:  # fmt: skip
    """Return cases opened from ``first`` to the day before ``end``; all six countries, also the empty ones.

    One direction of movement at a time: flows are never mixed. ``programme``: only its cases; empty for all.
    ``known_on``: what was recorded until the end of that day; left out, it is the reporting day of the period, and before
    that day comes, today. See docs/decisions/0023.
    """
    period = Period(date.fromisoformat(first), date.fromisoformat(end), direction, programme)
    day, connection = known_on or reporting_day(workspace, end), workspace.store.connection
    now = tally(counting.cases_now(connection, period), period)
    past = day < workspace.today
    shown = tally(counting.cases_then(connection, period, day), period) if past else now
    countries = [*RETURN, *sorted(set(shown.by_country) - set(RETURN))]
    return CountryTable(
        first=first, end=end, rows=tuple(CountryRow(code, *shown.by_country.get(code, (0, 0))) for code in countries), unplaced=shown.unplaced, places=_places(workspace, shown, countries),
        figures=_stated(workspace, period), known_on=day.isoformat() if past else "", since=_since(now, shown) if past else None,
    )  # fmt: skip


def _places(workspace: Workspace, shown: Tally, countries: Sequence[str]) -> tuple[PlaceRow, ...]:
    """Return the municipalities of a tally, each once however it was typed, by country and name."""
    places, words = workspace.pack.places, workspace.words
    rows = []
    for (country, uid, text), (cases, persons) in shown.by_place().items():
        place = places.get(uid) if uid else None
        name = place.name(words.language) if place else text
        rows.append(PlaceRow(country=country, place=uid, name=name, cases=cases, persons=persons))
    return tuple(sorted(rows, key=lambda row: (countries.index(row.country), not row.name, words.place(row.name))))


def _stated(workspace: Workspace, period: Period) -> tuple[PublishedFigure, ...]:
    if period.direction != DEFAULT_DIRECTION:
        return ()
    borders = (period.first.isoformat(), period.end.isoformat())
    return tuple(
        one for one in stated_figures(workspace, period.programme) if (one.period_from, one.period_until) == borders
    )


def _since(now: Tally, shown: Tally) -> Since | None:
    changed = now.differs_in(shown)
    numbers = sorted({**shown.numbers, **now.numbers}[uid] for uid in changed)
    return Since(now.cases, now.persons, now.unplaced, tuple(numbers)) if changed else None


@needs(Permission.READ)
def reporting_day(workspace: Workspace, end: str) -> date:
    """Return the day at whose end the figures of a period are settled: what is recorded later is told as a difference.

    ``end``: the first day after the period. An office that began with the program later has the same time for what lies
    before its beginning.
    """
    founded = counting.founded_on(workspace.store.connection) or workspace.today
    grace = timedelta(days=workspace.pack.setting("report_grace_days"))
    return max(date.fromisoformat(end), founded) + grace


@needs(Permission.READ)
def stated_figures(workspace: Workspace, programme: str = "") -> tuple[PublishedFigure, ...]:
    """Return what was stated elsewhere, the newest period first; ``programme``: only of its cases."""
    found = (one for one in workspace.pack.figures if programme in ("", one.programme))
    return tuple(sorted(found, key=lambda one: (one.period_until, one.period_from), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
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
        WaitingRow(
            office=office,
            answered=len(found) - still[office],
            open=still[office],
            middle=round(median(found)),
            longest=max(found),
        )
        for office, found in days.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.middle, row.office)))


def stored_day(text: str) -> date | None:
    """Return the day that a stored date means at the latest; None for none."""
    known = stored(text)
    return known.last() if known else None


def periods(workspace: Session) -> list[tuple[str, str]]:
    """Return the half-years and years (first day, first day after) that a report can be asked for, newest first."""
    today = workspace.today
    found = []
    for year in range(today.year, 2018, -1):
        whole = (f"{year}-01-01", f"{year + 1}-01-01")
        found += [(f"{year}-07-01", whole[1]), (whole[0], f"{year}-07-01"), whole]
    return [period for period in found if period[0] <= today.isoformat()]
