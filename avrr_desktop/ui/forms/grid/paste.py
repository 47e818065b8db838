"""What somebody copied from a spreadsheet: rows of cells, and which column each cell is of."""

import re
from collections.abc import Mapping, Sequence

from avrr_desktop.domain.people.name_tables import folded

# A cell in quotes, in which two stand for one; or anything up to the next tab or line end.
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*))(\t|\n|\Z)')
MOST_ROWS, MOST_LETTERS = 60, 60_000  # of a family; a whole register is not pasted into one case


def cells_of(text: str) -> list[list[str]]:
    """Return the rows of what a spreadsheet copies: cells between tabs, one with tabs or line ends of its own in quotes.

    Rows without anything in them are left out. At most ``MOST_LETTERS`` are looked at by whoever calls this.
    """
    whole, rows = text.replace("\r\n", "\n").replace("\r", "\n"), [list[str]()]
    for quoted, plain, end in (cell.groups() for cell in _CELL.finditer(whole)):
        rows[-1].append(" ".join((plain if quoted is None else quoted.replace('""', '"')).split()))
        if end == "\n":
            rows.append([])
    return [row for row in rows if any(row)]


def placed(
    rows: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]], order: Sequence[str], first: int
) -> tuple[list[dict[str, str]], list[str]]:
    """Return each row as texts by the key of their column, and the headings that no column has, so that they can be told.

    ``names``: what each column may be called; ``order``: the columns from left to right; ``first``: where the cells go that
    have no heading. Where the first row names at least two columns, it is one of headings.
    """
    if not rows:
        return [], []
    known = {folded(name): key for key, said in names.items() for name in said}
    headed = [known.get(folded(cell), "") for cell in rows[0]]
    if sum(1 for key in headed if key) >= 2:
        lost = [cell for cell, key in zip(rows[0], headed, strict=True) if cell and not key]
        lost += [cell for row in rows[1:] for cell in row[len(headed) :] if cell]
        return [_by_key(headed, row) for row in rows[1:]], lost
    columns = [*order[first:]]
    more = max(map(len, rows)) - len(columns)
    lost = [cell for row in rows for cell in row[len(columns) :] if cell] if more > 0 else []
    return [_by_key(columns, row) for row in rows], lost


def _by_key(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {key: cell for key, cell in zip(columns, row, strict=False) if key and cell}
