"""The outbox: finished copies, encrypted in the store, until they are handed over; and the check on their way out."""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import BEFORE, NOTHING, Group, Groups, Telling
from avrr_desktop.domain.consent.redaction import LEVELS, RETURNEE
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import PASSWORD, PLAIN, SEALED
from avrr_desktop.files import document_name
from avrr_desktop.operations.documents.copies import Copy, check_level, finished_copy
from avrr_desktop.operations.documents.documents import SUMMARY, case_document_of
from avrr_desktop.operations.documents.export_policy import check_way
from avrr_desktop.operations.documents.leaving_files import Line, leaving
from avrr_desktop.operations.referrals.agreements import told_to
from avrr_desktop.operations.referrals.disclosures import told_in
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.local.local import LEFT, OutboxItem

READY, REPLACED = "ready", "replaced"


@needs(Permission.PRINT)
def put_in_outbox(
    workspace: Workspace, case_file: CaseFile, content: bytes, document: str = SUMMARY, copy: Copy | None = None
) -> int:
    """Keep a finished document, encrypted, in the outbox; return its key there. Raises BadInputError for an unknown one."""
    copy = copy or Copy()
    item = OutboxItem(
        0, case_file.case.uid, case_file.case.text("number"), case_file.revision, copy.language or workspace.words.language,
        case_document_of(document).key, hashlib.sha256(content).hexdigest(), len(content), READY,
        workspace.clock.now().isoformat(timespec="seconds"), workspace.actor, "", "", "", copy.level, copy.serial, copy.recipient,
    )  # fmt: skip
    return workspace.store.local.put_document(item, content)


@needs(Permission.PRINT)
def keep_copy(
    workspace: Workspace, case_file: CaseFile, document: str, level: str, recipient: str = "", language: str = ""
) -> int:  # fmt: skip
    """Make a copy, write that down and keep it in the outbox, all or nothing; return its key there.

    Raises BadInputError, RefusedError as ``case_pdf`` does.
    """
    with workspace.store.transaction():
        content, copy = finished_copy(workspace, case_file, document, level, recipient, "kept", language)
        return put_in_outbox(workspace, case_file, content, document, copy)


@needs(Permission.READ)
def outbox(workspace: Workspace) -> list[OutboxItem]:
    """Return what lies in the outbox, newest first; a document of an older revision reads as replaced."""
    found = []
    documents = workspace.store.local.documents()
    revisions = workspace.store.reader.revisions({item.case for item in documents})
    for item in documents:
        outdated = item.state == READY and item.revision < revisions.get(item.case, 0)
        found.append(replace(item, state=REPLACED) if outdated else item)
    return found


@needs(Permission.READ)
def is_outdated(workspace: Workspace, item: OutboxItem) -> bool:
    """Return whether a document is not what would be printed now: its case changed since, or a newer copy was made."""
    return item.state == REPLACED or item.revision < workspace.store.reader.revision(item.case)


@needs(Permission.PRINT)
def outbox_document(workspace: Workspace, pk: int) -> tuple[OutboxItem, bytes]:
    """Return one document with its bytes. Raises NotFoundError; RefusedError for a level that the role does not include."""
    found = workspace.store.local.document(pk)
    if found is None:
        raise NotFoundError(N_("This document is not in the outbox."), N_("Print it again from its case."))
    check_level(workspace, found[0].level)
    return found


@needs(Permission.PRINT)
def throw_away(workspace: Workspace, pk: int) -> tuple[OutboxItem, bytes]:
    """Take a document out of the outbox; return it, for ``put_back``. Raises NotFoundError, RefusedError once it left."""
    found = outbox_document(workspace, pk)
    if found[0].state in LEFT:
        raise RefusedError(
            N_("This document was handed over: the recipient is listed with it."),
            N_("Nothing was changed. It is erased together with its case."),
        )
    workspace.store.local.drop_document(pk)
    return found


@needs(Permission.PRINT)
def put_back(workspace: Workspace, item: OutboxItem, content: bytes) -> int:
    """Put a document that was thrown away back into the outbox; return its key there."""
    return workspace.store.local.put_document(item, content)


@needs(Permission.PRINT)
def make_anew(workspace: Workspace, pk: int) -> int:
    """Keep the same copy of a case as it is now: document, level and recipient. Raises NotFoundError, RefusedError."""
    item, _ = outbox_document(workspace, pk)
    case_file = workspace.store.reader.case_file(item.case)
    return keep_copy(workspace, case_file, item.document, item.level, item.recipient, item.language)


@dataclass(frozen=True, slots=True)
class Handed:
    """A document that left: where it lies, and the password to tell by another way, empty for none."""

    path: Path
    password: str = field(default="", repr=False)


@needs(Permission.HAND_OVER)
def hand_over(
    workspace: Workspace, pk: int, folder: Path, to: str, *, closing: str = PLAIN, recipient_key: str = "",
    reason: str = "", outdated: bool = False,
) -> Handed:  # fmt: skip
    """Write a document whole to a folder or stick, read it back, and note when, by whom, to whom, how it was closed.

    ``closing``: plain (somebody must be named), password (AES-256, words made here), sealed (age, ``recipient_key``).
    ``outdated``: also one for which ``is_outdated`` says so. The file's name carries no person, and no other file is written over. Raises
    NotFoundError, RefusedError, StoreError; what is written down then is what happened.
    """
    check_way(workspace, closing)
    item, content = outbox_document(workspace, pk)
    check_handed_to(closing, to, reason)
    _check_may_leave(workspace, item, to)
    if is_outdated(workspace, item) and not outdated:
        raise RefusedError(
            N_("This copy is out of date: the case has changed since, or a newer copy was made."),
            N_("Nothing was written. Create it again, or choose to hand it over anyway."),
        )
    shared = workspace.store.reader.number_is_shared(item.case_number)
    name = document_name(item.case_number, item.document, item.revision, item.serial, item.case if shared else "")
    content, name, password = _closed(content, name, closing, recipient_key)
    line: Line = {
        "what": "handed_over", "case": item.case, "document": f"{item.document} ({closing})", "level": item.level,
        "serial": item.serial, "recipient": to, "reason": reason, "closing": closing,
    }  # fmt: skip
    with leaving(workspace, folder, line, document=pk) as way:
        path = way.write(name, content)
    return Handed(path, password)


def _check_may_leave(workspace: Workspace, item: OutboxItem, to: str) -> None:
    """Raise RefusedError where the case is to be left alone, or somebody of whom a copy tells does not agree any more."""
    still = workspace.store.reader.record("case", item.case)
    if still is not None and still.text("kept_still_since") and item.level != RETURNEE:
        raise RefusedError(
            N_("Processing of this case is restricted at the person’s request."),
            N_("Nothing was written. A supervisor can lift this in the case, under Protection."),
        )
    if LEVELS[item.level].telling is not Telling.TO_PARTNER:
        return
    case_file = workspace.store.reader.case_file(item.case)
    before = _told_in(workspace, item, case_file)
    now = told_to(workspace, case_file, item.level, (item.recipient, to), before)
    renamed = any(uid in now.coded for uid, groups in before.items() if Group.IDENTITY in groups)
    if not before or renamed or any(not groups <= now.groups.get(uid, NOTHING) for uid, groups in before.items()):
        raise RefusedError(
            N_("Not everybody named in this document has a recorded agreement that is still valid."),
            N_("Nothing was written. Record when they agreed and create it again, or discard it."),
        )


def _told_in(workspace: Workspace, item: OutboxItem, case_file: CaseFile) -> dict[str, Groups]:
    """Return what a kept copy tells of whom, as its line says; for one without a line all of everybody who may stand in it."""
    for line in accesses(workspace, item.case):
        if item.serial and line.text("serial") == item.serial and line.many("persons"):
            return told_in(line)
    return {member.person.uid: BEFORE for member in case_file.members}


def _closed(content: bytes, name: str, closing: str, recipient_key: str) -> tuple[bytes, str, str]:
    """Return what leaves: its bytes, the name of the file, the password. Raises RefusedError."""
    if closing == PASSWORD:
        from avrr_desktop.keys.word_password import spoken_password
        from avrr_desktop.pdf.encryption import with_password

        password = spoken_password()
        return with_password(content, password), name, password
    if closing == SEALED:
        from avrr_desktop.keys.age import closed_for, valid_recipient

        if not valid_recipient(recipient_key):
            raise RefusedError(
                N_("This is not a recipient’s key. Such a key begins with age1."),
                N_("Nothing was written. Ask the recipient for their public key, and paste all of it."),
            )
        return closed_for(content, recipient_key), name + ".age", ""
    return content, name, ""


def check_handed_to(closing: str, to: str, reason: str = "") -> None:
    """Raise RefusedError while nobody could say later where a document went; one that leaves open may give a reason instead."""
    if to.strip() or (closing == PLAIN and reason.strip()):
        return
    if closing == PLAIN:
        raise RefusedError(
            N_("This document would be handed over unencrypted: enter the recipient or a reason."),
            N_("Nothing was written."),
        )
    raise RefusedError(
        N_("Enter who receives it, so that this can be traced later."),
        N_("Nothing was written. An office, a courier or a name is enough."),
    )
