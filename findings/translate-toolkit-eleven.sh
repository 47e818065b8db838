#!/bin/sh
# translate-toolkit 3.20.4 (the library under translation servers; it writes the head of a catalogue): its plural rule of Macedonian takes the
# singular for 11, 111, 211 (n%10==1), where CLDR, as Babel has it, takes the plural; Montenegrin (cnr) has no plural rule at all (nplurals 0).
# Here: a catalogue that went through such a server would say “11 предмет” for eleven cases, and one in Montenegrin would come back without
# a rule for its three forms.
# Instead: the head of each catalogue is made from CLDR by tools/make, and a test compares the rule number by number.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check translate-toolkit==3.20.4 Babel==2.19.0
"$place/venv/bin/python" - <<'EOF'
import gettext
import sys
from importlib.metadata import version

from babel.plural import to_python
from babel import Locale
from translate.lang import factory

print("translate-toolkit", version("translate-toolkit"), "beside Babel", version("Babel"))
macedonian, montenegrin = factory.getlanguage("mk"), factory.getlanguage("cnr")
form, rule = gettext.c2py(macedonian.pluralequation), to_python(Locale("mk").plural_form)
apart = [n for n in range(1, 120) if (form(n) == 0) != (rule(n) == "one")]
print("Macedonian:", macedonian.pluralequation, "; other than CLDR for", apart)
print("Montenegrin:", montenegrin.nplurals, "forms,", repr(montenegrin.pluralequation))
if apart != [11, 111] or montenegrin.nplurals:
    sys.exit("CHANGED: the plural rules differ from those of November 2026.")
print("SEEN: eleven is singular in Macedonian, and Montenegrin has no plural.")
EOF
