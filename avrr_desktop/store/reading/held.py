"""What the store still holds about people, also what was taken out of a case: for erasing, own data and the search."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from json import dumps

from avrr_desktop.domain.history.change import PartKind
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.journal import Entry, Journal
from avrr_desktop.store.journal.record_tables import RECORD_TABLES

OF_CASE = tuple(key for key, shape in RECORD_TABLES.items() if shape.record_type.of_case)
_CASES = (
    "SELECT m.person, c.pk, c.uid, max(m.removed = 0) AND c.removed = 0 FROM json_each(?) AS w "
    "CROSS JOIN memberships m ON m.person = w.value JOIN cases c ON c.pk = m.case_pk GROUP BY m.person, c.pk ORDER BY c.pk"
)
_LONE = (
    "WHERE NOT EXISTS (SELECT 1 FROM memberships m JOIN cases c ON c.pk = m.case_pk "
    "WHERE m.person = p.uid AND m.removed = 0 AND c.removed = 0) ORDER BY p.pk"
)


@dataclass(frozen=True, slots=True)
class CaseOf:
    """A case to which somebody belongs or once belonged. ``lives``: they are in it, and it was not withdrawn."""

    key: int
    uid: str
    lives: bool


def cases_of(connection: Connection, person: str) -> tuple[CaseOf, ...]:
    """Return every case to which a person belongs or ever belonged, in the order in which the cases were opened."""
    return cases_of_all(connection, (person,))[person]


def cases_of_all(connection: Connection, people: Collection[str]) -> dict[str, tuple[CaseOf, ...]]:
    """Return what ``cases_of`` does, for several people in one question."""
    found: dict[str, list[CaseOf]] = {person: [] for person in people}
    for person, key, uid, lives in connection.rows(_CASES, (dumps(sorted(found)),)):
        found[person].append(CaseOf(key, uid, bool(lives)))
    return {person: tuple(cases) for person, cases in found.items()}


def lives_elsewhere(connection: Connection, person: str, case: str = "") -> bool:
    """Return whether a person belongs to any case but this one."""
    return any(one.lives and one.uid != case for one in cases_of(connection, person))


def records_of_one(connection: Connection, person: str) -> tuple[str, ...]:
    """Return a person with every record that was joined into theirs, through every join: all are about one human being."""
    found = [person]
    for uid in found:
        rows = connection.rows(
            "SELECT uid FROM persons WHERE removed=1 AND rest IS NOT NULL AND json_extract(rest, '$.joined_into')=? ORDER BY pk",
            (uid,),
        )
        found += [row[0] for row in rows if row[0] not in found]
    return tuple(found)


def everybody(connection: Connection) -> Iterator[Record]:
    """Yield every person who belongs to a case, in the order in which they were written down."""
    shape = RECORD_TABLES["person"]
    for row in connection.each(
        f"SELECT {shape.select_of('p')} FROM persons p WHERE p.removed=0 AND EXISTS (SELECT 1 FROM memberships m "
        "JOIN cases c ON c.pk = m.case_pk WHERE m.person = p.uid AND m.removed=0 AND c.removed=0) ORDER BY p.pk"
    ):
        yield shape.record(row)


def numbers_of(connection: Connection, people: Collection[str]) -> dict[str, str]:
    """Return, by person, what stands for them where no name may: the number of their newest case and their place in it."""
    rows = connection.rows(
        "SELECT m.person, c.number, m.position FROM json_each(?) AS w CROSS JOIN memberships m ON m.person = w.value "
        "JOIN cases c ON c.pk = m.case_pk WHERE m.removed=0 AND c.removed=0 ORDER BY c.pk", (dumps(sorted(people)),),
    )  # fmt: skip
    return {person: f"{number}-{position}" for person, number, position in rows}


def membership_of(connection: Connection, case: str, person: str) -> Record | None:
    """Return as what a person belongs or last belonged to a case."""
    shape = RECORD_TABLES["membership"]
    rows = connection.rows(
        f"SELECT {shape.select} FROM memberships WHERE person=? AND case_pk=(SELECT pk FROM cases WHERE uid=?) "
        "ORDER BY removed, changed DESC LIMIT 1", (person, case),
    )  # fmt: skip
    return shape.record(rows[0]) if rows else None


def people_in(connection: Connection, case_pk: int) -> tuple[str, ...]:
    """Return the identifiers of everybody who belongs or ever belonged to a case."""
    rows = connection.rows("SELECT DISTINCT person FROM memberships WHERE case_pk=? AND person <> ''", (case_pk,))
    return tuple(row[0] for row in rows)


def records_in(connection: Connection, case_pk: int, *, removed: bool = True) -> tuple[Record, ...]:
    """Return every record of a case, the case itself first; where ``removed`` are left out, memberships stay all the same."""
    shape = RECORD_TABLES["case"]
    found = [shape.record(row) for row in connection.rows(f"SELECT {shape.select} FROM cases WHERE pk=?", (case_pk,))]
    for key in OF_CASE:
        shape = RECORD_TABLES[key]
        where = "" if removed or key == "membership" else "AND removed=0"
        rows = connection.rows(
            f"SELECT {shape.select} FROM {shape.table} WHERE case_pk=? {where} ORDER BY uid", (case_pk,)
        )
        found += [shape.record(row) for row in rows]
    return tuple(found)


def cases_naming(connection: Connection, target: str, uid: str) -> tuple[str, ...]:
    """Return the cases in which a record links to one of a type that stands beside the cases, such as a partner.

    What was taken out, and cases that were withdrawn, are left out; a restricted record says its links only when it is opened.
    """
    found = [
        f"SELECT {'t.pk' if key == 'case' else 't.case_pk'} FROM {RECORD_TABLES[key].table} t WHERE t.removed=0 AND ({where})"
        for key in OF_CASE
        if (where := _links_to(key, target))
    ]
    naming = " UNION ".join(found) or "SELECT 0 WHERE :uid IS NULL"
    statement = f"SELECT uid FROM cases WHERE removed=0 AND pk IN ({naming}) ORDER BY pk"
    return tuple(row[0] for row in connection.rows(statement, {"uid": uid}))


def _links_to(record_type: str, target: str) -> str:
    """Return the SQL for whether a record of a type links to ``:uid``; empty where it has no such link."""
    shape, parts = RECORD_TABLES[record_type], []
    for one in shape.record_type.fields:
        if one.target != target:
            continue
        if one.key in shape.columns:
            parts.append(f't."{one.key}" = :uid')
        elif one.kind is Kind.LINKS:
            parts.append(f"EXISTS (SELECT 1 FROM json_each(t.rest, '$.{one.key}') j WHERE j.value = :uid)")
        else:
            parts.append(f"json_extract(t.rest, '$.{one.key}') = :uid")
    return " OR ".join(parts)


def accesses_of(connection: Connection, cases: Collection[str]) -> tuple[Record, ...]:
    """Return the lines of who looked and what left of some cases."""
    shape = RECORD_TABLES["access"]
    marks = ",".join("?" * len(cases))
    rows = connection.rows(
        f"SELECT {shape.select} FROM {shape.table} WHERE case_link IN ({marks}) ORDER BY pk", [*cases]
    )
    return tuple(shape.record(row) for row in rows)


def entries_about(journal: Journal, cases: Collection[str]) -> Iterator[Entry]:
    """Yield the entries of some cases, and of every case that was erased: the journal still holds there what was
    written in it about people who live on.
    """
    for case in dict.fromkeys((*cases, *erased_cases(journal))):
        yield from journal.of_case(case)


def erased_cases(journal: Journal) -> tuple[str, ...]:
    """Return the cases that were erased, as their lines without a name say."""
    return tuple(
        part.record
        for entry in journal.erasures()
        for part in entry.parts
        if part is not None and part.kind is PartKind.ERASE and part.record_type == "case"
    )
