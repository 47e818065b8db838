"""Try the program at random for a long time: ``python -m tools.soak --minutes 480``, each night.

Each round takes new seeds and prints, before it begins, the command that repeats it. The first problem ends the run
with exit code 1, after the other trials of its round.
"""

import argparse
import os
import random
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from avrr_desktop.clock import ticks

ROOT = Path(__file__).resolve().parents[2]


def round_of(chance: random.Random, *, suite: bool) -> Iterator[list[str]]:
    """Return the commands of one round: arguments of Python, as somebody types them."""

    def seed() -> str:
        return str(chance.randrange(10**6))

    for pause in ("0", str(chance.choice((1, 3, 10, 30)))):
        yield ["-m", "tools.rigs.monkey", "--events", "4000", "--pause", pause, "--seed", seed()]
    yield ["-m", "tools.rigs.fuzz", "--inputs", "20000", "--seed", seed()]
    yield ["-m", "tools.rigs.kill", "--kills", "100", "--seed", seed()]
    yield ["-m", "tools.rigs.power", "--images", "500", "--seed", seed()]
    if suite:
        yield ["-m", "pytest", "tests", "-q", "-x", "--randomly-seed", seed()]


def main() -> int:
    """Go on until the time is over or something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=480)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--suite", action="store_true", help="all tests too, in another order each round")
    given = parser.parse_args()
    print(f"python -m tools.soak --seed {given.seed}", flush=True)
    chance, end, rounds = random.Random(given.seed), ticks() + given.minutes * 60, 0
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    while ticks() < end:
        wrong = []
        for words in round_of(chance, suite=given.suite):
            print(f"{os.path.relpath(sys.executable)} {shlex.join(words)}", flush=True)
            done = subprocess.run([sys.executable, *words], cwd=ROOT, env=surroundings, text=True, capture_output=True)
            said = done.stdout.strip().splitlines()
            odd = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]
            print("\n".join(said + odd if done.returncode else said[-1:]), flush=True)
            if done.returncode:
                wrong.append(shlex.join(words))
        rounds += 1
        if wrong:
            print("Wrong:\n" + "\n".join(wrong))
            return 1
    print(f"{rounds} rounds, nothing wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
