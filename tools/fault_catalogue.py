"""The catalogue of faults and the tests that show them: ``python -m tools.fault_catalogue`` writes their names into it.

A fault with tests loses its line in the list of what is not shown yet.
"""

import ast
import re
import sys
from pathlib import Path

from tests.support.folders import ROOT

PAGE = ROOT / "docs" / "faults.md"
FOLDER = Path(__file__).resolve().parents[1] / "tests" / "faults"
ELSEWHERE = frozenset(
    [
        "C7",
        "C8",
        "U6",
        "T6",
        "B3",
        "B9",
        "B10",
        "H1",
        "H2",
        "H3",
        "H4",
        "Y1",
        "Y2",
        "Y3",
        "Y4",
        "Y5",
        "Y6",
        "Y7",
        "Y8",
        "Y9",
        "Y10",
        "Y14",
        "Y16",
        "Y19",
    ]
)
_ROW = re.compile(r"\| (\*\*)?([A-Z]\d+)(\*\*)? \| (.+) \| (.+) \| (.+) \|")
_UNSHOWN = re.compile(r"\| ([A-Z]\d+) \| ([^|]+) \|")
_TEST = re.compile(r"test_([A-Z]\d+)_\w+")


def tests() -> dict[str, list[str]]:
    """Return the names of the tests of each id, each with its file."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (match := _TEST.fullmatch(node.name)):
                found.setdefault(match[1], []).append(f"{path.name}: `{node.name}`")
    return found


def rows(page: str) -> dict[str, tuple[bool, str]]:
    """Return id -> (whether it is one of the pilot's, what stands in its last column)."""
    return {match[2]: (match[1] is not None, match[6]) for match in map(_ROW.fullmatch, page.splitlines()) if match}


def unshown(page: str) -> dict[str, str]:
    """Return id -> reason of what is not shown yet."""
    part = page.partition("## Not shown yet")[2].partition("\n## ")[0]
    return {match[1]: match[2] for match in map(_UNSHOWN.fullmatch, part.splitlines()) if match}


def named(page: str) -> set[str]:
    """Return every test that the page names."""
    return {match[0] for match in _TEST.finditer(page)}


def written(page: str) -> str:
    """Return the page with the names of the tests as they are now."""
    there, lines = tests(), []
    for line in page.splitlines():
        if (match := _ROW.fullmatch(line)) and match[2] in there:
            line = f"{line[: match.start(6)]}{'; '.join(there[match[2]])} |"
        if not ((gone := _UNSHOWN.fullmatch(line)) and gone[1] in there):
            lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
