"""Take dates, numbers and lists from CLDR, so that the program itself needs no locale library."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.plural import PluralRule

TARGET = Path(__file__).resolve().parents[2] / "resources" / "locale" / "formats.json"

# The program's language, the CLDR locale it is taken from, and its own name where CLDR's is not it.
LANGUAGES: tuple[tuple[str, str, str], ...] = (
    ("en", "en_GB", ""),
    ("sq", "sq", ""),
    ("sr-Cyrl", "sr_Cyrl", ""),
    ("sr-Latn", "sr_Latn", ""),
    ("bs", "bs", ""),
    ("cnr", "sr_Latn_ME", "Crnogorski"),
    ("mk", "mk", ""),
    ("fr", "fr", ""),
    ("nl", "nl", ""),
    ("de", "de", ""),
    ("qps", "en_GB", "Pseudo (test)"),
)

# What CLDR has not: in Montenegrin it mixes ekavian and ijekavian days of the week.
OWN: Mapping[str, Mapping[str, Mapping[int, str]]] = {
    "cnr": {"weekdays": {0: "ponedjeljak"}, "weekdays_short": {2: "sri"}},
}
# English here is read by offices of the Western Balkans, where 30/11/2026 is foreign and, to some, a month of thirty: they
# all write 30.11.2026, and so does the English of this program, on the screen and on paper.
OWN_SHORT_DAY = {"en": "{dd}.{MM}.{y}", "qps": "{dd}.{MM}.{y}"}
# Short dates end as a language writes them in figures; newer releases of CLDR add the word for the year in Macedonian.
YEAR_WORDS = ("\u202f\u0433.", "\u00a0\u0433.", " \u0433.")

# CLDR's letters for a part of a date, and the placeholder each becomes; a year always has four digits.
FIELDS = {
    "d": "{d}",
    "dd": "{dd}",
    "M": "{M}",
    "MM": "{MM}",
    "MMM": "{MMM}",
    "MMMM": "{MMMM}",
    "LLLL": "{MMMM}",
    "y": "{y}",
    "yy": "{y}",
    "yyyy": "{y}",
    "HH": "{HH}",
    "mm": "{mm}",
}

# A quoted word of a CLDR pattern, or a run of one letter.
TOKEN = re.compile(r"'(?P<quoted>(?:[^']|'')*)'|(?P<field>(?P<letter>[A-Za-z])(?P=letter)*)")

# The program's names for plural rules, by what they say of whole numbers. It counts neither fractions nor whole millions.
COUNTED = range(100_000)
MEANT = {
    "one_other": PluralRule({"one": "n is 1"}),
    "fr": PluralRule({"one": "n in 0..1"}),
    "mk": PluralRule({"one": "n mod 10 is 1 and n mod 100 is not 11"}),
    "one_few_other": PluralRule({
        "one": "n mod 10 is 1 and n mod 100 is not 11",
        "few": "n mod 10 in 2..4 and n mod 100 not in 12..14",
    }),
}  # fmt: skip


def converted(pattern: str) -> str:
    """Return a CLDR date or time pattern with placeholders for its fields."""

    def part(match: re.Match[str]) -> str:
        quoted = match["quoted"]
        if quoted is not None:
            return quoted.replace("''", "'") or "'"
        if match["field"] not in FIELDS:
            raise SystemExit(f"no placeholder for {match['field']!r} in {pattern!r}")
        return FIELDS[match["field"]]

    return TOKEN.sub(part, pattern)


def plural(rules: Mapping[str, str]) -> str:
    """Return the program's name for a language's plural rules."""
    form = PluralRule(rules)
    found = [name for name, rule in MEANT.items() if all(form(number) == rule(number) for number in COUNTED)]
    if len(found) != 1:
        raise SystemExit(f"unknown plural rules: {dict(rules)}")
    return found[0]


def in_order(words: Mapping[int, str]) -> list[str]:
    """Return CLDR's numbered words (months from January, days from Monday) as a list."""
    return [words[number] for number in sorted(words)]


def in_figures(pattern: str) -> str:
    """Return a short date without a word behind its year."""
    return next((pattern.removesuffix(word) for word in YEAR_WORDS if pattern.endswith(word)), pattern)


def with_own(language: str, key: str, value: list[str]) -> list[str]:
    """Return a list of names, those replaced that the program knows better."""
    own = OWN.get(language, {}).get(key, {})
    return [own.get(number, word) for number, word in enumerate(value)]


def entry(locale: Locale, name: str, short_day: str = "") -> dict[str, str | list[str]]:
    """Return what the program keeps of one language."""
    months: Any = locale.months
    days: Any = locale.days
    lists = locale.list_patterns["standard"]
    numbers: Any = locale.number_symbols
    symbols = numbers["latn"]
    skeletons = locale.datetime_skeletons
    own = locale.language_name or ""
    month = str(skeletons["yMMMM"].pattern)
    if "LLLL" in month and months["format"]["wide"] != months["stand-alone"]["wide"]:
        raise SystemExit(f"{locale}: a month with a year takes its stand-alone name, which has no placeholder")
    if lists["start"] != lists["middle"]:
        raise SystemExit(f"{locale}: a list opens otherwise than it goes on")
    return {
        "name": name or own[:1].upper() + own[1:],
        "day": converted(str(locale.date_formats["long"].pattern)),
        "day_short": short_day or in_figures(converted(str(locale.date_formats["short"].pattern))),
        "month": converted(month),
        "month_short": converted(str(skeletons["yM"].pattern)),
        "months": in_order(months["format"]["wide"]),
        "months_alone": in_order(months["stand-alone"]["wide"]),
        "months_short": in_order(months["format"]["abbreviated"]),
        "weekdays": in_order(days["format"]["wide"]),
        "weekdays_short": in_order(days["format"]["abbreviated"]),
        "time": converted(str(skeletons["Hm"].pattern)),
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "list_two": lists["2"],
        "list_last": lists["end"],
        "list_middle": lists["middle"],
        "plural": plural(locale.plural_form.rules),
    }


def written(document: object) -> str:
    """Return a document as JSON; spaces that do not look like what they are get written as escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return (
        "".join(letter if letter in " \n" or letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
        + "\n"
    )


def document() -> str:
    """Return the whole file: names and patterns of dates, numbers and lists, by language, from Unicode CLDR.

    en is CLDR's en_GB with dots in its short dates, cnr its sr_Latn_ME with its own days of the week, and qps a copy of
    en. JSON, because every window and every command begins with it, and Python reads it fifty times as fast as TOML.
    """
    return written({
        language: {
            key: with_own(language, key, value) if isinstance(value, list) else value
            for key, value in entry(Locale.parse(source), name, OWN_SHORT_DAY.get(language, "")).items()
        }
        for language, source, name in LANGUAGES
    })  # fmt: skip


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Write resources/locale/formats.json from Unicode CLDR.")
    parser.add_argument("--target", type=Path, default=TARGET, help="file to write")
    given = parser.parse_args()
    given.target.write_text(document(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
