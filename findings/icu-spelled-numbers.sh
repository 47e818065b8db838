#!/bin/sh
# ICU 78.3 (icu4py 1.2.0; its rules are those of Java, PHP and many others) writes whole numbers in words that no clerk of the region would
# sign: 1,000 is "jedinica hiljada" in Bosnian ("a unit thousand"), "једна хиљаду" in Serbian, 101 is "еднасто еден" in Macedonian, and two
# thousand and two million lack their plural in all three. Albanian is right; so are German and Dutch, but with soft hyphens inside, which reportlab draws.
# Here: an amount in words on a receipt for a grant. Instead: a tested table of one's own for each language, U+00AD taken out, figures beside.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check icu4py==1.2.0
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import icu4py
from icu4py.messageformat import MessageFormat

print("icu4py", version("icu4py"), "with ICU", icu4py.icu_version)
changed = 0
for language, number, expected, right in (
    ("bs", 1000, "jedinica hiljada", "hiljadu or jedna hiljada"),
    ("bs", 2000, "dve hiljada", "dvije hiljade"),
    ("bs", 21000, "dvadeset jedinica hiljada", "dvadeset jedna hiljada"),
    ("bs", 2000000, "dva milion", "dva miliona"),
    ("sr_Latn", 1000, "jedna hiljadu", "hiljadu or jedna hiljada"),
    ("sr_Latn", 2000, "dve hiljada", "dve hiljade"),
    ("sr_Latn", 2000000, "dva milion", "dva miliona"),
    ("sr", 1000, "једна хиљаду", "хиљаду or једна хиљада"),
    ("mk", 101, "еднасто еден", "сто и еден"),
    ("mk", 2000, "две илјада", "две илјади"),
    ("mk", 2000000, "два милион", "два милиони"),
    ("sq", 1234, "një mijë e dyqind e tridhjetë e katër", ""),
    ("de", 121, "ein\u00adhundert\u00adein\u00adund\u00adzwanzig", "the same without U+00AD, here shown as |"),
    ("nl", 121, "honderdeen\u00aden\u00adtwintig", "the same without U+00AD, here shown as |"),
):
    seen = MessageFormat("{number, spellout}", language).format({"number": number})
    print(f"{language:7} {number:>9,} -> {seen.replace(chr(0xAD), '|'):40}", f"(should be: {right})" if right else "(right)")
    changed += seen != expected
if changed:
    sys.exit(f"CHANGED: {changed} of these numbers are said in another way than in November 2026.")
print("SEEN: numbers in words wrong in Bosnian, Serbian and Macedonian, and soft hyphens in German and Dutch ones.")
EOF
