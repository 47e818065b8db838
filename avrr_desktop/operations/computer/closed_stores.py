"""What can be asked of a store, or of a backup, while it is closed: little is loaded for it, as every window begins with it."""

from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.store.folder.folder import BACKUP, StoreFolder, refuse_moved_aside

PRACTICE_PASSPHRASE = "practice makes perfect"


def store_kind(folder: Path) -> str:
    """Return office or practice for a store that is still locked. Raises StoreError."""
    place = StoreFolder(folder)
    refuse_moved_aside(folder)
    if not place.exists:
        raise StoreError(
            N_("There is no store in this folder."), N_("Nothing was changed. Check the folder, or start a new store.")
        )
    return place.read_keys().kind


def backup_named(path: Path) -> Path | None:
    """Return the folder of the backup that a path names, itself or by a file in it; None where it names none."""
    return next((one for one in (path, path.parent) if one.suffix == BACKUP and one.is_dir()), None)
