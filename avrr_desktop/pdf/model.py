"""The document model between a case and the page: what is said, in which order, what stays together."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, a smaller grey line under it, a state icon before it."""

    text: str
    below: str = ""
    icon: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its share of the width."""

    title: str
    share: float


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; a row is never split, the headings are repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with their values, two pairs side by side where they fit."""

    pairs: tuple[tuple[str, str], ...]
    wide: bool = False  # one pair a line


@dataclass(frozen=True, slots=True)
class Text:
    """Running text as it was typed; line ends are kept."""

    text: str
    small: bool = False
    heads: bool = False  # stands over what follows: never last on a page


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, with what stands under them; kept with the section that they close."""

    labels: tuple[str, ...]


Block = Table | Rows | Text | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its blocks; the heading stays with what follows it."""

    title: str
    blocks: tuple[Block, ...]
    keep_together: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: everything that the page style needs, nothing that it must look up."""

    language: str
    kind: str  # "Case summary"
    title: str
    subtitle: str
    office: str
    programme: str
    number: str
    qr: str  # empty: none is printed
    mark: str  # confidentiality
    revision: str
    printed: str
    page_of: str  # with {page} and {pages}
    kosovo_note: str
    lacking: str  # with {letters}: what the foot says of letters that the font lacks
    practice: str = ""  # the mark of practice pages; empty for a real case
    copy_mark: str = ""  # level, recipient and serial number of this copy; empty for none
    sections: tuple[Section, ...] = field(default_factory=tuple)
