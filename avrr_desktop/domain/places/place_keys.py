"""Keys under which the name of a place is found: plain, by the stems of its cases, and by its sound.

The keys of the shipped names are made once, by ``tools/make/places.py``; so nothing here leans on other keys of names, which may
change without those tables.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

_CYRILLIC = {
    **dict(zip("абвгдеѐзијклмнопрстуфхцъьыэёйії", ["a", "b", "v", "g", "d", "e", "e", "z", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "c", ".", ".", "i", "e", "e", "j", "i", "i"], strict=True)),
    "ђ": "dj", "ѓ": "gj", "ж": "ž", "љ": "lj", "њ": "nj", "ћ": "ć", "ќ": "kj", "ѕ": "dz", "ч": "č", "џ": "dž", "ш": "š", "щ": "št",
    "ю": "ju", "я": "ja", "ѝ": "i", "є": "e", "ґ": "g", "ў": "u", "ъ": "", "ь": "",
}  # fmt: skip
_LETTERS = str.maketrans({**_CYRILLIC, "đ": "dj", "ð": "dj", "ł": "l", "ø": "o", "ß": "ss", "œ": "oe", "æ": "ae", "ı": "i",
                          "ǉ": "lj", "ǌ": "nj", "ǆ": "dž"})  # fmt: skip

# Endings of grammatical cases in Albanian, Serbian, Bosnian, Montenegrin and Macedonian; three letters stay before them.
_ENDING = re.compile(r"(?<=...)(?:ovima|ima|ama|om|oj|og|im|ih|em|it|ut|in|un|en|es|se|s|t)$")
_VOWELS = re.compile(r"(?<=...)[aeiouy]+$")
_SOFTENED = {"c": "k", "z": "g", "s": "h"}  # Luci is of Luka, Požezi of Požega
_FLEETING = re.compile(r"(?<=[bcdfghjklmnprstvz])[ae](?=[ckrltnv]$)")  # Uroševac, in Uroševcu
_MOST_WORDS = 3  # of which each may have an ending

# What is written for one sound, longest first. The class behind it is ours, no language writes it so.
_SOUNDS = (
    ("dsch", "x"), ("dzh", "x"), ("tsch", "c"), ("tch", "c"), ("tsh", "c"), ("sch", "s"),
    ("xh", "x"), ("dž", "x"), ("gj", "x"), ("dj", "x"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("cz", "c"), ("tz", "c"), ("ts", "c"),
    ("dz", "z"), ("kj", "c"), ("lj", "l"), ("ly", "l"), ("nj", "n"), ("gn", "n"), ("ny", "n"), ("kh", "h"), ("th", "t"), ("ph", "f"),
    ("ou", "u"), ("oe", "o"), ("ue", "u"), ("q", "c"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_SOUND = re.compile("|".join(re.escape(written) for written, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
# What may be meant otherwise where it is typed: German sch and z, French ch, j and gn, Turkish c, Dutch sj, Italian gi, x of a typewriter.
_OTHERWISE = (("sch", "zh"), ("z", "c"), ("ch", "sh"), ("j", "zh"), ("c", "x"), ("tsj", "ch"), ("sj", "sh"), ("ci", "chi"),
              ("gi", "gj"), ("tj", "ć"), ("dj", "d"), ("d", "dj"), ("s", "z"), ("ë", ""))  # fmt: skip
_MOST_READINGS = 24
_DOUBLE = re.compile(r"(.)\1+")


def lower(text: str) -> str:
    """Return a text in small letters of NFC, its spaces single; the Turkish İ and ı are i."""
    return " ".join(unicodedata.normalize("NFC", text).replace("İ", "i").casefold().replace("ı", "i").split())


def latin(text: str) -> str:
    """Return a text of ``lower`` in Latin letters, marks still on: ђ and đ are dj."""
    return text if text.isascii() else text.translate(_LETTERS)


def key(name: str) -> str:
    """Return what does not tell names apart taken off: case, script, marks, spaces, dots and hyphens. ``Han-Pijesak`` is ``hanpijesak``."""
    return bare(latin(lower(name)))


def bare(text: str) -> str:
    """Return a text of ``latin`` without marks and everything that is no letter or digit."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in text if letter.isalnum())


def name_words(name: str) -> list[str]:
    """Return the words of a name, each by its key."""
    return [found for word in re.split(r"[\s\-–.,/']+", latin(lower(name))) if (found := bare(word))]


def stems(name: str) -> Iterator[str]:
    """Yield the keys under which a name is found by its cases: without last vowels, word by word, also without one that comes and goes."""
    words = name_words(name)
    yield "".join(map(_cut, words))
    fleeting = [_FLEETING.sub("", word) if len(word) > _MOST_WORDS + 1 else word for word in words]
    if fleeting != words:
        yield "".join(map(_cut, fleeting))


def asked_stems(name: str) -> Iterator[str]:
    """Yield the stems that a typed name may have: without last vowels, without endings, its last letter as it was before it softened."""
    words = name_words(name)
    if not 0 < len(words) <= _MOST_WORDS:
        return
    ways = [list(dict.fromkeys((_cut(word), _cut(_ENDING.sub("", word))))) for word in words]
    found = ["".join(way) for way in product(*ways)]
    yield from found
    for way in found:
        if way[-1] in _SOFTENED:
            yield way[:-1] + _SOFTENED[way[-1]]


def _cut(word: str) -> str:
    return _VOWELS.sub("", word)


def sound(name: str) -> str:
    """Return one form for what Serbian, Albanian, German, French or Turkish clerks would write for one sound."""
    return _sounded(latin(lower(name)))


def asked_sounds(name: str) -> Iterator[str]:
    """Yield the sounds that a typed name may have: ``ch`` is French for š, ``c`` Turkish for dž, ``z`` German for c."""
    ways = [latin(lower(name))]
    for written, other in _OTHERWISE:
        if written in ways[0]:
            ways += [way.replace(written, other) for way in ways[: _MOST_READINGS - len(ways)]]
    yield from dict.fromkeys(map(_sounded, ways))


def _sounded(text: str) -> str:
    marked = "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())
    return _DOUBLE.sub(r"\1", bare(_SOUND.sub(lambda match: _SOUND_OF[match.group()], marked)))
