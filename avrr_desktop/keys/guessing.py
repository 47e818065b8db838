"""How easily a passphrase is guessed: estimated by zxcvbn; what is said again and again counts once."""

import re
import unicodedata
from collections.abc import Collection

REPEATED, GUESSED = "repeated", "guessed"
LONGEST = 72  # letters that are looked at: the estimator is slow on long ones
ENOUGH = 4  # of zxcvbn's five steps: more than ten thousand million tries
FEWEST = 4  # different words, of which one is said twice


def weakness(passphrase: str, known: Collection[str] = ()) -> str:
    """Return ``REPEATED`` or ``GUESSED`` for a passphrase that is easy to guess; empty for a good one.

    ``known``: names that whoever guesses knows as well.
    """
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    words = re.findall(r"\w+", text)
    once = list(dict.fromkeys(words))
    if len(set(text)) < 5 or (len(once) < len(words) and len(once) < FEWEST):
        return REPEATED
    from zxcvbn import zxcvbn

    names = {part.casefold() for name in known for part in (name, *name.split()) if len(part) > 2}
    for said in (text, " ".join(once)):
        if zxcvbn(said[:LONGEST], user_inputs=sorted(names))["score"] < ENOUGH:
            return GUESSED
    return ""
