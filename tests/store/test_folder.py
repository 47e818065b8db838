"""The folder of a store: two copies of the key file, and one lock."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import InUseError, StoreError
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.keys.slots import OFFICE, KeyFile, Slot
from avrr_desktop.store.folder.folder import StoreFolder, is_store

GOOD = KeyFile(
    store="S",
    kind=OFFICE,
    generation=1,
    slots=(Slot(slot="passphrase-1", kind="passphrase", kdf=Argon2id(3, FLOOR_KIB), salt=bytes(16), box=bytes(72)),),
)
NEWER = KeyFile(store="S", kind=OFFICE, generation=2, slots=GOOD.slots)


@pytest.fixture
def place(tmp_path: Path) -> StoreFolder:
    folder = StoreFolder(tmp_path / "office.avrr")
    folder.make()
    return folder


def copies(place: StoreFolder) -> list[bytes]:
    """Return both key files as they lie there."""
    return [(place.path / name).read_bytes() for name in ("keys-a.json", "keys-b.json")]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "zeros": lambda path: path.write_bytes(bytes(len(path.read_bytes()))),
    "no text": lambda path: path.write_bytes(b"\xff\xfe" + path.read_bytes()),
    "of another kind": lambda path: path.write_bytes(b'["a list"]\n'),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["keys-a.json", "keys-b.json"])
def test_one_damaged_copy_is_passed_over_and_mended(place: StoreFolder, name: str, damage: str) -> None:
    place.write_keys(GOOD)
    whole = copies(place)
    DAMAGES[damage](place.path / name)
    assert place.read_keys() == GOOD
    place.mend_keys(place.read_keys())
    assert copies(place) == whole


@pytest.mark.parametrize("damage", DAMAGES)
def test_two_damaged_copies_are_told_with_where_to_look(place: StoreFolder, damage: str) -> None:
    place.write_keys(GOOD)
    for name in ("keys-a.json", "keys-b.json"):
        DAMAGES[damage](place.path / name)
    with pytest.raises(StoreError) as refused:
        place.read_keys()
    assert ("missing" if damage == "gone" else "damaged") in refused.value.title
    for word in ("keys-a.json", "keys-b.json", "backup"):
        assert word in refused.value.hint


@pytest.mark.parametrize("older", ["keys-a.json", "keys-b.json"])
def test_the_newer_of_two_copies_counts_and_the_older_is_brought_up(place: StoreFolder, older: str) -> None:
    place.write_keys(NEWER)
    (place.path / older).write_bytes(GOOD.to_bytes())
    assert place.read_keys() == NEWER
    place.mend_keys(NEWER)
    assert copies(place) == [NEWER.to_bytes()] * 2


def test_a_key_file_of_a_newer_program_is_told_apart_from_a_damaged_one(place: StoreFolder) -> None:
    place.write_keys(GOOD)
    for name in ("keys-a.json", "keys-b.json"):
        path = place.path / name
        path.write_bytes(path.read_bytes().replace(b'"format": 2', b'"format": 4'))
    with pytest.raises(StoreError) as refused:
        place.read_keys()
    assert "newer version" in refused.value.title


def test_writing_leaves_no_half_files(place: StoreFolder) -> None:
    place.write_keys(GOOD)
    place.write_keys(NEWER)
    assert {path.name for path in place.path.iterdir()} == {"keys-a.json", "keys-b.json"}


def test_the_folder_is_this_users_alone(place: StoreFolder) -> None:
    assert place.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("rest", ["store.db", "keys-a.json", "keys-b.json"])
def test_nothing_is_made_where_a_store_or_its_remains_lie(tmp_path: Path, rest: str) -> None:
    (tmp_path / rest).write_bytes(b"")
    place = StoreFolder(tmp_path)
    assert place.exists
    with pytest.raises(StoreError) as refused:
        place.make()
    assert "already" in refused.value.title
    assert (tmp_path / rest).read_bytes() == b""


def test_a_folder_with_other_files_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    assert not StoreFolder(tmp_path).exists
    assert not is_store(tmp_path)
    assert not is_store(tmp_path / "letter.txt")
    (tmp_path / "store.db").touch()
    assert is_store(tmp_path)


def test_the_lock_is_held_by_one_and_given_back(place: StoreFolder) -> None:
    other = StoreFolder(place.path)
    place.lock()
    with pytest.raises(InUseError) as refused:
        other.lock()
    assert "Nothing was changed" in refused.value.hint
    place.unlock()
    place.unlock()
    other.lock()
    other.unlock()


def test_locking_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        StoreFolder(tmp_path / "nowhere.avrr").lock()
    assert "no store" in refused.value.title
    assert not list(tmp_path.iterdir())
