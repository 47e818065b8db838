#!/bin/sh
# opening_hours_py 2.1.4 (hours as OpenStreetMap writes them, with the public holidays of a country): an Albanian office that is closed on
# public holidays ("PH off") is open on both Bajrams, a North Macedonian one on that after Ramadan, a Montenegrin one on Njegoš day
# (13 November), in each of 2024 to 2027; its table has no day of the Islamic calendar for either country. Kosovo (XK) is an unknown country.
# Here: a family is sent to a closed counter, or a day sheet is made for a day on which nobody works.
# Instead: holidays from the package of that name (it has these days, the Islamic ones partly as estimated), or from the office's own list.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check opening_hours_py==2.1.4 holidays==0.109
"$place/venv/bin/python" - <<'EOF'
import sys
from datetime import datetime
from importlib.metadata import version

import holidays
from opening_hours import OpeningHours

print("opening_hours_py", version("opening_hours_py"), "beside holidays", version("holidays"))
changed = 0
for country, day, known in (
    ("AL", "2025-11-28", False), ("AL", "2026-03-20", True), ("AL", "2026-05-27", True), ("MK", "2026-03-20", True), ("ME", "2026-11-13", True),
):
    at_ten = datetime.fromisoformat(day + "T10:00")
    open_ = OpeningHours("Mo-Fr 08:00-15:00; PH off", country=country).is_open(at_ten)
    holiday = holidays.country_holidays(country, years=at_ten.year).get(at_ten.date(), "")
    print(f"{country} {day} {at_ten:%A}: open {open_}; holidays: {holiday}")
    changed += (open_, bool(holiday)) != (known, True)
try:
    OpeningHours("Mo-Fr 08:00-15:00; PH off", country="XK")
    changed += 1
except Exception as error:
    print(f"XK: {type(error).__name__}: {error}")
if changed:
    sys.exit(f"CHANGED: {changed} of 6 answers differ from those of November 2026.")
print("SEEN: offices are open on public holidays of the Islamic calendar and on a national day.")
EOF
