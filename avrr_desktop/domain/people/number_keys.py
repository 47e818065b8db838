"""Search keys of numbers: a number is found as printed, from any of its parts, from its end, and by any keyboard.

A number of an index has its words from every part on (``204332026``, ``332026``, ``2026``), so that a beginning finds
it from there, and its figures backwards behind a mark, so that its end finds it. Nothing here asks a library: what is
found must stay the same when somebody else's tables change.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from avrr_desktop.domain.people import name_keys, phones
from avrr_desktop.domain.people.dates import stored

BACK = "ↄ"  # before a number that is written backwards: a letter of no language of ours, and a letter for the index
FROM_END = 4  # figures that are enough to find a number by its end
_LONG_PART = 5  # figures of a part that is also found from its own end
_MOST_PARTS = 12
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_TAIL = re.compile(r"(\d*)([^\W\d]+\d*)$")  # of a case’s number: figures of its year, copy and place
_SEVERAL = re.compile(r"[;,|\n]")
# What a Cyrillic or Greek letter looks like; letters without a twin are read by their sound.
_TWINS = str.maketrans(
    "АВЕЗКМНОРСТУХЈІЅҺԚԜӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABE3KMHOPCTYXJISHQWIABEZHIKMNOPTYX"
)  # fmt: skip
_DATE = re.compile(r"(?<![\d./-])(?:(\d{1,2})[./-]\s?)?(\d{1,2})[./-]\s?((?:18|19|20)\d\d)(?:\.|(?![\d./-]))")
_SHORT_DATE = re.compile(r"(?<![\d./-])(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d\d)(?:\.|(?![\d./-]))")


@dataclass(frozen=True, slots=True)
class Key:
    """One word to look up. ``begins``: words that begin so are meant as well."""

    word: str
    begins: bool


def readings(number: str) -> tuple[tuple[str, ...], ...]:
    """Return the parts of a number in lower-case Latin: by the sound of its letters and, where that differs, by their look."""
    text = phones.plain_figures(number)
    sounded = _parts(text)
    if text.isascii():
        return (sounded,) if sounded else ()
    seen = _parts(unicodedata.normalize("NFKC", text).upper().translate(_TWINS))
    return tuple(dict.fromkeys(parts for parts in (sounded, seen) if parts))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for word in name_keys.words(text) for part in _PARTS.findall(name_keys.plain_key(word)))


def squashed(number: str) -> str:
    """Return a number without spaces, dots and dashes, lower case: one word of the index."""
    return "".join(next(iter(readings(number)), ()))


def every_squashed(text: str) -> Iterator[str]:
    """Yield the numbers of a field, each as one word, by the sound of its letters and by their look."""
    for one in _SEVERAL.split(text):
        yield from ("".join(parts) for parts in readings(one))


def backwards(digits: str) -> str:
    """Return figures or letters as the index holds them for a search from their end."""
    return BACK + digits[::-1]


def number_words(text: str) -> Iterator[str]:
    """Yield the words under which the numbers of a field are found."""
    for one in _SEVERAL.split(text):
        for parts in readings(one):
            yield from _from_every_part(parts)
            yield from (part for part in parts if len(part) > 1)
            yield from _from_the_end(parts)


def _from_every_part(parts: tuple[str, ...]) -> Iterator[str]:
    for start in range(min(len(parts), _MOST_PARTS)):
        yield "".join(parts[start:])


def _from_the_end(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield a number backwards: whole, up to its last figure, and up to every long part."""
    for end in range(1, len(parts) + 1):
        last = end == len(parts) or not any(part.isdecimal() for part in parts[end:])
        if (last and any(part.isdecimal() for part in parts[:end])) or (
            parts[end - 1].isdecimal() and len(parts[end - 1]) >= _LONG_PART
        ):
            yield backwards("".join(parts[:end]))


def case_words(number: str) -> Iterator[str]:
    """Yield the words for a case's own number; by its beginning it is found in an index of its own.

    Its first parts stand in thousands of numbers: they are words by themselves, and never begin longer ones. What is typed
    from within it is looked up by what stands behind its year, see ``asked_tails``.
    """
    pieces = [piece for piece in number.casefold().split("-") if piece]
    if pieces:
        yield from pieces
        yield "".join(pieces[-2:])
        yield pieces[-1].lstrip("0")
        if len(pieces[-1]) > FROM_END:
            yield backwards(pieces[-1])


def phone_words(text: str) -> Iterator[str]:
    """Yield the words under which the telephones of a field are found, at home and from abroad."""
    for phone in phones.phones(text):
        yield from dialled(phone)
        whole = len(phone.digits) if phone.code else 0  # of another country’s number the same end is no sign
        yield from (backwards(digits) for digits in dialled(phone) if len(digits) >= whole)
        yield from (part for part in _from_every_part(phone.parts) if len(part) > 2)
    yield from (word for word in name_keys.words(text) if not word.isdecimal() and len(word) > 1)


def dialled(phone: phones.Phone) -> Iterator[str]:
    """Yield the figures by which a number is dialled: with the country's code and without, with its zero and without."""
    yield phone.digits
    if phone.form is phones.Form.INTERNATIONAL:
        yield phone.digits[len(phone.code) :]
        if phone.zero:  # in Italy it belongs to the number
            yield f"{phone.code}0{phone.digits[len(phone.code) :]}"
    elif phone.form is phones.Form.NATIONAL:
        yield phone.digits[1:]
        if phone.digits.startswith("06"):  # Hungary dials 06 within the country
            yield phone.digits[2:]


def date_words(text: str) -> Iterator[str]:
    """Yield the words under which somebody is found by a date of birth: its year, and all that is known of it."""
    if (born := stored(text)) is not None:
        yield f"{born.year:04d}"
        if born.month:
            yield f"{born.year:04d}{born.month:02d}{f'{born.day:02d}' if born.day else ''}"


def asked_number(text: str) -> tuple[Key, ...]:
    """Return what is looked up for a typed text that is one number; empty for one without figures."""
    found: dict[Key, None] = {}
    for parts in readings(text):
        whole = "".join(parts)
        if any(part.isdecimal() for part in parts):
            found[Key(whole, begins=True)] = None
            if sum(map(str.isdecimal, whole)) >= FROM_END:
                found[Key(backwards(whole), begins=True)] = None
    if found:
        found.update(dict.fromkeys(_asked_phone(text)))
    return tuple(found)


def asked_tails(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (what is typed as one word, the year in it or nothing, what stands behind) as the number of a case may hold them."""
    for parts in readings(text):
        whole = "".join(parts)
        if (found := _TAIL.search(whole)) and found.group(1):
            year, tail = found.groups()
            yield whole, year if len(year) == 4 else "", tail


def _asked_phone(text: str) -> Iterator[Key]:
    given = phones.phones(text)
    if len(given) != 1:
        return
    phone = given[0]
    if phone.form is phones.Form.INTERNATIONAL:
        own = phone.digits[len(phone.code) :]
        yield Key(phone.digits, begins=True)
        yield Key(backwards(phone.digits), begins=True)
        yield from (Key(backwards(digits), begins=False) for digits in (own, "0" + own))
        return
    if phone.digits.startswith("00") and len(phone.digits) > 2:  # not whole yet
        yield Key(phone.digits[2:], begins=True)
    for digits in dialled(phone):
        yield Key(digits, begins=True)
        if len(digits) >= FROM_END:
            yield Key(backwards(digits), begins=True)
    if phone.form is phones.Form.UNCLEAR and len(phone.digits) > 7:  # 38344123456, and 044 123 456 is held
        yield Key(backwards(phone.digits[len(phones.calling_code(phone.digits)) :]), begins=False)


def asked_dates(text: str) -> tuple[str, tuple[Key, ...]]:
    """Return (the text without its date, what is looked up for the date); nothing to look up where none is typed."""
    if found := _DATE.search(text):
        day, month, year = found.groups()
        words: Iterable[str] = (f"{year}{int(month):02d}{f'{int(day):02d}' if day else ''}",)
    elif found := _SHORT_DATE.search(text):
        day, month, year = found.groups()
        words = tuple(f"{century}{year}{int(month):02d}{int(day):02d}" for century in (19, 20))
    else:
        return text, ()
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return rest, tuple(Key(word, begins=True) for word in words)


def name_and_number(text: str) -> tuple[str, str]:
    """Return (the words before and behind a number, the number): “Hoti 044 123 456” is a name with a telephone."""
    found = re.search(r"[+(]?\d(?:.*\d)?", text, re.DOTALL)
    if found is None or re.search(r"[^\W\d_]", found.group()):
        return "", ""
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), found.group()
