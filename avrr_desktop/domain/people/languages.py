"""Languages of people by ISO 639-3, and what leads to their codes; one that nobody listed stays as it was written.

``qgo`` is ours: ISO has no code for Gorani as it is spoken in Gora, and leaves qaa to qtz to its users.
"""

from avrr_desktop.domain.people.name_tables import codes, folded, shown

LANGUAGE_LIST = "language"  # the code list of the pack: the usual ones, which stand first
NAMES = shown("en")[1]


def code_of(text: str) -> str | None:
    """Return the code for a code of ISO 639 or a name of one language; None where nothing, or more than one, fits."""
    key = folded(text)
    return key if key in NAMES else codes("languages").get(key)
