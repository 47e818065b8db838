"""Telephones: one field may hold several numbers with words beside them. What was typed is kept, and nothing is guessed.

How numbers are read needs no library, so that what is found stays the same when its tables change. How they are shown
comes from libphonenumber, asked only for numbers that say their country themselves.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

SHORTEST = 5  # figures; fewer are part of a note: “ext. 12”, “after 18 h”
LONGEST = 15  # figures of a telephone number anywhere (ITU-T E.164)
MOST_GUESSES = 2
_OR = "or|and|ili|ose|dhe|oder|und|ou|et|o|i|или|и"
_PARTED = re.compile(rf"[,;|\n]|\s(?:{_OR})\s", re.IGNORECASE)
_LAST_RUN = re.compile(r"[+(]?\s*\d[\d\s()]*$")
_SLASH = re.compile(r"(\s[/\\]\s)")  # between two numbers, or behind the code of a town: “0390 / 321 654”
_NUMBER = re.compile(r"\+?\s*\(?\d(?:[\d\s()./\-–—‑\u00a0\u202f]*\d)?")
_BEGINS = re.compile(r"(?<=\d)[\s)]+(?=\+|\(?0)")  # where blanks alone part two numbers
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
# Country codes of one and of two figures (ITU-T E.164, list of assigned codes); all others have three.
_SHORT_CODES = frozenset(
    [
        "1",
        "7",
        "20",
        "27",
        "30",
        "31",
        "32",
        "33",
        "34",
        "36",
        "39",
        "40",
        "41",
        "43",
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
        "51",
        "52",
        "53",
        "54",
        "55",
        "56",
        "57",
        "58",
        "60",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "81",
        "82",
        "84",
        "86",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "98",
    ]
)


class Form(Enum):
    """How a number says where it belongs."""

    INTERNATIONAL = "international"  # +383 44 ..., 00383 44 ...
    NATIONAL = "national"  # 044 ...
    UNCLEAR = "unclear"  # 38344123456: a code of a country, or not?


@dataclass(frozen=True, slots=True)
class Phone:
    """One number of a field. ``digits``: its figures, beginning with the country's code where it is international.

    ``typed``: as it stands in the field. ``note``: the words beside it. ``zero``: it was written with “(0)”.
    """

    typed: str
    digits: str
    form: Form
    note: str = ""
    zero: bool = False

    @property
    def code(self) -> str:
        """The country's code; empty where it is not international."""
        return calling_code(self.digits) if self.form is Form.INTERNATIONAL else ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The groups of figures as they were typed."""
        return tuple(re.findall(r"\d+", plain_figures(self.typed)))


def plain_figures(text: str) -> str:
    """Return a text with every figure of any script, and every plus, as ASCII writes it."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", text)
    )


def calling_code(digits: str) -> str:
    """Return the country's code with which international figures begin."""
    return next((digits[:length] for length in (1, 2) if digits[:length] in _SHORT_CODES), digits[:3])


def phones(text: str) -> tuple[Phone, ...]:
    """Return the numbers of a field in the order in which they stand there."""
    found: list[Phone] = []
    for piece in _PARTED.split(plain_figures(text)):
        for one in _by_slashes(piece):
            found += _of_piece(one)
    return tuple(found)


def _by_slashes(piece: str) -> list[str]:
    """Return what a slash parts; it parts no number from the code before it, which is too short for one."""
    first, *rest = _SLASH.split(piece)
    made = [first]
    for slash, behind in zip(rest[::2], rest[1::2], strict=True):
        if "/" in slash and _is_code(made[-1]) and not behind.lstrip("( ").startswith(("0", "+")):
            made[-1] += slash + behind
        else:
            made.append(behind)
    return made


def _is_code(before: str) -> bool:
    """Return whether a text ends with the code of a town or country, which is no number yet."""
    run = _LAST_RUN.search(before)
    return (
        run is not None
        and run.group().lstrip("( ").startswith(("0", "+"))
        and len(_figures(run.group())) < SHORTEST + 2
    )


def _of_piece(piece: str) -> list[Phone]:
    matches = [match for match in _NUMBER.finditer(piece) if len(_figures(match.group())) >= SHORTEST]
    if not matches and len(_figures(piece)) > 2 and not re.search(r"[^\W\d_]", piece):
        return [_phone(piece, "")]  # 112, 1414
    rest = _NUMBER.sub(lambda match: "" if len(_figures(match.group())) >= SHORTEST else match.group(), piece)
    note = " ".join(rest.strip(" .:()–-").split())
    return [_phone(number, note) for match in matches for number in _one_by_one(match.group())]


def _one_by_one(run: str) -> list[str]:
    """Return the numbers in a run of figures: one, unless blanks part it before another plus or zero and it is too long for one."""
    if len(_figures(run)) <= LONGEST and "+" not in run[1:]:
        return [run]
    made: list[str] = []
    for piece in _BEGINS.split(run):
        if made and not piece.lstrip("( ").startswith("+") and len(_figures(made[-1])) < SHORTEST + 2:
            made[-1] += " " + piece
        else:
            made.append(piece)
    return made


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def _phone(typed: str, note: str) -> Phone:
    typed = typed.strip()
    digits = _figures(typed)
    if typed.startswith("+") or (digits.startswith("00") and digits[2:3] not in ("", "0") and len(digits) > 8):
        bare = _figures(_TRUNK_ZERO.sub("", typed, count=1))
        bare = bare if typed.startswith("+") else bare[2:]
        return Phone(typed, bare, Form.INTERNATIONAL, note, zero=bool(_TRUNK_ZERO.search(typed)))
    return Phone(typed, digits, Form.NATIONAL if digits.startswith("0") else Form.UNCLEAR, note)


def shown(text: str, country: str = "") -> str:
    """Return a field with its international numbers in the form of their country; all else as it was typed.

    ``country``: where it is read; a number of that country is shown without the country's code.
    """
    for phone in phones(text):
        if phone.form is Form.INTERNATIONAL and (known := _known(phone.digits)) is not None:
            text = text.replace(phone.typed, _formatted(known, country), 1)
    return text


def _known(digits: str) -> "PhoneNumber | None":
    """Return an international number as the library knows it; None for one that cannot be."""
    import phonenumbers  # 40 ms: only when a number is shown or asked about

    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _formatted(number: "PhoneNumber", country: str) -> str:
    import phonenumbers

    own = country and phonenumbers.region_code_for_number(number) == country
    kind = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, kind.NATIONAL if own else kind.INTERNATIONAL)


def guesses(phone: Phone, countries: Iterable[str]) -> tuple[str, ...]:
    """Return what a number without a plus may mean, to be asked and never to be stored.

    First the country's code that was typed without its plus, else the codes of ``countries`` before it. Empty for a
    number that says where it belongs, or that one of ``countries`` writes so.
    """
    if phone.form is not Form.UNCLEAR or len(phone.digits) < SHORTEST:
        return ()
    if (whole := _known(phone.digits)) is not None:
        return (_formatted(whole, ""),)
    if is_at_home(phone, countries):
        return ()
    inside = [number for land in countries if (number := _inside(phone.digits, land)) is not None]
    return tuple(dict.fromkeys(_formatted(number, "") for number in inside))[:MOST_GUESSES]


def is_at_home(phone: Phone, countries: Iterable[str]) -> bool:
    """Return whether one of some countries writes its own numbers so: it has no figure before them."""
    import phonenumbers

    return any(
        not phonenumbers.ndd_prefix_for_region(land, True) and _inside(phone.digits, land) is not None
        for land in countries
    )


def _inside(digits: str, country: str) -> "PhoneNumber | None":
    """Return figures as a number of a country, its code before them; None where there is no such number."""
    import phonenumbers

    code = phonenumbers.country_code_for_region(country)
    number = _known(f"{code}{digits}") if code else None
    return number if number is not None and phonenumbers.region_code_for_number(number) == country else None
