"""Signatures in the format of minisign: what IT signs with that small program or with ours, this program checks."""

import base64
import hashlib
from pathlib import Path

import nacl.exceptions
import nacl.signing

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_

ED, HASHED = b"Ed", b"ED"
UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "
KEY_BYTES, SIGNATURE_BYTES, LAST_BYTES = 42, 74, 64


def valid_key(line: str) -> bool:
    """Return whether a text is the line of a public key, as ``minisign -P`` takes it."""
    content = _decoded(line, KEY_BYTES)
    return content is not None and content[:2] == ED


def check_signature(hashed: bytes, signature: str, key: str) -> str:
    """Return the trusted comment of a good signature.

    ``hashed``: ``file_hash`` or ``content_hash`` of what is signed; ``signature``: the text of the .minisig; ``key``: the line of the public key. Raises RefusedError with a reason of
    its own for a key that is none, a signature that cannot be read, one of another key, and one of another content.
    """
    public = _decoded(key, KEY_BYTES)
    if public is None:
        raise RefusedError(
            N_("The key of your IT cannot be read."), N_("Nothing was changed. Ask your IT for its key.")
        )
    lines = signature.splitlines()
    signed = _decoded(lines[1], SIGNATURE_BYTES) if len(lines) > 3 else None
    over = _decoded(lines[3], LAST_BYTES) if len(lines) > 3 else None
    if signed is not None and signed[:2] == ED:
        raise RefusedError(
            N_("This signature has an older format, which this program does not check."),
            N_(
                "Nothing was installed and nothing was changed. Ask your IT to sign again, without the option for "
                "the older format."
            ),
        )
    if signed is None or over is None or signed[:2] != HASHED or not lines[2].startswith(TRUSTED):
        raise RefusedError(
            N_("The signature is missing, incomplete or damaged."),
            N_("Nothing was installed and nothing was changed. Get the files from your IT again."),
        )
    if signed[2:10] != public[2:10]:
        raise RefusedError(
            N_("This was not signed with the key of your IT."),
            N_("Nothing was installed and nothing was changed. Get the files from your IT again."),
        )
    comment, verifier = lines[2].removeprefix(TRUSTED), nacl.signing.VerifyKey(public[10:])
    try:
        verifier.verify(hashed, signed[10:])
        verifier.verify(signed[10:] + comment.encode(), over)
    except nacl.exceptions.BadSignatureError:
        raise RefusedError(
            N_("The content was changed after your IT signed it."),
            N_("Nothing was installed and nothing was changed. Get the files from your IT again."),
        ) from None
    return comment


def content_hash(content: bytes) -> bytes:
    """Return what is signed in place of some bytes."""
    return hashlib.blake2b(content, digest_size=64).digest()


def file_hash(file: Path) -> bytes:
    """Return what is signed in place of a file of any size: its BLAKE2b of 64 bytes."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, lambda: hashlib.blake2b(digest_size=64)).digest()


def _decoded(text: str, size: int) -> bytes | None:
    try:
        content = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        return None
    return content if len(content) == size else None
