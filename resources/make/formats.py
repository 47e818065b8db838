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

TARGET = Path(__file__).resolve().parent.parent / "locale" / "formats.toml"

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

SLAVIC_ONE = "v in 0 and i mod 10 in 1 and i mod 100 not in 11 or f mod 10 in 1 and f mod 100 not in 11"
SLAVIC_FEW = "v in 0 and i mod 10 in 2..4 and i mod 100 not in 12..14 or f mod 10 in 2..4 and f mod 100 not in 12..14"
ONE = ("i in 1 and v in 0", "n in 1")


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
    if "many" in rules and rules.get("one") == "i in 0,1":
        return "fr"  # "many" is for whole millions, which the program never counts
    if dict(rules) == {"one": SLAVIC_ONE, "few": SLAVIC_FEW}:
        return "one_few_other"
    if dict(rules) == {"one": SLAVIC_ONE}:
        return "mk"
    if len(rules) == 1 and rules.get("one") in ONE:
        return "one_other"
    raise SystemExit(f"unknown plural rules: {dict(rules)}")


def in_order(words: Mapping[int, str]) -> list[str]:
    """Return CLDR's numbered words (months from January, days from Monday) as a list."""
    return [words[number] for number in sorted(words)]


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
        "day_short": converted(str(locale.date_formats["short"].pattern)),
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
        f"# Made by `python resources/make/formats.py` with Babel {babel_version}; not to be edited by hand.",
        "# en is CLDR's en_GB, cnr its sr_Latn_ME, and qps a copy of en.",
        "# Unicode CLDR: Copyright Unicode, Inc., under the Unicode License V3.",
    ]
    for language, source, name in LANGUAGES:
        lines += ["", f"[{language}]"]
        for key, value in entry(Locale.parse(source), name).items():
            if isinstance(value, list):
                lines.append(f"{key} = [{', '.join(quoted(word) for word in value)}]")
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
