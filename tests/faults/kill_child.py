"""The victim: opens a store by the tests' raw key and saves notes, saying each one once its save has returned.

It says ``waiting`` when it is loaded, waits for ``CASE NAME`` on standard input, then says ``opening``, ``ready``,
and from then on the text of every note that is saved, until it is killed.
"""

import sys
from itertools import count
from pathlib import Path

from avrr_desktop.operations.records import new_record
from tests.folders import opened


def say(line: str) -> None:
    """Write one line at once: what stands in it has happened."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    """Save notes for ever."""
    say("waiting")
    case, _, name = sys.stdin.readline().strip().partition(" ")
    say("opening")
    workspace = opened(folder)
    say("ready")
    for number in count(1):
        text = f"{name} {number}"
        new_record(workspace, "note", {"on": "2026-06-15", "kind": "general", "text": text}, case)
        say(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
