"""The store's file: what is refused is left alone, what is saved is on the disk, and one program has it at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import InUseError, StoreError
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.local.local import Draft
from avrr_desktop.store.store import Store
from tests.support.folders import OtherProgram, fingerprints, newer_store, opened
from tests.support.stores import KEY

HOLDER = "tools.rigs.lock_holder"
CANARY = "quetzalcoatlus"  # stands in every kind of field, and must stand in no file


def test_a_newer_store_is_refused_and_not_one_byte_is_written(workspace: Workspace, family: CaseFile) -> None:
    folder = newer_store(workspace)
    before = fingerprints(folder)
    for _ in range(2):
        with pytest.raises(StoreError) as refused:
            Store.open(folder / "store.db", KEY)
        assert "newer version" in refused.value.title
    assert fingerprints(folder) == before


def test_a_newer_store_left_behind_by_a_crash_is_not_written_either(workspace: Workspace, family: CaseFile) -> None:
    folder = newer_store(workspace)
    with OtherProgram("tools.rigs.newer", str(folder / "store.db")) as newer:
        assert newer.hear() == "ready"
        newer.kill()
    before = fingerprints(folder)
    assert "store.db-wal" in before
    with pytest.raises(StoreError) as refused:
        Store.open(folder / "store.db", KEY)
    assert "newer version" in refused.value.title
    after = fingerprints(folder)
    assert {name: after.get(name) for name in ("store.db", "store.db-wal")} == {
        name: before[name] for name in ("store.db", "store.db-wal")
    }


BLANK = {"nothing": b"", "a zero": b"\0", "a letter": b"S", "zeros": bytes(512), "a page of zeros": bytes(4096),
         "plain SQLite": b"SQLite format 3\0" + bytes(4080)}  # fmt: skip


@pytest.mark.parametrize("content", BLANK.values(), ids=BLANK)
def test_an_empty_or_blank_file_never_becomes_a_new_store(tmp_path: Path, content: bytes) -> None:
    database = tmp_path / "store.db"
    database.write_bytes(content)
    with pytest.raises(StoreError):
        Store.open(database, KEY).connection.close()
    assert database.read_bytes() == content


def test_a_missing_file_never_becomes_a_new_store(workspace: Workspace, family: CaseFile) -> None:
    folder = workspace.folder
    workspace.lock()
    folder.database.unlink()
    before = fingerprints(folder.path)
    with pytest.raises(StoreError) as refused:
        Store.open(folder.database, KEY)
    assert "backup" in refused.value.hint
    assert fingerprints(folder.path) == before


def test_a_new_store_is_never_made_over_another(workspace: Workspace, family: CaseFile) -> None:
    folder = workspace.folder
    workspace.lock()
    before = fingerprints(folder.path)
    with pytest.raises(StoreError) as refused:
        Store.create(folder.database, KEY, device="01JZZZZZZZZZZZZZZZZZZZZZZZ")
    assert "already" in refused.value.title
    assert fingerprints(folder.path) == before


def test_a_wrong_key_is_told_and_nothing_is_written(workspace: Workspace, family: CaseFile) -> None:
    folder = workspace.folder
    workspace.lock()
    before = fingerprints(folder.path)
    with pytest.raises(StoreError) as refused:
        Store.open(folder.database, bytes(32))
    assert refused.value.title == "The store is damaged, or belongs to a different key."
    assert "Do not delete" in refused.value.hint
    assert fingerprints(folder.path) == before


def test_a_second_program_is_kept_out_by_the_lock(workspace: Workspace, family: CaseFile) -> None:
    folder = workspace.folder.path
    workspace.lock()
    with OtherProgram(HOLDER, str(folder), family.case.uid) as holder:
        assert holder.hear() == "ready"
        with pytest.raises(InUseError):
            opened(folder)
        with OtherProgram(HOLDER, str(folder), family.case.uid) as third:
            assert third.hear() == "InUseError"


def test_a_second_program_is_kept_out_also_when_the_lock_file_was_deleted(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    with OtherProgram(HOLDER, str(folder), family.case.uid) as holder:
        assert holder.hear() == "ready"
        (folder / "lock").unlink()
        with pytest.raises(InUseError):
            opened(folder)
        with OtherProgram(HOLDER, str(folder), family.case.uid) as third:
            assert third.hear() == "InUseError"
        holder.say("written while others knocked")
        assert holder.hear() == "saved"
    again = opening(folder)
    texts = {note.text("text") for note in again.store.reader.case_file(family.case.uid).notes}
    assert "written while others knocked" in texts
    assert check_store(again).sound
    again.lock()


def test_the_lock_of_a_killed_program_does_not_stay(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    with OtherProgram(HOLDER, str(folder), family.case.uid) as holder:
        assert holder.hear() == "ready"
        holder.say("saved before the kill")
        assert holder.hear() == "saved"
        holder.kill()
    assert (folder / "lock").exists()
    again = opening(folder)
    assert "saved before the kill" in {n.text("text") for n in again.store.reader.case_file(family.case.uid).notes}
    assert check_store(again).sound
    again.lock()


def test_a_refused_opening_keeps_no_lock(workspace: Workspace) -> None:
    folder = newer_store(workspace)
    for _ in range(2):
        with pytest.raises(StoreError):
            opened(folder)
    place = StoreFolder(folder)
    place.lock()
    place.unlock()


def test_no_word_of_a_case_stands_in_any_file(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    new_record(workspace, "person", {"family_name": CANARY, "phone": CANARY, "remarks": CANARY}, case)
    new_record(workspace, "paper", {"number": CANARY, "remarks": f"{CANARY} " * 2000}, case)
    new_record(workspace, "provider", {"name": CANARY, "email": CANARY})
    workspace.store.local.keep_draft(Draft("note new", case, "note", "", {"text": CANARY}, (), "2026-06-15"))
    workspace.store.local.set_setting("last search", CANARY)
    folder = workspace.folder.path
    workspace.lock()
    with OtherProgram(HOLDER, str(folder), case) as holder:
        assert holder.hear() == "ready"
        holder.say(f"{CANARY} {family.case.text('number')}")
        assert holder.hear() == "saved"
        holder.kill()
    left = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"store.db", "store.db-wal", "store.db-shm"} <= set(left)
    assert len(left["store.db-wal"]) > 4096
    for name, content in left.items():
        for word in (CANARY, family.case.text("number"), "SQLite format", "CREATE TABLE"):
            assert word.encode() not in content, name
            assert word.encode("utf-16-le") not in content, name


def test_what_is_acknowledged_was_synced_and_what_is_deleted_is_overwritten(workspace: Workspace) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "cell_size_check",
             "mmap_size", "temp_store", "wal_autocheckpoint")  # fmt: skip
    set_to = {name: workspace.store.connection.one(f"PRAGMA {name}") for name in asked}
    assert set_to == {
        "journal_mode": ("wal",), "synchronous": (2,), "foreign_keys": (1,), "secure_delete": (1,),
        "trusted_schema": (0,), "cell_size_check": (1,), "mmap_size": (0,), "temp_store": (2,),
        "wal_autocheckpoint": (0,),
    }  # fmt: skip


def test_several_saves_in_one_transaction_are_all_there_or_none(workspace: Workspace, family: CaseFile) -> None:
    before, count = list(workspace.store.dump()), workspace.store.journal.count()
    with pytest.raises(ZeroDivisionError), workspace.store.transaction():
        new_record(workspace, "note", {"text": "one"}, family.case.uid)
        with workspace.store.transaction():
            new_record(workspace, "note", {"text": "two"}, family.case.uid)
        raise ZeroDivisionError
    assert (list(workspace.store.dump()), workspace.store.journal.count()) == (before, count)
    with workspace.store.transaction():
        new_record(workspace, "note", {"text": "three"}, family.case.uid)
        with pytest.raises(ZeroDivisionError), workspace.store.transaction():
            new_record(workspace, "note", {"text": "four"}, family.case.uid)
            raise ZeroDivisionError
    texts = [note.text("text") for note in workspace.store.reader.case_file(family.case.uid).notes]
    assert "three" in texts and not {"one", "two", "four"} & set(texts)
    assert check_store(workspace).sound


def test_a_closed_store_is_one_whole_file(workspace: Workspace, family: CaseFile) -> None:
    folder = workspace.folder.path
    workspace.lock()
    assert set(fingerprints(folder)) == {"store.db", "sentinel"}


def test_a_locked_workspace_gives_nothing_more(workspace: Workspace, family: CaseFile) -> None:
    workspace.lock()
    workspace.lock()
    with pytest.raises(StoreError) as locked:
        new_record(workspace, "note", {"text": "x"}, family.case.uid)
    assert "locked" in locked.value.title
