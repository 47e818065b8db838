#!/bin/sh
# price-parser 0.5.1 (amount and currency out of a text): “500 денари” and “500 денара” (Macedonian denars) and “500 евра” (euros, Macedonian
# and Serbian) have the currency “р”, the Russian rouble: a letter in the middle of the word is taken for the sign. “500 марака” (convertible
# marks) too. The amount is right, so that nobody looks twice; “500 динара” is right, and lekë and KM in words have no currency.
# Here: fees of a counter and costs of a family that are read from notes or a bank's list would be booked in another country's money.
# Instead: the currency is a field of its own with ISO 4217 codes; it is never read out of a text.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

from price_parser import Price

print("price-parser", version("price-parser"))
changed = 0
for text, known in (
    ("500 денари", "р"), ("500 денара", "р"), ("500 евра", "р"), ("500 марака", "р"), ("500 динара", "динар"), ("500 lekë", None), ("500 KM", "KM"),
):
    found = Price.fromstring(text)
    print(f"{text}: {found.amount} {found.currency!r}")
    changed += found.currency != known or found.amount != 500
if changed:
    sys.exit(f"CHANGED: {changed} of 7 answers differ from those of November 2026.")
print("SEEN: denars, euros and marks in Cyrillic are read as roubles.")
EOF
