"""Countries, their older names, and the mark and footnote that go wherever Kosovo is named."""

import re

from avrr_desktop.domain.marking import N_

KOSOVO = "XK"
KOSOVO_NOTE = N_(
    "* References to Kosovo shall be understood in the context of United Nations Security Council "
    "resolution 1244 (1999)."
)

RETURN = {
    "AL": N_("Albania"),
    "BA": N_("Bosnia and Herzegovina"),
    "XK": N_("Kosovo*"),
    "ME": N_("Montenegro"),
    "MK": N_("North Macedonia"),
    "RS": N_("Serbia"),
}
HOST = {
    "BE": N_("Belgium"),
    "DE": N_("Germany"),
    "AT": N_("Austria"),
    "CH": N_("Switzerland"),
    "NL": N_("Netherlands"),
    "FR": N_("France"),
    "IT": N_("Italy"),
    "LU": N_("Luxembourg"),
    "SE": N_("Sweden"),
    "FI": N_("Finland"),
    "NO": N_("Norway"),
    "HU": N_("Hungary"),
    "SK": N_("Slovakia"),
    "PL": N_("Poland"),
    "RO": N_("Romania"),
    "IE": N_("Ireland"),
    "GB": N_("United Kingdom"),
}
OTHER = {"HR": N_("Croatia"), "SI": N_("Slovenia"), "TR": N_("Türkiye"), "GR": N_("Greece")}
NAMES = {**RETURN, **HOST, **OTHER}

# Names that older papers use; matched when people type or import, never shown.
ALIASES = {
    "fyrom": "MK",
    "macedonia": "MK",
    "northern macedonia": "MK",
    "republic of north macedonia": "MK",
    "former yugoslav republic of macedonia": "MK",
    "the former yugoslav republic of macedonia": "MK",
    "bosnia": "BA",
    "bosnia & herzegovina": "BA",
    "bih": "BA",
    "serbia and montenegro": "RS",
    "federal republic of yugoslavia": "RS",
    "kosovo": "XK",
    "kosova": "XK",
    "kosovo (serbia and montenegro)": "XK",
    "kosovo/unsc 1244": "XK",
    "xkx": "XK",
    "rks": "XK",
    "unk": "XK",
    "uk": "GB",
    "great britain": "GB",
    "holland": "NL",
    "the netherlands": "NL",
    "turkey": "TR",
    "alb": "AL",
    "bih.": "BA",
    "mne": "ME",
    "mkd": "MK",
    "srb": "RS",
}

_KOSOVO_WORD = re.compile(r"\b(kosov\w*|косов\w*|kosowo\w*|kosovën|kosovës)", re.IGNORECASE)


def code_of(text: str) -> str | None:
    """Return the code for a code, a name or an older name; None when it is none of these."""
    plain = " ".join(text.replace("*", " ").split()).casefold()
    if plain.upper() in NAMES:
        return plain.upper()
    for code, name in NAMES.items():
        if name.replace("*", "").casefold() == plain:
            return code
    return ALIASES.get(plain)


def names_kosovo(text: str) -> bool:
    """Say whether a typed text names Kosovo in one of our languages and scripts: then its page carries the note."""
    return bool(_KOSOVO_WORD.search(text))
