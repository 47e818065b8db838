"""What somebody types of whom they look for, in one line: names, a birth, a telephone, in any order."""

import re
from collections.abc import Iterator
from datetime import date

from avrr_desktop.domain.people.dates import When
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.grid.columns import BORN, FAMILY, GIVEN

PHONE = "person.phone"
_OF_PHONE = re.compile(r"[+(]?[\d()/\-]+")
_FEWEST_FIGURES = 6  # of a telephone; fewer are a year, a day or a mistake
_LONGEST_DATE = 3  # words: 14 May 1984


def who_typed(text: str, words: Language, today: date) -> dict[str, str]:
    """Return what a line says by the names of the grid's fields. Nothing of it is lost: what is neither birth nor telephone
    is of the name, of which the last word is the family name, or all before a comma; a single word is a family name.
    """
    parts, born = _born(text.replace(",", " , ").split(), words, today)
    phone = [part for part in parts if _OF_PHONE.fullmatch(part)]
    if sum(map(str.isdigit, "".join(phone))) < _FEWEST_FIGURES:
        phone = []
    names = [part for part in parts if part not in phone]
    if "," in names:
        comma = names.index(",")
        family, given = names[:comma], [part for part in names[comma:] if part != ","]
    else:
        family, given = names[-1:], names[:-1]
    said = {GIVEN: " ".join(given), FAMILY: " ".join(family), BORN: born, PHONE: " ".join(phone)}
    return {key: value for key, value in said.items() if value}


def _born(parts: list[str], words: Language, today: date) -> tuple[list[str], str]:
    """Return the parts without the first that are a birth, and these as they were typed."""
    for at, length in _spans(parts):
        text = " ".join(parts[at : at + length])
        if any(map(str.isdigit, text)) and words.readings(text, today, When.BIRTH):
            return parts[:at] + parts[at + length :], text
    return parts, ""


def _spans(parts: list[str]) -> Iterator[tuple[int, int]]:
    for length in range(min(_LONGEST_DATE, len(parts)), 0, -1):
        yield from ((at, length) for at in range(len(parts) - length + 1))
