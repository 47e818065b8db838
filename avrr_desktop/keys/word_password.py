"""Passwords made of words that can be told over the telephone."""

import nacl.utils
from shamir_mnemonic.wordlist import WORDLIST

WORDS = 7  # of 1,024: seventy random bits
OFFERED = 5  # for a passphrase, which takes a second to try: fifty random bits


def spoken_password() -> str:
    """Return seven random words with dashes between."""
    return "-".join(_chosen(WORDS))


def offered_words(least: int = 0) -> str:
    """Return five random words with blanks between, for somebody who looks for a passphrase; more, until they have ``least`` letters."""
    words = _chosen(OFFERED)
    while len(" ".join(words)) < least:
        words += _chosen(1)
    return " ".join(words)


def _chosen(count: int) -> list[str]:
    return [WORDLIST[int.from_bytes(nacl.utils.random(2), "big") % len(WORDLIST)] for _ in range(count)]
