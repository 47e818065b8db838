"""The Workspace: an unlocked store with language, pack, clock and identifiers. Window and command line start here."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop import BUILD_DATE
from avrr_desktop.clock import DEFAULT_ZONE, Clock, SystemClock, local_time, today_in
from avrr_desktop.domain.errors import BadInputError, ExpectedError, RefusedError, StoreError
from avrr_desktop.domain.fields import Record, Value
from avrr_desktop.domain.identifiers import Ids
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.pack import Pack, laid_over
from avrr_desktop.domain.pack_records import PACK_RECORDS
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.operations import packs
from avrr_desktop.operations.opened_files import wipe_opened
from avrr_desktop.store.folder import StoreFolder
from avrr_desktop.store.place import refuse_place
from avrr_desktop.store.reading import Reader
from avrr_desktop.store.store import Store
from avrr_desktop.words import Words

if TYPE_CHECKING:
    from avrr_desktop.store.backup import Backup

PRACTICE_PASSPHRASE = "practice makes perfect"
SHORTEST_PASSPHRASE = 14
DOCUMENT_LANGUAGE = "document_language"


@dataclass(slots=True)
class Workspace:
    """What every verb takes first. ``lock`` ends it: afterwards ``store`` raises."""

    folder: StoreFolder
    kind: str
    words: Words
    pack: Pack
    clock: Clock
    ids: Ids
    officer: Record | None = None
    _store: Store | None = field(default=None, repr=False)
    _key: bytearray = field(default_factory=bytearray, repr=False)

    @property
    def store(self) -> Store:
        """The open store. Raises StoreError after the lock."""
        if self._store is None:
            raise StoreError(N_("The store is locked."), N_("Everything saved is safe. Unlock it to go on."))
        return self._store

    @property
    def locked(self) -> bool:
        """Whether the store is locked."""
        return self._store is None

    @property
    def practice(self) -> bool:
        """Whether this is a practice store: invented people, marked on every page."""
        return self.kind == slots.PRACTICE

    @property
    def actor(self) -> str:
        """The identifier of the officer at work; empty when nobody said who they are."""
        return self.officer.uid if self.officer else ""

    @property
    def office(self) -> Record | None:
        """The office whose store this is."""
        offices = self.store.reader.everything("office")
        return offices[0] if offices else None

    def read_pack(self) -> None:
        """Lay what this office decided over the shipped pack: at the opening, and after each change to it."""
        own = {key: self.store.reader.everything(key) for key in sorted(PACK_RECORDS)}
        if any(own.values()) or self.pack is not self.shipped_pack:
            self.pack = laid_over(self.shipped_pack, own)

    @property
    def shipped_pack(self) -> Pack:
        """The pack as it came with the program."""
        return packs.practice() if self.practice else packs.shipped()

    @property
    def zone(self) -> str:
        """The time zone of the office."""
        office = self.office
        return (office.text("time_zone") if office else "") or DEFAULT_ZONE

    @property
    def today(self) -> date:
        """The office's calendar day."""
        return today_in(self.clock, self.zone)

    def local(self, moment: datetime) -> datetime:
        """Return a moment as the office's wall clock shows it."""
        return local_time(moment, self.zone)

    def reading(self) -> "ReadingStore":
        """Return a further reading connection, for a worker thread."""
        return ReadingStore(self.store.path, bytes(self._key))

    def back_up(self, folder: Path) -> "Backup":
        """Write a verified backup into a folder. Raises StoreError."""
        from avrr_desktop.store.backup import write_backup

        made_at = self.clock.now().isoformat(timespec="seconds")
        return write_backup(self.store.connection, bytes(self._key), self.folder.path, folder, made_at)

    def files_key(self) -> bytes:
        """Return the key under which the files of cases are sealed. Raises StoreError after the lock."""
        _ = self.store  # raises once the store is locked: the key is gone then
        return subkey(bytes(self._key), "files/1")

    def database_key(self) -> bytes:
        """Return the raw key of the database, for a copy that is opened on the side."""
        return bytes(self._key)

    def lock(self) -> None:
        """Close the connection, overwrite the key, give the lock back. A second call does nothing."""
        store, self._store = self._store, None
        try:
            if store is not None:
                with suppress(OSError):  # what another program holds goes at the next start
                    wipe_opened(self.folder.path)
                store.close()
        finally:
            for position in range(len(self._key)):
                self._key[position] = 0
            self.officer = None
            self.folder.unlock()


class ReadingStore:
    """A reading connection that a worker opens, uses and closes in its own thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def open(self) -> Reader:
        """Return a reader over a new connection of the calling thread."""
        from avrr_desktop.store.driver import Connection

        return Reader(Connection(self._path, self._key, read_only=True))


def check_passphrase(passphrase: str) -> None:
    """Raise RefusedError for a passphrase that is too short: length counts, not odd letters."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RefusedError(
            N_("The passphrase is too short."),
            N_("Use at least {count} letters, for example five words that belong to nobody."),
            {"count": SHORTEST_PASSPHRASE},
        )


def create_store(
    folder: Path,
    passphrase: str,
    office: dict[str, Value],
    officer: dict[str, Value] | None = None,
    *,
    kind: str = slots.OFFICE,
    words: Words | None = None,
    clock: Clock | None = None,
    random_bytes: Callable[[int], bytes] = os.urandom,
    keys: "Keys | None" = None,
) -> Workspace:
    """Make a store in a new folder, with its office and first officer, and return its Workspace.

    ``keys``: made beforehand by ``new_keys`` where the slow part must not hold up a window.
    Raises StoreError, RefusedError.
    """
    from avrr_desktop.operations.records import new_record  # the records' verbs need a Workspace

    if keys is None and kind == slots.OFFICE:
        check_passphrase(passphrase)
    if not str(office.get("name", "")).strip() or not re.fullmatch(r"[A-Z]{2,4}", str(office.get("code", ""))):
        raise BadInputError(
            N_("The office needs a name, and a code of three letters from A to Z."), N_("Nothing was made.")
        )
    refuse_place(folder)
    clock = clock or SystemClock()
    ids = make_ids(clock, random_bytes)
    place = StoreFolder(folder)
    place.make()
    keys = keys or new_keys(passphrase, kind)
    place.lock()
    store: Store | None = None
    try:
        place.write_keys(keys.file)
        store = Store.create(place.database, keys.database, device=ids.new(), random_bytes=random_bytes)
        workspace = _workspace(place, kind, store, keys.database, words, clock, ids)
        new_record(workspace, "office", {"time_zone": DEFAULT_ZONE, **office})
        if officer:
            made = new_record(workspace, "officer", officer)
            workspace.officer = workspace.store.reader.record("officer", made.record)
        return workspace
    except BaseException:
        if store is not None:
            store.connection.close()
        place.discard()
        raise


def open_store(folder: Path, passphrase: str, *, words: Words | None = None, clock: Clock | None = None) -> Workspace:
    """Open a store with a passphrase. Raises StoreError, InUseError, PassphraseError; nothing is changed then."""
    place = StoreFolder(folder)
    if not place.exists:
        raise StoreError(
            N_("There is no store in this folder."), N_("Nothing was changed. Check the folder, or start a new store.")
        )
    return open_unlocked(folder, unlock(folder, passphrase), words=words, clock=clock)


@dataclass(frozen=True, slots=True)
class Keys:
    """A key file and the key of the database, derived: the slow second of every unlock is behind them."""

    file: slots.KeyFile
    database: bytes = field(repr=False)


def new_keys(passphrase: str, kind: str = slots.OFFICE) -> Keys:
    """Return the keys of a new store. Takes about a second. Raises RefusedError for a short passphrase."""
    if kind == slots.OFFICE:
        check_passphrase(passphrase)
    kdf = Argon2id(memory_kib=FLOOR_KIB) if kind == slots.PRACTICE else Argon2id()
    file, master = slots.create(make_ids(SystemClock(), os.urandom).new(), kind, passphrase, kdf)
    return Keys(file, subkey(master, "db/1"))


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Wrap the store's key under another passphrase; cases are not written anew. Takes two seconds.

    Older backups keep the passphrase of their day. Raises PassphraseError, RefusedError (too short), StoreError; then
    the old one holds.
    """
    check_passphrase(new)
    place = StoreFolder(folder)
    problem: ExpectedError = slots.damaged()
    for key_file in place.key_files():
        kdf = Argon2id(memory_kib=FLOOR_KIB) if key_file.kind == slots.PRACTICE else Argon2id()
        try:
            changed = slots.change_passphrase(key_file, old, new, kdf)
        except ExpectedError as error:
            problem = error
            continue
        place.write_keys(changed)
        return
    raise problem


def unlock(folder: Path, passphrase: str) -> Keys:
    """Return the keys of a store. Takes about a second, changes nothing. Raises StoreError, PassphraseError."""
    problem: ExpectedError = slots.damaged()
    for key_file in StoreFolder(folder).key_files():
        try:
            return Keys(key_file, subkey(slots.unlock(key_file, passphrase), "db/1"))
        except ExpectedError as error:
            problem = error
    raise problem


def open_unlocked(folder: Path, keys: Keys, *, words: Words | None = None, clock: Clock | None = None) -> Workspace:
    """Open a store with its keys. Raises StoreError, InUseError."""
    refuse_place(folder)
    place = StoreFolder(folder)
    place.lock()
    try:
        store = Store.open(place.database, keys.database)
        place.mend_keys(keys.file)
        clock = clock or SystemClock()
        return _workspace(place, keys.file.kind, store, keys.database, words, clock, make_ids(clock, os.urandom))
    except BaseException:
        place.unlock()
        raise


def _workspace(
    folder: StoreFolder, kind: str, store: Store, key: bytes, words: Words | None, clock: Clock, ids: Ids
) -> Workspace:
    pack = packs.practice() if kind == slots.PRACTICE else packs.shipped()
    workspace = Workspace(folder, kind, words or Words(), pack, clock, ids, None, store, bytearray(key))
    workspace.read_pack()
    return workspace


def make_ids(clock: Clock, random_bytes: Callable[[int], bytes]) -> Ids:
    """Return a maker of identifiers that follows a clock."""
    return Ids(lambda: int(clock.now().timestamp() * 1000), random_bytes)


def store_kind(folder: Path) -> str:
    """Return office or practice for a store that is still locked. Raises StoreError."""
    place = StoreFolder(folder)
    if not place.exists:
        raise StoreError(
            N_("There is no store in this folder."), N_("Nothing was changed. Check the folder, or start a new store.")
        )
    return place.read_keys().kind


def clock_problem(workspace: Workspace) -> str:
    """Return a sentence when the clock is behind the newest entry or the program's build; empty when it is well."""
    now = workspace.clock.now()
    newest = workspace.store.journal.newest_time()
    if newest is not None and (newest - now).total_seconds() > 300:
        return N_("This computer’s clock is behind the last entry. Saving goes on; please set the clock right.")
    if now.date() < date.fromisoformat(BUILD_DATE):
        return N_("This computer’s clock is behind the day on which this program was made. Please set it right.")
    return ""


def tidy(workspace: Workspace) -> None:
    """Do in idle time what saves leave behind; nothing when locked."""
    if not workspace.locked:
        workspace.store.tidy()


def today_of(clock: Clock | None = None, zone: str = DEFAULT_ZONE) -> date:
    """Return the calendar day in a time zone, before any store is open."""
    return today_in(clock or SystemClock(), zone)
