"""A store that an older program made: tried on a copy before its tables are changed, and changed behind a verified backup."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.store.engine.migrations import SCHEMA
from avrr_desktop.store.engine.opening import copied, schema_of
from avrr_desktop.store.folder.backup import sweep_ended, trial_prefix
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.folder.location_rules import refuse_little_room, refuse_place
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What bringing a store to this program's schema does, or did on a copy. ``sound``: everything is in it as before."""

    before: int
    after: int
    entries: int
    cases: int
    sound: bool

    @property
    def needed(self) -> bool:
        """Return whether there is anything to change."""
        return self.before != self.after


def rehearse_upgrade(folder: Path, keys: Keys) -> Upgrade:
    """Bring a copy of a store to this program's schema, compare it, and take it away; the store itself is only read.

    Raises StoreError, InUseError (the store is open), and what an open store of a newer program raises.
    """
    refuse_place(folder)
    place = StoreFolder(folder)
    place.lock()
    try:
        sweep_ended(folder)
        before = schema_of(place.database, keys.database)
        refuse_little_room(place.database)
        side = Path(tempfile.mkdtemp(prefix=trial_prefix(folder), dir=folder.parent))  # encrypted, as the store itself
        try:
            store = Store.open(copied(place.database, side), keys.database)
            try:
                sound = store.pages_sound() and chain_fault(store.connection) is None and tables_match(store)
                return Upgrade(
                    before=before,
                    after=SCHEMA,
                    entries=store.journal.count(),
                    cases=store.reader.count("case"),
                    sound=sound,
                )
            finally:
                store.connection.close()
        finally:
            shutil.rmtree(side, ignore_errors=True)
    except OSError:
        raise StoreError(
            N_("The copy for the trial could not be created."),
            N_("Nothing was changed. Check whether the disk is full."),
        ) from None
    finally:
        place.unlock()
