"""Where a store must not lie: in a folder that a cloud service copies, and on a network share.

A database that is written over a network, or copied by a service while it is written, loses entries without a word.
"""

import os
import shutil
import sys
from pathlib import Path

from avrr_desktop.domain.errors import RefusedError, StoreError
from avrr_desktop.domain.i18n import N_

CLOUDS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "syncthing",
    "seafile",
)
MARKS = (".dropbox", ".nextcloudsync.log", ".owncloudsync.log", ".sync_journal.db", ".stfolder", ".seafile-data")
NETWORK = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone",
                     "fuse.gvfsd-fuse", "fuse.onedriver", "ncpfs", "glusterfs", "ceph"})  # fmt: skip


def refuse_place(folder: Path) -> None:
    """Raise RefusedError with the reason when a store must not lie in this folder."""
    whole = folder.expanduser().absolute()
    real = whole.resolve()  # a link may lead there
    if name := cloud_of(whole) or cloud_of(real):
        raise RefusedError(
            N_("A store must not be in a folder that is copied to a cloud service: {folder}"),
            N_("Nothing was changed. Choose a folder on this computer’s own disk that is not synchronised."),
            {"folder": name},
        )
    if on_network(whole) or on_network(real):
        raise RefusedError(
            N_("A store must not be on a network share."),
            N_("Nothing was changed. Choose a folder on this computer’s own disk; backups may go to a stick."),
        )


def cloud_of(folder: Path) -> str:
    """Return the name of the folder that a cloud service copies, empty when none is known."""
    synced = {os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")} - {""}
    for place in (folder, *folder.parents):
        if place.name.casefold().startswith(CLOUDS) or str(place) in synced:
            return place.name
        if any((place / mark).exists() for mark in MARKS):
            return place.name
    return ""


def on_network(folder: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Return whether a folder lies on a network share, as far as this system tells."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(folder)[0]
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == 4
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return False
    there = [(parts[1].replace("\\040", " "), parts[2]) for parts in lines if len(parts) > 2]
    above = [(place, kind) for place, kind in there if folder.is_relative_to(place)]
    return bool(above) and max(above, key=lambda one: len(one[0]))[1] in NETWORK


def refuse_little_room(file: Path, times: float = 2.5) -> None:
    """Raise StoreError when the disk has no room to change a store's tables with a way back; ``file``: the store's."""
    try:
        free, needed = shutil.disk_usage(file.parent).free, file.stat().st_size * times
    except OSError:
        return
    if free < needed:
        raise StoreError(
            N_("There is not enough space on the disk to upgrade this store. Needed: {megabytes} MB."),
            N_("Nothing was changed. Free some space, then open the store again."),
            {"megabytes": int(needed / 1_000_000) + 1},
        )
