"""The victims: programs that open a store by the tests' raw key and save notes until they are killed.

For every line ``CASE NAME`` on standard input one victim is born. It says ``pid N`` and ``opening``, opens the store, says
``ready``, and from then on the text of every note once its save has returned. Where processes can fork, this module
loads the program once, bears every victim from that, and says ``dead`` when one has ended; elsewhere it is the
victim itself.
"""

import os
import sys
from itertools import count
from pathlib import Path

from avrr_desktop.operations.session.records import new_record
from tests.support.folders import opened, read_beforehand


def say(line: str) -> None:
    """Write one line at once: what stands in it has happened."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def live(folder: Path, case: str, name: str) -> None:
    """Open the store and save notes for ever."""
    say(f"pid {os.getpid()}")
    say("opening")
    workspace = opened(folder)
    say("ready")
    for number in count(1):
        text = f"{name} {number}"
        new_record(workspace, "note", {"on": "2026-06-15", "kind": "general", "text": text}, case)
        say(text)


def main(folder: Path) -> None:
    """Bear one victim after another; nothing of a store is open before a victim is born."""
    read_beforehand()
    for line in sys.stdin:
        case, _, name = line.strip().partition(" ")
        if sys.platform == "win32":
            live(folder, case, name)
        else:
            victim = os.fork()
            if not victim:
                try:
                    live(folder, case, name)
                finally:
                    os._exit(1)
            os.waitpid(victim, 0)
            say("dead")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
