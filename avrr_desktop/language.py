"""Language(code): texts, plurals, dates and numbers as one language writes them; a value that is handed down."""

import gettext
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from avrr_desktop.domain.collation import Key, sort_key
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.i18n import in_context, parted
from avrr_desktop.domain.people import name_tables
from avrr_desktop.domain.people.country import KOSOVO_NOTE, CountryCodes
from avrr_desktop.domain.people.dates import PartialDate, When, stored
from avrr_desktop.domain.people.name_tables import KOSOVO
from avrr_desktop.locations import resources

if TYPE_CHECKING:
    from avrr_desktop.domain.people.typed_dates import Names

DOMAIN = "avrr_desktop"
SOURCE = "en"
TEST_LANGUAGE = "qps"
_NAMED_MONTH = re.compile(r"(?<![\w.])([0-9]{1,2})(?:st|nd|rd|th)?\.? +([^\W\d_]+)\.? +((?:18|19|20)[0-9]{2})(?!\w)")


@cache
def _formats() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = json.loads(
        (resources() / "locale" / "formats.json").read_text(encoding="utf-8")
    )
    return found


def languages() -> tuple[tuple[str, str], ...]:
    """Return (code, own name) of the languages that have a catalogue, the source language first."""
    found = [
        (code, str(format_["name"]))
        for code, format_ in _formats().items()
        if code not in (SOURCE, TEST_LANGUAGE) and _catalogue(code).exists()
    ]
    return ((SOURCE, str(_formats()[SOURCE]["name"])), *found)


@cache
def _names() -> "Names":
    """Return months and weekdays of all languages: whoever sits at a counter also copies papers of other languages."""
    from avrr_desktop.domain.people.typed_dates import MORE_MONTHS, Names, folded

    months, weekdays = {folded(name): number for name, number in MORE_MONTHS.items()}, dict[str, frozenset[int]]()
    for format_ in _formats().values():
        for key in ("months", "months_alone", "months_short"):
            months |= {folded(name).rstrip("."): number for number, name in enumerate(format_[key], 1)}
        for key in ("weekdays", "weekdays_short"):
            for number, name in enumerate(format_[key]):
                short = folded(name).rstrip(".")
                weekdays[short] = weekdays.get(short, frozenset()) | {number}
    return Names(months, weekdays)


def _catalogue(language: str) -> Any:
    return resources() / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands for the texts of a language: how many there are, missing (shown in English), read by a speaker, confirmed by an office."""

    texts: int
    missing: int
    read: int
    confirmed: int

    @property
    def machine(self) -> int:
        """How many were translated by machine, and looked at by nobody."""
        return self.texts - self.missing - self.read - self.confirmed


@cache
def standings() -> Mapping[str, Standing]:
    """Return the standing of every language that has a catalogue, by its code; English, which is written, has none."""
    found = json.loads((resources() / "locale" / "standing.json").read_text(encoding="utf-8"))
    return {code: Standing(**one) for code, one in found.items()}


@lru_cache(maxsize=3)  # the window’s, a document’s, and one more: the others are not held in memory
def _translations(language: str) -> gettext.NullTranslations:
    path = _catalogue(language)
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


class Language:
    """One language. Two documents may speak two languages at the same time."""

    def __init__(self, language: str = SOURCE) -> None:
        self.language = language if language in _formats() else SOURCE
        self._format = _formats()[self.language]
        self._translations = _translations(self.language)

    @property
    def unconfirmed(self) -> bool:
        """Whether an office has still to confirm texts of this language."""
        stands = standings().get(self.language)
        return stands is not None and stands.confirmed < stands.texts

    def text(self, message: str, context: str = "", /, **values: object) -> str:
        """Return the message in this language, its ``{placeholders}`` filled; the context tells its meanings apart."""
        translated = parted(self._translations.gettext(in_context(message, context)))[1] if message else ""
        return _filled(translated, values) if values else translated

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of the message that the number asks for."""
        return _filled(self._translations.ngettext(one, many, count), values)

    def error(self, error: ExpectedError) -> tuple[str, str]:
        """Return (title, hint) of an expected error; texts among its values are translated too."""
        values = {key: self._told(item) for key, item in error.values.items()}
        title, hint = _filled(self.text(error.title), values), _filled(self.text(error.hint), values)
        named = any(KOSOVO in item for item in error.values.values() if isinstance(item, CountryCodes))
        return title, f"{hint} {self.text(KOSOVO_NOTE)}" if named else hint

    def _told(self, item: object) -> object:
        if isinstance(item, CountryCodes):
            return ", ".join(self.countries()[code] for code in item)
        return self.text(item) if isinstance(item, str) else item

    def countries(self) -> name_tables.Names:
        """Return the name of every country by its code, in the order of the alphabet."""
        return name_tables.shown(self.language)[0]

    def language_names(self) -> name_tables.Names:
        """Return the name of every language that people may speak by its code, in the order of the alphabet."""
        return name_tables.shown(self.language)[1]

    def partial_date(self, stored_date: str) -> str:
        """Return a stored date as this language writes it, “about” before an estimate."""
        known = stored(stored_date)
        if known is None:
            return stored_date
        written = self._partial(known)
        return self.text("about {age}", "date", age=written) if known.estimated else written

    def _partial(self, known: PartialDate) -> str:
        if known.day:
            return self._pattern("day_short", known.year, known.month, known.day)
        if known.month:
            return self._pattern("month", known.year, known.month, 1)
        return str(known.year)

    def day(self, day: date) -> str:
        """Return a calendar day in figures."""
        return self._pattern("day_short", day.year, day.month, day.day)

    def long_day(self, day: date) -> str:
        """Return a weekday and a day with the month's name."""
        return f"{self.weekday(day)}, {self._pattern('day', day.year, day.month, day.day)}"

    def weekday(self, day: date) -> str:
        """Return the name of a day's weekday."""
        return str(self._format["weekdays"][day.weekday()])

    def month_and_year(self, day: date) -> str:
        """Return the month of a day, with its year."""
        return self._pattern("month", day.year, day.month, 1)

    def month(self, number: int) -> str:
        """Return the name of a month, 1 to 12, as it stands alone."""
        return str(self._format["months_alone"][number - 1])

    def time(self, moment: datetime) -> str:
        """Return hours and minutes."""
        return f"{moment.hour:02d}:{moment.minute:02d}"

    def moment(self, moment: datetime) -> str:
        """Return day and time."""
        return f"{self.day(moment.date())} {self.time(moment)}"

    def _pattern(self, name: str, year: int, month: int, day: int) -> str:
        months = self._format["months_alone" if name == "month" else "months"]
        return str(self._format[name]).format(
            d=day, dd=f"{day:02d}", M=month, MM=f"{month:02d}", MMM=self._format["months_short"][month - 1],
            MMMM=months[month - 1], y=year,
        )  # fmt: skip

    def typed_date(self, text: str, this_year: int) -> PartialDate | None:
        """Return the date of a birth, or one with its whole year, that somebody typed; None when it is none."""
        found = self.readings(text, date(this_year, 12, 31), When.BIRTH)
        return found[0] if found else None

    def dates_in_figures(self, text: str) -> str:
        """Return a text in which each date with the name of its month, of any language, stands as day.month.year."""
        from avrr_desktop.domain.people.typed_dates import month_of

        def figures(found: re.Match[str]) -> str:
            day, month, year = found.groups()
            known = month_of(month, _names())
            return f"{day}.{known}.{year}" if known else found.group()

        return _NAMED_MONTH.sub(figures, text)

    def readings(self, text: str, today: date, when: When) -> tuple[PartialDate, ...]:
        """Return the dates that a text can mean in a field, whatever language it is in; two where somebody must be asked."""
        from avrr_desktop.domain.people.typed_dates import readings

        names = self._words_of_days()
        before, _, behind = self.text("about {age}", "date").partition("{age}")
        plain = " ".join(text.split())
        if plain.startswith(before.strip()) and plain.endswith(behind.strip()) and before.strip() + behind.strip():
            inner = plain.removeprefix(before.strip()).removesuffix(behind.strip())
            return readings(f"{inner}~", today, when, names)
        return readings(text, today, when, names)

    def _words_of_days(self) -> "Names":
        """Return the names of all languages, with the words of this one and of English for days near today."""
        from avrr_desktop.domain.people.typed_dates import folded

        texts = {  # a language may have several words, parted by commas
            0: ("t", "today", self.text("today", "day")),
            1: ("tomorrow", self.text("tomorrow", "day")),
            -1: ("yesterday", self.text("yesterday", "day")),
        }
        days = {folded(word): distance for distance, words in texts.items() for word in ", ".join(words).split(", ")}
        coming, gone = (
            frozenset(folded(word) for word in f"{english}, {own}".split(", "))
            for english, own in (
                ("next", self.text("next", "before a weekday")), ("last", self.text("last", "before a weekday")),
            )
        )  # fmt: skip
        return replace(_names(), days=days, coming=coming, gone=gone)

    def place(self, text: str) -> Key:
        """Return where a text stands in this language's order of the alphabet: to sort by."""
        return sort_key(text, self.language)

    def number(self, number: int) -> str:
        """Return a whole number with this language's grouping."""
        return f"{number:,}".replace(",", str(self._format["group"])) if number >= 10_000 else str(number)

    def size(self, size: int) -> str:
        """Return a number of bytes in kB."""
        return f"{self.number(max(1, round(size / 1000)))} kB"

    def joined(self, items: list[str]) -> str:
        """Return “a, b and c” as this language joins a list."""
        if len(items) < 2:
            return "".join(items)
        if len(items) == 2:
            return str(self._format["list_two"]).format(*items)
        head = str(self._format["list_middle"])
        text = items[0]
        for item in items[1:-1]:
            text = head.format(text, item)
        return str(self._format["list_last"]).format(text, items[-1])


def _filled(message: str, values: Mapping[str, object]) -> str:
    for key, value in values.items():
        message = message.replace("{" + key + "}", str(value))
    return message
