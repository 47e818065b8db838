"""Signatures beside a file, in the format of minisign: whoever has that small program checks them without ours.

The key belongs to IT and lies outside of the project: whoever holds it can make anything look as if it came from here.
"""

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import nacl.exceptions
import nacl.pwhash.scrypt
import nacl.signing

from . import ROOT, BuildError

_ED, _HASHED, _SCRYPT, _SUM, _NONE = b"Ed", b"ED", b"Sc", b"B2", b"\0\0"
OPERATIONS, MEMORY = 33_554_432, 1_073_741_824  # as minisign takes them: a second, and a gigabyte
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True, slots=True)
class Key:
    """The public half: eight bytes that name it, and the key."""

    number: bytes
    public: bytes

    @property
    def line(self) -> str:
        """The key as minisign's -P takes it."""
        return base64.b64encode(_ED + self.number + self.public).decode()


def keygen(secret: Path, password: str, operations: int = OPERATIONS, memory: int = MEMORY) -> Key:
    """Write a new key, closed with a password (empty: open), and its public half beside it as ``.pub``."""
    if secret.resolve().is_relative_to(ROOT):
        raise BuildError("The key must not lie in the project: name a place that only you can read.")
    public = secret.with_name(secret.name + ".pub")
    if secret.exists() or public.exists():
        raise BuildError(f"{secret} or {public.name} is there already: name another file.")
    signer, number = nacl.signing.SigningKey.generate(), os.urandom(8)
    whole = bytes(signer) + bytes(signer.verify_key)
    check = hashlib.blake2b(_ED + number + whole, digest_size=32).digest()
    salt = os.urandom(32) if password else bytes(32)
    costs = (operations, memory) if password else (0, 0)
    inner = _closed(number + whole + check, password, salt, *costs)
    head = _ED + (_SCRYPT if password else _NONE) + _SUM + salt + b"".join(n.to_bytes(8, "little") for n in costs)
    key = Key(number, bytes(signer.verify_key))
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{_UNTRUSTED}minisign encrypted secret key\n{base64.b64encode(head + inner).decode()}\n")
    public.write_text(f"{_UNTRUSTED}minisign public key {_shown(number)}\n{key.line}\n", "ascii")
    return key


def sign(file: Path, secret: Path, password: str, moment: int) -> Path:
    """Write the signature of a file beside it as ``.minisig``; the trusted comment holds its name and the moment."""
    content = _decoded(secret, 158)
    salt, costs = content[6:38], (int.from_bytes(content[38:46], "little"), int.from_bytes(content[46:54], "little"))
    if content[:2] != _ED or content[2:4] not in (_SCRYPT, _NONE) or costs[1] > MEMORY:
        raise BuildError(f"{secret} is not a key of minisign: nothing was signed.")
    opened = _closed(content[54:], password if content[2:4] == _SCRYPT else "", salt, *costs)
    number, whole, check = opened[:8], opened[8:72], opened[72:]
    if hashlib.blake2b(_ED + number + whole, digest_size=32).digest() != check:
        raise BuildError("The password does not open the key: nothing was signed.")
    signer = nacl.signing.SigningKey(whole[:32])
    signature = signer.sign(_hash(file)).signature
    comment = f"timestamp:{moment}\tfile:{file.name}\thashed"
    over = signer.sign(signature + comment.encode()).signature
    target = file.with_name(file.name + ".minisig")
    target.write_text(
        f"{_UNTRUSTED}signature of AVRR Desktop\n{base64.b64encode(_HASHED + number + signature).decode()}\n"
        f"{_TRUSTED}{comment}\n{base64.b64encode(over).decode()}\n", "utf-8",
    )  # fmt: skip
    return target


def verify(file: Path, public: str, signature: Path | None = None) -> str:
    """Return the trusted comment of a good signature. ``public``: the file of the key, or its line. Raises BuildError."""
    content = _decoded(Path(public), 42) if Path(public).exists() else _bytes(public, 42)
    beside = signature or file.with_name(file.name + ".minisig")
    try:
        lines = beside.read_text("utf-8").splitlines()
        first, comment, over = lines[1], lines[2].removeprefix(_TRUSTED), lines[3]
    except (OSError, UnicodeDecodeError, IndexError):
        raise BuildError(f"There is no signature of {file.name} that can be read: do not install it.") from None
    signed = _bytes(first, 74)
    key = nacl.signing.VerifyKey(content[10:])
    try:
        if signed[:2] != _HASHED or signed[2:10] != content[2:10] or not lines[2].startswith(_TRUSTED):
            raise nacl.exceptions.BadSignatureError
        key.verify(_hash(file), signed[10:])
        key.verify(signed[10:] + comment.encode(), _bytes(over, 64))
    except nacl.exceptions.BadSignatureError:
        raise BuildError(f"{file.name} is not what was signed with this key: do not install it.") from None
    return comment


def _closed(content: bytes, password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Close or open the inner part of a key: the stream is laid over it either way."""
    if not password:
        return content
    stream = nacl.pwhash.scrypt.kdf(len(content), password.encode(), salt, operations, memory)
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))


def _hash(file: Path) -> bytes:
    with file.open("rb") as content:
        return hashlib.file_digest(content, lambda: hashlib.blake2b(digest_size=64)).digest()


def _shown(number: bytes) -> str:
    return f"{int.from_bytes(number, 'little'):016X}"


def _decoded(path: Path, size: int) -> bytes:
    try:
        return _bytes(path.read_text("ascii").splitlines()[1], size)
    except (OSError, UnicodeDecodeError, IndexError):
        raise BuildError(f"{path} cannot be read as a key: name another file.") from None


def _bytes(text: str, size: int) -> bytes:
    try:
        content = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        content = b""
    if len(content) != size:
        raise BuildError("A key or signature is cut or damaged: take it anew from where it was published.")
    return content
