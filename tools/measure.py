"""What a newcomer meets in this house, counted: ``python -m tools.measure [TREE]``, of this tree or of another one beside it.

Rooms and their modules, names that stand twice, lengths, literals that name fields, private reads in tests, and in how many files
a sample field, record type, document and language are named: each is a place that the next one may have to touch as well.
"""

import ast
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PRODUCT, ASIDE = "avrr_desktop", ("practice", "migrations")
READERS = {"text", "many", "whole", "flag"}
NOT_PRIVATE = {"_replace", "_asdict", "_fields", "_exit", "_MEIPASS"}
SAMPLES = {
    "a field (occupation)": "occupation",
    "a record type (follow_up)": "follow_up",
    "a document (path)": "path",
    "a language (mk)": "mk",
}


@dataclass(frozen=True)
class Source:
    """One Python file and its syntax."""

    path: Path
    tree: ast.Module


def sources(root: Path, *parts: str) -> list[Source]:
    """Return the Python files below some folders of a tree, stores aside."""
    found = (path for part in parts for path in sorted((root / part).rglob("*.py")) if "stores" not in path.parts)
    return [Source(path, ast.parse(path.read_text(encoding="utf-8"))) for path in found]


def rooms(root: Path) -> Counter[str]:
    """Return folder -> how many modules lie in it, packages' own files aside."""
    files = (path for path in (root / PRODUCT).rglob("*.py") if path.name != "__init__.py")
    return Counter(path.parent.relative_to(root).as_posix() for path in files)


def lengths(product: list[Source]) -> list[int]:
    """Return the lines of every function, shortest first."""
    nodes = (node for one in product for node in ast.walk(one.tree) if isinstance(node, ast.FunctionDef))
    return sorted((node.end_lineno or node.lineno) - node.lineno + 1 for node in nodes)


def literals(product: list[Source]) -> int:
    """Return how many fields are read by a literal: ``record.text("birth_date")``."""
    return sum(1 for one in product for node in ast.walk(one.tree) if isinstance(node, ast.Call) and _reads(node))


def _reads(call: ast.Call) -> bool:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in READERS and call.args):
        return False
    key = call.args[0]
    return (
        isinstance(key, ast.Constant)
        and isinstance(key.value, str)
        and key.value.isidentifier()
        and key.value.islower()
    )


def private_reads(tests: list[Source]) -> Iterator[tuple[Path, int, str]]:
    """Yield (file, line, name) for each private attribute of something else that a test or tool reads."""
    for one in tests:
        for node in ast.walk(one.tree):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
                if not own and node.attr not in NOT_PRIVATE:
                    yield one.path, node.lineno, node.attr


def twice(product: list[Source]) -> list[str]:
    """Return the public names that are defined in more than one module."""
    defined = Counter(
        node.name for one in product if "migrations" not in one.path.parts for node in one.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )  # fmt: skip
    return sorted(name for name, count in defined.items() if count > 1)


def places(product: list[Source], key: str) -> int:
    """Return in how many files of the product a key stands as a whole string."""
    there = (one for one in product if not any(word in one.path.as_posix() for word in ASIDE))
    return sum(
        any(isinstance(node, ast.Constant) and node.value == key for node in ast.walk(one.tree)) for one in there
    )


def measured(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (what, figure) for a tree."""
    product, tests = sources(root, PRODUCT), sources(root, "tests", "tools")
    counted, lines = rooms(root), lengths(product)
    yield "modules, rooms, most in one room", f"{sum(counted.values())}, {len(counted)}, {max(counted.values())}"
    yield "modules that end in -ing", str(sum(one.path.stem.endswith("ing") for one in product))
    yield "public names that stand twice", str(len(twice(product)))
    yield (
        "functions: median, 95th percentile, longest",
        f"{statistics.median(lines):.0f}, {lines[len(lines) * 95 // 100]}, {lines[-1]} lines",
    )
    yield "files: median, longest", _files(product)
    yield "fields read by a literal", str(literals(product))
    yield "private reads in tests and tools", str(sum(1 for _ in private_reads(tests)))
    for what, key in SAMPLES.items():
        yield f"files that name {what}", str(places(product, key))


def _files(product: list[Source]) -> str:
    counts = sorted(len(one.path.read_text(encoding="utf-8").splitlines()) for one in product if one.tree.body)
    return f"{statistics.median(counts):.0f}, {counts[-1]} lines"


def main() -> int:
    """Print the figures of a tree, and its rooms."""
    root = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).resolve().parents[1]
    for what, figure in measured(root):
        print(f"{what}: {figure}")
    print(*(f"  {room}: {count}" for room, count in sorted(rooms(root).items())), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
