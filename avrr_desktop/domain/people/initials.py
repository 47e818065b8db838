"""Initials of an officer: one to four letters that stand in lists, proposed from the name in any of our scripts."""

import re

MOST = 4
_DIGRAPHS = ("lj", "nj", "dž")  # one letter each in Latin Bosnian, Montenegrin and Serbian
_LETTER = re.compile("|".join((*_DIGRAPHS, r"[^\W_]")), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\s-]*")


def count(initials: str) -> int:
    """Return how many letters or figures initials have; Lj, Nj and Dž are one letter, dots and blanks none."""
    return len(_LETTER.findall(initials))


def fits(initials: str) -> bool:
    """Return whether a text may stand as somebody’s initials: up to four letters, and little beside them."""
    return not initials or (1 <= count(initials) <= MOST and len(initials) <= 3 * MOST)


def proposed(name: str) -> str:
    """Return the initials of a name: the first letter of each part, also of a double surname; of many the last one stays."""
    words = _WORD.findall(name)
    words = [word for word in words if word[0].isupper()] or words
    letters = [_first(word) for word in words]
    return "".join(letters if len(letters) <= MOST else [*letters[: MOST - 1], letters[-1]])


def _first(word: str) -> str:
    found = _LETTER.match(word)
    return found.group().capitalize() if found else ""


def gives_away(text: str, secret: str) -> bool:
    """Return whether a text that everybody reads holds a passphrase, or a piece of one: eight letters in a row, or all it has."""
    text, secret = text.strip().casefold(), secret.strip().casefold()
    run = min(8, len(text))
    return len(text) >= MOST and any(text[start : start + run] in secret for start in range(len(text) - run + 1))
