"""Personal numbers of the six countries: read from their figures, without a kind chosen first, and what looks wrong in one.

Only ever a warning: offices issue numbers that break the rules. The sources of each rule are in decision 0033.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import stored
from avrr_desktop.domain.people.phones import plain_figures
from avrr_desktop.domain.records.fields import Record, Value

_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV"  # of Albania, by the rest of a division by 23; W is also the value 0
_THIRTEEN = frozenset({"JMBG", "EMBG", "JMB"})
_OF_COUNTRY: Mapping[str, str] = {
    "RS": "JMBG", "ME": "JMBG", "MK": "EMBG", "BA": "JMB", "AL": "AL_NID", "XK": "XK_PN"
}  # fmt: skip
# By the tens of the region in which somebody was born or first entered; 01 to 09 are the same regions, for foreigners.
_OF_REGION: Mapping[str, str] = {"1": "JMB", "2": "JMBG", "4": "EMBG", "7": "JMBG", "8": "JMBG", "9": "JMBG"}
# Letters and month of an Albanian number: what is added to the month, for whom.
_MONTHS = ((0, "M"), (30, "M"), (50, "F"), (80, "F"))  # 30 and 80: men and women who are no citizens
_LOOK_ALIKE = str.maketrans("АВСЕНІЈКМОРТЅԚԜΑΒΕΗΙΚΜΝΟΡΤ", "ABCEHIJKMOPTSQWABEHIKMNOPT")
_ALBANIAN = re.compile(r"[A-Z]\d{8}[A-Z]", re.ASCII)
_NEARLY_ALBANIAN = re.compile(r"[A-T]\d{7}[A-W]|[A-T]\d{9}[A-W]", re.ASCII)

THIRTEEN_DIGITS = N_("thirteen digits, as JMBG, EMBG and JMB")
_CHECK = N_("The check digit is not correct. Check the paper again.")
_NO_DAY = N_("The number contains a date that does not exist. Check the paper again, or choose the type of number.")
_OTHER_DAY = N_("The number contains a different date of birth. Check the paper again.")
_LETTER = N_("The last letter is not correct. Check the paper again: some numbers were issued like this.")
_ZERO_LOST = N_("With a 0 in front, this is a valid number. Tables often drop that 0. Check the paper again.")
_WOMAN = N_("The number is that of a woman. Check the field “Sex”, or the paper again.")
_MAN = N_("The number is that of a man. Check the field “Sex”, or the paper again.")
_FORMS: Mapping[str, str] = {
    **dict.fromkeys(_THIRTEEN, N_("This type of number has thirteen digits. Check the paper again.")),
    "AL_NID": N_("This type of number has a letter, eight digits and a letter. Check the paper again."),
    "XK_PN": N_("This type of number has ten digits. Check the paper again."),
}


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What a number says by itself. ``born`` is None where it holds no date that exists, or none at all."""

    scheme: str  # a code of number_scheme; empty: one with thirteen digits, of no region of today's four countries
    born: date | None = None
    sex: str = ""  # F, M; empty where the number does not tell
    right: bool = True  # its check digit or letter; True where no public rule is known

    @property
    def whole(self) -> bool:
        """Return whether everything in it holds."""
        return self.right and (self.born is not None or self.scheme == "XK_PN")


@dataclass(frozen=True, slots=True)
class NumberTold:
    """What is said beside a number: a text of the catalogue with {kind} and {date}, the type (empty: thirteen digits), the birth."""

    message: str
    scheme: str
    born: date | None = None


def plain(number: str) -> str:
    """Return a number as registers write it: ASCII figures and capital letters, no blanks, dots or dashes."""
    text = unicodedata.normalize("NFKC", plain_figures(number)).upper().translate(_LOOK_ALIKE)
    return re.sub(r"[\W_]+", "", text)


def check_digit(figures: str) -> int:
    """Return the last digit of twelve figures of the former Yugoslav form: weights 7 to 2 twice, modulo 11; 10 and 11 are 0."""
    expected = 11 - sum(weight * int(figure) for weight, figure in zip(_WEIGHTS, figures, strict=True)) % 11
    return expected if expected < 10 else 0


def check_letter(signs: str) -> str:
    """Return the last letter of an Albanian number: of a letter and eight figures, weights 1, 1, 2 ... 8, modulo 23."""
    values = (_LETTERS.find(sign) if sign.isalpha() else int(sign) for sign in signs)
    return _LETTERS[sum(max(place, 1) * value for place, value in enumerate(values)) % len(_LETTERS)]


def read_number(number: str) -> NumberRead | None:
    """Return what a personal number of the six countries says; None for one that has the form of none of them."""
    text = plain(number)
    if re.fullmatch(r"[0-9]{13}", text):
        return _thirteen(text)
    if _ALBANIAN.fullmatch(text):
        return _albanian(text)
    return NumberRead("XK_PN") if re.fullmatch(r"[0-9]{10}", text) else None


def _thirteen(text: str) -> NumberRead:
    year = int(text[4:7])
    tens, ones = text[7], text[8]
    return NumberRead(
        _OF_REGION.get(ones if tens == "0" else tens, ""),
        _day(year + (1000 if year >= 800 else 2000), int(text[2:4]), int(text[:2])),
        "M" if int(text[9:12]) < 500 else "F",
        check_digit(text[:12]) == int(text[12]),
    )


def _albanian(text: str) -> NumberRead:
    decade, month = ord(text[0]) - ord("A"), int(text[2:4])
    added, sex = next((one for one in _MONTHS if 1 <= month - one[0] <= 12), (0, ""))
    year = 1900 + 10 * decade + int(text[1])
    born = _day(year, month - added, int(text[4:6])) if text[0] <= "T" else None
    return NumberRead("AL_NID", born, sex, check_letter(text[:9]) == text[9])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def scheme_of(number: str, citizenship: str = "") -> str:
    """Return the type of number that somebody's number is, where nobody can mean another; else nothing.

    Ten digits are a number of many countries: they are Kosovo*'s only for its citizens. Of thirteen, the region says whose
    they are, unless the person is a citizen of another country that has such numbers.
    """
    read, own = read_number(number), _OF_COUNTRY.get(citizenship, "")
    if read is None or not read.whole:
        return ""
    if read.scheme == "AL_NID" or read.scheme == own:
        return read.scheme
    if read.scheme == "XK_PN":
        return ""
    if not read.scheme:
        return own if own in _THIRTEEN else ""
    return "" if own in _THIRTEEN else read.scheme


def followed_scheme(person: Record, changed: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """Return the type of a number that is written anew, unless somebody chose one by hand."""
    if "number_scheme" in changed or not {"national_number", "citizenship"} & changed.keys():
        return {}
    now = {key: str(changed.get(key, person.text(key)) or "") for key in ("national_number", "citizenship")}
    was, scheme = scheme_of(person.text("national_number"), person.text("citizenship")), scheme_of(*now.values())
    chosen = person.text("number_scheme") not in ("", was)
    return {"number_scheme": scheme} if scheme and scheme != person.text("number_scheme") and not chosen else {}


def number_problem(person: Record) -> str:
    """Return what to look at in a person's number; empty when nothing is known against it.

    A number of a type that was chosen has to have its form; without one, it is what its figures make of it.
    """
    number, scheme = person.text("national_number"), person.text("number_scheme")
    if not number or scheme == "other":
        return ""
    read = read_number(number)
    known = "JMBG" if read and read.scheme in ("", *_THIRTEEN) else read.scheme if read else ""
    if scheme and scheme != known and not {scheme, known} <= _THIRTEEN:
        return _ZERO_LOST if scheme in _THIRTEEN and _zero_lost(number) else _FORMS.get(scheme, "")
    if read is None:
        return _form_problem(number, person.text("citizenship"))
    return _inner_problem(read, person)


def _form_problem(number: str, citizenship: str) -> str:
    """Return what to look at in a number of no known form: a figure too few or too many, where it can be told."""
    text = plain(number)
    if _zero_lost(number):
        return _ZERO_LOST
    if text.isdecimal() and len(text) in (12, 14) and _OF_COUNTRY.get(citizenship) in _THIRTEEN:
        return _FORMS["JMBG"]
    if text.isdecimal() and len(text) in (9, 11) and citizenship == "XK":
        return _FORMS["XK_PN"]
    return _FORMS["AL_NID"] if _NEARLY_ALBANIAN.fullmatch(text) else ""


def _zero_lost(number: str) -> bool:
    text = plain(number)
    return bool(re.fullmatch(r"[0-9]{12}", text)) and _thirteen(f"0{text}").whole


def _inner_problem(read: NumberRead, person: Record) -> str:
    if read.scheme == "XK_PN":
        return ""
    if read.born is None:
        return _NO_DAY
    if not read.right:
        return _LETTER if read.scheme == "AL_NID" else _CHECK
    if _is_other_day(person.text("birth_date"), read.born):
        return _OTHER_DAY
    sex = person.text("sex")
    if sex in ("F", "M") and read.sex not in ("", sex):
        return _WOMAN if read.sex == "F" else _MAN
    return ""


def _is_other_day(birth: str, born: date) -> bool:
    known = stored(birth)
    return known is not None and not known.estimated and not known.first() <= born <= known.last()


def number_told(person: Record) -> NumberTold | None:
    """Return how the number of a person is understood, to be said beside it; None where nothing can be told for sure."""
    number, chosen = person.text("national_number"), person.text("number_scheme")
    read = read_number(number)
    scheme = chosen or scheme_of(number, person.text("citizenship"))
    if read is None or not read.whole or chosen == "other":
        return None
    if read.born is None:
        return NumberTold(N_("Read as: {kind}."), scheme) if scheme == "XK_PN" else None
    woman, man = N_("Read as: {kind}. Born {date}, woman."), N_("Read as: {kind}. Born {date}, man.")
    return NumberTold(woman if read.sex == "F" else man, scheme or read.scheme, read.born)
