#!/bin/sh
# dateparser 1.5.0: search_dates() finds 03.05.1990 in a note and calls it 5 March, whatever language it is told, while parse() with that
# language says 3 May: what is found is parsed again as English, against PREFER_LOCALE_DATE_ORDER, which is on. In Serbian and Bosnian it
# knows no "maja" (genitive, the usual form): of "Rođen 3. maja 1990." it keeps 1990 and puts in the day and month of today.
# Here: birth dates taken from an interviewer's notes belong to somebody else. Instead: settings={"DATE_ORDER": "DMY"} for figures, and
# REQUIRE_PARTS=["day", "month", "year"] so that half a date is none.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0 regex==2026.11.19 tzlocal==5.4.5
"$place/venv/bin/python" - <<'EOF'
import sys
import warnings
from datetime import datetime
from importlib.metadata import version

warnings.simplefilter("ignore")
import dateparser
from dateparser.search import search_dates

print("dateparser", version("dateparser"))
TODAY = {"RELATIVE_BASE": datetime(2026, 11, 30)}
STRICT = {**TODAY, "DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
changed = 0


def show(what, seen, expected):
    global changed
    print(f"{what:62} -> {seen}")
    changed += seen != expected


def found(text, language, settings):
    return [day.date().isoformat() for _, day in search_dates(text, languages=[language], settings=settings) or []]


for language, text in (
    ("sr-Latn", "Rođen 03.05.1990. u Nišu"),
    ("bs", "Rođen 03.05.1990. u Bihaću"),
    ("mk", "Роден на 03.05.1990 во Скопје"),
    ("sq", "Lindur më 03.05.1990 në Pejë"),
):
    alone = dateparser.parse("03.05.1990", languages=[language], settings=TODAY).date().isoformat()
    show(f"{language}: parse 03.05.1990", alone, "1990-05-03")
    show(f"{language}: search {text}", found(text, language, TODAY), ["1990-03-05"])
    show(f"{language}: the same with DATE_ORDER and REQUIRE_PARTS", found(text, language, STRICT), ["1990-05-03"])
for language, text in (
    ("sr-Latn", "Rođen 3. maja 1990. godine"),
    ("sr", "Рођен 3. маја 1990. године"),
    ("bs", "Rođen 3. maja 1990. godine"),
):
    show(f"{language}: search {text}", found(text, language, TODAY), ["1990-11-30"])
    show(f"{language}: the same with DATE_ORDER and REQUIRE_PARTS", found(text, language, STRICT), [])
if changed:
    sys.exit(f"CHANGED: {changed} of these dates are read in another way than in November 2026.")
print("SEEN: day and month exchanged in figures, and today's day and month put in where the month is in the genitive.")
EOF
