"""How much somebody in the store is like the one at the desk: each thing that is known orders, and none of them is a wall."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from avrr_desktop.domain.people import name_keys
from avrr_desktop.domain.people.dates import PartialDate, stored
from avrr_desktop.domain.records.fields import Record

_FAMILY, _GIVEN, _BESIDE = ("family_name", "family_name_at_birth", "name_variants"), ("given_names",), ("father_name",)
_SAME, _BEGUN, _FRAME, _NOT = 4, 3, 1, 0  # one name; so it begins; it may be one; another
ON_PAPER = "names_as_written"  # the field of a paper; every other name is a field of the person
_APART = re.compile("[\n,;]")  # between several spellings
_NEAR = 2  # years by which a birth is often told wrongly


class Likeness(NamedTuple):
    """What speaks for somebody. ``weight``: more is likelier. ``same_year``; ``same_day``: as far as both are known."""

    weight: int
    same_year: bool
    same_day: bool
    whole_name: bool  # every word of the name fits
    perhaps: bool  # no name is the same: only its frame, or a birth with the same first letters


class FoundBy(NamedTuple):
    """A name beside the one by which somebody is shown: the field in which it is written (``ON_PAPER``: on a paper), and the name."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is at the desk: words of the name as far as they are typed, and a date of birth or its year, or nothing."""

    words: tuple[str, ...]
    born: PartialDate | None
    _known: dict[str, frozenset[str]] = field(
        default_factory=dict, compare=False, repr=False
    )  # keys of words met before

    @classmethod
    def of(cls, name: str, birth: str = "") -> "Asked":
        """Return what is asked for. ``birth``: as a date is stored; anything else counts as not known."""
        return cls(tuple(dict.fromkeys(name_keys.words(name))), stored(birth))

    def likeness(self, person: Record, papers: Iterable[str] = ()) -> Likeness | None:
        """Return how much a person is like this; None for somebody of whom nothing speaks for it.

        ``papers``: names as they are written on the person's papers.
        """
        family = self._keys([*(person.text(key) for key in _FAMILY), *papers])
        given = self._keys(person.text(key) for key in _GIVEN)
        beside = self._keys(person.text(key) for key in _BESIDE)
        as_family = [self._strength(word, family) for word in self.words]
        as_given = [self._strength(word, given) for word in self.words]
        as_father = [self._strength(word, beside) for word in self.words]
        year, day, near = self._born(stored(person.text("birth_date")))
        named = _named(as_family, as_given, as_father, born=year or day)
        if not named and not day and not (year and self._begins_alike(family, given)):
            return None
        best = (max(f + (f > _FRAME), g, p - 1) for f, g, p in zip(as_family, as_given, as_father, strict=True))
        weight = sum(best) + (6 if day else 4 if year else 1 if near else 0)
        fits = [max(each) > _FRAME for each in zip(as_family, as_given, as_father, strict=True)]
        return Likeness(weight, year, day, whole_name=all(fits), perhaps=not any(fits))

    def found_by(self, person: Record, papers: Iterable[str] = ()) -> FoundBy | None:
        """Return the further name by which a person is like this; None where it is the name by which they are shown.

        ``papers``: names as they are written on the person's papers.
        """
        shown = self._keys(person.text(key) for key in (*_GIVEN, _FAMILY[0]))
        further = [(key, person.text(key)) for key in (*_FAMILY[1:], *_BESIDE)] + [(ON_PAPER, name) for name in papers]
        names = [FoundBy(field, name.strip()) for field, text in further for name in _APART.split(text) if name.strip()]
        gains = [self._gain(shown, self._keys([one.name])) for one in names]
        best = max(gains, default=0)
        return names[gains.index(best)] if best else None

    def _gain(self, shown: set[str], further: set[str]) -> int:
        """Return how much better the typed words fit to a further name than to the one that is shown."""
        return sum(max(0, self._strength(word, further) - self._strength(word, shown)) for word in self.words)

    def _keys(self, texts: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for text in texts:
            for word in text.split():
                found |= self._known.get(word) or self._known.setdefault(word, _keys_of(word))
        return found

    def _strength(self, word: str, known: set[str]) -> int:
        """Return how well a typed word fits to names."""
        own = self._known.get(word) or self._known.setdefault(word, _keys_of(word))
        shared = own & known
        if any(not key.startswith(name_keys.FRAME) for key in shared):
            return _SAME
        begun = tuple(key for key in own if not key.startswith(name_keys.FRAME))
        if any(key.startswith(begun) for key in known):
            return _BEGUN
        return _FRAME if shared else _NOT

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


def _named(family: list[int], given: list[int], father: list[int], *, born: bool) -> bool:
    """Return whether names alone, or with the birth, speak for somebody.

    A family name is enough. A given name is when nothing else is typed, when the birth is the same, or when another
    word fits as well.
    """
    if any(strength > _FRAME for strength in family):
        return True
    fits = sum(1 for one in zip(family, given, father, strict=True) if max(one) > _NOT)
    sure = any(strength > _FRAME for strength in given)
    weak = any(strength > _NOT for strength in (*family, *given))
    return (weak and len(family) == 1) or (sure and (born or fits > 1)) or (weak and (born or fits > 1))


def _keys_of(text: str) -> frozenset[str]:
    """Return the keys of every word in a text, and its frame where it is more than a letter."""
    found = name_keys.words(text)
    return frozenset(key for word in found for key in name_keys.keys(word)) | name_keys.frames(text)


def _letters(keys: set[str]) -> set[str]:
    return {key[0] for key in keys}
