"""What the tests of programs that end at any call share: a store to begin with, and the folders that ended programs leave."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from avrr_desktop.keys import slots
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import stores
from tests.support.folders import OtherProgram
from tools.rigs.failpoint_child import STORE

CHILD = "tools.rigs.failpoint_child"
MOST = 800  # calls of any deed; more would mean that the victims die of something else


def begun(folder: Path) -> Workspace:
    """Return a new open store in a folder, where the victims look for it."""
    workspace = stores.office_workspace(folder / STORE)
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=()))
    return workspace


def calls(step: int) -> Iterator[int]:
    """Yield the numbers of calls at which a deed is ended: every one by command (AVRR_EVERY_CALL=1), else every so many."""
    yield from range(1, MOST, 1 if os.environ.get("AVRR_EVERY_CALL") else step)


def ended(victims: OtherProgram, base: Path, place: Path, deed: str, step: int = 1) -> Iterator[Path]:
    """Yield a folder for the calls of a deed, left behind by a program that ended there; the last one ended well.

    ``step``: in the ordinary run only every so many calls, where looking at what is left is slow.
    """
    for number in calls(step):
        folder = Path(shutil.copytree(base, place / str(number)))
        victims.say(f"{folder} {deed} {number}")
        heard = [victims.hear()]
        while heard[-1] != "gone":
            assert heard[-1], "the victims' program has ended"
            heard.append(victims.hear())
        yield folder
        shutil.rmtree(folder)
        if len(heard) > 1:
            whole = int(heard[0].removeprefix("whole "))
            assert heard[1:] == ["gone"] and number - step <= whole < number
            return
    raise AssertionError(f"{deed} never came to its end")
