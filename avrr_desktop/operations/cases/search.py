"""Verbs of finding: search while somebody types, likely people before a new family, lists and counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.domain.case.case_states import counted, is_over
from avrr_desktop.domain.case.doubles import LikelyDouble, likely_doubles
from avrr_desktop.domain.errors import NotFoundError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.people.likeness import Asked, FoundBy, Likeness, municipalities
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held
from avrr_desktop.store.reading.cases import CaseFilter
from avrr_desktop.store.reading.namesakes import Namesake, namesakes
from avrr_desktop.store.reading.search import Hit, search, search_cases

__all__ = ["CaseFilter", "Hit"]


LIKELY_SHOWN = 60  # of all who may be the same; they are ordered before they are cut
NEAR_SHOWN = 5  # of those of whom no name is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyPerson:
    """Somebody already in the store who may be the one at the desk, with the case in which they are looked up first.

    ``same_year``, ``same_day``: of birth. ``whole_name``: every typed word fits. ``nearly_whole``: fits or is near. ``perhaps``: no name is the same, something else speaks for it.
    ``in_no_case``: taken out of that case, and in no other. ``closed``: no case of theirs is running.
    ``double``: that case was closed as a duplicate or as opened in error. ``found_by``: a further name that is like the typed one.
    """

    person: Record
    case: CaseLine
    same_year: bool
    in_no_case: bool = False
    same_day: bool = False
    perhaps: bool = False
    closed: bool = False
    double: bool = False
    whole_name: bool = False
    nearly_whole: bool = False
    found_by: FoundBy | None = None

    def speaks_for(self, name: str) -> bool:
        """Return whether more than a family name speaks for it: the whole typed name, or a name and the birth."""
        whole = self.nearly_whole and " " in name.strip()
        return whole or self.same_day or (self.same_year and not self.perhaps)


@needs(Permission.READ)
def find(workspace: Workspace, text: str, limit: int = 50, *, near: bool = True) -> list[Hit]:
    """Return people, papers, numbers, places and notes that match what is typed, best first; where nothing does, what is near to it.

    ``near``: false for each key while somebody types, so that what is near is looked for only once they pause.
    """
    connection = workspace.store.connection
    hits = [hit for one in _written(workspace, text) for hit in search(connection, one, limit, near=near)]
    found: dict[tuple[str, str, str], Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit.near is not None):  # stable
        found.setdefault((hit.case.uid, hit.record_type, hit.uid), hit)
    return list(found.values())[:limit]


@needs(Permission.READ)
def find_cases(workspace: Workspace, text: str) -> tuple[int, ...]:
    """Return the keys of the cases in which something matches, best first, each once; filters come after it."""
    found = (key for one in _written(workspace, text) for key in search_cases(workspace.store.connection, one))
    return tuple(dict.fromkeys(found))


def _written(workspace: Workspace, text: str) -> tuple[str, ...]:
    """Return a text as it is typed and, where the month of a date is named in it, with that date in figures."""
    return tuple(dict.fromkeys((workspace.words.dates_in_figures(text), text)))


@needs(Permission.READ)
def likely_people(
    workspace: Workspace, name: str, birth: str = "", limit: int = LIKELY_SHOWN, *, near: bool = True,
    beside: Record | None = None,
) -> list[LikelyPerson]:  # fmt: skip
    """Return people who may be this one, the likeliest first: by any of their names in any script, or by their birth.

    ``birth``: a date as it is stored, or its year. All who share a family name are looked at before the list is cut.
    ``near``: false for each key while somebody types, so that spellings further away are looked for once they pause.
    ``beside``: a person with what else is known of this one; a municipality speaks for a name that is only near.
    """
    places = municipalities(beside, workspace.pack.places) if beside and near else frozenset()
    asked = Asked.of(name, birth, near=near, places=places)
    found = _alike(workspace, asked)
    if near and not any(likeness.whole_name for likeness, _ in found):
        asked = asked.with_letters()
        found = _alike(workspace, asked)
    found.sort(key=lambda pair: -pair[0].weight)  # stable: of two alike the newer one first
    only_near = [pair for pair in found if pair[0].perhaps and not pair[0].same_day]
    found = [pair for pair in found if pair not in only_near[NEAR_SHOWN:]]
    likely: list[LikelyPerson] = []
    while found and len(likely) < limit:
        some, found = found[:limit], found[limit:]
        likely += _likely(workspace, asked, some)
    return likely[:limit]


def _alike(workspace: Workspace, asked: Asked) -> list[tuple[Likeness, Namesake]]:
    places = workspace.pack.places
    found = (
        (asked.likeness(one.person, one.papers, places), one) for one in namesakes(workspace.store.connection, asked)
    )
    return [(likeness, one) for likeness, one in found if likeness is not None]


def _likely(workspace: Workspace, asked: Asked, found: Sequence[tuple[Likeness, Namesake]]) -> Iterator[LikelyPerson]:
    """Yield people, each with the case that is worked on, or the newest; nobody whom only a withdrawn case held."""
    store = workspace.store
    cases = held.cases_of_all(store.connection, {one.person.uid for _, one in found})
    lives = {person: {case.key for case in of_person if case.lives} for person, of_person in cases.items()}
    wanted = {key for _, one in found for key in lives[one.person.uid] or one.cases}
    lines = store.reader.lines_by_key(list(wanted))
    over = store.reader.records("case", {line.uid for line in lines.values() if is_over(line.status)})
    for likeness, one in found:
        keys_ = [key for key in lives[one.person.uid] or one.cases if key in lines]
        if not keys_:
            continue
        case = lines[max(keys_, key=lambda key: (not is_over(lines[key].status), key))]
        record = over.get(case.uid)
        yield LikelyPerson(
            person=one.person, case=case, same_year=likeness.same_year, in_no_case=not lives[one.person.uid], same_day=likeness.same_day, perhaps=likeness.perhaps,
            closed=record is not None, double=record is not None and not counted(record),
            whole_name=likeness.whole_name, nearly_whole=likeness.nearly_whole, found_by=asked.found_by(one.person, one.papers),
        )  # fmt: skip


@needs(Permission.READ)
def doubles(workspace: Workspace) -> tuple[tuple[LikelyDouble, tuple[str, str]], ...]:
    """Return who may have been written down twice, with the number that stands for each of both: case and place in it."""
    connection = workspace.store.connection
    found = tuple(likely_doubles(held.everybody(connection)))
    numbers = held.numbers_of(connection, {person.uid for one in found for person in (one.first, one.second)})
    return tuple((one, (numbers.get(one.first.uid, ""), numbers.get(one.second.uid, ""))) for one in found)


@needs(Permission.READ)
def counts(workspace: Workspace, chosen: CaseFilter) -> tuple[int, int]:
    """Return (cases, persons) of a filter: two different figures, always both."""
    reader = workspace.store.reader
    cases, persons = reader.counts(chosen)
    return cases, persons + sum(reader.leaving_later(workspace.today, chosen).values())


@needs(Permission.READ)
def countries_of_return(workspace: Workspace) -> tuple[str, ...]:
    """Return the countries by which cases can be told apart: the usual ones of return, then others that a case has."""
    return tuple(dict.fromkeys((*RETURN, *workspace.store.reader.countries())))


@needs(Permission.READ)
def places_of_return(workspace: Workspace) -> dict[str, str]:
    """Return the municipalities by which cases can be told apart: identifier -> name, by name as this language writes it."""
    places, words = workspace.pack.places, workspace.words
    there = filter(None, (places.get(places.municipality(uid)) for uid in workspace.store.reader.places()))
    named = {place.uid: place.name(words.language) for place in there}
    return dict(sorted(named.items(), key=lambda pair: words.place(pair[1])))


@needs(Permission.READ)
def within_place(workspace: Workspace, uid: str) -> tuple[str, ...]:
    """Return a place with all that lies in it, as ``CaseFilter.places`` takes it; nothing for no place."""
    return tuple(sorted(workspace.pack.places.within(uid))) if uid else ()


@needs(Permission.READ)
def places_named(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Return the places that a name means with all that lies in them, as ``CaseFilter.places`` takes it. Raises NotFoundError."""
    found = workspace.pack.places.find(name)
    if not found:
        raise NotFoundError(N_("No known place has this name."), N_("Nothing was changed. Try another spelling."))
    return tuple(dict.fromkeys(uid for one in found for uid in within_place(workspace, one.place.uid)))


@needs(Permission.READ)
def all_cases(workspace: Workspace, chosen: CaseFilter | None = None) -> list[CaseLine]:
    """Return the lines of all cases that a filter lets through, by number."""
    keys_ = workspace.store.reader.line_keys(chosen or CaseFilter(), "number", descending=False)
    return [line for start in range(0, len(keys_), 500) for line in lines(workspace, keys_[start : start + 500])]


@needs(Permission.READ)
def lines(workspace: Workspace, keys_: Sequence[int]) -> list[CaseLine]:
    """Return the list lines of cases by their local keys, in that order."""
    reader = workspace.store.reader
    by_key, there = reader.lines_by_key(keys_), reader.leaving_later(workspace.today)
    found = ((by_key[key], there.get(key, 0)) for key in keys_ if key in by_key)
    return [line._replace(persons=line.persons + more) if more else line for line, more in found]


@needs(Permission.READ)
def first_keys(workspace: Workspace, chosen: CaseFilter, limit: int = 128) -> list[int]:
    """Return the keys of the most recently changed cases: what the first paint of a list needs."""
    return workspace.store.reader.first_keys(chosen, limit)


@needs(Permission.READ)
def case_keys(workspace: Workspace, chosen: CaseFilter, sort: str, descending: bool) -> list[int]:
    """Return the keys of all cases that a filter lets through, sorted."""
    return workspace.store.reader.line_keys(chosen, sort, descending=descending)
