"""A register as a text table: UTF-8 with its mark and lines ended as spreadsheets expect, every cell in quotes."""

import csv
import io
from collections.abc import Iterable, Sequence

from avrr_desktop.tables.cell import shown, typed

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a spreadsheet reads another alphabet


def write_csv(rows: Iterable[Sequence[str | int]], separator: str = ",") -> bytes:
    """Return rows as the bytes of a file. Texts are shown, numbers stay numbers.

    Everything is quoted: a program that takes another letter for the separator must not find a new cell in a text.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([shown(cell) if isinstance(cell, str) else str(cell) for cell in row] for row in rows)
    return (_MARK + text.getvalue()).encode()


def read_csv(content: bytes, separator: str = ",") -> list[list[str]]:
    """Return the cells of what ``write_csv`` made, as they went in; numbers as texts. Raises ValueError for what is no table."""
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    try:
        return [[typed(cell) for cell in row] for row in csv.reader(lines, delimiter=separator, strict=True)]
    except csv.Error as error:
        raise ValueError(str(error)) from None
