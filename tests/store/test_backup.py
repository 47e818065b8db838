"""Backups: each one opens, nothing half-made ever counts, the only good one stays, and a restored store is a new one."""

import json
import os
import random
import select
import shutil
import subprocess
import sys
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import InUseError, NotFoundError, StoreError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.policy import KEPT
from avrr_desktop.keys import slots
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import (
    back_up_if_needed,
    backup_folder,
    backup_state,
    backups,
    choose_backup_folder,
    make_backup,
    rehearse,
    restore_backup,
)
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.store import Store
from tests.support import stores
from tools.rigs.disk_limit import small_disk

CHILD = """
import sys
from pathlib import Path
from avrr_desktop.keys import slots
from avrr_desktop.operations.store.backups import make_backup
from avrr_desktop.operations.session.records import new_record
from tests.support import stores
from tools.rigs.disk_limit import small_disk
from avrr_desktop.keys import slots
workspace = stores.office_workspace(Path(sys.argv[1]))
workspace.folder.write_keys(slots.KeyFile(store="STORE", kind="office", generation=1, slots=()))
case = stores.family(workspace).case.uid
print("ready", flush=True)
while True:
    new_record(workspace, "note", {"text": "one more"}, case)
    made = make_backup(workspace, Path(sys.argv[2]))
    print(made.sequence, flush=True)
"""


@pytest.fixture(autouse=True)
def key_files(workspace: Workspace) -> None:
    """The stores of the tests are opened by their raw key; a backup takes the key files along."""
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind="office", generation=1, slots=()))


def dump_of(backup: Path) -> list[str]:
    """Return the canonical dump of a copy of a backup."""
    copy = backup.with_name("looked-at.avrr")
    shutil.copytree(backup, copy)
    try:
        store = Store.open(copy / "store.db", stores.KEY)
        try:
            return list(store.dump())
        finally:
            store.connection.close()
    finally:
        shutil.rmtree(copy)


def test_a_backup_holds_everything_and_tells_nothing(workspace: Workspace, family: CaseFile) -> None:
    made = make_backup(workspace)
    assert dump_of(made.path) == list(workspace.store.dump())
    content = b"".join(path.read_bytes() for path in made.path.iterdir())
    for word in ("Ђорђевић", "Đorđević", "1506985600010", "SQLite format"):
        assert word.encode() not in content
    manifest = json.loads((made.path / "backup.json").read_bytes())
    assert set(manifest) == {"store", "sequence", "entries", "newest", "made_at", "size", "digest", "files"}
    assert (made.path / "keys-a.json").read_bytes() == (workspace.folder.path / "keys-a.json").read_bytes()


def test_it_is_made_when_work_came_after_the_last_one(workspace: Workspace, family: CaseFile) -> None:
    assert backup_state(workspace).old, "none yet is bad news"
    assert back_up_if_needed(workspace) is not None
    assert back_up_if_needed(workspace) is None
    assert not backup_state(workspace).behind
    new_record(workspace, "note", {"text": "later"}, family.case.uid)
    state = backup_state(workspace)
    assert (state.behind, state.old) == (True, False)
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    clock.set(clock.now() + timedelta(days=8))
    assert backup_state(workspace).old
    assert back_up_if_needed(workspace) is not None


def test_the_oldest_go_by_sequence_whatever_the_clock_says(workspace: Workspace, family: CaseFile) -> None:
    clock = workspace.clock
    assert isinstance(clock, SteppingClock)
    for _ in range(KEPT + 3):
        make_backup(workspace)
        clock.set(clock.now() - timedelta(minutes=30))
    assert [one.sequence for one in backups(workspace)] == list(range(13, 3, -1))
    store_backup.rotate(backup_folder(workspace), workspace.folder.read_keys().store, kept=0)
    assert [one.sequence for one in backups(workspace)] == [13], "the only good one is never taken away"


def test_beside_the_newest_stay_the_last_of_each_day_week_and_month(workspace: Workspace, family: CaseFile) -> None:
    made, last = make_backup(workspace), date(2026, 6, 15)  # a Monday
    manifest = json.loads((made.path / "backup.json").read_bytes())
    for number in range(1, 101):  # one a day, the last of them on that Monday
        folder = made.path.with_name(made.path.name.replace("0001", f"{number:04d}"))
        if folder != made.path:
            shutil.copytree(made.path, folder, copy_function=os.link)
        (folder / "backup.json").unlink()
        day = datetime.combine(last - timedelta(days=100 - number), time(9), timezone.utc)
        (folder / "backup.json").write_text(json.dumps({**manifest, "sequence": number, "made_at": day.isoformat()}))
    store_backup.rotate(backup_folder(workspace), workspace.folder.read_keys().store, kept=1)
    left = {datetime.fromisoformat(one.manifest.made_at).date() for one in backups(workspace) if one.manifest}
    days = {last - timedelta(days=back) for back in range(7)}
    weeks = {last, date(2026, 6, 14), date(2026, 6, 7), date(2026, 5, 31), date(2026, 5, 24)}  # the Sundays before it
    months = {last, date(2026, 5, 31), date(2026, 4, 30), date(2026, 3, 31)}
    assert left == days | weeks | months


def test_a_backup_that_cannot_be_read_is_neither_counted_nor_deleted(workspace: Workspace, family: CaseFile) -> None:
    first = make_backup(workspace)
    (first.path / "backup.json").write_text("{", encoding="ascii")
    for _ in range(KEPT + 2):
        made = make_backup(workspace)
    assert first.path.exists()
    assert made.sequence > first.sequence
    assert first.path not in {one.path for one in backups(workspace)}


@pytest.mark.parametrize("place", [100, 5000, -3000])
def test_a_flipped_bit_is_noticed(workspace: Workspace, family: CaseFile, place: int) -> None:
    made = make_backup(workspace)
    rehearse(workspace)
    file = made.path / "store.db"
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert made.manifest is not None
    with pytest.raises(StoreError):
        store_backup.verify(made.path, made.manifest, stores.KEY)
    with pytest.raises(StoreError):
        rehearse(workspace)
    with pytest.raises(StoreError):
        restore_backup(made.path, workspace.folder.path.with_name("back.avrr"))
    assert not workspace.folder.path.with_name("back.avrr").exists()


def test_a_full_disk_leaves_nothing_half_made_and_the_earlier_ones(workspace: Workspace, family: CaseFile) -> None:
    first = make_backup(workspace)
    workspace.store.tidy()
    before = list(workspace.store.dump())
    with small_disk(60_000), pytest.raises(StoreError) as said:
        make_backup(workspace)
    assert "earlier" in said.value.hint or "safe" in said.value.hint
    assert [path.name for path in backup_folder(workspace).iterdir()] == [first.path.name]
    assert list(workspace.store.dump()) == before
    assert make_backup(workspace).sequence == first.sequence + 1


def test_a_stick_that_is_gone_is_said_and_the_status_is_red(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    (tmp_path / "stick").write_text("no folder", encoding="ascii")
    choose_backup_folder(workspace, tmp_path / "stick")
    with pytest.raises(StoreError):
        make_backup(workspace)
    assert backup_state(workspace).old
    assert backups(workspace) == []


def test_a_rehearsal_compares_everything_and_leaves_nothing(workspace: Workspace, family: CaseFile) -> None:
    with pytest.raises(NotFoundError):
        rehearse(workspace)
    made = make_backup(workspace)
    before = sorted(path.name for path in workspace.folder.path.parent.iterdir())
    found = rehearse(workspace)
    assert (found.sequence, found.cases, found.sound) == (made.sequence, 1, True)
    assert found.entries == workspace.store.journal.count()
    assert sorted(path.name for path in workspace.folder.path.parent.iterdir()) == before


def test_restoring_moves_the_store_aside_and_writes_under_a_new_incarnation(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    made = make_backup(workspace)
    kept = list(workspace.store.dump())
    note = new_record(workspace, "note", {"text": "after the backup"}, family.case.uid)
    folder = workspace.folder.path
    with pytest.raises(InUseError):
        restore_backup(made.path, folder)
    workspace.lock()
    aside = restore_backup(made.path, folder)
    assert aside is not None and aside.name == "office-before-restore-1.avrr"
    again = Store.open(aside / "store.db", stores.KEY)
    assert any("after the backup" in line for line in again.dump()), "nothing of the old store is lost"
    again.connection.close()
    store = Store.open(folder / "store.db", stores.KEY)
    try:
        assert list(store.dump()) == kept
        officer = store.reader.everything("officer")[0]
        part = Part(PartKind.SET, "officer", officer.uid, {"initials": "NN"}, officer.seen)
        changes = store.save([part], case=None, actor=officer.uid, now=datetime(2026, 6, 16, tzinfo=timezone.utc))
        assert changes.change_id.split(".")[1] != note.changes.change_id.split(".")[1], "a name is never given twice"
    finally:
        store.connection.close()
    assert restore_backup(made.path, tmp_path / "elsewhere.avrr") is None


def test_the_last_sentence_of_a_killed_program_is_still_a_whole_backup(tmp_path: Path) -> None:
    chance = random.Random(20260615)
    for number in range(4):
        store, folder = tmp_path / f"{number}.avrr", tmp_path / f"backups-{number}"
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-c", CHILD, str(store), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
            assert child.stdout is not None
            said = [child.stdout.readline(), child.stdout.readline()]
            for _ in range(chance.randrange(1, 4)):  # somewhere inside one of the next backups
                select.select([child.stdout], [], [], chance.random() * 0.08)
            child.kill()
            said += child.stdout.read().splitlines()
        acknowledged = max(int(line) for line in said if line.strip().isdigit())
        found = store_backup.backups_in(folder)
        assert found[0].sequence >= acknowledged
        for one in found:
            assert one.manifest is not None
            store_backup.verify(one.path, one.manifest, stores.KEY)
