"""The house style of a page: header, foot, icons; draws a laid-out document into PDF bytes."""

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.domain.people.country import names_kosovo
from avrr_desktop.pdf.font import BOLD, REGULAR, face, parted_by_marks, printable
from avrr_desktop.pdf.layout import (
    ACCENT,
    GREY,
    HAIR,
    HEIGHT,
    INK,
    INNER,
    MARGIN,
    MM,
    SMALL,
    WIDTH,
    Layout,
    Mark,
    Page,
)  # fmt: skip
from avrr_desktop.pdf.model import Document

PRACTICE, WATERMARK = "#9a4a00", "#eceeee"
QR_SIZE = 19 * MM
_BREAKS = str.maketrans("\n\t", "  ")  # a header is one line, whatever was typed


def rendered(document: Document) -> bytes:
    """Return the PDF of a document. The same document gives the same bytes."""
    face(REGULAR), face(BOLD)
    rl_config.useA85 = 0
    pages = Layout(document).pages()
    buffer = BytesIO()
    canvas = Canvas(
        buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1, initialFontName=REGULAR,
        lang=document.language,
    )  # fmt: skip
    canvas.setTitle(document.kind)
    canvas.setAuthor("AVRR Desktop")
    canvas.setCreator("AVRR Desktop")
    canvas.setProducer("AVRR Desktop")
    canvas.setSubject("")
    for number, page in enumerate(pages, 1):
        _Painter(canvas, document, page).paint(number, len(pages))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Painter:
    def __init__(self, canvas: Any, document: Document, page: Page) -> None:
        self._canvas = canvas
        self._document = document
        self._page = page
        self._lacking: set[str] = set(page.lacking)

    def paint(self, number: int, pages: int) -> None:
        if number == 1:
            self._first_header()
        else:
            self._later_header()
        if self._document.copy_mark:
            self._watermark()
        for mark in self._page.marks:
            self._draw(mark)
        self._foot(number, pages)

    def _watermark(self) -> None:
        """Write once across the page, pale and behind everything, whose copy this is."""
        text = printable(self._document.copy_mark, self._lacking)
        size = min(30.0, 0.78 * HEIGHT / max(face(BOLD).width(text, 1), 1))
        self._canvas.saveState()
        self._canvas.translate(WIDTH / 2, HEIGHT / 2)
        self._canvas.rotate(55)
        self._put(-face(BOLD).width(text, size) / 2, 0, text, BOLD, size, WATERMARK)
        self._canvas.restoreState()

    def _text(self, x: float, y: float, text: str, size: float, colour: str = INK, *, bold: bool = False,
              right: bool = False) -> None:  # fmt: skip
        text = printable(text, self._lacking)
        font = BOLD if bold else REGULAR
        if right:
            x -= face(font).width(text, size)
        self._put(x, y, text, font, size, colour)

    def _put(self, x: float, y: float, text: str, font: str, size: float, colour: str) -> None:
        """Draw a line of a ``printable`` text; nothing else draws letters."""
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(HexColor(colour))
        pieces = parted_by_marks(text.translate(_BREAKS))
        if len(pieces) == 1:
            self._canvas.drawString(x, y, pieces[0][0])
            return
        written = self._canvas.beginText(x, y)  # one run, so that what is copied out of it stays in order
        for piece, raised in pieces:
            written.setRise(raised * size)
            written.textOut(piece)
        self._canvas.drawText(written)

    def _line(self, x: float, y: float, to_x: float, colour: str, width: float) -> None:
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(width)
        self._canvas.line(x, y, to_x, y)

    def _first_header(self) -> None:
        document, top = self._document, HEIGHT - 12 * MM
        right = WIDTH - MARGIN - (QR_SIZE + 4 * MM if document.qr else 0)
        room = right - MARGIN - 6 * MM  # what the right side leaves of a line
        beside_number = room - face(BOLD).width(printable(document.number, set()), 10.5)
        beside_mark = room - face(REGULAR).width(printable(document.mark, set()), SMALL)
        self._text(MARGIN, top - 9, self._fitted(document.office, 10.5, beside_number, bold=True), 10.5, bold=True)
        for number, line in enumerate(self._in_two(document.programme, beside_mark)):
            self._text(MARGIN, top - 21 - 11 * number, line, SMALL, GREY)
        self._text(right, top - 9, document.number, 10.5, bold=True, right=True)
        self._text(right, top - 21, document.mark, SMALL, GREY, right=True)
        if document.practice:
            self._text(right, top - 33, document.practice, SMALL, PRACTICE, bold=True, right=True)
        if document.qr:
            self._qr(WIDTH - MARGIN - QR_SIZE, top - QR_SIZE)
        self._line(MARGIN, HEIGHT - 33.5 * MM, WIDTH - MARGIN, ACCENT, 0.9)
        self._text(MARGIN, HEIGHT - 41 * MM, self._fitted(document.title, 15, bold=True), 15, bold=True)
        self._text(MARGIN, HEIGHT - 46 * MM, self._fitted(document.subtitle, SMALL + 0.6), SMALL + 0.6, GREY)

    def _in_two(self, text: str, width: float) -> list[str]:
        """Return a small text as one line, or as two where it has words for that."""
        measured, first, rest = face(REGULAR), "", text.split(" ")
        while rest and measured.width(printable(f"{first} {rest[0]}".strip(), set()), SMALL) <= width:
            first = f"{first} {rest.pop(0)}".strip()
        return [line for line in (first, self._fitted(" ".join(rest), SMALL, width)) if line]

    def _fitted(self, text: str, size: float, width: float = INNER, *, bold: bool = False) -> str:
        """Return as much of a text as the width holds, ending in an ellipsis where it holds less."""
        text = printable(text, self._lacking)
        measured = face(BOLD if bold else REGULAR)
        if measured.width(text, size) <= width:
            return text
        while text and measured.width(text + "…", size) > width:
            text = text[:-1]
        return text + "…"

    def _later_header(self) -> None:
        document, y = self._document, HEIGHT - 18 * MM
        self._text(MARGIN, y, self._fitted(f"{document.kind} · {document.office}", SMALL, INNER - 70 * MM), SMALL, GREY)
        self._text(WIDTH - MARGIN, y, document.number, SMALL, INK, bold=True, right=True)
        if document.practice:
            self._text(WIDTH - MARGIN, y + 11, document.practice, SMALL, PRACTICE, bold=True, right=True)
        self._line(MARGIN, y - 6, WIDTH - MARGIN, ACCENT, 0.9)

    def _qr(self, x: float, y: float) -> None:
        import segno

        matrix = segno.make(
            self._document.qr,
            error="m",
            micro=False,
            boost_error=False,
            mode="byte",
            encoding="utf-8",  # never as Japanese signs
        ).matrix
        module = QR_SIZE / len(matrix)
        self._canvas.setFillColor(HexColor(INK))
        path = self._canvas.beginPath()
        for row, line in enumerate(matrix):
            for column, dark in enumerate(line):
                if dark:
                    path.rect(x + column * module, y + QR_SIZE - (row + 1) * module, module, module)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _foot(self, number: int, pages: int) -> None:
        document, y = self._document, 17.5 * MM
        self._line(MARGIN, y + 10, WIDTH - MARGIN, HAIR, 0.5)
        marks = " · ".join(part for part in (document.mark, document.number, document.revision) if part)
        self._text(MARGIN, y, marks, SMALL, GREY)
        printed = " · ".join(part for part in (document.copy_mark, document.printed) if part)
        page_of = document.page_of.replace("{page}", str(number)).replace("{pages}", str(pages))
        self._text(WIDTH - MARGIN, y, page_of, SMALL, GREY, right=True)
        self._text(MARGIN, y - 10, self._fitted(printed, SMALL), SMALL, GREY)
        first = f"{document.title} {document.subtitle} {document.programme}" if number == 1 else ""
        if self._page.kosovo or names_kosovo(f"{first} {document.office} {document.copy_mark}"):
            self._text(MARGIN, y - 20, document.kosovo_note, SMALL - 0.6, GREY)
        if self._lacking:
            named = ", ".join(sorted(self._lacking)[:12]) + (" …" if len(self._lacking) > 12 else "")
            note = document.lacking.replace("{letters}", named)
            self._text(MARGIN, y - 29, self._fitted(note, SMALL - 0.6), SMALL - 0.6, GREY)

    def _draw(self, mark: Mark) -> None:
        if mark.kind == "text":
            self._put(mark.x, mark.y, mark.text, mark.font, mark.size, mark.colour)
        elif mark.kind == "line":
            self._line(mark.x, mark.y, mark.to_x, mark.colour, 0.5)
        else:
            _icon(self._canvas, mark.text, mark.x, mark.y - mark.size, mark.size)


_COLOURS = {"done": "#2d6a3f", "waiting": "#8a5a00", "under_way": "#8a5a00", "blocked": "#a3341f", "refused": "#a3341f",
            "overdue": "#a3341f", "can_start": "#0F6E6E", "not_needed": "#5c6462"}  # fmt: skip


def _icon(canvas: Any, name: str, x: float, y: float, size: float) -> None:
    """Draw a state icon in a square: told apart by shape, also in black and white."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size / 10, size / 10)
    canvas.setStrokeColor(HexColor(_COLOURS.get(name, GREY)))
    canvas.setFillColor(HexColor(_COLOURS.get(name, GREY)))
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    if name == "done":
        path.moveTo(1, 5), path.lineTo(4, 2), path.lineTo(9, 8.5)
    elif name in ("waiting", "under_way"):
        path.circle(5, 5, 4), path.moveTo(5, 7.6), path.lineTo(5, 5), path.lineTo(7, 4)
    elif name in ("blocked", "refused"):
        path.circle(5, 5, 4), path.moveTo(2.6, 5), path.lineTo(7.4, 5)
    elif name == "overdue":
        path.moveTo(5, 9), path.lineTo(0.8, 1.4), path.lineTo(9.2, 1.4), path.close()
        path.moveTo(5, 6.4), path.lineTo(5, 4), path.moveTo(5, 2.7), path.lineTo(5, 2.6)
    elif name == "later":
        path.circle(5, 5, 1.5)
    elif name == "can_start":
        path.moveTo(3, 1.5), path.lineTo(7.5, 5), path.lineTo(3, 8.5)
    else:
        path.moveTo(2, 5), path.lineTo(8, 5)
    canvas.drawPath(path, stroke=1, fill=int(name == "later"))
    canvas.restoreState()
