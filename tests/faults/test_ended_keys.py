"""Ended at any call, what changes a way in leaves the one of before or the new one, and key file and journal agree."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.operations.access.recovery import has_recovery_code, needs_recovery_code
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support import office_with_keys
from tests.support.folders import OtherProgram
from tests.support.office_with_keys import FOUNDER, SECOND, People
from tools.rigs.failpoint_child import NEW_CODE, NEW_WORDS, OFFICERS, OLD_CODE, STORE
from tools.rigs.victims import ended

Looked = tuple[bool, ...]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="victims are forked")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the closed store of four officers, which a recovery code opens too."""
    folder = Path(tmp_path_factory.mktemp("keys"))
    office = office_with_keys.with_code(office_with_keys.office(folder / STORE), OLD_CODE)
    (folder / OFFICERS).write_text(" ".join(office.everybody), encoding="ascii")
    return folder


def entered(folder: Path, typed: str, look: Callable[[Workspace], bool]) -> bool:
    """Say whether a passphrase or code opens a store, and what is seen then."""
    try:
        workspace = People(folder, "").at_work(typed)
    except ExpectedError:
        return False
    try:
        return look(workspace)
    finally:
        workspace.lock()


def at_any_call(
    victims: OtherProgram, base: Path, place: Path, deed: str, look: Callable[[Path], Looked]
) -> list[Looked]:
    """Return what is seen after each end of a deed, without repeating itself; looking is slow: once for each state."""
    seen: dict[object, Looked] = {}
    found, before = [], tuple(sorted(slot.public for slot in StoreFolder(base / STORE).read_keys().slots))
    for folder in ended(victims, base, place, deed, step=11):
        store = People(folder / STORE, "").at_work(FOUNDER)  # settles what was begun
        assert check_store(store).sound
        files, grants = StoreFolder(folder / STORE).key_files(), store.grants
        assert grants is not None and len(files) == 1 and not any(slot.begun for slot in files[0].slots)
        given = {one.public_key for one in grants.officers.values() if not one.left_on} | set(
            grants.spare_keys.values()
        )
        assert {slot.public for slot in files[0].slots} == given, "key file and journal agree"
        store.lock()
        kinds = tuple((slot.kind, slot.officer) for slot in files[0].slots)
        state = (kinds, files[0].generation, tuple(sorted(given)) == before)
        if state not in seen:
            seen[state] = look(folder / STORE)
        found.append(seen[state])
    return list(dict.fromkeys(found))


def person(workspace: Workspace) -> bool:
    """Say whether somebody is at work who may do what a supervisor may."""
    return workspace.role == "supervisor" and workspace.grants is not None and workspace.store.person is not None and (
        workspace.store.person.public == workspace.grants.officers[workspace.actor].public_key)  # fmt: skip


def passphrases(folder: Path) -> Looked:
    """Say whether an officer comes in with their passphrase of before, and with the new one."""
    return tuple(entered(folder, typed, person) for typed in (SECOND, NEW_WORDS))


@pytest.mark.parametrize(("deed", "after"), [("give", (False, True)), ("own", (False, True)), ("take", (False, False))])
def test_a_passphrase_is_the_one_of_before_or_the_new_one(
    victims: OtherProgram, base: Path, tmp_path: Path, deed: str, after: Looked
) -> None:
    assert at_any_call(victims, base, tmp_path, deed, passphrases) == [(True, False), after]


def codes(folder: Path) -> Looked:
    """Say whether the code of before counts and the new one does, and whether the store says that there is one."""
    told = entered(
        folder, FOUNDER, lambda workspace: has_recovery_code(workspace) and not needs_recovery_code(workspace)
    )
    return (*(entered(folder, typed, lambda workspace: workspace.trusted) for typed in (OLD_CODE, NEW_CODE)), told)


def test_a_recovery_code_is_the_one_of_before_or_the_new_one(victims: OtherProgram, base: Path, tmp_path: Path) -> None:
    assert at_any_call(victims, base, tmp_path, "code", codes) == [(True, False, True), (False, True, True)]
