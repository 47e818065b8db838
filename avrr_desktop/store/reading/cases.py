"""Reads cases, lists and directories from the tables; works over any connection, also a worker's."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from json import dumps

from avrr_desktop.domain.case.case_file import CaseFile, CaseLine, Member
from avrr_desktop.domain.case.case_states import OVER, RUNNING
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import is_future
from avrr_desktop.domain.procedure.school_steps import followed
from avrr_desktop.domain.procedure.step_states import AT_OFFICE
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES


def listed(codes: Iterable[str]) -> str:
    """Return codes of the program's own lists as SQL names them."""
    return ", ".join(repr(code) for code in codes)


_RUNNING = listed(RUNNING)  # as the index case_lines_running has them
_OVER = listed(OVER)
_AT_OFFICE = listed(sorted(AT_OFFICE))
_PERSON = RECORD_TABLES["person"]
_MEMBERSHIP = RECORD_TABLES["membership"]
_CHILDREN = {
    key: f"SELECT {shape.select} FROM {shape.table} WHERE case_pk=? AND removed=0 ORDER BY uid"
    for key, shape in RECORD_TABLES.items() if shape.record_type.of_case and shape is not _MEMBERSHIP
}  # fmt: skip
_USUAL = ("paper", "service", "step", "referral", "follow_up", "contact", "note")
_SELDOM = tuple(key for key in _CHILDREN if key not in _USUAL)  # most cases hold none: one question for all of them
_RESTRICTED = tuple(key for key in _CHILDREN if RECORD_TABLES[key].record_type.restricted)
_ANY_SELDOM = "SELECT " + ", ".join(
    f"EXISTS (SELECT 1 FROM {RECORD_TABLES[key].table} WHERE case_pk=?1)" for key in _SELDOM
)
_MEMBERS = (
    f"SELECT m.removed, {_MEMBERSHIP.select_of('m')}, {_PERSON.select_of('p')} "
    "FROM memberships m LEFT JOIN persons p ON p.uid = m.person WHERE m.case_pk=? ORDER BY m.uid"
)
_PERSON_AT = 6 + len(_MEMBERSHIP.columns)
_CASE = f"SELECT {RECORD_TABLES['case'].select}, pk, revision FROM cases WHERE "
_LINE = ", ".join(CaseLine._fields)


def last_day(column: str) -> str:
    """Return the SQL for the last day that a stored date in a column can mean."""
    known = f"rtrim({column}, '~')"
    ends = f"WHEN 4 THEN {known} || '-12-31' WHEN 7 THEN date({known} || '-01', '+1 month', '-1 day')"
    return f"(CASE length({known}) {ends} ELSE {known} END)"


_DUE = last_day("due")
SORTS = {
    "number": ("number",), "name": ("sort_name",), "persons": ("persons",), "place": ("place_code = ''", "place_code", "place"), "next": ("next_standing",),
    "waiting": ("waiting_since = ''", "waiting_since"), "due": ("due = ''", _DUE), "status": ("status",),
    "updated": ("updated",), "opened": ("opened_on",), "officer": ("officer",),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What the list shows; an empty text does not filter. ``status``: a code, or running or over. ``keys`` narrows to cases found by a search."""

    status: str = ""
    country: str = ""
    places: tuple[str, ...] = ()  # identifiers: a place with all that lies in it
    category: str = ""
    officer: str = ""
    due_until: str = ""
    keys: tuple[int, ...] | None = None


class Reader:
    """Queries; nothing here writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Close the connection: for a reader that a worker opened for itself."""
        self._connection.close()

    def case_file(self, uid: str) -> CaseFile:
        """Return a whole case. Raises NotFoundError."""
        return self._case_file("uid=? AND removed=0", uid)

    def case_by_number(self, number: str) -> CaseFile:
        """Return a whole case by its number, or by one that it carried before. Raises NotFoundError, RefusedError for two."""
        found = self.numbered(number)
        if len(found) > 1:
            raise RefusedError(
                N_("Two cases have the number {number}."),
                N_("Nothing was changed. Find both in the list of cases and open the right one by its name. The later " "one gets its own number at the next import from a journey or a copy."),
                {"number": number},
            )  # fmt: skip
        return self._case_file("uid=? AND removed=0", found[0] if found else "")

    def numbered(self, number: str) -> tuple[str, ...]:
        """Return the cases that carry a number; where none does, those that carried it before."""
        rows = self._connection.rows("SELECT uid FROM cases WHERE number=? AND removed=0 ORDER BY pk", (number,)) or (
            self._connection.rows(
                "SELECT uid FROM cases WHERE removed=0 AND rest IS NOT NULL AND "
                "instr(' ' || coalesce(json_extract(rest, '$.former_numbers'), '') || ' ', ' ' || ? || ' ') > 0 "
                "ORDER BY pk",
                (number,),
            )
        )
        return tuple(row[0] for row in rows)

    def double_numbers(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Return every number that more than one case carries, with (case, entry that made it), also withdrawn ones."""
        rows = self._connection.rows(
            "SELECT number, uid, made FROM cases WHERE number IN "
            "(SELECT number FROM cases WHERE number <> '' GROUP BY number HAVING count(*) > 1) ORDER BY number, pk"
        )
        found: dict[str, list[tuple[str, int]]] = {}
        for number, uid, made in rows:
            found.setdefault(number, []).append((uid, made))
        return tuple((number, tuple(cases)) for number, cases in found.items())

    def case_by_key(self, case_pk: int) -> CaseFile:
        """Return a whole case by its local key, also a removed one. Raises NotFoundError."""
        return self._case_file("pk=?", case_pk)

    def _case_file(self, where: str, value: object) -> CaseFile:
        row = self._connection.one(_CASE + where, (value,))
        if row is None:
            raise NotFoundError(
                N_("This case is not in this store."),
                N_("Check the number, or search for a name. Nothing was changed."),
            )
        case, case_pk, revision = RECORD_TABLES["case"].record(row[:-2]), row[-2], row[-1]
        people: dict[str, Record] = {}
        members = []
        for row in self._connection.rows(_MEMBERS, (case_pk,)):
            if row[_PERSON_AT] is not None:
                person = _PERSON.record(row[_PERSON_AT:])
                people[person.uid] = person
                if not row[0]:
                    members.append(Member(person, _MEMBERSHIP.record(row[1:_PERSON_AT])))
        members.sort(key=lambda member: member.membership.whole("position"))
        papers, services, steps, referrals, follow_ups, contacts, notes = (
            self._children(key, case_pk) for key in _USUAL
        )
        steps = tuple(sorted(steps, key=lambda step: (step.text("service"), step.whole("position"))))
        any_seldom = self._connection.one(_ANY_SELDOM, (case_pk,)) or ()
        held = [key for key, held in zip(_SELDOM, any_seldom, strict=True) if held]
        others = {key: records for key in held if (records := self._children(key, case_pk))}
        restricted = tuple(note for note in notes if "sealed" in note.values)
        if restricted:
            notes = tuple(note for note in notes if "sealed" not in note.values)
        restricted += tuple(record for key in _RESTRICTED for record in others.pop(key, ()))
        schoolings = tuple(followed(schooling, steps, papers) for schooling in others.pop("schooling", ()))
        return CaseFile(
            case=case, revision=revision, members=tuple(members), papers=papers, services=services, steps=steps, referrals=referrals, follow_ups=follow_ups, contacts=contacts, notes=notes,
            plans=others.pop("plan", ()), schoolings=schoolings, others=others, people=people, restricted=restricted,
        )  # fmt: skip

    def _children(self, record_type: str, case_pk: int) -> tuple[Record, ...]:
        make = RECORD_TABLES[record_type].record
        return tuple([make(row) for row in self._connection.rows(_CHILDREN[record_type], (case_pk,))])

    def revisions(self, uids: Collection[str]) -> dict[str, int]:
        """Return the revisions of cases by their identifiers; one that is not there is left out."""
        rows = self._connection.rows(
            "SELECT uid, revision FROM cases WHERE uid IN (SELECT value FROM json_each(?))", (dumps(sorted(uids)),)
        )
        return dict(rows)

    def revision(self, uid: str) -> int:
        """Return the revision of a case; 0 when it is not there."""
        row = self._connection.one("SELECT revision FROM cases WHERE uid=?", (uid,))
        return int(row[0]) if row else 0

    def record(self, record_type: str, uid: str, case: str = "") -> Record | None:
        """Return one record as it stands, also a removed one."""
        shape = RECORD_TABLES[record_type]
        where, values = "uid=?", [uid]
        if shape.record_type.of_case:
            where, values = "case_pk=(SELECT pk FROM cases WHERE uid=?) AND uid=?", [case, uid]
        row = self._connection.one(f"SELECT {shape.select} FROM {shape.table} WHERE {where}", values)
        return shape.record(row) if row else None

    def records(self, record_type: str, uids: Collection[str]) -> dict[str, Record]:
        """Return records that stand outside cases, or cases themselves, by their identifiers, also removed ones."""
        shape = RECORD_TABLES[record_type]
        rows = self._connection.rows(
            f"SELECT {shape.select} FROM {shape.table} WHERE uid IN (SELECT value FROM json_each(?))",
            (dumps(sorted(uids)),),
        )
        return {record.uid: record for record in map(shape.record, rows)}

    def records_of(self, record_type: str, wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], Record]:
        """Return records of cases by (key of the case, identifier), also removed ones."""
        shape = RECORD_TABLES[record_type]
        rows = self._connection.rows(
            f"SELECT t.case_pk, {shape.select_of('t')} FROM json_each(?) AS w CROSS JOIN {shape.table} AS t "
            "ON t.case_pk = json_extract(w.value, '$[0]') AND t.uid = json_extract(w.value, '$[1]')",
            (dumps(sorted(wanted)),),
        )
        found = ((row[0], shape.record(row[1:])) for row in rows)
        return {(case_pk, record.uid): record for case_pk, record in found}

    def is_removed(self, record_type: str, uid: str, case: str = "") -> bool:
        """Return whether a record was taken out of its case or withdrawn."""
        shape = RECORD_TABLES[record_type]
        where, values = "uid=?", [uid]
        if shape.record_type.of_case:
            where, values = "case_pk=(SELECT pk FROM cases WHERE uid=?) AND uid=?", [case, uid]
        row = self._connection.one(f"SELECT removed FROM {shape.table} WHERE {where}", values)
        return bool(row and row[0])

    def everything(self, record_type: str, *, removed: bool = False) -> tuple[Record, ...]:
        """Return all records of a kind that stands outside cases: officers, providers, offices. ``removed``: also those."""
        shape, where = RECORD_TABLES[record_type], "" if removed else "WHERE removed=0"
        rows = self._connection.rows(f"SELECT {shape.select} FROM {shape.table} {where} ORDER BY pk")
        return tuple(shape.record(row) for row in rows)

    def count(self, record_type: str) -> int:
        """Return how many records of a kind there are."""
        row = self._connection.one(f"SELECT count(*) FROM {RECORD_TABLES[record_type].table} WHERE removed=0")
        return int(row[0]) if row else 0

    def schema(self) -> int:
        """Return the number of the schema."""
        row = self._connection.one("PRAGMA user_version")
        return int(row[0]) if row else 0

    def accesses(self, case: str = "") -> tuple[Record, ...]:
        """Return who looked and what left, of one case or of all, oldest first."""
        shape = RECORD_TABLES["access"]
        where, values = ("AND case_link=?", [case]) if case else ("", [])
        rows = self._connection.rows(
            f"SELECT {shape.select} FROM {shape.table} WHERE removed=0 {where} ORDER BY pk", values
        )
        return tuple(shape.record(row) for row in rows)

    def agreements_of(self, person: str, but: str) -> list[tuple[bool, list[Record]]]:
        """Return the consents and referrals of every other case that may speak of a person, a list for each case.

        Beside each: whether the person belongs or belonged to it. ``but``: the case that is looked at already.
        """
        rows = self._connection.rows(
            "SELECT c.pk, c.removed, EXISTS (SELECT 1 FROM memberships m WHERE m.case_pk=c.pk AND m.person=?1) FROM cases c "
            "WHERE c.uid <> ?2 AND c.pk IN (SELECT case_pk FROM memberships WHERE person=?1 "
            "UNION SELECT case_pk FROM consents WHERE person=?1 UNION SELECT case_pk FROM referrals WHERE person=?1)",
            (person, but),
        )
        return [
            (bool(member), [one for kind in ("consent", "referral") for one in self._children(kind, case_pk)])
            for case_pk, removed, member in rows
            if not removed
        ]

    def number_is_shared(self, number: str) -> bool:
        """Return whether more than one case carries a number: two stores counted on from the same one."""
        row = self._connection.one("SELECT count(*) FROM cases WHERE number=?", (number,))
        return bool(row and row[0] > 1)

    def files_named(self) -> frozenset[str]:
        """Return the content of every file that any case names, also a case that was withdrawn and may come back."""
        rows = self._connection.rows("SELECT DISTINCT digest FROM files WHERE removed=0 AND digest <> ''")
        return frozenset(row[0] for row in rows)

    def highest_position(self, case: str) -> int:
        """Return the highest position ever given in a case, removed members included."""
        row = self._connection.one(
            "SELECT coalesce(max(position), 0) FROM memberships WHERE case_pk=(SELECT pk FROM cases WHERE uid=?)",
            (case,),
        )
        return int(row[0]) if row else 0

    def person_of(self, case_pk: int, membership: str) -> str:
        """Return the person of a membership, also of a removed one; empty when there is none."""
        row = self._connection.one("SELECT person FROM memberships WHERE case_pk=? AND uid=?", (case_pk, membership))
        return str(row[0]) if row and row[0] else ""

    def line_keys(self, chosen: CaseFilter, sort: str = "updated", *, descending: bool = True) -> list[int]:
        """Return the keys of all cases that a filter lets through, sorted."""
        where, values = _where(chosen)
        direction = "DESC" if descending else "ASC"
        wanted = SORTS["updated" if sort == "found" else sort]
        order = ", ".join(f"{part} {direction}" for part in wanted)
        rows = self._connection.rows(
            f"SELECT case_pk FROM {_lines_for(chosen, sort)} {where} ORDER BY {order}, case_pk", values
        )
        keys = [row[0] for row in rows]
        if chosen.keys is not None:
            kept = set(keys)
            keys = [key for key in chosen.keys if key in kept] if sort == "found" else keys
        return keys

    def first_keys(self, chosen: CaseFilter, limit: int) -> list[int]:
        """Return the keys of the most recently changed cases: what the first paint needs."""
        where, values = _where(chosen)
        rows = self._connection.rows(
            f"SELECT case_pk FROM {_lines_for(chosen)} {where} ORDER BY updated DESC, case_pk LIMIT ?", [*values, limit]
        )
        return [row[0] for row in rows]

    def lines(self, keys: Sequence[int]) -> list[CaseLine]:
        """Return the lines of cases in the order of their keys; cases without a line are left out."""
        by_key = self.lines_by_key(keys)
        return [by_key[key] for key in keys if key in by_key]

    def lines_by_key(self, keys: Sequence[int]) -> dict[int, CaseLine]:
        """Return the lines of cases by key."""
        marks = ",".join("?" * len(keys))
        rows = self._connection.rows(f"SELECT case_pk, {_LINE} FROM case_lines WHERE case_pk IN ({marks})", keys)
        return {row[0]: CaseLine._make(row[1:]) for row in rows}

    def counts(self, chosen: CaseFilter) -> tuple[int, int]:
        """Return (cases, persons) that a filter lets through."""
        where, values = _where(chosen)
        row = self._connection.one(f"SELECT count(*), coalesce(sum(persons), 0) FROM case_lines {where}", values)
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def countries(self) -> tuple[str, ...]:
        """Return the countries of return of all cases, each once."""
        rows = self._connection.rows("SELECT DISTINCT country FROM case_lines WHERE country <> '' ORDER BY country")
        return tuple(row[0] for row in rows)

    def places(self) -> tuple[str, ...]:
        """Return the places of return of all cases, each once."""
        rows = self._connection.rows("SELECT DISTINCT place_code FROM case_lines WHERE place_code <> ''")
        return tuple(row[0] for row in rows)

    def leaving_later(self, today: date, chosen: CaseFilter | None = None) -> dict[int, int]:
        """Return how many members of each case leave only after a day, by the case's key; ``chosen``: only of its cases.

        A line counts without a day, so that it is the same whenever it is made: these are still there.
        """
        where, values = _where(chosen or CaseFilter())
        where = where or "WHERE 1"
        rows = self._connection.rows(
            "SELECT case_pk, left_on FROM memberships CROSS JOIN case_lines USING (case_pk) "  # from the few who leave
            f"{where} AND left_on <> '' AND left_on > ? AND removed=0",
            [*values, today.isoformat()],
        )
        return dict(Counter(case_pk for case_pk, on in rows if is_future(on, today)))

    def cases_planned_on(self, day: str) -> list[str]:
        """Return the identifiers of running cases in which a step or follow-up is planned for a day, or about then."""
        rows = self._connection.rows(
            f"SELECT uid FROM case_lines WHERE status IN ({_RUNNING}) AND case_pk IN ("
            "SELECT case_pk FROM steps WHERE planned_on IN (?1, ?1 || '~') AND removed = 0 UNION "
            "SELECT case_pk FROM follow_ups WHERE planned_on IN (?1, ?1 || '~') AND removed = 0) ORDER BY 1",
            (day,),
        )
        return [row[0] for row in rows]

    def filed_steps(self) -> list[tuple[str, str, str, bool]]:
        """Return (office, filed on, done on or empty, still waiting) of every step that was filed at a named office."""
        rows = self._connection.rows(
            f"SELECT office_name, filed_on, coalesce(done_on, ''), state IN ({_AT_OFFICE}) FROM steps "
            "WHERE filed_on <> '' AND office_name <> '' AND removed = 0 "
            f"AND (done_on <> '' OR state IN ({_AT_OFFICE}))"
        )
        return [(office, filed, done, bool(waiting)) for office, filed, done, waiting in rows]


def _lines_for(chosen: CaseFilter, sort: str = "updated") -> str:
    """Return the table of lines, by the index that holds running cases in the order of the list."""
    by_age = chosen.status == "running" and chosen.keys is None and sort == "updated"
    return "case_lines INDEXED BY case_lines_running" if by_age else "case_lines"


def _where(chosen: CaseFilter) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    if chosen.status == "running":
        parts.append(f"status IN ({_RUNNING})")
    elif chosen.status == "over":
        parts.append(f"status IN ({_OVER})")
    elif chosen.status:
        parts.append("status = ?")
        values.append(chosen.status)
    for column, value in (("country", chosen.country), ("officer", chosen.officer)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if chosen.places:
        parts.append("place_code IN (SELECT value FROM json_each(?))")
        values.append(dumps(chosen.places))
    if chosen.category:
        parts.append("instr(' ' || categories || ' ', ?) > 0")
        values.append(f" {chosen.category} ")
    if chosen.due_until:
        parts.append(f"due <> '' AND {_DUE} <= ?")
        values.append(chosen.due_until)
    if chosen.keys is not None:
        parts.append(f"case_pk IN ({','.join(str(int(key)) for key in chosen.keys)})")
    return ("WHERE " + " AND ".join(parts) if parts else ""), values
