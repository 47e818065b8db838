"""How a slot of the key file is opened: what is derived for it, what its box holds, and to what all of that is bound."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import nacl.exceptions
import nacl.secret

from avrr_desktop.domain.errors import ExpectedError, PassphraseError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys import recovery
from avrr_desktop.keys.derivation import KEY_BYTES, Argon2id, passphrase_key
from avrr_desktop.keys.key_file import PASSPHRASE, RECOVERY, Entry, KeyFile, Secrets, Slot, damaged
from avrr_desktop.keys.signing import Signer, sealed_bytes

MOST_USUAL = 4  # different salts: officers share one
MOST_WORK = 8 * Argon2id().work  # of all derivations for one try: a key file is anybody's to write


def enter(file: KeyFile, passphrase: str) -> Entry:
    """Open a slot by a passphrase or a recovery code, which are told apart by their looks.

    Raises PassphraseError when no slot opens, StoreError for refused parameters or a damaged slot.
    """
    kind = PASSPHRASE
    if recovery.looks_like(passphrase):
        kind, passphrase = RECOVERY, recovery.read(passphrase) or passphrase
    problem: ExpectedError = PassphraseError(
        N_("This passphrase does not open the store."),
        N_("Nothing was changed. Check the keyboard language and Caps Lock, and type it again."),
    )
    tried = 0
    for salt, kdf in _derivations(file, kind):
        try:
            wrapping = passphrase_key(passphrase, salt, kdf)
        except StoreError as error:
            problem = problem if tried else error
            continue
        tried += 1
        for slot in file.slots:
            if (slot.kind, slot.salt, slot.kdf) == (kind, salt, kdf):
                secrets = opened(file, slot, wrapping)
                if secrets is not None:
                    return Entry(slot, secrets, wrapping)
    raise problem


def _derivations(file: KeyFile, kind: str) -> Iterator[tuple[bytes, Argon2id]]:
    """Yield what a passphrase is to be derived with: as the program itself does it first, what most slots share before the rest.

    Not more than ``MOST_WORK`` altogether: whoever may write the file, without a key of it, adds no minutes to each unlock.
    """
    ways = Counter((slot.salt, slot.kdf) for slot in file.slots if slot.kind == kind)
    usual = [way for way, _ in ways.most_common() if way[1] == Argon2id()][:MOST_USUAL]
    left = MOST_WORK
    for salt, kdf in (*usual, *sorted((way for way in ways if way[1] != Argon2id()), key=lambda way: way[1].work)):
        if len(ways) == 1 or kdf.work <= left:
            left -= kdf.work
            yield salt, kdf


def opened(file: KeyFile, slot: Slot, wrapping: bytes) -> Secrets | None:
    """Return what a slot gives; None where this is not the key of its box. Raises StoreError for a damaged slot."""
    try:
        content = bytes(nacl.secret.Aead(wrapping).decrypt(slot.box, authenticated(file, slot)))
    except (nacl.exceptions.CryptoError, ValueError):
        return None
    return given(file, slot, content)


def given(file: KeyFile, slot: Slot, content: bytes) -> Secrets:
    """Return what a slot gives whose box is open. Raises StoreError where it is not what belongs together."""
    if not slot.sealed:
        return Secrets.parted(content)
    if len(content) not in (2 * KEY_BYTES, 3 * KEY_BYTES):
        raise damaged()
    secrets = Secrets.parted(bytes(KEY_BYTES) + content)
    master = sealed_master(file, slot, secrets.seed)
    if not master or Signer(secrets.seed).public != slot.public:
        raise damaged()
    return replace(secrets, master=master)


def sealed(file: KeyFile, slot: Slot, secrets: Secrets) -> Slot:
    """Return a slot with the master key sealed to it, as far as somebody's seed is in it."""
    if not secrets.seed:
        return slot
    return replace(slot, sealed=sealed_bytes(slot.public, _place(file, slot) + secrets.master))


def sealed_master(file: KeyFile, slot: Slot, seed: bytes) -> bytes:
    """Return the master key that is sealed to a slot; empty where it is not, or where it belongs to another slot."""
    content, place = Signer(seed).opened_bytes(slot.sealed), _place(file, slot)
    whole = content.startswith(place) and len(content) == len(place) + KEY_BYTES
    return content[len(place) :] if whole else b""


def _place(file: KeyFile, slot: Slot) -> bytes:
    """Return to which slot of which copy of a store a master key is sealed."""
    place = json.dumps([file.store, file.kind, file.journey, slot.slot, slot.officer, slot.public])
    return hashlib.blake2b(place.encode("utf-8"), digest_size=KEY_BYTES, person=b"avrr-sealed").digest()


def authenticated(file: KeyFile, slot: Slot) -> bytes:
    """Return to what the box of a slot is bound: taken to another store, officer or kind of slot it does not open."""
    bound = [1, file.store, file.kind, slot.slot, slot.kind, slot.kdf.passes, slot.kdf.memory_kib]
    if slot.public:
        bound += [slot.officer, slot.public]
    if slot.sealed:
        bound += ["sealed"]
    return json.dumps(bound, separators=(",", ":")).encode("utf-8")
