"""Verbs of backups: make one, say how old the last is, rehearse it, bring one back beside the store that is there."""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError, NotFoundError, RefusedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import Policy
from avrr_desktop.keys import slots
from avrr_desktop.operations.computer.policy_file import folder_for_backups
from avrr_desktop.operations.files.files import sweep_files
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.unlocking import keys_of
from avrr_desktop.operations.session.workspace import BACKUP_FOLDER, Workspace
from avrr_desktop.operations.store.heads import keep_head
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.attachments import FOLDER as FILES
from avrr_desktop.store.folder.attachments import Attachments, names_in
from avrr_desktop.store.folder.backup import Backup, Progress, always, backups_in
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.store import Store

__all__ = ["Backup"]
OLD_AFTER = timedelta(days=7)
REFUSED = "backup_refused"  # local setting: why none was made at the last lock
PARTED_FROM = "parted_from"  # local setting: newest entries of backups from which this store went apart
REHEARSED = 4  # parts of a rehearsal: brought back, history, tables, files of cases


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """What the status line says: when the last good backup was made, whether work came after it, whether it is old."""

    newest: Backup | None
    made_at: datetime | None
    behind: bool
    old: bool
    faulty: bool = False  # the newest of all was made of a store that is not sound


@needs(Permission.READ)
def backup_folder(workspace: Workspace) -> Path:
    """Return the folder for backups: the policy's, else what was chosen for this computer, else one beside the stores."""
    return folder_for_backups(workspace.policy, workspace.store.local.setting(BACKUP_FOLDER))


@needs(Permission.MANAGE)
def choose_backup_folder(workspace: Workspace, folder: Path) -> None:
    """Choose another folder or a stick, on this computer. RefusedError where the policy names one."""
    if workspace.policy.backup_folder:
        raise RefusedError(
            N_("The policy of this computer sets the folder for backups."),
            N_("Nothing was changed. You can save another one to any stick; otherwise ask your IT."),
        )
    workspace.store.local.set_setting(BACKUP_FOLDER, str(folder))


@needs(Permission.READ)
def backups(workspace: Workspace) -> list[Backup]:
    """Return the backups of this store, the newest first; none while its key files cannot be read."""
    try:
        return backups_in(backup_folder(workspace), workspace.folder.read_keys().copy)
    except StoreError:
        return []


@needs(Permission.READ)
def backup_state(workspace: Workspace) -> BackupState:
    """Return how it stands with the backups; a folder that cannot be reached has none."""
    all_of_them = [one for one in backups(workspace) if one.whole]
    faulty = bool(all_of_them) and not all_of_them[0].good
    found = next((one for one in all_of_them if one.good), None)
    if found is None or found.manifest is None:
        return BackupState(newest=None, made_at=None, behind=True, old=True, faulty=faulty)
    made_at = datetime.fromisoformat(found.manifest.made_at)
    behind = found.manifest.newest != workspace.store.journal.newest_name()
    return BackupState(
        newest=found,
        made_at=made_at,
        behind=behind,
        old=behind and workspace.clock.now() - made_at > OLD_AFTER,
        faulty=faulty,
    )


@needs(Permission.READ)
def backups_ahead(workspace: Workspace) -> list[Backup]:
    """Return the backups that hold entries which this store once held and lacks now, the newest first."""
    try:
        store = workspace.folder.read_keys().copy
    except StoreError:
        return []
    return store_backup.ahead_of(workspace.store.connection, backup_folder(workspace), store)


@needs(Permission.READ)
def part_from_backups(workspace: Workspace) -> None:
    """Let a store that lacks what a backup holds write under a new incarnation: no entry takes a name that was given."""
    ahead = [one.manifest.newest for one in backups_ahead(workspace) if one.manifest is not None]
    local = workspace.store.local
    if set(ahead) - set(json.loads(local.setting(PARTED_FROM, "[]"))):
        with workspace.store.transaction():
            local.set_setting("identity", "")
            local.set_setting(PARTED_FROM, json.dumps(ahead))


@needs(Permission.READ)
def know_ahead(workspace: Workspace) -> None:
    """Remember which backups hold more than this store: an older one was brought back on purpose."""
    newest = [one.manifest.newest for one in backups_ahead(workspace) if one.manifest is not None]
    known = json.loads(workspace.store.local.setting(store_backup.KNOWN_AHEAD, "[]"))
    workspace.store.local.set_setting(store_backup.KNOWN_AHEAD, json.dumps([*known, *newest]))


@needs(Permission.READ)
def make_backup(workspace: Workspace, folder: Path | None = None) -> Backup:
    """Write a backup, open it again and compare it. Raises StoreError; then nothing is half-made.

    ``folder``: where, for once; what lies above it must be there: a stick that is not in is no folder to be made.
    """
    _check_there(folder)
    sweep_files(workspace)
    _look_and_note(workspace)
    return workspace.back_up(folder or backup_folder(workspace))


def _look_and_note(workspace: Workspace) -> None:
    """Look at what is new before it goes into a backup, and note where it ends. Nothing of it stops the backup."""
    from avrr_desktop.operations.store.check_notes import check_what_is_new

    with suppress(ExpectedError):
        check_what_is_new(workspace)
    keep_head(workspace)


def _check_there(folder: Path | None) -> None:
    if folder is not None and not folder.parent.is_dir():
        raise store_backup.unreachable()


@needs(Permission.READ)
def backup_work(workspace: Workspace, folder: Path | None = None) -> Callable[[Progress], Backup]:
    """Return work for a background thread: a backup made over a connection of its own, while others go on writing.

    ``folder``: where, for once, as for ``make_backup``; else where all of them are. It raises StoreError; then, and when its progress function says to stop, nothing is half-made.
    """
    _check_there(folder)
    sweep_files(workspace)
    _look_and_note(workspace)
    file, key, place = workspace.store.path, workspace.database_key(), workspace.folder.path
    kept = workspace.policy.newest_kept
    target, made_at = folder or backup_folder(workspace), workspace.clock.now().isoformat(timespec="seconds")

    def work(progress: Progress) -> Backup:
        connection = Connection(file, key, read_only=True)
        try:
            return store_backup.write_backup(connection, key, place, target, made_at, progress, kept)
        finally:
            connection.close()

    return work


@needs(Permission.READ)
def back_up_if_needed(workspace: Workspace) -> Backup | None:
    """Make a backup unless the last one holds everything, or the store is a practice store. Raises StoreError."""
    state = backup_state(workspace)
    if workspace.practice or not state.behind:
        return None
    if (
        state.faulty
        and (newest := backups(workspace)[0].manifest)
        and newest.newest == workspace.store.journal.newest_name()
    ):
        return None  # that of the faulty store holds everything, too
    return make_backup(workspace)


@needs(Permission.READ)
def backup_at_the_lock(workspace: Workspace) -> None:
    """Make a backup where one is needed; what keeps it from being made is told at the next unlock. Raises StoreError."""
    local = workspace.store.local
    try:
        back_up_if_needed(workspace)
    except ExpectedError as error:
        with suppress(ExpectedError):  # a full disk: the words that are raised are all there is
            local.set_setting(REFUSED, " ".join(workspace.words.error(error)))
        raise
    if local.setting(REFUSED):
        local.set_setting(REFUSED, "")


@needs(Permission.READ)
def refused_backup(workspace: Workspace) -> str:
    """Return why no backup was made at the last lock; empty where one was, or none was needed."""
    return workspace.store.local.setting(REFUSED)


@needs(Permission.READ)
def store_size(workspace: Workspace) -> int:
    """Return how many bytes a backup writes now: the store's file, and the files of cases that no backup holds yet.

    Nothing is left to write when the store was taken away.
    """
    file = workspace.folder.database
    if not file.exists():
        return 0
    newest = next((one.manifest for one in backups(workspace) if one.manifest is not None), None)
    held = newest.files if newest else {}
    new = sum(size for name, size in names_in(workspace.folder.path / FILES).items() if name not in held)
    return file.stat().st_size + new


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What opening a backup on the side showed."""

    sequence: int
    entries: int
    cases: int
    sound: bool


@needs(Permission.READ)
def rehearse(workspace: Workspace) -> Rehearsal:
    """Bring the newest backup back into a folder on the side, open it, make its tables anew, compare, take it away.

    Raises NotFoundError where there is none, StoreError where it does not hold.
    """
    return rehearsal_work(workspace)(always)


@needs(Permission.READ)
def rehearsal_work(workspace: Workspace) -> Callable[[Progress], Rehearsal]:
    """Return work for a background thread: the rehearsal of the newest backup. Raises and does what ``rehearse`` does."""
    newest = next((one for one in backups(workspace) if one.good), None)
    if newest is None:
        raise NotFoundError(N_("There is no backup yet."), N_("Make one first."))
    key, files_key, folder = workspace.database_key(), workspace.files_key(), workspace.folder.path
    return lambda progress: _rehearsed(newest, key, files_key, folder, progress)


def _rehearsed(newest: Backup, key: bytes, files_key: bytes, store_folder: Path, progress: Progress) -> Rehearsal:
    place = Path(tempfile.mkdtemp(prefix=store_backup.rehearsal_prefix(store_folder), dir=store_folder.parent))
    try:
        target = place / "rehearsal.avrr"
        store_backup.restore(newest.path, target)
        _go_on(progress, 1)
        store = Store.open(target / "store.db", key)
        try:
            cases = store.reader.count("case")
            sound = store.pages_sound() and chain_fault(store.connection) is None
            _go_on(progress, 2)
            sound = sound and tables_match(store)
            _go_on(progress, 3)
            blobs = Attachments(target, files_key)
            sound = sound and all(_opens(blobs, name) for name in names_in(target / FILES))
            progress(REHEARSED, REHEARSED)
            return Rehearsal(newest.sequence, store.journal.count(), cases, sound)
        finally:
            store.connection.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _go_on(progress: Progress, done: int) -> None:
    if not progress(done, REHEARSED):
        raise StoreError(N_("The test was cancelled."), N_("The store and its backups were not changed."))


def _opens(blobs: Attachments, name: str) -> bool:
    try:
        blobs.get(name)
    except ExpectedError:
        return False
    return True


def backups_to_bring_back(policy: Policy, looked_in: Path | None = None) -> list[Backup]:
    """Return the backups in a folder, of whichever store, the latest first; in the usual one where none is named.

    ``looked_in`` may be the folder of one backup as well. Nothing needs to be unlocked: a manifest holds no word of a case.
    """
    folder = looked_in or folder_for_backups(policy, "")
    found = backups_in(folder) or [one for one in backups_in(folder.parent) if one.path == folder]
    return sorted(found, key=lambda one: one.manifest.made_at if one.manifest else "", reverse=True)


def is_of_store(backup: Backup, folder: Path) -> bool | None:
    """Say whether a backup is of the store in a folder; None where none is there or its key files cannot be read."""
    try:
        return backup.manifest is not None and backup.manifest.store == StoreFolder(folder).read_keys().copy
    except StoreError:
        return None


def restore_as_store(backup: Path, target: Path, passphrase: str) -> Path | None:
    """Do what ``restore_backup`` does, once the passphrase has shown that the backup opens and is whole.

    Takes some seconds. Raises PassphraseError, StoreError, InUseError; then nothing was changed.
    """
    manifest = store_backup.manifest_of(backup)
    key_file = store_backup.key_file_of(backup, manifest)
    keys = keys_of(key_file, slots.enter(key_file, passphrase))
    store_backup.verify(backup, manifest, keys.database)
    return restore_backup(backup, target)


def restore_backup(backup: Path, target: Path) -> Path | None:
    """Put a backup where a store is to be; return where the store that was there went. Raises StoreError, InUseError.

    For whoever looks after the computer: nobody needs to unlock anything for it. The backup stays encrypted and opens
    with the passphrase of its day.
    """
    if not (backup / "store.db").exists():
        if inside := backups_to_bring_back(Policy(), backup):
            raise StoreError(
                N_("This folder contains backups, but is not a backup itself. Backups: {count}"),
                N_("Nothing was changed. Name one of them; the newest is {newest}."),
                {"count": len(inside), "newest": inside[0].path},
            )
        raise StoreError(N_("There is no backup in this folder."), N_("Nothing was changed."))
    there = StoreFolder(target)
    if there.exists:
        there.lock()  # refused while a window has it open
    try:
        # Windows moves no folder in which a file is open; elsewhere the lock goes along, and nobody comes between
        return store_backup.restore(backup, target, there.unlock if sys.platform == "win32" else lambda: None)
    finally:
        there.unlock()
