"""The recovery code: made, printed, asked back, and only then a way into the store."""

from collections.abc import Callable, Sequence
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError, RefusedError, StoreError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.keys.slots import Secrets
from avrr_desktop.operations.access.key_changes import counted_spare, finish, let_in
from avrr_desktop.operations.documents.printing import PrintShop
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.session import OFFICE_STORE
from avrr_desktop.operations.session.unlocking import Keys, keys_of, of_newest
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.folder import StoreFolder

__all__ = ["Secrets"]
ASKED = (2, 7)  # the groups that are asked back, counted from one
ESCROW_OF = "escrow"  # the setting that says for which recipient the slot of the escrow was closed last


def new_recovery_code() -> str:
    """Return a code that opens nothing yet."""
    return recovery.new_code()


@needs(Permission.MANAGE)
def check_new_code(workspace: Workspace) -> None:
    """Raise RefusedError where whoever is at work may make no code: by their role, or because the key of restricted
    records, which the code of today gives, would go with it.
    """
    there = any(slot.kind == slots.RECOVERY and slot.public for slot in workspace.folder.read_keys().slots)
    if there and not workspace.protection:
        raise RefusedError(
            N_(
                "You have no access to restricted records: a new code would not open them, and the current code "
                "would become invalid."
            ),
            N_("Nothing was changed. Somebody with access to restricted records must create the code."),
        )


@needs(Permission.READ)
def has_recovery_code(workspace: Workspace) -> bool:
    """Return whether a recovery code opens this store, and counts: one that nobody signed for only reads."""
    try:
        there = [slot for slot in workspace.folder.read_keys().slots if slot.kind == slots.RECOVERY]
        return any(counted_spare(workspace, slot) for slot in there)
    except ExpectedError:
        return False


@needs(Permission.READ)
def needs_recovery_code(workspace: Workspace) -> bool:
    """Return whether a store with officers of their own is not made to the end: nobody could get in if they forgot."""
    if workspace.grants is None or not may(workspace, Permission.MANAGE) or workspace.store_role != OFFICE_STORE:
        return False
    try:
        return not any(counted_spare(workspace, slot) for slot in workspace.folder.read_keys().slots)
    except ExpectedError:
        return False


@needs(Permission.MANAGE)
def recovery_sheet_pdf(workspace: Workspace, code: str) -> bytes:
    """Return the sheet to print; it is kept nowhere."""
    from avrr_desktop.pdf.documents.recovery_sheet import recovery_sheet
    from avrr_desktop.pdf.page import rendered

    return rendered(recovery_sheet(code, PrintShop(workspace).arguments()))


def wrong_groups(code: str, typed: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the groups, of those that were asked for, that were not typed as they stand on the sheet."""
    groups = code.split("-")
    return tuple(
        number for number, group in zip(ASKED, typed, strict=True) if recovery.letters_of(group) != groups[number - 1]
    )


def keep_recovery_code(
    folder: Path,
    passphrase: str,
    code: str,
    typed: tuple[str, ...],
    compartment: bytes = b"",
    *,
    made_with: slots.Entry | None = None,
) -> str:
    """Let a code open the store, once its groups were typed back. Takes two seconds.

    ``compartment``: the key of restricted records, so that they are not lost with the last person who holds it.
    ``made_with``: the way in with which the store was made just now, in place of a passphrase.
    Returns the public half that signs for the code; the code of today goes on opening the store until
    ``trust_recovery_code`` wrote that down, and only then is the new one kept. Empty in a store with a shared passphrase,
    where nothing is signed: there the older code opens nothing any more at once.
    Raises RefusedError, PassphraseError, StoreError; then nothing is changed.
    """
    if wrong := wrong_groups(code, typed):
        raise RefusedError(
            N_("The code is different from the one on the sheet. Groups that differ: {groups}."),
            N_("Nothing was changed. Check the sheet and type them again."),
            {"groups": ", ".join(map(str, wrong))},
        )
    place = StoreFolder(folder)

    def made(file: slots.KeyFile) -> slots.Way:
        entry = made_with if made_with is not None and made_with.slot in file.slots else slots.enter(file, passphrase)
        own = entry.secrets
        return slots.recovery_way(file, own, code, Argon2id(memory_kib=FLOOR_KIB), compartment)

    way = of_newest(place, made)
    if not way.slot.public:
        place.change_keys(
            lambda file: slots.placed(file, way), lambda file: slots.alone(file, way.slot) and way.opens(file)
        )
        return ""
    place.change_keys(lambda file: slots.with_begun(file, way), way.opens)
    return way.slot.public


@needs(Permission.MANAGE)
def keeping_recovery_code(
    workspace: Workspace, passphrase: str, code: str, typed: tuple[str, ...]
) -> Callable[[], str]:
    """Return work for a background thread that keeps a code as ``keep_recovery_code`` does, with the key of restricted
    records that is at hand now: a lock meanwhile does not leave it out.
    """
    folder, compartment, made_with = workspace.folder.path, workspace.protection, workspace.made_with
    return lambda: keep_recovery_code(folder, passphrase, code, typed, compartment, made_with=made_with)


@needs(Permission.MANAGE)
def trust_recovery_code(workspace: Workspace, public: str) -> None:
    """Write down, signed, that whoever holds the recovery code may give roles: else a lost founder would lock all out.

    From then on the code of before opens nothing. Raises RefusedError for a code that does not open the store, StoreError.
    """
    kept = [
        slot for slot in workspace.folder.read_keys().slots if slot.kind == slots.RECOVERY and slot.public == public
    ]
    if public and not kept:
        raise RefusedError(
            N_("The new recovery code was not kept: it does not open anything."),
            N_("The previous code still opens the store. Create a new one."),
        )
    _trust(workspace, "recovery_key", public)
    workspace.made_with = None
    for slot in kept:
        if slot.begun:
            finish(workspace, slot)


def _trust(workspace: Workspace, key: str, public: str) -> None:
    office = workspace.office
    if public and office is not None:
        commit(workspace, [Part(PartKind.SET, "office", office.uid, {key: public}, office.seen)])
        workspace.read_grants()


@needs(Permission.MANAGE)
def add_escrow(workspace: Workspace, passphrase: str, recipient: str) -> None:
    """Let the organisation's escrow open the store too. Takes a second. Raises RefusedError, PassphraseError, StoreError."""
    _check_recipient(recipient)
    let_escrow_in(workspace, secrets_of(workspace.folder.path, passphrase), recipient)


def secrets_of(folder: Path, passphrase: str) -> Secrets:
    """Return what a passphrase opens; slow, and for a background thread. Raises PassphraseError, StoreError."""
    return of_newest(StoreFolder(folder), lambda file: slots.enter(file, passphrase).secrets)


@needs(Permission.MANAGE)
def let_escrow_in(workspace: Workspace, own: Secrets, recipient: str) -> None:
    """Do what ``add_escrow`` does, once a passphrase was opened. Raises RefusedError, StoreError."""
    _check_recipient(recipient)
    escrow_slot(workspace, own, recipient)


def _check_recipient(recipient: str) -> None:
    from avrr_desktop.keys.age import valid_recipient

    if not valid_recipient(recipient):
        raise RefusedError(
            N_("This is not a recipient’s key. Such a key begins with age1."),
            N_("Nothing was changed. Ask for the public key of the escrow, and paste all of it."),
        )


@needs(Permission.READ)
def escrow_missing(workspace: Workspace) -> bool:
    """Return whether the policy of this computer names an escrow that does not open this store yet, and who is here can mend it."""
    if not workspace.policy.escrow or workspace.practice or not may(workspace, Permission.MANAGE):
        return False
    try:
        there = any(
            slot.kind == slots.ESCROW and counted_spare(workspace, slot) for slot in workspace.folder.read_keys().slots
        )
        return not there or workspace.store.local.setting(ESCROW_OF, workspace.policy.escrow) != workspace.policy.escrow
    except StoreError:
        return False


def escrow_slot(workspace: Workspace, own: Secrets, recipient: str) -> None:
    """Close a way in for the escrow. ``own``: the secrets of whoever has the store open. Raises StoreError."""
    way = slots.escrow_way(workspace.folder.read_keys(), own, recipient, workspace.protection)
    workspace.store.local.set_setting(ESCROW_OF, "begun")  # until it is written down that it counts
    let_in(workspace, way, lambda: _trust(workspace, "escrow_key", way.slot.public))
    workspace.store.local.set_setting(ESCROW_OF, recipient)


def open_by_escrow(folder: Path, shares: Sequence[str]) -> tuple[Keys, slots.Entry]:
    """Return the keys of a store out of two shares of the escrow. Raises RefusedError, PassphraseError, StoreError."""
    from avrr_desktop.keys.escrow import identity_from

    identity = identity_from(shares)
    file = StoreFolder(folder).read_keys()
    entry = slots.enter_by_escrow(file, identity)
    return keys_of(file, entry), entry
