"""A secret that a few figures open, for as long as the program holds it in its memory: nothing of it is ever written.

Figures alone are guessed in minutes by whoever has the box. So half of the key is random and lies beside the box: once that
half is overwritten, the box is closed to everybody.
"""

import hashlib

import nacl.exceptions
import nacl.secret
import nacl.utils

from avrr_desktop.keys.derivation import KEY_BYTES, Argon2id, passphrase_key
from avrr_desktop.keys.key_file import SALT_BYTES

TRIES = 3


class PinBox:
    """Opens by its PIN; overwritten at the third wrong one in a row."""

    def __init__(self, pin: str, secret: bytes, kdf: Argon2id) -> None:
        """Close a secret. Takes about a second."""
        self._kdf, self.salt = kdf, nacl.utils.random(SALT_BYTES)
        self.half = bytearray(nacl.utils.random(KEY_BYTES))
        self.box = bytearray(nacl.secret.Aead(self._key(pin)).encrypt(secret))
        self.tries_left = TRIES

    def _key(self, pin: str) -> bytes:
        stretched = passphrase_key(pin, self.salt, self._kdf)
        return hashlib.blake2b(stretched, key=self.half, digest_size=KEY_BYTES, person=b"avrr-pin").digest()

    @property
    def wiped(self) -> bool:
        """Whether nothing opens it any more."""
        return not self.box

    def opened(self, pin: str) -> bytes:
        """Return the secret; empty for a wrong PIN, and for every PIN once the box is overwritten. Takes about a second."""
        if self.wiped:
            return b""
        self.tries_left -= 1  # before the slow part: ending the program in it is no way to a further try
        try:
            secret = bytes(nacl.secret.Aead(self._key(pin)).decrypt(bytes(self.box)))
        except (nacl.exceptions.CryptoError, ValueError):
            if self.tries_left <= 0:
                self.wipe()
            return b""
        if self.wiped:  # while the key was derived
            return b""
        self.tries_left = TRIES
        return secret

    def wipe(self) -> None:
        """Overwrite the random half and the box. A second call does nothing."""
        for part in (self.half, self.box):
            part[:] = bytes(len(part))
        self.half, self.box = bytearray(KEY_BYTES), bytearray()
        self.tries_left = 0
