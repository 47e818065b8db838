"""The documents of a case, each declared once: window, outbox, command line and file names follow from the entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, LEVELS, RETURNEE
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_

if TYPE_CHECKING:
    from avrr_desktop.pdf.context import Print
    from avrr_desktop.pdf.model import Document

SUMMARY, MISSING_PAPERS, PATH, PLAN = "summary", "missing-papers", "path", "plan"


def _summary(case_file: CaseFile, print_: "Print") -> "Document":
    from avrr_desktop.pdf.documents.case_summary import case_summary

    return case_summary(case_file, print_)


def _missing_papers(case_file: CaseFile, print_: "Print") -> "Document":
    from avrr_desktop.pdf.documents.missing_papers import missing_papers

    return missing_papers(case_file, print_)


def _path(case_file: CaseFile, print_: "Print") -> "Document":
    from avrr_desktop.pdf.documents.family_path import family_path

    return family_path(case_file, print_)


def _plan(case_file: CaseFile, print_: "Print") -> "Document":
    from avrr_desktop.pdf.documents.plan import plan_document

    return plan_document(case_file, print_)


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One kind of document. ``key`` stands in file names; ``tab``: the part of a case with its button, empty for the head.

    Each is made in every language of the program, and by the same verbs: shown, printed, kept in the outbox, written to a file.
    """

    key: str
    title: str
    build: Callable[[CaseFile, "Print"], "Document"]
    tab: str = ""
    button: str = N_("Print", "button")
    said: str = ""  # what a screen reader says of the button, where it reads differently
    levels: tuple[str, ...] = tuple(LEVELS)


DOCUMENTS = (
    CaseDocument(SUMMARY, N_("Case summary"), _summary),
    CaseDocument(
        MISSING_PAPERS, N_("Missing papers"), _missing_papers, tab="papers", button=N_("Print the missing papers")
    ),
    CaseDocument(PATH, N_("The family’s path"), _path, tab="overview", said=N_("Print the family’s path")),
    CaseDocument(PLAN, N_("Assistance plan"), _plan, tab="plan", button=N_("Print the plan"), levels=(FULL, RETURNEE)),
)
_BY_KEY = {document.key: document for document in DOCUMENTS}


def case_document_of(key: str) -> CaseDocument:
    """Return a document by its key. Raises BadInputError: another document is never made in its place."""
    document = _BY_KEY.get(key)
    if document is None:
        raise BadInputError(
            N_("There is no document “{document}”."), N_("Nothing was printed. Possible values: {known}."),
            {"document": key, "known": ", ".join(_BY_KEY)},
        )  # fmt: skip
    return document


def title_of(key: str) -> str:
    """Return what a document is called; its key where it is one of a newer version."""
    document = _BY_KEY.get(key)
    return document.title if document else key


def offered_at(tab: str) -> tuple[CaseDocument, ...]:
    """Return the documents that have a button in a part of a case; empty: in its head."""
    return tuple(document for document in DOCUMENTS if document.tab == tab)


def check_fits(document: str, level: str) -> None:
    """Raise BadInputError for a document or level that is not known, and for a document that has no such level."""
    if level not in LEVELS:
        raise BadInputError(
            N_("There is no level of detail “{level}”."), N_("Nothing was printed. Possible values: {known}."),
            {"level": level, "known": ", ".join(LEVELS)},
        )  # fmt: skip
    if level not in case_document_of(document).levels:
        raise BadInputError(
            N_("This document is not available at this level of detail."),
            N_("Nothing was printed. Choose another level."),
        )
