"""Branches of the store and the keys that tests take: ``python -m tools.coverage``; fails below 95 percent of a package."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from coverage import Coverage

from tests.support.folders import ROOT

PACKAGES, LEAST = ("store", "keys"), 95.0
# What reaches store and keys and is quick; processes that a test starts are not followed.
TESTS = ("tests/store", "tests/keys", "tests/operations")


def measured(data: Path, tests: Sequence[str] = TESTS) -> int:
    """Run tests under coverage into a data file and return how they ended."""
    sources = ",".join(f"avrr_desktop/{package}" for package in PACKAGES)
    command = [
        "-m",
        "coverage",
        "run",
        "--branch",
        f"--data-file={data}",
        f"--source={sources}",
        "-m",
        "pytest",
        *tests,
    ]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    options = ["-q", "-p", "no:cacheprovider"]
    return subprocess.run([sys.executable, *command, *options], cwd=ROOT, env=environment, check=False).returncode


def figure(data: Path, package: str) -> float:
    """Print what is not reached of a package, file by file, and return its percentage of lines and branches."""
    found = Coverage(data_file=str(data))
    found.load()
    return found.report(include=[f"*/avrr_desktop/{package}/*"], show_missing=True, skip_covered=True, precision=1)


def main() -> int:
    """Measure, print a figure for each package, and say with the exit code whether each is high enough."""
    with tempfile.TemporaryDirectory(prefix="avrr-coverage-") as folder:
        data = Path(folder) / "data"
        ended = measured(data)
        figures = {package: figure(data, package) for package in PACKAGES}
    for package, percent in figures.items():
        print(f"avrr_desktop/{package}: {percent:.1f} percent, at least {LEAST:.0f}")
    if ended:
        print("Tests failed: the figures say nothing.")
    return 1 if ended or min(figures.values()) < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
