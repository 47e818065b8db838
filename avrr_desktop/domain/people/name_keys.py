"""Search keys: spellings of one name in several scripts and languages lead to the same person.

Two keys for each word: the plain one (letters without marks, so that half a word typed is found as it is
written) and the sound key (one form for what Serbian, Albanian, Macedonian, German or French clerks would write).
"""

import re
import unicodedata

# Cyrillic of Serbian, Macedonian and Bosnian to the Latin letters of the same languages.
_CYRILLIC = dict(
    zip(
        "абвгдѓђежзѕијклљмнњопрстќћуфхцчџшѐѝйыэюяъьщ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "gj",
            "đ",
            "e",
            "ž",
            "z",
            "dz",
            "i",
            "j",
            "k",
            "l",
            "lj",
            "m",
            "n",
            "nj",
            "o",
            "p",
            "r",
            "s",
            "t",
            "kj",
            "ć",
            "u",
            "f",
            "h",
            "c",
            "č",
            "dž",
            "š",
            "e",
            "i",
            "j",
            "i",
            "e",
            "ju",
            "ja",
            "",
            "",
            "šč",
        ],
        strict=True,
    )
)
# Joiners, soft hyphens and marks of direction: they come along when somebody pastes, and nobody sees them in a name.
_UNSEEN = (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_LETTERS = str.maketrans(
    {
        **_CYRILLIC,
        **{chr(letter): "" for letter in _UNSEEN},
        "đ": "đ", "ð": "đ", "ł": "l", "ø": "o", "ß": "ss", "œ": "oe", "æ": "ae", "ĳ": "ij", "ı": "i", "þ": "th",
        "ŉ": "n", "ǉ": "lj", "ǌ": "nj", "ǆ": "dž", "’": "", "'": "", "ʼ": "", "`": "", "´": "",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+", re.UNICODE)

# Longest first; applied once, left to right. The class in the middle column is ours, no language writes it so.
_SOUNDS = (
    ("tsch", "c"), ("dsch", "d"), ("dzh", "d"), ("tch", "c"), ("sch", "s"), ("tsj", "c"),
    ("dž", "d"), ("dj", "d"), ("gj", "d"), ("xh", "d"), ("dz", "d"), ("đ", "d"),
    ("kj", "c"), ("ch", "c"), ("ts", "c"), ("tz", "c"), ("sh", "s"), ("sj", "s"), ("zh", "z"), ("zj", "z"),
    ("kh", "h"), ("th", "t"), ("ph", "f"), ("lj", "l"), ("ly", "l"), ("nj", "n"), ("ny", "n"), ("gn", "n"),
    ("ou", "u"), ("ck", "k"), ("q", "c"), ("ć", "c"), ("č", "c"), ("ç", "c"), ("š", "s"), ("ś", "s"), ("ş", "s"),
    ("ž", "z"), ("ź", "z"), ("w", "v"), ("y", "i"), ("ë", "e"), ("j", "i"),
)  # fmt: skip
_SOUND = re.compile("|".join(re.escape(written) for written, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_DOUBLE = re.compile(r"([a-z])\1+")


def words(text: str) -> list[str]:
    """Return the words of a text in lower-case Latin, marks that matter (đ, ć, š ...) still on."""
    if text.isascii():
        return _WORD.findall(text.casefold().replace("'", "").replace("`", ""))
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    text = unicodedata.normalize("NFC", text)
    return _WORD.findall("".join(letter for letter in text if not unicodedata.combining(letter)))


def plain_key(word: str) -> str:
    """Return a word of ``words`` without any marks: đ becomes d."""
    if word.isascii():
        return word
    stripped = unicodedata.normalize("NFKD", word.replace("đ", "d"))
    return "".join(letter for letter in stripped if not unicodedata.category(letter).startswith("M"))


def sound_key(word: str) -> str:
    """Return the one form for all the ways in which a word of ``words`` may be spelled."""
    sounded = _SOUND.sub(lambda match: _SOUND_OF[match.group()], word)
    return _DOUBLE.sub(r"\1", plain_key(sounded))


_VOICED = str.maketrans("bdgvzcx", "ptkfskt")
_VOWELS = str.maketrans("aeiouy", "aaiuui")
_UNHEARD = re.compile("[aeiouyh]")
FRAME = "ǂ"  # before a frame in the index: a letter of no language of ours


def frame(word: str) -> str:
    """Return what is left of a word of ``words`` when its vowels may be others and its consonants softer: a weak key.

    Two words with one frame may be one name, no more: Sylejman and Sulejman, Hatixhe and Hatidža.
    """
    sounded = sound_key(word).translate(_VOICED)
    sounded = sounded.removeprefix("h") or sounded
    first = "a" if _UNHEARD.match(sounded) else ""
    bones = _DOUBLE.sub(r"\1", first + _UNHEARD.sub("", sounded))
    return bones if len(bones) > 2 else _DOUBLE.sub(r"\1", sounded.translate(_VOWELS))


def frames(*texts: str) -> set[str]:
    """Return the frames of all words of some names, as the index holds them."""
    return {FRAME + frame(word) for text in texts for word in words(text) if len(word) > 1}


def keys(word: str) -> tuple[str, ...]:
    """Return the plain key, and the sound key where it differs."""
    plain, sound = plain_key(word), sound_key(word)
    return (plain,) if plain == sound else (plain, sound)


def index_text(*texts: str) -> str:
    """Return the words under which texts are found: every key once, in the order of the texts."""
    found: dict[str, None] = {}
    for text in texts:
        for word in words(text):
            for key in keys(word):
                found[key] = None
    return " ".join(found)


def script_of(text: str) -> str:
    """Return ``Cyrl`` when most letters are Cyrillic, else ``Latn``; empty for a text without letters."""
    cyrillic = sum(1 for letter in text if "Ѐ" <= letter <= "ӿ")
    letters = sum(1 for letter in text if letter.isalpha())
    return "" if not letters else "Cyrl" if cyrillic * 2 > letters else "Latn"
