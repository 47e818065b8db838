#!/bin/sh
# dateparser 1.5.0: "3. listopada 2026.", October in Croatian (written so also in Bosnia and Herzegovina), is read as 3 November
# when no language is given, because Polish and Czech use the same word for November and come first; even region="BA" does not help.
# Only the 31st is right, as November has none, so one list mixes both. Here: a return flight or a deadline a month too late.
# Instead: always give languages=[...] of the office, without Polish and Czech; better, parse the few forms of one's own languages.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0 regex==2026.11.19 tzlocal==5.4.5
"$place/venv/bin/python" - <<'EOF'
import sys
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")
import dateparser

print("dateparser", version("dateparser"))
asked = [
    ("3. listopada 2026.", {}, "2026-11-03"),
    ("3. listopada 2026.", {"region": "BA"}, "2026-11-03"),
    ("30. listopada 2026.", {}, "2026-11-30"),
    ("31. listopada 2026.", {}, "2026-10-31"),  # right, for want of a 31 November
    ("3. listopada 2026.", {"languages": ["hr"]}, "2026-10-03"),  # right
    ("3. listopada 2026.", {"languages": ["en", "de", "sq", "mk", "sr", "bs", "hr"]}, "2026-10-03"),  # right
    ("3. lipnja 2026.", {}, "2026-06-03"),  # right: a month that only Croatian calls so
]
changed = 0
for text, options, expected in asked:
    seen = dateparser.parse(text, **options)
    day = seen.date().isoformat() if seen else "no date"
    print(f"{text:20} {options or 'no language'!s:62} -> {day}")
    changed += day != expected
if changed:
    sys.exit(f"CHANGED: {changed} of {len(asked)} dates are read in another way than in November 2026.")
print("SEEN: without a language, Croatian October is read as November.")
EOF
