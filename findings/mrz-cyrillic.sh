#!/bin/sh
# mrz 0.6.2 and interscript 0.1.0 spell Cyrillic names for the machine readable zone by ICAO Doc 9303 part 3, section 6 B, whose table has
# Serbian Г = H and Һ where Ћ is meant. Both follow it, and take its Ќ = KJ of Macedonian for К: Горан is HORAN and Бранко BRANKJO, in no
# passport so; names with Ћ are refused by mrz and left half Cyrillic by interscript, which drops у and ю as well.
# Here: a zone made or compared so is another person's. Instead: take the Latin name that the document shows, without its marks.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check mrz==0.6.2 interscript==0.1.0 regex==2026.11.19
"$place/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import interscript
from mrz.generator._transliterations import cyrillic_macedonian, cyrillic_serbian
from mrz.generator.td3 import TD3CodeGenerator

print("mrz", version("mrz"), "and interscript", version("interscript"))
changed = 0


def show(what, seen, expected):
    global changed
    print(f"{what:48} -> {seen}")
    changed += seen != expected


def zone(country, surname, given, table):
    try:
        made = TD3CodeGenerator("P", country, surname, given, "X0000000", country, "900503", "M", "300503", transliteration=table)
        return str(made).split("\n")[0][5:].rstrip("<")
    except ValueError as refused:  # the library's FieldError is one
        return f"refused: {' '.join(refused.args)}"


def script(name, text):
    interscript.load_map(name)
    return interscript.transliterate(name, text)


serbian, macedonian = "icao-srp-Cyrl-Latn-9303", "icao-mkd-Cyrl-Latn-9303"
show("mrz, Serbian: Гагов Горан", zone("SRB", "Гагов", "Горан", cyrillic_serbian()), "HAHOV<<HORAN")
show("mrz, Serbian: Савић Ана", zone("SRB", "Савић", "Ана", cyrillic_serbian()), "refused: String contains invalid characters Ћ")
show("mrz, Macedonian: Костовски Бранко", zone("MKD", "Костовски", "Бранко", cyrillic_macedonian()), "KJOSTOVSKJI<<BRANKJO")
show("interscript, Serbian: Горан", script(serbian, "Горан"), "Horan")
show("interscript, Serbian: Савић Лука", script(serbian, "Савић Лука"), "Saviћ Lka")
show("interscript, Serbian: Јулија", script(serbian, "Јулија"), "Jlija")
show("interscript, Macedonian: Бранко", script(macedonian, "Бранко"), "Brankjo")
show("interscript, Macedonian: Лупчо", script(macedonian, "Лупчо"), "Lpcho")
show("interscript, UN table: Савић Лука", script("un-srp-Cyrl-Latn-1997", "Савић Лука"), "Savić Luka")  # right
if changed:
    sys.exit(f"CHANGED: {changed} of these names are spelt in another way than in November 2026.")
print("SEEN: letters exchanged, refused and dropped in names for the machine readable zone.")
EOF
