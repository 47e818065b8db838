"""Copies of the documents of a case: what one may say to whom, and how it is made."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import NOBODY, Told
from avrr_desktop.domain.consent.redaction import FULL, LEVELS, RETURNEE, at_level
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.operations.documents.document_language import words_of
from avrr_desktop.operations.documents.documents import SUMMARY, case_document_of, check_fits
from avrr_desktop.operations.documents.export_policy import check_paper
from avrr_desktop.operations.referrals.agreements import check_told, told_to
from avrr_desktop.operations.referrals.disclosures import who_and_what
from avrr_desktop.operations.session.access_log import next_serial, note
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.workspace import Workspace

if TYPE_CHECKING:
    from avrr_desktop.pdf.context import Print
    from avrr_desktop.pdf.model import Document


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a document: what it may say, for whom, its number once it is made for good. ``told``: what a partner is told."""

    level: str = FULL
    recipient: str = ""
    serial: str = ""
    told: Told = NOBODY
    language: str = ""  # empty: that of the window


@needs(Permission.PRINT)
def case_pdf(
    workspace: Workspace, case_file: CaseFile, *, words: Language | None = None, as_of: date | None = None,
    document: str = SUMMARY, copy: Copy | None = None,
) -> bytes:  # fmt: skip
    """Return a PDF of a case at its revision, in the language of ``words`` (default: that of the copy).

    Raises BadInputError for a document or level that is not known, RefusedError for a level that the role or the people's
    agreement does not allow. Of whom it tells is asked anew, whatever the copy says.
    """
    copy = copy or Copy(print_levels(workspace)[0])
    check_copy(workspace, case_file, document, copy.level, copy.recipient)
    copy = replace(copy, told=told_to(workspace, case_file, copy.level, (copy.recipient,)))
    return PrintShop(workspace, words or words_of(workspace, copy.language)).pdf(case_file, as_of, document, copy)


@needs(Permission.PRINT)
def print_levels(workspace: Workspace) -> tuple[str, ...]:
    """Return the levels that the officer at work may print, the usual one first."""
    if workspace.grants is None or may(workspace, Permission.APPROVE):
        return tuple(LEVELS)
    return (RETURNEE, *(key for key in LEVELS if key not in (FULL, RETURNEE)))


def check_level(workspace: Workspace, level: str) -> None:
    """Raise RefusedError where the role of whoever is at work does not include a level."""
    if level not in print_levels(workspace):
        raise RefusedError(
            N_("Your role does not allow prints at this level of detail."),
            N_("Nothing was printed. Choose another level, or ask a supervisor."),
        )


def check_copy(workspace: Workspace, case_file: CaseFile, document: str, level: str, recipient: str = "") -> None:
    """Raise BadInputError, RefusedError where a copy may not be made: by its kind, the role, agreement, or the case's rest."""
    check_fits(document, level)
    check_level(workspace, level)
    check_told(workspace, case_file, level, recipient)
    if case_file.case.text("kept_still_since") and level != RETURNEE:
        raise RefusedError(
            N_("Processing of this case is restricted at the person’s request."),
            N_("Nothing was printed. A supervisor can lift this in the case, under Protection."),
        )


@needs(Permission.PRINT)
def finished_copy(
    workspace: Workspace, case_file: CaseFile, document: str, level: str, recipient: str, what: str, language: str = ""
) -> tuple[bytes, Copy]:
    """Return a document with its serial number, for paper (``printed``) or the outbox (``kept``), and write that down."""
    recipient = recipient.strip()
    if what == "printed":
        check_paper(workspace, level)
    check_copy(workspace, case_file, document, level, recipient)
    told = told_to(workspace, case_file, level, (recipient,))
    with workspace.store.transaction():
        copy = Copy(level, recipient, next_serial(workspace), told, language=language)
        content = PrintShop(workspace, words_of(workspace, language)).pdf(case_file, None, document, copy)
        note(
            workspace, what, case=case_file.case.uid, document=document, level=level, recipient=recipient,
            serial=copy.serial, **who_and_what(told),
        )  # fmt: skip
    return content, copy


class PrintShop:
    """Prints many cases with the same names, office and language; usable on a worker's reader."""

    def __init__(self, workspace: Workspace, words: Language | None = None) -> None:
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
        from avrr_desktop.pdf.context import Print

        key = programme or self._programme
        name, own = self._words.text(self._pack.label("programme", key)), self._pack.programmes.get(key)
        return Print(
            words=self._words, pack=self._pack, names=self._names, office=self._office, programme=name, practice=self._practice, as_of=as_of or self._today, printed_by=self._by,
            printed_at=self._at, kosovo_note=own.kosovo_note if own else "",
        )  # fmt: skip

    def marked(self, case_file: CaseFile, copy: Copy, as_of: date | None = None) -> "Print":
        """Return the arguments of one copy: level, recipient and serial number stand across every page."""
        level = "" if copy.level == FULL else self._words.text(self._pack.label("print_level", copy.level))
        mark = " · ".join(part for part in (copy.serial, level, copy.recipient) if part)
        return replace(self.arguments(case_file.case.text("programme"), as_of), copy_mark=mark)

    def pdf(
        self, case_file: CaseFile, as_of: date | None = None, document: str = SUMMARY, copy: Copy | None = None
    ) -> bytes:
        """Return one document of a case. What is not known as a document or a level raises BadInputError."""
        from avrr_desktop.pdf.page import rendered

        copy = copy or Copy()
        check_fits(document, copy.level)
        case_file = at_level(case_file, copy.level, as_of or self._today, self._words, self._titles, copy.told)
        made = case_document_of(document).build(case_file, self.marked(case_file, copy, as_of))
        return rendered(self._with_left_out(made, case_file.left_out))

    def _with_left_out(self, document: "Document", count: int) -> "Document":
        """Return a document that says in one quiet sentence how many members it does not tell of."""
        from avrr_desktop.pdf.model import Text

        if not count:
            return document
        sentence = self._words.plural(
            "{count} other person: no agreement.", "{count} other persons: no agreement.", count, count=count
        )
        first, *rest = document.sections
        first = replace(first, blocks=(Text(sentence, small=True), *first.blocks))
        return replace(document, sections=(first, *rest))
