"""The stores that are measured: practice data of N cases, and the traces that months of work leave in them."""

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timezone
from pathlib import Path
from time import process_time

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people import name_keys, near_names
from avrr_desktop.domain.records import search_words
from avrr_desktop.domain.records.types import case_records
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import subkey
from avrr_desktop.locations import resources
from avrr_desktop.operations.cases.services import add_step
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.practice import practice, practice_people
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.engine import migrations
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.reading import search
from avrr_desktop.store.reading.cases import CaseFilter

TODAY = date(2026, 11, 21)
WORKED_ON, ADDITIONS = 2000, 5  # so many cases get so many further records each, in random order
SENTENCES = (
    "Called the office about the missing extract; the answer is promised for Thursday.",
    "Porodica je dobila uverenje, ostaje još prijava prebivališta.",
    "Мајка моли да се рок за жалбу још једном објасни.",
    "Nëna solli certifikatën e lindjes dhe dy fotografi.",
    "Училиштето бара превод на сведителството.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What a store in the cache was made from, and how long the processor worked on it."""

    cases: int
    seed: int
    made_by: str  # what decides the file: tables and practice data
    build_seconds: float
    worked_on: tuple[str, ...]  # the cases to which records were added later, by identifier


@dataclass(frozen=True, slots=True)
class BenchStore:
    """One store in the cache."""

    folder: Path
    made: Made

    @property
    def cases(self) -> int:
        """The number of cases that was asked for."""
        return self.made.cases

    @property
    def database(self) -> Path:
        """The encrypted file."""
        return StoreFolder(self.folder).database

    def beside(self, name: str) -> Path:
        """Return the place of a file that is compared with this store."""
        return self.folder.with_name(f"{self.folder.stem}-{name}.db")

    def key(self) -> bytes:
        """The raw key of the encrypted file."""
        master = slots.unlock(StoreFolder(self.folder).read_keys(), PRACTICE_PASSPHRASE)
        return subkey(master, "db/1")

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """Open the store as an officer of it."""
        clock = SteppingClock(datetime.combine(TODAY, time(8), timezone.utc))
        workspace = open_store(self.folder, PRACTICE_PASSPHRASE, clock=clock)
        workspace.officer = workspace.store.reader.everything("officer")[0]
        try:
            yield workspace
        finally:
            workspace.lock()

    @contextmanager
    def copy(self) -> Iterator["BenchStore"]:
        """A copy that may be written into; removed again."""
        folder = self.folder.with_name(f"{self.folder.stem}-copy.avrr")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        try:
            yield BenchStore(folder, self.made)
        finally:
            shutil.rmtree(folder)


def practice_store(cache: Path, cases: int, seed: int, *, fresh: bool = False, ended: float = 0.8) -> BenchStore:
    """Return the store of these options from the cache; made first where it is missing or made by other code.

    ``ended``: how many of the older cases are closed.
    """
    name = f"{cases}-{seed}" if ended == PracticeOptions(TODAY).ended else f"{cases}-{seed}-{ended}"
    folder = cache / f"{name}.avrr"
    note = folder.with_suffix(".json")
    if note.exists() and not fresh:
        kept = json.loads(note.read_text(encoding="utf-8"))
        if kept.get("made_by") == maker():
            return BenchStore(folder, Made(**{**kept, "worked_on": tuple(kept["worked_on"])}))
    for left in cache.glob(f"{name}.*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    start = process_time()
    workspace = create_practice(folder, PracticeOptions(TODAY, seed, cases, ended))
    seconds = process_time() - start
    try:
        worked_on = _work(workspace, random.Random(seed))
    finally:
        workspace.lock()
    made = Made(cases, seed, maker(), seconds, worked_on)
    note.write_text(json.dumps(asdict(made)), encoding="utf-8")
    return BenchStore(folder, made)


def maker() -> str:
    """Return the name of the code that decides what lies in a store: stores of another name are made anew."""
    steps = Path(migrations.__file__).parent.glob("m*.py")
    files = [
        *sorted(steps),
        *(
            Path(module.__file__ or "")
            for module in (practice, practice_people, name_keys, near_names, case_records, search_words, search)
        ),
    ]
    content = b"".join(path.read_bytes() for path in [*files, resources() / "packs" / "practice.toml"])
    return hashlib.sha256(content).hexdigest()[:16]


def _work(workspace: Workspace, chance: random.Random) -> tuple[str, ...]:
    """Add notes, steps and papers to running cases in random order: rows of one case no longer lie in one go."""
    reader, store = workspace.store.reader, workspace.store
    keys = reader.line_keys(CaseFilter(status="running"), "number")
    chosen = [line.uid for line in reader.lines(chance.sample(keys, min(WORKED_ON, len(keys))))]
    entries = chosen * ADDITIONS
    chance.shuffle(entries)
    for start in range(0, len(entries), 100):
        with store.transaction():
            for case in entries[start : start + 100]:
                _add(workspace, reader.case_file(case), chance)
        store.tidy()
    return tuple(chosen)


def _add(workspace: Workspace, case_file: CaseFile, chance: random.Random) -> None:
    case, kind = case_file.case.uid, chance.choice(("note", "step", "paper"))
    if kind == "step" and case_file.services:
        service = chance.choice(case_file.services).uid
        add_step(workspace, case_file, service, {"title": "Ask again at the counter", "planned_on": TODAY.isoformat()})
    elif kind == "paper" and case_file.members:
        holder = chance.choice(case_file.members).person.uid
        values = {"holder": holder, "doc_type": "id_card", "state": "held", "number": f"X{chance.randrange(10**7):07d}"}
        new_record(workspace, "paper", values, case)
    else:
        new_record(workspace, "note", note(chance), case)


def note(chance: random.Random) -> dict[str, object]:
    """Return the values of a further note."""
    return {"on": TODAY.isoformat(), "kind": "general", "text": " ".join(chance.sample(SENTENCES, 2))}
