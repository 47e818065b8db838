#!/bin/sh
# phonenumbers 9.0.43: in Serbia 40 days of every year are valid telephone numbers. PhoneNumberMatcher, which leaves out dates written with
# strokes, takes "01.05.1990" for +381 10 51990 (fixed line, Pirot) at its default leniency; no other country of the region does this.
# Here: dates of birth in notes become numbers to call, for some persons only, and a filter against telephone numbers takes them out.
# Instead: cut dates out before looking for numbers, or take Leniency.STRICT_GROUPING, which passes over 064/1234-567 as well.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$place/venv/bin/python" - <<'EOF'
import sys
from datetime import date, timedelta
from importlib.metadata import version

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

print("phonenumbers", version("phonenumbers"))
changed = 0


def show(what, seen, expected):
    global changed
    print(f"{what} -> {seen}")
    changed += seen != expected


def numbers(text, region, leniency=Leniency.VALID):
    found = PhoneNumberMatcher(text, region, leniency)
    return [phonenumbers.format_number(one.number, PhoneNumberFormat.INTERNATIONAL) for one in found]


def days(region, form, leniency=Leniency.VALID):
    year = [date(1990, 1, 1) + timedelta(days=count) for count in range(365)]
    return sum(bool(numbers(f"Rođen {day.strftime(form)} u selu", region, leniency)) for day in year)


show("Serbia: Rođen 01.05.1990. u selu", numbers("Rođen 01.05.1990. u selu", "RS"), ["+381 10 51990"])
show("Serbia: Rođen 04.05.1990. u selu", numbers("Rođen 04.05.1990. u selu", "RS"), [])
for form, expected in (("%d.%m.%Y.", 40), ("%d. %m. %Y.", 40), ("%d-%m-%Y", 40), ("%d/%m/%Y", 0), ("%Y-%m-%d", 0)):
    show(f"Serbia: days of 1990 that are a number, written {form}", days("RS", form), expected)
for region in ("AL", "BA", "ME", "MK", "XK"):
    show(f"{region}: days of 1990 that are a number, written %d.%m.%Y.", days(region, "%d.%m.%Y."), 0)
strict = Leniency.STRICT_GROUPING
show("Serbia, strict grouping: days of 1990 that are a number, written %d.%m.%Y.", days("RS", "%d.%m.%Y.", strict), 0)
for text, expected in (("064/123-45-67", ["+381 64 1234567"]), ("064/1234-567", [])):
    show(f"Serbia, strict grouping: {text}", numbers(f"zovi {text}", "RS", strict), expected)
show("Serbia, as it is: 064/1234-567", numbers("zovi 064/1234-567", "RS"), ["+381 64 1234567"])
if changed:
    sys.exit(f"CHANGED: {changed} of these answers differ from those of November 2026.")
print("SEEN: dates of birth are found as valid telephone numbers of Serbia.")
EOF
