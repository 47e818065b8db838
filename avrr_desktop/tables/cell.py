"""A cell of a table is shown, never computed: a spreadsheet takes some beginnings for a formula, also a name's."""

import unicodedata

_BEGINNINGS = frozenset("=+-@\N{MINUS SIGN}")
_BREAKS = frozenset("\t\r\n")
_MARK = "'"


def shown(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes: with an apostrophe before it where it could be taken for more.

    What begins with an apostrophe gets another one, so that ``typed`` gives back exactly what went in.
    """
    return _MARK + text if _is_taken_for_more(text) else text


def typed(cell: str) -> str:
    """Return the text of a cell that ``shown`` made."""
    return cell.removeprefix(_MARK)


def _is_taken_for_more(text: str) -> bool:
    if text[:1] in _BREAKS or text.startswith(_MARK):
        return True
    for letter in text:
        if letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf"):
            continue  # programs skip what is not seen
        return unicodedata.normalize("NFKC", letter)[:1] in _BEGINNINGS  # also of full width, raised, lowered, small
    return False
