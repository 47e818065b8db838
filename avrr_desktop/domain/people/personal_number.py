"""Personal numbers: what looks wrong in one. Only ever a warning: offices issue numbers that break the rules."""

import re
from datetime import date

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.records.fields import Record

_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_THIRTEEN = frozenset({"JMBG", "EMBG", "JMB"})


def number_problem(person: Record) -> str:
    """Return what to look at in a person's number; empty when nothing is known against it.

    Thirteen digits of the former Yugoslav form (JMBG, EMBG, JMB): day, month, last three figures of the year, then a
    check digit by weights 7 to 2, modulo 11 (10 and 11 become 0). Albania: a letter, eight digits, a letter. Kosovo*: ten digits.
    """
    number, scheme = person.text("national_number").replace(" ", ""), person.text("number_scheme")
    if not number or not scheme or scheme == "other":
        return ""
    if scheme in _THIRTEEN:
        return _thirteen(number, person.text("birth_date"))
    if scheme == "AL_NID" and not re.fullmatch(r"[A-Z]\d{8}[A-Z]", number.upper()):
        return N_("This type of number has a letter, eight digits and a letter. Check the paper again.")
    if scheme == "XK_PN" and not re.fullmatch(r"\d{10}", number):
        return N_("This type of number has ten digits. Check the paper again.")
    return ""


def _thirteen(number: str, birth: str) -> str:
    if not re.fullmatch(r"\d{13}", number):
        return N_("This type of number has thirteen digits. Check the paper again.")
    digits = [int(digit) for digit in number]
    rest = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    expected = 11 - rest
    if (expected if expected < 10 else 0) != digits[12]:
        return N_("The check digit is not correct. Check the paper again.")
    known = stored(birth)
    if known and known.day and not known.estimated and not _same_day(number, known.first()):
        return N_("The number contains a different date of birth. Check the paper again.")
    return ""


def _same_day(number: str, born: date) -> bool:
    return number[:7] == f"{born.day:02d}{born.month:02d}{born.year % 1000:03d}"
