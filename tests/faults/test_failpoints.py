"""A program that ends at any of its calls into the system leaves what was before, or what was to be; never a mixture."""

import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import PassphraseError
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support import stores
from tests.support.folders import OtherProgram, opened
from tools.rigs.failpoint_child import BACKUPS, CHANGED, STORE
from tools.rigs.victims import begun, ended

CANARY = "quetzalcoatlus"
OLD, NEW = "five words that were old", "five words that are newer"
QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
State = tuple[int, int, int]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a closed store, a backup of it and room for more; the newest entry is a note."""
    folder = Path(tmp_path_factory.mktemp("base"))
    workspace = begun(folder)
    case = stores.family(workspace).case.uid
    make_backup(workspace, folder / BACKUPS)
    new_record(workspace, "note", {"text": f"the newest {CANARY}"}, case)
    workspace.lock()
    return folder


def state(workspace: Workspace) -> State:
    """Return how many entries, rows and emptied parts a store holds."""
    entries = list(workspace.store.journal.all())
    emptied = sum(part.erased for entry in entries for part in entry.change.parts)
    return len(entries), len(list(workspace.store.dump())), emptied


def looked_at(folder: Path) -> State:
    """Open a store that a program left behind, and see that everything in it fits together."""
    workspace = opened(folder)
    try:
        report = check_store(workspace)
        told = [one.what for one in report.findings]
        assert report.sound or told == ["emptied"], list(report.lines(workspace.words))  # the deed "erase" has no line
        return state(workspace)
    finally:
        workspace.lock()


@pytest.mark.parametrize(
    ("deed", "writes"),
    [("note", True), ("case", True), ("undo", True), ("erase", True), ("tidy", False), ("open", False)],
)  # fmt: skip
def test_C2_ended_at_any_call_a_store_holds_what_was_before_or_what_was_to_be(
    victims: OtherProgram, base: Path, tmp_path: Path, deed: str, writes: bool
) -> None:
    before = looked_at(Path(shutil.copytree(base, tmp_path / "before")) / STORE)
    found = [looked_at(folder / STORE) for folder in ended(victims, base, tmp_path, deed)]
    after = found[-1]
    assert (after != before) is writes
    assert len(found) > 1, "nothing was ended"
    change = found.index(after)
    assert found == [before] * change + [after] * (len(found) - change)


def files_with(folder: Path, word: str) -> list[str]:
    """Return the files in which a word stands readable."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def whole_backups(folder: Path) -> list[int]:
    """Return the sequences of the backups that can be opened, the newest first; no other may be called one."""
    found = store_backup.backups_in(folder)
    for one in found:
        assert one.manifest is not None
        store_backup.verify(one.path, one.manifest, stores.KEY)
    return [one.sequence for one in found]


def test_C5_ended_while_it_locks_nothing_readable_is_left_and_the_next_start_is_clean(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    whole = looked_at(Path(shutil.copytree(base, tmp_path / "before")) / STORE)
    seen = set()
    for folder in ended(victims, base, tmp_path / "at", "lock"):
        assert files_with(folder, CANARY) == []
        seen.add(tuple(whole_backups(folder / BACKUPS)))
        assert looked_at(folder / STORE) == whole
    assert seen == {(1,), (2, 1)}


def test_C9_ended_while_backups_are_turned_over_a_whole_one_is_always_there(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    newest = []
    for folder in ended(victims, base, tmp_path, "rotate"):
        found = store_backup.backups_in(folder / BACKUPS)
        assert found[0].manifest is not None
        store_backup.verify(found[0].path, found[0].manifest, stores.KEY)
        newest.append(tuple(one.sequence for one in found))
    assert newest[0] == (1,)
    assert (2, 1) in newest
    assert newest[-1] == (2,)


def test_C9_ended_while_a_backup_is_brought_back_no_store_is_lost(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    states = set()
    for folder in ended(victims, base, tmp_path, "restore"):
        there = {path.name: looked_at(path) for path in folder.glob("*.avrr") if (path / "store.db").exists()}
        states.add(tuple(sorted((name, entries) for name, (entries, _, _) in there.items() if name[0] != ".")))
    aside = "office-before-restore-1.avrr"
    entries = looked_at(Path(shutil.copytree(base, tmp_path / "before")) / STORE)[0]
    assert states == {
        ((STORE, entries),), ((aside, entries),), ((aside, entries), (STORE, entries - 1)),
    }  # fmt: skip


def test_C10_ended_while_the_passphrase_changes_the_old_or_the_new_one_opens_and_the_code_always(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    code = new_code()
    made, _ = slots.create("STORE", slots.OFFICE, OLD, QUICK)
    old, _ = slots.with_recovery(made, OLD, code, QUICK)
    new = slots.change_passphrase(old, OLD, NEW, QUICK)
    start = Path(shutil.copytree(base, tmp_path / "start"))
    StoreFolder(start / STORE).write_keys(old)
    (start / CHANGED).write_bytes(new.to_bytes())
    opening: dict[tuple[slots.KeyFile, ...], set[str]] = {}  # deriving keys is slow: once for each state of the files
    for folder in ended(victims, start, tmp_path / "at", "keys"):
        files = tuple(StoreFolder(folder / STORE).key_files())
        if files not in opening:
            opening[files] = {typed for typed in (OLD, NEW, code) if opens(folder / STORE, typed)}
    assert opening == {(old,): {OLD, code}, (new, old): {NEW, code}, (new,): {NEW, code}}


def opens(folder: Path, typed: str) -> bool:
    """Say whether a passphrase or code opens the key files of a store."""
    try:
        unlock(folder, typed)
    except PassphraseError:
        return False
    return True
