"""Keys and signatures in the format of minisign: whoever has that small program checks them without ours.

The key belongs to IT and lies outside of the project: whoever holds it can make anything look as if it came from here.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nacl.pwhash.scrypt
import nacl.signing

from avrr_desktop.domain.errors import ExpectedError, RefusedError
from avrr_desktop.domain.release import ENDING, SIGNATURE, read_release
from avrr_desktop.keys import minisign
from avrr_desktop.keys.minisign import ED, HASHED, TRUSTED, UNTRUSTED
from tools.packing import ROOT, SUMS, BuildError, check_sums

_SCRYPT, _SUM, _NONE = b"Sc", b"B2", b"\0\0"
OPERATIONS, MEMORY = 33_554_432, 1_073_741_824  # as minisign takes them: a second, and a gigabyte


@dataclass(frozen=True, slots=True)
class Key:
    """The public half: eight bytes that name it, and the key."""

    number: bytes
    public: bytes

    @property
    def line(self) -> str:
        """The key as minisign's -P takes it."""
        return base64.b64encode(ED + self.number + self.public).decode()


def keygen(secret: Path, password: str, operations: int = OPERATIONS, memory: int = MEMORY) -> Key:
    """Write a new key, closed with a password (empty: open), and its public half beside it as ``.pub``."""
    if secret.resolve().is_relative_to(ROOT):
        raise BuildError("The key must not lie in the project: name a place that only you can read.")
    public = secret.with_name(secret.name + ".pub")
    if secret.exists() or public.exists():
        raise BuildError(f"{secret} or {public.name} is there already: name another file.")
    signer, number = nacl.signing.SigningKey.generate(), os.urandom(8)
    whole = bytes(signer) + bytes(signer.verify_key)
    check = hashlib.blake2b(ED + number + whole, digest_size=32).digest()
    salt = os.urandom(32) if password else bytes(32)
    costs = (operations, memory) if password else (0, 0)
    inner = _closed(number + whole + check, password, salt, *costs)
    head = ED + (_SCRYPT if password else _NONE) + _SUM + salt + b"".join(n.to_bytes(8, "little") for n in costs)
    key = Key(number, bytes(signer.verify_key))
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{UNTRUSTED}minisign encrypted secret key\n{base64.b64encode(head + inner).decode()}\n")
    public.write_text(f"{UNTRUSTED}minisign public key {_shown(number)}\n{key.line}\n", "ascii")
    return key


def sign(file: Path, secret: Path, password: str, moment: int) -> Path:
    """Write the signature of a file beside it as ``.minisig``; the trusted comment holds its name, the moment, and the release."""
    content = _decoded(secret, 158)
    salt, costs = content[6:38], (int.from_bytes(content[38:46], "little"), int.from_bytes(content[46:54], "little"))
    if content[:2] != ED or content[2:4] not in (_SCRYPT, _NONE) or costs[1] > MEMORY:
        raise BuildError(f"{secret} is not a key of minisign: nothing was signed.")
    opened = _closed(content[54:], password if content[2:4] == _SCRYPT else "", salt, *costs)
    number, whole, check = opened[:8], opened[8:72], opened[72:]
    if hashlib.blake2b(ED + number + whole, digest_size=32).digest() != check:
        raise BuildError("The password does not open the key: nothing was signed.")
    signer = nacl.signing.SigningKey(whole[:32])
    signature = signer.sign(minisign.file_hash(file)).signature
    comment = f"timestamp:{moment}\tfile:{file.name}\thashed{_release_of(file)}"
    over = signer.sign(signature + comment.encode()).signature
    target = file.with_name(file.name + SIGNATURE)
    target.write_text(
        f"{UNTRUSTED}signature of AVRR Desktop\n{base64.b64encode(HASHED + number + signature).decode()}\n"
        f"{TRUSTED}{comment}\n{base64.b64encode(over).decode()}\n", "utf-8",
    )  # fmt: skip
    return target


def _release_of(file: Path) -> str:
    """Return version and day of the release that sums or a description speak of: an old one must not pass for today's."""
    notes = (
        [file] if file.name.endswith(ENDING) else sorted(file.parent.glob(f"*{ENDING}")) if file.name == SUMS else []
    )
    for note in notes:
        with suppress(ExpectedError):
            release = read_release(note.read_bytes())
            return f"\tversion:{release.version}\tmade:{release.made.isoformat()}"
    return ""


def to_sign(named: Sequence[Path]) -> list[Path]:
    """Return the files to sign: of a folder its sums and what packages say of themselves to a program that updates itself.

    The sums cover the rest of the folder. Raises BuildError for a folder without sums, or one whose sums do not fit.
    """
    files = []
    for path in named:
        if path.is_dir():
            files += [path / SUMS, *(file for file in check_sums(path) if file.name.endswith(ENDING))]
        else:
            files.append(path)
    return files


def verify(file: Path, public: str) -> str:
    """Return the trusted comment of a good signature. ``public``: the file of the key, or its line. Raises BuildError."""
    key = public_key(Path(public)) if Path(public).is_file() else public
    try:
        return minisign.check_signature(
            minisign.file_hash(file), file.with_name(file.name + SIGNATURE).read_text("utf-8"), key
        )
    except RefusedError as refused:
        raise BuildError(f"{file.name}: {refused.title} Do not install it.") from None
    except (OSError, UnicodeDecodeError):
        raise BuildError(f"There is no signature of {file.name} that can be read: do not install it.") from None


def public_key(file: Path) -> str:
    """Return the line of a public key from the file that keygen or minisign wrote. Raises BuildError."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    key = next((line.strip() for line in lines if minisign.valid_key(line)), "")
    if not key:
        raise BuildError(f"{file} holds no public key of minisign: name the file that ends in .pub.")
    return key


def _closed(content: bytes, password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Close or open the inner part of a key: the stream is laid over it either way."""
    if not password:
        return content
    stream = nacl.pwhash.scrypt.kdf(len(content), password.encode(), salt, operations, memory)
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))


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
