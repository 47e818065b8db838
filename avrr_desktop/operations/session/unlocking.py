"""From a passphrase to the keys of a store, and back: everything slow, and nothing that needs an open store."""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from avrr_desktop.clock import SystemClock
from avrr_desktop.domain.errors import ExpectedError, PassphraseError, RefusedError
from avrr_desktop.domain.history.identifiers import Ids
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.keys.guessing import GUESSED, REPEATED, STRONG, strength, weakness
from avrr_desktop.keys.signing import Signer
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import read_policy
from avrr_desktop.store.folder.folder import StoreFolder

T = TypeVar("T")
# How hard passphrases are to try, by kind of store: those of invented people need no second at every start.
HARDNESS = {slots.OFFICE: Argon2id(), slots.PRACTICE: Argon2id(memory_kib=FLOOR_KIB)}


def check_passphrase(passphrase: str, known: Collection[str] = ()) -> None:
    """Raise RefusedError for a passphrase that is too short or easy to guess: not odd letters count, but how many tries it takes.

    ``known``: what whoever guesses knows as well, the names of the office, its officers and its programme.
    """
    least = read_policy().shortest_passphrase
    if len(passphrase) < least:
        raise RefusedError(
            N_("The passphrase is too short."),
            N_("Choose a longer one, for example five unrelated words. Minimum length: {count} characters."),
            {"count": least},
        )
    found = weakness(passphrase, known)
    if found == REPEATED:
        raise RefusedError(
            N_("The passphrase repeats itself."),
            N_("Nothing was changed. Use words that do not belong together, for example: {words}"),
            {"words": offered_passphrase()},
        )
    if found:
        raise RefusedError(
            N_("The passphrase is easy to guess."),
            N_("Nothing was changed. Use words that do not belong together, for example: {words}"),
            {"words": offered_passphrase()},
        )


def _refused_today(passphrase: str) -> bool:
    return len(passphrase) < read_policy().shortest_passphrase or bool(weakness(passphrase))


def offered_passphrase() -> str:
    """Return random words that this computer would take for a new passphrase."""
    from avrr_desktop.keys.word_password import offered_words  # costs a list of words: only where somebody needs them

    return offered_words(read_policy().shortest_passphrase)


def strength_told(passphrase: str, words: Language, known: Collection[str] = ()) -> str:
    """Return in words how strong a new passphrase is; nothing for an empty one. Takes a few milliseconds for each letter.

    ``known``: as for ``check_passphrase``, which refuses what is called too short, repeated or easy to guess here.
    """
    missing = read_policy().shortest_passphrase - len(passphrase)
    if not passphrase:
        return ""
    if missing > 0:
        return words.plural(
            "Too short: {count} more character.", "Too short: {count} more characters.", missing, count=missing
        )
    return words.text({
        REPEATED: N_("Weak: it repeats itself."), GUESSED: N_("Weak: it is easy to guess."), "": N_("Good."),
        STRONG: N_("Very good."),
    }[strength(passphrase, known)])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """A key file and what was opened of it: the slow second of every unlock is behind them.

    ``database``: the raw key of the store. ``entry``: the opened slot, None where a test brings the raw key alone.
    """

    file: slots.KeyFile
    database: bytes = field(repr=False)
    entry: slots.Entry | None = field(default=None, repr=False)
    older_copy: bool = False  # a newer copy of the key file lies there and cannot be read
    weak: bool = False  # the passphrase would be refused today
    by_pin: bool = False  # opened by a PIN, not by the whole passphrase

    @property
    def officer(self) -> str:
        """Whose passphrase it was; empty for a shared one and for the recovery code."""
        return self.entry.slot.officer if self.entry else ""

    @property
    def person(self) -> Signer | None:
        """What signs for whoever unlocked; None where a passphrase is shared."""
        return Signer(self.entry.secrets.seed) if self.entry and self.entry.secrets.seed else None


def new_keys(passphrase: str, kind: str = slots.OFFICE, *, personal: bool = False, known: Collection[str] = ()) -> Keys:
    """Return the keys of a new store. Takes about a second. Raises RefusedError for a weak passphrase.

    ``personal``: the passphrase is the founder's own, not one that an office shares.
    """
    if kind == slots.OFFICE:
        check_passphrase(passphrase, known)
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
    return HARDNESS.get(kind, HARDNESS[slots.OFFICE])


def keys_of(file: slots.KeyFile, entry: slots.Entry) -> Keys:
    """Return the keys that an opened slot gives."""
    return Keys(file, subkey(entry.secrets.master, "db/1"), entry)


def of_newest(place: StoreFolder, act: Callable[[slots.KeyFile], T]) -> T:
    """Return what an act makes of the newest generation of the key file, out of whichever copy of it is whole.

    An older generation opens only where no newer one can be read. Raises what the act raises, StoreError.
    """
    problem: ExpectedError = slots.damaged()
    for key_file in place.newest_keys():
        try:
            return act(key_file)
        except ExpectedError as error:
            problem = error
    raise problem


def change_passphrase(folder: Path, old: str, new: str, known: Collection[str] = ()) -> None:
    """Wrap the store's key under another passphrase; cases are not written anew. Takes two seconds.

    ``known``: names that make a passphrase easy to guess (``check_passphrase``). Older backups keep the passphrase of their
    day. Raises PassphraseError, RefusedError (too weak, or changed meanwhile), StoreError; then the old one holds.
    """
    check_passphrase(new, known)
    place = StoreFolder(folder)
    own, way = of_newest(place, lambda file: slots.changed_way(file, old, new, kdf_of(file.kind)))
    place.change_keys(
        lambda file: slots.exchanged(file, own, way), lambda file: slots.alone(file, way.slot) and way.opens(file)
    )


def unlock(folder: Path, passphrase: str) -> Keys:
    """Return the keys of a store. Takes about a second. Raises StoreError, PassphraseError: then only the try is counted."""
    place = StoreFolder(folder)
    try:
        keys = of_newest(place, lambda file: keys_of(file, slots.enter(file, passphrase)))
    except PassphraseError:
        place.count_failed_unlock()
        raise
    by_passphrase = (
        keys.entry is not None and keys.entry.slot.kind == slots.PASSPHRASE and keys.file.kind == slots.OFFICE
    )
    return replace(keys, older_copy=place.older_copy(keys.file), weak=by_passphrase and _refused_today(passphrase))
