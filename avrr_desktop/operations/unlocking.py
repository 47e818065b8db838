"""From a passphrase to the keys of a store, and back: everything slow, and nothing that needs an open store."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.clock import SystemClock
from avrr_desktop.domain.errors import ExpectedError, PassphraseError, RefusedError
from avrr_desktop.domain.identifiers import Ids
from avrr_desktop.domain.marking import N_
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.keys.signing import Signer
from avrr_desktop.store.folder import StoreFolder

SHORTEST_PASSPHRASE = 14


def check_passphrase(passphrase: str) -> None:
    """Raise RefusedError for a passphrase that is too short: length counts, not odd letters."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RefusedError(
            N_("The passphrase is too short."),
            N_("Use at least {count} letters, for example five words that belong to nobody."),
            {"count": SHORTEST_PASSPHRASE},
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """A key file and what was opened of it: the slow second of every unlock is behind them.

    ``database``: the raw key of the store. ``entry``: the opened slot, None where a test brings the raw key alone.
    """

    file: slots.KeyFile
    database: bytes = field(repr=False)
    entry: slots.Entry | None = field(default=None, repr=False)

    @property
    def officer(self) -> str:
        """Whose passphrase it was; empty for a shared one and for the recovery code."""
        return self.entry.slot.officer if self.entry else ""

    @property
    def person(self) -> Signer | None:
        """What signs for whoever unlocked; None where a passphrase is shared."""
        return Signer(self.entry.secrets.seed) if self.entry and self.entry.secrets.seed else None


def new_keys(passphrase: str, kind: str = slots.OFFICE, *, personal: bool = False) -> Keys:
    """Return the keys of a new store. Takes about a second. Raises RefusedError for a short passphrase.

    ``personal``: the passphrase is the founder's own, not one that an office shares.
    """
    if kind == slots.OFFICE:
        check_passphrase(passphrase)
    ids = Ids(lambda: int(SystemClock().now().timestamp() * 1000), os.urandom)
    kdf = kdf_of(kind)
    if personal:
        file, secrets = slots.found(ids.new(), ids.new(), passphrase, kdf)
    else:
        file, master = slots.create(ids.new(), kind, passphrase, kdf)
        secrets = slots.Secrets(master)
    return keys_of(file, slots.Entry(file.slots[0], secrets))


def kdf_of(kind: str) -> Argon2id:
    """Return how hard passphrases of a kind of store are to try."""
    return Argon2id(memory_kib=FLOOR_KIB) if kind == slots.PRACTICE else Argon2id()


def keys_of(file: slots.KeyFile, entry: slots.Entry) -> Keys:
    """Return the keys that an opened slot gives."""
    return Keys(file, subkey(entry.secrets.master, "db/1"), entry)


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Wrap the store's key under another passphrase; cases are not written anew. Takes two seconds.

    Older backups keep the passphrase of their day. Raises PassphraseError, RefusedError (too short), StoreError; then
    the old one holds.
    """
    check_passphrase(new)
    place = StoreFolder(folder)
    problem: ExpectedError = slots.damaged()
    for key_file in place.key_files():
        try:
            changed = slots.change_passphrase(key_file, old, new, kdf_of(key_file.kind))
        except ExpectedError as error:
            problem = error
            continue
        place.write_keys(changed)
        return
    raise problem


def unlock(folder: Path, passphrase: str) -> Keys:
    """Return the keys of a store. Takes about a second. Raises StoreError, PassphraseError: then only the try is counted."""
    place = StoreFolder(folder)
    problem: ExpectedError = slots.damaged()
    for key_file in place.key_files():
        try:
            return keys_of(key_file, slots.enter(key_file, passphrase))
        except ExpectedError as error:
            problem = error
    if isinstance(problem, PassphraseError):
        place.count_failed_unlock()
    raise problem
