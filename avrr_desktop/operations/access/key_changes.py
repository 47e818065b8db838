"""A way into the store that counts only once it is signed for: written as begun, signed into the journal, then settled.

Key file and journal are two files, and a program may end between them. So a new way in is written first, beside the older one
of its holder and marked as begun; then it is signed; then it takes the older one's place. Ended in between, the older way in
works, and the next unlock settles what was begun by what the journal says (docs/decisions/0017).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.keys import slots
from avrr_desktop.keys.slots import Slot, Way
from avrr_desktop.operations.session.grants import Grant
from avrr_desktop.operations.session.permission import anybody
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.session.workspace import Workspace

GENERATION = "key_generation"  # local setting: of the newest key file that was seen beside this store
LEAVING = "key_leaving"  # local setting: the officer whose way in is just being taken away
SPARE_KEY = {slots.RECOVERY: "recovery_key", slots.ESCROW: "escrow_key"}


def let_in(workspace: Workspace, way: Way, sign: Callable[[], None]) -> None:
    """Let a new way in take the place of the older one of its holder, once it is signed for.

    Raises what ``sign`` raises, then nothing is changed, and StoreError; then what was begun is settled at the next unlock.
    """
    workspace.folder.change_keys(lambda file: slots.with_begun(file, way), way.opens)
    try:
        sign()
    except BaseException:
        with suppress(ExpectedError):
            _take_back(workspace, way.slot)
        raise
    finish(workspace, way.slot)


def finish(workspace: Workspace, slot: Slot) -> None:
    """Let a begun slot that is signed for take the place of the older one of its holder. Raises StoreError."""
    workspace.folder.change_keys(lambda file: slots.settled(file, slot), lambda file: slots.alone(file, slot))
    note_keys(workspace)


def _take_back(workspace: Workspace, slot: Slot) -> None:
    workspace.folder.change_keys(
        lambda file: slots.without(file, {slot.slot}), lambda file: slot.slot not in slots.names(file)
    )


def take_away(workspace: Workspace, officer: str, sign: Callable[[], Changes]) -> Changes:
    """Take the way in of an officer away, once that is signed. Raises what ``sign`` raises, StoreError."""
    workspace.store.local.set_setting(LEAVING, officer)
    changes = sign()
    _without_officer(workspace, officer)
    workspace.store.local.set_setting(LEAVING, "")
    return changes


def _without_officer(workspace: Workspace, officer: str) -> None:
    workspace.folder.change_keys(
        lambda file: slots.without_officer(file, officer),
        lambda file: all(one.officer != officer for one in file.slots),
    )
    note_keys(workspace)


def settle_keys(workspace: Workspace) -> None:
    """Settle what was begun when a program ended: what the journal says counts, the rest is taken back. Raises StoreError.

    Who left and whose way in is there opens nothing any more; where nobody was just taking it away, that is told.
    """
    file = workspace.folder.read_keys()
    for slot in [slot for slot in file.slots if slot.begun]:
        if _counts(workspace, slot):
            finish(workspace, slot)
        else:
            _take_back(workspace, slot)
    officers, leaving = _officers(workspace), workspace.store.local.setting(LEAVING)
    for uid in sorted(
        {slot.officer for slot in file.slots if slot.officer in officers and officers[slot.officer].left_on}
    ):
        _without_officer(workspace, uid)
        workspace.slot_came_back = workspace.slot_came_back or uid != leaving
    if leaving:
        workspace.store.local.set_setting(LEAVING, "")


def _officers(workspace: Workspace) -> Mapping[str, Grant]:
    return workspace.grants.officers if workspace.grants is not None else {}


def _counts(workspace: Workspace, slot: Slot) -> bool:
    """Return whether a slot is signed for; where one passphrase is shared the first own one is founding, and the table tells it."""
    grants = workspace.grants
    if grants is None:
        record = workspace.store.reader.record("officer", slot.officer)
        return record is not None and bool(slot.public) and record.text("public_key") == slot.public
    if slot.officer:
        given = grants.officers.get(slot.officer)
        return given is not None and given.public_key == slot.public and not given.left_on
    return counted_spare(workspace, slot)


def counted_spare(workspace: Workspace, slot: Slot) -> bool:
    """Return whether a recovery code or the escrow counts: somebody who may give roles signed for it."""
    if workspace.grants is None:
        return slot.kind in SPARE_KEY
    return bool(slot.public) and workspace.grants.spare_keys.get(SPARE_KEY.get(slot.kind, "")) == slot.public


def renew_own_slot(workspace: Workspace, keys: Keys) -> None:
    """Write the slot that opened the store as this program makes it, where it is of an older format. Raises StoreError.

    Not on a journey that an older program made: what a newer slot says of its journey is not true of that one.
    """
    if keys.entry is None or workspace.store_role in ("journey", "practice"):
        return
    own, way = keys.entry, slots.renewed(keys.file, keys.entry)
    if way is not None and own.slot in workspace.folder.read_keys().slots:
        workspace.folder.change_keys(
            lambda file: slots.exchanged(file, own, way),
            lambda file: way.opens(file) and own.slot.slot not in slots.names(file),
        )


def note_keys(workspace: Workspace) -> None:
    """Note beside the journal which generation of the key file there is: an older one that is put back later is told.

    Each grant says it too, signed: that one stays where somebody alters the note.
    """
    generation, local = workspace.folder.read_keys().generation, workspace.store.local
    if generation > _noted(workspace):
        local.set_setting(GENERATION, str(generation))


@anybody
def own_passphrase_changed(workspace: Workspace) -> None:
    """Note what a change of the own passphrase made of the key file; a weak one is weak no more. Raises StoreError."""
    workspace.weak_passphrase = False
    note_keys(workspace)


def look_at_keys(workspace: Workspace, keys: Keys) -> None:
    """See whether the key file that opened the store is older than one that was seen beside it, and note the newest."""
    workspace.older_keys = keys.older_copy or keys.file.generation < _noted(workspace)
    note_keys(workspace)


def _noted(workspace: Workspace) -> int:
    noted = workspace.store.local.setting(GENERATION)
    signed = workspace.grants.now.keys if workspace.grants is not None else 0
    return max(signed, int(noted) if noted.isascii() and noted.isdigit() and len(noted) < 19 else 0)
