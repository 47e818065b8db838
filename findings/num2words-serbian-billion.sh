#!/bin/sh
# num2words 0.5.14: 1,000,000,000 dinars in Serbian words are "jedan bilion dinara", which is a thousand times as much: Serbian counts as
# French, German and Dutch do (milijarda 10^9, bilion 10^12), and of these four only the Serbian table follows English.
# Here: a grant in dinars in the words of a contract (a milliard is some 8.5 million euros). Instead: words of one's own from a milliard on,
# or none, and always figures beside the words.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14 docopt==0.6.2
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

from num2words import num2words

print("num2words", version("num2words"))
changed = 0
for number, language, expected in (
    (10**6, "sr", "jedan milion"),  # right
    (10**9, "sr", "jedan bilion"),  # should be: jedna milijarda
    (2 * 10**9, "sr", "dva biliona"),  # dve milijarde
    (10**12, "sr", "jedan trilion"),  # jedan bilion
    (10**9, "fr", "un milliard"),
    (10**9, "de", "eine Milliarde"),
    (10**9, "nl", "een miljard"),
    (10**12, "de", "eine Billion"),
):
    seen = num2words(number, lang=language)
    print(f"{number:>17,} {language} -> {seen}")
    changed += seen != expected
seen = num2words(1_200_000_000.0, lang="sr", to="currency", currency="RSD")
print(f"{1_200_000_000:>17,} dinars -> {seen}")
changed += seen != "jedan bilion dvesta miliona dinara, nula para"
if changed:
    sys.exit(f"CHANGED: {changed} of these numbers are said in another way than in November 2026.")
print("SEEN: a milliard of dinars is written as a Serbian billion, a thousand times as much.")
EOF
