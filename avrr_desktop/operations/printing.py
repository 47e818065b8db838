"""Verbs of paper: make a summary, keep it in the outbox, hand it over."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.errors import NotFoundError, StoreError
from avrr_desktop.domain.marking import N_
from avrr_desktop.files import document_name, write_whole
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.store.local import OutboxItem
from avrr_desktop.store.reading import Reader
from avrr_desktop.words import Words

if TYPE_CHECKING:
    from avrr_desktop.pdf.frame import Print

__all__ = ["OutboxItem"]
SUMMARY, MISSING_PAPERS, PATH = "summary", "missing-papers", "path"
Progress = Callable[[int, int], bool]  # (done, of all) -> whether to go on


@needs(Permission.PRINT)
def case_pdf(
    workspace: Workspace, case_file: CaseFile, *, words: Words | None = None, as_of: date | None = None,
    document: str = SUMMARY,
) -> bytes:  # fmt: skip
    """Return a PDF of a case at its revision, in the language of ``words`` (default: the workspace's)."""
    return PrintShop(workspace, words).pdf(case_file, as_of, document)


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

    def pdf(self, case_file: CaseFile, as_of: date | None = None, document: str = SUMMARY) -> bytes:
        """Return one document of a case: its summary, the list of missing papers, or the family’s path."""
        from avrr_desktop.pdf.page import rendered

        print_ = self.arguments(case_file.case.text("programme"), as_of)
        if document == MISSING_PAPERS:
            from avrr_desktop.pdf.missing_papers import missing_papers

            return rendered(missing_papers(case_file, print_))
        if document == PATH:
            from avrr_desktop.pdf.family_path import family_path

            return rendered(family_path(case_file, print_))
        from avrr_desktop.pdf.case_summary import case_summary

        return rendered(case_summary(case_file, print_))


@needs(Permission.PRINT)
def put_in_outbox(workspace: Workspace, case_file: CaseFile, content: bytes, document: str = SUMMARY) -> int:
    """Keep a finished summary, encrypted, in the outbox; return its key there."""
    item = OutboxItem(
        0, case_file.case.uid, case_file.case.text("number"), case_file.revision, workspace.words.language, document,
        hashlib.sha256(content).hexdigest(), len(content), "ready", workspace.clock.now().isoformat(timespec="seconds"),
        workspace.actor, "", "", "",
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


@needs(Permission.HAND_OVER)
def hand_over(workspace: Workspace, pk: int, folder: Path, to: str) -> Path:
    """Write a document whole to a folder or stick, read it back, and note when, by whom, to whom.

    Returns the path; its name carries no person. Raises NotFoundError, StoreError (then nothing is noted).
    """
    item, content = outbox_document(workspace, pk)
    path = folder / document_name(item.case_number, item.document, item.revision)
    write_whole(path, content)
    workspace.store.local.hand_over(pk, workspace.clock.now().isoformat(timespec="seconds"), workspace.actor, to)
    return path


@needs(Permission.PRINT)
def make_pdfs(workspace: Workspace, cases: list[str]) -> Callable[[Progress], list[tuple[CaseFile, bytes]]]:
    """Return work for a background thread: the PDFs of many cases, read over a connection of its own.

    It stops between two cases when its progress function says so, and returns what is finished.
    """
    shop, source = PrintShop(workspace), workspace.reading()

    def work(progress: Progress) -> list[tuple[CaseFile, bytes]]:
        made: list[tuple[CaseFile, bytes]] = []
        reader = source.open()
        try:
            for case in cases:
                case_file = reader.case_file(case)
                made.append((case_file, shop.pdf(case_file)))
                if not progress(len(made), len(cases)):
                    break
        finally:
            reader.close()
        return made

    return work


def write_pdfs(
    shop: PrintShop, reader: Reader, cases: Iterable[str], folder: Path, progress: Progress, total: int
) -> list[Path]:
    """Write plain summaries of many cases into a folder; stops between two files when progress says so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StoreError(
            N_("The folder for the files could not be made."),
            N_("Nothing was written. Name a folder in which you may write."),
        ) from None
    written: list[Path] = []
    for case in cases:
        case_file = reader.case_file(case)
        path = folder / document_name(case_file.case.text("number"), SUMMARY, case_file.revision)
        write_whole(path, shop.pdf(case_file))
        written.append(path)
        if not progress(len(written), total):
            break
    return written
