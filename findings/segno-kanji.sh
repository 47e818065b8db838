#!/bin/sh
# segno 1.6.6 writes the French word "âgée" into a QR code as two Japanese signs: it turns the text into Latin-1 bytes first and asks then
# whether these bytes could be kanji. Hit is every text of pairs whose first letter is one of à to ë and whose second is any letter (âgés,
# étés, Albanian çë); with one letter more all is well. Every reader has to show the signs, as the code says kanji.
# Here: a field of a person's data in a code on paper comes back as other text. Instead: mode="byte" with encoding="utf-8", always.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0 numpy==2.4.6
"$place/venv/bin/python" - <<'EOF'
import io
import sys
from importlib.metadata import version

import segno
import zxingcpp
from PIL import Image

print("segno", version("segno"), "read with zxing-cpp", version("zxing-cpp"))
changed = 0
for text, options, expected in (
    ("âgée", {}, ("kanji", "稟馥")),
    ("âgés", {}, ("kanji", "稟駸")),
    ("étés", {}, ("kanji", "騁駸")),
    ("çë", {}, ("kanji", "鉈")),
    ("âgée", {"eci": True}, ("kanji", "稟馥")),
    ("âgé", {}, ("byte", "âgé")),  # right
    ("âgée", {"mode": "byte", "encoding": "utf-8"}, ("byte", "âgée")),  # right
):
    code, picture = segno.make(text, micro=False, **options), io.BytesIO()
    code.save(picture, kind="png", scale=6, border=4)
    read = [found.text for found in zxingcpp.read_barcodes(Image.open(picture).convert("L"))]
    seen = (code.mode, *read)
    print(f"{text:5} {options or ''!s:38} -> {seen}")
    changed += seen != expected
if changed:
    sys.exit(f"CHANGED: {changed} of these codes are written or read in another way than in November 2026.")
print("SEEN: French and Albanian letters are written into a QR code as Japanese signs.")
EOF
