"""What the engine says becomes words of ours that carry no value; a backup that is not itself is refused as a whole."""

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import DamagedError, InUseError, StoreError
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.engine.driver import Connection, translated
from avrr_desktop.store.folder import backup, location_rules
from avrr_desktop.store.folder.folder import StoreFolder

SAID = {
    "SQLITE_BUSY": "in use", "SQLITE_LOCKED": "in use", "SQLITE_FULL": "disk is full", "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged", "SQLITE_READONLY": "cannot be written", "SQLITE_CANTOPEN": "cannot be written",
    "SQLITE_INTERRUPT": "cancelled", "SQLITE_IOERR": "reported an error",
}  # fmt: skip


def raised(code: int) -> Any:
    error = dbapi2.OperationalError("in a language that nobody reads")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("more", [0, 3 << 8], ids=["the code", "one of its kind"])
@pytest.mark.parametrize("name", SAID)
def test_what_the_engine_says_is_told_in_words_by_its_code(name: str, more: int) -> None:
    with pytest.raises((StoreError, InUseError)) as told, translated():
        raise raised(getattr(dbapi2, name) | more)
    assert SAID[name] in told.value.title and told.value.hint
    assert isinstance(told.value, DamagedError) is (SAID[name] == "damaged")


def test_an_index_that_cannot_be_opened_is_damage(tmp_path: Path) -> None:
    connection = Connection(tmp_path / "store.db", bytes(32))
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    connection.execute("DROP TABLE words_config")
    connection.close()
    connection = Connection(tmp_path / "store.db", bytes(32))
    with pytest.raises(DamagedError):
        connection.rows("SELECT * FROM words WHERE words MATCH 'house'")
    connection.close()


def test_a_mistake_of_ours_stays_a_mistake(tmp_path: Path) -> None:
    connection = Connection(tmp_path / "store.db", bytes(32))
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        connection.execute("SELECT * FROM locked_malformed_corrupt")
    with pytest.raises(dbapi2.ProgrammingError), translated():
        raise dbapi2.ProgrammingError("the database is locked")
    connection.close()


def test_a_store_is_made_and_locked_only_where_a_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="ascii")
    with pytest.raises(StoreError) as told:
        StoreFolder(tmp_path / "file" / "office.avrr").make()
    assert "could not be created" in told.value.title
    folder = tmp_path / "office.avrr"
    (folder / "lock").mkdir(parents=True)
    with pytest.raises(StoreError) as told:
        StoreFolder(folder).lock()
    assert "cannot be written" in told.value.title


def test_too_little_room_for_new_tables_is_said_with_how_much_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    location_rules.refuse_little_room(file)  # not there: nothing to refuse
    file.write_bytes(bytes(4096))
    location_rules.refuse_little_room(file)
    with pytest.raises(StoreError) as told:
        location_rules.refuse_little_room(file, times=1e15)
    assert int(str(told.value.values["megabytes"])) > 1_000_000


def test_a_folder_that_a_service_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    assert location_rules.cloud_of(tmp_path / "work" / "office.avrr") == "work"
    assert location_rules.cloud_of(tmp_path / "home" / "office.avrr") == ""
    assert not location_rules.on_network(tmp_path, tmp_path / "no mounts")


def test_a_backup_is_compared_with_all_that_it_says_of_itself(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    file, _ = slots.create("STORE", slots.OFFICE, "five plain words", Argon2id(1, FLOOR_KIB))
    workspace.folder.write_keys(file)
    made = workspace.back_up(tmp_path / "backups")
    key = workspace.database_key()
    assert made.manifest
    backup.verify(made.path, made.manifest, key)
    wrong = {"entries": made.manifest.entries + 1, "newest": "x", "size": 1, "digest": "00"}
    for name, value in wrong.items():
        with pytest.raises(StoreError):
            backup.verify(made.path, backup.Manifest(**{**asdict(made.manifest), name: value}), key)
    (made.path / "keys-a.json").unlink()
    backup.verify(made.path, made.manifest, key)  # one whole copy is enough
    (made.path / "keys-b.json").unlink()
    with pytest.raises(StoreError):
        backup.verify(made.path, made.manifest, key)
    (made.path / "backup.json").unlink()
    with pytest.raises(StoreError):
        backup.restore(made.path, tmp_path / "back.avrr")
    assert not (tmp_path / "back.avrr").exists()
    shutil.rmtree(made.path)
