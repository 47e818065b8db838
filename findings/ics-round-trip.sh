#!/bin/sh
# ics 0.7.3 reads a calendar without CALSCALE, as most are, and writes it back with CALSCALE:GEORGIAN, a calendar that does not exist (RFC 5545
# knows GREGORIAN); a reader that keeps to the standard refuses the file. And a time without a zone, 09:00 wherever one is, comes back as
# 09:00Z: 11:00 in summer in the Western Balkans. icalendar 7.3.2 writes both as they were.
# Here: an interview two hours late, or a calendar that a peer's program cannot open. Instead: icalendar, and times with a zone.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 tzdata==2026.6
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import ics

print("ics", version("ics"), "and icalendar", version("icalendar"))
FILE = "\r\n".join((
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//an office//EN",
    "BEGIN:VEVENT", "UID:1@office.example", "DTSTAMP:20260601T080000Z",
    "DTSTART:20260701T090000", "DTEND:20260701T093000", "SUMMARY:Interview", "END:VEVENT", "END:VCALENDAR", "",
))  # fmt: skip
changed = 0


def show(what, seen, expected):
    global changed
    print(f"{what:38} -> {seen}")
    changed += seen != expected


def lines(text):
    return [line for line in text.replace("\r", "").split("\n") if line.startswith(("CALSCALE", "DTSTART"))]


written = ics.Calendar(FILE).serialize()
show("in the file", lines(FILE), ["DTSTART:20260701T090000"])
show("ics, read and written", lines(written), ["CALSCALE:GEORGIAN", "DTSTART:20260701T090000Z"])
show("icalendar, read and written", lines(icalendar.Calendar.from_ical(FILE).to_ical().decode()), ["DTSTART:20260701T090000"])
start = icalendar.Calendar.from_ical(written).walk("VEVENT")[0]["DTSTART"].dt
show("what ics wrote, on a clock in Skopje", f"{start.astimezone(ZoneInfo('Europe/Skopje')):%H:%M}", "11:00")
spelt_out = ics.Calendar(FILE.replace("BEGIN:VEVENT", "CALSCALE:GREGORIAN\r\nBEGIN:VEVENT", 1))
show("ics, a file with CALSCALE:GREGORIAN", lines(spelt_out.serialize())[0], "CALSCALE:GREGORIAN")
if changed:
    sys.exit(f"CHANGED: {changed} of these answers differ from those of November 2026.")
print("SEEN: a Georgian calendar scale, and a local time turned into UTC.")
EOF
