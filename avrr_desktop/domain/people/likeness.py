"""How much somebody in the store is like the one at the desk: each thing that is known orders, and none of them is a wall."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from avrr_desktop.domain.people import name_keys, near_names
from avrr_desktop.domain.people.dates import PartialDate, stored
from avrr_desktop.domain.places.gazetteer import Gazetteer, gazetteer
from avrr_desktop.domain.places.placed import place_of
from avrr_desktop.domain.records.fields import Record

_FAMILY, _GIVEN, _BESIDE = ("family_name", "family_name_at_birth", "name_variants"), ("given_names",), ("father_name",)
_PLACES = ("birth_place", "address_place")
_SAME, _BEGUN, _NEARLY, _NOT = 4, 3, 1, 0  # one name; so it begins; it may be one; another
ON_PAPER = "names_as_written"  # the field of a paper; every other name is a field of the person
_APART = re.compile("[\n,;]")  # between several spellings
_NEAR = 2  # years by which a birth is often told wrongly
_EITHER, _TYPED, _NEAR_TO = (
    "either",
    "typed",
    "near to",
)  # kinds of words beside the fields: of either kind; as typed; near to it


class Likeness(NamedTuple):
    """What speaks for somebody. ``weight``: more is likelier. ``same_year``; ``same_day``: as far as both are known."""

    weight: int
    same_year: bool
    same_day: bool
    whole_name: bool  # every word of the name fits
    perhaps: bool  # no name is the same: only near, or a birth with the same first letters
    nearly_whole: bool  # every word of the name fits or is near


class FoundBy(NamedTuple):
    """A name beside the one by which somebody is shown: the field in which it is written (``ON_PAPER``: on a paper), and the name."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is at the desk: words of the name as far as they are typed, and a date of birth or its year, or nothing."""

    words: tuple[str, ...]
    born: PartialDate | None
    letters: bool = False  # one letter of a word may be wrong
    near: bool = True  # a name may be spelled further away
    places: frozenset[str] = frozenset()  # municipalities in which they were born or live, see ``municipalities``
    _known: dict[tuple[str, str], frozenset[str]] = field(
        default_factory=dict, compare=False, repr=False
    )  # keys of words met before, by kind and word

    @classmethod
    def of(cls, name: str, birth: str = "", *, near: bool = True, places: frozenset[str] = frozenset()) -> "Asked":
        """Return what is asked for. ``birth``: as a date is stored; anything else counts as not known."""
        return cls(tuple(dict.fromkeys(name_keys.name_words(name))), stored(birth), near=near, places=places)

    def with_letters(self) -> "Asked":
        """Return the same, where one letter of a word may be wrong."""
        return replace(self, letters=True)

    def likeness(self, person: Record, papers: Iterable[str] = (), places: Gazetteer | None = None) -> Likeness | None:
        """Return how much a person is like this; None for somebody of whom nothing speaks for it.

        ``papers``: names as they are written on the person's papers. ``places``: those of the office.
        """
        family = self._keys(person, _FAMILY, papers)
        given = self._keys(person, _GIVEN)
        beside = self._keys(person, _BESIDE)
        as_family = [self._strength(word, family) for word in self.words]
        as_given = [self._strength(word, given) for word in self.words]
        as_father = [self._strength(word, beside) for word in self.words]
        year, day, near = self._born(stored(person.text("birth_date")))
        named = _named(as_family, as_given, as_father, born=year or day) or (
            self._nearly_named(as_family, as_given) and self._near_by(person, places)
        )
        if not named and not day and not (year and self._begins_alike(family, given)):
            return None
        best = (max(f + (f > _NEARLY), g, p - 1) for f, g, p in zip(as_family, as_given, as_father, strict=True))
        weight = sum(best) + (6 if day else 4 if year else 1 if near else 0)
        fits = [max(each) > _NEARLY for each in zip(as_family, as_given, as_father, strict=True)]
        near = all(max(each) > _NOT for each in zip(as_family, as_given, as_father, strict=True))
        return Likeness(weight, year, day, whole_name=all(fits), perhaps=not any(fits), nearly_whole=near)

    def _nearly_named(self, family: list[int], given: list[int]) -> bool:
        """Return whether a family name is near, or the only name that is typed: too little without a second fact."""
        return any(family) or (len(given) == 1 and any(given))

    def _near_by(self, person: Record, places: Gazetteer | None) -> bool:
        return bool(self.places) and not self.places.isdisjoint(municipalities(person, places))

    def found_by(self, person: Record, papers: Iterable[str] = ()) -> FoundBy | None:
        """Return the further name by which a person is like this; None where it is the name by which they are shown.

        ``papers``: names as they are written on the person's papers.
        """
        shown = self._keys(person, (*_GIVEN, _FAMILY[0]))
        further = [(key, person.text(key)) for key in (*_FAMILY[1:], *_BESIDE)] + [(ON_PAPER, name) for name in papers]
        names = [FoundBy(field, name.strip()) for field, text in further for name in _APART.split(text) if name.strip()]
        gains = [self._gain(shown, self._keys_of(one.name, _kind_of(one.field))) for one in names]
        best = max(gains, default=0)
        return names[gains.index(best)] if best else None

    def _gain(self, shown: set[str], further: set[str]) -> int:
        """Return how much better the typed words fit to a further name than to the one that is shown."""
        return sum(max(0, self._strength(word, further) - self._strength(word, shown)) for word in self.words)

    def _keys(self, person: Record, fields: Iterable[str], papers: Iterable[str] = ()) -> set[str]:
        found: set[str] = set()
        for key in fields:
            found |= self._keys_of(person.text(key), _kind_of(key))
        for name in papers:
            found |= self._keys_of(name, _EITHER)
        return found

    def _keys_of(self, text: str, kind: str) -> set[str]:
        found: set[str] = set()
        for word in text.split():
            found |= self._known.get((kind, word)) or self._known.setdefault((kind, word), _held_keys(word, kind))
        return found

    def _strength(self, word: str, known: set[str]) -> int:
        """Return how well a typed word fits to names."""
        own = self._known.get((_TYPED, word)) or self._known.setdefault((_TYPED, word), frozenset(name_keys.keys(word)))
        if own & known:
            return _SAME
        if any(key.startswith(tuple(own)) for key in known):
            return _BEGUN
        if not self.near:
            return _NOT
        near = self._known.get((_NEAR_TO, word)) or self._known.setdefault((_NEAR_TO, word), _asked_keys(word))
        if near & known:
            return _NEARLY
        wrong = self.letters and len(word) >= near_names.SHORTEST and near_names.is_one_apart(own, known)
        return _NEARLY if wrong else _NOT

    def _born(self, born: PartialDate | None) -> tuple[bool, bool, bool]:
        asked = self.born
        if asked is None or born is None:
            return False, False, False
        whole = bool(asked.day and born.day)
        apart = abs(asked.year - born.year)
        return apart == 0, whole and asked.first() == born.first(), apart <= _NEAR

    def _begins_alike(self, family: set[str], given: set[str]) -> bool:
        """Return whether two words begin as family and given name do: with the same year, that is reason enough to look."""
        first = [{key[0] for key in name_keys.keys(word)} for word in self.words]
        as_family = {number for number, letters in enumerate(first) if letters & _letters(family)}
        as_given = {number for number, letters in enumerate(first) if letters & _letters(given)}
        return any(one != other for one in as_family for other in as_given)


def municipalities(person: Record, places: Gazetteer | None = None) -> frozenset[str]:
    """Return the identifiers of the municipalities in which somebody was born or lives, as far as their texts surely mean one."""
    known = places or gazetteer()
    found = filter(None, (place_of(person, key, known) for key in _PLACES if person.text(key)))
    return frozenset(filter(None, (known.municipality(place.uid) for place in found)))


def _named(family: list[int], given: list[int], father: list[int], *, born: bool) -> bool:
    """Return whether names alone, or with the birth, speak for somebody.

    A family name is enough. A given name is when nothing else is typed, when the birth is the same, or when another
    word fits as well. A name that is only near is with the birth, or beside another that fits or is near.
    """
    if any(strength > _NEARLY for strength in family):
        return True
    fits = sum(1 for one in zip(family, given, father, strict=True) if max(one) > _NOT)
    sure = any(strength > _NEARLY for strength in given)
    weak = any(strength > _NOT for strength in (*family, *given))
    return (sure and len(family) == 1) or (weak and (born or fits > 1))


def _kind_of(key: str) -> str:
    """Return what kind of name a field holds, by its key."""
    return _EITHER if key in ("name_variants", ON_PAPER) else key


def _held_keys(text: str, kind: str) -> frozenset[str]:
    """Return the keys of every word of a name that somebody has."""
    given, family = kind in (*_GIVEN, *_BESIDE), kind.startswith("family_name")
    found = [key for word in name_keys.words(text) for key in _sounded(word, given=given, family=family)]
    near = (near_names.held_words(word, given=not family, family=not given) for word in name_keys.words(text))
    return frozenset(found).union(*near)


def _sounded(word: str, *, given: bool, family: bool) -> tuple[str, ...]:
    if given == family:
        return name_keys.keys(word)
    return name_keys.plain_key(word), name_keys.sound_key(word, given=given)


def _asked_keys(word: str) -> frozenset[str]:
    return frozenset((*near_names.asked_words(word), *near_names.readings(word)))


def _letters(keys: set[str]) -> set[str]:
    return {key[0] for key in keys}
