"""What the tests of programs that end at any call share: a store to begin with, and the folders that ended programs leave."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from avrr_desktop.keys import slots
from avrr_desktop.operations.workspace import Workspace
from tests import stores
from tests.faults.failpoint_child import STORE
from tests.folders import OtherProgram

CHILD = "tests.faults.failpoint_child"
MOST = 400  # calls of any deed; more would mean that the victims die of something else


def begun(folder: Path) -> Workspace:
    """Return a new open store in a folder, where the victims look for it."""
    workspace = stores.office_workspace(folder / STORE)
    workspace.folder.write_keys(slots.KeyFile("STORE", slots.OFFICE, 1, ()))
    return workspace


def ended(victims: OtherProgram, base: Path, place: Path, deed: str) -> Iterator[Path]:
    """Yield a folder for every call of a deed, left behind by a program that ended there; the last one ended well."""
    for number in range(1, MOST):
        folder = Path(shutil.copytree(base, place / str(number)))
        victims.say(f"{folder} {deed} {number}")
        heard = [victims.hear()]
        while heard[-1] != "gone":
            assert heard[-1], "the victims' program has ended"
            heard.append(victims.hear())
        yield folder
        shutil.rmtree(folder)
        if len(heard) > 1:
            assert heard == [f"whole {number - 1}", "gone"]
            return
    raise AssertionError(f"{deed} never came to its end")
