"""Reads what decides whether a case counts in a period: as it stands in the tables, and as the journal says that it stood."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from avrr_desktop.domain.case.figures import CaseFacts, Period
from avrr_desktop.domain.history.change import PartKind
from avrr_desktop.domain.places.placed import municipality
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.hybrid_clock import hybrid
from avrr_desktop.store.journal.journal import entry_of
from avrr_desktop.store.reading.own_places import places_of

# What may lie in the period: by the letters of a date a year comes before its months, and what ends later is left to the domain.
_MAY_LIE = "(opened_on >= ?1 AND opened_on < ?2 OR coalesce(opened_on, '') = '')"
_WAS_CORRECTED = "OR json_extract(marks, '$.opened_on') IS NOT NULL"
_CASES = (
    "SELECT pk, uid, coalesce(number, ''), coalesce(opened_on, ''), coalesce(country_of_return, ''), coalesce(direction, ''), "
    "coalesce(programme, ''), coalesce(status, ''), coalesce(json_extract(rest, '$.closure_reason'), ''), removed, coalesce(municipality_of_return, ''), "
    "coalesce(json_extract(rest, '$.municipality_of_return_code'), '') FROM cases"
)
_STAYS = (
    "SELECT case_pk, coalesce(json_extract(rest, '$.joined_on'), ''), coalesce(left_on, ''), count(*) FROM memberships "
    "WHERE removed=0 AND case_pk IN (SELECT pk FROM cases WHERE "
)
_TOLD = "(instr(parts, ?2) > 0 OR instr(parts, ?3) > 0)"
_COUNTED = ("case", "membership")
_MARKS = tuple(f'"record_type":"{kind}"'.encode() for kind in _COUNTED)
_NEW, _GONE = (PartKind.ADD, PartKind.APPEND), (PartKind.REMOVE, PartKind.WITHDRAW)
_PLACE = "municipality_of_return"
_Values = dict[str, Value | None]


def cases_now(connection: Connection, period: Period) -> list[CaseFacts]:
    """Return every case that may lie in a period, as it stands now; which of them count is for the domain to say."""
    return list(_standing(connection, period, _MAY_LIE).values())


def cases_then(connection: Connection, period: Period, day: date) -> list[CaseFacts]:
    """Return the cases that may lie in a period as they stood at the end of a day: by what was recorded until then.

    Of those with a later entry about the case or its members the journal tells again what stood; the others stand as they did.
    What was erased since is told by nothing any more.
    """
    border = border_of(day)
    found = _standing(connection, period, f"({_MAY_LIE} {_WAS_CORRECTED})")
    for uid in found:
        if _written_since(connection, uid, border):
            found[uid] = _retold(connection, found[uid], border)
    return list(found.values())


def border_of(day: date) -> int:
    """Return the hybrid clock behind every entry of a day, by universal time: the same on every computer."""
    return hybrid(datetime.combine(day + timedelta(days=1), time(), timezone.utc))


def founded_on(connection: Connection) -> date | None:
    """Return the day of the oldest entry; None for a store without any."""
    row = connection.one("SELECT min(clock) FROM journal")
    return datetime.fromtimestamp((row[0] >> 16) / 1000, timezone.utc).date() if row and row[0] else None


def _standing(connection: Connection, period: Period, where: str) -> dict[str, CaseFacts]:
    borders = (period.first.isoformat()[:4], period.end.isoformat())
    places = places_of(connection)
    stays: dict[int, list[tuple[str, str]]] = {}
    for case_pk, joined, left, count in connection.rows(f"{_STAYS} {where}) GROUP BY 1, 2, 3", borders):
        stays.setdefault(case_pk, []).extend([(joined, left)] * count)
    return {
        uid: CaseFacts(
            uid=uid,
            number=number,
            opened_on=opened,
            country=country,
            direction=flow,
            programme=programme,
            status=status,
            closure_reason=reason,
            withdrawn=bool(gone),
            stays=tuple(stays.get(pk, ())),
            place=municipality(text, code, country, places),
            place_text=text,
        )
        for pk, uid, number, opened, country, flow, programme, status, reason, gone, text, code in connection.rows(
            f"{_CASES} WHERE {where} ORDER BY pk", borders
        )
    }


def _written_since(connection: Connection, uid: str, border: int) -> bool:
    row = connection.one(
        f"SELECT 1 FROM journal WHERE case_uid=?1 AND clock >= ?4 AND {_TOLD} LIMIT 1", (uid, *_MARKS, border)
    )
    return row is not None


def _retold(connection: Connection, case: CaseFacts, border: int) -> CaseFacts:
    """Return a case as its entries before a border leave it; a withdrawn one where there was none yet."""
    values, there = _told(connection, case.uid, border)
    told = values.pop(case.uid, {})
    stays = tuple((_text(one, "joined_on"), _text(one, "left_on")) for uid, one in values.items() if there[uid])
    return replace(
        case, opened_on=_text(told, "opened_on"), country=_text(told, "country_of_return"), direction=_text(told, "direction"),
        programme=_text(told, "programme"), status=_text(told, "status"), closure_reason=_text(told, "closure_reason"),
        withdrawn=not there.get(case.uid, False), stays=stays, place_text=_text(told, _PLACE),
        place=municipality(_text(told, _PLACE), _text(told, f"{_PLACE}_code"), _text(told, "country_of_return"), places_of(connection)),
    )  # fmt: skip


def _told(connection: Connection, uid: str, border: int) -> tuple[dict[str, _Values], dict[str, bool]]:
    """Return the values of a case and of its memberships by record, and which of them were there."""
    values: dict[str, _Values] = {}
    there: dict[str, bool] = {}
    rows = connection.rows(
        "SELECT pk, envelope, digest, parts FROM journal "
        f"WHERE case_uid=?1 AND clock < ?4 AND {_TOLD} ORDER BY clock, change_id",
        (uid, *_MARKS, border),
    )
    for part in (part for row in rows for part in entry_of(*row).parts if part and part.record_type in _COUNTED):
        values.setdefault(part.record, {}).update(part.values)
        there[part.record] = part.kind in _NEW or (part.kind not in _GONE and there.get(part.record, True))
    return values, there


def _text(values: _Values, key: str) -> str:
    return str(values.get(key) or "")
