"""A journey takes chosen cases and nothing of the others; it comes back with what changed. Rescue is the same thing."""

import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import ExpectedError, RefusedError, StoreError
from avrr_desktop.keys import slots
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.exchange.journey import bring_keys_back, merge_journey, move_keys_away, take_along, take_in
from avrr_desktop.operations.files.files import attach_file, check_files, file_content, files_of
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import names_in
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support import office_with_keys, stores
from tests.support.folders import fingerprints
from tests.support.journals import dump
from tests.support.office_with_keys import FOUNDER, WORKER, People

HOME = "0vamprobkuf"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def two_cases(workspace: Workspace) -> tuple[CaseFile, str]:
    case = stores.family(workspace)
    other = open_case(workspace, {"called": f"{HOME} family"}, [({"family_name": HOME}, {})])
    return case, other.case


def test_only_chosen_cases_go_along_and_what_changed_comes_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case, other = two_cases(home)
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    edit_record(home, case.case, {"municipality_of_return": "Sjenica"}, case.case.uid)
    home.lock()

    away = People(journey, office.founder).at_work(WORKER)
    assert find(away, HOME) == [] and away.store.reader.case_file(case.case.uid).members
    assert not [line for line in dump(away) if HOME in line]
    for _, parts in away.store.connection.rows("SELECT pk, parts FROM journal"):
        assert HOME.encode() not in parts
    assert check_store(away).sound
    new_record(away, "note", {"text": "At the border: Рача"}, case.case.uid)
    edit_record(away, away.store.reader.case_file(case.case.uid).case, {"remarks": "came along"}, case.case.uid)
    away.lock()

    home = office.at_work(FOUNDER)
    taken = merge_journey(home, journey)
    assert (taken.entries, taken.cases) == (2, 1)
    after = home.store.reader.case_file(case.case.uid)
    assert "At the border: Рача" in [note.text("text") for note in after.notes]
    assert (after.case.text("remarks"), after.case.text("municipality_of_return")) == ("came along", "Sjenica")
    assert find(home, "Рача") and home.store.reader.case_file(other)
    assert check_store(home).sound and not journey.exists()
    assert [line.text("what") for line in accesses(home)[:2]] == ["came_back", "travelled"]
    home.lock()


def test_both_values_of_one_field_come_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case, _ = two_cases(home)
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    edit_record(home, case.case, {"remarks": "at home"}, case.case.uid)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    edit_record(away, case.case, {"remarks": "away"}, case.case.uid)
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    conflicts = home.store.reader.case_file(case.case.uid).case.conflicts or {}
    assert set(conflicts["remarks"]) == {"at home", "away"}
    assert check_store(home).sound
    home.lock()


def test_without_its_key_files_the_store_at_home_opens_for_nobody(office: People, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    move_keys_away(office.folder, stick)
    with pytest.raises(StoreError) as refused:
        unlock(office.folder, FOUNDER)
    assert "missing" in refused.value.title and "journey" in refused.value.hint
    with pytest.raises(StoreError):
        bring_keys_back(office.folder, tmp_path)
    bring_keys_back(office.folder, stick)
    office.at_work(FOUNDER).lock()


def test_work_is_rescued_out_of_a_store_that_was_moved_aside(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case, _ = two_cases(home)
    backup = make_backup(home, tmp_path / "backups")
    new_record(home, "note", {"text": "written after the backup"}, case.case.uid)
    home.lock()
    aside = restore_backup(backup.path, office.folder)
    assert aside
    restored = office.at_work(FOUNDER)
    new_record(restored, "note", {"text": "written after the restore"}, case.case.uid)
    taken = take_in(restored, aside)
    assert taken.cases == 1
    texts = {note.text("text") for note in restored.store.reader.case_file(case.case.uid).notes}
    assert {"written after the backup", "written after the restore"} <= texts
    assert check_store(restored).sound
    assert take_in(restored, aside).entries == 0
    restored.lock()
    assert aside.exists()


def test_another_store_is_not_taken_in(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    strange = office_with_keys.office(tmp_path / "strange.avrr")
    keys = strange.folder / "keys-a.json"
    import json

    from avrr_desktop.keys import slots

    content = json.loads(keys.read_bytes()) | {"store": "ANOTHER"}
    for name in ("keys-a.json", "keys-b.json"):
        (strange.folder / name).write_text(json.dumps(content | {"check": slots.check(content)}))
    with pytest.raises(RefusedError):
        take_in(home, strange.folder)
    with pytest.raises(RefusedError):
        take_in(home, office.folder)
    with pytest.raises(ExpectedError):
        take_in(home, tmp_path / "nothing")
    home.lock()


def test_of_two_entries_under_one_name_both_are_there_afterwards(office: People, tmp_path: Path) -> None:
    copy = tmp_path / "copy.avrr"
    shutil.copytree(office.folder, copy)
    home = office.at_work(FOUNDER)
    twin = People(copy, office.founder).at_work(FOUNDER)
    for workspace, text in ((home, "one"), (twin, "two")):
        workspace.store.local.set_setting("identity", workspace.store.identity)
        workspace.store.local.set_setting("incarnation", "1")
        new_record(workspace, "provider", {"name": text})
    twin.lock()
    taken = take_in(home, copy)
    assert (taken.entries, taken.reissued, taken.refused) == (1, 1, 0) and "1 entry" in taken.told(home.words)
    assert {record.text("name") for record in home.store.reader.everything("provider")} >= {"one", "two"}
    assert check_store(home).sound
    assert take_in(home, copy).entries == 0
    home.lock()


def test_a_journey_that_fails_leaves_nothing(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    with pytest.raises(RefusedError):
        take_along(home, [], tmp_path, office.everybody)
    case, _ = two_cases(home)
    take_along(home, [case.case.uid], tmp_path, office.everybody)
    with pytest.raises(StoreError):
        take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()


def test_files_of_the_chosen_cases_go_along_and_those_added_on_the_way_come_back(
    office: People, tmp_path: Path
) -> None:
    home = office.at_work(FOUNDER)
    case, other = two_cases(home)
    for number, (uid, text) in enumerate(((case.case.uid, b"of the chosen case"), (other, b"of another case"))):
        (tmp_path / f"{number}.txt").write_bytes(text)
        attach_file(home, uid, tmp_path / f"{number}.txt")
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()

    away = People(journey, office.founder).at_work(WORKER)
    assert contents(away, case.case.uid) == [b"of the chosen case"]
    assert len(names_in(journey / "files")) == 1, "nothing of the other case went along"
    (tmp_path / "2.txt").write_bytes(b"a paper that was found on the way")
    attach_file(away, case.case.uid, tmp_path / "2.txt")
    assert check_store(away).sound
    away.lock()

    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    assert not journey.exists()
    assert contents(home, case.case.uid) == [b"a paper that was found on the way", b"of the chosen case"]
    assert contents(home, other) == [b"of another case"]
    assert check_files(home) == (0, 0)
    home.lock()


def contents(workspace: Workspace, case: str) -> list[bytes]:
    case_file = workspace.store.reader.case_file(case)
    return sorted(file_content(workspace, case_file, record.uid) for record in files_of(case_file))


def test_key_files_of_another_store_are_never_written_over(office: People, tmp_path: Path) -> None:
    for name, store in (("stick", "ANOTHER"), ("own stick", "STORE")):
        (tmp_path / name).mkdir()
        StoreFolder(tmp_path / name).write_keys(slots.KeyFile(store=store, kind=slots.OFFICE, generation=1, slots=()))
    before = fingerprints(office.folder), fingerprints(tmp_path / "stick")
    for act in (move_keys_away, bring_keys_back):
        with pytest.raises(RefusedError) as refused:
            act(office.folder, tmp_path / "stick")
        assert "other store" in refused.value.title
        assert (fingerprints(office.folder), fingerprints(tmp_path / "stick")) == before
    move_keys_away(office.folder, tmp_path / "own stick")
    bring_keys_back(office.folder, tmp_path / "own stick")
    office.at_work(FOUNDER).lock()
