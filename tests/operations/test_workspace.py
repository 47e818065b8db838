"""Making and opening a store with a passphrase: what is refused leaves everything as it was."""

import base64
import gc
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import (
    BadInputError,
    ExpectedError,
    InUseError,
    PassphraseError,
    RefusedError,
    StoreError,
)
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.keys.slots import OFFICE, PRACTICE
from avrr_desktop.operations.computer.closed_stores import store_kind
from avrr_desktop.operations.session import unlocking
from avrr_desktop.operations.session.unlocking import HARDNESS, Keys, check_passphrase
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support.folders import copy_of, fingerprints
from tests.support.stores import NOW

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
PASSPHRASE = "pet običnih reči ë ﬁ"
KEYS = ("keys-a.json", "keys-b.json")


def create(folder: Path, **office: str) -> Workspace:
    """Make a store with an office of Tirana, its slot the quickest that the program accepts."""
    file, master = slots.create(folder.name, OFFICE, PASSPHRASE, QUICK)
    keys = Keys(file, subkey(master, "db/1"))
    values = {"name": "Tirana office", "code": "TIR", "country": "AL", **office}
    return create_store(folder, PASSPHRASE, dict(values), clock=SteppingClock(NOW), keys=keys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store, made once; tests work on copies."""
    folder = Path(tmp_path_factory.mktemp("made")) / "made.avrr"
    create(folder).lock()
    return folder


@pytest.fixture
def folder(made: Path) -> Path:
    return copy_of(made, f"copy-{len(list(made.parent.iterdir()))}.avrr")


def test_a_new_store_is_as_hard_to_try_as_its_kind_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {OFFICE: Argon2id(3, 256 * 1024), PRACTICE: Argon2id(3, 64 * 1024)} == HARDNESS
    monkeypatch.setattr(unlocking, "HARDNESS", HARDNESS)  # the real one, which other tests do without
    for kind, kdf in HARDNESS.items():
        keys = unlocking.new_keys(PASSPHRASE, kind)
        assert [slot.kdf for slot in keys.file.slots] == [kdf]


def opens(folder: Path, passphrase: str = PASSPHRASE) -> None:
    """Open a store, see that its office is there, and close it."""
    workspace = open_store(folder, passphrase)
    assert workspace.office and workspace.office.text("name") == "Tirana office"
    workspace.lock()


def alter(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Edit a key file by hand."""
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps({**content, "check": slots.check(content)}), encoding="utf-8")


def slot(content: dict[str, object]) -> dict[str, object]:
    """Return the only slot of a key file."""
    slots = content["slots"]
    assert isinstance(slots, list)
    found: dict[str, object] = slots[0]
    return found


def flip_box(content: dict[str, object]) -> None:
    """Turn one bit of the wrapped key, so that the file still reads."""
    box = bytearray(base64.b64decode(str(slot(content)["box"])))
    box[30] ^= 1
    slot(content)["box"] = base64.b64encode(box).decode()


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_passphrase_opens_from_every_keyboard(folder: Path, form: str) -> None:
    opens(folder, unicodedata.normalize(form, PASSPHRASE))  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["another passphrase", PASSPHRASE + " ", ""])
def test_a_wrong_passphrase_changes_nothing_and_keeps_no_lock(folder: Path, typed: str) -> None:
    before = fingerprints(folder)
    with pytest.raises(PassphraseError):
        open_store(folder, typed)
    (folder / "failed-unlocks").unlink()  # the try is counted, and written down at the next unlock
    assert fingerprints(folder) == before
    opens(folder)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "a bit of the wrapped key": lambda path: alter(path, flip_box),
    "a bit of the salt": lambda path: alter(path, lambda content: slot(content).update(salt="A" * 22 + "==")),
    "the store's name": lambda path: alter(path, lambda content: content.update(store="X")),
    "the memory": lambda path: alter(path, lambda content: slot(content).update(kdf={"passes": 1, "memory_kib": 8})),
    "the generation": lambda path: alter(path, lambda content: content.update(generation="two")),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", KEYS)
def test_a_damaged_copy_of_the_key_file_is_passed_over_and_mended(folder: Path, name: str, damage: str) -> None:
    whole = (folder / name).read_bytes()
    DAMAGES[damage](folder / name)
    assert not (folder / name).exists() or (folder / name).read_bytes() != whole
    opens(folder)
    assert [(folder / key).read_bytes() for key in KEYS] == [whole, whole]


@pytest.mark.parametrize("damage", DAMAGES)
def test_with_both_copies_damaged_it_says_so_in_words_and_keeps_the_cases(folder: Path, damage: str) -> None:
    for name in KEYS:
        DAMAGES[damage](folder / name)
    before = fingerprints(folder)
    try:
        open_store(folder, PASSPHRASE).lock()
    except ExpectedError as error:
        assert error.hint
        (folder / "failed-unlocks").unlink(missing_ok=True)
        assert fingerprints(folder) == before
    else:
        assert damage == "the generation"  # it stands in no slot, and both copies say the same


def test_the_message_over_two_lost_copies_says_where_to_look(folder: Path) -> None:
    for name in KEYS:
        (folder / name).unlink()
    with pytest.raises(StoreError) as refused:
        open_store(folder, PASSPHRASE)
    assert "backup" in refused.value.hint and "keys-a.json" in refused.value.hint
    assert (folder / "store.db").exists()


def test_the_key_files_of_another_store_open_nothing_here(folder: Path, made: Path) -> None:
    other = made.parent / "other.avrr"
    if not other.exists():
        create(other).lock()
    whole = (folder / "keys-a.json").read_bytes()
    for name in KEYS:  # the whole file: it opens, and its key does not fit the database
        (folder / name).write_bytes((other / name).read_bytes())
    before = fingerprints(folder)
    with pytest.raises(StoreError) as refused:
        open_store(folder, PASSPHRASE)
    assert "a different key" in refused.value.title
    assert fingerprints(folder) == before
    theirs = json.loads((other / "keys-a.json").read_bytes())["slots"]
    for name in KEYS:  # only the slot: it does not open at all
        (folder / name).write_bytes(whole)
        alter(folder / name, lambda content: content.update(slots=theirs))
    with pytest.raises(PassphraseError):
        open_store(folder, PASSPHRASE)


def test_an_office_store_cannot_be_passed_off_as_practice(folder: Path) -> None:
    for name in KEYS:
        alter(folder / name, lambda content: content.update(kind=PRACTICE))
    assert store_kind(folder) == PRACTICE  # what stands there is not yet known to be true
    with pytest.raises(PassphraseError):
        open_store(folder, PASSPHRASE)


def test_an_open_store_is_not_opened_again(folder: Path) -> None:
    workspace = open_store(folder, PASSPHRASE)
    with pytest.raises(InUseError):
        open_store(folder, PASSPHRASE)
    workspace.lock()
    opens(folder)


@pytest.mark.parametrize("rest", [(), ("keys-a.json", "keys-b.json")])
def test_where_no_store_is_none_appears(tmp_path: Path, made: Path, rest: tuple[str, ...]) -> None:
    place = tmp_path / "nothing.avrr"
    place.mkdir()
    for name in rest:
        (place / name).write_bytes((made / name).read_bytes())
    with pytest.raises(StoreError):
        open_store(place, PASSPHRASE)
    assert not (place / "store.db").exists()


def test_a_short_passphrase_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        create_store(tmp_path / "new.avrr", "13 letters ..", {"name": "Tirana office", "code": "TIR", "country": "AL"})
    assert refused.value.values == {"count": 14}
    assert not StoreFolder(tmp_path / "new.avrr").exists
    create(tmp_path / "new.avrr").lock()


WORDS_OF_NOBODY = "druri këndon mbi varkë"


@pytest.mark.parametrize(("length", "accepted"), [(13, False), (14, True), (200, True)])
def test_length_counts_and_not_odd_letters(length: int, accepted: bool) -> None:
    if accepted:
        check_passphrase((WORDS_OF_NOBODY * 10)[:length])
    else:
        with pytest.raises(RefusedError):
            check_passphrase("A1!" + WORDS_OF_NOBODY[: length - 3])


def test_a_store_that_could_not_be_finished_is_not_left_half_made(tmp_path: Path) -> None:
    with pytest.raises(BadInputError):
        create(tmp_path / "new.avrr", country="Atlantis")
    create(tmp_path / "new.avrr").lock()
    opens(tmp_path / "new.avrr")


def test_nothing_is_made_over_a_store(folder: Path) -> None:
    before = fingerprints(folder)
    with pytest.raises(StoreError):
        create(folder)
    assert fingerprints(folder) == before


def test_after_the_lock_the_key_is_gone_from_the_workspace(folder: Path) -> None:
    workspace = open_store(folder, PASSPHRASE)
    held = [one for one in gc.get_referents(workspace) if isinstance(one, bytearray)]
    assert any(len(key) == 32 and any(key) for key in held)
    workspace.lock()
    assert not any(any(key) for key in held)
    with pytest.raises(StoreError):
        assert workspace.store
