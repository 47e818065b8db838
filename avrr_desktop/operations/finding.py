"""Verbs of finding: search while somebody types, likely people before a new family, lists and counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from avrr_desktop.domain.case import CaseLine
from avrr_desktop.domain.dates import stored
from avrr_desktop.domain.fields import Record
from avrr_desktop.domain.names import keys, words
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.store.reading import CaseFilter
from avrr_desktop.store.search import Hit, search, search_cases

__all__ = ["CaseFilter", "Hit"]


@dataclass(frozen=True, slots=True)
class LikelyPerson:
    """Somebody already in the store who may be the one at the desk."""

    person: Record
    case: CaseLine
    same_year: bool
    in_no_case: bool = False  # taken out of that case, and in no other


@needs(Permission.READ)
def find(workspace: Workspace, text: str, limit: int = 50) -> list[Hit]:
    """Return people, papers, numbers, places and notes that match what is typed, best first."""
    return search(workspace.store.connection, text, limit)


@needs(Permission.READ)
def find_cases(workspace: Workspace, text: str) -> tuple[int, ...]:
    """Return the keys of the cases in which something matches, best first, each once; filters come after it."""
    return search_cases(workspace.store.connection, text)


@needs(Permission.READ)
def likely_people(workspace: Workspace, name: str, birth_year: str = "") -> list[LikelyPerson]:
    """Return people whose names may be this name in any script, those of the same birth year first."""
    found: list[LikelyPerson] = []
    seen: set[str] = set()
    for hit in search(workspace.store.connection, name, 60):
        if hit.record_type == "person" and hit.record is not None and hit.uid not in seen:
            seen.add(hit.uid)
            born = stored(hit.record.text("birth_date"))
            same = bool(birth_year and born and str(born.year) == birth_year)
            if birth_year and born and not same and abs(born.year - int(birth_year)) > 2:
                continue
            found.append(LikelyPerson(hit.record, hit.case, same, hit.in_no_case))
    return sorted(found, key=lambda likely: not likely.same_year)[:12]


@needs(Permission.READ)
def counts(workspace: Workspace, chosen: CaseFilter) -> tuple[int, int]:
    """Return (cases, persons) of a filter: two different figures, always both."""
    return workspace.store.reader.counts(chosen)


@needs(Permission.READ)
def all_cases(workspace: Workspace, chosen: CaseFilter | None = None) -> list[CaseLine]:
    """Return the lines of all cases that a filter lets through, by number."""
    reader = workspace.store.reader
    keys_ = reader.line_keys(chosen or CaseFilter(), "number", descending=False)
    return [line for start in range(0, len(keys_), 500) for line in reader.lines(keys_[start : start + 500])]


def why_found(record: Record, text: str) -> str:
    """Return the field of a record in which the typed words stand: what a result line shows."""
    typed = {key for word in words(text) for key in keys(word)}
    order: Sequence[str] = ("family_name", "given_names", "family_name_at_birth", "name_variants", "birth_place",
                            "names_as_written", "called", "municipality_of_return", "text", "summary", "reason", "outcome")  # fmt: skip
    for key in order:
        value = record.text(key)
        if value and any(own.startswith(wanted) for word in words(value) for own in keys(word) for wanted in typed):
            return key
    return ""


@needs(Permission.READ)
def lines(workspace: Workspace, keys_: Sequence[int]) -> list[CaseLine]:
    """Return the list lines of cases by their local keys, in that order."""
    return workspace.store.reader.lines(keys_)


@needs(Permission.READ)
def first_keys(workspace: Workspace, chosen: CaseFilter, limit: int = 128) -> list[int]:
    """Return the keys of the most recently changed cases: what the first paint of a list needs."""
    return workspace.store.reader.first_keys(chosen, limit)


@needs(Permission.READ)
def case_keys(workspace: Workspace, chosen: CaseFilter, sort: str, descending: bool) -> list[int]:
    """Return the keys of all cases that a filter lets through, sorted."""
    return workspace.store.reader.line_keys(chosen, sort, descending=descending)
