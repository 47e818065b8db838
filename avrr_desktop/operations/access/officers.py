"""Officers: who is at work, who has a passphrase of their own, in which role, with which keys."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.keys import slots
from avrr_desktop.keys.signing import Signer, new_seed, sealed_to
from avrr_desktop.operations.access.key_changes import let_in, take_away
from avrr_desktop.operations.session.grants import GIVING, SUPERVISOR, Grant, Grants
from avrr_desktop.operations.session.permission import Permission, anybody, needs
from avrr_desktop.operations.session.records import commit, new_record, read_record
from avrr_desktop.operations.session.second_person import second_person
from avrr_desktop.operations.session.unlocking import check_passphrase, kdf_of, of_newest
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.folder import StoreFolder

__all__ = ["second_person"]


@anybody
def begin_as(workspace: Workspace, uid: str) -> None:
    """Begin work as an officer of this store, where one passphrase is shared. Raises RefusedError where each has their own."""
    _check_shared(workspace)
    workspace.officer = read_record(workspace, "officer", uid)


@anybody
def add_officer(workspace: Workspace, name: str, initials: str) -> None:
    """Add an officer (case worker; the first one of a store: supervisor) and begin work as them. Raises RefusedError."""
    _check_shared(workspace)
    first = not workspace.store.reader.everything("officer")
    workspace.officer = None  # whoever begins adds their own name, before they have a role
    values = {"name": name, "initials": initials, "role": "supervisor" if first else "case_worker"}
    made = new_record(workspace, "officer", values)
    begin_as(workspace, made.record)


def _check_shared(workspace: Workspace) -> None:
    if workspace.grants is not None:
        raise RefusedError(
            N_("In this store, everybody unlocks with their own passphrase."),
            N_("Nothing was changed. Lock the store, and let the other person unlock it."),
        )


class PreparedSlot:
    """A way in for an officer, made beside the window because that is slow: nothing is written yet.

    ``made``: the way, or a key file in which its slot is the last one. ``compartment``: the key of restricted records out of
    the recovery code, where somebody gives by it.
    """

    def __init__(
        self, officer: str, made: slots.Way | slots.KeyFile, secrets: slots.Secrets, compartment: bytes = b""
    ) -> None:
        self.officer, self.secrets, self.compartment = officer, secrets, compartment
        self.way = made if isinstance(made, slots.Way) else slots.Way(made.slots[-1], secrets)


@needs(Permission.READ)
def known_names(workspace: Workspace) -> tuple[str, ...]:
    """Return what makes a passphrase easy to guess here: the names of the office, of its officers and its programme."""
    records = [*workspace.store.reader.everything("officer"), *filter(None, (workspace.office,))]
    names = [record.text(key) for record in records for key in ("name", "initials", "code", "programme", "city")]
    return tuple(filter(None, names))


def has_own_passphrase(workspace: Workspace, officer: str) -> bool:
    """Return whether an officer opens the store with a passphrase of their own."""
    try:
        return any(slot.officer == officer for slot in workspace.folder.read_keys().slots)
    except ExpectedError:
        return False


def prepare_slot(folder: Path, own: str, officer: str, new: str, known: Collection[str] = ()) -> PreparedSlot:
    """Return a slot by which ``officer`` opens the store with ``new``; ``own``: the passphrase, or the recovery code, of
    whoever gives it; ``known``: names that make ``new`` easy to guess. Takes three seconds.

    Raises PassphraseError, RefusedError, StoreError.
    """
    check_passphrase(new, known)

    def made(key_file: slots.KeyFile) -> PreparedSlot:
        return _prepared(key_file, slots.enter(key_file, own), officer, new)

    return of_newest(StoreFolder(folder), made)


def prepare_slot_by(
    folder: Path, entry: slots.Entry, officer: str, new: str, known: Collection[str] = ()
) -> PreparedSlot:
    """The same, by a way in that is open already: the escrow. Takes two seconds. Raises RefusedError, StoreError."""
    check_passphrase(new, known)
    return _prepared(StoreFolder(folder).read_keys(), entry, officer, new)


def _prepared(key_file: slots.KeyFile, entry: slots.Entry, officer: str, new: str) -> PreparedSlot:
    way = slots.officer_way(key_file, entry, officer, new, kdf_of(key_file.kind))
    return PreparedSlot(officer, way, way.secrets, entry.secrets.compartment)


@needs(Permission.MANAGE)
def give_passphrase(workspace: Workspace, prepared: PreparedSlot) -> Changes:
    """Let an officer open the store with a passphrase of their own: written as begun, signed into the journal, then settled.

    The first officer with an own passphrase founds the store anew: the shared passphrase opens nothing any more, so it must be
    whoever is at work. Raises RefusedError, StoreError.
    """
    first = workspace.grants is None
    if first and prepared.officer != workspace.actor:
        raise RefusedError(
            N_("Set your own passphrase first."),
            N_("Nothing was changed. Choose yourself first, then set one for everybody else."),
        )
    signed: list[Changes] = []
    let_in(workspace, prepared.way, lambda: signed.append(_sign_for(workspace, prepared, first)))
    return signed[0]


def _sign_for(workspace: Workspace, prepared: PreparedSlot, first: bool) -> Changes:
    """Write down, signed, which public half is an officer's from now on, with what they had."""
    public, held = Signer(prepared.secrets.seed).public, workspace.protection
    values: dict[str, Value | None] = {"public_key": public}
    typed_by = "" if first or prepared.officer == workspace.actor else workspace.actor
    if first:
        workspace.store.person = Signer(prepared.secrets.seed)
        workspace.grants = Grants(prepared.secrets.root.hex())
        workspace.hold_protection(held or new_seed())
        values["role"] = _role_of(workspace, prepared.officer, "supervisor")
    else:
        values |= _role_to_give(workspace, prepared.officer)
    key = workspace.protection or prepared.compartment
    if key and (first or _held(workspace, prepared.officer)):
        values["protection_key"] = sealed_to(public, key)
    try:
        return _set(workspace, prepared.officer, values, typed_by=typed_by)
    except BaseException:
        if first:  # the shared passphrase still opens the store: nothing may be closed with a key that nobody holds
            workspace.grants, workspace.store.person = None, None
            workspace.hold_protection(held)
        raise


def _role_to_give(workspace: Workspace, officer: str) -> dict[str, Value | None]:
    """Return the role that goes with a passphrase: the one in the table, where no grant has given it yet."""
    role = _role_of(workspace, officer, "case_worker")
    return {} if workspace.grants and workspace.grants.role(officer) == role else {"role": role, "left_on": None}


def _role_of(workspace: Workspace, officer: str, usual: str) -> str:
    record = workspace.store.reader.record("officer", officer)
    return (record.text("role") if record else "") or usual


def _held(workspace: Workspace, officer: str) -> bool:
    return bool(workspace.grants and workspace.grants.officers.get(officer) and
                workspace.grants.officers[officer].protection_key)  # fmt: skip


def _set(workspace: Workspace, officer: str, values: dict[str, Value | None], typed_by: str | None = None) -> Changes:
    record = workspace.store.reader.record("officer", officer)
    seen = record.seen if record else ()
    part = Part(PartKind.SET, "officer", officer, values, seen)
    return commit(workspace, [part], officers={} if typed_by is None else {officer: {"typed_by": typed_by}})


@needs(Permission.READ)
def chose_own_passphrase(workspace: Workspace) -> None:
    """Write down that whoever is at work chose their passphrase themselves, where somebody else had typed it."""
    grant = workspace.grants.officers.get(workspace.actor) if workspace.grants else None
    if grant is not None and grant.typed_by:
        commit(workspace, [], officers={workspace.actor: {"typed_by": ""}})


@needs(Permission.READ)
def typed_by_another(workspace: Workspace) -> bool:
    """Return whether whoever is at work still uses a passphrase that somebody else typed."""
    grant = workspace.grants.officers.get(workspace.actor) if workspace.grants else None
    return grant is not None and bool(grant.typed_by)


@needs(Permission.APPROVE)
def confirm_supervisor(workspace: Workspace, officer: str) -> Changes:
    """Confirm a new or reset supervisor as a third person: from now on they may be the second person. Raises RefusedError."""
    return commit(workspace, [], officers={officer: {"confirmed_by": workspace.actor}})


@needs(Permission.MANAGE)
def begin_grants(workspace: Workspace) -> None:
    """Let a store from before there was a chain of grants begin one, once a supervisor is at work in it."""
    grants = workspace.grants
    if grants is not None and grants.officers and not grants.head and workspace.role == SUPERVISOR:
        commit(workspace, [], officers={workspace.actor: {}})


@needs(Permission.MANAGE)
def take_passphrase(workspace: Workspace, officer: str) -> Changes:
    """Take an officer's way in away, and their keys. Copies of the store that were made before still open for them.

    Raises RefusedError for oneself, and for the last one who may give roles.
    """
    givers = {uid for uid, grant in (workspace.grants.officers if workspace.grants else {}).items() if grant.gives}
    if officer == workspace.actor or givers == {officer}:
        raise RefusedError(
            N_("This passphrase cannot be withdrawn: nobody else could give roles."),
            N_("Nothing was changed. Give the supervisor role to another person first, and let them do this."),
        )
    today = workspace.today.isoformat()
    return take_away(workspace, officer, lambda: _set(workspace, officer, {"left_on": today, "protection_key": None}))


@needs(Permission.PROTECT)
def give_protection(workspace: Workspace, officer: str) -> Changes:
    """Let an officer open restricted records: the key is sealed to their signed public half. Raises RefusedError."""
    _check_giving(workspace)
    public = workspace.grants.officers[officer].public_key if workspace.grants and _known(workspace, officer) else ""
    if not public:
        raise RefusedError(
            N_("This officer has no personal passphrase yet."), N_("Nothing was changed. Set one for them first.")
        )
    return _set(workspace, officer, {"protection_key": sealed_to(public, workspace.protection)})


@needs(Permission.MANAGE)
def take_protection(workspace: Workspace, officer: str) -> Changes:
    """Take the key of restricted records away. Who held it may have kept it: they can read older copies.

    Raises RefusedError for the last one who holds it: nobody could give it again.
    """
    if workspace.grants and [uid for uid in workspace.grants.officers if _held(workspace, uid)] == [officer]:
        raise RefusedError(
            N_("Nobody else has access to restricted records."),
            N_("Nothing was changed. Give it to another person first."),
        )
    return _set(workspace, officer, {"protection_key": None})


def _known(workspace: Workspace, officer: str) -> bool:
    return workspace.grants is not None and officer in workspace.grants.officers


def _check_giving(workspace: Workspace) -> None:
    if workspace.role not in GIVING:
        raise RefusedError(
            N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )


@dataclass(frozen=True, slots=True)
class OfficerAccess:
    """How one officer stands: the role that counts, an own way in, the key of restricted records."""

    officer: str
    role: str
    own_passphrase: bool
    reads_restricted: bool


@needs(Permission.READ)
def officer_access(workspace: Workspace, officer: str) -> OfficerAccess:
    """Return how an officer stands."""
    record = workspace.store.reader.record("officer", officer)
    table = record.text("role") if record else ""
    role = workspace.grants.role(officer) if workspace.grants else table
    return OfficerAccess(officer, role, has_own_passphrase(workspace, officer), _held(workspace, officer))


@needs(Permission.READ)
def unsigned_roles(workspace: Workspace) -> tuple[str, ...]:
    """Return the officers whose role in the table no signed entry gives: somebody altered the file."""
    if workspace.grants is None:
        return ()
    return tuple(
        record.uid
        for record in workspace.store.reader.everything("officer")
        if record.text("role") and record.text("role") != workspace.grants.officers.get(record.uid, Grant()).role
    )


@needs(Permission.READ)
def wall_problems(workspace: Workspace) -> Iterator[str]:
    """Yield in sentences what does not fit between key file, grants and whoever opened: somebody altered something."""
    words, grants = workspace.words, workspace.grants
    if workspace.unproven:
        yield words.text(
            "The key file names an officer for this passphrase, but no supervisor gave them this key. You can " "only read. Inform a supervisor: somebody may have altered the key file."
        )  # fmt: skip
    if workspace.swapped_key:
        yield words.text(
            "Your key of restricted records is not the one that the supervisors of this store gave. It is not " "used, so restricted records stay closed. Inform a supervisor: somebody may have altered the store."
        )  # fmt: skip
    if grants is None:
        return
    if grants.refused:
        yield words.plural(
            "{count} entry claims a role or a key without a right to it. It has no effect. Check the store.",
            "{count} entries claim roles or keys without a right to them. They have no effect. Check the store.",
            len(grants.refused), count=len(grants.refused),
        )  # fmt: skip
    if grants.altered:
        yield words.plural(
            "The text of {count} entry about roles was altered or emptied. The roles are as they were signed. " "Check the store.",
            "The text of {count} entries about roles was altered or emptied. The roles are as they were " "signed. Check the store.",
            len(grants.altered), count=len(grants.altered),
        )  # fmt: skip
    if grants.now.suspended:
        yield words.text(
            "On two copies of this store, two people withdrew each other’s role. Neither has it until another "
            "supervisor decides."
        )
    if strange := strange_slots(workspace):
        yield words.plural(
            "{count} passphrase in the key file was not approved by a supervisor. Check the store.",
            "{count} passphrases in the key file were not approved by a supervisor. Check the store.",
            len(strange), count=len(strange),
        )  # fmt: skip


@needs(Permission.READ)
def strange_slots(workspace: Workspace) -> tuple[str, ...]:
    """Return the slots of the key file that no grant knows, or that are a second one for the same officer."""
    grants, strange, seen = workspace.grants, [], set[str]()
    if grants is None or not grants.officers:
        return ()
    for slot in workspace.folder.read_keys().slots:
        if slot.kind == slots.PASSPHRASE:
            given = grants.officers.get(slot.officer)
            fits = given is not None and given.public_key == slot.public and slot.officer not in seen
            seen.add(slot.officer)
        else:
            fits = slot.public in grants.spare_keys.values()
        if not fits:
            strange.append(slot.slot)
    return tuple(strange)
