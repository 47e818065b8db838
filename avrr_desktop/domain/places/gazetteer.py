"""Municipalities of the six countries by all their names: which place a typed text means, and how a place is called where.

The shipped table (``resources/places/places.tsv``) holds official names, those in other languages, older ones and spellings that
people use. A place keeps its identifier for ever; what was typed is kept beside it and never altered. Steps of looking, after
which nobody looks further: the whole text; without words like *opština* or *u*; spellings that nobody reviewed; by the stems of
case endings; by abbreviated words; by the sound. What nobody reviewed and what merely sounds alike is only ever "perhaps".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from avrr_desktop.domain.places import place_keys
from avrr_desktop.domain.places.asked_place import Asked, asked
from avrr_desktop.locations import resources

# Columns of names, and the language of each: ``sq_def`` is the definite form, by which Albanian papers name a place.
_NAMES = {"name_sq": "sq", "name_sq_def": "sq_def", "name_sr_Cyrl": "sr-Cyrl", "name_sr_Latn": "sr-Latn", "name_bs": "bs",
          "name_mk": "mk", "name_tr": "tr", "name_en": "en"}  # fmt: skip
# In which column each language of the program reads a place, the first that is filled.
_READ_IN = {"sq": ("sq", "sq_def"), "sr-Cyrl": ("sr-Cyrl",), "sr-Latn": ("sr-Latn",), "bs": ("bs", "sr-Latn"),
            "cnr": ("sr-Latn",), "mk": ("mk",)}  # fmt: skip
_ELSEWHERE = ("en",)  # in languages of other countries
_UPPER = frozenset({"autonomous_province", "entity", "county", "district", "canton", "region"})
_MUNICIPAL = frozenset({"municipality", "city", "city_municipality"})
_VILLAGES = ("settlement", "quarter")
_SEVERAL = re.compile(r"[\s-]")
_REMEMBERED = 2000  # answers: whoever indexes a store asks for the same few places again and again
_ERROR_FROM = 5  # letters, from which one may be wrong


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # each is there once
class Place:
    """One row of the table. ``official``: (language, name), one or two; ``names``: language -> name; ``spellings``: reviewed ones."""

    uid: str
    country: str
    level: str
    parent: str
    official: tuple[tuple[str, str], ...]
    names: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[str, ...] = ()
    unreviewed: tuple[str, ...] = ()
    people: int = 0

    def name(self, language: str) -> str:
        """Return the name of the place as a language of the program writes it; its first official name where that is not known."""
        for column in _READ_IN.get(language, _ELSEWHERE):
            if self.names.get(column):
                return self.names[column]
        return self.official[0][1]

    def on_paper(self) -> str:
        """Return both official names where the law has two, as they stand on paper: ``Ferizaj / Урошевац``."""
        return " / ".join(dict.fromkeys(name for _, name in self.official))

    def all_names(self) -> tuple[str, ...]:
        """Return every reviewed name, each once."""
        return tuple(dict.fromkeys((*(name for _, name in self.official), *self.names.values(), *self.spellings)))


class Found(NamedTuple):
    """A place that a text means. ``perhaps``: by a spelling that nobody reviewed, or by its sound."""

    place: Place
    perhaps: bool


class Keys(NamedTuple):
    """What leads to places, by key: rows of the table. See ``place_keys``."""

    names: Mapping[str, tuple[int, ...]]
    unreviewed: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[int, ...]]
    sounds: Mapping[str, tuple[int, ...]]


class Gazetteer:
    """All places, found by any of their names. ``rows``: one of the table each; read as places when somebody asks for them."""

    def __init__(self, columns: Sequence[str], rows: Sequence[str], keys: Keys | None = None) -> None:
        self.columns, self.rows, self._read = columns, rows, dict[int, Place]()
        self.keys = keys_of(self) if keys is None else keys
        self._answers: dict[tuple[str, str], tuple[Found, ...]] = {}
        heads = [row.split("\t", 4)[:4] for row in rows]
        self._row_of = {head[0]: row for row, head in enumerate(heads)}
        self._levels = {uid: level for uid, _, level, _ in heads}
        self._parents = {uid: parent for uid, _, _, parent in heads}

    def __iter__(self) -> Iterator[Place]:
        return map(self._place, range(len(self.rows)))

    def get(self, uid: str) -> Place | None:
        """Return a place by its identifier; None for one that this list does not know."""
        row = self._row_of.get(uid)
        return None if row is None else self._place(row)

    def row_of(self, uid: str) -> int | None:
        """Return the row of a place; None for one that this list does not know."""
        return self._row_of.get(uid)

    def _place(self, row: int) -> Place:
        if row not in self._read:
            self._read[row] = _place(dict(zip(self.columns, self.rows[row].split("\t"), strict=True)))
        return self._read[row]

    def find(self, text: str, country: str = "") -> tuple[Found, ...]:
        """Return the places that a typed text means: several where several have the name, none where nothing fits.

        ``country``: where places of it are among those, only they. A country or entity that the text itself names goes before it.
        """
        known = self._answers.get((text, country))
        if known is None:
            if len(self._answers) >= _REMEMBERED:  # workers ask, too: nothing is read back from what may be emptied
                self._answers = {}
            known = self._answers[text, country] = self._found(text, country)
        return known

    def _found(self, text: str, country: str) -> tuple[Found, ...]:
        ways = tuple(asked(text))
        exact = next(filter(None, (self._exactly(one, country) for one in ways)), ())
        if exact and not self._are_abroad(exact, country):
            return exact
        near = next(filter(None, (self._nearly(one, country) for one in ways)), ())
        if exact and (not near or near[0].perhaps or near[0].place.country != country):
            return exact
        return near

    def _are_abroad(self, found: tuple[Found, ...], country: str) -> bool:
        """Return whether only villages of other countries have the name, such as Peći, which is Pejë in a grammatical case."""
        return bool(country) and all(one.place.country != country and one.place.level in _VILLAGES for one in found)

    def sure(self, text: str, country: str = "", *, only: bool = False) -> Place | None:
        """Return the one place that a text surely means; None where there are several, or none for sure. ``only``: of that country."""
        found = self.find(text, country) if text else ()
        if len(found) != 1 or found[0].perhaps or (only and country and found[0].place.country != country):
            return None
        return found[0].place

    def surely(self, text: str, country: str = "") -> list[str]:
        """Return the identifiers of all places that a text may mean, without what is only perhaps meant."""
        return [found.place.uid for found in self.find(text, country) if not found.perhaps] if text else []

    def _exactly(self, one: Asked, country: str) -> tuple[Found, ...]:
        return self._narrowed(self.keys.names.get(place_keys.key(one.name), ()), one, country)

    def _nearly(self, one: Asked, country: str) -> tuple[Found, ...]:
        keys = self.keys
        by_stem = next((keys.stems[each] for each in place_keys.asked_stems(one.name) if each in keys.stems), ())
        guessed = keys.unreviewed.get(place_keys.key(one.name), ())
        if guessed and not set(guessed) & set(by_stem):
            return self._narrowed(guessed, one, country, perhaps=True)
        if by_stem:
            return self._narrowed(by_stem, one, country)
        if "." in one.name and (short := self._abbreviated(one.name)):
            return self._narrowed(short, one, country)
        heard = (keys.sounds[each] for each in place_keys.asked_sounds(one.name) if each in keys.sounds)
        return self._narrowed(next(heard, ()), one, country, perhaps=True)

    def _abbreviated(self, text: str) -> tuple[int, ...]:
        """Return places of whose names a text writes some words short, each ended by a dot: N. Pazar, Kos. Polje."""
        short = [
            (place_keys.bare(word.strip(".")), word.endswith("."))
            for word in re.findall(r"[^\s.\-]+\.?", place_keys.latin(text))
        ]
        if not any(dot for _, dot in short) or not any(len(word) > 2 for word, _ in short):
            return ()

        def fits(words: Sequence[str]) -> bool:
            return all(
                word.startswith(begun) if dot else word == begun
                for (begun, dot), word in zip(short, words, strict=True)
            )

        return tuple(dict.fromkeys(row for row, words in self._of_words.get(len(short), ()) if fits(words)))

    @cached_property
    def _words(self) -> list[list[list[str]]]:
        """The names of several words of each row, word by word."""
        several = ([name for name in place.all_names() if _SEVERAL.search(name) and "." not in name] for place in self)
        return [list(map(place_keys.name_words, names)) for names in several]

    @cached_property
    def _of_words(self) -> dict[int, list[tuple[int, list[str]]]]:
        """The same, by how many words a name has, each with its row."""
        found: dict[int, list[tuple[int, list[str]]]] = {}
        for row, names in enumerate(self._words):
            for words in names:
                found.setdefault(len(words), []).append((row, words))
        return found

    def _narrowed(self, rows: Iterable[int], one: Asked, country: str, *, perhaps: bool = False) -> tuple[Found, ...]:
        """Return the places of some rows that are meant: of the country named, or of the case; a town before its county."""
        places = [self._place(row) for row in rows]
        if one.within:
            places = [place for place in places if one.within in (place.country, *self.ancestors(place.uid))]
        elif country:
            places = [place for place in places if place.country == country] or places
        upper = [place for place in places if place.level in _UPPER]
        places = (upper if one.upper and upper else [place for place in places if place not in upper]) or places
        uids = {place.uid for place in places}
        main = [place for place in places if uids.isdisjoint(self.ancestors(place.uid))]
        return tuple(Found(place, perhaps) for place in sorted(main, key=_order))

    def ancestors(self, uid: str) -> tuple[str, ...]:
        """Return the identifiers of what a place lies in, the nearest first; without the place itself."""
        found: list[str] = []
        parent = self._parents.get(uid, "")
        while parent and parent not in found:
            found.append(parent)
            parent = self._parents.get(parent, "")
        return tuple(found)

    def municipality(self, uid: str) -> str:
        """Return the identifier of the municipality or city in which a place lies, or which it is; of a county, its own."""
        around = (uid, *self.ancestors(uid))
        return next((one for one in around if self._levels.get(one) in _MUNICIPAL), uid)

    def beginning(self, text: str, limit: int = 8, country: str = "") -> tuple[Place, ...]:
        """Return places for a text that is being typed: those that it means, then those of which a name, or a later word of one,
        begins with it; those of ``country`` and the larger ones first. Counties and the like are left out.
        """
        wanted = place_keys.key(text)
        if not wanted:
            return ()
        meant = dict.fromkeys(found.place for found in self.find(text))
        rows = dict.fromkeys(row for name, named in self.keys.names.items() if name.startswith(wanted) for row in named)
        begun = sorted(map(self._place, rows), key=lambda place: (place.country != country, *_order(place)))
        inner = [
            self._place(row)
            for row, names in enumerate(self._words)
            if row not in rows and any(word.startswith(wanted) for words in names for word in words[1:])
        ]
        inner.sort(key=lambda place: (place.country != country, *_order(place)))
        own = sorted((*meant, *begun), key=lambda place: place.country != country)  # stable: what it means stays first
        found = tuple(dict.fromkeys(place.uid for place in (*own, *inner) if place.level not in _UPPER))[:limit]
        return tuple(self._place(self._row_of[uid]) for uid in found) or self.like(text, country)[:limit]

    def like(self, text: str, country: str = "") -> tuple[Place, ...]:
        """Return places of a country whose name differs from a text of five letters or more by one: only ever a suggestion."""
        wanted = place_keys.key(text)
        if len(wanted) < _ERROR_FROM:
            return ()
        rows = dict.fromkeys(
            row for name, named in self.keys.names.items() if _one_error(name, wanted) for row in named
        )
        near = (self._place(row) for row in rows)
        return tuple(sorted((place for place in near if country in ("", place.country)), key=_order))

    def within(self, uid: str) -> frozenset[str]:
        """Return the identifiers of a place and of everything below it: a county with its municipalities and their towns."""
        return frozenset((uid, *(one for one in self._parents if uid in self.ancestors(one))))


def _one_error(name: str, typed: str) -> bool:
    """Return whether two keys differ by one letter: one more, one less, another, or two neighbours that changed places."""
    if abs(len(name) - len(typed)) > 1 or name == typed:
        return False
    same = next(
        (at for at, (one, other) in enumerate(zip(name, typed, strict=False)) if one != other),
        min(len(name), len(typed)),
    )
    one, other = name[same:], typed[same:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


@cache
def gazetteer() -> Gazetteer:
    """Return the places that ship, read when first asked for."""
    folder = resources() / "places"
    head, *rows = (folder / "places.tsv").read_text(encoding="utf-8").splitlines()
    return Gazetteer(head.split("\t"), rows, _read_keys((folder / "keys.tsv").read_text(encoding="utf-8")))


def _read_keys(text: str) -> Keys:
    found: dict[str, dict[str, tuple[int, ...]]] = {kind: {} for kind in Keys._fields}
    for line in text.splitlines():
        kind, key, rows = line.split("\t")
        found[kind][key] = tuple(map(int, rows.split()))
    return Keys(**found)


def keys_of(places: Iterable[Place]) -> Keys:
    """Return all that leads to some places, by key: what ``tools/make/places.py`` writes down."""
    names: dict[str, dict[int, None]] = {}
    unreviewed: dict[str, dict[int, None]] = {}
    stems: dict[str, dict[int, None]] = {}
    sounds: dict[str, dict[int, None]] = {}

    def put(index: dict[str, dict[int, None]], keys: Iterable[str], row: int) -> None:
        for key in filter(None, keys):
            index.setdefault(key, {})[row] = None

    for row, place in enumerate(places):
        for name in place.all_names():
            put(names, [place_keys.key(name)], row)
            put(stems, place_keys.stems(name), row)
        for name in place.unreviewed:
            put(unreviewed, [place_keys.key(name)], row)
        for name in (*place.all_names(), *place.unreviewed):
            put(sounds, [place_keys.sound(name)], row)
    return Keys(*({key: tuple(rows) for key, rows in index.items()} for index in (names, unreviewed, stems, sounds)))


def _place(row: Mapping[str, str]) -> Place:
    official = tuple(
        (row[f"lang_{number}"], row[f"name_official_{number}"]) for number in (1, 2) if row[f"name_official_{number}"]
    )
    names = {language: row[column] for column, language in _NAMES.items() if row[column]}
    return Place(
        uid=row["place_id"], country=row["country"], level=row["level"], parent=row["parent_id"], official=official, names=names,
        spellings=_listed(row["other_names"]), unreviewed=_listed(row["auto_names"]), people=int(row["population"] or 0),
    )  # fmt: skip


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name for name in names.split("|") if name)


def _order(place: Place) -> tuple[bool, int, str]:
    return place.level not in _MUNICIPAL, -place.people, place.uid
