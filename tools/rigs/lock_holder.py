"""A second program: opens a store by the tests' raw key, says ready, and does what its standard input asks for."""

import sys
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.operations.session.records import new_record
from tests.support.folders import opened


def main(folder: Path, case: str) -> None:
    """Open the store, then save every line of standard input as a note of the case."""
    try:
        workspace = opened(folder)
    except ExpectedError as error:
        print(type(error).__name__, flush=True)
        return
    print("ready", flush=True)
    for line in sys.stdin:
        new_record(workspace, "note", {"text": line.strip()}, case)
        print("saved", flush=True)
    workspace.lock()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
