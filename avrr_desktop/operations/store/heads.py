"""Verbs of the signed head: written at the lock, before each backup and in idle time; compared at the unlock and in a check."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.errors import ExpectedError, StoreError
from avrr_desktop.operations.computer.policy_file import folder_for_backups
from avrr_desktop.operations.session.grants import Grants
from avrr_desktop.operations.session.workspace import BACKUP_FOLDER, Workspace
from avrr_desktop.operations.store.findings import Finding
from avrr_desktop.store.folder.backup import HEAD, KNOWN_AHEAD, backups_in
from avrr_desktop.store.journal import heads
from avrr_desktop.store.journal.heads import Head
from avrr_desktop.store.journal.verifying import noted


def keep_head(workspace: Workspace) -> None:
    """Write the head beside the store where something came since; what keeps it from being written is no harm."""
    with suppress(ExpectedError, OSError):
        key_file = workspace.folder.read_keys()
        now = workspace.clock.now().isoformat(timespec="seconds")
        heads.write_head(workspace.store, key_file.store, now, workspace.actor)


@dataclass(frozen=True, slots=True)
class FoundHeads:
    """The heads of a store as they lay there at one moment. ``beside``: the one beside it; ``there``: whether a file is."""

    there: bool
    beside: Head | None
    of_backups: tuple[Head, ...]

    @property
    def all(self) -> tuple[Head, ...]:
        """Each of them."""
        return (*((self.beside,) if self.beside is not None else ()), *self.of_backups)


def heads_there(workspace: Workspace) -> FoundHeads:
    """Read the heads beside the store and in its backups; those of backups over which an older one was brought back do not count."""
    path = workspace.store.path.with_name(HEAD)
    found: list[Head] = []
    try:
        store = workspace.folder.read_keys().store
    except StoreError:
        return FoundHeads(path.exists(), heads.read_head(path), ())
    if workspace.folder.restored() is not None:  # an older one was brought back, and the next unlock writes that down
        return FoundHeads(path.exists(), heads.read_head(path), ())
    known = set(map(str, noted(workspace.store.connection, KNOWN_AHEAD) or []))
    folder = folder_for_backups(workspace.policy, workspace.store.local.setting(BACKUP_FOLDER))
    for backup in backups_in(folder, store):
        if backup.manifest is not None and backup.manifest.newest not in known:
            head = heads.read_head(backup.path / HEAD)
            if head is not None and head.store == store:
                found.append(head)
    return FoundHeads(path.exists(), heads.read_head(path), tuple(found))


def check_heads(
    workspace: Workspace, there: FoundHeads, grants: Grants | None, computers: Collection[str]
) -> Iterator[Finding]:
    """Yield what the heads show. ``computers``: the public halves that the chains of the journal announce."""
    if not there.there and workspace.store.local.setting(heads.WRITTEN):
        yield Finding("head_missing")
    known = {*computers, *_announced(workspace)}
    if there.there and (there.beside is None or not _signed(there.beside, grants, known)):
        yield Finding("head_unsigned")
    cut: tuple[str, Head] | None = None
    for head in there.all:
        names = heads.lacking(workspace.store.connection, head) if _signed(head, grants, known) else ()
        if names and (cut is None or head.entries > cut[1].entries):
            cut = (", ".join(names), head)
    if cut is not None:
        yield Finding("head_cut", {"names": cut[0], "when": _when(workspace, cut[1])})


def lacking_entries(workspace: Workspace) -> int:
    """Return how many entries fewer than its newest signed head this store holds, at least one where it lacks one; 0 for none."""
    missing, computers = 0, _announced(workspace)
    for head in heads_there(workspace).all:
        if _signed(head, workspace.grants, computers) and heads.lacking(workspace.store.connection, head):
            missing = max(missing, 1, head.entries - workspace.store.journal.count())
    return missing


def _announced(workspace: Workspace) -> set[str]:
    announced = noted(workspace.store.connection, "announced")
    return {str(announced[2])} if announced and len(announced) == 3 else set()


def _signed(head: Head, grants: Grants | None, computers: Collection[str]) -> bool:
    """Return whether a head is signed: by a computer of this store, and by the officer whom it names, where people sign."""
    grant = grants.officers.get(head.officer) if grants is not None and head.officer else None
    return head.signed_by(computers, grant.public_key if grant else "")


def _when(workspace: Workspace, head: Head) -> str:
    try:
        return workspace.words.moment(workspace.local(datetime.fromisoformat(head.at)))
    except (ValueError, OverflowError):
        return head.at
