"""The passphrase changes by wrapping the key anew; cut off at any moment, one of the two opens, and nothing goes back."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import PassphraseError, RefusedError
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.unlocking import change_passphrase, unlock
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.folder.folder import StoreFolder

NEW = "another five words of nobody"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked store; of the practice kind, because its key is derived faster."""
    office = {"name": "Office", "code": "OFF", "country": "AL"}
    place = tmp_path / "store.avrr"
    create_store(place, PRACTICE_PASSPHRASE, dict(office), kind=slots.PRACTICE, keys=None).lock()
    return place


def test_the_key_of_the_store_stays_and_the_old_passphrase_goes(folder: Path) -> None:
    before = unlock(folder, PRACTICE_PASSPHRASE).database
    change_passphrase(folder, PRACTICE_PASSPHRASE, NEW)
    assert unlock(folder, NEW).database == before
    assert StoreFolder(folder).read_keys().generation == 2
    with pytest.raises(PassphraseError):
        unlock(folder, PRACTICE_PASSPHRASE)
    open_store(folder, NEW).lock()


@pytest.mark.parametrize(
    ("old", "new", "error"), [("wrong " * 4, NEW, PassphraseError), (PRACTICE_PASSPHRASE, "short", RefusedError)]
)
def test_what_is_refused_changes_nothing(folder: Path, old: str, new: str, error: type[Exception]) -> None:
    before = [path.read_bytes() for path in sorted(folder.glob("keys-*.json"))]
    with pytest.raises(error):
        change_passphrase(folder, old, new)
    assert [path.read_bytes() for path in sorted(folder.glob("keys-*.json"))] == before


def test_cut_off_between_the_two_copies_the_newer_one_counts(folder: Path) -> None:
    place = StoreFolder(folder)
    changed = slots.change_passphrase(place.read_keys(), PRACTICE_PASSPHRASE, NEW, Argon2id(memory_kib=FLOOR_KIB))
    (folder / "keys-a.json").write_bytes(changed.to_bytes())
    with pytest.raises(PassphraseError):
        open_store(folder, PRACTICE_PASSPHRASE)
    assert place.read_keys() == changed, "trying the old one does not take the new one back"
    open_store(folder, NEW).lock()
    assert place.key_files() == [changed], "opening with the new one brings the other copy along"
    with pytest.raises(PassphraseError):
        unlock(folder, PRACTICE_PASSPHRASE)
