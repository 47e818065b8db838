"""The safety net does not hang on what it protects: faulty stores are backed up, and an older file in place is told."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.keys import slots
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import BACKUP_FOLDER, Workspace
from avrr_desktop.operations.store.backups import (
    backup_at_the_lock,
    backup_state,
    make_backup,
    refused_backup,
    restore_backup,
)
from avrr_desktop.operations.store.history_problem import history_problem
from avrr_desktop.store.folder.backup import backups_in
from avrr_desktop.ui.frame.unlock_warnings import notices
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import People
from tests.support.stores import NOW


@pytest.fixture(autouse=True)
def key_files(request: pytest.FixtureRequest) -> None:
    """The stores of some tests are opened by their raw key; a backup takes the key files along."""
    if "workspace" in request.fixturenames:
        request.getfixturevalue("workspace").folder.write_keys(slots.KeyFile("STORE", slots.OFFICE, 1, ()))


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def turn_a_byte(workspace: Workspace) -> None:
    """Alter an old entry behind the program’s back: no page check can see it."""
    workspace.store.connection.execute(
        "UPDATE journal SET parts = CAST(substr(parts, 1, length(parts) - 1) || x'00' AS BLOB) WHERE pk = 2"
    )


def test_a_faulty_store_is_still_backed_up_and_pushes_no_good_backup_out(workspace: Workspace, tmp_path: Path) -> None:
    folder, case = tmp_path / "bk", stores.family(workspace).case.uid
    good = make_backup(workspace, folder)
    turn_a_byte(workspace)
    for number in range(12):
        new_record(workspace, "note", {"text": f"work {number}"}, case)
        made = make_backup(workspace, folder)
        assert not made.good and made.whole
    kept = backups_in(folder)
    assert [one.path for one in kept if one.good] == [good.path]
    assert 1 <= sum(not one.good for one in kept) <= 5
    workspace.store.local.set_setting(BACKUP_FOLDER, str(folder))
    state = backup_state(workspace)
    assert state.faulty and state.newest is not None and state.newest.path == good.path
    restore_backup(made.path, tmp_path / "again.avrr")  # what can be saved of it is in it
    assert b'"fault"' not in (good.path / "backup.json").read_bytes()


def test_the_last_of_each_day_week_and_month_stay(workspace: Workspace, tmp_path: Path) -> None:
    folder, case = tmp_path / "bk", stores.family(workspace).case.uid
    made = []
    for day in range(0, 200, 4):
        for hour in (8, 17):
            workspace.clock = SteppingClock(NOW + timedelta(days=day, hours=hour - 8))
            new_record(workspace, "note", {"text": "x"}, case)
            made.append(make_backup(workspace, folder))
    kept = {one.path for one in backups_in(folder)}
    days = {
        datetime.fromisoformat(one.manifest.made_at).strftime("%Y-%m")
        for one in made
        if one.manifest and one.path in kept
    }
    assert len(days) == 7 and {one.path for one in made[-10:]} <= kept
    assert len(kept) <= 10 + 7 + 5 + 12
    mornings = [one for one in made[:-20:2] if one.path in kept]
    assert mornings == []  # of a day the last one stays


def test_a_roll_back_that_a_backup_can_show_is_told_and_nothing_is_rotated_out(office: People, tmp_path: Path) -> None:
    workspace = office.at_work(office_with_keys.FOUNDER)
    case, folder = stores.family(workspace).case.uid, tmp_path / "bk"
    workspace.store.local.set_setting(BACKUP_FOLDER, str(folder))
    workspace.lock()
    old = (office.folder / "store.db").read_bytes()
    workspace = office.at_work(office_with_keys.FOUNDER)
    for number in range(5):
        new_record(workspace, "note", {"text": f"good {number}"}, case)
    ahead = make_backup(workspace, folder)
    workspace.lock()
    (office.folder / "store.db").write_bytes(old)
    (office.folder / "sentinel").unlink()
    workspace = office.at_work(office_with_keys.FOUNDER)
    assert "missing" in history_problem(workspace)
    for number in range(12):
        new_record(workspace, "note", {"text": f"later {number}"}, case)
        make_backup(workspace, folder)
    assert ahead.path.exists() and len(backups_in(folder)) == 13
    workspace.lock()


def test_a_backup_that_was_brought_back_on_purpose_is_no_roll_back(office: People, tmp_path: Path) -> None:
    workspace = office.at_work(office_with_keys.FOUNDER)
    case, folder = stores.family(workspace).case.uid, tmp_path / "bk"
    workspace.store.local.set_setting(BACKUP_FOLDER, str(folder))
    earlier = make_backup(workspace, folder)
    new_record(workspace, "note", {"text": "later"}, case)
    make_backup(workspace, folder)
    workspace.lock()
    restore_backup(earlier.path, office.folder)
    workspace = office.at_work(office_with_keys.FOUNDER)
    assert workspace.restored is not None and history_problem(workspace) == ""
    workspace.lock()


def test_why_no_backup_was_made_at_the_lock_is_told_at_the_next_unlock(office: People, tmp_path: Path) -> None:
    workspace = office.at_work(office_with_keys.FOUNDER)
    (tmp_path / "file").write_text("x", encoding="ascii")
    workspace.store.local.set_setting(BACKUP_FOLDER, str(tmp_path / "file" / "backups"))
    with pytest.raises(StoreError):
        backup_at_the_lock(workspace)
    workspace.lock()
    workspace = office.at_work(office_with_keys.FOUNDER)
    assert any("No backup was made" in sentence for sentence in notices(workspace))
    workspace.store.local.set_setting(BACKUP_FOLDER, str(tmp_path / "bk"))
    backup_at_the_lock(workspace)
    assert refused_backup(workspace) == ""
    workspace.lock()
