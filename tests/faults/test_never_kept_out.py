"""Nothing that only notes something, and no full disk, keeps anybody out of what is saved."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup
from avrr_desktop.operations.store.history_problem import history_problem
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.store.engine.migrations import SCHEMA
from avrr_desktop.store.engine.opening import opened_for_writing, schema_of, sweep_copies
from avrr_desktop.store.folder.backup import backups_in
from tests.support import office_with_keys, stores

HARM = {
    "restored.json": [
        b'{"sequence": -1, "made_at": "2026-06-01T10:00:00+00:00", "aside": ""}',
        b'{"sequence": 1' + b"0" * 400 + b', "made_at": "2026-06-01T10:00:00+00:00", "aside": ""}',
        b'{"sequence": true, "made_at": "2026-06-01T10:00:00+00:00", "aside": 5}', b"[" * 100_000, b"\xff\xfe", b"null", b"{}",
        b'{"sequence": 1, "made_at": "2026-06-01T10:00:00+00:00", "aside": "' + b"x" * 2_000_000 + b'"}',
    ],
    "sentinel": [b"", b"A.1." + b"9" * 5_000, b"A.-1.1", "A.١.٢".encode(), b"\xff" * 3_000_000, b"A.1.1 "],
    "failed-unlocks": [b""],
    "keys-a.json": [b"[" * 100_000, b" " * 200_000_000, b"\xff", b'{"format": 1' + b"0" * 5000 + b"}"],
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[office_with_keys.People]:
    yield office_with_keys.office(tmp_path / "office.avrr")


@pytest.mark.parametrize("name", HARM)
def test_a_plain_file_of_anybody_keeps_nobody_out(office: office_with_keys.People, name: str) -> None:
    for content in HARM[name]:
        (office.folder / name).write_bytes(content)
        workspace = office.at_work(office_with_keys.FOUNDER)
        history_problem(workspace)
        open_case(workspace, {"called": "x"})
        workspace.lock()


def test_a_count_of_tries_that_nobody_made_is_a_number_still(office: office_with_keys.People) -> None:
    with (office.folder / "failed-unlocks").open("wb") as file:
        file.truncate(1 << 40)  # sparse
    workspace = office.at_work(office_with_keys.FOUNDER)
    workspace.lock()


def test_what_cannot_be_noted_is_noted_another_time(office: office_with_keys.People) -> None:
    (office.folder / "keys-b.json").unlink()
    (office.folder / "keys-b.json").mkdir()  # the copy of the key file cannot be mended
    workspace = office.at_work(office_with_keys.FOUNDER)
    open_case(workspace, {"called": "x"})
    workspace.lock()


def test_an_opening_that_fails_gives_the_store_back(
    office: office_with_keys.People, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = unlock(office.folder, office_with_keys.FOUNDER)
    monkeypatch.setattr("avrr_desktop.operations.session.workspace.read_policy", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_unlocked(office.folder, keys)
    monkeypatch.undo()
    office.at_work(office_with_keys.FOUNDER).lock()


def test_a_log_is_looked_at_where_it_lies_and_the_store_is_not_changed_by_it(tmp_path: Path) -> None:
    workspace = stores.office_workspace(tmp_path / "o.avrr")
    stores.family(workspace)
    place = tmp_path / "copy"
    place.mkdir()
    for ending in ("", "-wal"):
        content = (tmp_path / "o.avrr" / f"store.db{ending}").read_bytes()
        (place / f"store.db{ending}").write_bytes(content)
    workspace.lock()
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    assert before["store.db-wal"]
    assert schema_of(place / "store.db", stores.KEY) == SCHEMA
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_without_room_for_an_index_of_the_log_everything_is_read_all_the_same(
    tmp_path: Path, workspace: Workspace
) -> None:
    case = stores.family(workspace)
    place = tmp_path / "copy"
    place.mkdir()
    for ending in ("", "-wal"):
        content = (workspace.folder.path / f"store.db{ending}").read_bytes()
        (place / f"store.db{ending}").write_bytes(content)
    (place / "store.db-shm").mkdir()  # nothing can be made there, as on a full disk
    assert schema_of(place / "store.db", stores.KEY) == SCHEMA
    connection = opened_for_writing(place / "store.db", stores.KEY)
    assert connection.rows("SELECT uid FROM cases") == [(case.case.uid,)]
    connection.close()


def test_copies_that_an_earlier_version_left_are_swept_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, files in {
        "avrr-left": ("store.db", "store.db-wal"),
        "avrr-other": ("store.db", "notes.txt"),
        "else": ("store.db",),
    }.items():
        (tmp_path / name).mkdir()
        for file in files:
            (tmp_path / name / file).write_bytes(b"x")
    sweep_copies()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["avrr-other", "else"]


def test_a_manifest_that_no_program_wrote_does_not_count(tmp_path: Path, office: office_with_keys.People) -> None:
    workspace = office.at_work(office_with_keys.FOUNDER)
    made = make_backup(workspace, tmp_path / "bk")
    workspace.lock()
    manifest = json.loads((made.path / "backup.json").read_bytes())
    for harm in ({"sequence": 10**20}, {"sequence": -1}, {"entries": 10**30}, {"newest": "x" * 5_000_000}):
        (made.path / "backup.json").write_text(json.dumps({**manifest, **harm}), encoding="ascii")
        assert [one.manifest for one in backups_in(tmp_path / "bk")] == [None]
