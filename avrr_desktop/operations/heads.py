"""Verbs of the signed head: written at the lock, before each backup and in idle time; compared at the unlock and in a check."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError, StoreError
from avrr_desktop.operations.findings import Finding
from avrr_desktop.operations.grants import Grants
from avrr_desktop.operations.workspace import BACKUP_FOLDER, Workspace, folder_for_backups
from avrr_desktop.store import heads
from avrr_desktop.store.backup import KNOWN_AHEAD, backups_in
from avrr_desktop.store.heads import Head
from avrr_desktop.store.verifying import noted


def keep_head(workspace: Workspace) -> None:
    """Write the head beside the store where something came since; what keeps it from being written is no harm."""
    with suppress(ExpectedError, OSError):
        key_file = workspace.folder.read_keys()
        now = workspace.clock.now().isoformat(timespec="seconds")
        heads.write_head(workspace.store, key_file.store, now, workspace.actor)


def _heads(workspace: Workspace) -> Iterator[tuple[Head, bool]]:
    """Yield the heads of this store beside it and in its backups, with whether they lie beside it."""
    try:
        store = workspace.folder.read_keys().store
    except StoreError:
        return
    beside = heads.read_head(_beside(workspace))
    if beside is not None:
        yield beside, True
    known = set(noted(workspace.store.connection, KNOWN_AHEAD) or [])
    folder = folder_for_backups(workspace.policy, workspace.store.local.setting(BACKUP_FOLDER))
    for backup in backups_in(folder, store):
        if backup.manifest is not None and backup.manifest.newest not in known:
            head = heads.read_head(backup.path / heads.NAME)
            if head is not None and head.store == store:
                yield head, False


def _beside(workspace: Workspace) -> Path:
    return workspace.store.path.with_name(heads.NAME)


def check_heads(workspace: Workspace, grants: Grants | None, computers: Collection[str]) -> Iterator[Finding]:
    """Yield what the heads show. ``computers``: the public halves that the chains of the journal announce."""
    path = _beside(workspace)
    if not path.exists():
        if workspace.store.local.setting(heads.WRITTEN):
            yield Finding("head_missing")
    elif heads.read_head(path) is None:
        yield Finding("head_unsigned")
    own = noted(workspace.store.connection, "announced")
    known = {*computers, str(own[2])} if own else set(computers)
    cut: tuple[str, Head] | None = None
    for head, beside in _heads(workspace):
        if not _signed(head, grants, known):
            if beside:
                yield Finding("head_unsigned")
            continue
        names = heads.lacking(workspace.store.connection, head)
        if names and (cut is None or head.entries > cut[1].entries):
            cut = (", ".join(names), head)
    if cut is not None:
        yield Finding("head_cut", {"names": cut[0], "when": _when(workspace, cut[1])})


def lacking_entries(workspace: Workspace) -> int:
    """Return how many entries fewer than its newest signed head this store holds, at least one where it lacks one; 0 for none."""
    announced = noted(workspace.store.connection, "announced")
    computers = {str(announced[2])} if announced else set()
    missing = 0
    for head, _ in _heads(workspace):
        if _signed(head, workspace.grants, computers) and heads.lacking(workspace.store.connection, head):
            missing = max(missing, 1, head.entries - workspace.store.journal.count())
    return missing


def _signed(head: Head, grants: Grants | None, computers: Collection[str]) -> bool:
    """Say whether a head is signed: by a computer of this store, and by the officer whom it names, where people sign."""
    grant = grants.officers.get(head.officer) if grants is not None and head.officer else None
    return head.signed_by(computers, grant.public_key if grant else "")


def _when(workspace: Workspace, head: Head) -> str:
    try:
        return workspace.words.moment(workspace.local(datetime.fromisoformat(head.at)))
    except (ValueError, OverflowError):
        return head.at
