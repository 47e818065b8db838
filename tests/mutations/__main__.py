"""Faults planted on purpose, each of which a test must notice: ``python -m tests.mutations [WORDS OF A NAME ...]``.

Works on a copy of the tree. A test that fails before anything is planted proves nothing and counts as a failure here.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.mutations import ALL
from tests.mutations.mutation import Fault
from tests.support.folders import ROOT

_PATTERNS = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.avrr", "*.egg-info")


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied: what is made, and stores, but for the golden ones."""
    if Path(folder).name == "stores":
        return set()
    return set(_PATTERNS(folder, names)) | ({"practice"} if Path(folder) == ROOT else set())


@dataclass(frozen=True)
class Tree:
    """A copy of the project in which one fault at a time is planted."""

    root: Path

    def plant(self, fault: Fault) -> dict[Path, str]:
        """Put the fault in and return the files as they were; ValueError when it no longer fits the code."""
        before: dict[Path, str] = {}
        after: dict[Path, str] = {}
        for mutation in fault.mutations:
            path = self.root / "avrr_desktop" / mutation.module
            text = before.setdefault(path, path.read_text(encoding="utf-8"))
            after[path] = mutation.planted(after.get(path, text))
        for path, text in after.items():
            path.write_text(text, encoding="utf-8")
        return before

    def failing(self, tests: list[str]) -> set[str]:
        """Run tests and return those that fail."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *tests, "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider"],
            cwd=self.root, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stdout + done.stderr)
        lines = [line.split(" ", 1)[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return {test for test in tests if any(line.startswith(test) for line in lines)}


def noticed(tree: Tree, fault: Fault) -> str:
    """Plant a fault, run its tests, take it out again; return what is wrong, empty when every test noticed it."""
    try:
        before = tree.plant(fault)
    except ValueError as error:
        return str(error)
    try:
        unmoved = set(fault.tests) - tree.failing(list(fault.tests))
    finally:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
    return "not noticed by " + ", ".join(sorted(unmoved)) if unmoved else ""


def main() -> int:
    """Plant every fault, or those named on the command line."""
    chosen = [fault for fault in ALL if not sys.argv[1:] or any(word in fault.name for word in sys.argv[1:])]
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="avrr-planted-") as folder:
        tree = Tree(Path(folder) / "tree")
        shutil.copytree(ROOT, tree.root, ignore=_left_out)
        tests = sorted({test for fault in chosen for test in fault.tests})
        for test in sorted(tree.failing(tests)):
            wrong += 1
            print(f"fails without any fault: {test}", flush=True)
        for fault in chosen:
            problem = noticed(tree, fault)
            wrong += bool(problem)
            print(f"{fault.name}: {problem or 'noticed'}", flush=True)
    print(f"{len(chosen)} faults planted, {wrong} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
