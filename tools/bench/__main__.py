"""Measures the program against floors that are measured in the same run, and says how far each goal is."""

import argparse
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench import checking, names, opening, printing, saving, searching
from tools.bench.figures import Figure, table, write
from tools.bench.practice_stores import BenchStore, practice_store
from tools.bench.starting import named

BUILD_LIMIT = 6.0  # milliseconds a case: 100,000 cases in ten minutes


@dataclass(frozen=True, slots=True)
class Measure:
    """One part of the bench: what is measured in a store, and what it says over all sizes."""

    name: str
    measure: Callable[[BenchStore], Any]
    figures: Callable[[Any], list[Figure]]


def measures(given: argparse.Namespace) -> list[Measure]:
    """Return the parts that were asked for."""
    parts = [
        Measure("build", lambda store: 1000 * store.made.build_seconds / store.cases, built),
        Measure("search", searching.measure, searching.figures),
        Measure("open", opening.measure, opening.figures),
        Measure("save", saving.measure, saving.figures),
        Measure("print", printing.measure, printing.figures),
        Measure("check", checking.measure, checking.figures),
    ]
    return [part for part in parts if not given.only or part.name in given.only]


def built(results: Mapping[int, float]) -> list[Figure]:
    """Return how long a practice case takes to be made."""
    return [
        Figure("", "practice data, processor time a case", cases, value, "ms", BUILD_LIMIT)
        for cases, value in results.items()
    ]  # fmt: skip


def numbers(text: str) -> list[int]:
    """Read numbers with commas between them."""
    return [int(part) for part in text.split(",") if part]


def shown(figures: list[Figure]) -> list[Figure]:
    """Print figures and return them."""
    for figure in figures:
        print(figure.row(), flush=True)
    return figures


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    cache = Path(tempfile.gettempdir()) / "avrr-bench"
    parser.add_argument("--cases", type=numbers, default=[1000, 10_000], metavar="N,N", help="sizes (1000,10000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dir", type=Path, default=cache, help="where stores are kept: on a real disk, not in memory")
    parser.add_argument(
        "--only", nargs="*", default=[], choices=["build", "search", "open", "save", "print", "check", "names"]
    )
    parser.add_argument(
        "--source", action="append", default=[], metavar="NAME=FOLDER", help="another source, for names"
    )
    parser.add_argument("--people", type=int, default=names.OTHERS, help="in the store in which names are tried (2000)")
    parser.add_argument("--fresh", action="store_true", help="make the stores anew")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    return parser.parse_args()


def main() -> None:
    """Run the parts one after the other, each at every size."""
    given = arguments()
    given.dir.mkdir(parents=True, exist_ok=True)
    sizes = () if given.only == ["names"] else sorted(given.cases)
    stores = [practice_store(given.dir, cases, given.seed, fresh=given.fresh) for cases in sizes]
    found: list[Figure] = []
    for part in measures(given) if stores else ():
        found += shown(part.figures({store.cases: part.measure(store) for store in stores}))
    if not given.only or "names" in given.only:
        sources = {name: Path(place).absolute() for name, place in map(named, given.source)}
        found += shown(names.figures(names.measured(given.seed, sources, given.people), given.people))
    if given.write:
        write(table(found, f"Practice data, seed {given.seed}."))


if __name__ == "__main__":
    main()
