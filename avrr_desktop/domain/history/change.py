"""Change: one entry of the journal; Changes: what an operation touched. See docs/decisions/0001."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from avrr_desktop.domain.records.fields import Value

FORMAT = 1
SALT_BYTES = 16


class PartKind(Enum):
    """What a part does to its record; the table in decision 0001 says it in full."""

    ADD = "add"
    SET = "set"
    REMOVE = "remove"
    APPEND = "append"
    COMMAND = "command"
    WITHDRAW = "withdraw"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Part:
    """What one Change does to one record. ``seen``: what the writer had seen of it (``Record.seen``)."""

    kind: PartKind
    record_type: str
    record: str
    values: Mapping[str, Value | None] = field(default_factory=dict)
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part as it is stored: salt and canonical bytes; both empty once it is erased."""

    salt: bytes
    body: bytes

    @property
    def erased(self) -> bool:
        """Return whether its content was taken away."""
        return not self.body


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal: the envelope as a mapping, its hash, and the stored parts."""

    envelope: Mapping[str, Any]
    digest: bytes
    parts: tuple[SealedPart, ...]

    @property
    def change_id(self) -> str:
        """Its name everywhere: device, incarnation and sequence."""
        return change_id(self.envelope["device"], self.envelope["incarnation"], self.envelope["sequence"])


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation touched: screens decide by it what to read again."""

    change_id: str = ""
    case: str = ""
    revision: int = 0
    touched: frozenset[tuple[str, str]] = frozenset()  # (record type, identifier)
    together: tuple[str, ...] = ()  # earlier Changes of the same act, undone with it
    started_by: str = ""  # the form that saved it and shows it already


def change_id(device: str, incarnation: int, sequence: int) -> str:
    """Return the name of a Change."""
    return f"{device}.{incarnation}.{sequence}"


def canonical(value: object) -> bytes:
    """Return the one byte form of a JSON value: keys sorted, NFC text, integers, no spaces.

    Raises TypeError for floats and for anything that is not JSON.
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        return {
            key if key.isascii() else unicodedata.normalize("NFC", key): _plain(item) for key, item in value.items()
        }
    if isinstance(value, Mapping):
        return _plain(dict(value))
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def digest(*parts: bytes) -> bytes:
    """Return the 32-byte hash that chain and commitments use."""
    return hashlib.blake2b(b"".join(parts), digest_size=32, person=b"avrr-journal-1").digest()


def genesis(device: str, incarnation: int) -> bytes:
    """Return what stands as ``previous`` in the first Change of a device and incarnation."""
    return digest(canonical([device, incarnation]))


def seal_part(part: Part, salt: bytes) -> SealedPart:
    """Return the stored form of a part."""
    body = canonical(
        {
            "kind": part.kind.value,
            "record_type": part.record_type,
            "record": part.record,
            "values": part.values,
        }
    )
    return SealedPart(salt, body)


def commitment(part: SealedPart) -> str:
    """Return what the envelope says of a part: a hash of salt and bytes, in hex."""
    return digest(part.salt, part.body).hex()


def close_change(envelope: Mapping[str, Any], parts: tuple[SealedPart, ...]) -> Change:
    """Return the Change with its hash: over the envelope alone, without the place for the signature."""
    return Change(envelope, envelope_digest(envelope), parts)


def envelope_digest(envelope: Mapping[str, Any]) -> bytes:
    """Return the hash that the next entry names as ``previous``."""
    return digest(canonical({key: item for key, item in envelope.items() if key != "signature"}))


def parsed(sealed: SealedPart) -> Part | None:
    """Return the part that stored bytes mean; None for an erased one and for one from a newer program."""
    if sealed.erased:
        return None
    try:
        body = json.loads(sealed.body)
        values = {key: tuple(item) if isinstance(item, list) else item for key, item in body["values"].items()}
        kind, record_type, record = PartKind(body["kind"]), body["record_type"], body["record"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(record_type, str) or not isinstance(record, str):
        return None
    return Part(kind, record_type, record, values)
