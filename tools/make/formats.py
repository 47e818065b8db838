"""Take dates, numbers and lists from CLDR, so that the program itself needs no locale library."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel import __version__ as babel_version
from babel.plural import PluralRule

TARGET = Path(__file__).resolve().parents[2] / "resources" / "locale" / "formats.toml"

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


def entry(locale: Locale, name: str) -> dict[str, str | list[str]]:
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
        "day_short": in_figures(converted(str(locale.date_formats["short"].pattern))),
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


def quoted(text: str) -> str:
    """Return a TOML string; spaces that do not look like what they are get written as escapes."""

    def sign(letter: str) -> str:
        if letter in '"\\':
            return "\\" + letter
        return letter if letter == " " or letter.isprintable() else f"\\u{ord(letter):04X}"

    return '"' + "".join(sign(letter) for letter in text) + '"'


def document() -> str:
    """Return the whole file."""
    lines = [
        "# Names and patterns of dates, numbers and lists, one table a language, from Unicode CLDR.",
        f"# Made by `python tools/make/formats.py` with Babel {babel_version}; not to be edited by hand.",
        "# en is CLDR's en_GB, cnr its sr_Latn_ME with its own days of the week, and qps a copy of en.",
        "# Unicode CLDR: Copyright Unicode, Inc., under the Unicode License V3.",
    ]
    for language, source, name in LANGUAGES:
        lines += ["", f"[{language}]"]
        for key, value in entry(Locale.parse(source), name).items():
            if isinstance(value, list):
                lines.append(f"{key} = [{', '.join(quoted(word) for word in with_own(language, key, value))}]")
            else:
                lines.append(f"{key} = {quoted(value)}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Write resources/locale/formats.toml from Unicode CLDR.")
    parser.add_argument("--target", type=Path, default=TARGET, help="file to write")
    given = parser.parse_args()
    given.target.write_text(document(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
