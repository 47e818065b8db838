"""The Session: who is at work, where, in which language and by which rules. Screens hold this; the store and its keys they never see."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from avrr_desktop.clock import DEFAULT_ZONE, Clock, SystemClock, local_time, today_in
from avrr_desktop.domain.history.identifiers import Ids
from avrr_desktop.domain.policy import Policy
from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.keys import slots
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.store.folder.folder import Restored

PRACTICE_STORE, JOURNEY_STORE, ASIDE_STORE, OFFICE_STORE = "practice", "journey", "aside", "office"


@dataclass(slots=True, kw_only=True)
class Session(ABC):
    """What window and command line hold of an unlocked store: enough to show it and to call verbs, and no way around them."""

    kind: str
    words: Language
    pack: Pack
    clock: Clock
    ids: Ids
    officer: Record | None = None
    policy: Policy = field(default_factory=Policy)  # of this computer; practice stores have none
    restored: Restored | None = None  # this store is a backup that was brought back, and nobody had unlocked it since
    unproven: str = (
        ""  # an officer whom the key file names, without the key that the grants give them: nobody is at work
    )
    swapped_key: bool = False  # the key of restricted records that was offered is not this store's: it is not used
    older_keys: bool = False  # the key file that opened it is older than one that was seen beside it
    slot_came_back: bool = False  # the key file held a way in of somebody who left: it was taken out again
    weak_passphrase: bool = False  # the passphrase that opened it would be refused today
    by_pin: bool = False  # opened by a PIN: what wants the whole passphrase waits for it
    by_recovery: bool = False  # opened with the recovery code: no person, all rights but no restricted records

    @property
    @abstractmethod
    def store_folder(self) -> Path:
        """The folder of the store, to be shown or handed to a verb that opens it."""

    @property
    @abstractmethod
    def locked(self) -> bool:
        """Whether the store is locked."""

    @property
    @abstractmethod
    def store_role(self) -> str:
        """What kind of copy this is: a coloured edge and a line tell them apart, for they look alike inside."""

    @property
    @abstractmethod
    def office(self) -> Record | None:
        """The office whose store this is."""

    @property
    @abstractmethod
    def role(self) -> str:
        """The role of the officer at work: a signed grant, or the table where nobody has a passphrase of their own."""

    @property
    @abstractmethod
    def trusted(self) -> bool:
        """Whether what opened the store counts without an officer: a shared passphrase, a store that is being made, or a
        recovery code or escrow of which somebody who may give roles wrote down, signed, that it counts.
        """

    @property
    @abstractmethod
    def shares_passphrase(self) -> bool:
        """Whether the office shares one passphrase: nobody has one of their own, and roles are what the table says."""

    @property
    @abstractmethod
    def reads_restricted(self) -> bool:
        """Whether the key of restricted records is at hand."""

    @property
    @abstractmethod
    def just_made(self) -> bool:
        """Whether the store was made in this session, and whoever made it typed the passphrase just before."""

    @abstractmethod
    def beside(self, *, read_only: bool = False) -> AbstractContextManager["Session"]:
        """Give a worker this session over a connection of its own thread: it reads much there, and writes once, or never."""

    @abstractmethod
    def lock(self) -> None:
        """Close the store and overwrite the keys. A second call does nothing."""

    @property
    def practice(self) -> bool:
        """Whether this is a practice store: invented people, marked on every page."""
        return self.kind == slots.PRACTICE

    @property
    def actor(self) -> str:
        """The identifier of the officer at work; empty when nobody said who they are."""
        return self.officer.uid if self.officer else ""

    @property
    def shipped_pack(self) -> Pack:
        """The pack as it came with the program."""
        return shipped_packs.practice() if self.practice else shipped_packs.shipped()

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


def today_of(clock: Clock | None = None, zone: str = DEFAULT_ZONE) -> date:
    """Return the calendar day in a time zone, before any store is open."""
    return today_in(clock or SystemClock(), zone)
