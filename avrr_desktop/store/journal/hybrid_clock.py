"""The hybrid clock of entries: milliseconds and a count, behind no entry that is here, and never years ahead of the day."""

import json
from contextlib import suppress
from datetime import datetime, timedelta, timezone

from avrr_desktop import BUILD_DATE
from avrr_desktop.store.engine.driver import Connection

MADE = datetime.fromisoformat(BUILD_DATE).replace(tzinfo=timezone.utc)
AHEAD = timedelta(days=400)  # no clock of an entry is followed further than this


def hybrid(moment: datetime) -> int:
    """Return the hybrid clock of a moment."""
    return int(moment.timestamp() * 1000) << 16


def ceiling(now: datetime) -> int:
    """Return the highest hybrid clock that counts at a moment; a computer whose battery is dead says 1970, and goes on in order."""
    return hybrid(max(now, MADE) + AHEAD)


def hybrid_length(span: timedelta) -> int:
    """Return how much of a hybrid clock a span of time is."""
    return int(span.total_seconds() * 1000) << 16


def clocks_ahead(connection: Connection, now: datetime) -> tuple[str, ...]:
    """Return the entries whose clock is far ahead of now and of every time that such an entry says: no computer’s clock that
    was wrong for a day explains it.
    """
    rows = connection.rows(
        "SELECT change_id, clock, envelope FROM journal WHERE clock > ? ORDER BY pk", (ceiling(now),)
    )
    times = [0]
    for _, _, envelope in rows:
        with suppress(ValueError, KeyError, TypeError, RecursionError, OverflowError):
            times.append(hybrid(datetime.fromisoformat(json.loads(envelope)["time"])))
    return tuple(str(name) for name, clock, _ in rows if clock > max(times) + hybrid_length(timedelta(days=2)))
