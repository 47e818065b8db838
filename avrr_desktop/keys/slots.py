"""Ways into a store: how a slot of the key file is made, opened, changed and taken away; what the file holds is in ``key_file``.

Deriving a key from a passphrase is slow. So whatever adds a way in makes it beforehand (``Way``), and what changes the key
file is quick and makes the next generation of exactly the file that it is given.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import nacl.exceptions
import nacl.secret
import nacl.utils

from avrr_desktop.domain.errors import PassphraseError, RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys.derivation import KEY_BYTES, Argon2id, passphrase_key
from avrr_desktop.keys.key_file import (
    ESCROW,
    FORMAT,
    OFFICE,
    PASSPHRASE,
    PRACTICE,
    RECOVERY,
    SALT_BYTES,
    Entry,
    KeyFile,
    Secrets,
    Slot,
    check,
    damaged,
    generation_of,
    missing,
    read,
)
from avrr_desktop.keys.opening import authenticated, enter, given, opened, sealed, sealed_master
from avrr_desktop.keys.signing import Signer, new_seed

__all__ = [
    "ESCROW", "FORMAT", "OFFICE", "PASSPHRASE", "PRACTICE", "RECOVERY", "SALT_BYTES",
    "Entry", "KeyFile", "Secrets", "Slot", "check", "damaged", "enter", "generation_of", "missing", "read",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """A new slot that lies in no key file yet, and what shows later that it opens: ``wrapping``, none for the escrow."""

    slot: Slot
    secrets: Secrets = field(repr=False)
    wrapping: bytes = field(default=b"", repr=False)

    def opens(self, file: KeyFile) -> bool:
        """Return whether the slot lies in a key file as it was made, and gives what it is to give."""
        there = [slot for slot in file.slots if replace(slot, begun=False) == self.slot]
        if len(there) != 1:
            return False
        if self.wrapping:
            return opened(file, there[0], self.wrapping) == self.secrets
        return not self.slot.sealed or sealed_master(file, self.slot, self.secrets.seed) == self.secrets.master


def create(store: str, kind: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, bytes]:
    """Return a key file with one slot that an office shares, and the new random master key that it wraps."""
    master = nacl.utils.random(KEY_BYTES)
    return _wrapped(
        KeyFile(store=store, kind=kind, generation=1, slots=()), PASSPHRASE, passphrase, kdf, Secrets(master)
    ), master


def found(store: str, officer: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, Secrets]:
    """Return the key file of a new office's store with the slot of its founder, and what it gives."""
    secrets = _personal(nacl.utils.random(KEY_BYTES), b"")
    return _wrapped(
        KeyFile(store=store, kind=OFFICE, generation=1, slots=()), PASSPHRASE, passphrase, kdf, secrets, officer
    ), secrets


def _personal(master: bytes, root: bytes) -> Secrets:
    seed = new_seed()
    return Secrets(master, seed, root or bytes.fromhex(Signer(seed).public))


def officer_way(file: KeyFile, own: Entry, officer: str, passphrase: str, kdf: Argon2id) -> Way:
    """Return a way in for an officer. ``own``: the opened slot of whoever gives it. Slow.

    Raises RefusedError for a passphrase that opens the store already: two people would be one.
    """
    refuse_known(file, passphrase)
    return _way(file, PASSPHRASE, passphrase, kdf, _personal(own.secrets.master, own.secrets.root), officer)


def add_officer(file: KeyFile, own: Entry, officer: str, passphrase: str, kdf: Argon2id) -> tuple[KeyFile, Secrets]:
    """Return the next generation with a slot for an officer (instead of an older one of theirs), and what it gives.

    A slot that the office shared goes with the first own one. Raises what ``officer_way`` raises.
    """
    way = officer_way(file, own, officer, passphrase, kdf)
    return placed(file, way), way.secrets


def refuse_known(file: KeyFile, passphrase: str) -> None:
    """Raise RefusedError when a passphrase opens a slot already."""
    try:
        enter(file, passphrase)
    except PassphraseError:
        return
    raise _known()


def _known() -> RefusedError:
    return RefusedError(
        N_("This passphrase cannot be used here."), N_("Nothing was changed. Choose a different passphrase.")
    )


def with_begun(file: KeyFile, way: Way) -> KeyFile:
    """Return the next generation with a new slot beside all others: the older way in of its holder works on until it is settled.

    Raises RefusedError where somebody else got the same passphrase meanwhile.
    """
    others = tuple(slot for slot in file.slots if not (slot.begun and holder(slot) == holder(way.slot)))
    if any(holder(slot) != holder(way.slot) and way.wrapping and opened(file, slot, way.wrapping) for slot in others):
        raise _known()
    return _next(file, (*others, replace(way.slot, begun=True)))


def settled(file: KeyFile, slot: Slot) -> KeyFile:
    """Return the next generation in which a begun slot counts, and no older way in of its holder does."""
    there = tuple(replace(one, begun=False) if one.slot == slot.slot else one for one in file.slots)
    return _only(_next(file, there), slot)


def placed(file: KeyFile, way: Way) -> KeyFile:
    """Return the next generation in which a new way in takes the place of the older one of its holder at once."""
    return _only(_next(file, (*file.slots, way.slot)), way.slot)


def alone(file: KeyFile, slot: Slot) -> bool:
    """Return whether a slot counts, and is the only way in of its holder."""
    return [one for one in file.slots if holder(one) == holder(slot)] == [replace(slot, begun=False)]


def names(file: KeyFile) -> set[str]:
    """Return the names of the slots."""
    return {slot.slot for slot in file.slots}


def without(file: KeyFile, gone: Collection[str]) -> KeyFile:
    """Return the next generation without slots of these names."""
    return _next(file, tuple(slot for slot in file.slots if slot.slot not in gone))


def holder(slot: Slot) -> tuple[str, str]:
    """Return whose slot it is: an officer's, that of the recovery code, of the escrow, or the one that an office shares."""
    return slot.kind, slot.officer


def _only(file: KeyFile, new: Slot) -> KeyFile:
    """Take away what a new slot takes the place of: an older one of its holder, and what was shared where people have their own.

    A code of the shared times would be nobody's: a new one is asked for.
    """

    def stays(slot: Slot) -> bool:
        if slot.slot == new.slot:
            return True
        if new.officer and (not slot.public or (slot.kind == PASSPHRASE and not slot.officer)):
            return False
        return holder(slot) != holder(new)

    return replace(file, slots=tuple(slot for slot in file.slots if stays(slot)))


def without_officer(file: KeyFile, officer: str) -> KeyFile:
    """Return the next generation without the slot of an officer. Older copies of the store keep it."""
    kept = tuple(slot for slot in file.slots if slot.officer != officer)
    return _next(file, kept)


def changed_way(file: KeyFile, old: str, new: str, kdf: Argon2id) -> tuple[Entry, Way]:
    """Return the way in that a passphrase opens, and the same under another passphrase. Takes two seconds.

    The master key stays, so nothing of the store is written anew. Raises PassphraseError, RefusedError.
    """
    own = enter(file, old)
    if own.slot.kind == PASSPHRASE and new != old:
        refuse_known(file, new)
    if not own.slot.officer and any(slot.officer for slot in file.slots):
        raise RefusedError(
            N_("A recovery code opens the store, but does not belong to any officer."),
            N_("Nothing was changed. Unlock with it, then set a new passphrase for the officer in Setup, Access."),
        )
    return own, _way(file, PASSPHRASE, new, kdf, own.secrets, own.slot.officer)


def exchanged(file: KeyFile, own: Entry, way: Way) -> KeyFile:
    """Return the next generation with one slot in the place of the one that was opened. Raises RefusedError where that is gone."""
    if own.slot not in file.slots:
        raise RefusedError(
            N_("This access to the store has been changed or withdrawn in the meantime."),
            N_("Nothing was changed. Lock the store, and unlock it with the current passphrase."),
        )
    known = any(opened(file, slot, way.wrapping) for slot in file.slots if holder(slot) != holder(way.slot))
    if known and way.wrapping != own.wrapping:
        raise _known()
    gone = {own.slot.slot} if own.slot.officer else {slot.slot for slot in file.slots if slot.kind == PASSPHRASE}
    return _next(file, (*(slot for slot in file.slots if slot.slot not in gone), way.slot))


def change_passphrase(file: KeyFile, old: str, new: str, kdf: Argon2id) -> KeyFile:
    """Return the next generation, one way in under another passphrase. Raises what ``changed_way`` raises."""
    return exchanged(file, *changed_way(file, old, new, kdf))


def renewed(file: KeyFile, own: Entry) -> Way | None:
    """Return a slot of an older format as it is made today, under the same passphrase; None where there is nothing to do."""
    if not own.slot.public or own.slot.sealed or not own.wrapping:
        return None
    return _boxed(file, replace(own.slot, slot=_name(own.slot.kind)), own.secrets, own.wrapping)


def recovery_way(file: KeyFile, own: Secrets, code: str, kdf: Argon2id, compartment: bytes = b"") -> Way:
    """Return a way in by a recovery code. It has so many random bits that the smallest parameters do."""
    return _way(file, RECOVERY, code, kdf, _spare(own, compartment))


def with_recovery(
    file: KeyFile, passphrase: str, code: str, kdf: Argon2id, compartment: bytes = b""
) -> tuple[KeyFile, Secrets]:
    """Return the next generation, which a recovery code opens too and an older code no more, and what its slot gives.

    Raises PassphraseError.
    """
    way = recovery_way(file, enter(file, passphrase).secrets, code, kdf, compartment)
    return placed(file, way), way.secrets


def escrow_way(file: KeyFile, own: Secrets, recipient: str, compartment: bytes = b"") -> Way:
    """Return a way in for the holder of an age key. ``own``: the secrets of a slot that was opened."""
    from avrr_desktop.keys.age import closed_for

    secrets = _spare(own, compartment)
    public = Signer(secrets.seed).public if secrets.seed else ""
    slot = sealed(
        file,
        Slot(
            slot=_name(ESCROW), kind=ESCROW, kdf=Argon2id(), salt=bytes(SALT_BYTES), box=b"", officer="", public=public
        ),
        secrets,
    )
    content = secrets.own if slot.sealed else secrets.joined()
    box = closed_for(authenticated(file, slot) + b"\n" + content, recipient)
    return Way(replace(slot, box=box), secrets)


def with_escrow(file: KeyFile, own: Secrets, recipient: str, compartment: bytes = b"") -> tuple[KeyFile, Secrets]:
    """Return the next generation, which the holder of an age key opens too, and what its slot gives."""
    way = escrow_way(file, own, recipient, compartment)
    return placed(file, way), way.secrets


def enter_by_escrow(file: KeyFile, identity: str) -> Entry:
    """Open the slot of the escrow with the private half of its age key. Raises PassphraseError, StoreError."""
    from avrr_desktop.keys.age import opened_by

    for slot in file.slots:
        if slot.kind == ESCROW:
            bound = authenticated(file, slot) + b"\n"
            content = opened_by(slot.box, identity)
            if content.startswith(bound):
                return Entry(slot, given(file, slot, content[len(bound) :]))
    raise PassphraseError(
        N_("This escrow key does not open the store."),
        N_("Nothing was changed. Use the shares of this store’s own escrow."),
    )


def new_journey() -> str:
    """Return what names a journey, in the clear."""
    return nacl.utils.random(16).hex()


def for_journey(file: KeyFile, journey: str, master: bytes, travellers: Collection[str]) -> KeyFile:
    """Return the key file of a journey: with the ways in of those who travel, of the recovery code and of the escrow.

    Their boxes are copied, and a master key of the journey's own is sealed to each. Raises RefusedError for a traveller whose
    slot is of an older format, or who has none.
    """
    there = {slot.officer for slot in file.slots if slot.sealed and not slot.begun}
    if not set(travellers) <= there:
        raise RefusedError(
            N_("Somebody who will travel has no passphrase that can be taken along yet."),
            N_(
                "Nothing was created. Each of them must unlock this store once with their own passphrase; then "
                "create the journey store."
            ),
        )
    going = KeyFile(store=file.store, kind=file.kind, generation=1, slots=(), journey=journey)
    chosen = [
        slot for slot in file.slots
        if slot.sealed and not slot.begun and (slot.officer in travellers if slot.officer else slot.kind != PASSPHRASE)
    ]  # fmt: skip
    return replace(going, slots=tuple(sealed(going, slot, Secrets(master, b"-")) for slot in chosen))


def says_journey(file: KeyFile) -> bool:
    """Return whether a key file itself tells if its store is on a journey; older ones, and those of a shared passphrase, do not."""
    return bool(file.journey) or any(slot.sealed for slot in file.slots)


def _spare(own: Secrets, compartment: bytes) -> Secrets:
    """Return what a way in without a person wraps: a seed of its own where people have theirs."""
    if not own.seed:
        return Secrets(own.master)
    return replace(_personal(own.master, own.root), compartment=compartment)


def _next(file: KeyFile, there: tuple[Slot, ...]) -> KeyFile:
    """Return the next generation with these slots."""
    return replace(file, generation=file.generation + 1, slots=there)


def _name(kind: str) -> str:
    return f"{kind}-{nacl.utils.random(8).hex()}"


def _way(file: KeyFile, kind: str, passphrase: str, kdf: Argon2id, secrets: Secrets, officer: str = "") -> Way:
    salts = [slot.salt for slot in file.slots if slot.kind == kind == PASSPHRASE and slot.officer and slot.kdf == kdf]
    salt = salts[0] if salts else nacl.utils.random(SALT_BYTES)  # one salt: one slow second opens any officer's slot
    public = Signer(secrets.seed).public if secrets.seed else ""
    wrapping = passphrase_key(passphrase, salt, kdf)
    return _boxed(
        file,
        Slot(slot=_name(kind), kind=kind, kdf=kdf, salt=salt, box=b"", officer=officer, public=public),
        secrets,
        wrapping,
    )


def _boxed(file: KeyFile, slot: Slot, secrets: Secrets, wrapping: bytes) -> Way:
    slot = sealed(file, slot, secrets)
    content = secrets.own if slot.sealed else secrets.joined()
    slot = replace(slot, box=bytes(nacl.secret.Aead(wrapping).encrypt(content, authenticated(file, slot))))
    if opened(file, slot, wrapping) != secrets:  # a slot that would not open is never written
        raise AssertionError("slot does not open")
    return Way(slot, secrets, wrapping)


def _wrapped(file: KeyFile, kind: str, passphrase: str, kdf: Argon2id, secrets: Secrets, officer: str = "") -> KeyFile:
    """Return a key file with one more slot."""
    return replace(file, slots=(*file.slots, _way(file, kind, passphrase, kdf, secrets, officer).slot))


def unlock(file: KeyFile, passphrase: str) -> bytes:
    """Return the master key: by a passphrase or a recovery code. Raises what ``enter`` raises."""
    return enter(file, passphrase).secrets.master
