"""The power-cut rig: what a disk may hold when the power goes is put together byte by byte and opened.

What was synced is there for certain. Of what was written after that, any part may be there in any order: cut at any byte,
sectors that never came, sectors that came half. ``python -m tools.rigs.power --images 100000 --seed 7`` is the long run.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.clock import ticks
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.folders import opened
from tests.support.stores import family, office_workspace

SECTOR = 512
SAVES = 8
STORE_LASTS = 1000  # images before the long run records a new store
WHOLE_CHECK_EVERY = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """What lies on the disk for certain, and which saves were acknowledged by then."""

    database: bytes
    log: bytes
    saved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """One disk after a power cut: what must be in it, and what may be."""

    name: str
    database: bytes
    log: bytes
    certain: frozenset[str]
    possible: frozenset[str]


@dataclass(slots=True)
class Outcome:
    """What a run showed."""

    images: int = 0
    unsaid: int = 0  # saves that were there though nobody had heard of them
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        return f"{self.images} images, {self.unsaid} saved but not yet said, {len(self.problems)} problems"


def record(folder: Path, chance: random.Random) -> list[Moment]:
    """Work in a new store and return its files after every save; somewhere inside, the log is emptied."""
    workspace = office_workspace(folder)
    case = family(workspace).case.uid
    workspace.store.tidy()
    moments = [_moment(workspace, ())]
    tidied = chance.randrange(2, SAVES - 1)
    for number in range(SAVES):
        if number == tidied:
            workspace.store.tidy()
            moments.append(_moment(workspace, moments[-1].saved))
        text = f"save {number} " + "dogovoreno. " * chance.randrange(400)
        new_record(workspace, "note", {"text": text.strip()}, case)
        moments.append(_moment(workspace, (*moments[-1].saved, text.strip())))
    workspace.lock()
    return moments


def _moment(workspace: Workspace, saved: tuple[str, ...]) -> Moment:
    database = workspace.store.path
    log = database.with_name(database.name + "-wal")
    return Moment(database.read_bytes(), log.read_bytes() if log.exists() else b"", saved)


def images(moments: list[Moment], chance: random.Random) -> Iterator[Image]:
    """Yield disks for ever, each from a power cut between two of the moments."""
    while True:
        at = chance.randrange(1, len(moments))
        before, after = moments[at - 1], moments[at]
        certain, possible = frozenset(before.saved), frozenset(after.saved)
        emptied = len(after.log) < len(before.log)
        name = f"between {at - 1} and {at}"
        if emptied:
            kind, database, log = _while_emptying(before, after, chance)
        else:
            kind, log = _while_saving(before.log, after.log, chance)
            database = before.database
            old = moments[at - 2] if at > 1 else before
            if not before.log and old.log and chance.random() < 0.5:  # that the log was emptied never came to the disk
                kind, log = f"{kind} over the old log", log + old.log[len(log) :]
        yield Image(f"{name}, {kind}", database, log, certain, possible)


def _while_saving(before: bytes, after: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Return a log of which all but the last save was synced."""
    new = after[len(before) :]
    kinds: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (_whole, _cut, _lost, _torn, _noise)
    kind = chance.choice(kinds)
    return kind.__name__.strip("_"), before + kind(bytes(len(new)), new, chance)


def _while_emptying(before: Moment, after: Moment, chance: random.Random) -> tuple[str, bytes, bytes]:
    """Return file and log while the log is written back: the file first, and only then is the log emptied."""
    if chance.random() < 0.2:
        return "written back", after.database, before.log
    old = before.database.ljust(len(after.database), b"\0")
    kinds: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (_lost, _torn)
    kind = chance.choice(kinds)
    content = kind(old, after.database, chance)
    if chance.random() < 0.5:  # the file had not grown yet
        content = content[: chance.randrange(len(before.database), len(after.database) + 1)]
    return f"written back, {kind.__name__.strip('_')}", content, before.log


def _whole(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """Everything came, and nobody heard of it any more."""
    return new


def _cut(old: bytes, new: bytes, chance: random.Random) -> bytes:
    return new[: chance.randrange(len(new) + 1)]


def _lost(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """Any sector may have stayed as it was."""
    share = chance.choice((0.02, 0.5, 0.98))
    return b"".join(
        (old if chance.random() < share else new)[at : at + SECTOR] for at in range(0, len(new), SECTOR)
    )  # fmt: skip


def _torn(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """One sector came in half, and any of those behind it may be missing."""
    at = chance.randrange(len(new))
    return new[:at] + old[at : at + SECTOR] + _lost(old, new, chance)[at + SECTOR :]


def _noise(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """Behind what came stands what lay on the disk before."""
    kept = _cut(old, new, chance)
    return kept + chance.randbytes(chance.randrange(len(new) - len(kept) + 1))


def cuts(moments: list[Moment], borders: int, inside: int, chance: random.Random) -> Iterator[Image]:
    """Yield disks whose log is cut: around borders of its frames, and at any byte inside."""
    frame = 24 + 4096
    run = moments[: next(at for at in range(1, len(moments)) if len(moments[at].log) < len(moments[at - 1].log))]
    log = run[-1].log
    edges = [32 + frame * number for number in range((len(log) - 32) // frame + 1)]
    ends = [len(moment.log) for moment in run]
    places = [edge + off for edge in {*chance.sample(edges, borders), *ends[1:]} for off in (-1, 0, 1)]
    places += [0, 1, 31, 32, 33, *(chance.randrange(len(log)) for _ in range(inside))]
    for place in places:
        saved = frozenset(
            max((moment for moment in run if len(moment.log) <= place), key=lambda one: len(one.log)).saved
        )
        yield Image(f"cut at {place} of {len(log)}", run[-1].database, log[:place], saved, saved)


def look(folder: Path, image: Image, outcome: Outcome, *, wholly: bool) -> None:
    """Open a disk as the program does after a power cut and note what does not hold."""
    folder.mkdir()
    (folder / "store.db").write_bytes(image.database)
    (folder / "store.db-wal").write_bytes(image.log)
    outcome.images += 1
    try:
        workspace = opened(folder)
    except ExpectedError as error:
        outcome.problems.append(f"{image.name}: not opened: {error.title}")
        return
    try:
        store = workspace.store
        [line] = store.reader.lines([1])
        there = {note.text("text") for note in store.reader.case_file(line.uid).notes}
        there = {text for text in there if text.startswith("save ")}
        if lost := image.certain - there:
            outcome.problems.append(f"{image.name}: {len(lost)} acknowledged saves are lost")
        if not there <= image.possible:
            outcome.problems.append(f"{image.name}: something is there that was never written so")
        outcome.unsaid += len(there - image.certain)
        if fault := chain_fault(store.connection):
            outcome.problems.append(f"{image.name}: the chain breaks at {fault.change_id}: {fault.reason}")
        if not tables_match(store):
            outcome.problems.append(f"{image.name}: the tables are not those of the journal")
        if wholly and not (report := check_store(workspace)).sound:
            outcome.problems.append(f"{image.name}: " + " ".join(report.lines(workspace.words)))
    finally:
        workspace.lock()


def run(folder: Path, number: int, seed: int, *, loud: bool = False) -> Outcome:
    """Cut the power as often as asked, over a new recording every thousand times."""
    outcome, chance = Outcome(), random.Random(seed)
    disks: Iterator[Image] = iter(())
    for one in range(number):
        if one % STORE_LASTS == 0:
            disks = images(record(folder / f"recorded {one}.avrr", chance), chance)
        _once(folder, next(disks), outcome, one)
        if loud and (one + 1) % 1000 == 0:
            print(outcome.line(), flush=True)
        if outcome.problems:
            break
    return outcome


def run_cuts(folder: Path, borders: int, inside: int, seed: int) -> Outcome:
    """Cut one recorded log at many places."""
    outcome, chance = Outcome(), random.Random(seed)
    for one, image in enumerate(cuts(record(folder / "recorded.avrr", chance), borders, inside, chance)):
        _once(folder, image, outcome, one)
    return outcome


def _once(folder: Path, image: Image, outcome: Outcome, number: int) -> None:
    with tempfile.TemporaryDirectory(prefix="disk-", dir=folder) as place:
        look(Path(place) / "office.avrr", image, outcome, wholly=number % WHOLE_CHECK_EVERY == 0)


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.power", description=__doc__)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    began = ticks()
    with tempfile.TemporaryDirectory(prefix="avrr-power-") as folder:
        outcome = run(Path(folder), given.images, given.seed, loud=True)
    for problem in outcome.problems:
        print(problem)
    print(f"{outcome.line()}, {ticks() - began:.0f} s, seed {given.seed}")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
