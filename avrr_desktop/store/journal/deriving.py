"""What is derived from the tables at every save: the line of a case, its agenda, and what of it can be found."""

from collections.abc import Callable, Iterable

from avrr_desktop.domain.case.case_file import CaseFile, CaseLine, agenda_of, line_of
from avrr_desktop.domain.collation import name_key
from avrr_desktop.domain.consent.referral_states import AnswerDays
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.reading import held, search
from avrr_desktop.store.reading.agenda_keys import key_of
from avrr_desktop.store.reading.cases import Reader
from avrr_desktop.store.reading.own_places import places_of

_LINE = CaseLine._fields


def touched_by(
    connection: Connection, reader: Reader, key_of: Callable[[str], int], case_pk: int, parts: Iterable[Part]
) -> tuple[set[int], set[str]]:
    """Return the keys of the cases that parts change, also by a person who is in several, and those people.

    ``key_of``: the key of a case by its identifier, 0 for none. ``case_pk``: the case of the Change, 0 for none.
    """
    cases, people = {case_pk} if case_pk else set(), set[str]()
    for part in parts:
        if part.record_type == "case" and (key := key_of(part.record)):
            cases.add(key)
            if part.kind is not PartKind.SET:  # withdrawn or back: its people may now be in no case, or in one again
                people.update(held.people_in(connection, key))
        elif part.record_type == "person":
            people.add(part.record)
        elif part.record_type == "membership":
            people.add(reader.person_of(case_pk, part.record))
    cases |= {one.key for person in people if person for one in held.cases_of(connection, person)}
    return cases, people


def findable(connection: Connection, case_file: CaseFile) -> list[Record]:
    """Return what is found in a case: its records, and whoever was taken out of it and is in no case now.

    Of two records of one person, only the one that stayed: it has the names and numbers of both.
    """
    members = {member.person.uid for member in case_file.members}
    out = (person for uid, person in case_file.people.items() if uid not in members)
    taken_out = (person for person in out if not person.text("joined_into"))
    lone = [person for person in taken_out if not held.lives_elsewhere(connection, person.uid)]
    return [*search.records_of(case_file), *lone]


def write_line(connection: Connection, case_pk: int, case_file: CaseFile, days: AnswerDays, entry: int) -> None:
    """Write the line and the agenda of a case that has none yet. ``entry``: the last that changed it; ``days``: see Store."""
    line = line_of(case_file, days, places_of(connection))
    marks = ",".join("?" * (len(_LINE) + 3))
    connection.execute(
        f"INSERT INTO case_lines (case_pk, {', '.join(_LINE)}, sort_name, updated) VALUES ({marks})",
        [case_pk, *(getattr(line, name) for name in _LINE), name_key(line.principal or line.called), entry],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO agenda (on_date, case_pk, record, kind, record_type, person) VALUES (?,?,?,?,?,?)",
        [
            (key_of(item), case_pk, item.record, item.kind, item.record_type, item.person)
            for item in agenda_of(case_file, days)
        ],
    )
