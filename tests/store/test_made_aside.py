"""A store is made under a name of its own and gets its place once it is whole."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.folder.folder import StoreFolder, made_aside

OFFICE = {"name": "Office", "code": "TIR"}


def found(folder: Path) -> None:
    create_store(folder, PRACTICE_PASSPHRASE, dict(OFFICE), {"name": "Arta"}, kind="practice").lock()


def test_nothing_stands_in_the_place_until_all_of_it_is_made(tmp_path: Path) -> None:
    target = tmp_path / "office.avrr"
    with pytest.raises(ZeroDivisionError), made_aside(target) as aside:
        aside.database.write_bytes(b"half")
        assert not target.exists()
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_founding_left_is_swept_and_blocks_no_second_try(tmp_path: Path) -> None:
    left = tmp_path / ".part-office.avrr-4711"
    left.mkdir()
    for name in ("lock", "keys-a.json", "store.db"):
        (left / name).write_bytes(b"")
    found(tmp_path / "office.avrr")
    assert {path.name for path in tmp_path.iterdir()} - {"profile"} == {"office.avrr"}


def test_what_another_program_is_just_making_is_left_alone(tmp_path: Path) -> None:
    other = StoreFolder(tmp_path / ".part-office.avrr-4711")
    other.make()
    other.lock()
    found(tmp_path / "office.avrr")
    assert other.path.is_dir()
    other.unlock()


def test_a_founded_store_does_not_take_itself_for_a_copy(tmp_path: Path) -> None:
    workspace = create_store(tmp_path / "a.avrr", PRACTICE_PASSPHRASE, dict(OFFICE), {"name": "Arta"}, kind="practice")
    assert workspace.actor
    workspace.lock()
    again = open_store(tmp_path / "a.avrr", PRACTICE_PASSPHRASE)
    assert again.store.chain[1] == 1  # of its own place, not of the one in which it was made
    again.lock()


def test_an_empty_folder_becomes_a_store_and_one_with_other_files_does_not(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (empty / "lock").touch()
    (full / "letter.txt").write_text("dear")
    found(empty)
    with pytest.raises(StoreError, match="other files"):
        found(full)
    assert [path.name for path in Path(full).iterdir()] == ["letter.txt"]
