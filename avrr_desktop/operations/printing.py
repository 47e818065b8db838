"""Verbs of paper: make a summary, keep it in the outbox, hand it over."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.errors import NotFoundError, RefusedError, StoreError
from avrr_desktop.domain.levels import FULL, LEVELS, REFERRAL, RETURNEE, at_level, consented
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.policy import PASSWORD, PLAIN, SEALED
from avrr_desktop.files import document_name, write_whole
from avrr_desktop.operations.accesses import next_serial, note
from avrr_desktop.operations.closing import four_eyes, may_second
from avrr_desktop.operations.leaving import check_way
from avrr_desktop.operations.permission import Permission, may, needs
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.store.local import OutboxItem
from avrr_desktop.words import Words

if TYPE_CHECKING:
    from avrr_desktop.pdf.frame import Print

__all__ = ["PASSWORD", "PLAIN", "SEALED", "OutboxItem"]
SUMMARY, MISSING_PAPERS, PATH = "summary", "missing-papers", "path"
Progress = Callable[[int, int], bool]  # (done, of all) -> whether to go on


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a document: what it may say, for whom, and its number once it is made for good."""

    level: str = FULL
    recipient: str = ""
    serial: str = ""


@needs(Permission.PRINT)
def case_pdf(
    workspace: Workspace, case_file: CaseFile, *, words: Words | None = None, as_of: date | None = None,
    document: str = SUMMARY, copy: Copy | None = None,
) -> bytes:  # fmt: skip
    """Return a PDF of a case at its revision, in the language of ``words`` (default: the workspace's).

    Raises RefusedError for a level that the role or the person's agreement does not allow.
    """
    copy = copy or Copy(print_levels(workspace)[0])
    _check_level(workspace, case_file, copy.level)
    return PrintShop(workspace, words).pdf(case_file, as_of, document, copy)


@needs(Permission.PRINT)
def print_levels(workspace: Workspace) -> tuple[str, ...]:
    """Return the levels that the officer at work may print, the usual one first."""
    if workspace.grants is None or may(workspace, Permission.APPROVE):
        return tuple(LEVELS)
    return (RETURNEE, *(key for key in LEVELS if key not in (FULL, RETURNEE)))


def _check_level(workspace: Workspace, case_file: CaseFile, level: str) -> None:
    if level not in print_levels(workspace):
        raise RefusedError(
            N_("Your role does not include prints of this level."),
            N_("Nothing was printed. Choose another level, or ask a supervisor."),
        )
    if level == REFERRAL and not consented(case_file, workspace.today.isoformat()):
        raise RefusedError(
            N_("No agreement of the person is written down: nothing can be told to a partner."),
            N_("Nothing was printed. Write down in a referral when the person agreed, then print again."),
        )
    if case_file.case.text("kept_still_since") and level != RETURNEE:
        raise RefusedError(
            N_("This case is not to be worked on: the person asked for it."),
            N_("Nothing was printed. A supervisor can lift this in the case, under Protection."),
        )


@needs(Permission.PRINT)
def finished_copy(
    workspace: Workspace, case_file: CaseFile, document: str, level: str, recipient: str, what: str
) -> tuple[bytes, Copy]:
    """Return a document with its serial number, for paper (``printed``) or the outbox (``kept``), and write that down."""
    _check_level(workspace, case_file, level)
    copy = Copy(level, recipient.strip(), next_serial(workspace))
    content = case_pdf(workspace, case_file, document=document, copy=copy)
    note(
        workspace,
        what,
        case=case_file.case.uid,
        document=document,
        level=level,
        recipient=copy.recipient,
        serial=copy.serial,
    )
    return content, copy


class PrintShop:
    """Prints many cases with the same names, office and language; usable on a worker's reader."""

    def __init__(self, workspace: Workspace, words: Words | None = None) -> None:
        self._words = words or workspace.words
        reader = workspace.store.reader
        self._names = {
            record.uid: record.text("name")
            for kind in ("officer", "provider")
            for record in reader.everything(kind)
        }  # fmt: skip
        office = workspace.office
        self._office = office.text("name") if office else ""
        self._programme = office.text("programme") if office else ""
        self._pack = workspace.pack
        self._titles = {key: (step.title, step.short) for key, step in workspace.pack.steps.items()}
        self._practice = workspace.practice
        self._today = workspace.today
        self._by = workspace.officer.text("name") if workspace.officer else self._words.text(N_("the office"))
        self._at = self._words.moment(workspace.local(workspace.clock.now()))

    def arguments(self, programme: str = "", as_of: date | None = None) -> "Print":
        """Return what a document is made from, beside its content. ``programme``: its code; the office’s by default."""
        from avrr_desktop.pdf.frame import Print

        name = self._words.text(self._pack.label("programme", programme or self._programme))
        return Print(
            self._words, self._pack, self._names, self._office, name, self._practice, as_of or self._today, self._by,
            self._at,
        )  # fmt: skip

    def marked(self, case_file: CaseFile, copy: Copy, as_of: date | None = None) -> "Print":
        """Return the arguments of one copy: level, recipient and serial number stand across every page."""
        level = "" if copy.level == FULL else self._words.text(self._pack.label("print_level", copy.level))
        mark = " · ".join(part for part in (copy.serial, level, copy.recipient) if part)
        return replace(self.arguments(case_file.case.text("programme"), as_of), copy_mark=mark)

    def pdf(
        self, case_file: CaseFile, as_of: date | None = None, document: str = SUMMARY, copy: Copy | None = None
    ) -> bytes:
        """Return one document of a case: its summary, the list of missing papers, or the family’s path."""
        from avrr_desktop.pdf.page import rendered

        copy = copy or Copy()
        case_file = at_level(case_file, copy.level, as_of or self._today, self._words, self._titles)
        print_ = self.marked(case_file, copy, as_of)
        if document == MISSING_PAPERS:
            from avrr_desktop.pdf.missing_papers import missing_papers

            return rendered(missing_papers(case_file, print_))
        if document == PATH:
            from avrr_desktop.pdf.family_path import family_path

            return rendered(family_path(case_file, print_))
        from avrr_desktop.pdf.case_summary import case_summary

        return rendered(case_summary(case_file, print_))


@needs(Permission.PRINT)
def put_in_outbox(
    workspace: Workspace, case_file: CaseFile, content: bytes, document: str = SUMMARY, copy: Copy | None = None
) -> int:
    """Keep a finished document, encrypted, in the outbox; return its key there."""
    copy = copy or Copy()
    item = OutboxItem(
        0, case_file.case.uid, case_file.case.text("number"), case_file.revision, workspace.words.language, document,
        hashlib.sha256(content).hexdigest(), len(content), "ready", workspace.clock.now().isoformat(timespec="seconds"),
        workspace.actor, "", "", "", copy.level, copy.serial, copy.recipient,
    )  # fmt: skip
    return workspace.store.local.put_document(item, content)


@needs(Permission.READ)
def outbox(workspace: Workspace) -> list[OutboxItem]:
    """Return what lies in the outbox, newest first; a document of an older revision reads as replaced."""
    revisions: dict[str, int] = {}
    found = []
    for item in workspace.store.local.documents():
        revision = revisions.setdefault(item.case, workspace.store.reader.revision(item.case))
        outdated = item.state == "ready" and item.revision < revision
        found.append(replace(item, state="replaced") if outdated else item)
    return found


@needs(Permission.READ)
def outbox_document(workspace: Workspace, pk: int) -> tuple[OutboxItem, bytes]:
    """Return one document with its bytes. Raises NotFoundError."""
    found = workspace.store.local.document(pk)
    if found is None:
        raise NotFoundError(N_("This document is not in the outbox."), N_("Print it again from its case."))
    return found


@needs(Permission.PRINT)
def throw_away(workspace: Workspace, pk: int) -> tuple[OutboxItem, bytes]:
    """Take a document out of the outbox; return it, for ``put_back``. Raises NotFoundError, RefusedError once it left."""
    found = outbox_document(workspace, pk)
    if found[0].state == "handed_over":
        raise RefusedError(
            N_("This document was handed over: its line says to whom."),
            N_("Nothing was changed. It goes with the case, when that is erased."),
        )
    workspace.store.local.drop_document(pk)
    return found


@needs(Permission.PRINT)
def put_back(workspace: Workspace, item: OutboxItem, content: bytes) -> int:
    """Put a document that was thrown away back into the outbox; return its key there."""
    return workspace.store.local.put_document(item, content)


@dataclass(frozen=True, slots=True)
class Handed:
    """A document that left: where it lies, and the password to tell by another way, empty for none."""

    path: Path
    password: str = field(default="", repr=False)


@needs(Permission.HAND_OVER)
def hand_over(
    workspace: Workspace, pk: int, folder: Path, to: str, *, closing: str = PLAIN, recipient_key: str = "",
    reason: str = "",
) -> Handed:  # fmt: skip
    """Write a document whole to a folder or stick, read it back, and note when, by whom, to whom, how it was closed.

    ``closing``: plain (somebody must be named), password (AES-256, words made here), sealed (age, ``recipient_key``).
    The file's name carries no person. Raises NotFoundError, RefusedError, StoreError (then nothing is noted).
    """
    check_way(workspace, closing)
    item, content = outbox_document(workspace, pk)
    still = workspace.store.reader.record("case", item.case)
    if still is not None and still.text("kept_still_since") and item.level != RETURNEE:
        raise RefusedError(
            N_("This case is not to be worked on: the person asked for it."),
            N_("Nothing was written. A supervisor can lift this in the case, under Protection."),
        )
    name, password = document_name(item.case_number, item.document, item.revision), ""
    check_handed_to(closing, to, reason)
    if closing == PASSWORD:
        from avrr_desktop.keys.spoken import spoken_password
        from avrr_desktop.pdf.closing import with_password

        password = spoken_password()
        content = with_password(content, password)
    elif closing == SEALED:
        from avrr_desktop.keys.age_box import closed_for, valid_recipient

        if not valid_recipient(recipient_key):
            raise RefusedError(
                N_("This is not the key of a recipient: it begins with age1."),
                N_("Nothing was written. Ask the recipient for their public key, and paste it whole."),
            )
        content, name = closed_for(content, recipient_key), name + ".age"
    path = folder / name
    write_whole(path, content)
    workspace.store.local.hand_over(
        pk, workspace.clock.now().isoformat(timespec="seconds"), workspace.actor, to, closing
    )
    note(
        workspace, "handed_over", case=item.case, document=f"{item.document} ({closing})", level=item.level,
        serial=item.serial, recipient=to, reason=reason,
    )  # fmt: skip
    return Handed(path, password)


def check_handed_to(closing: str, to: str, reason: str = "") -> None:
    """Raise RefusedError while nobody could say later where a document went; one that leaves open may give a reason instead."""
    if to.strip() or (closing == PLAIN and reason.strip()):
        return
    if closing == PLAIN:
        raise RefusedError(
            N_("This document would leave unencrypted: say to whom, or why."), N_("Nothing was written.")
        )
    raise RefusedError(
        N_("Nobody could say later where this document went: write to whom it is handed."),
        N_("Nothing was written. An office, a courier or a name is enough."),
    )


def check_bulk(workspace: Workspace, count: int, second: str) -> None:
    """Raise RefusedError when so many cases may leave only with a second person, and none agreed.

    ``second``: the officer whom ``operations.officers.second_person`` named; empty for none.
    """
    if not four_eyes(workspace) or count < workspace.pack.settings.get("bulk_from", 20):
        return
    if not may_second(workspace, second):
        raise RefusedError(
            N_("So many cases leave only with a second person: {count}."),
            N_("Nothing was made. A supervisor types their passphrase beside yours; or choose fewer cases."),
            {"count": count},
        )
    note(workspace, "exported", count=count, second=second)


def needs_second(workspace: Workspace, count: int) -> bool:
    """Say whether so many cases leave only with a second person."""
    return four_eyes(workspace) and count >= workspace.pack.settings.get("bulk_from", 20)


def bulk_copy(workspace: Workspace, cases: Sequence[str], second: str = "") -> tuple[Copy, list[str]]:
    """Return what copies of many cases may say, and which of them are printed: those to be left alone are not.

    Raises RefusedError for too many without a second person, and where all of them are to be left alone.
    """
    record = workspace.store.reader.record
    worked_on = [uid for uid in cases if (case := record("case", uid)) is None or not case.text("kept_still_since")]
    if cases and not worked_on:
        raise RefusedError(
            N_("This case is not to be worked on: the person asked for it."),
            N_("Nothing was printed. A supervisor can lift this in the case, under Protection."),
        )
    check_bulk(workspace, len(worked_on), second)
    return Copy(print_levels(workspace)[0]), worked_on


@needs(Permission.PRINT)
def make_pdfs(
    workspace: Workspace, cases: list[str], second: str = ""
) -> Callable[[Progress], list[tuple[CaseFile, bytes]]]:
    """Return work for a background thread: the PDFs of many cases, read over a connection of its own.

    It stops between two cases when its progress function says so, and returns what is finished.
    """
    copy, cases = bulk_copy(workspace, cases, second)
    shop, source = PrintShop(workspace), workspace.reading()

    def work(progress: Progress) -> list[tuple[CaseFile, bytes]]:
        made: list[tuple[CaseFile, bytes]] = []
        reader = source.open()
        try:
            for case in cases:
                case_file = reader.case_file(case)
                made.append((case_file, shop.pdf(case_file, copy=copy)))
                if not progress(len(made), len(cases)):
                    break
        finally:
            reader.close()
        return made

    return work


@needs(Permission.HAND_OVER)
def write_pdfs(
    workspace: Workspace, chosen: Sequence[str], folder: Path, progress: Progress, second: str = ""
) -> list[Path]:
    """Write plain summaries of many cases into a folder, at the usual level of whoever is at work, and note it.

    Those of cases to be left alone are not written. Stops between two files when progress says so. Raises RefusedError
    before anything is written, StoreError.
    """
    check_way(workspace, PLAIN)
    copy, cases = bulk_copy(workspace, chosen, second)
    reader = workspace.store.reader
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StoreError(
            N_("The folder for the files could not be made."),
            N_("Nothing was written. Name a folder in which you may write."),
        ) from None
    if not workspace.practice and not needs_second(workspace, len(cases)):
        note(workspace, "exported", document=SUMMARY, level=copy.level, count=len(cases))
    shop, written = PrintShop(workspace), list[Path]()
    for case in cases:
        case_file = reader.case_file(case)
        path = folder / document_name(case_file.case.text("number"), SUMMARY, case_file.revision)
        write_whole(path, shop.pdf(case_file, copy=copy))
        written.append(path)
        if not progress(len(written), len(cases)):
            break
    return written
