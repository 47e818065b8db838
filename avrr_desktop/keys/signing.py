"""Signatures of computers and people, and small secrets sealed to one person: Ed25519 and what is made from it."""

import base64
import hashlib

import nacl.exceptions
import nacl.public
import nacl.secret
import nacl.signing
import nacl.utils

from avrr_desktop.keys.derivation import KEY_BYTES


def new_seed() -> bytes:
    """Return 32 random bytes from which a key pair is made."""
    return bytes(nacl.utils.random(KEY_BYTES))


class Signer:
    """Signs in one name. ``public``: the other half as hex, which everybody may know."""

    def __init__(self, seed: bytes) -> None:
        self._key = nacl.signing.SigningKey(seed)
        self.public = bytes(self._key.verify_key).hex()

    def sign(self, message: bytes) -> str:
        """Return the signature of a message, in base64."""
        return base64.b64encode(self._key.sign(message).signature).decode("ascii")

    def opened(self, sealed: str) -> bytes:
        """Return what was sealed to this name; empty when it was not, or when it was altered."""
        try:
            return self.opened_bytes(base64.b64decode(sealed, validate=True))
        except (ValueError, TypeError):
            return b""

    def opened_bytes(self, sealed: bytes) -> bytes:
        """Return what was sealed to this name, as ``opened`` does."""
        box = nacl.public.SealedBox(self._key.to_curve25519_private_key())
        try:
            return bytes(box.decrypt(sealed))
        except (nacl.exceptions.CryptoError, ValueError, TypeError):
            return b""


def verified(public: str, message: bytes, signature: str) -> bool:
    """Return whether a signature (base64) of a message was made by the holder of a public half (hex)."""
    try:
        key = nacl.signing.VerifyKey(bytes.fromhex(public))
        key.verify(message, base64.b64decode(signature, validate=True))
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return False
    return True


def sealed_to(public: str, secret: bytes) -> str:
    """Return a secret that only the holder of a public half can open, in base64."""
    return base64.b64encode(sealed_bytes(public, secret)).decode("ascii")


def sealed_bytes(public: str, secret: bytes) -> bytes:
    """Return a secret that only the holder of a public half can open."""
    key = nacl.signing.VerifyKey(bytes.fromhex(public)).to_curve25519_public_key()
    return bytes(nacl.public.SealedBox(key).encrypt(secret))


def closed(key: bytes, bound: str, content: bytes) -> str:
    """Return content closed with a 32-byte key and bound to a place, in base64."""
    return base64.b64encode(nacl.secret.Aead(key).encrypt(content, bound.encode("utf-8"))).decode("ascii")


def reopened(key: bytes, bound: str, box: str) -> bytes | None:
    """Return what was closed; None when the key, the place or a letter differs."""
    try:
        return bytes(nacl.secret.Aead(key).decrypt(base64.b64decode(box, validate=True), bound.encode("utf-8")))
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return None


def fingerprint(public: str) -> str:
    """Return six groups of two letters by which two people compare a public half aloud."""
    letters = hashlib.blake2b(bytes.fromhex(public), digest_size=6, person=b"avrr-finger").hexdigest().upper()
    return "-".join(letters[start : start + 2] for start in range(0, len(letters), 2))
