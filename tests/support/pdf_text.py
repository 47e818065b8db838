"""Reads printed pages back as a stranger would, with pypdfium2: only what lies within the page is on paper."""

from dataclasses import dataclass
from typing import Any

import pypdfium2

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.printing import case_pdf
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.pdf.model import Block, Document, Section
from avrr_desktop.pdf.page import rendered

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
HEADER_FIRST, HEADER_LATER, FOOT = 48 * MM, 22 * MM, 26 * MM  # heights: above and below them stands no case content


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that stand on one line without a gap, and where; points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def covers(self, other: "Run") -> bool:
        """Say whether two pieces of text are printed over each other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        upwards = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > 1 and upwards > 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its text, and the pieces of text with their places."""

    number: int
    text: str
    runs: tuple[Run, ...]

    @property
    def squeezed(self) -> str:
        """All letters in the order in which they were written, without white space: lines joined."""
        return squeezed(self.text)

    @property
    def body(self) -> tuple[Run, ...]:
        """The pieces between header and foot, from the top down."""
        top = HEIGHT - (HEADER_FIRST if self.number == 1 else HEADER_LATER)
        inside = [run for run in self.runs if run.top < top and run.bottom > FOOT and 0 < run.left < run.right < WIDTH]
        return tuple(sorted(inside, key=lambda run: (-round(run.bottom), run.left)))

    @property
    def body_texts(self) -> list[str]:
        """The texts of ``body``."""
        return [run.text for run in self.body]


def squeezed(text: str) -> str:
    """Return a text without white space; the hyphen at a line's end as it was written."""
    return "".join(text.replace("\x02", "-").replace("\ufffe", "-").split())


def sheets(pdf: bytes) -> list[Sheet]:
    """Return the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_sheet(number, document[number - 1]) for number in range(1, len(document) + 1)]
    finally:
        document.close()


def _sheet(number: int, page: Any) -> Sheet:
    reader = page.get_textpage()
    runs = []
    for position in range(reader.count_rects()):
        left, bottom, right, top = reader.get_rect(position)
        text = reader.get_text_bounded(left, bottom, right, top).strip()
        runs.append(Run(text, left, bottom, right, top))
    return Sheet(number, reader.get_text_bounded(), tuple(runs))


def whole(pages: list[Sheet]) -> str:
    """Return what stands on all pages, headers and feet too, without white space."""
    return "".join(page.squeezed for page in pages)


def whole_body(pages: list[Sheet]) -> str:
    """Return what stands between headers and feet of all pages, without white space: texts that go on are joined."""
    return squeezed("".join(text for page in pages for text in page.body_texts))


def add_case(workspace: Workspace, document: dict[str, Any], *services: str) -> CaseFile:
    """Store a document, give its first member services of the pack, and return the case."""
    case_file = read_case(workspace, add_case_document(workspace, document).case)
    for service in services:
        add_service(workspace, case_file, service, [case_file.members[0].person.uid])
        case_file = read_case(workspace, case_file.case.uid)
    return case_file


def printed(workspace: Workspace, case_file: CaseFile, words: Language | None = None) -> list[Sheet]:
    """Print a case and return its pages."""
    return sheets(case_pdf(workspace, case_file, words=words))


def print_document(workspace: Workspace, document: dict[str, Any], *services: str) -> list[Sheet]:
    """Store a document, print its case and return the pages."""
    return printed(workspace, add_case(workspace, document, *services))


def plain(*sections: Section, **more: str) -> Document:
    """Return a document of sections under a plain header; ``more`` replaces parts of it."""
    parts = {
        "language": "en", "kind": "Case summary", "title": "Title", "subtitle": "Subtitle", "office": "Office",
        "programme": "Programme", "number": "AL-TIR-2026-AB-0001", "qr": "AVRR", "mark": "Confidential",
        "revision": "Revision 1", "printed": "Printed", "page_of": "Page {page} of {pages}", "kosovo_note": "* note",
        "lacking": "Lacking: {letters}", **more,
    }  # fmt: skip
    return Document(**parts, sections=tuple(sections))


def laid_out(*sections: Section, **more: str) -> list[Sheet]:
    """Print sections and return their pages."""
    return sheets(rendered(plain(*sections, **more)))


def section(title: str, *blocks: Block) -> Section:
    """Return a section."""
    return Section(title, blocks)
