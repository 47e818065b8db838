"""A backup takes the place of a store whole or not at all, with keys that belong to it, and not silently."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import PassphraseError, StoreError
from avrr_desktop.domain.policy import Policy
from avrr_desktop.operations.computer.policy_file import folder_for_backups
from avrr_desktop.operations.store.backups import (
    backup_state,
    backup_work,
    backups_to_bring_back,
    make_backup,
    restore_as_store,
    restore_backup,
)
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.folder import RESTORED, StoreFolder, moved_aside
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    """An office with one backup and work that is only in the store."""
    made = office_with_keys.office(tmp_path / "office.avrr")
    home = made.at_work(FOUNDER)
    make_backup(home)
    home.lock()
    return made


def the_backup() -> Path:
    [backup] = store_backup.backups_in(folder_for_backups(Policy(), ""))
    return backup.path


def refuse_place(monkeypatch: pytest.MonkeyPatch, final: Path, *, also_back: bool = False) -> None:
    """Let the system refuse to give a finished copy this name; ``also_back``: and any other folder, too."""
    move = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if Path(target) == final and (also_back or self.name.startswith(".part-")):
            raise OSError(5, "input/output error")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", refused)


def test_C9_a_backup_that_cannot_take_the_place_leaves_the_store_in_it(
    office: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (office.folder / "store.db").read_bytes()
    with monkeypatch.context() as patched, pytest.raises(StoreError) as said:
        refuse_place(patched, office.folder)
        restore_backup(the_backup(), office.folder)
    assert "were not changed" in said.value.hint
    assert (office.folder / "store.db").read_bytes() == before
    assert [path.name for path in office.folder.parent.glob("*office*.avrr*") if path.is_dir()] == ["office.avrr"]
    office.at_work(FOUNDER).lock()


def test_C9_where_even_that_fails_it_is_said_where_the_store_lies(
    office: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(StoreError) as said:
        refuse_place(patched, office.folder, also_back=True)
        restore_backup(the_backup(), office.folder)
    aside = moved_aside(office.folder)
    assert aside is not None and said.value.values["aside"] == aside and "Nothing is lost" in said.value.hint
    assert restore_backup(the_backup(), office.folder) == aside, "the next try names it, too"
    home = office.at_work(FOUNDER)
    assert home.restored is not None and home.restored.aside == aside.name
    home.lock()


@pytest.mark.parametrize("name", ["keys-a.json", "keys-b.json"])
@pytest.mark.parametrize("how", ["gone", "cut"])
def test_S9_one_whole_copy_of_the_keys_is_enough_in_a_backup(office: People, name: str, how: str) -> None:
    copy = the_backup() / name
    whole = copy.read_bytes()
    copy.unlink()
    if how == "cut":
        copy.write_bytes(whole[:40])
    assert restore_as_store(the_backup(), office.folder, FOUNDER) is not None
    assert [(office.folder / each).read_bytes() for each in ("keys-a.json", "keys-b.json")] == [whole, whole]
    office.at_work(FOUNDER).lock()


def test_S9_a_backup_without_keys_never_takes_the_place_of_a_store(office: People) -> None:
    for name in ("keys-a.json", "keys-b.json"):
        (the_backup() / name).write_bytes(b"{")
    with pytest.raises(StoreError):
        restore_backup(the_backup(), office.folder)
    with pytest.raises(StoreError):
        restore_as_store(the_backup(), office.folder, FOUNDER)
    assert moved_aside(office.folder) is None
    office.at_work(FOUNDER).lock()


def test_S9_a_backup_with_the_keys_of_another_store_is_none(office: People) -> None:
    keys = StoreFolder(office.folder).read_keys()
    backup = the_backup()
    StoreFolder(backup).write_keys(replace(keys, store="ANOTHER"))
    with pytest.raises(StoreError):
        restore_backup(backup, office.folder)
    office.at_work(FOUNDER).lock()


def test_B3_a_backup_is_brought_back_by_whoever_can_open_it(office: People) -> None:
    before = (office.folder / "store.db").stat().st_ino
    for wrong in ("", "one two three four five"):
        with pytest.raises(PassphraseError):
            restore_as_store(the_backup(), office.folder, wrong)
    assert (office.folder / "store.db").stat().st_ino == before
    assert restore_as_store(the_backup(), office.folder, WORKER) is not None


def test_C9_what_takes_the_place_of_a_store_is_on_the_disk_before_it_does(
    office: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync, move = os.fsync, Path.replace

    def note_sync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        fsync(handle)

    def note_move(self: Path, target: Path) -> Path:
        synced.append(f"moved {Path(target).name}")
        return move(self, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_move)
    restore_backup(the_backup(), office.folder)
    moved = synced.index(f"moved {office.folder.name}")
    part = next(name for name in synced if name.startswith(".part-office.avrr"))
    assert {"store.db", part} <= set(synced[:moved])
    assert {"moved keys-a.json", "moved keys-b.json", f"moved {RESTORED}"} <= set(synced[:moved])
    assert office.folder.parent.name in synced[moved:]


@pytest.mark.parametrize("at", ["yesterday", "2026-06-15T10:00:00", "", "9999-99-99"])
def test_S6_a_backup_whose_day_cannot_be_read_is_listed_as_unreadable(office: People, at: str) -> None:
    manifest = the_backup() / "backup.json"
    text = manifest.read_text(encoding="ascii")
    day = text.split('"made_at": "')[1].split('"')[0]
    manifest.write_text(text.replace(day, at), encoding="ascii")
    [found] = backups_to_bring_back(Policy())
    assert found.manifest is None and not found.whole
    home = office.at_work(FOUNDER)
    assert backup_state(home).newest is None
    home.lock()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"sequence": 1}',
        '{"sequence": 1, "made_at": "x", "aside": ""}',
        '{"sequence": "1", "made_at": "2026-06-15T10:00:00+00:00", "aside": ""}',
    ],
)
def test_C9_word_of_a_backup_that_cannot_be_read_keeps_nobody_out(office: People, content: str) -> None:
    (office.folder / RESTORED).write_text(content, encoding="utf-8")
    home = office.at_work(FOUNDER)
    assert home.restored is None
    home.lock()
    shutil.rmtree(office.folder)


def test_a_stick_that_is_not_in_gets_no_backup(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    for verb in (make_backup, backup_work):
        with pytest.raises(StoreError) as said:
            verb(home, tmp_path / "stick" / "backups")
        assert "Plug the stick in" in said.value.hint
    assert not (tmp_path / "stick").exists()
    home.lock()
