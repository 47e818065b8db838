"""How easily a passphrase is guessed: estimated by zxcvbn; what is said again and again counts once."""

import re
import unicodedata
from collections.abc import Collection

REPEATED, GUESSED, STRONG = "repeated", "guessed", "strong"
MANY = 15  # decimal digits of the number of tries: at one a second on a thousand computers, thirty thousand years
LONGEST = 72  # letters that are looked at: the estimator is slow on long ones
ENOUGH = 4  # of zxcvbn's five steps: more than ten thousand million tries
FEWEST = 4  # different words, of which one is said twice


def weakness(passphrase: str, known: Collection[str] = ()) -> str:
    """Return ``REPEATED`` or ``GUESSED`` for a passphrase that is easy to guess; empty for a good one.

    ``known``: names that whoever guesses knows as well.
    """
    found = strength(passphrase, known)
    return "" if found == STRONG else found


def strength(passphrase: str, known: Collection[str] = ()) -> str:
    """Return what ``weakness`` returns, and ``STRONG`` for one that is good for many years."""
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    words = re.findall(r"\w+", text)
    once = list(dict.fromkeys(words))
    if len(set(text)) < 5 or (len(once) < len(words) and len(once) < FEWEST):
        return REPEATED
    from zxcvbn import zxcvbn

    names = {part.casefold() for name in known for part in (name, *name.split()) if len(part) > 2}
    found = [zxcvbn(said[:LONGEST], user_inputs=sorted(names)) for said in (text, " ".join(once))]
    if any(one["score"] < ENOUGH for one in found):
        return GUESSED
    return STRONG if all(one["guesses_log10"] >= MANY for one in found) else ""
