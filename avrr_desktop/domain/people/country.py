"""Countries of ISO 3166-1 and XK, what leads to their codes, and the mark and footnote that go wherever Kosovo is named.

See docs/decisions/0021-countries-and-languages.md.
"""

import re
from collections.abc import Iterable

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.former_states import former_state
from avrr_desktop.domain.people.name_tables import codes, folded, shown

KOSOVO_NOTE = N_(
    "* References to Kosovo shall be understood in the context of United Nations Security Council "
    "resolution 1244 (1999)."
)
NAMES = shown("en")[0]  # what another language calls them, Language(language).countries says
RETURN = ("AL", "BA", "XK", "ME", "MK", "RS")
HOST = (
    "BE",
    "DE",
    "AT",
    "CH",
    "NL",
    "FR",
    "IT",
    "LU",
    "SE",
    "FI",
    "NO",
    "HU",
    "SK",
    "PL",
    "RO",
    "IE",
    "GB",
)  # the usual ones

# Of whom no state says that they are its citizens: as travel documents write it (ICAO Doc 9303-3). It is no country.
STATELESS, STATELESS_NAME = "XXA", N_("Stateless")

_KOSOVO_WORD = re.compile(r"\b(kosov\w*|косов\w*|kosowo\w*|kosovën|kosovës)", re.IGNORECASE)


class CountryCodes(tuple[str, ...]):
    """Countries among the values of an error: who tells it says their names."""

    __slots__ = ()


def code_of(text: str) -> str | None:
    """Return the code for a code, or for a name in a language of people and offices around us; None where nothing fits.

    None also for a name that fits two countries, and for a state that is none today.
    """
    if (code := text.strip().upper()) in NAMES:
        return code
    key = folded(text)
    if key.upper() in NAMES:
        return key.upper()
    return None if former_state(text) else codes("countries").get(key)


def in_order(known: Iterable[str]) -> tuple[str, ...]:
    """Return codes as lists offer them: the places of return, the usual hosts, then the others as they came."""
    return tuple(dict.fromkeys((*RETURN, *HOST, *known)))


def names_kosovo(text: str) -> bool:
    """Return whether a typed text names Kosovo in one of our languages and scripts: then its page carries the note."""
    return bool(_KOSOVO_WORD.search(text))
