"""The order in which a language writes its lists: dh after d and Lj after L where these are letters of their own.

One way for window, paper and tables, and for the lists of countries that ship: libraries and databases of the system sort Montenegrin
by Cyrillic rules or know no Albanian. The alphabets are those that schools teach; foreign letters stand where their plain ones do.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

_LATIN_OF_THE_REGION = "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š ś t u v w x y z ž ź"
ALPHABETS: Mapping[str, str] = {
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v w x xh y z zh",
    "sr-Cyrl": "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш",
    "sr-Latn": _LATIN_OF_THE_REGION,
    "bs": _LATIN_OF_THE_REGION,
    "cnr": _LATIN_OF_THE_REGION,
    "mk": "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
}
_PLAIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
# Names of people in a store are of several languages at once: every letter of all of them has its place in one row.
REGION = "a b c ç č ć d dh dž đ e ë f g gj h i j k l lj ll m n nj o p q r rr s sh š ś t th u v w x xh y z zh ž ź"
_IN_LATIN = dict(zip(
    ["а", "б", "в", "г", "д", "ђ", "ѓ", "е", "ж", "з", "ѕ", "и", "ј", "к", "л", "љ", "м", "н", "њ", "о", "п", "р", "с", "т", "ћ", "ќ", "у", "ф", "х", "ц", "ч", "џ", "ш"],
    ["a", "b", "v", "g", "d", "đ", "đ", "e", "ž", "z", "dz", "i", "j", "k", "l", "lj", "m", "n", "nj", "o", "p", "r", "s", "t", "ć", "ć", "u", "f", "h", "c", "č", "dž", "š"], strict=True,
))  # fmt: skip

Key = tuple[tuple[int, ...], str]


def sort_key(text: str, language: str) -> Key:
    """Return where a text stands in the order of a language; texts that differ by accents or capitals only lie side by side."""
    return _key(text, language)


@lru_cache(maxsize=8192)
def _key(text: str, language: str) -> Key:
    return tuple(_places(text.casefold(), _letters(ALPHABETS.get(language, _PLAIN)))), text


def name_key(name: str) -> str:
    """Return a name of any language and script as one text whose order by code points is that of the letters of the region."""
    latin = "".join(_IN_LATIN.get(letter, letter) for letter in unicodedata.normalize("NFC", name.casefold()))
    return "".join(chr(0x30 + place) for place in _places(latin, _letters(REGION)))


@cache
def _letters(alphabet: str) -> Mapping[str, int]:
    return {letter: place for place, letter in enumerate(alphabet.split(), 1)}


def _places(text: str, letters: Mapping[str, int]) -> Iterator[int]:
    """Yield the places of the letters: 0 for what parts words, behind all letters the figures and what no plain letter stands for."""
    text, at = unicodedata.normalize("NFKC", text), 0
    while at < len(text):
        pair = text[at : at + 2]
        if len(pair) == 2 and pair in letters:
            yield letters[pair]
            at += 2
            continue
        sign = text[at]
        at += 1
        plain = unicodedata.normalize("NFKD", sign)[:1] or sign
        if (place := letters.get(sign) or letters.get(plain)) is not None:
            yield place
        elif sign.isspace() or sign in "-–/":
            yield 0
        elif (
            sign.isalpha() and unicodedata.category(sign) != "Lm"
        ):  # of another script: behind those of this one, in its own order
            yield len(letters) + 11 + ord(plain)
        elif sign.isdigit():
            yield len(letters) + 1 + unicodedata.digit(sign, 9)
