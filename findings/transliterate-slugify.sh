#!/bin/sh
# transliterate 1.10.2: slugify() is made for names in other scripts, and throws away Ђ, Ћ, Љ, Њ, Џ of Serbian and Ѓ, Ќ, Ѕ of Macedonian: it
# takes every Cyrillic text for Russian, whose table has none of them, and then drops what is not ASCII. With "sr" Ђ is still lost, as
# Đ has no accent that could be taken off. So Ђурић and Урић make one name, and Љуба and Њуба.
# Here: the papers of two persons in one file, or the second's over the first's. Instead: a table of one's own for the letters of these
# languages, Đ included, and the number of the case, not the person, in the name of a file.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check transliterate==1.10.2 six==1.17.0
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

from transliterate import detect_language, slugify

print("transliterate", version("transliterate"))
changed = 0
for name, language, expected in (
    ("Ђорђевић", None, "orevi"),
    ("Ђурић", "sr", "uric"),
    ("Урић", "sr", "uric"),
    ("Љуба", None, "uba"),
    ("Њуба", None, "uba"),
    ("Ђурић Џевад", "sr", "uric-dzevad"),
    ("Ѓорѓи Ќурчиски", None, "ori-urchiski"),
    ("Ѓорѓи Ќурчиски", "mk", "gjorgji-kjurchiski"),  # right
):
    seen = slugify(name, language)
    print(f"{name:15} {language or 'no language':12} -> {seen}")
    changed += seen != expected
note = "Повратник тражи помоћ за лечење и смештај, и Љубица Ђурић с њим."
seen = detect_language(note)
print(f"language of {note!r} -> {seen}")
changed += seen != "ru"
if changed:
    sys.exit(f"CHANGED: {changed} of these answers differ from those of November 2026.")
print("SEEN: letters of Serbian and Macedonian names are dropped from slugs, and different names become one.")
EOF
