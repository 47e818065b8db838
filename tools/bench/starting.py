"""How long until the window is seen, and what it holds then: in turns, over an empty window of the same Qt.

    python -m tools.bench.starting                                         # this source over an empty window
    python -m tools.bench.starting --program packed=FOLDER/avrr-desktop    # and a packed program
    python -m tools.bench.starting --source 0.2.0=PLACE --over 0.2.0       # and another source, all of it over that one

A screen that nobody sees (Xvfb) says when something is drawn on it. Processor time is that of the whole process until then: it
hardly knows how busy the computer is, so it is the figure that counts; the wall's clock stands beside it. A home with settings
and without a store, so the first thing seen is the start page.
"""

import argparse
import mmap
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tools.packing import ROOT
from tools.packing.screen import screen

EMPTY = "an empty window"
_EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
application, window = QApplication(["empty"]), QMainWindow()
window.setCentralWidget(QPushButton("empty"))
window.resize(1280, 800)
window.show()
application.exec()
"""
_STEP, _LIMIT = 0.002, 60.0  # seconds between two looks at the screen, and for a window to come
_LINES = range(20, 790, 7)  # of the screen, at which the look goes: some pixels in the middle of each
_WIDTH, _HEAD = 1280 * 4, 4096  # bytes of a line, and about those before the first


@dataclass(frozen=True, slots=True)
class Started:
    """What one start took until the window was seen: seconds of the processor, seconds of the wall, bytes held at the end."""

    processor: float
    wall: float
    memory: int

    def over(self, other: "Started") -> tuple[float, float, float]:
        """Return each over the same of another."""
        return self.processor / other.processor, self.wall / other.wall, self.memory / other.memory


@dataclass(frozen=True, slots=True)
class Startable:
    """A program that opens a window: its command, and where its source lies, if it is one."""

    name: str
    command: tuple[str, ...]
    source: Path | None = None

    def start(self, display: str, home: Path, drawn: Callable[[], bool]) -> Started:
        """Start it, and end it as soon as something is drawn. Raises TimeoutError."""
        env = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "DISPLAY": display}
        env |= {"PYTHONPATH": str(self.source)} if self.source else {}
        begun = time.monotonic()
        running = subprocess.Popen(
            self.command, env=env, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            while not drawn():
                if running.poll() is not None or time.monotonic() - begun > _LIMIT:
                    raise TimeoutError(f"No window came of {self.name}.")
                time.sleep(_STEP)
            wall, memory = (
                time.monotonic() - begun,
                int(Path(f"/proc/{running.pid}/statm").read_text("ascii").split()[1]),
            )
        finally:
            running.kill()
        _, _, used = os.wait4(running.pid, 0)
        running.returncode = 0  # it was waited for here
        return Started(used.ru_utime + used.ru_stime, wall, memory * mmap.PAGESIZE)


@contextmanager
def looked_at(place: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of a screen, and a function that returns what is on it, in part."""
    with (
        screen(place) as shown,
        shown.picture.open("rb") as file,
        mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as seen,
    ):
        begins = [_HEAD + line * _WIDTH + _WIDTH // 2 for line in _LINES]
        yield shown.name, lambda: b"".join(seen[begin : begin + 64] for begin in begins)


def measure(programs: Sequence[Startable], times: int) -> dict[str, list[Started]]:
    """Start each program in turns, the first round not counted: then all files lie in memory."""
    found: dict[str, list[Started]] = {one.name: [] for one in programs}
    with tempfile.TemporaryDirectory() as place, looked_at(Path(place)) as (display, look):
        blank = look()
        for turn in range(times + 1):
            for number, one in enumerate(programs):
                took = one.start(display, _home(Path(place) / f"home-{number}"), lambda: look() != blank)
                while look() != blank:
                    time.sleep(_STEP)
                found[one.name] += [took] if turn else []
    return found


def _home(home: Path) -> Path:
    settings = home / ".local" / "share" / "avrr-desktop" / "settings.json"
    settings.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.write_text('{"language": "en"}', "ascii")
    return home


def row(name: str, mine: Sequence[Started], theirs: Sequence[Started]) -> str:
    """Return a line of a table: the middle ratio of the turns, and the middle of its own figures."""
    ratios = [
        median(values)
        for values in zip(*(one.over(other) for one, other in zip(mine, theirs, strict=True)), strict=True)
    ]
    least = Started(min(one.processor for one in mine), min(one.wall for one in mine), 0)
    own = replace(least, memory=int(median(one.memory for one in mine)))
    shown = " | ".join(f"{ratio:.2f}" for ratio in ratios)
    return f"| {name} | {shown} | {own.processor:.2f} s, {own.wall:.2f} s, {own.memory / 1e6:.0f} MB |"


def named(text: str) -> tuple[str, str]:
    """Return name and place of NAME=PLACE."""
    name, _, place = text.partition("=")
    return name, place


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.starting", description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=8, help="turns (8)")
    parser.add_argument("--program", action="append", default=[], metavar="NAME=FILE", help="a packed program")
    parser.add_argument(
        "--source", action="append", default=[], metavar="NAME=FOLDER", help="another source of the program"
    )
    parser.add_argument("--over", default=EMPTY, metavar="NAME", help="what the ratios are over (an empty window)")
    return parser.parse_args()


def main() -> None:
    """Measure and print a table."""
    given = arguments()
    python = (sys.executable, "-P")
    programs = [
        Startable(EMPTY, (*python, "-c", _EMPTY)),
        Startable("this source", (*python, "-m", "avrr_desktop"), ROOT),
    ]
    programs += [Startable(name, (str(Path(place).absolute()),)) for name, place in map(named, given.program)]
    for name, place in map(named, given.source):
        programs.append(Startable(name, (*python, "-m", "avrr_desktop"), Path(place).absolute()))
    found = measure(programs, given.times)
    print(f"| over {given.over} | processor | wall | memory held | best, best, middle |\n|---|---|---|---|---|")
    for name, mine in found.items():
        print(row(name, mine, found[given.over]))


if __name__ == "__main__":
    main()
