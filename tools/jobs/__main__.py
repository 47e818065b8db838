"""Does the jobs of a day in the real window, in an office's own store, and prints what each takes beside what it took before.

`python -m tools.jobs` prints a table; `--json` a list of objects with `job`, `keys`, `clicks`, `wheel`, `seconds` and more.
Without a screen it runs offscreen. What 0.2.0 took stands under `before`. `keys` are those beside the letters and figures of names, days, places and sentences, which stand in
`letters`; `seconds` is what the machine took, with no pause between keys; `at_desk` adds a quarter of a second a key.
"""

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools.jobs.hand import Hand

HERE = Path(__file__).parent
A_KEY, A_CLICK, A_NOTCH = 0.25, 1.5, 0.25  # seconds of a person who knows the window

_COUNTED, _WIDE = ("keys", "clicks", "wheel", "letters"), (5, 7, 6, 8)
_SAID = (
    "Letters: of names, days, places and sentences; keys are all others. How 0.2.0 was counted stands in before.toml."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one job took."""

    job: str
    keys: int
    letters: int
    clicks: int
    wheel: int
    seconds: float
    at_desk: float
    before: Mapping[str, Any]

    @property
    def beside(self) -> int:
        """What a hand did beside the letters of what is recorded."""
        return self.keys + self.clicks + self.wheel

    @property
    def beside_before(self) -> int:
        """The same at the version before; 0 where nobody counted."""
        return sum(int(self.before.get(name, 0)) for name in ("keys", "clicks", "wheel"))

    @property
    def acts(self) -> int:
        """Everything that a hand did."""
        return self.beside + self.letters

    @property
    def acts_before(self) -> int:
        """The same at the version before; 0 where nobody counted."""
        return self.beside_before + int(self.before.get("letters", 0))


def before() -> dict[str, dict[str, Any]]:
    """Return what the jobs took before, by their names, each with its source."""
    told = tomllib.loads((HERE / "before.toml").read_text(encoding="utf-8"))
    source = told.pop("source")
    return {name: {"source": source, **table} for name, table in told.items()}


def run(only: Iterable[str] = ()) -> list[Counted]:
    """Do the jobs, or those of the places where a name holds one of these words; return what each took."""
    from PySide6.QtWidgets import QApplication

    from avrr_desktop.elapsed import Elapsed
    from tools.jobs.hand import Hand
    from tools.jobs.places import PLACES

    words, told, counted = list(only), before(), list[Counted]()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    for place in PLACES:
        if words and not any(word in job.name for word in words for job in place.jobs):
            continue
        with tempfile.TemporaryDirectory() as folder, place.opened(Path(folder)) as (shell, at):
            for job in place.jobs:
                job.prepare(at)
                hand, took = Hand(shell.windowHandle()), Elapsed()
                job.do(hand, at)
                counted.append(_counted(job.name, hand, took.seconds(), told.get(job.name, {})))
    return counted


def _counted(job: str, hand: "Hand", seconds: float, was: Mapping[str, Any]) -> Counted:
    acts = A_KEY * (hand.keys + hand.letters) + A_CLICK * hand.clicks + A_NOTCH * hand.wheel
    return Counted(
        job=job, keys=hand.keys, letters=hand.letters, clicks=hand.clicks, wheel=hand.wheel,
        seconds=round(seconds, 2), at_desk=round(seconds + acts, 1), before=was,
    )  # fmt: skip


def table(counted: Iterable[Counted]) -> str:
    """Return the figures as lines of text, each job beside what it took before."""
    lines = [f"{'':<55}{'now':^41}  {'at 0.2.0':^27}"]
    lines.append(
        f"{'job':<55}{'keys':>5}{'clicks':>7}{'wheel':>6}{'letters':>8}{'seconds':>8}{'at desk':>8} {'keys':>5}{'clicks':>7}{'wheel':>6}{'letters':>8}"
    )
    for one in counted:
        was = "".join(f"{one.before.get(name, '–'):>{width}}" for name, width in zip(_COUNTED, _WIDE, strict=True))
        now = "".join(f"{getattr(one, name):>{width}}" for name, width in zip(_COUNTED, _WIDE, strict=True))
        lines.append(f"{one.job:<55}{now}{one.seconds:>8.2f}{one.at_desk:>8.1f} {was}")
    return "\n".join([*lines, "", _SAID])


def main() -> int:
    """Do the jobs and print what they took."""
    parser = argparse.ArgumentParser(prog="python -m tools.jobs", description=__doc__)
    parser.add_argument("words", nargs="*", help="only jobs with one of these words in their names")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of a table")
    given = parser.parse_args()
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as profile:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):  # this user's own stores and settings are left alone
            os.environ[name] = profile
        counted = run(given.words)
    print(json.dumps([asdict(one) for one in counted], indent=2) if given.json else table(counted))
    return 0


if __name__ == "__main__":
    sys.exit(main())
