"""The Story of a family: what its records say was done, in one line of time. A pure function of the case."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people.dates import start_key, stored
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import OF_CASE

COPY, STATUS = "copy", "status"  # kinds that are told of and are no records of the case
TOLD = tuple(kind for kind in OF_CASE if kind.told_on)  # the types that are told of, as they were declared


class Told(NamedTuple):
    """One line: what kind of thing, the stored date on which it was (empty where nobody wrote one), and the record that says so."""

    kind: str  # the key of a record type, COPY or STATUS
    on: str
    record: Record


def told_by(case_file: CaseFile) -> list[Told]:
    """Return what the records of a case tell, the newest first.

    What is written nowhere else is told also without a day. Of all other records only what was done since the case was
    opened: a passport of ten years ago is no part of its story.
    """
    opened = case_file.case.text("opened_on")
    found = []
    for kind in TOLD:
        for record in case_file.of_type(kind.key):
            on = next((record.text(key) for key in kind.told_on if record.text(key)), "")
            if kind.of_story or (stored(on) and start_key(on) >= _first(opened)):
                found.append(Told(kind.key, on, record))
    return newest_first(found)


def newest_first(told: Iterable[Told]) -> list[Told]:
    """Return lines in the order of the Story: without a day first, then the newest; of one day, what was made last first."""
    return sorted(told, key=lambda one: start_key(one.on) if stored(one.on) else date.max)[::-1]


def _first(opened: str) -> date:
    return start_key(opened) if stored(opened) else date.min
