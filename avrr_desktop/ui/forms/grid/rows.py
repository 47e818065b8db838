"""The rows of a family that is being written down: what was typed, what a row takes over from the one above, what becomes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from avrr_desktop.domain.people.name_tables import folded
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.imports.intake import Arrival
from avrr_desktop.ui.forms.grid.cells import Cell
from avrr_desktop.ui.forms.grid.columns import COLUMNS, COUNTRY, PAPERS, PLACE, RELATIONSHIP, SEX, Typed


class Read(Protocol):
    """Says what stands in a field."""

    def __call__(self, key: str, typed: object, sex: str = "") -> Cell:
        """Return what a text of a field means beside a sex."""


@dataclass(slots=True)
class GridRow:
    """One person. ``typed``: by the name of the field; ``filled``: what the program filled in and nobody typed.

    ``known``: somebody of the store who was taken for this row; then names and birth are theirs and are not typed.
    """

    typed: dict[str, Typed] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    known: str = ""

    @property
    def empty(self) -> bool:
        """Whether nobody typed anything in it."""
        return not self.known and not any(value for key, value in self.typed.items() if key not in self.filled)

    def text(self, key: str) -> str:
        """Return what stands in a field as one text."""
        value = self.typed.get(key, "")
        return value if isinstance(value, str) else "; ".join(value)


class FamilyRows:
    """All rows, and how they are changed. ``begin``: what the very first row begins with."""

    def __init__(self, read: Read, begin: Mapping[str, Typed]) -> None:
        self.read, self._begin = read, dict(begin)
        self.rows: list[GridRow] = []
        self.add()

    def add(self) -> int:
        """Put an empty row below all; return its number."""
        row = GridRow()
        if self.rows:
            above = self.rows[-1]
            values = {one.key: above.typed[one.key] for one in COLUMNS if one.carried and above.typed.get(one.key)}
        else:
            values = self._begin
        row.typed.update(values)
        row.filled.update(values)
        self.rows.append(row)
        return len(self.rows) - 1

    def remove(self, number: int) -> GridRow:
        """Take a row out; return it, so that it can be put back. There is always one row."""
        gone = self.rows.pop(number)
        if not self.rows:
            self.add()
        return gone

    def put_back(self, number: int, row: GridRow) -> None:
        """Put a row back where it was."""
        self.rows.insert(min(number, len(self.rows)), row)

    def cell(self, number: int, key: str) -> Cell:
        """Return what stands in a cell."""
        row = self.rows[number]
        sex = row.text(SEX) if key == RELATIONSHIP else ""
        return self.read(key, row.typed.get(key, ""), sex)

    def type(self, number: int, key: str, typed: Typed) -> None:
        """Take what is typed, letter by letter."""
        row = self.rows[number]
        row.filled.discard(key)
        if typed:
            row.typed[key] = typed
        else:
            row.typed.pop(key, None)

    def settle(self, number: int, key: str) -> None:
        """A cell is left: let it read as what it was understood to be, and let others follow from it."""
        row, cell = self.rows[number], self.cell(number, key)
        if cell.typed:
            row.typed[key] = cell.typed
        if key == PLACE:
            self._follow_place(number)
        elif key == SEX and row.typed.get(RELATIONSHIP):
            self.settle(number, RELATIONSHIP)  # “child” was waiting for it

    def _follow_place(self, number: int) -> None:
        """The country of a place is that of the same place in another row; one that was filled in for another place goes."""
        row, place = self.rows[number], folded(self.rows[number].text(PLACE))
        if row.typed.get(COUNTRY) and COUNTRY not in row.filled:
            return
        others = (one for at, one in enumerate(self.rows) if at != number and one.typed.get(COUNTRY))
        same = next((one for one in others if place and folded(one.text(PLACE)) == place), None)
        row.typed.pop(COUNTRY, None)
        if same is not None:
            row.typed[COUNTRY] = same.typed[COUNTRY]
            row.filled.add(COUNTRY)

    def same_as_above(self, number: int, key: str) -> bool:
        """Let a cell say what the one above it says; return whether there is one."""
        if not number:
            return False
        self.type(number, key, self.rows[number - 1].typed.get(key, ""))
        self.settle(number, key)
        return True

    def put(self, number: int, given: Sequence[Mapping[str, str]]) -> int:
        """Put what was copied elsewhere into the rows from one on; return how many rows it filled."""
        for offset, texts in enumerate(given):
            while number + offset >= len(self.rows):
                self.add()
            for column in COLUMNS:
                if column.key in texts:
                    self.type(number + offset, column.key, texts[column.key])
            for column in COLUMNS:
                if column.key in texts:
                    self.settle(number + offset, column.key)
        return len(given)

    def filled_rows(self) -> list[int]:
        """Return the numbers of the rows in which somebody typed."""
        return [number for number, row in enumerate(self.rows) if not row.empty]

    def values(self, number: int) -> dict[str, dict[str, Value]]:
        """Return what a row says by type of record; what cannot be read is not among it."""
        said: dict[str, dict[str, Value]] = {"person": {}, "membership": {}, "schooling": {}}
        for key in self.rows[number].typed:
            record, _, name = key.partition(".")
            value = self.cell(number, key).value
            if value is not None and record in said:
                said[record][name] = value
        return said

    def unreadable(self, number: int) -> dict[str, str]:
        """Return the fields of a row that cannot be read, each with what its cell says about it, if anything."""
        found = ((key, self.cell(number, key)) for key in self.rows[number].typed)
        return {key: cell.problem for key, cell in found if cell.unreadable}

    def arrival(self, number: int) -> Arrival:
        """Return a row as what a verb takes."""
        row, said = self.rows[number], self.values(number)
        missing = self.cell(number, PAPERS).value
        return Arrival(
            person={} if row.known else said["person"], membership=said["membership"], schooling=said["schooling"],
            missing=missing if isinstance(missing, tuple) else (), known=row.known,
        )  # fmt: skip

    def draft(self) -> list[dict[str, object]]:
        """Return the rows as a draft keeps them: as typed, readable or not."""
        rows = [row for row in self.rows if not row.empty]
        return [{"typed": dict(row.typed), "filled": sorted(row.filled), "known": row.known} for row in rows]

    def show_draft(self, rows: object) -> None:
        """Put the rows of a draft back; what is no row of one is left out."""
        self.rows = list(_rows_of(rows))
        if not self.rows:
            self.add()


def _rows_of(rows: object) -> Iterator[GridRow]:
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("typed"), dict):
            typed = {str(key): value if isinstance(value, list) else str(value) for key, value in row["typed"].items()}
            filled = row.get("filled")
            yield GridRow(typed, {*filled} if isinstance(filled, list) else set(), str(row.get("known") or ""))
