"""A folder that was put back as it once was goes on apart: the profile remembers what a snapshot cannot carry back."""

import shutil
from pathlib import Path

import pytest

from avrr_desktop import locations
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.exchange.journey import take_in
from avrr_desktop.operations.session.openings import renew
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    made = office_with_keys.office(tmp_path / "office.avrr")
    for _ in range(2):  # it lies where it lay, as far as it knows
        worked(made).lock()
    return made


def worked(office: People) -> Workspace:
    workspace = office.at_work(FOUNDER)
    open_case(workspace, {"called": "x"}, [])
    return workspace


def last(workspace: Workspace) -> tuple[str, str]:
    """Return the incarnation of the newest entry, and the letters of the newest case."""
    numbers = [row[0] for row in workspace.store.connection.rows("SELECT number FROM cases ORDER BY pk")]
    return workspace.store.journal.newest_name().split(".")[1], numbers[-1].split("-")[-2]


def put_back(snapshot: Path, folder: Path) -> None:
    """Put the files of a snapshot over the folder, byte for byte, in the very files that are there."""
    for file in snapshot.iterdir():
        if file.is_file() and file.name != "lock":
            with (folder / file.name).open("r+b") as there:
                there.truncate()
                there.write(file.read_bytes())


def test_opened_again_and_again_it_goes_on_as_it_was(office: People) -> None:
    seen = set()
    for _ in range(3):
        workspace = worked(office)
        seen.add(last(workspace))
        workspace.lock()
    assert len(seen) == 1
    files = [*(locations.data_folder() / "openings").iterdir()]
    assert len(files) == 2 and not any(file.stat().st_mode & 0o077 or "office" in file.name for file in files)


@pytest.mark.parametrize("when", ["closed", "open"])
def test_a_snapshot_that_was_put_back_gives_no_name_and_no_number_twice(
    office: People, tmp_path: Path, when: str
) -> None:
    workspace = worked(office)
    if when == "open":
        workspace.store.connection.checkpoint()
        shutil.copytree(office.folder, tmp_path / "snapshot", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
        open_case(workspace, {"called": "lost"}, [])
    workspace.lock()
    if when == "closed":
        shutil.copytree(office.folder, tmp_path / "snapshot")
        worked(office).lock()
    newer = Path(shutil.copytree(office.folder, tmp_path / "newer.avrr"))
    at_work = office.at_work(FOUNDER)
    before = last(at_work)
    lost = {row[0] for row in at_work.store.connection.rows("SELECT number FROM cases")}
    at_work.lock()
    put_back(tmp_path / "snapshot", office.folder)
    workspace = worked(office)
    after = last(workspace)
    assert after[0] != before[0] and after[1] != before[1]
    newest = workspace.store.connection.rows("SELECT number FROM cases ORDER BY pk")[-1][0]
    assert newest not in lost
    taken = take_in(workspace, newer)
    assert taken.entries >= 1 and taken.reissued == 0 == taken.refused and check_store(workspace).sound
    workspace.lock()


def test_without_a_profile_that_can_be_written_it_opens_and_goes_on(office: People) -> None:
    folder = locations.data_folder() / "openings"
    shutil.rmtree(folder)
    folder.write_text("in the way", encoding="ascii")
    seen = set()
    for _ in range(2):
        workspace = worked(office)
        seen.add(last(workspace))
        workspace.lock()
    assert len(seen) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"7", b"[" * 900, bytes(2000)])
def test_what_lies_in_the_profile_keeps_nobody_out(office: People, content: bytes) -> None:
    for file in (locations.data_folder() / "openings").iterdir():
        file.write_bytes(content)
    worked(office).lock()


def test_a_stick_that_goes_to_and_fro_between_two_computers_uses_up_no_letters(
    office: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters: list[str] = []
    for number in range(8):
        monkeypatch.setenv("XDG_DATA_HOME", str(office.folder.parent / f"profile {number % 2}"))
        workspace = office.at_work(FOUNDER)
        workspace.store.identity = f"computer {number % 2}"
        open_case(workspace, {"called": "x"}, [])
        letters.append(last(workspace)[1])
        workspace.lock()
    assert letters[2:] == letters[:2] * 3 and letters[0] != letters[1]
    workspace = office.at_work(FOUNDER)
    assert check_store(workspace).sound
    workspace.lock()


def test_an_end_between_store_and_profile_is_no_difference(office: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from avrr_desktop import files
    from avrr_desktop.operations.session import openings

    workspace = worked(office)
    before = last(workspace)
    real, calls = files.write_whole, 0

    class EndedError(Exception):
        pass

    def write_whole(file: Path, content: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise EndedError
        real(file, content)

    with monkeypatch.context() as patch:
        patch.setattr(openings, "write_whole", write_whole)
        with pytest.raises(EndedError):
            renew(workspace.store, "aa" * 16)
    workspace.lock()
    workspace = worked(office)
    assert last(workspace) == before
    workspace.lock()
