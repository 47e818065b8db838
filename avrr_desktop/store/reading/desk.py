"""Reads the desk of Today: which line of the agenda stands in which group, how many there are, and any page of a group.

Counts and pages are made from one declaration (``_PLACES``), so that a number and the list behind it never differ. A page is
read where it begins in the order of the agenda, so that thousands of lines cost no more than those that are seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from json import dumps

from avrr_desktop.domain.case.case_file import AgendaItem, CaseLine
from avrr_desktop.domain.consent.referral_states import ReferralState
from avrr_desktop.domain.procedure.step_states import OVER
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.store.engine.driver import Connection, Row
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from avrr_desktop.store.reading.agenda_keys import LETTERS, date_of
from avrr_desktop.store.reading.cases import Reader, last_day, listed

ALARM, DECISION, TODAY, WEEK, SOON, START, WAITING, QUIET = (
    "alarm", "decision", "today", "week", "soon", "start", "waiting", "quiet",
)  # fmt: skip
LATE = ("late_week", "late_month", "late_quarter", "late_older")
GROUPS = (ALARM, DECISION, *LATE, TODAY, WEEK, SOON, START, WAITING, QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOf:
    """Whose desk, and on which day. ``mine``: only cases of the officer, those of nobody, and steps to which they go along."""

    today: date
    officer: str
    mine: bool
    approves: bool  # closings that others asked for are theirs to decide
    papers_ahead: int  # days before its end from which on a paper is told of
    quiet_after: int  # days without an entry


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One thing of the desk with the case that it belongs to."""

    item: AgendaItem
    case: CaseLine
    record: Record | None
    person: Record | None


def _first_day(column: str) -> str:
    """Return the SQL for the first day that a stored date in a column can mean."""
    known = f"rtrim({column}, '~')"
    return f"(CASE length({known}) WHEN 4 THEN {known} || '-01-01' WHEN 7 THEN {known} || '-01' ELSE {known} END)"


# When somebody did something for a family last: of a case in which a day to come stands, the last one until today.
_TOUCHES = " UNION ALL ".join(
    f"SELECT {column} AS d FROM {table} WHERE {key} = a.case_pk AND removed = 0"
    for table, key, columns in (
        ("cases", "pk", ("opened_on",)), ("notes", "case_pk", ('"on"',)), ("contacts", "case_pk", ('"on"',)),
        ("steps", "case_pk", ("done_on", "filed_on")), ("follow_ups", "case_pk", ("done_on",)),
        ("referrals", "case_pk", ("sent_on",)),
    )
    for column in columns
)  # fmt: skip
_TOUCHED = (
    f"(SELECT {_first_day('d')} || ' ' || d FROM ({_TOUCHES}) WHERE d <> '' AND {_first_day('d')} <= :today "
    f"ORDER BY {_first_day('d')} DESC, {last_day('d')} LIMIT 1)"
)
_COLUMNS = "on_date, case_pk, record, kind, record_type, person"
_AGENDA = f"SELECT {_COLUMNS} FROM agenda a WHERE"
_SLIPS = (
    f"SELECT :quiet || coalesce({_TOUCHED}, substr(on_date, 2)) AS on_date, case_pk, record, kind, record_type, person "
    "FROM agenda a WHERE on_date >= :quiet || :tomorrow AND on_date < :after_quiet"
)


def _between(since: str, until: str, letter: str = "dated") -> str:
    """Return the statement for what lies from one named day to the one before another; an empty name: from the first one."""
    begins = f":{letter} || :{since}" if since else f":{letter}"
    return f"{_AGENDA} on_date >= {begins} AND on_date < :{letter} || :{until} {{mine}}"


def _late(since: str, until: str) -> tuple[str, ...]:
    return _between(since, until), _between(since, until, "awaited")


def _all_of(letter: str, since: str = "") -> str:
    """Return the statement for everything of a letter, or what of it lies on a named day or after it."""
    begins = f":{letter} || :{since}" if since else f":{letter}"
    return f"{_AGENDA} on_date >= {begins} AND on_date < :after_{letter}"


# Where each group's lines lie in the agenda; ``{mine}``: what lets only an officer's own ones through.
_ASKED = "kind IN ('closing_asked', 'override_asked')"
_DECIDES = "(:approves AND person <> :officer)"
_PLACES: dict[str, tuple[str, ...]] = {
    DECISION: (f"{_all_of('closing')} AND {_ASKED} AND {_DECIDES}",),
    "late_week": _late("week_ago", "today"),
    "late_month": _late("month_ago", "week_ago"),
    "late_quarter": _late("quarter_ago", "month_ago"),
    "late_older": (
        f"{_between('', 'year_ago')} AND kind <> 'paper_expires'", _between("year_ago", "quarter_ago"),
        _between("", "quarter_ago", "awaited"),
    ),
    TODAY: (f"{_all_of('closing')} AND kind = 'closing_back' {{closing}}", _between("today", "tomorrow")),
    WEEK: (_between("tomorrow", "week"),),
    SOON: (f"{_between('week', 'papers')} AND kind = 'paper_expires'",),
    START: (f"{_all_of('begin')} {{mine}}",),
    WAITING: (
        f"{_all_of('closing')} AND {_ASKED} AND NOT {_DECIDES} {{closing}}",
        f"{_all_of('awaited', 'today')} {{mine}}", f"{_all_of('at_office')} {{mine}}",
    ),
    QUIET: (
        _between("", "long_ago", "quiet"),
        f"SELECT * FROM ({_SLIPS} {{mine}}) WHERE on_date < :quiet || :long_ago OR on_date >= :quiet || :tomorrow",
    ),
}  # fmt: skip
_OUT_UNTIL_NOW = _between("", "tomorrow", "out").format(mine="")
_ORDER = {START: "on_date DESC, case_pk DESC, record"}
_MINE = (
    "AND +a.case_pk IN (SELECT case_pk FROM temp.desk_own) AND (+a.case_pk NOT IN (SELECT case_pk FROM temp.desk_guest) "
    "OR (kind = 'step_due' AND record IN (SELECT record FROM temp.desk_along)))"
)
# The cases of one's own desk stand in tables of this connection, as no statement asks seventeen times for less: those of an
# officer, those of nobody, and as a guest those in which they only go along to a step.
_TABLES = {
    "desk_own": "case_pk INTEGER PRIMARY KEY", "desk_guest": "case_pk INTEGER PRIMARY KEY", "desk_along": "record TEXT PRIMARY KEY",
}  # fmt: skip
_OWN = (
    "INSERT INTO temp.desk_own SELECT case_pk FROM case_lines WHERE officer IN (:officer, '')",
    f"INSERT OR IGNORE INTO temp.desk_along SELECT record FROM ({_all_of('along')}) WHERE person = :officer",
    f"INSERT OR IGNORE INTO temp.desk_guest SELECT case_pk FROM ({_all_of('along')}) WHERE person = :officer "
    "AND case_pk NOT IN (SELECT case_pk FROM temp.desk_own)",
    "INSERT OR IGNORE INTO temp.desk_own SELECT case_pk FROM temp.desk_guest",
)
_STEPS_OVER, _REFERRALS_OVER = listed(sorted(OVER)), listed(state.code for state in ReferralState if state.over)
_OPEN_POINTS = (
    "SELECT uid, "
    f"(SELECT count(*) FROM steps WHERE case_pk = cases.pk AND removed = 0 AND coalesce(state, '') NOT IN ({_STEPS_OVER})), "
    f"(SELECT count(*) FROM referrals WHERE case_pk = cases.pk AND removed = 0 AND coalesce(state, '') NOT IN ({_REFERRALS_OVER})) "
    "FROM cases WHERE uid IN (SELECT value FROM json_each(?))"
)


class DeskReader:
    """Asks for one desk. ``reader``: over the same connection."""

    def __init__(self, connection: Connection, reader: Reader, asked: DeskOf) -> None:
        self._connection, self._reader, self._mine = connection, reader, asked.mine
        days = {
            "today": 0, "tomorrow": 1, "week": 8, "papers": max(8, asked.papers_ahead + 1), "long_ago": 1 - asked.quiet_after,
            "week_ago": -7, "month_ago": -31, "quarter_ago": -92, "year_ago": -365,
        }  # fmt: skip
        self._values: dict[str, object] = {
            name: (asked.today + timedelta(days=number)).isoformat() for name, number in days.items()
        }
        for name, letter in LETTERS.items():
            self._values |= {name: letter, f"after_{name}": chr(ord(letter) + 1)}
        self._values |= {"officer": asked.officer, "approves": asked.approves}
        if asked.mine:
            self._find_own()

    def _find_own(self) -> None:
        for table, columns in _TABLES.items():
            self._connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
            self._connection.execute(f"DELETE FROM temp.{table}")
        for statement in _OWN:
            self._connection.execute(statement, self._values)

    def _place(self, group: str) -> list[str]:
        mine, closing = (_MINE, "AND person = :officer") if self._mine else ("", "")
        return [part.format(mine=mine, closing=closing) for part in _PLACES[group]]

    def _rows(self, sql: str, **values: object) -> list[Row]:
        return self._connection.rows(sql, {**self._values, **values})

    def counts(self) -> dict[str, int]:
        """Return how many lines each group has that has any; of those who are not back, see ``not_back``."""
        places = [(group, part) for group in _PLACES for part in self._place(group)]
        asked = " UNION ALL ".join(
            f"SELECT {number}, count(*) FROM ({part})" for number, (_, part) in enumerate(places)
        )
        found: dict[str, int] = {}
        for number, count in self._rows(asked):
            if count:
                group = places[number][0]
                found[group] = found.get(group, 0) + int(count)
        return found

    def lines(self, group: str, start: int, limit: int) -> list[AgendaLine]:
        """Return a page of a group, in its order."""
        order = _ORDER.get(group, "on_date, case_pk, record")
        parts = " UNION ALL ".join(self._place(group))
        return self._whole(self._rows(f"{parts} ORDER BY {order} LIMIT :limit OFFSET :start", limit=limit, start=start))

    def not_back(self) -> list[AgendaLine]:
        """Return the appointments until today of which an officer has not reported back, whoever they are."""
        return self._whole(self._rows(f"{_OUT_UNTIL_NOW} ORDER BY on_date, record"))

    def back_by(self) -> list[tuple[str, str]]:
        """Return (stored day, hour as it was typed) of the same appointments: what tells how many are overdue."""
        rows = self._rows(
            f"SELECT o.on_date, coalesce(json_extract(s.rest, '$.back_by'), '') FROM ({_OUT_UNTIL_NOW}) o "
            "JOIN steps s ON s.case_pk = o.case_pk AND s.uid = o.record"
        )
        return [(date_of(key), by) for key, by in rows]

    def open_points(self, cases: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Return how many steps and referrals of cases are not over, by the identifier of the case."""
        rows = self._connection.rows(_OPEN_POINTS, (dumps(sorted(cases)),))
        return {uid: (int(steps), int(referrals)) for uid, steps, referrals in rows}

    def _whole(self, rows: Sequence[Row]) -> list[AgendaLine]:
        """Return things with their cases, records and people: one question for each kind of record, not for each line."""
        items = [
            (AgendaItem(kind, date_of(key), record_type, record, person), case_pk)
            for key, case_pk, record, kind, record_type, person in rows
        ]
        lines = self._reader.lines_by_key(list({case_pk for _, case_pk in items}))
        people = self._reader.records("person", {item.person for item, _ in items if item.person})
        records: dict[tuple[str, int, str], Record] = {}
        for kind in sorted({item.record_type for item, _ in items}):
            of_kind = {(case_pk, item.record) for item, case_pk in items if item.record_type == kind}
            if RECORD_TABLES[kind].record_type.of_case:
                records |= {(kind, *key): record for key, record in self._reader.records_of(kind, of_kind).items()}
            else:
                there = self._reader.records(kind, {uid for _, uid in of_kind})
                records |= {(kind, case_pk, uid): there[uid] for case_pk, uid in of_kind if uid in there}
        return [
            AgendaLine(
                item, lines[case_pk], records.get((item.record_type, case_pk, item.record)), people.get(item.person)
            )
            for item, case_pk in items
        ]
