#!/bin/sh
# pyphen 0.18.1 (hyphenation with the dictionaries of LibreOffice): with the Albanian dictionary single consonants become a piece of their own
# (“ndi-h-më”, “gje-n-d-jes”, “ce-r-ti-fi-ka-të”), and sh, which is one letter, stands alone (“dë-sh-mi”). Words are torn where no school or
# office writes a hyphen; for Serbian and Croatian the same package is usable.
# Here: certificates, letters and narrow columns of a day sheet in Albanian would be broken into pieces that an official reads as mistakes.
# Instead: paper breaks lines between words only, and a column is as wide as its longest word.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyphen==0.18.1
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import pyphen

print("pyphen", version("pyphen"))
vowels, changed = set("aeëiouy"), 0
for word, known in (("ndihmë", "ndi-h-më"), ("gjendjes", "gje-n-d-jes"), ("certifikatë", "ce-r-ti-fi-ka-të"), ("dëshmi", "dë-sh-mi")):
    torn = pyphen.Pyphen(lang="sq_AL").inserted(word)
    print(torn, "; pieces without a vowel:", [piece for piece in torn.split("-") if not vowels & set(piece)])
    changed += torn != known
latin = pyphen.Pyphen(lang="sr_Latn").inserted("punomoćje")
print(latin)
if changed or latin != "pu-no-moć-je":
    sys.exit("CHANGED: hyphenation differs from that of November 2026.")
print("SEEN: Albanian words are torn into single consonants.")
EOF
