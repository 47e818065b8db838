"""The Workspace: a session with its unlocked store and its keys. Verbs are written over it; screens hold only the Session."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.clock import Clock
from avrr_desktop.domain.consent.referral_states import answer_days
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.history.identifiers import Ids
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.procedure.pack import laid_over
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FILES_KEY, subkey
from avrr_desktop.keys.signing import Signer
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.computer.policy_file import read_policy
from avrr_desktop.operations.session.grants import Grants, protection_mark, read_grants
from avrr_desktop.operations.session.openings import renew
from avrr_desktop.operations.session.session import ASIDE_STORE, JOURNEY_STORE, OFFICE_STORE, PRACTICE_STORE, Session
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder.backup import write_backup
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.reading.cases import Reader
from avrr_desktop.store.store import Store

if TYPE_CHECKING:
    from avrr_desktop.store.folder.backup import Backup

BACKUP_FOLDER = "backup_folder"
CHECK_WANTED = "check_wanted"  # local setting: something came from outside since the last whole check
NO_ROLE = "none"  # an officer without a signed role: nothing is allowed


@dataclass(slots=True, kw_only=True)
class Workspace(Session):
    """The session with its store and its keys: what verbs are written over. ``lock`` ends it: afterwards ``store`` raises."""

    folder: StoreFolder
    _store: Store | None = field(default=None, repr=False)
    _key: bytearray = field(default_factory=bytearray, repr=False)
    _protection: bytearray = field(default_factory=bytearray, repr=False)
    made_with: slots.Entry | None = field(default=None, repr=False)  # until its recovery code is kept, or the lock
    grants: Grants | None = None  # None: nobody has a passphrase of their own, roles are what the table says
    journey: str = ""  # which journey this copy of a store is on, as its key file says
    sealed_keys: bool = False  # its key file says whether it is on a journey; else a setting of the store does
    own_places: tuple[Record, ...] = ()  # the office's list, for which everything derived was made
    late_entries: dict[str, str] = field(
        default_factory=dict, repr=False
    )  # closed case -> why somebody writes into it now
    before_lock: tuple[Callable[["Workspace"], object], ...] = field(
        default=(), repr=False
    )  # done while it still reads

    @property
    def store(self) -> Store:
        """The open store. Raises StoreError after the lock."""
        if self._store is None:
            raise StoreError(N_("The store is locked."), N_("Everything saved is safe. Unlock the store to continue."))
        return self._store

    @property
    def store_folder(self) -> Path:
        """The folder of the store."""
        return self.folder.path

    @property
    def locked(self) -> bool:
        """Whether the store is locked."""
        return self._store is None

    @property
    def store_role(self) -> str:
        """What kind of copy this is: a coloured edge and a line tell them apart, for they look alike inside."""
        if self.practice:
            return PRACTICE_STORE
        if self.journey or (not self.sealed_keys and self.store.local.setting("partial") == "1"):
            return JOURNEY_STORE
        return ASIDE_STORE if "-before-restore-" in self.folder.path.name else OFFICE_STORE

    @property
    def role(self) -> str:
        """The role of the officer at work: a signed grant, or the table where nobody has a passphrase of their own."""
        if self.officer is None:
            return ""
        if self.grants is not None:
            return self.grants.role(self.officer.uid) or NO_ROLE
        return self.officer.text("role") or "case_worker"

    @property
    def trusted(self) -> bool:
        """Whether what opened the store counts without an officer: a shared passphrase, a store that is being made, or a
        recovery code or escrow of which somebody who may give roles wrote down, signed, that it counts.
        """
        if self.grants is None or not (self.grants.officers or self.grants.refused):
            return True
        return self.store.person is not None and self.store.person.public in self.grants.spare_keys.values()

    @property
    def shares_passphrase(self) -> bool:
        """Whether the office shares one passphrase: nobody has one of their own, and roles are what the table says."""
        return self.grants is None

    @property
    def reads_restricted(self) -> bool:
        """Whether the key of restricted records is at hand."""
        return bool(self._protection)

    @property
    def just_made(self) -> bool:
        """Whether the store was made in this session, and whoever made it typed the passphrase just before."""
        return self.made_with is not None

    @property
    def protection(self) -> bytes:
        """The key of restricted records; empty where the officer at work has none."""
        return bytes(self._protection)

    def hold_protection(self, key: bytes) -> None:
        """Hold the key of restricted records until the lock; never one that supervisors of this store did not give."""
        if key and self.grants is not None and self.grants.protection not in ("", protection_mark(key)):
            self.swapped_key = True
            return
        self._protection = bytearray(key)

    def hold_own_protection(self) -> None:
        """Hold the key of restricted records, as far as whoever is at work was given it; never for a PIN alone."""
        given, person = self.grants.officers.get(self.actor) if self.grants else None, self.store.person
        if given is not None and person is not None and given.protection_key and not self.by_pin:
            self.hold_protection(person.opened(given.protection_key))

    def read_grants(self) -> None:
        """Read anew who was given what: at the unlock, and after a change of officers."""
        if self.grants is not None:
            self.grants = read_grants(self.store, self.grants.root)
            self.store.under = self.grants.under

    @property
    def office(self) -> Record | None:
        """The office whose store this is."""
        return self.store.office

    def country_of(self, case: str) -> str:
        """Return the country to which the people of a case return; without a case, that of the office."""
        record = self.store.reader.record("case", case) if case else self.office
        return record.text("country_of_return" if case else "country") if record else ""

    def read_pack(self) -> None:
        """Lay what this office decided over the shipped pack: at the opening, and after each change to it."""
        own = {key: self.store.reader.everything(key) for key in sorted(PACK_RECORDS)}
        if any(own.values()) or self.pack is not self.shipped_pack:
            self.pack = laid_over(self.shipped_pack, own)
        self.store.take_answer_days(answer_days(self.pack.settings))
        places = tuple(own["place"])
        if self.own_places != places:
            self.store.rebuild_derived()  # every case may lie in another place now
        self.own_places = places

    def reading(self) -> "ReadingStore":
        """Return a further reading connection, for a worker thread."""
        return ReadingStore(self.store.path, bytes(self._key))

    @contextmanager
    def beside(self, *, read_only: bool = False) -> Iterator["Workspace"]:
        """Give a worker this workspace over a connection of its own thread: it reads much there, and writes once, or never."""
        store = self.store.beside(bytes(self._key), read_only=read_only)
        try:
            yield replace(self, _store=store, ids=make_ids(self.clock, os.urandom))
        finally:
            store.connection.close()

    def back_up(self, folder: Path) -> "Backup":
        """Write a verified backup into a folder. Raises StoreError."""
        made_at = self.clock.now().isoformat(timespec="seconds")
        return write_backup(
            self.store.connection, bytes(self._key), self.folder.path, folder, made_at, kept=self.policy.newest_kept
        )

    def files_key(self) -> bytes:
        """Return the key under which the files of cases are sealed. Raises StoreError after the lock."""
        _ = self.store  # raises once the store is locked: the key is gone then
        return subkey(bytes(self._key), FILES_KEY)

    def database_key(self) -> bytes:
        """Return the raw key of the database, for a copy that is opened on the side."""
        return bytes(self._key)

    def lock(self) -> None:
        """Close the connection, overwrite the key, give the lock back. A second call does nothing."""
        store, self._store = self._store, None
        try:
            if store is not None:
                for step in self.before_lock:
                    step(replace(self, _store=store))
                renew(store, os.urandom(16).hex())
                store.close()
        finally:
            for key in (self._key, self._protection):
                for position in range(len(key)):
                    key[position] = 0
            self._protection = bytearray()
            self.officer = self.made_with = None
            self.folder.unlock()


class ReadingStore:
    """A reading connection that a worker opens, uses and closes in its own thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def open(self) -> Reader:
        """Return a reader over a new connection of the calling thread."""
        return Reader(Connection(self._path, self._key, read_only=True))


def workspace_over(
    folder: StoreFolder, kind: str, store: Store, keys: Keys, words: Language | None, clock: Clock, ids: Ids
) -> Workspace:
    """Return the Workspace over a store that was just opened or made, with what its keys give to whoever opened it."""
    pack = shipped_packs.practice() if kind == slots.PRACTICE else shipped_packs.shipped()
    workspace = Workspace(
        folder=folder,
        kind=kind,
        words=words or Language(),
        pack=pack,
        clock=clock,
        ids=ids,
        _store=store,
        _key=bytearray(keys.database),
    )
    workspace.journey, workspace.sealed_keys = keys.file.journey, slots.says_journey(keys.file)
    workspace.weak_passphrase, workspace.by_pin = keys.weak, keys.by_pin
    workspace.own_places = tuple(store.reader.everything("place"))
    workspace.read_pack()
    if not workspace.practice:
        workspace.policy = read_policy()
    if workspace.practice:
        workspace.hold_protection(subkey(keys.database, "practice/1"))  # invented people: everybody may try it
    if keys.entry is not None and keys.person is not None:
        store.person = keys.person
        workspace.grants = Grants(keys.entry.secrets.root.hex())
        workspace.read_grants()
        workspace.by_recovery = not keys.officer
        if keys.officer:
            _begin_as(workspace, keys.officer, keys.person)
    return workspace


def _begin_as(workspace: Workspace, officer: str, person: Signer) -> None:
    """Let whoever a slot names begin, if its seed is the one whose public half the grants give to them: a name is no proof.

    Whose row was taken out of the table is still who they are, in the role that is signed.
    """
    grants = workspace.grants
    given = grants.officers.get(officer) if grants else None
    if grants is not None and grants.officers and (given is None or given.public_key != person.public):
        workspace.unproven = officer
        return
    workspace.officer = workspace.store.reader.record("officer", officer) or Record("officer", officer, {})
    workspace.hold_own_protection()


def make_ids(clock: Clock, random_bytes: Callable[[int], bytes]) -> Ids:
    """Return a maker of identifiers that follows a clock."""
    return Ids(lambda: int(clock.now().timestamp() * 1000), random_bytes)
