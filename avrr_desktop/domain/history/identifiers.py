"""Identifiers are types, made on this computer, sortable by the time at which they were made."""

from collections.abc import Callable
from typing import NewType

RecordId = NewType("RecordId", str)
CaseId = NewType("CaseId", str)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # for people: no I, O, 0, 1


class Ids:
    """Makes 26-letter identifiers: 48 bits of time, 80 random bits, rising also within a millisecond."""

    def __init__(self, milliseconds: Callable[[], int], random_bytes: Callable[[int], bytes]) -> None:
        self._milliseconds = milliseconds
        self._random_bytes = random_bytes
        self._last_time = 0
        self._last_random = 0

    def new(self) -> str:
        """Return a new identifier, later in sort order than every one made before by this object."""
        now = self._milliseconds()
        if now > self._last_time:
            self._last_time = now
            self._last_random = int.from_bytes(self._random_bytes(10), "big") >> 1
        else:
            self._last_random += 1
        return encode((self._last_time << 80) | self._last_random, 26)

    def case(self) -> CaseId:
        """Return a new identifier for a case."""
        return CaseId(self.new())

    def record(self) -> RecordId:
        """Return a new identifier for any other record."""
        return RecordId(self.new())


def encode(number: int, length: int) -> str:
    """Return ``number`` in base 32, ``length`` letters, most significant first."""
    letters = []
    for _ in range(length):
        letters.append(ALPHABET[number & 31])
        number >>= 5
    return "".join(reversed(letters))


def device_letters(device: str) -> str:
    """Return the two letters of a device that stand in case numbers: no I, O, 0, 1."""
    value = sum(ALPHABET.index(letter) << (5 * place) for place, letter in enumerate(device[-2:]))
    return NUMBER_ALPHABET[(value >> 5) & 31] + NUMBER_ALPHABET[value & 31]
