"""PDF summaries, against the same strings and lines drawn by hand on a reportlab canvas."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.locations import resources
from avrr_desktop.operations.documents.printing import PrintShop
from tools.bench.figures import Figure
from tools.bench.practice_stores import BenchStore
from tools.bench.timing import Samples, in_turns

TURNS, PRINTS = 6, 25
FONT = "BenchSans"
Drawn = tuple[tuple[str, float, float, float], ...]  # text, x, y, size


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case, and what its summary says and where, page by page."""

    case_file: CaseFile
    pages: Sequence[Drawn]
    lines: int  # ruled lines on all pages


@dataclass(frozen=True, slots=True)
class Printed:
    """What was measured, and how many pages a summary has."""

    taken: Mapping[str, Samples]
    pages: float


def measure(store: BenchStore) -> Printed:
    """Print summaries of cases that are open already, and draw the same by hand."""
    chance = random.Random(store.made.seed)
    pdfmetrics.registerFont(TTFont(FONT, str(resources() / "fonts" / "NotoSans-Regular.ttf")))
    with store.workspace() as workspace:
        shop = PrintShop(workspace)
        cases = chance.sample(store.made.worked_on, TURNS * PRINTS)
        sheets = [_sheet(shop, workspace.store.reader.case_file(case)) for case in cases]
        turns = [sheets[start : start + PRINTS] for start in range(0, len(sheets), PRINTS)]
        taken = in_turns({"ours": lambda sheet: shop.pdf(sheet.case_file), "by hand": by_hand}, turns)
    return Printed(taken, sum(len(sheet.pages) for sheet in sheets) / len(sheets))


def _sheet(shop: PrintShop, case_file: CaseFile) -> Sheet:
    looks = [_look(page) for page in PdfReader(BytesIO(shop.pdf(case_file))).pages]
    return Sheet(case_file, [drawn for drawn, _ in looks], sum(lines for _, lines in looks))


def _look(page: PageObject) -> tuple[Drawn, int]:
    drawn: list[tuple[str, float, float, float]] = []
    operators: list[bytes] = []

    def note_text(text: str, _cm: Any, matrix: Sequence[float], _font: Any, size: float) -> None:
        if text.strip():
            drawn.append((text.strip("\n"), matrix[4], matrix[5], size))

    def note_operator(operator: bytes, *_: Any) -> None:
        operators.append(operator)

    page.extract_text(visitor_text=note_text, visitor_operand_before=note_operator)
    return tuple(drawn), operators.count(b"l")


def by_hand(sheet: Sheet) -> bytes:
    """Draw the strings of a summary one by one, and as many lines, as one does by hand with the library."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pageCompression=1)
    left = sheet.lines
    for page in sheet.pages:
        for text, x, y, size in page:
            canvas.setFont(FONT, size)
            canvas.drawString(x, y, text)
        for number in range(min(left, 60)):
            canvas.line(51, 60 + 12 * number, 544, 60 + 12 * number)
        left = max(0, left - 60)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def figures(results: Mapping[int, Printed]) -> list[Figure]:
    """Return the figures of all sizes."""
    made: list[Figure] = []
    for cases, one in results.items():
        ours, hand = one.taken["ours"], one.taken["by hand"]
        made += [
            Figure("P1", f"PDF summary ({one.pages:.1f} pages) over the same strings drawn by hand, p50", cases,
                   ours.over(hand), "x", 0.33, scale=ours.at(50)),
            Figure("", "summaries a second", cases, 1000 * len(ours.all) / sum(ours.all), "a second"),
            Figure("", "the same, drawn by hand", cases, 1000 * len(hand.all) / sum(hand.all), "a second"),
        ]  # fmt: skip
    return made
