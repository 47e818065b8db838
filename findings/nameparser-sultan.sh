#!/bin/sh
# nameparser 2.6.0: a woman called Sultan, a name given in Roma and Turkish families of the region, loses it: "Sultan Krasniqi" has a title
# and a family name, and no given name; "Baba Rama" (a surname of Albanian families in second place) has the given name Rama and no family name.
# Here: an imported list has people without a given name, and doubles of those who are there with it.
# Instead: ask for given and family names in two columns; never split a full name for good.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check nameparser==2.6.0
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

from nameparser import HumanName

print("nameparser", version("nameparser"))
changed = 0
for full, expected in (
    ("Ardita Krasniqi", ("", "Ardita", "Krasniqi")),
    ("Sultan Krasniqi", ("Sultan", "", "Krasniqi")),
    ("Sultan Hatidža Krasniqi", ("Sultan", "Hatidža", "Krasniqi")),
    ("Baba Rama", ("Baba", "Rama", "")),
):  # nobody's names: made for this
    name = HumanName(full)
    seen = (name.title, name.first, name.last)
    print(f"{full}: title {seen[0]!r}, given {seen[1]!r}, family {seen[2]!r}")
    changed += seen != expected
if changed:
    sys.exit(f"CHANGED: {changed} of 4 answers differ from those of November 2026.")
print("SEEN: a given name is taken for a title.")
EOF
