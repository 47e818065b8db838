"""Who in a store may have been written down twice: told to a person who decides, and never joined by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from avrr_desktop.domain.case.joined import APART
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.people.likeness import Asked
from avrr_desktop.domain.people.number_keys import every_squashed
from avrr_desktop.domain.records.fields import Record

MOST_ALIKE = 200  # people of one day or number: more are a day that stands for “not known”
_SHORTEST = 6  # figures of a number that says whose it is
_OWN = ("given_names", "family_name")


@dataclass(frozen=True, slots=True)
class LikelyDouble:
    """Two records that may be one person. ``same_number``: a personal number; else the same day of birth and the same names."""

    first: Record
    second: Record
    same_number: bool


def likely_doubles(people: Iterable[Record]) -> Iterator[LikelyDouble]:
    """Yield pairs, the earlier written one first: of one personal number, then of one day of birth whose names are alike."""
    by_number: dict[str, list[Record]] = defaultdict(list)
    by_day: dict[str, list[Record]] = defaultdict(list)
    for person in people:
        numbers = f"{person.text('national_number')}\n{person.text('other_numbers')}"
        for number in {one for one in every_squashed(numbers) if len(one) >= _SHORTEST}:
            by_number[number].append(person)
        born = stored(person.text("birth_date"))
        if born is not None and born.day:
            by_day[person.text("birth_date").rstrip("~")].append(person)
    told: set[tuple[str, str]] = set()
    for groups, same_number in ((by_number, True), (by_day, False)):
        for group in groups.values():
            for first, second in combinations(group, 2) if len(group) <= MOST_ALIKE else ():
                pair = (first.uid, second.uid)
                if pair not in told and not _decided(first, second) and (same_number or _alike(first, second)):
                    told.add(pair)
                    yield LikelyDouble(first, second, same_number)


def _decided(first: Record, second: Record) -> bool:
    """Return whether somebody decided that these are two people."""
    return second.uid in first.many(APART) or first.uid in second.many(APART)


def _alike(first: Record, second: Record) -> bool:
    """Return whether every word of one name fits to the other one; twins of one day have other given names."""
    return any(_fits(one, other) for one, other in ((first, second), (second, first)))


def _fits(one: Record, other: Record) -> bool:
    name = " ".join(filter(None, (one.text(key) for key in _OWN)))
    likeness = Asked.of(name, one.text("birth_date")).likeness(other) if name else None
    return likeness is not None and likeness.whole_name
