"""Backups on the worst day: damaged ones do not pass for good ones, and one comes back on a computer that is new."""

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.operations.access.recovery import ASKED, keep_recovery_code, new_recovery_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import (
    backup_folder,
    backup_state,
    backups,
    make_backup,
    rehearse,
    restore_backup,
)
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.folder import backup as store_backup
from tests.support import stores
from tests.support.folders import opened
from tests.support.stores import NOW

PASSPHRASE = "pet običnih reči ë ђ"
QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)


@pytest.fixture(autouse=True)
def key_files(workspace: Workspace) -> None:
    """The stores of the tests are opened by their raw key; a backup takes the key files along."""
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=()))


def test_B1_every_backup_that_counts_opens_and_holds_what_the_store_held(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    held: dict[int, list[str]] = {}
    for number in range(5):
        new_record(workspace, "note", {"text": f"entry {number}"}, family.case.uid)
        held[make_backup(workspace).sequence] = list(workspace.store.dump())
    assert sorted(held) == [one.sequence for one in backups(workspace)][::-1]
    for one in backups(workspace):
        assert one.manifest is not None
        store_backup.verify(one.path, one.manifest, stores.KEY)
        target = tmp_path / f"back-{one.sequence}.avrr"
        assert restore_backup(one.path, target) is None
        back = opened(target)
        try:
            assert list(back.store.dump()) == held[one.sequence]
            assert check_store(back).sound
        finally:
            back.lock()


@pytest.mark.parametrize("damage", ["cut", "gone", "empty", "manifest of another"])
def test_B2_a_damaged_newest_backup_does_not_count_and_the_one_before_it_is_offered(
    workspace: Workspace, family: CaseFile, tmp_path: Path, damage: str
) -> None:
    older, newest = make_backup(workspace), make_backup(workspace)
    file = newest.path / "store.db"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-4096])
    elif damage == "gone":
        file.unlink()
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        manifest = (newest.path / "backup.json").read_text(encoding="ascii")
        (newest.path / "backup.json").write_text(manifest.replace('"STORE"', '"OTHER"'), encoding="ascii")
    state = backup_state(workspace)
    assert state.newest is not None
    assert state.newest.sequence == older.sequence, "what cannot be whole is not the last good backup"
    assert rehearse(workspace).sequence == older.sequence
    assert make_backup(workspace).sequence == newest.sequence + 1, "a damaged one is never written over"
    assert restore_backup(older.path, tmp_path / "back.avrr") is None


def test_B2_a_flipped_byte_is_noticed_and_the_message_names_the_way_out(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    older, newest = make_backup(workspace), make_backup(workspace)
    file = newest.path / "store.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        rehearse(workspace)
    assert "the previous one" in refused.value.hint
    with pytest.raises(StoreError):
        restore_backup(newest.path, tmp_path / "back.avrr")
    assert not (tmp_path / "back.avrr").exists()
    restore_backup(older.path, tmp_path / "back.avrr")
    back = opened(tmp_path / "back.avrr")
    assert check_store(back).sound
    back.lock()


def test_B4_on_another_computer_the_slots_open_and_a_new_incarnation_begins(
    tmp_path: Path,
) -> None:
    file, master = slots.create("STORE-7", slots.OFFICE, PASSPHRASE, QUICK)
    office = {"name": "Tirana office", "code": "TIR", "country": "AL"}
    made = create_store(
        tmp_path / "lost.avrr", PASSPHRASE, dict(office), {"name": "Arta Hoxha"}, clock=SteppingClock(NOW),
        keys=Keys(file, subkey(master, "db/1")),
    )  # fmt: skip
    case = stores.family(made).case.uid
    code = new_recovery_code()
    keep_recovery_code(made.folder.path, PASSPHRASE, code, tuple(code.split("-")[number - 1] for number in ASKED))
    stick = tmp_path / "stick"
    backup = make_backup(made, stick)
    device = made.store.device
    used = {entry.change.change_id for entry in made.store.journal.all()}
    after = new_record(made, "note", {"text": "written after the backup"}, case).changes.change_id
    made.lock()

    target = tmp_path / "lost.avrr"
    shutil.rmtree(target)  # the laptop is gone, the stick is not; on the new one the folder has the same name
    assert restore_backup(backup.path, target) is None
    for way_in in (PASSPHRASE, code.lower()):
        back = open_store(target, way_in, clock=SteppingClock(NOW + timedelta(days=2)))
        assert read_case(back, case).members[0].person.text("given_names") == "Марко"
        assert find(back, "Gjorgjeviq")
        made_here = new_record(back, "note", {"text": f"on the new computer {way_in[:3]}"}, case).changes.change_id
        assert made_here not in used | {after}
        assert made_here.split(".")[0] == device
        used.add(made_here)
        assert check_store(back).sound
        back.lock()
    assert len({name.split(".")[1] for name in used}) == 2, "one new incarnation, kept from then on"


def test_B8_a_clock_set_back_never_costs_the_newest_or_the_only_good_backup(
    workspace: Workspace, family: CaseFile
) -> None:
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    moments = [NOW + timedelta(days=3650), NOW - timedelta(days=400), datetime(1970, 1, 2, tzinfo=timezone.utc)] * 6
    for number, moment in enumerate(moments, 1):
        clock.set(moment)
        note = new_record(workspace, "note", {"text": f"entry {number}"}, family.case.uid)
        assert make_backup(workspace).sequence == number
        newest = backups(workspace)[0]
        assert newest.manifest is not None
        assert newest.manifest.newest == note.changes.change_id, "the newest by sequence holds the newest entry"
        assert not backup_state(workspace).behind
    assert [one.sequence for one in backups(workspace)] == list(range(18, 8, -1))
    for one in backups(workspace)[:-1]:
        shutil.rmtree(one.path)
    [only] = backups(workspace)
    clock.set(NOW - timedelta(days=4000))
    store_backup.rotate(backup_folder(workspace), "STORE", kept=1)
    assert [one.path for one in backups(workspace)] == [only.path]
