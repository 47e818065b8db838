"""Starters that all open one store at the same instant: for every line ``COUNT FOLDER`` says what each of them got.

``o``: it has the store open; ``u``: it was told that the store is in use; ``x``: anything else. All of them wait at one
gate, and whoever has the store keeps it until every one has answered.
"""

import os
import sys
from pathlib import Path

from avrr_desktop.domain.errors import InUseError
from tests.support.folders import opened, read_beforehand


def start(folder: Path, gate: int, answers: int, end: int) -> None:
    """Wait at the gate, open, answer, and hold what was opened until the end."""
    os.read(gate, 1)
    answer = b"x"
    try:
        workspace = opened(folder)
        answer = b"o"
    except InUseError:
        answer = b"u"
    finally:
        os.write(answers, answer)
        os.read(end, 1)
        if answer == b"o":
            workspace.lock()


def race(count: int, folder: Path) -> str:
    """Let so many processes start at once and return their answers."""
    (gate, open_gate), (hear, answers), (end, all_heard) = os.pipe(), os.pipe(), os.pipe()
    started = []
    for _ in range(count):
        if child := os.fork():
            started.append(child)
            continue
        os.close(open_gate)
        os.close(all_heard)
        try:
            start(folder, gate, answers, end)
        finally:
            os._exit(0)
    os.close(answers)
    os.close(open_gate)
    heard = b""
    while len(heard) < count and (more := os.read(hear, count)):
        heard += more
    os.close(all_heard)
    for child in started:
        os.waitpid(child, 0)
    for pipe in (gate, hear, end):
        os.close(pipe)
    return "".join(sorted(heard.decode("ascii")))


if __name__ == "__main__":
    read_beforehand()
    for line in sys.stdin:
        number, _, place = line.strip().partition(" ")
        print(race(int(number), Path(place)), flush=True)
