"""Another program that has a store of several officers open, until it is ended."""

import sys
from pathlib import Path

from tests.support.office_with_keys import FOUNDER, People


def main(folder: Path) -> None:
    """Open the store and say ready."""
    workspace = People(folder, "").at_work(FOUNDER)
    print("ready", flush=True)
    sys.stdin.readline()
    workspace.lock()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
