"""Backups hold the files of cases: each copied once, kept while a backup names it, and a backup without them does not count."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.policy import KEPT
from avrr_desktop.keys import slots
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.files.files import attach_file, file_content, files_of, remove_file
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import (
    back_up_if_needed,
    backup_folder,
    backup_state,
    backups,
    make_backup,
    rehearse,
    restore_backup,
    store_size,
)
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.attachments import names_in, place_of
from avrr_desktop.store.folder.backup import Backup
from tests.support import stores
from tests.support.folders import opened
from tests.support.media import KINDS
from tools.rigs.disk_limit import small_disk

PDF, PHOTO = KINDS["application/pdf"], KINDS["image/png"]


@pytest.fixture(autouse=True)
def key_files(workspace: Workspace) -> None:
    """The stores of the tests are opened by their raw key; a backup takes the key files along."""
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind="office", generation=1, slots=()))


def pool(workspace: Workspace) -> Path:
    return backup_folder(workspace) / "office-files"


def add(workspace: Workspace, case: CaseFile, content: bytes) -> str:
    made = attach_file(workspace, case.case.uid, content, name="Đorđević.pdf")
    return next(one for one in files_of(read_case(workspace, case.case.uid)) if one.uid == made.record).text("digest")


def drop_all(workspace: Workspace, case: CaseFile) -> None:
    for record in files_of(read_case(workspace, case.case.uid)):
        remove_file(workspace, record, case.case.uid)
    for name in names_in(workspace.folder.path / "files"):
        os.utime(place_of(workspace.folder.path / "files", name), (0, 0))


def named(backup: Backup) -> set[str]:
    assert backup.manifest is not None
    return set(backup.manifest.files)


def test_each_file_is_copied_once_and_every_backup_names_it(workspace: Workspace, family: CaseFile) -> None:
    first = add(workspace, family, PDF)
    one = make_backup(workspace)
    place = place_of(pool(workspace), first)
    written = place.stat().st_mtime_ns
    assert place.read_bytes() == place_of(workspace.folder.path / "files", first).read_bytes()
    second = add(workspace, family, PHOTO)
    two = make_backup(workspace)
    assert (named(one), named(two)) == ({first}, {first, second})
    assert place.stat().st_mtime_ns == written
    assert not [path for path in one.path.iterdir() if path.is_dir()]
    content = b"".join(path.read_bytes() for path in backup_folder(workspace).rglob("*") if path.is_file())
    assert "Đorđević".encode() not in content and PDF[:40] not in content


def test_a_restored_store_has_its_files(workspace: Workspace, family: CaseFile, tmp_path: Path) -> None:
    made = attach_file(workspace, family.case.uid, PDF, name="a.pdf")
    backup = make_backup(workspace)
    found = rehearse(workspace)
    assert found.sound
    workspace.lock()
    shutil.rmtree(workspace.folder.path)
    with pytest.raises(
        StoreError, match="is not a backup itself"
    ) as told:  # the folder of all backups names the newest
        restore_backup(backup.path.parent, workspace.folder.path)
    assert told.value.values == {"count": 1, "newest": backup.path} and not workspace.folder.path.exists()
    assert restore_backup(backup.path, workspace.folder.path) is None
    again = opened(workspace.folder.path)
    try:
        assert file_content(again, read_case(again, family.case.uid), made.record) == PDF
        assert check_store(again).sound
    finally:
        again.lock()


@pytest.mark.parametrize("harm", ["missing", "shorter", "the pool is gone"])
def test_a_backup_of_which_a_file_is_missing_does_not_count_and_the_next_one_mends_it(
    workspace: Workspace, family: CaseFile, tmp_path: Path, harm: str
) -> None:
    name = add(workspace, family, PDF)
    made = back_up_if_needed(workspace)
    assert made is not None and made.manifest is not None and back_up_if_needed(workspace) is None
    place = place_of(pool(workspace), name)
    if harm == "missing":
        place.unlink()
    elif harm == "shorter":
        place.write_bytes(place.read_bytes()[:-1])
    else:
        shutil.rmtree(pool(workspace))
    assert not backups(workspace)[0].whole
    for look in (
        lambda: store_backup.verify(made.path, made.manifest, stores.KEY),
        lambda: rehearse(workspace),
        lambda: restore_backup(made.path, tmp_path / "back.avrr"),
    ):
        with pytest.raises(StoreError) as told:
            look()
        assert told.value.title == "Files of cases are missing from this backup, so it is not complete."
    assert not (tmp_path / "back.avrr").exists()
    assert backup_state(workspace).old
    assert back_up_if_needed(workspace) is not None
    assert [one.whole for one in backups(workspace)] == [True, True]
    assert rehearse(workspace).sound


def test_a_rehearsal_opens_every_file(workspace: Workspace, family: CaseFile) -> None:
    name = add(workspace, family, PDF)
    make_backup(workspace)
    place = place_of(pool(workspace), name)
    content = bytearray(place.read_bytes())
    content[-1] ^= 1
    place.write_bytes(content)
    assert not rehearse(workspace).sound


def test_a_file_stays_in_the_pool_as_long_as_a_backup_names_it(workspace: Workspace, family: CaseFile) -> None:
    name = add(workspace, family, PDF)
    make_backup(workspace)
    drop_all(workspace, family)
    for _ in range(KEPT - 1):
        assert named(make_backup(workspace)) == set(), "swept in the store, so no later backup names it"
    assert set(names_in(pool(workspace))) == {name}
    (pool(workspace) / name[:2] / ".part-x").write_bytes(b"cut off")
    make_backup(workspace)
    assert names_in(pool(workspace)) == {}
    assert not list(pool(workspace).rglob(".part-*"))


def test_nothing_goes_while_a_backup_cannot_be_read(workspace: Workspace, family: CaseFile) -> None:
    name = add(workspace, family, PDF)
    first = make_backup(workspace)
    (first.path / "backup.json").write_text("{", encoding="ascii")
    drop_all(workspace, family)
    for _ in range(KEPT + 2):
        make_backup(workspace)
    assert set(names_in(pool(workspace))) == {name}


def test_what_the_store_lost_stays_in_its_backups_and_harms_none(workspace: Workspace, family: CaseFile) -> None:
    lost, damaged, whole = (add(workspace, family, content) for content in (PDF, PHOTO, b"text"))
    make_backup(workspace)
    folder = workspace.folder.path / "files"
    place_of(folder, lost).unlink()
    place_of(folder, damaged).write_bytes(b"shorter than it was")
    for _ in range(KEPT + 1):
        made = make_backup(workspace)
    assert named(made) == {lost, damaged, whole}
    assert rehearse(workspace).sound


def test_a_file_that_is_nowhere_whole_keeps_no_backup_from_being_made(workspace: Workspace, family: CaseFile) -> None:
    damaged, whole = add(workspace, family, PHOTO), add(workspace, family, b"text")
    place_of(workspace.folder.path / "files", damaged).write_bytes(b"damaged")
    made = make_backup(workspace)
    assert named(made) == {whole}
    assert made.whole


def test_a_backup_from_before_there_were_files_is_read(workspace: Workspace, family: CaseFile, tmp_path: Path) -> None:
    made = make_backup(workspace)
    manifest = json.loads((made.path / "backup.json").read_bytes())
    del manifest["files"]
    (made.path / "backup.json").write_text(json.dumps(manifest), encoding="ascii")
    [old] = backups(workspace)
    assert old.manifest is not None and old.whole and named(old) == set()
    assert rehearse(workspace).sound


@pytest.mark.parametrize("files", [{"../../../x": 1}, {"a" * 64: "1"}, {"a" * 64: True}, ["a" * 64], 7, {"A" * 64: 1}])
def test_a_list_that_leads_elsewhere_is_no_list(workspace: Workspace, family: CaseFile, files: object) -> None:
    made = make_backup(workspace)
    manifest = json.loads((made.path / "backup.json").read_bytes())
    (made.path / "backup.json").write_text(json.dumps({**manifest, "files": files}), encoding="ascii")
    assert [one.manifest for one in store_backup.backups_in(backup_folder(workspace))] == [None]


def test_a_full_disk_leaves_no_half_file_and_the_earlier_backup(workspace: Workspace, family: CaseFile) -> None:
    make_backup(workspace)
    workspace.store.tidy()
    add(workspace, family, random.Random(4).randbytes(900_000).hex().encode())
    with small_disk(1_500_000), pytest.raises(StoreError) as told:
        make_backup(workspace)
    assert "Nothing in the store was lost" in told.value.hint or "untouched" in told.value.hint
    assert names_in(pool(workspace)) == {} and not list(pool(workspace).rglob(".part-*"))
    assert len(backups(workspace)) == 1 and not list(backup_folder(workspace).glob(".part-*"))
    assert make_backup(workspace).whole


def test_the_size_of_the_next_backup_counts_files_that_no_backup_holds(workspace: Workspace, family: CaseFile) -> None:
    add(workspace, family, b"a" * 100_000)
    database = workspace.folder.database.stat().st_size
    assert store_size(workspace) > database + 100_000
    make_backup(workspace)
    assert store_size(workspace) == workspace.folder.database.stat().st_size
