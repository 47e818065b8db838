"""The key file: a list of slots, each of which wraps the store's master key; format and kinds from the first day."""

import base64
import json
from dataclasses import dataclass, replace
from typing import Any

import nacl.exceptions
import nacl.secret
import nacl.utils

from avrr_desktop.domain.errors import PassphraseError, StoreError
from avrr_desktop.domain.marking import N_
from avrr_desktop.keys import recovery
from avrr_desktop.keys.derivation import KEY_BYTES, Argon2id, passphrase_key

FORMAT = 1
SALT_BYTES = 16
OFFICE, PRACTICE = "office", "practice"
PASSPHRASE, RECOVERY = "passphrase", "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in: a passphrase slot holds salt, parameters and the wrapped key."""

    slot: str
    kind: str
    kdf: Argon2id
    salt: bytes
    box: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What ``keys-a.json`` and ``keys-b.json`` hold. ``kind``: office or practice, authenticated by every slot."""

    store: str
    kind: str
    generation: int
    slots: tuple[Slot, ...]

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        content = {
            "format": FORMAT,
            "store": self.store,
            "kind": self.kind,
            "generation": self.generation,
            "slots": [
                {
                    "slot": slot.slot,
                    "kind": slot.kind,
                    "kdf": {"name": "argon2id", "passes": slot.kdf.passes, "memory_kib": slot.kdf.memory_kib},
                    "salt": base64.b64encode(slot.salt).decode("ascii"),
                    "box": base64.b64encode(slot.box).decode("ascii"),
                }
                for slot in self.slots
            ],
        }
        return json.dumps(content, indent=1).encode("ascii") + b"\n"


def read(content: bytes) -> KeyFile:
    """Return the key file that bytes mean. Raises StoreError for a damaged or newer one."""
    try:
        data: dict[str, Any] = json.loads(content)
        if data["format"] > FORMAT:
            raise StoreError(
                N_("The key file of this store was made by a newer version of the program."),
                N_("Nothing was changed. Install the newer version, then open the store again."),
            )
        slots = tuple(
            Slot(
                item["slot"], item["kind"], Argon2id(item["kdf"]["passes"], item["kdf"]["memory_kib"]),
                base64.b64decode(item["salt"], validate=True), base64.b64decode(item["box"], validate=True),
            )
            for item in data["slots"]
        )  # fmt: skip
        generation = data["generation"]
        if not isinstance(generation, int) or isinstance(generation, bool):
            raise damaged()
        for slot in slots:
            numbers = (slot.kdf.passes, slot.kdf.memory_kib)
            if len(slot.salt) != SALT_BYTES or not all(type(number) is int for number in numbers):
                raise damaged()
        return KeyFile(str(data["store"]), str(data["kind"]), generation, slots)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged() from None


def damaged() -> StoreError:
    """Return the error for a key file that cannot be read."""
    return StoreError(
        N_("The key file of this store is damaged or missing."),
        N_("The cases are still there, locked. Bring the files keys-a.json and keys-b.json back from a backup."),
    )


def create(store: str, kind: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, bytes]:
    """Return a key file with one passphrase slot, and the new random master key that it wraps."""
    master = nacl.utils.random(KEY_BYTES)
    return _wrapped(KeyFile(store, kind, 1, ()), PASSPHRASE, passphrase, kdf, master), master


def change_passphrase(file: KeyFile, old: str, new: str, kdf: Argon2id) -> KeyFile:
    """Return the key file of the next generation, its master key wrapped under another passphrase.

    The master key stays, so nothing of the store is written anew. Takes two seconds. Raises PassphraseError.
    """
    master = unlock(file, old)
    return _wrapped(_next(file, PASSPHRASE), PASSPHRASE, new, kdf, master)


def with_recovery(file: KeyFile, passphrase: str, code: str, kdf: Argon2id) -> KeyFile:
    """Return the key file of the next generation, which a recovery code opens too; an older code opens it no more.

    The code has so many random bits that the smallest parameters do. Raises PassphraseError.
    """
    master = unlock(file, passphrase)
    return _wrapped(_next(file, RECOVERY), RECOVERY, code, kdf, master)


def _next(file: KeyFile, kind: str) -> KeyFile:
    """Return the next generation without the slots of a kind."""
    others = tuple(slot for slot in file.slots if slot.kind != kind)
    return replace(file, generation=file.generation + 1, slots=others)


def _wrapped(file: KeyFile, kind: str, passphrase: str, kdf: Argon2id, master: bytes) -> KeyFile:
    slot = Slot(f"{kind}-{file.generation}", kind, kdf, nacl.utils.random(SALT_BYTES), b"")
    wrapping = nacl.secret.Aead(passphrase_key(passphrase, slot.salt, kdf))
    box = bytes(wrapping.encrypt(master, _authenticated(file, slot)))
    file = replace(file, slots=(*file.slots, replace(slot, box=box)))
    if unlock(file, passphrase) != master:  # a slot that would not open is never written
        raise AssertionError("slot does not open")
    return file


def unlock(file: KeyFile, passphrase: str) -> bytes:
    """Return the master key: by a passphrase or a recovery code, which are told apart by their looks.

    Raises PassphraseError when no slot opens, StoreError for refused parameters.
    """
    kind = PASSPHRASE
    if recovery.looks_like(passphrase):
        kind, passphrase = RECOVERY, recovery.read(passphrase) or passphrase
    for slot in file.slots:
        if slot.kind == kind:
            wrapping = nacl.secret.Aead(passphrase_key(passphrase, slot.salt, slot.kdf))
            try:
                return bytes(wrapping.decrypt(slot.box, _authenticated(file, slot)))
            except (nacl.exceptions.CryptoError, ValueError):
                continue
    raise PassphraseError(
        N_("This passphrase does not open the store."),
        N_("Nothing was changed. Check the keyboard language and Caps Lock, and type it again."),
    )


def _authenticated(file: KeyFile, slot: Slot) -> bytes:
    bound = [FORMAT, file.store, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]
    return json.dumps(bound, separators=(",", ":")).encode("utf-8")
