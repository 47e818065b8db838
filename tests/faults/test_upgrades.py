"""Stores of older versions: brought up to date whole or not at all, with a way back, and never touched by older programs."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.records.record_types import ALL
from avrr_desktop.locations import data_folder
from avrr_desktop.operations.access.officers import begin_as
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import find, places_of_return
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.documents.printing import (
    SUMMARY,
    finished_copy,
    hand_over,
    outbox,
    outbox_document,
    put_in_outbox,
)
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import drop_draft, keep_draft
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_store, open_unlocked
from avrr_desktop.store.engine import opening
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.migrations import (
    SCHEMA,
    STEPS,
    m0002_safety,
    m0003_quarantine,
    m0004_facts,
    m0005_places,
    m0006_closings,
)
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.location_rules import refuse_little_room
from tests.support.folders import OtherProgram, fingerprints, opened
from tools.rigs.failpoint_child import KEY, STORE
from tools.rigs.victims import ended

GOLDEN = Path(__file__).parent.parent / "golden" / "stores"
RELEASES = sorted(path.stem for path in GOLDEN.glob("*.json"))
STEP = 9  # an opening with its backup makes 484 calls; every one by command
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def keys() -> Keys:
    """What opens the store of the first release, derived once."""
    return unlock(GOLDEN / "0.1.0.avrr", PRACTICE_PASSPHRASE)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the store of the first release, of schema 1, with a draft and a document in its outbox."""
    return Path(shutil.copytree(GOLDEN / "0.1.0.avrr", tmp_path / STORE))


def schema_and_rows(folder: Path, key: bytes) -> tuple[int, Rows]:
    """Return the schema number of a closed store and all that its tables hold; looks at a copy."""
    copy = Path(shutil.copytree(folder, folder.with_name("looked-at.avrr")))
    try:
        connection = Connection(copy / "store.db", key)
        try:
            version = connection.one("PRAGMA user_version") or (0,)
            names = [name for name, sql in connection.rows("SELECT name, sql FROM sqlite_master WHERE type='table'")
                     if not str(sql).startswith("CREATE VIRTUAL")]  # fmt: skip
            rows = {str(name): connection.rows(f'SELECT * FROM "{name}"') for name in sorted(names)}
        finally:
            connection.close()
    finally:
        shutil.rmtree(copy)
    return int(version[0]), rows


def whole_backups(folder: Path, key: bytes) -> int:
    """Return how many backups lie in a folder, each of which opens and holds what it says."""
    found = store_backup.backups_in(folder)
    for one in found:
        assert one.manifest is not None
        store_backup.verify(one.path, one.manifest, key)
    return len(found)


def the_family(workspace: Workspace) -> CaseFile:
    [case] = {hit.case.uid for hit in find(workspace, "Gjorgjeviq")}
    return read_case(workspace, case)


@pytest.mark.parametrize("version", RELEASES)
def test_U1_a_store_of_every_release_opens_with_all_it_held_and_is_worked_in(version: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOLDEN / f"{version}.avrr", tmp_path / "golden.avrr"))
    told = json.loads((GOLDEN / f"{version}.json").read_text(encoding="ascii"))
    workspace = open_store(folder, PRACTICE_PASSPHRASE)
    dump = list(workspace.store.dump())
    assert (hashlib.sha256("\n".join(dump).encode()).hexdigest(), len(dump)) == (told["dump"], told["entries"])
    assert check_store(workspace).sound

    [arta] = workspace.store.reader.everything("officer")
    begin_as(workspace, arta.uid)
    case_file = the_family(workspace)
    content, copy = finished_copy(workspace, case_file, SUMMARY, "full_internal", "Civil registry", "kept")
    pk = put_in_outbox(workspace, case_file, content, copy=copy)
    stick = tmp_path / "stick"
    stick.mkdir()
    handed = hand_over(workspace, pk, stick, "Civil registry")
    assert handed.path.read_bytes() == content
    assert [line.text("what") for line in accesses(workspace, case_file.case.uid)] == ["handed_over", "leaving", "kept"]
    [item] = [item for item in outbox(workspace) if item.pk == pk]
    assert (item.state, item.serial, item.recipient) == ("handed_over", copy.serial, "Civil registry")
    new_record(workspace, "officer", {"name": "Besnik Leka", "initials": "BL", "role": "case_worker"})
    assert {one.text("initials") for one in workspace.store.reader.everything("officer")} == {"AH", "BL"}
    assert check_store(workspace).sound
    workspace.lock()
    again = open_store(folder, PRACTICE_PASSPHRASE)
    assert len(accesses(again)) == 3 and check_store(again).sound
    again.lock()


def test_U1_a_case_of_before_is_found_by_every_name_of_its_place_once_its_store_is_upgraded(
    old: Path, keys: Keys
) -> None:
    workspace = open_unlocked(old, keys)
    case = the_family(workspace).case
    assert case.text("municipality_of_return") == "Novi Pazar" and not case.text("municipality_of_return_code")
    for typed in ("Yenipazar", "u Novom Pazaru", "N. Pazar", "Raški okrug"):
        assert [hit.case.uid for hit in find(workspace, typed) if hit.record_type == "case"] == [case.uid], typed
    assert places_of_return(workspace) == {"RS-m-novi-pazar": "Novi Pazar"}
    workspace.lock()


def test_U1_what_lay_half_written_and_unsent_in_an_older_store_is_there_and_goes_on(old: Path, keys: Keys) -> None:
    version, rows = schema_and_rows(old, keys.database)
    assert version == 1 and "accesses" not in rows
    workspace = open_unlocked(old, keys)
    [draft] = workspace.store.local.drafts()
    assert draft.values == {"phone": "half"}
    [item] = outbox(workspace)
    found, content = outbox_document(workspace, item.pk)
    assert content.startswith(b"%PDF") and hashlib.sha256(content).hexdigest() == found.digest
    assert (found.level, found.serial, found.recipient, found.closing) == ("full_internal", "", "", "")
    [before] = rows["local_outbox"]
    [after] = schema_rows(workspace, "local_outbox")
    assert after[: len(before)] == before
    handed = hand_over(workspace, item.pk, old.parent, "the family")
    assert handed.path.read_bytes() == content
    keep_draft(workspace, draft.form, draft.case, "person", draft.record, {"phone": "half and more"}, ())
    assert [one.values for one in workspace.store.local.drafts()] == [{"phone": "half and more"}]
    drop_draft(workspace, draft.form)
    assert not workspace.store.local.drafts()
    workspace.lock()


def schema_rows(workspace: Workspace, table: str) -> list[tuple[object, ...]]:
    return workspace.store.connection.rows(f'SELECT * FROM "{table}"')


def test_U1_the_store_as_it_was_lies_in_a_backup_that_opens(old: Path, keys: Keys) -> None:
    before = schema_and_rows(old, keys.database)
    open_unlocked(old, keys).lock()
    folder = data_folder() / "backups"
    assert whole_backups(folder, keys.database) == 1
    [backup] = store_backup.backups_in(folder)
    version, rows = schema_and_rows(backup.path, keys.database)
    assert (version, {name: sorted(map(repr, lines)) for name, lines in rows.items()}) == (
        before[0], {name: sorted(map(repr, lines)) for name, lines in before[1].items()}
    )  # fmt: skip
    open_unlocked(old, keys).lock()
    assert whole_backups(folder, keys.database) == 1, "what is up to date needs none"


LATER = ("local_quarantine", *(kind.table for kind in ALL))


@pytest.fixture(scope="module")
def left_behind(
    tmp_path_factory: pytest.TempPathFactory, keys: Keys, victims: OtherProgram
) -> list[tuple[int, int, bool]]:
    """For the calls at which an upgrade was ended: schema, whole backups, whether all rows of before are there.

    Each of the stores was then opened by a program that lives on, and found sound and complete.
    """
    place = Path(tmp_path_factory.mktemp("upgrades"))
    base = place / "base"
    shutil.copytree(GOLDEN / "0.1.0.avrr", base / STORE)
    (base / KEY).write_bytes(keys.database)
    _, before = schema_and_rows(base / STORE, keys.database)
    told = json.loads((GOLDEN / "0.1.0.json").read_text(encoding="ascii"))["dump"]
    found: list[tuple[int, int, bool]] = []
    for folder in ended(victims, base, place, "upgrade", step=STEP):
        version, rows = schema_and_rows(folder / STORE, keys.database)
        kept = rows == before if version == 1 else {*before, *LATER} == {*rows}
        found.append((version, whole_backups(folder / "avrr-desktop" / "backups", keys.database), kept))
        with pytest.MonkeyPatch.context() as here:
            for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
                here.setenv(name, str(folder))
            workspace = open_unlocked(folder / STORE, keys)
        assert hashlib.sha256("\n".join(workspace.store.dump()).encode()).hexdigest() == told
        assert workspace.store.connection.one("PRAGMA user_version") == (SCHEMA,)
        assert workspace.store.local.drafts() and len(schema_rows(workspace, "local_outbox")[0]) == 19
        workspace.lock()
    return found


def test_C6_ended_at_any_call_the_old_schema_is_whole_or_the_new_one_complete_and_a_backup_is_there(
    left_behind: list[tuple[int, int, bool]],
) -> None:
    assert all(kept for _, _, kept in left_behind)
    states = list(dict.fromkeys((version, backups) for version, backups, _ in left_behind))
    assert states == [(1, 0), (1, 1), (SCHEMA, 1)], "a schema is never changed before there is a way back"


def test_U2_ended_at_every_statement_an_upgrade_is_taken_back_and_goes_through_the_next_time(
    left_behind: list[tuple[int, int, bool]],
) -> None:
    between = [state for state in left_behind if state[:2] == (1, 1)]
    statements = (
        step.STATEMENTS for step in (m0002_safety, m0003_quarantine, m0004_facts, m0005_places, m0006_closings)
    )
    assert len(between) * STEP > sum(map(len, statements)), "fewer ends than the upgrade has statements"
    assert left_behind[-1] == (SCHEMA, 1, True)


def larger_than_the_room(folder: Path, share: float) -> int:
    """Let a store's file reach so far that it takes a share of the room that is really free; the end is a hole."""
    file = folder / "store.db"
    size = int(shutil.disk_usage(folder).free * share)
    os.truncate(file, size)
    return size


def test_U3_with_too_little_room_it_is_refused_beforehand_and_no_byte_is_written(old: Path, keys: Keys) -> None:
    whole = (old / "store.db").read_bytes()
    size = larger_than_the_room(old, 0.45)
    others = fingerprints_without_the_store(old)
    for _ in range(2):
        with pytest.raises(StoreError) as refused:
            open_unlocked(old, keys)
        assert "not enough space" in refused.value.title and "Free some space" in refused.value.hint
        assert int(str(refused.value.values["megabytes"])) >= size * 2.5 / 1_000_000
    with (old / "store.db").open("rb") as file:
        assert file.read(len(whole)) == whole
        assert (old / "store.db").stat().st_size == size
    assert fingerprints_without_the_store(old) == others
    assert not (data_folder() / "backups").exists(), "no backup was begun that could not end"
    os.truncate(old / "store.db", len(whole))
    workspace = open_unlocked(old, keys)
    assert workspace.store.connection.one("PRAGMA user_version") == (SCHEMA,)
    workspace.lock()


def fingerprints_without_the_store(folder: Path) -> dict[str, str]:
    """Return the fingerprints of what lies beside the store's file; an emptied log is none."""
    aside = folder.parent / "without"
    shutil.copytree(folder, aside, ignore=shutil.ignore_patterns("store.db"))
    found = {name: digest for name, digest in fingerprints(aside).items() if (aside / name).stat().st_size}
    shutil.rmtree(aside)
    return found


def test_U3_a_store_that_fits_two_and_a_half_times_is_not_refused(old: Path) -> None:
    larger_than_the_room(old, 0.35)
    refuse_little_room(old / "store.db")
    larger_than_the_room(old, 0.45)
    with pytest.raises(StoreError):
        refuse_little_room(old / "store.db")


def test_U4_a_program_that_knows_an_older_schema_refuses_and_changes_no_byte(
    workspace: Workspace, family: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    before = fingerprints(folder)
    for older in range(1, SCHEMA):
        with monkeypatch.context() as here:
            here.setattr(opening, "SCHEMA", older)
            here.setattr(opening, "STEPS", STEPS[:older])
            for _ in range(2):
                with pytest.raises(StoreError) as refused:
                    opened(folder)
                assert "newer version" in refused.value.title
                assert "not changed" in refused.value.hint and "Install the newer version" in refused.value.hint
                assert fingerprints(folder) == before
    again = opened(folder)
    assert check_store(again).sound
    again.lock()
