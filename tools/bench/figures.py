"""One measured figure beside its goal, and the page on which all of them stand."""

import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from sqlcipher3 import dbapi2

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by python -m tools.bench --write -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio, a growth or a duration; ``limit`` is the goal, if there is one."""

    goal: str  # the goal's short name; empty for a figure that explains another
    what: str
    cases: int
    value: float
    unit: str  # "x" for a ratio, "ms", "exponent", "a second"
    limit: float | None = None
    at_least: bool = False  # the goal is a lower bound
    scale: float | None = None  # our milliseconds behind a ratio

    @property
    def reached(self) -> bool:
        """Return whether the goal holds; True where there is none."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def distance(self) -> str:
        """How far from the goal, as a factor, and on which side."""
        if self.limit is None:
            return ""
        if self.limit <= 0 or self.value <= 0:
            return "reached" if self.reached else "missed"
        factor = self.limit / self.value if self.at_least else self.value / self.limit
        return f"{factor:.2f} of the limit, {'reached' if self.reached else '**missed**'}"

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        goal = "" if self.limit is None else f"{'≥' if self.at_least else '≤'} {_number(self.limit)}"
        scale = "" if self.scale is None else f"{_number(self.scale)} ms"
        measured = f"{_number(self.value)} {self.unit}"
        return (
            f"| {self.goal} | {self.what.strip()} | {self.cases:,} | {measured} | {scale} | {goal} | {self.distance} |"
        )


def _number(value: float) -> str:
    if value == 0:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(figures: Iterable[Figure], note: str = "") -> str:
    """Return the table with where and when it was measured."""
    where = (
        f"{datetime.now(timezone.utc).date()}, Python {platform.python_version()}, SQLite {dbapi2.sqlite_version} (SQLCipher), "
        f"{sqlite3.sqlite_version} (plain), {platform.system()}. One shared machine: the ratios are the result, "
        "milliseconds only scale."
    )
    head = (
        "| goal | what | cases | measured | ours, for scale | goal's limit | distance |\n|---|---|---|---|---|---|---|"
    )
    rows = "\n".join(figure.row() for figure in figures)
    return f"{where}{' ' + note if note else ''}\n\n{head}\n{rows}"


def write(text: str) -> None:
    """Put the table between the two marks of the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
