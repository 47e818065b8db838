"""A call into the system that fails while a way in changes: the one of before or the new one works, and what is said is true."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import ExpectedError
from tests.faults.test_ended_keys import codes, passphrases
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, People
from tools.rigs.failpoint_child import (
    OFFICERS,
    OLD_CODE,
    STORE,
    Deed,
    code_kept,
    own_passphrase,
    passphrase_given,
    passphrase_taken,
)
from tools.rigs.failpoints import failing
from tools.rigs.victims import calls

BEFORE = {"give": (True, False), "own": (True, False), "take": (True, False), "code": (True, False, True)}
AFTER = {"give": (False, True), "own": (False, True), "take": (False, False), "code": (False, True, True)}
DEEDS: dict[str, Callable[..., Deed]] = {
    "give": passphrase_given,
    "own": own_passphrase,
    "take": passphrase_taken,
    "code": code_kept,
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the closed store of four officers, which a recovery code opens too."""
    folder = Path(tmp_path_factory.mktemp("failing"))
    office = office_with_keys.with_code(office_with_keys.office(folder / STORE), OLD_CODE)
    (folder / OFFICERS).write_text(" ".join(office.everybody), encoding="ascii")
    return folder


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=["failing", "full"])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_call_that_fails_leaves_a_way_in_and_is_told(base: Path, tmp_path: Path, deed: str, error: int) -> None:
    found = []
    for number in calls(9):
        folder = Path(shutil.copytree(base, tmp_path / str(number)))
        office = People(folder / STORE, *(folder / OFFICERS).read_text(encoding="ascii").split())
        workspace = office.at_work(FOUNDER)
        act, told = DEEDS[deed](workspace, office), False
        with failing(number, error) as count:
            try:
                act()
            except ExpectedError:
                told = True
        workspace.lock()
        office.at_work(FOUNDER).lock()  # settles what was begun
        now = (codes if deed == "code" else passphrases)(folder / STORE)
        assert now in (BEFORE[deed], AFTER[deed]), number
        assert told or now == AFTER[deed], f"{number}: nothing was said, and it did not happen"
        found.append((told, now))
        shutil.rmtree(folder)
        if count.seen < number:
            break
    assert found[-1] == (False, AFTER[deed]) and any(told for told, _ in found)
