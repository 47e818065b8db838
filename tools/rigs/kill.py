"""The kill rig: a program that saves is killed at random moments; whatever it had acknowledged must be there.

``python -m tools.rigs.kill --kills 10000 --seed 7`` is the long run. A kill leaves what the operating system had
taken over from the program, so it shows nothing about power cuts.
"""

import argparse
import os
import queue
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.clock import ticks
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.folders import OtherProgram, opened
from tests.support.stores import office_workspace

CHILD = "tools.rigs.kill_child"
MOST_SEEN = 6  # acknowledgements before a kill
PATIENCE = 60.0  # seconds after which a victim that says nothing counts as hanging
STORE_LASTS = 100  # kills before a new store begins: each look at one takes longer as it grows


@dataclass
class Outcome:
    """What a run showed."""

    kills: int = 0
    acknowledged: int = 0
    opening: int = 0  # kills before the store was open
    unsaid: int = 0  # saves that were on the disk though nobody had heard of them
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        return (
            f"{self.kills} kills ({self.opening} while opening), {self.acknowledged} acknowledged saves, "
            f"{self.unsaid} saved but not yet said, {len(self.problems)} problems"
        )


class Nursery:
    """Bears victims, one at a time; a thread of ours listens to them, so that hearing can have a limit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: queue.Queue[str] = queue.Queue()
        self._start()

    def _start(self) -> None:
        self._program = OtherProgram(CHILD, str(self._folder))
        self._ear = threading.Thread(target=self._listen, args=(self._program,), daemon=True)
        self._ear.start()

    def _listen(self, program: OtherProgram) -> None:
        while line := program.hear():
            self._lines.put(line)
        self._lines.put("dead")

    def bear(self, case: str, name: str) -> int:
        """Let a victim open the store and save notes with this name into a case; return its process number."""
        self._program.say(f"{case} {name}")
        return int(self.hear().removeprefix("pid "))

    def hear(self, limit: float = PATIENCE) -> str:
        """Return the victim's next line; empty when the limit is over first."""
        try:
            return self._lines.get(timeout=limit)
        except queue.Empty:
            return ""

    def kill(self, victim: int) -> list[str]:
        """Kill the victim, wait until it is gone, and return the lines that were not heard yet."""
        if sys.platform == "win32":  # it is the nursery itself
            self.close()
        else:
            os.kill(victim, signal.SIGKILL)
        rest = list(iter(self.hear, "dead"))
        if sys.platform == "win32":
            self._start()
        return rest

    def close(self) -> None:
        """End the nursery."""
        self._program.process.kill()
        self._ear.join()
        self._program.kill()


class Rig:
    """Kills victims over one store and looks at it after each."""

    def __init__(self, folder: Path, chance: random.Random, whole_check_every: int) -> None:
        self._folder = folder
        self._chance = chance
        self._every = whole_check_every
        self._expected: dict[str, set[str]] = {}  # case -> texts that must be in it
        self._case = ""
        self._nursery = Nursery(folder)

    def close(self) -> None:
        """End what still runs."""
        self._nursery.close()

    def round(self, number: int, outcome: Outcome) -> None:
        """Let one victim work, kill it, and look."""
        if (number - 1) % self._every == 0:
            self._new_case()
        said = self._work_and_die(f"round {number}")
        if "dead" in said or "" in said:
            outcome.problems.append(f"kill {number}: the program ended or hung by itself after {said}")
            return
        outcome.kills += 1
        outcome.opening += "ready" not in said
        texts = {line for line in said if line.startswith("round ")}
        outcome.acknowledged += len(texts)
        self._expected[self._case] |= texts
        try:
            workspace = opened(self._folder)
        except ExpectedError as error:
            outcome.problems.append(f"kill {number}: not opened: {error.title}")
            return
        try:
            outcome.problems += [f"kill {number}: {problem}" for problem in self._look(workspace, number, outcome)]
        finally:
            workspace.lock()

    def _new_case(self) -> None:
        workspace = opened(self._folder)
        self._case = open_case(workspace, {"called": "Krasniqi"}).case
        self._expected[self._case] = set()
        workspace.lock()

    def _work_and_die(self, name: str) -> list[str]:
        victim = self._nursery.bear(self._case, name)
        said: list[str] = []
        if self._chance.random() < 0.15:  # in the middle of the opening, recovery after the last kill included
            lines, limit = 1, self._chance.uniform(0, 0.012)
        else:
            lines, limit = 2 + self._chance.randrange(MOST_SEEN), self._chance.uniform(0, 0.004)
        while len(said) < lines and said[-1:] != ["dead"]:
            said.append(self._nursery.hear())
        end = ticks() + limit
        while (left := end - ticks()) > 0 and (line := self._nursery.hear(left)):
            said.append(line)
        return said if "dead" in said else said + self._nursery.kill(victim)

    def _look(self, workspace: Workspace, number: int, outcome: Outcome) -> Iterator[str]:
        store = workspace.store
        there = {note.text("text") for note in store.reader.case_file(self._case).notes}
        if lost := self._expected[self._case] - there:
            yield f"acknowledged and lost: {sorted(lost)}"
        fresh = there - self._expected[self._case]
        if not all(text.startswith(f"round {number} ") for text in fresh) or len(fresh) > 1:
            yield f"there, but never written so: {sorted(fresh)}"
        outcome.unsaid += len(fresh)
        self._expected[self._case] |= there
        if fault := chain_fault(store.connection):
            yield f"the chain breaks at {fault.change_id}: {fault.reason}"
        if number % self._every == 0:
            for case, texts in self._expected.items():
                if texts != {note.text("text") for note in store.reader.case_file(case).notes}:
                    yield f"case {case} does not hold what was saved"
            report = check_store(workspace)
            if not report.sound:
                yield " ".join(report.lines(workspace.words))


def run(folder: Path, kills: int, seed: int, whole_check_every: int = 20, *, loud: bool = False) -> Outcome:
    """Kill as often as asked, over a new store every few hundred times."""
    chance, outcome, rig = random.Random(seed), Outcome(), None
    try:
        for number in range(1, kills + 1):
            if rig is None or (number - 1) % STORE_LASTS == 0:
                if rig:
                    rig.close()
                place = folder / f"store {number}.avrr"
                office_workspace(place).lock()
                rig = Rig(place, chance, whole_check_every)
            rig.round(number, outcome)
            if loud and (number % 100 == 0 or outcome.problems):
                print(outcome.line(), flush=True)
            if outcome.problems:
                break
    finally:
        if rig:
            rig.close()
    return outcome


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    began = ticks()
    with tempfile.TemporaryDirectory(prefix="avrr-kill-") as folder:
        outcome = run(Path(folder), given.kills, given.seed, loud=True)
    for problem in outcome.problems:
        print(problem)
    print(f"{outcome.line()}, {ticks() - began:.0f} s, seed {given.seed}")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
