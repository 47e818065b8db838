"""Weaker keys, for when nothing is found: two names that share one may be one name, no more, and a person decides.

The near key goes further than the sound key of ``name_keys``: passport lines without their signs, Turkish and English
letters, endings of families by sex and country, given names that are one in several languages. Beside it stand the
readings of a country whose letters mean something else (French ch is š), and one wrong letter. Sources of the rules:
decision 0031.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import Enum
from functools import cache
from itertools import pairwise

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.name_keys import SOFTENED, keys, name_words, plain_key, sound_key, words


class Near(Enum):
    """Why something was found that is not what was typed, in words."""

    SPELLING = N_("written differently")
    LETTER = N_("one letter is different")
    WORD = N_("one word is missing")


NOTHING_EXACT = N_("Nothing exact; near:")
GIVEN, FAMILY = "ǂ", "ǁ"  # before a near key in the index: letters of no language of ours
_OF = "v"  # behind a family name from which -ov or -ski is off
SHORTEST, LONGEST = 4, 24  # letters of a word in which one may be wrong
MOST_WORDS = 6  # of a name that is looked at a second time
_LETTERS = "abcdefghijklmnopqrstuvxyz" + SOFTENED

_NEAR = (
    ("tsch", "c"), ("dsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "c"), ("dzs", "c"), ("dzj", "c"), ("tsj", "c"),
    ("tsh", "c"), ("dž", "c"), ("xh", "c"), ("dz", "c"), ("dj", "d"), ("gj", "d"), ("đ", "d"), ("ǵ", "d"), ("kj", "c"),
    ("ch", "c"), ("ts", "c"), ("tz", "c"), ("sh", "s"), ("sj", "s"), ("zh", "c"), ("zj", "c"), ("kh", ""), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("lj", "l"), ("ly", "l"), ("nj", "n"), ("ny", "n"), ("gn", "n"), ("ck", "c"), ("ou", "u"),
    ("oe", "o"), ("ue", "u"), ("ğ", "g"), ("z", "c"), ("ž", "c"), ("ź", "c"), ("k", "c"), ("q", "c"), ("w", "v"),
    ("j", "i"), ("h", ""),
)  # fmt: skip
_NEAR_SOUND = re.compile("|".join(written for written, _ in _NEAR))
_NEAR_OF = dict(_NEAR)
_TWO_WAYS = (("y", "i", "u"), ("ü", "u", "i"), ("x", "c", ""))  # letters that two languages read otherwise
_DOUBLE = re.compile(r"([a-z])\1+")
_SOFT_E = re.compile("i+e(?!$)")
_STEM = re.compile("(?<=...)(?:[oe]va?|[oe]v?sc[ia])$")  # -ov, -ova, -ovski, -ovska, -oski, -oska: one ending
_SON = re.compile("(?<=...)[oe]vic$")
_ENDING = re.compile("(?<=...)(?:ai|[iaue])$")
_AFTER_CONSONANT = re.compile("(?<=..[^aeiou])i$")
_INDEFINITE = re.compile("[eë]$")

# Given names that are one name in several languages; a name stands in one line only. Not joined: Mehmed, Muhamed and
# Mahmud, which are three. Diminutives and translations that nobody has in their papers are left out.
_ONE_NAME = (
    "Mehmed Mehmet Mehmeti", "Muhamed Muhamet Mohamed Mohammed Muhammad Muhammed Mohammad", "Mahmud Mahmut Mahmoud",
    "Redžep Rexhep Recep", "Džemal Xhemal Cemal Jemal", "Džemil Xhemil Cemil", "Hatidža Hatixhe Hatice Hadice",
    "Nedžat Nexhat Necat", "Šefket Shefqet Şevket", "Kamil Qamil Ćamil", "Kemal Qemal Ćemal",
    "Sulejman Sylejman Süleyman Sulejmen Soliman Suleiman", "Husein Hysen Hüseyin Hussein Hysein Husejin Hussain",
    "Omer Ymer Ömer Umer Omar", "Jusuf Isuf Yusuf Isufi Josuf", "Ejub Ejup Eyüp Ayub Ejyp", "Junuz Yunus Junus Jonuz",
    "Ibrahim Ibrahimi İbrahim Ebrahim Ibraim", "Ismail Ismajl İsmail Smail Smajl", "Jakub Jakup Yakup Jakov Jakob",
    "Iljaz Ilaz İlyas Ilijas Iljas", "Ramadan Ramazan", "Zejnepa Zejnepe Zeynep Zejneba Zejneb Zeinab",
    "Fatima Fatime Fatma", "Ajša Ajshe Aiša Ayşe Aisha Aisa Hajša", "Mustafa Mustafë Mustafe", "Avdija Avdi Avdyl Abdul Abdyl",
    "Hajrija Hajrije Hayriye", "Emina Emine Amina Amine", "Đorđe Gjorgji Georgi Gjergj Georg Ǵorǵi Gorgi Georgije Gjorgje",
    "Jovan Ivan Joan Gjon Jon Johan Johann", "Petar Petre Petër Pjetër Peter Petr", "Pavle Pavel Pal Pal Paul Pavao",
    "Nikola Nikolla Nikollë Nicola Nikolas", "Marko Mark Marco", "Luka Lukë Luca", "Stefan Stevan Stjepan Shtjefën Stepan Stephan",
    "Aleksandar Aleksandër Alexander Aleksander Alexandre", "Mihajlo Mihail Mëhill Mihal Mikhail Mihailo Mihael",
    "Dimitrije Dimitar Dhimitër Dimitri Dhimitri Dimitrios", "Jelena Elena Helena Yelena", "Marija Maria Meri Marie Maria",
    "Katarina Katerina Katrina Ekaterina Catarina", "Ana Anna Anë Anne", "Snežana Snježana", "Đurđa Gjurgja",
    "Zoja Zoe", "Tomislav Tomisllav", "Filip Philipp Filipp Pilip", "Andrija Andrea Andrej Ndre Andreja", "Simon Šimun Simun Shimon",
    "Lazar Llazar Lazër", "Josip Josif Jozef Zef Josef", "Antun Anton Ndue Ante Antoni", "Matija Matej Mateo Matthias",
    "Vasil Vasilije Vasile Vasilij", "Konstantin Kostandin Constantin", "Teodor Todor Theodor", "Ilija Ilia Elija Elias",
    "Sara Sarah Sarë", "Sofija Sofia Sophia Sofi", "Eva Eve Ewa Evë", "Lejla Leila Leyla", "Rabija Rabije Rabia Rabiye",
    "Šerifa Sherife Şerife", "Zulejha Zylejha Züleyha Zelihe Zeliha", "Merjema Merjeme Meryem Merima Mirjem",
    "Hasan Hassan Hason", "Husnija Hysni Hüsnü Husni", "Abdulah Abdullah Abdulla Avdulah", "Osman Othman Uthman", "Ali Alija Aliu",
)  # fmt: skip

# How a country writes what Slavic and Albanian letters stand for, where its own letters mean something else.
_COUNTRIES = (
    (("š", "ch"), ("ž", "j")),  # France, Belgium: Chabanovitch, Jarko
    (("dž", "j"), ("ž", "zh")),  # United Kingdom: Jemal
    (("dž", "dj"), ("š", "ch"), ("ž", "j"), ("č", "tch")),
    (("dž", "dzs"), ("č", "cs"), ("đ", "gy"), ("ž", "zs"), ("nj", "ny"), ("lj", "ly"), ("ć", "ty"), ("s", "sz"), ("š", "s")),  # Hungary
    (("č", "cs"), ("ć", "cs"), ("đ", "gy"), ("s", "sz"), ("š", "s")),
    (("đ", "gi"), ("dž", "gi"), ("lj", "gli"), ("nj", "gn"), ("k", "ch"), ("š", "sci"), ("č", "ci")),  # Italy
    (("dž", "g"), ("š", "sc"), ("č", "c"), ("k", "c"), ("đ", "g")),
    (("đ", "tz"), ("dž", "tz"), ("č", "ts"), ("b", "mp"), ("d", "nt"), ("g", "gk")),  # Greece
    (("š", "s"), ("ž", "z"), ("đ", "g"), ("ć", "k")),  # Macedonia before 2013: Gorgi
    (("dž", "c"), ("ž", "j")),  # Turkey
    (("z", "s"), ("c", "z")),  # Germany
    (("u", "oe"), ("j", "y")),  # Netherlands
    (("m", "rn"),),  # read by a machine
    (("x", "h"),),  # Romani
)  # fmt: skip
_ALBANIAN = {"sh": "š", "zh": "ž", "xh": "dž", "gj": "đ", "ç": "č", "q": "ć", "dj": "đ", "dz": "dž"}
_ALBANIAN_LETTER = re.compile("|".join(_ALBANIAN))
_PREFIXES = ("hadži", "mula", "kara", "deli")


def _base(word: str) -> Iterator[str]:
    """Yield what is left of a word of ``words`` without endings being touched, once for each way in which it is read."""
    ways = {word.replace("xh", "dž")}
    for letter, *read in _TWO_WAYS:
        ways = {way.replace(letter, to) for way in ways for to in read}
    for way in sorted(ways):
        sounded = plain_key(_NEAR_SOUND.sub(lambda match: _NEAR_OF[match.group()], way)).replace("q", "c")
        yield _DOUBLE.sub(r"\1", _SOFT_E.sub("e", _DOUBLE.sub(r"\1", sounded)))


def given_keys(word: str, *, man: bool = False) -> tuple[str, ...]:
    """Return the near keys of a word of ``words`` as a given name. ``man``: a last e is no a."""
    found: dict[str, None] = {}
    for base in _base(word if man or not word.endswith("ë") else word[:-1] + "a"):
        found[_one_name().get(base) or _one_name().get(_given(base, man=man)) or _given(base, man=man)] = None
    return tuple(found)


def _given(base: str, *, man: bool) -> str:
    base = _AFTER_CONSONANT.sub("", base)
    if len(base) > 3 and base[-1] in "db":
        base = base[:-1] + ("t" if base[-1] == "d" else "p")
    return base if man else _INDEFINITE.sub("a", base)


@cache
def _one_name() -> dict[str, str]:
    """Return the key of the first name of its line for every name of the table."""
    table: dict[str, str] = {}
    for line in _ONE_NAME:
        bases = [[*dict.fromkeys((base, _given(base, man=False)))] for form in words(line) for base in _base(form)]
        for base in (base for both in bases for base in both):
            table.setdefault(base, bases[0][-1])
    return table


def family_keys(word: str) -> tuple[str, ...]:
    """Return the near keys of a word of ``words`` as a family name: the ending by sex, country and grammar is off.

    -ov, -ova, -ovski and -oski are one ending, and -ović is another.
    """
    return tuple(dict.fromkeys(map(_family, _family_bases(word))))


def _family_bases(word: str) -> Iterator[str]:
    return (base.replace("f", "v") for base in _base(word[:-1] + "a" if word.endswith("ë") else word))


def _family(base: str) -> str:
    stem = _STEM.sub("", base)
    return stem + _OF if stem != base else _ENDING.sub("", base)


def _with_other_endings(word: str) -> Iterator[str]:
    """Yield the near keys of a family name that another country has given a Slavic ending, or has taken it from."""
    for base in _family_bases(word):
        if (stem := _SON.sub("", _STEM.sub("", base))) != base:
            yield stem
        else:
            stem = _ENDING.sub("", base)
            yield from (stem + _OF, stem + "ovic", stem + "evic")


def held_words(word: str, *, given: bool, family: bool) -> Iterator[str]:
    """Yield the near keys of a word of ``words`` in a name that somebody has, each with its mark."""
    if given:
        yield from (GIVEN + key for key in given_keys(word))
    if family:
        yield from (FAMILY + key for key in family_keys(word))


def index_words(text: str, *, given: bool, family: bool, man: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (near key, sound key) of each word of a name: as a given name, as a family name, or as both where nobody knows."""
    for word in name_words(text):
        if len(word) < 2:
            continue
        if given:
            sound = sound_key(word, given=True)
            yield from ((GIVEN + key, sound) for key in given_keys(word, man=man) if key != sound)
        if family:
            sound = sound_key(word)
            yield from ((FAMILY + key, sound) for key in family_keys(word))


def asked_words(word: str) -> tuple[str, ...]:
    """Return all near keys under which a typed word of ``words`` may be kept."""
    given = dict.fromkeys((*given_keys(word), *given_keys(word, man=True)))
    family = dict.fromkeys((*family_keys(word), *_with_other_endings(word)))
    return (*given, *(GIVEN + key for key in given), *(FAMILY + key for key in family))


def beginnings(word: str) -> tuple[str, ...]:
    """Return what near keys begin with when a word of ``words`` is not typed to its end."""
    return tuple(mark + base for base in dict.fromkeys(_base(word)) for mark in (GIVEN, FAMILY))


def readings(word: str) -> tuple[str, ...]:
    """Return the sound keys of a word as another country would read it, or would have written it."""
    own = _ALBANIAN_LETTER.sub(lambda match: _ALBANIAN[match.group()], word)
    found: dict[str, None] = {}
    for letters, written, read in _tables():
        for pattern, table, start in ((letters[0], written, own), (letters[1], read, word)):
            found[_replaced(pattern, table, start)] = None
    others = [other for other in found if other not in (own, word)]
    return tuple(dict.fromkeys(key for other in others for key in (sound_key(other), sound_key(other, given=True))))


def _replaced(pattern: re.Pattern[str], table: Mapping[str, str], text: str) -> str:
    return pattern.sub(lambda match: table[match.group()], text)


Table = dict[str, str]


@cache
def _tables() -> tuple[tuple[tuple[re.Pattern[str], re.Pattern[str]], Table, Table], ...]:
    """Return for each country what its tables replace, how it writes our letters, and how we read its letters."""
    made = []
    for pairs in _COUNTRIES:
        written, read = dict(pairs), {there: here for here, there in reversed(pairs)}
        made.append(((_any_letter(written), _any_letter(read)), written, read))
    return tuple(made)


def _any_letter(table: Table) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


def one_apart(key: str) -> list[str]:
    """Return every sound key that differs from one by a letter: another one, one more, one less, or two in turn."""
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    made = {before + letter + after for before, after in cuts for letter in _LETTERS}
    made |= {before + letter + after[1:] for before, after in cuts if after for letter in ("", *_LETTERS)}
    made |= {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    return sorted(made - {key})


def joined(typed: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (place of the first, both as one word) for words that may be written as one: Hadži Nikolić, Hadžinikolić."""
    for at, (one, other) in enumerate(pairwise(typed)):
        yield at, one + other


def parted(word: str) -> tuple[str, str] | None:
    """Return (prefix, rest) of a word of ``words`` that begins with a title which is also written by itself; else None."""
    sounded = sound_key(word)
    begin = next((begin for begin in _prefixes() if sounded.startswith(begin)), "")
    return (begin, sounded[len(begin) :]) if begin and len(sounded) - len(begin) > 2 else None


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(map(sound_key, _PREFIXES))


def is_prefix(word: str) -> bool:
    """Return whether a word of ``words`` is a title that is also written as the beginning of a family name."""
    return sound_key(word) in _prefixes()


def with_prefixes(word: str) -> Iterator[str]:
    """Yield the sound keys of a word with the title before it that may have been left out."""
    sounded = sound_key(word)
    yield from (begin + sounded for begin in _prefixes())


def cut_off(key: str) -> Iterator[str]:
    """Yield beginnings of a long key, as a line of a passport cuts it."""
    yield from (key[:length] for length in range(max(9, len(key) - 6), len(key)))


def words_within(own: str, typed: str) -> int:
    """Return how many words somebody's own name has, where every one of them is one of the typed words; else 0."""
    asked = {key for word in words(typed) for key in keys(word)}
    names = name_words(own)
    return len(names) if all(asked & set(keys(word)) for word in names) else 0


def unlike(own: str, typed: str) -> tuple[str, str]:
    """Return (what is typed, what stands there): the first typed word that no word of somebody's name is, and the word most like it.

    Both empty where every typed word is there, or nothing is like it.
    """
    left = [word for word in words(own) if not _typed_as(word, typed)]
    for word in name_words(typed):
        if left and not _typed_as(word, own):
            there = max(left, key=lambda one: SequenceMatcher(None, plain_key(one), plain_key(word)).ratio())
            return _as_written(word, typed), _as_written(there, own)
    return "", ""


def _typed_as(word: str, text: str) -> bool:
    return any(set(keys(word)) & set(keys(other)) for other in words(text))


def _as_written(word: str, text: str) -> str:
    """Return a word of ``words`` as a text writes it."""
    return next((part for part in text.replace("-", " ").split() if words(part) == [word]), word)


def is_one_apart(keys: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether one of some sound keys differs from one of others by one letter."""
    wanted = tuple(others)
    return any(_near(one, other) for one in keys for other in wanted if abs(len(one) - len(other)) < 2)


def _near(one: str, other: str) -> bool:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, theirs = one[at:], other[at:]
    if rest[1:] == theirs[1:] or rest[1:] == theirs or rest == theirs[1:]:
        return True
    return len(rest) > 1 and len(theirs) > 1 and rest[:2] == theirs[1::-1] and rest[2:] == theirs[2:]
