"""A whole check of a store, in a process of its own: its time over reading every page of the file once, and its memory."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_store
from tools.bench.figures import Figure
from tools.bench.practice_stores import BenchStore

MEMORY = 200  # megabytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What was measured in one store."""

    seconds: float
    reading: float
    megabytes: float


def measure(store: BenchStore) -> Checked:
    """Check a store in a process that does nothing else: its memory is that of the check."""
    command = [sys.executable, "-m", "tools.bench.checking", str(store.folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return Checked(**json.loads(said.stdout))


def figures(results: Mapping[int, Checked]) -> list[Figure]:
    """Return the figures of all sizes."""
    made: list[Figure] = []
    for cases, one in results.items():
        made += [
            Figure("", "a whole check, over reading every page of the file", cases, one.seconds / one.reading, "x",
                   scale=1000 * one.seconds),
            Figure("", "  its memory at most", cases, one.megabytes, "MB", MEMORY),
        ]  # fmt: skip
    return made


def main(folder: Path) -> None:
    """Check one store and say what it took."""
    import resource

    workspace = open_store(folder, PRACTICE_PASSPHRASE)
    try:
        start = process_time()
        assert workspace.store.connection.rows("PRAGMA cipher_integrity_check") == []
        reading = process_time() - start
        start = process_time()
        assert check_store(workspace).sound
        seconds = process_time() - start
    finally:
        workspace.lock()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    print(json.dumps({"seconds": seconds, "reading": reading, "megabytes": most}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
