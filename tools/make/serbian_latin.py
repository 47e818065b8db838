"""Serbian in Latin letters, made from Serbian in Cyrillic ones: sr-Cyrl is written, sr-Latn never.

The table of the standard orthography. This way round it loses nothing; the other way no table can go, because “nj” is н and ј in
инјекција and њ in коњ. Placeholders, tags and whatever is Latin already stay as they are.
"""

import re

_SINGLE = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
_PAIRS = {"љ": "lj", "њ": "nj", "џ": "dž"}
_KEPT = re.compile(r"(\{[^{}]*\}|</?[a-z][^<>]*>)")


def latin(text: str) -> str:
    """Return a text in Latin letters.

    A capital Љ, Њ or Џ is two capitals beside a capital letter (ЊЕГОШ, КОЊ), else one (Његош, Љ. П.).
    """
    return "".join(
        piece if number % 2 else "".join(_letter(piece, at) for at in range(len(piece)))
        for number, piece in enumerate(_KEPT.split(text))
    )


def _letter(text: str, at: int) -> str:
    sign = text[at]
    small = sign.lower()
    if small in _SINGLE:
        return _SINGLE[small] if sign == small else _SINGLE[small].upper()
    if small not in _PAIRS:
        return sign
    if sign == small:
        return _PAIRS[small]
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    capital = behind.isupper() or (not behind.isalpha() and before.isupper())
    return _PAIRS[small].upper() if capital else _PAIRS[small].capitalize()
