"""Arranges a document on pages: arithmetic over measured lines. What comes out are drawing marks, not a PDF."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from avrr_desktop.domain.people.country import names_kosovo
from avrr_desktop.pdf.font import BOLD, REGULAR, codes_in, printable, wrapped
from avrr_desktop.pdf.model import Block, Cell, Document, Rows, Section, Signatures, Table, Text

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
MARGIN = 18 * MM
INNER = WIDTH - 2 * MARGIN
TOP_FIRST, TOP_LATER = HEIGHT - 50.5 * MM, HEIGHT - 25 * MM
BOTTOM = 27 * MM
BODY, SMALL, HEADING = 9.5, 7.8, 8.6
LEADING, SMALL_LEADING = 12.4, 10.2
INK, GREY, ACCENT, HAIR = "#1f2423", "#5c6462", "#0F6E6E", "#c9cfcd"
GAP = 4 * MM
ICON = 8.0
SIGNING = 40 * MM  # what the signature section takes: the strip before it must fit on the same page


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to draw, relative to the top left of its strip: text, line or icon. Points, downwards."""

    kind: str
    x: float
    y: float
    text: str = ""
    font: str = REGULAR
    size: float = BODY
    colour: str = INK
    to_x: float = 0.0


@dataclass(slots=True)
class Strip:
    """What is never split: its height and its marks."""

    height: float
    marks: list[Mark] = field(default_factory=list)
    keep_with_next: bool = False
    gap: bool = False  # only air: dropped at the top of a page
    repeat: "Strip | None" = None  # the headings that a new page repeats
    signature: bool = False  # lines to sign on
    lacking: set[str] = field(default_factory=set)  # code points that stand here in place of letters
    kosovo: bool = False  # it names Kosovo: its page carries the note


@dataclass(slots=True)
class Page:
    """The marks of one page, in points from its lower left corner, and what its foot must say."""

    marks: list[Mark] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)
    kosovo: bool = False


class Layout:
    """One document, laid out once."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def pages(self) -> list[Page]:
        """Return all pages; their marks are absolute."""
        pages = [Page()]
        y = TOP_FIRST
        strips = list(self._strips())
        _tie_signatures(strips)
        at = 0
        while at < len(strips):
            group = self._group(strips, at)
            height = sum(strip.height for strip in group)
            at_top = y in (TOP_FIRST, TOP_LATER)
            if y - height < BOTTOM and not at_top:
                pages.append(Page())
                y = TOP_LATER
                if group[0].repeat is not None:
                    y = self._place(pages[-1], group[0].repeat, y)
            for strip in group:
                if strip.gap and y in (TOP_FIRST, TOP_LATER):
                    continue
                if y - strip.height < BOTTOM and y not in (TOP_FIRST, TOP_LATER):
                    pages.append(Page())
                    y = TOP_LATER
                y = self._place(pages[-1], strip, y)
            at += len(group)
        return pages

    def _group(self, strips: list[Strip], at: int) -> list[Strip]:
        group = [strips[at]]
        room = TOP_LATER - BOTTOM
        while group[-1].keep_with_next and at + len(group) < len(strips):
            following = strips[at + len(group)]
            if sum(strip.height for strip in group) + following.height > room:
                break
            group.append(following)
        return group

    def _place(self, page: Page, strip: Strip, y: float) -> float:
        page.kosovo = page.kosovo or strip.kosovo
        for mark in strip.marks:
            text = mark.text
            page.lacking.update(strip.lacking.intersection(codes_in(text)) if strip.lacking else ())
            page.marks.append(
                Mark(
                    mark.kind, MARGIN + mark.x, y - mark.y, text, mark.font, mark.size, mark.colour, MARGIN + mark.to_x
                )
            )
        return y - strip.height

    def _strips(self) -> Iterator[Strip]:
        for section in self._document.sections:
            yield Strip(GAP, gap=True, keep_with_next=True)
            yield self._heading(section)
            body = [strip for block in section.blocks for strip in self._block(block)]
            for number, strip in enumerate(body):
                if section.keep_together and number < len(body) - 1:
                    strip.keep_with_next = True
                yield strip

    def _heading(self, section: Section) -> Strip:
        lacking: set[str] = set()
        title = printable(section.title, lacking)
        return Strip(
            HEADING + 9,
            [
                Mark("text", 0, HEADING + 1, title, BOLD, HEADING, ACCENT),
                Mark("line", 0, HEADING + 5, colour=ACCENT, to_x=INNER),
            ],
            keep_with_next=True,
            lacking=lacking,
            kosovo=names_kosovo(title),
        )

    def _block(self, block: Block) -> Iterator[Strip]:
        if isinstance(block, Rows):
            yield from self._rows(block)
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Text):
            yield from self._text(block)
        else:
            yield self._signatures(block)

    def _rows(self, block: Rows) -> Iterator[Strip]:
        columns = 1 if block.wide else 2
        width = (INNER - (columns - 1) * 6 * MM) / columns
        label_width = 34 * MM
        pairs = list(block.pairs)
        for start in range(0, len(pairs), columns):
            strip = Strip(0)
            for column, (label, value) in enumerate(pairs[start : start + columns]):
                x = column * (width + 6 * MM)
                _write(strip, label, x, BODY, label_width - 3 * MM, size=SMALL, colour=GREY)
                _write(strip, value, x + label_width, BODY, width - label_width)
            strip.height += 2.2
            yield from _pieces(strip)

    def _table(self, table: Table) -> Iterator[Strip]:
        total = sum(column.share for column in table.columns)
        widths = [INNER * column.share / total for column in table.columns]
        starts = [sum(widths[:number]) for number in range(len(widths))]
        head = Strip(0, keep_with_next=True)
        for column, x, width in zip(table.columns, starts, widths, strict=True):
            _write(head, column.title, x, SMALL, width - 6, size=SMALL, colour=GREY)
        head.height += 4
        head.marks.append(Mark("line", 0, head.height - 1.5, colour=HAIR, to_x=INNER))
        yield head
        for row in table.rows:
            for piece in _pieces(self._row(row, starts, widths)):
                piece.repeat = head
                yield piece

    def _row(self, row: tuple[Cell, ...], starts: list[float], widths: list[float]) -> Strip:
        strip = Strip(0)
        for cell, x, width in zip(row, starts, widths, strict=True):
            indent = ICON + 4 if cell.icon else 0
            if cell.icon:
                strip.marks.append(Mark("icon", x, 3.4, cell.icon, size=ICON))
            font = BOLD if cell.bold else REGULAR
            y = _write(strip, cell.text, x + indent, BODY + 1.5, width - 6 - indent, font=font)
            if cell.below:
                _write(strip, cell.below, x + indent, y - 1.4, width - 6 - indent, size=SMALL, colour=GREY)
        strip.height += 3.5
        strip.marks.append(Mark("line", 0, strip.height - 0.6, colour=HAIR, to_x=INNER))
        return strip

    def _text(self, block: Text) -> Iterator[Strip]:
        size, leading = (SMALL, SMALL_LEADING) if block.small else (BODY, LEADING)
        colour = GREY if block.small else INK
        lacking: set[str] = set()
        lines = wrapped(printable(block.text, lacking), REGULAR, size, INNER)
        for number, line in enumerate(lines):
            mark = Mark("text", 0, size, line, REGULAR, size, colour)
            named = (
                names_kosovo(line) or _cut_name(lines[number - 1 : number + 1]) or _cut_name(lines[number : number + 2])
            )
            yield Strip(leading, [mark], lacking=lacking, kosovo=named, keep_with_next=block.heads)
        if not block.heads:
            yield Strip(3, gap=True)

    def _signatures(self, block: Signatures) -> Strip:
        strip = Strip(22 * MM, signature=True)
        width = (INNER - 10 * MM * (len(block.labels) - 1)) / len(block.labels)
        for number, label in enumerate(block.labels):
            x = number * (width + 10 * MM)
            strip.marks.append(Mark("line", x, 15 * MM, colour=GREY, to_x=x + width))
            _write(strip, label, x, 15 * MM + 10, width, size=SMALL, colour=GREY)
        return strip


def _cut_name(pair: list[str]) -> bool:
    """Return whether the name of Kosovo is cut where one line ends and the next begins."""
    return names_kosovo("".join(pair)) and not any(names_kosovo(line) for line in pair)


def _write(
    strip: Strip, text: str, x: float, y: float, width: float, *, font: str = REGULAR, size: float = BODY,
    colour: str = INK,
) -> float:  # fmt: skip
    """Add the wrapped lines of a text to a strip, from a baseline on; grow it; return the next baseline."""
    leading = LEADING if size == BODY else SMALL_LEADING
    strip.kosovo = strip.kosovo or names_kosovo(text)
    for line in wrapped(printable(text, strip.lacking), font, size, width):
        strip.marks.append(Mark("text", x, y, line, font, size, colour))
        y += leading
    strip.height = max(strip.height, y - size)
    return y


def _pieces(strip: Strip) -> Iterator[Strip]:
    """Yield a strip, or, where it is taller than a page, the pieces that fit: no line of it is ever lost."""
    room = TOP_LATER - BOTTOM - 60 - SIGNING
    if strip.height <= room:
        yield strip
        return
    start = 0.0
    while start < strip.height:
        end = start + room - LEADING
        marks = [mark for mark in strip.marks if start < mark.y <= end]
        moved = [replace(mark, y=mark.y - start + (LEADING if start else 0)) for mark in marks]
        yield Strip(
            min(end, strip.height) - start + (LEADING if start else 0),
            moved,
            lacking=strip.lacking,
            kosovo=strip.kosovo,
        )
        start = end


def _tie_signatures(strips: list[Strip]) -> None:
    """Keep signature lines with what is signed: no page holds nothing else."""
    for at, strip in enumerate(strips):
        if strip.signature:
            for back in range(at - 1, max(-1, at - 6), -1):
                if sum(part.height for part in strips[back : at + 1]) > TOP_LATER - BOTTOM:
                    break
                strips[back].keep_with_next = True
