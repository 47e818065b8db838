"""Passwords made of words that can be told over the telephone."""

import nacl.utils
from shamir_mnemonic.wordlist import WORDLIST

WORDS = 7  # of 1,024: seventy random bits


def spoken_password() -> str:
    """Return seven random words with dashes between."""
    return "-".join(_chosen())


def offered_words() -> str:
    """Return seven random words with blanks between, for somebody who looks for a passphrase."""
    return " ".join(_chosen())


def _chosen() -> list[str]:
    return [WORDLIST[int.from_bytes(nacl.utils.random(2), "big") % len(WORDLIST)] for _ in range(WORDS)]
