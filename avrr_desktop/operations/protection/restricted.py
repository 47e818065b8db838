"""Reading restricted records on purpose and on record: how many there are, to look at them, and in an emergency."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.keys import slots
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, anybody, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.sealing import opened, shows_restricted
from avrr_desktop.operations.session.unlocking import of_newest
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.erasing import Gone, erase_records


@needs(Permission.READ)
def restricted_count(workspace: Workspace, case_file: CaseFile) -> int:
    """Return how many restricted records a case holds, as far as the programme lets that be known."""
    return len(case_file.restricted) if shows_restricted(workspace) else 0


@needs(Permission.PROTECT)
def show_restricted(workspace: Workspace, case_file: CaseFile, reason: str = "") -> tuple[Record, ...]:
    """Return the restricted records of a case, readable; who looked, and when, is written down first."""
    if case_file.restricted:
        note(workspace, "viewed", case=case_file.case.uid, reason=reason, count=len(case_file.restricted))
    return tuple(opened(workspace, record) for record in case_file.restricted)


@needs(Permission.PROTECT)
def restrict_note(workspace: Workspace, case_file: CaseFile, note_: Record) -> Changes:
    """Make a note that was written for everybody a restricted one: closed anew, and its clear words out of the history.

    Backups made before hold it as it was. Cannot be undone. Raises RefusedError without the key.
    """
    uid, values = note_.uid, {**note_.values, "restricted": True}
    with workspace.store.transaction():
        commit(workspace, [adding(workspace, "note", values)], case_file.case.uid)
        tombstone = Part(PartKind.ERASE, "note", uid, {"ground": "restricted"})
        drafts = frozenset(draft.form for draft in workspace.store.local.drafts() if draft.record == uid)
        gone = Gone(of_cases={case_file.case.uid: frozenset({("note", uid)})}, drafts=drafts)
        return erase_records(workspace.store, gone, tombstone, actor=workspace.actor, now=workspace.clock.now())


@anybody
def emergency_key(workspace: Workspace, code: str) -> bytes:
    """Return the key of restricted records out of the recovery code; slow, for a worker. Raises ExpectedError."""

    def compartment(key_file: slots.KeyFile) -> bytes:
        entry = slots.enter(key_file, code)
        if entry.slot.kind == slots.RECOVERY and entry.secrets.compartment:
            return entry.secrets.compartment
        raise RefusedError(
            N_("This code does not open restricted records."),
            N_("Nothing was shown. Use the recovery code that a supervisor printed."),
        )

    return of_newest(workspace.folder, compartment)


@needs(Permission.READ)
def break_glass(workspace: Workspace, key: bytes, reason: str, case: str = "") -> None:
    """Hold the key until the lock, after who, when and why is written down. Raises RefusedError without a reason."""
    if len(reason.strip()) < 10:
        raise RefusedError(N_("Give a reason. It is recorded before anything is shown."), N_("Nothing was shown."))
    note(workspace, "break_glass", case=case, reason=reason.strip())
    workspace.hold_protection(key)
    if not workspace.protection:
        raise RefusedError(
            N_("The recovery code contains a different key from the one of this store’s restricted records."),
            N_("Nothing was shown. Ask a supervisor, and check the store."),
        )
