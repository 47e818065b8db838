"""Seals a file in chunks, each bound to its file and its place, so that no piece can be changed, moved or left out."""

import hashlib
from collections.abc import Iterator

import nacl.exceptions
import nacl.secret

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys.derivation import KEY_BYTES

MAGIC = b"AVRRFB\x00\x01"  # the last byte is the version of the format
CHUNK = 64 * 1024
_OVERHEAD = nacl.secret.Aead.NONCE_SIZE + nacl.secret.Aead.MACBYTES
_SEALED_CHUNK = CHUNK + _OVERHEAD


def content_id(key: bytes, plaintext: bytes) -> str:
    """Return the name of a content: 64 hexadecimal digits. Keyed, so that nobody can ask a disk for a known file."""
    return hashlib.blake2b(plaintext, key=key, digest_size=KEY_BYTES, person=b"avrr-file-id").hexdigest()


def seal(key: bytes, name: str, plaintext: bytes) -> bytes:
    """Return a file sealed under its content id. An empty file has one empty chunk."""
    box = nacl.secret.Aead(key)
    pieces = [plaintext[start : start + CHUNK] for start in range(0, len(plaintext), CHUNK)] or [b""]
    sealed = (bytes(box.encrypt(piece, bound)) for piece, bound in zip(pieces, _bound(name, len(pieces)), strict=True))
    return MAGIC + b"".join(sealed)


def open_(key: bytes, name: str, sealed: bytes) -> bytes:
    """Return what was sealed. Raises StoreError for anything that is not, bit for bit, what ``seal`` returned."""
    body = sealed[len(MAGIC) :]
    if not sealed.startswith(MAGIC) or len(body) < _OVERHEAD:
        raise damaged()
    box = nacl.secret.Aead(key)
    pieces = [body[start : start + _SEALED_CHUNK] for start in range(0, len(body), _SEALED_CHUNK)]
    try:
        bounds = zip(pieces, _bound(name, len(pieces)), strict=True)
        return b"".join(bytes(box.decrypt(piece, bound)) for piece, bound in bounds)
    except (nacl.exceptions.CryptoError, ValueError):
        raise damaged() from None


def sealed_size(size: int) -> int:
    """Return how many bytes a file of some size takes when it is sealed."""
    return len(MAGIC) + size + _OVERHEAD * max(1, -(-size // CHUNK))


def damaged() -> StoreError:
    """Return the error for a file that is not what was sealed."""
    return StoreError(
        N_("This file is damaged and cannot be opened."),
        N_("The case and everything else in it are safe. Restore the file from a backup, or add it again."),
    )


def _bound(name: str, count: int) -> Iterator[bytes]:
    """Yield what each chunk is authenticated with: its file, its place, and whether it is the last one."""
    for number in range(count):
        yield MAGIC + name.encode("ascii") + number.to_bytes(8, "big") + bytes([number == count - 1])
