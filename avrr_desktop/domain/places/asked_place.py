"""What somebody wrote of a place, read: words around the name, a country or entity behind it, two names of one place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from avrr_desktop.domain.people import country
from avrr_desktop.domain.places.place_keys import key, latin, lower

# Words before or behind the name of a place, by key: offices, kinds of places, prepositions, in the languages of the region and of hosts.
_LOWER = (
    "opstina opstine opstini opstinu opcina opcine opcini opcinu so komuna komunes komunen bashkia bashkise qyteti qytetit qytetin "
    "municipality city town gemeinde stadt commune ville belediye belediyesi comune gemeente kommun grad grada gradu gradot "
    "selo sela selu fshati fshatit fshat katundi mesto mesta naselje mz kodi villagio village dorf sh"
)
_UPPER = (
    "qarku qarkut qark rrethi rrethit rreth okrug okruga okrugu kanton kantona kantonu zupanija zupanije county district canton region "
    "regioni regjioni regjionit rajoni rajonit oblast kreis bezirk"
)
_AROUND = "e i te se kod u iz na sa do od ne nga prej tek ne vo v kaj in aus bei nach of de di von van from near at der die das en a the pored blizu afer"
_LOWER_WORDS, _UPPER_WORDS, _AROUND_WORDS = (frozenset(words.split()) for words in (_LOWER, _UPPER, _AROUND))
_ENTITIES = {"rs": "BA-e-rs", "republikasrpska": "BA-e-rs", "fbih": "BA-e-fbih", "federacija": "BA-e-fbih",
             "federacijabih": "BA-e-fbih", "fedbih": "BA-e-fbih"}  # fmt: skip
_BEHIND = re.compile(r"^(.+?)\s*(?:\(\s*([^()]+?)\s*\)|,\s*([^,]+)|\s+(?:u\s+)?(rs|fbih|рс|фбих))\s*$")
_TWO = re.compile(r"\s*/\s*|\s+[–—-]\s+|\s*\(|\)\s*$")
_FIGURES = re.compile(r"(?:^|\s)(?:[a-z]{1,2}-)?\d{4,6}(?=\s|$)")  # the number of a post office


class Asked(NamedTuple):
    """A typed place: its name, where it is said to lie, and whether a county or region is asked for."""

    name: str
    within: str = ""  # the code of a country, or the identifier of an entity
    upper: bool = False


def asked(text: str) -> Iterator[Asked]:
    """Yield the ways in which a text can be read as the name of a place, the most literal one first."""
    whole = lower(text)
    yield from _read(whole)
    plain = " ".join(_FIGURES.sub(" ", whole).split())
    if plain != whole and plain:
        yield from _read(plain)
    if behind := _BEHIND.match(plain):
        name, *said = behind.groups()
        for where in _where(next(filter(None, said))):
            yield from _read(name, where)
    for part in _TWO.split(plain):
        if part and part != plain:
            yield from _read(part)


def _where(text: str) -> tuple[str, ...]:
    """Return what a text behind a name may say of where it lies: an entity, a country, or both, as RS does."""
    return tuple(filter(None, (_ENTITIES.get(key(text), ""), country.code_of(text) or "")))


def _read(text: str, within: str = "") -> Iterator[Asked]:
    """Yield a text as it is, then without words before the name, then without those behind it."""
    words = text.split()
    upper = any(key(word) in _UPPER_WORDS for word in words)
    yield Asked(text, within, upper)
    behind = words
    while len(behind) > 1 and _is_around(behind[0]):
        behind = behind[1:]
    if behind != words:
        yield Asked(" ".join(behind), within, upper)
    bare = behind
    while len(bare) > 1 and key(bare[-1]) in _LOWER_WORDS | _UPPER_WORDS:
        bare = bare[:-1]
    if bare != behind:
        yield Asked(" ".join(bare), within, upper)


def _is_around(word: str) -> bool:
    return key(word) in _AROUND_WORDS | _LOWER_WORDS | _UPPER_WORDS and latin(word)[-1:] != "."
