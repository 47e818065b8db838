"""Store folders as tests handle them: open by raw key, copy, fingerprint, and a second program beside this one."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from avrr_desktop.clock import Clock, SteppingClock
from avrr_desktop.keys.slots import OFFICE
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.session.workspace import Workspace, make_ids
from avrr_desktop.operations.store.opening import BEFORE_LOCK
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.store import Store
from tests.support.stores import KEY, NOW

ROOT = Path(__file__).resolve().parents[2]


def opened(folder: Path, clock: Clock | None = None) -> Workspace:
    """Lock a folder and open its store by the tests' raw key, as the program does behind the passphrase."""
    clock = clock or SteppingClock(NOW)
    place = StoreFolder(folder)
    place.lock()
    try:
        store = Store.open(place.database, KEY)
    except BaseException:
        place.unlock()
        raise
    ids = make_ids(clock, os.urandom)
    return Workspace(
        folder=place,
        kind=OFFICE,
        words=Language(),
        pack=shipped_packs.shipped(),
        clock=clock,
        ids=ids,
        _store=store,
        _key=bytearray(KEY),
        before_lock=BEFORE_LOCK,
    )


def read_beforehand() -> None:
    """Read what a program reads once of its own files: those that are forked from this one need not, each again."""
    shipped_packs.shipped()
    shipped_packs.practice()
    Language()


def copy_of(folder: Path, name: str) -> Path:
    """Copy the folder of a closed store, as a person copies a folder."""
    return Path(shutil.copytree(folder, folder.with_name(name)))


def fingerprints(folder: Path) -> dict[str, str]:
    """Return file -> SHA-256 for everything in a folder but the lock."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def newer_store(workspace: Workspace, version: int = 99) -> Path:
    """Close a store and mark it as one that a newer program has migrated."""
    workspace.lock()
    connection = Connection(workspace.folder.database, KEY, exclusive=True)
    connection.execute(f"PRAGMA user_version={version}")
    connection.checkpoint()
    connection.close()
    return workspace.folder.path


class OtherProgram:
    """A real second process of this program, spoken to line by line."""

    def __init__(self, module: str, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def hear(self) -> str:
        """Return its next line; empty once it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def say(self, line: str) -> None:
        """Write one line to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def kill(self) -> list[str]:
        """End it without a warning, as a dying battery would, and return the lines that it had still said."""
        self.process.kill()
        rest, _ = self.process.communicate()
        return rest.splitlines()

    def __enter__(self) -> "OtherProgram":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
