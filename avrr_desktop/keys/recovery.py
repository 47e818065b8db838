"""The recovery code: 150 random bits that people can read aloud, with check letters; it lies printed in the office's safe."""

import hashlib
import re

import nacl.utils

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LETTERS, CHECKS, GROUP = 30, 2, 4
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a fresh code in eight groups of four letters."""
    random = int.from_bytes(nacl.utils.random(19), "big")
    letters = "".join(ALPHABET[random >> (5 * place) & 31] for place in range(LETTERS))
    return grouped(letters + check_letters(letters))


def grouped(letters: str) -> str:
    """Return letters in groups with dashes between."""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def letters_of(typed: str) -> str:
    """Return what was typed as letters of a code: without spaces and dashes, look-alikes as what they stand for."""
    return re.sub(r"[\s-]", "", typed.upper()).translate(_ALIKE)


def read(typed: str) -> str:
    """Return the code that somebody typed, in groups; empty when it is none or a letter is wrong."""
    letters = letters_of(typed)
    whole = len(letters) == LETTERS + CHECKS and all(letter in ALPHABET for letter in letters)
    return grouped(letters) if whole and letters[LETTERS:] == check_letters(letters[:LETTERS]) else ""


def looks_like(typed: str) -> bool:
    """Return whether what was typed means to be a code, right or wrong."""
    letters = letters_of(typed)
    return len(letters) == LETTERS + CHECKS and typed.count("-") >= 5 and all(letter in ALPHABET for letter in letters)


def check_letters(letters: str) -> str:
    """Return the two letters by which a slip in the others is noticed."""
    number = int.from_bytes(
        hashlib.blake2b(letters.encode("ascii"), digest_size=2, person=b"avrr-recovery").digest(), "big"
    )
    return ALPHABET[number & 31] + ALPHABET[number >> 5 & 31]
