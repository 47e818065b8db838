"""The only module that asks the computer for the time; everything else is handed a clock."""

import time
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

DEFAULT_ZONE = "Europe/Belgrade"


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(timezone.utc)


class SteppingClock:
    """A clock for practice data and rehearsals: starts where it is told, moves a second at every look."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=1)) -> None:
        self._now = start
        self._step = step

    def now(self) -> datetime:
        """Return the time, aware, in UTC, one step after the last look."""
        self._now += self._step
        return self._now

    def set(self, moment: datetime) -> None:
        """Put the clock to a moment."""
        self._now = moment


def today_in(clock: Clock, zone: str) -> date:
    """Return the calendar day of an office: what Today, overdue and report borders mean."""
    return local_time(clock.now(), zone).date()


def local_time(moment: datetime, zone: str) -> datetime:
    """Return a moment as the clock on the office's wall shows it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return moment.astimezone(ZoneInfo(zone or DEFAULT_ZONE))
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(ZoneInfo(DEFAULT_ZONE))


def ticks() -> float:
    """Return seconds of a clock that never jumps, for durations."""
    return time.monotonic()


class ShiftedClock:
    """Another clock, moved by a fixed span: the window at a day that somebody names."""

    def __init__(self, clock: Clock, span: timedelta) -> None:
        self._clock = clock
        self._span = span

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return self._clock.now() + self._span
