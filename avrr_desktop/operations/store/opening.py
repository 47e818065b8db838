"""Opening a store: its lock, its upgrade, and what an unlock owes to what was before it."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from avrr_desktop import BUILD_DATE
from avrr_desktop.clock import Clock, SystemClock
from avrr_desktop.domain.errors import ExpectedError, StoreError
from avrr_desktop.domain.history.identifiers import Ids
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import Policy
from avrr_desktop.keys import slots
from avrr_desktop.language import Language
from avrr_desktop.operations.access.key_changes import look_at_keys, renew_own_slot, settle_keys
from avrr_desktop.operations.access.officers import begin_grants
from avrr_desktop.operations.computer.policy_file import folder_for_backups, read_policy
from avrr_desktop.operations.computer.version_memory import Migrated, remember_migrated
from avrr_desktop.operations.documents.leaving_files import settle
from avrr_desktop.operations.files.opened_files import wipe_opened
from avrr_desktop.operations.protection.erasing import finish_erasing
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.openings import renew
from avrr_desktop.operations.session.permission import anybody
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.operations.session.workspace import BACKUP_FOLDER, Workspace, make_ids, workspace_over
from avrr_desktop.operations.store.backups import know_ahead, part_from_backups
from avrr_desktop.operations.store.heads import keep_head
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.migrations import SCHEMA
from avrr_desktop.store.engine.opening import sweep_copies
from avrr_desktop.store.folder.backup import sweep_ended, write_backup
from avrr_desktop.store.folder.folder import StoreFolder, refuse_moved_aside
from avrr_desktop.store.folder.location_rules import refuse_place
from avrr_desktop.store.local.local import Local
from avrr_desktop.store.reading.cases import Reader
from avrr_desktop.store.store import Store


def open_store(
    folder: Path, passphrase: str, *, words: Language | None = None, clock: Clock | None = None
) -> Workspace:
    """Open a store with a passphrase. Raises StoreError, InUseError, PassphraseError; nothing is changed then."""
    place = StoreFolder(folder)
    refuse_moved_aside(folder)
    if not place.exists:
        raise StoreError(
            N_("There is no store in this folder."), N_("Nothing was changed. Check the folder, or start a new store.")
        )
    return open_unlocked(folder, unlock(folder, passphrase), words=words, clock=clock)


def open_unlocked(folder: Path, keys: Keys, *, words: Language | None = None, clock: Clock | None = None) -> Workspace:
    """Open a store with its keys. Raises StoreError, InUseError."""
    refuse_place(folder)
    place = StoreFolder(folder)
    place.lock()
    store: Store | None = None
    try:
        sweep_ended(folder)
        clock = clock or SystemClock()
        migrated: list[Migrated] = []
        store = Store.open(
            place.database,
            keys.database,
            before_migration=lambda connection: migrated.append(_back_up_first(place, connection, keys, clock)),
        )
        for one in migrated:
            remember_migrated(one)
        renew(store, os.urandom(16).hex())
        workspace = ready(place, keys.file.kind, store, keys, words, clock, make_ids(clock, os.urandom))
    except BaseException:
        if store is not None:
            store.connection.close()
        place.unlock()
        raise
    _settle(workspace, keys)
    return workspace


def ready(
    folder: StoreFolder, kind: str, store: Store, keys: Keys, words: Language | None, clock: Clock, ids: Ids
) -> Workspace:
    """Return the Workspace over a store that was just opened or made, and what is to be done before it locks."""
    workspace = workspace_over(folder, kind, store, keys, words, clock, ids)
    workspace.before_lock = BEFORE_LOCK
    return workspace


def _settle(workspace: Workspace, keys: Keys) -> None:
    """Do what an unlock owes to what was before it. None of it may keep anybody out: what fails is done another time."""
    steps: tuple[Callable[[], object], ...] = (
        lambda: workspace.folder.mend_keys(keys.file), lambda: begin_grants(workspace), lambda: settle_keys(workspace),
        lambda: renew_own_slot(workspace, keys), lambda: look_at_keys(workspace, keys), lambda: _note_failed_unlocks(workspace),
        lambda: _note_restored(workspace), lambda: part_from_backups(workspace), lambda: finish_erasing(workspace),
        lambda: settle(workspace), sweep_copies,
    )  # fmt: skip
    for step in steps:
        with suppress(ExpectedError, OSError):
            step()


def _note_restored(workspace: Workspace) -> None:
    """Write into the journal that a backup took the place of the store, and remember it for whoever is here."""
    workspace.restored = workspace.folder.restored()  # told also where it cannot be written down
    if workspace.restored is not None:
        know_ahead(workspace)
        reason = " · ".join(part for part in (workspace.restored.made_at, workspace.restored.aside) if part)
        note(workspace, "restored", reason=reason, count=workspace.restored.sequence)
        workspace.folder.forget_restored()


def _note_failed_unlocks(workspace: Workspace) -> None:
    """Write into the journal how often a wrong passphrase was tried since the last unlock."""
    count = workspace.folder.take_failed_unlocks()
    if count:
        note(workspace, "unlock_failed", count=count)


def _back_up_first(place: StoreFolder, connection: Connection, keys: Keys, clock: Clock) -> Migrated:
    """Make sure that there is a way back before tables are changed: a verified backup. Raises StoreError.

    Where the policy's folder is not there just now, this one backup lies beside the stores: nobody is kept out by it.
    """
    policy = Policy() if keys.file.kind == slots.PRACTICE else read_policy()
    folder = folder_for_backups(policy, Local(connection, lambda: None).setting(BACKUP_FOLDER))
    at = clock.now().isoformat(timespec="seconds")
    try:
        backup = write_backup(connection, keys.database, place.path, folder, at, kept=policy.newest_kept)
    except StoreError:
        if not policy.backup_folder:
            raise
        backup = write_backup(
            connection, keys.database, place.path, folder_for_backups(Policy(), ""), at, kept=policy.newest_kept
        )
    return Migrated(
        store=str(place.path.resolve()),
        before=Reader(connection).schema(),
        after=SCHEMA,
        backup=str(backup.path),
        at=at,
    )


def _wipe_opened(workspace: Workspace) -> None:
    with suppress(OSError):  # what another program holds goes at the next start
        wipe_opened(workspace.folder.path)


BEFORE_LOCK = (keep_head, _wipe_opened)


@anybody
def clock_problem(workspace: Workspace) -> str:
    """Return a sentence when the clock is behind the newest entry or the program's build; empty when it is well."""
    now = workspace.clock.now()
    newest = workspace.store.journal.newest_time()
    if newest is not None and (newest - now).total_seconds() > 300:
        return N_("This computer’s clock is behind the last entry. Saving still works; please correct the clock.")
    if now.date() < date.fromisoformat(BUILD_DATE):
        return N_("This computer’s clock shows a date before this program was made. Please correct it.")
    return ""


@anybody
def tidy(workspace: Workspace) -> None:
    """Do in idle time what saves leave behind; nothing when locked."""
    if not workspace.locked:
        workspace.store.tidy()
        keep_head(workspace)
