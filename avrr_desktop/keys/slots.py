"""The key file: a list of slots, each of which wraps the store's master key; format and kinds from the first day.

A slot of a person also wraps that person's own seed, from which their signature is made, and the public half of whoever founded
the store: from it follows who may give which role (docs/decisions/0006). A slot without them is shared by an office.
"""

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

import nacl.exceptions
import nacl.secret
import nacl.utils

from avrr_desktop.domain.errors import PassphraseError, RefusedError, StoreError
from avrr_desktop.domain.marking import N_
from avrr_desktop.keys import recovery
from avrr_desktop.keys.derivation import KEY_BYTES, Argon2id, passphrase_key
from avrr_desktop.keys.signing import Signer, new_seed

FORMAT = 2
SALT_BYTES = 16
OFFICE, PRACTICE = "office", "practice"
PASSPHRASE, RECOVERY, ESCROW = "passphrase", "recovery", "escrow"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in: a passphrase slot holds salt, parameters and the wrapped key.

    ``officer``: whose it is; empty for one that an office shares. ``public``: the public half of the seed in it.
    """

    slot: str
    kind: str
    kdf: Argon2id
    salt: bytes
    box: bytes
    officer: str = ""
    public: str = ""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a slot wraps, 32 bytes each. ``compartment``: the key of restricted records, in recovery and escrow slots."""

    master: bytes
    seed: bytes = b""
    root: bytes = b""
    compartment: bytes = b""

    def joined(self) -> bytes:
        """Return them as the box of a slot holds them."""
        return self.master + self.seed + self.root + self.compartment

    @classmethod
    def parted(cls, joined: bytes) -> "Secrets":
        """Return what the box of a slot held."""
        pieces = [joined[start : start + KEY_BYTES] for start in range(0, len(joined), KEY_BYTES)]
        return cls(*pieces)


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in that was opened: the slot, and what it wraps."""

    slot: Slot
    secrets: Secrets


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
                    **({"officer": slot.officer} if slot.officer else {}),
                    **({"public": slot.public} if slot.public else {}),
                }
                for slot in self.slots
            ],
        }
        return json.dumps({**content, "check": check(content)}, indent=1).encode("ascii") + b"\n"


def check(content: dict[str, Any]) -> str:
    """Return by what damage of a key file is told apart from a wrong passphrase. It keeps nobody out."""
    plain = {key: item for key, item in content.items() if key != "check"}
    return hashlib.blake2b(json.dumps(plain, sort_keys=True).encode("utf-8"), digest_size=16).hexdigest()


def read(content: bytes) -> KeyFile:
    """Return the key file that bytes mean. Raises StoreError for a damaged or newer one."""
    try:
        data: dict[str, Any] = json.loads(content)
        if data["format"] > FORMAT:
            raise StoreError(
                N_("The key file of this store was made by a newer version of the program."),
                N_("Nothing was changed. Install the newer version, then open the store again."),
            )
        if data["format"] > 1 and data["check"] != check(data):
            raise damaged()
        slots = tuple(
            Slot(
                item["slot"], item["kind"], Argon2id(item["kdf"]["passes"], item["kdf"]["memory_kib"]),
                base64.b64decode(item["salt"], validate=True), base64.b64decode(item["box"], validate=True),
                str(item.get("officer", "")), str(item.get("public", "")),
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
        N_("The key file of this store is damaged."),
        N_("The cases are still there, locked. Bring the files keys-a.json and keys-b.json back from a backup."),
    )


def missing() -> StoreError:
    """Return the error for a store without a key file."""
    return StoreError(
        N_("The key file of this store is missing."),
        N_(
            "The cases are still there, locked. Look for keys-a.json and keys-b.json: in a backup, or where they were taken for a journey."
        ),
    )


def create(store: str, kind: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, bytes]:
    """Return a key file with one slot that an office shares, and the new random master key that it wraps."""
    master = nacl.utils.random(KEY_BYTES)
    return _wrapped(KeyFile(store, kind, 1, ()), PASSPHRASE, passphrase, kdf, Secrets(master)), master


def found(store: str, officer: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, Secrets]:
    """Return the key file of a new office's store with the slot of its founder, and what it wraps."""
    secrets = _personal(nacl.utils.random(KEY_BYTES), b"")
    return _wrapped(KeyFile(store, OFFICE, 1, ()), PASSPHRASE, passphrase, kdf, secrets, officer), secrets


def _personal(master: bytes, root: bytes) -> Secrets:
    seed = new_seed()
    return Secrets(master, seed, root or bytes.fromhex(Signer(seed).public))


def add_officer(file: KeyFile, own: Entry, officer: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, Secrets]:
    """Return the next generation with a slot for an officer (instead of an older one of theirs), and what it wraps.

    ``own``: the opened slot of whoever adds. A slot that the office shared goes with the first own one. Raises RefusedError
    for a passphrase that opens the store already: two people would be one.
    """
    refuse_known(file, passphrase)
    root = own.secrets.root
    kept = tuple(slot for slot in file.slots if slot.kind != PASSPHRASE or (slot.officer and slot.officer != officer))
    kept = tuple(
        slot for slot in kept if slot.public
    )  # a code of the shared times would be nobody’s: a new one is asked for
    secrets = _personal(own.secrets.master, root)
    following = replace(file, generation=file.generation + 1, slots=kept)
    return _wrapped(following, PASSPHRASE, passphrase, kdf, secrets, officer), secrets


def refuse_known(file: KeyFile, passphrase: str) -> None:
    """Raise RefusedError when a passphrase opens a slot already."""
    try:
        enter(file, passphrase)
    except PassphraseError:
        return
    raise RefusedError(
        N_("This passphrase cannot be used here."), N_("Nothing was changed. Choose another one, of other words.")
    )


def without_officer(file: KeyFile, officer: str) -> KeyFile:
    """Return the next generation without the slot of an officer. Older copies of the store keep it."""
    kept = tuple(slot for slot in file.slots if slot.officer != officer)
    return replace(file, generation=file.generation + 1, slots=kept)


def change_passphrase(file: KeyFile, old: str, new: str, kdf: Argon2id) -> KeyFile:
    """Return the key file of the next generation, what the slot wraps wrapped under another passphrase.

    The master key stays, so nothing of the store is written anew. Takes two seconds. Raises PassphraseError, RefusedError.
    """
    own = enter(file, old)
    if own.slot.kind == PASSPHRASE and new != old:
        refuse_known(file, new)
    if not own.slot.officer and any(slot.officer for slot in file.slots):
        raise RefusedError(
            N_("A recovery code opens the store, but it belongs to nobody."),
            N_("Nothing was changed. Unlock with it, then give the officer a new passphrase in Setup, Access."),
        )
    gone = own.slot.slot if own.slot.officer else ""
    kept = tuple(slot for slot in file.slots if slot.slot != gone and (gone or slot.kind != PASSPHRASE))
    following = replace(file, generation=file.generation + 1, slots=kept)
    return _wrapped(following, PASSPHRASE, new, kdf, own.secrets, own.slot.officer)


def with_recovery(
    file: KeyFile, passphrase: str, code: str, kdf: Argon2id, compartment: bytes = b""
) -> tuple[KeyFile, Secrets]:
    """Return the key file of the next generation, which a recovery code opens too, and what its slot wraps.

    An older code opens it no more. The code has so many random bits that the smallest parameters do. Raises PassphraseError.
    """
    secrets = _spare(enter(file, passphrase).secrets, compartment)
    return _wrapped(_next(file, RECOVERY), RECOVERY, code, kdf, secrets), secrets


def with_escrow(file: KeyFile, own: Secrets, recipient: str, compartment: bytes = b"") -> tuple[KeyFile, Secrets]:
    """Return the key file of the next generation, which the holder of an age key opens too, and what its slot wraps.

    ``own``: the secrets of a slot that was opened.
    """
    from avrr_desktop.keys.age_box import closed_for

    secrets = _spare(own, compartment)
    file = _next(file, ESCROW)
    public = Signer(secrets.seed).public if secrets.seed else ""
    slot = Slot(f"{ESCROW}-{file.generation}", ESCROW, Argon2id(), bytes(SALT_BYTES), b"", "", public)
    box = closed_for(_authenticated(file, slot) + b"\n" + secrets.joined(), recipient)
    return replace(file, slots=(*file.slots, replace(slot, box=box))), secrets


def enter_by_escrow(file: KeyFile, identity: str) -> Entry:
    """Open the slot of the escrow with the private half of its age key. Raises PassphraseError."""
    from avrr_desktop.keys.age_box import opened_by

    for slot in file.slots:
        if slot.kind == ESCROW:
            bound = _authenticated(file, slot) + b"\n"
            content = opened_by(slot.box, identity)
            if content.startswith(bound):
                return Entry(slot, Secrets.parted(content[len(bound) :]))
    raise PassphraseError(
        N_("This escrow key does not open the store."),
        N_("Nothing was changed. Look for the shares of this store’s own escrow."),
    )


def _spare(own: Secrets, compartment: bytes) -> Secrets:
    """Return what a way in without a person wraps: a seed of its own where people have theirs."""
    if not own.seed:
        return Secrets(own.master)
    return replace(_personal(own.master, own.root), compartment=compartment)


def _next(file: KeyFile, kind: str) -> KeyFile:
    """Return the next generation without the slots of a kind."""
    others = tuple(slot for slot in file.slots if slot.kind != kind)
    return replace(file, generation=file.generation + 1, slots=others)


def _wrapped(file: KeyFile, kind: str, passphrase: str, kdf: Argon2id, secrets: Secrets, officer: str = "") -> KeyFile:
    salts = [slot.salt for slot in file.slots if slot.kind == kind == PASSPHRASE and slot.officer and slot.kdf == kdf]
    salt = salts[0] if salts else nacl.utils.random(SALT_BYTES)  # one salt: one slow second opens any officer's slot
    public = Signer(secrets.seed).public if secrets.seed else ""
    slot = Slot(f"{kind}-{file.generation}", kind, kdf, salt, b"", officer, public)
    wrapping = nacl.secret.Aead(passphrase_key(passphrase, slot.salt, kdf))
    box = bytes(wrapping.encrypt(secrets.joined(), _authenticated(file, slot)))
    file = replace(file, slots=(*file.slots, replace(slot, box=box)))
    if enter(file, passphrase).secrets != secrets:  # a slot that would not open is never written
        raise AssertionError("slot does not open")
    return file


def unlock(file: KeyFile, passphrase: str) -> bytes:
    """Return the master key: by a passphrase or a recovery code. Raises what ``enter`` raises."""
    return enter(file, passphrase).secrets.master


def enter(file: KeyFile, passphrase: str) -> Entry:
    """Open a slot by a passphrase or a recovery code, which are told apart by their looks.

    Raises PassphraseError when no slot opens, StoreError for refused parameters.
    """
    kind = PASSPHRASE
    if recovery.looks_like(passphrase):
        kind, passphrase = RECOVERY, recovery.read(passphrase) or passphrase
    derived: dict[tuple[bytes, Argon2id], bytes] = {}
    for slot in file.slots:
        if slot.kind == kind:
            way = (slot.salt, slot.kdf)
            if way not in derived:
                derived[way] = passphrase_key(passphrase, slot.salt, slot.kdf)
            try:
                joined = bytes(nacl.secret.Aead(derived[way]).decrypt(slot.box, _authenticated(file, slot)))
            except (nacl.exceptions.CryptoError, ValueError):
                continue
            return Entry(slot, Secrets.parted(joined))
    raise PassphraseError(
        N_("This passphrase does not open the store."),
        N_("Nothing was changed. Check the keyboard language and Caps Lock, and type it again."),
    )


def _authenticated(file: KeyFile, slot: Slot) -> bytes:
    bound = [1, file.store, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]
    if slot.public:
        bound += [slot.officer, slot.public]
    return json.dumps(bound, separators=(",", ":")).encode("utf-8")
