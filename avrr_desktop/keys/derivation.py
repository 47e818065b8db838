"""From a passphrase to a key, and from the master key to one key for each purpose."""

import re
import unicodedata
from dataclasses import dataclass

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_

KEY_BYTES = 32
FLOOR_KIB, USUAL_KIB, CEILING_KIB = 64 * 1024, 256 * 1024, 1024 * 1024
FILES_KEY = "files/1"  # of the key under which the files of cases are sealed, from that of the database
PURPOSES = frozenset({"db/1", FILES_KEY, "draft/1", "backup/1", "practice/1"})
JOURNEY = re.compile(r"journey/[0-9a-f]{32}")  # the master key of a journey, from the database key at home


@dataclass(frozen=True, slots=True)
class Argon2id:
    """How hard a passphrase is to try: passes and memory, authenticated with the slot that uses them."""

    passes: int = 3
    memory_kib: int = USUAL_KIB

    @property
    def work(self) -> int:
        """How long it takes, compared with others."""
        return self.passes * self.memory_kib

    def check(self) -> None:
        """Raise StoreError for parameters that are too weak or absurd, before any work is done."""
        if not (FLOOR_KIB <= self.memory_kib <= CEILING_KIB and 1 <= self.passes <= 16):
            raise StoreError(
                N_("The key file of this store has parameters that this program does not accept."),
                N_("Nothing was changed. The file may have been altered; restore it from a backup."),
            )


def passphrase_key(passphrase: str, salt: bytes, kdf: Argon2id) -> bytes:
    """Return 32 bytes from a passphrase (NFKC, spaces kept) and a 16-byte salt. Takes about a second."""
    import nacl.pwhash.argon2id  # for whoever unlocks; a window that asks for the passphrase need not wait for it

    kdf.check()
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    return bytes(nacl.pwhash.argon2id.kdf(KEY_BYTES, text, salt, opslimit=kdf.passes, memlimit=kdf.memory_kib * 1024))


def subkey(master: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose: keyed BLAKE2b."""
    if purpose not in PURPOSES and not JOURNEY.fullmatch(purpose):
        raise ValueError(purpose)
    import hashlib

    return hashlib.blake2b(purpose.encode("ascii"), key=master, digest_size=KEY_BYTES, person=b"avrr-key").digest()
