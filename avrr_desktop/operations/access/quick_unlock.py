"""Quick unlock: after an idle lock, and for an hour, a PIN opens the store again in place of the passphrase.

What it opens lies in the memory of the program and nowhere else. It gives no key of restricted records, and neither manages
nor approves: for these the whole passphrase is asked (docs/decisions/0036).
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError, PassphraseError, RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.elapsed import Elapsed
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import subkey
from avrr_desktop.keys.pin_box import PinBox
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.unlocking import Keys, kdf_of, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.folder import StoreFolder

FEWEST_FIGURES = 6
OPEN_SECONDS = 3600  # after the idle lock
ASLEEP_SECONDS = 60  # looks that are further apart mean that the computer slept


def check_pin(pin: str) -> None:
    """Raise RefusedError for what is no PIN, or one that is tried first: at least six figures, not all alike, no run."""
    if not (pin.isascii() and pin.isdigit()) or len(pin) < FEWEST_FIGURES:
        raise RefusedError(
            N_("The PIN must have at least {count} figures, and nothing else."),
            N_("Nothing was changed. Choose figures that are not a date of yours."),
            {"count": FEWEST_FIGURES},
        )
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        raise RefusedError(
            N_("This PIN is the first that anybody would try."),
            N_("Nothing was changed. Choose figures that are neither all alike nor in a row."),
        )


def may_have_pin(keys: Keys) -> bool:
    """Return whether keys were opened by the whole passphrase of somebody: not by a PIN, recovery code or escrow."""
    return keys.entry is not None and keys.entry.slot.kind == slots.PASSPHRASE and not keys.by_pin


class QuickUnlock:
    """The keys of one officer to one store, closed by a PIN. ``hour`` and ``since_look`` count real time, sleep included."""

    def __init__(
        self, folder: Path, keys: Keys, pin: str, *, hour: Elapsed | None = None, since_look: Elapsed | None = None
    ) -> None:
        """Close them. Takes about a second. Raises RefusedError for a PIN that is none, and without a passphrase's keys."""
        check_pin(pin)
        if keys.entry is None or not may_have_pin(keys):
            raise RefusedError(
                N_("A PIN can only be set by somebody who typed their whole passphrase."), N_("Nothing was changed.")
            )
        own = keys.entry.secrets
        self.folder, self._kind, self._slot = folder, keys.file.kind, keys.entry.slot
        self._hour, self._since_look = hour or Elapsed(), since_look or Elapsed()
        self._waiting = False
        bundle = slots.Secrets(own.master, own.seed, own.root)  # never the key of restricted records
        self.box = PinBox(pin, bundle.joined(), kdf_of(self._kind))

    def wipe(self) -> None:
        """Overwrite what the PIN opens."""
        self.box.wipe()

    def is_of(self, store: Path) -> bool:
        """Return whether it opens the store in a folder."""
        return self.folder == store

    @property
    def wiped(self) -> bool:
        """Whether only the passphrase opens the store."""
        return self.box.wiped

    def begin(self) -> None:
        """Begin the hour: the store was locked because nobody touched anything."""
        self._waiting = True
        self._hour.begin()
        self._since_look.begin()

    def look(self) -> bool:
        """Return whether the PIN opens the store now. Wipes it when the hour is over, and when the computer slept.

        To be called more often than each ``ASLEEP_SECONDS`` while the store is locked.
        """
        if self._waiting and (self._hour.seconds() > OPEN_SECONDS or self._since_look.seconds() > ASLEEP_SECONDS):
            self.wipe()
        self._since_look.begin()
        return self._waiting and not self.wiped

    def unlock(self, pin: str) -> Keys:
        """Return the keys, without the right to restricted records. Takes about a second.

        Raises PassphraseError for a wrong PIN, which is counted as a wrong passphrase is; at the third one in a row the keys
        are overwritten. RefusedError where the passphrase is asked for, StoreError.
        """
        if not self.look():
            raise _passphrase_wanted()
        left, content = self.box.tries_left, self.box.opened(pin)
        if not content and self.wiped and left > 1:  # it was overwritten while the key was derived
            raise _passphrase_wanted()
        if not content:
            StoreFolder(self.folder).count_failed_unlock()
            raise self._wrong()
        place = StoreFolder(self.folder)
        file = place.read_keys()
        if not any(self._is_own(slot) for slot in file.slots):
            self.wipe()
            raise _passphrase_wanted()
        self._waiting = False
        secrets = slots.Secrets.parted(content)
        entry = slots.Entry(self._slot, secrets)
        return Keys(file, subkey(secrets.master, "db/1"), entry, older_copy=place.older_copy(file), by_pin=True)

    def _is_own(self, slot: slots.Slot) -> bool:
        """Return whether a slot is still the officer's: under another passphrase it is, withdrawn or given anew it is not."""
        if not self._slot.public:
            return slot == self._slot
        there = (slot.kind, slot.officer, slot.public)
        return there == (self._slot.kind, self._slot.officer, self._slot.public)

    def _wrong(self) -> ExpectedError:
        if self.wiped:
            return RefusedError(
                N_("The PIN was wrong three times and is no longer valid."),
                N_("Nothing was changed. Unlock with the passphrase."),
            )
        return PassphraseError(
            N_("This PIN is wrong."),
            N_("Nothing was changed. Tries left before the passphrase is needed: {count}."),
            {"count": self.box.tries_left},
        )


def _passphrase_wanted() -> RefusedError:
    return RefusedError(N_("The PIN is no longer valid."), N_("Nothing was changed. Unlock with the passphrase."))


@needs(Permission.READ)
def switching_on(workspace: Workspace, passphrase: str, pin: str) -> Callable[[], QuickUnlock]:
    """Return work for a background thread that closes the keys of whoever is at work with a PIN.

    Raises RefusedError: for a PIN that is none, where the policy forbids it, and then by the work itself for the passphrase
    of somebody else; PassphraseError, StoreError.
    """
    if workspace.practice or not workspace.policy.may_quick_unlock:
        raise RefusedError(N_("Your IT does not allow quick unlock on this computer."), N_("Nothing was changed."))
    check_pin(pin)
    folder, officer, person = workspace.folder.path, workspace.actor, workspace.store.person
    public = person.public if person is not None else ""

    def work() -> QuickUnlock:
        keys = unlock(folder, passphrase)
        _check_same(keys, officer, public)
        return QuickUnlock(folder, keys, pin)

    return work


def _check_same(keys: Keys, officer: str, public: str) -> None:
    """Raise RefusedError unless keys are those of whoever is at work, by their whole passphrase."""
    person = keys.person
    own = keys.officer == officer and person is not None and person.public == public
    shared = person is None and not public
    if keys.by_pin or not (own or shared):
        raise RefusedError(
            N_("This is the passphrase of somebody else."),
            N_("Nothing was changed. Lock the store, and let the other person unlock it."),
        )


@needs(Permission.READ)
def give_whole_passphrase(workspace: Workspace, keys: Keys) -> None:
    """Lift what a PIN holds back, once whoever is at work typed their whole passphrase. Raises RefusedError for another's."""
    person = workspace.store.person
    _check_same(keys, workspace.actor, person.public if person is not None else "")
    workspace.by_pin = False
    workspace.hold_own_protection()
