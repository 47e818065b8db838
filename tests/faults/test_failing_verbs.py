"""A call into the system that fails during a journey, its coming back, a restore or a change of role: before or after, and told."""

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.keys import slots
from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.store import Store
from tests.support import office_with_keys, stores
from tests.support.folders import opened
from tests.support.office_with_keys import FOUNDER, People
from tools.rigs.failpoint_child import STICK, STORE
from tools.rigs.failpoints import failing
from tools.rigs.victims import begun, calls

JOURNEY = "office-journey.avrr"
ERRORS = pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=["failing", "full"])
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the calls of other systems differ")


class Trial:
    """One deed with one call that fails."""

    told = False
    seen = 0

    @contextmanager
    def at(self, number: int, error: int) -> Iterator[None]:
        """Let a call fail; note whether the program said so in its own words. Any other error is a failure of the test."""
        with failing(number, error) as count:
            try:
                yield
            except ExpectedError:
                self.told = True
        self.seen = count.seen


def trials(base: Path, place: Path, step: int) -> Iterator[tuple[int, Path, Trial]]:
    """Yield a copy of a folder for every so manyeth call, until a deed makes fewer; some must have been told, the last not."""
    told = []
    for number in calls(step):
        folder, trial = Path(shutil.copytree(base, place / str(number))), Trial()
        yield number, folder, trial
        told.append(trial.told)
        shutil.rmtree(folder)
        if trial.seen < number:
            break
    assert any(told) and not told[-1]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a closed store of one case, and an empty stick."""
    folder = Path(tmp_path_factory.mktemp("failing"))
    workspace = begun(folder)
    stores.family(workspace)
    workspace.lock()
    (folder / STICK).mkdir()
    return folder


@pytest.fixture(scope="module")
def out(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with a journey that is out and in which a note was written."""
    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("out") / "of"))
    workspace = opened(folder / STORE)
    journey = take_along(workspace, [the_case(workspace)], folder / STICK)
    workspace.lock()
    away = opened(journey)
    new_record(away, "note", {"text": "on the way"}, the_case(away))
    away.lock()
    return folder


def the_case(workspace: Workspace) -> str:
    return workspace.store.reader.lines([1])[0].uid


def notes(workspace: Workspace) -> list[str]:
    return [note.text("text") for note in workspace.store.reader.case_file(the_case(workspace)).notes]


@ERRORS
def test_a_journey_that_could_not_be_made_is_told_and_can_be_made_again(base: Path, tmp_path: Path, error: int) -> None:
    for number, folder, trial in trials(base, tmp_path, 15):
        workspace = opened(folder / STORE)
        with trial.at(number, error):
            take_along(workspace, [the_case(workspace)], folder / STICK)
        journey = folder / STICK / JOURNEY
        if not journey.exists():
            assert trial.told, f"{number}: nothing was said, and there is no journey"
            take_along(workspace, [the_case(workspace)], folder / STICK)
        assert [path.name for path in (folder / STICK).iterdir()] == [JOURNEY]
        assert any(line.text("what") == "travelled" for line in accesses(workspace))
        assert check_store(workspace).sound
        workspace.lock()
        away = Store.open(journey / "store.db", stores.KEY)
        assert away.reader.count("case") == 1 and chain_fault(away.connection) is None
        away.close()


@ERRORS
def test_a_journey_that_could_not_be_brought_back_whole_is_never_lost(out: Path, tmp_path: Path, error: int) -> None:
    for number, folder, trial in trials(out, tmp_path, 15):
        workspace, journey = opened(folder / STORE), folder / STICK / JOURNEY
        with trial.at(number, error):
            merge_journey(workspace, journey)
        if "on the way" not in notes(workspace):
            assert trial.told, f"{number}: nothing was said, and the note did not come"
            merge_journey(workspace, journey)
        assert notes(workspace).count("on the way") == 1
        assert check_store(workspace).sound
        workspace.lock()


@ERRORS
def test_a_restore_that_failed_leaves_the_store_of_before_or_the_backup(base: Path, tmp_path: Path, error: int) -> None:
    start = Path(shutil.copytree(base, tmp_path / "start"))
    workspace = opened(start / STORE)
    workspace.folder.write_keys(slots.KeyFile("STORE", slots.OFFICE, 1, ()))
    backup = make_backup(workspace, start / "backups").path.relative_to(start)
    new_record(workspace, "note", {"text": "after the backup"}, the_case(workspace))
    workspace.lock()
    for number, folder, trial in trials(start, tmp_path, 9):
        with trial.at(number, error):
            restore_backup(folder / backup, folder / STORE)
        workspace = opened(folder / STORE)
        before = "after the backup" in notes(workspace)
        assert trial.told or not before, f"{number}: nothing was said, and the store is the one of before"
        assert check_store(workspace).sound
        workspace.lock()


@ERRORS
def test_a_role_that_could_not_be_given_is_the_one_of_before_or_the_new_one(tmp_path: Path, error: int) -> None:
    start = tmp_path / "start"
    start.mkdir()
    office = office_with_keys.office(start / STORE)
    refused = []
    for number in calls(8):
        folder, trial = Path(shutil.copytree(start, tmp_path / str(number))), Trial()
        there = People(folder / STORE, *office.everybody)
        workspace = there.at_work(FOUNDER)
        record = workspace.store.reader.record("officer", there.worker)
        assert record is not None
        with trial.at(number, error):
            edit_record(workspace, record, {"role": "read_only"})
        workspace.lock()
        workspace = there.at_work(FOUNDER)
        assert workspace.grants is not None
        role = workspace.grants.role(there.worker)
        assert role in ("case_worker", "read_only")
        assert trial.told or role == "read_only", f"{number}: nothing was said, and the role is the one of before"
        assert check_store(workspace).sound
        workspace.lock()
        refused.append(trial.told)
        shutil.rmtree(folder)
        if trial.seen < number:
            break
    assert not refused[-1]
