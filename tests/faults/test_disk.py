"""A disk that is full, fails, may not be written or is gone: said in words, nothing half-made, nothing saved is lost."""

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError, StoreError
from avrr_desktop.files import PAUSES, write_whole
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.locations import data_folder, default_store
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.documents.printing import hand_over, outbox, put_in_outbox
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.folder.location_rules import CLOUDS, MARKS, refuse_place
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.start.start_page import StartPage
from tests.support import stores, window
from tests.support.folders import copy_of, fingerprints, opened
from tools.rigs.disk_limit import full_disk, nobodys_rights, open_to_all, small_disk
from tools.rigs.failpoints import failing, watched

LONG = "Dosije. " * 6000  # needs pages that the store does not have yet
FULL = "Not saved: the disk is full."
KEY_FILE = slots.KeyFile(
    store="STORE",
    kind=slots.OFFICE,
    generation=1,
    slots=(
        slots.Slot(slot="passphrase-1", kind="passphrase", kdf=Argon2id(3, FLOOR_KIB), salt=bytes(16), box=bytes(72)),
    ),
)
NEWER = slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=2, slots=KEY_FILE.slots)
Act = Callable[[], object]


def notes(workspace: Workspace, case: str) -> list[str]:
    """Return the texts of a case's notes."""
    return sorted(note.text("text") for note in read_case(workspace, case).notes)


def failed_everywhere(act: Act, look: Callable[[], object], error: int) -> Iterator[str]:
    """Let every call of a deed into the system fail once, look after each, and yield the title of what was said."""
    with watched(0, lambda: None, system_only=True) as whole:
        act()
    for number in range(1, whole.seen + 1):
        try:
            with failing(number, error):
                act()
        except StoreError as said:
            assert said.hint
            yield said.title
        else:
            yield ""  # what failed was not needed for the deed
        look()


def test_D1_a_full_disk_is_said_the_form_keeps_its_text_and_saves_once_there_is_room(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    desktop, case = window.desktop_of(shell), family.case.uid
    desktop.show_case(case, "note")
    tab = window.case_page(desktop).tab("notes")
    assert isinstance(tab, RecordTab)
    before = notes(workspace, case)
    with full_disk(workspace):
        tab.add()
        form = tab.form
        assert form is not None
        window.choose(form, "text", LONG)
        assert not form.save()
        assert FULL in desktop.message.text.text()
        assert "still here" in desktop.message.text.text()
        assert form.dirty
        assert form.rows["text"].editor.typed() == LONG
        assert notes(workspace, case) == before, "what was saved before can be read while the disk is full"
    assert form.save()
    assert notes(workspace, case) == sorted([*before, LONG.strip()])
    assert check_store(workspace).sound
    shell.close()


def test_D3_a_backup_on_a_full_disk_leaves_nothing_half_made_and_the_earlier_ones(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    workspace.folder.write_keys(KEY_FILE)
    folder = tmp_path / "stick"

    def look() -> None:
        found = store_backup.backups_in(folder)
        assert {one.path.name for one in found} == {path.name for path in folder.iterdir()}
        for one in found:
            assert one.manifest is not None
            store_backup.verify(one.path, one.manifest, stores.KEY)

    said = list(failed_everywhere(lambda: make_backup(workspace, folder), look, errno.ENOSPC))
    assert any("full" in title for title in said)
    workspace.store.tidy()
    for limit in range(4096, workspace.folder.database.stat().st_size, 40_000):
        with small_disk(limit), pytest.raises(StoreError):
            make_backup(workspace, folder)
        look()
    assert check_store(workspace).sound


def test_D3_a_document_on_a_full_stick_leaves_no_file_and_is_not_noted_as_handed_over(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    put_in_outbox(workspace, family, b"%PDF-1.7 " + bytes(90_000))
    [item] = outbox(workspace)
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in (1, 2):
        with small_disk(30_000 * number), pytest.raises(StoreError) as said:
            hand_over(workspace, item.pk, stick, "Head office")
        assert "store" in said.value.hint
        assert list(stick.iterdir()) == []
        assert outbox(workspace)[0].state == "ready"
    refused = 0
    for number in range(1, 30):
        try:
            with failing(number, errno.ENOSPC) as calls:
                written = hand_over(workspace, item.pk, stick, "Head office")
        except StoreError as error:
            refused += 1
            assert "store" in error.hint
            assert list(stick.iterdir()) == []
            assert outbox(workspace)[0].state == "ready"
        else:
            if calls.seen < number:
                break
            assert written.path.stat().st_size == item.size
            written.path.unlink()
            workspace.store.local.drop_document(outbox(workspace)[0].pk)
            put_in_outbox(workspace, family, b"%PDF-1.7 " + bytes(90_000))
            [item] = outbox(workspace)
    assert refused >= 5 and written.path.stat().st_size == item.size


def test_D3_a_backup_brought_back_on_a_full_disk_leaves_the_store_where_it_was(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    workspace.folder.write_keys(KEY_FILE)
    made = make_backup(workspace, tmp_path / "stick").path
    folder = workspace.folder.path
    workspace.lock()
    before = fingerprints(folder)
    beside = {path.name for path in folder.parent.iterdir()}
    for limit in (1000, 50_000, 200_000):
        with small_disk(limit), pytest.raises(StoreError):
            restore_backup(made, folder)
        assert fingerprints(folder) == before
        assert {path.name for path in folder.parent.iterdir()} == beside


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "failing"])
def test_D4_a_key_file_that_cannot_be_written_anew_leaves_whole_ones(tmp_path: Path, error: int) -> None:
    place = StoreFolder(tmp_path / "office.avrr")
    place.make()
    place.write_keys(KEY_FILE)

    def look() -> None:
        assert {path.name for path in place.path.iterdir()} == {"keys-a.json", "keys-b.json"}
        for path in place.path.iterdir():
            assert slots.read(path.read_bytes()) in (KEY_FILE, NEWER)
        StoreFolder(place.path).write_keys(KEY_FILE)

    said = list(failed_everywhere(lambda: place.write_keys(NEWER), look, error))
    assert len(said) > 10 and all(said), "a copy that was not written must not be taken for written"


def test_D5_a_save_that_the_disk_refused_once_is_told_as_not_saved_and_the_next_one_holds(
    workspace: Workspace, family: CaseFile
) -> None:
    case, folder = family.case.uid, workspace.folder.path
    new_record(workspace, "note", {"text": "before"}, case)
    log = workspace.store.path.with_name("store.db-wal")
    for number in range(6):
        with small_disk(log.stat().st_size + 1000 + number * 12_000), pytest.raises(StoreError) as said:
            new_record(workspace, "note", {"text": "refused"}, case)
        assert said.value.hint
        assert "refused" not in notes(workspace, case)
        new_record(workspace, "note", {"text": f"after {number}"}, case)
    there = notes(workspace, case)
    shutil.copytree(folder, folder.with_name("power cut.avrr"))
    for place in (folder, folder.with_name("power cut.avrr")):
        workspace.lock()
        again = opened(place)
        assert notes(again, case) == there
        assert check_store(again).sound
        again.lock()


def test_D6_whichever_write_fails_the_store_holds_what_was_acknowledged(tmp_path: Path) -> None:
    made = stores.office_workspace(tmp_path / "made.avrr")
    case = stores.family(made).case.uid
    made.lock()
    chance = random.Random(20_260_615)
    limits = [chance.randrange(4120 * number, 4120 * (number + 1)) for number in range(60)]
    for number, limit in enumerate(limits):
        workspace = opened(copy_of(tmp_path / "made.avrr", f"{number}.avrr"))
        before, acknowledged = notes(workspace, case), []
        with small_disk(limit):
            for text in ("one", "two", "three"):
                try:
                    new_record(workspace, "note", {"text": text}, case)
                except StoreError:
                    break
                acknowledged.append(text)
        assert notes(workspace, case) == sorted(before + acknowledged)
        workspace.lock()
        again = opened(tmp_path / f"{number}.avrr")
        assert notes(again, case) == sorted(before + acknowledged)
        assert chain_fault(again.store.connection) is None and tables_match(again.store)
        again.lock()
        shutil.rmtree(tmp_path / f"{number}.avrr")
    assert len(acknowledged) > 1, "the limits never let a save through"


def test_D9_a_store_that_may_not_be_written_is_refused_in_words_and_nothing_tries(tmp_path: Path) -> None:
    with open_to_all() as place:
        workspace = stores.office_workspace(place / "office.avrr")
        stores.family(workspace)
        workspace.folder.write_keys(KEY_FILE)
        workspace.lock()
        folder = workspace.folder.path
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before, names = fingerprints(folder), sorted(path.name for path in folder.iterdir())
        with nobodys_rights(), pytest.raises(StoreError) as said:
            opened(folder)
        assert said.value.title == "The store cannot be written here."
        (folder / "lock").chmod(0o666)
        with nobodys_rights(), pytest.raises(StoreError) as said:
            opened(folder)
        assert said.value.title == "The store cannot be written here."
        assert (fingerprints(folder), sorted(path.name for path in folder.iterdir())) == (before, names)
        folder.chmod(0o755)


def test_D10_a_folder_that_is_gone_saves_nothing_into_nowhere_and_what_is_typed_waits(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    desktop, case, folder = window.desktop_of(shell), family.case.uid, workspace.folder.path
    form = window.begin_record(desktop, case)
    said: list[str] = []
    form.state_said.connect(said.append)
    away = folder.rename(folder.with_name("pulled"))
    window.choose(form, "text", "said at the door")
    assert not form.save()
    assert "no longer there" in desktop.message.text.text()
    assert said[-1] == "Draft not kept"
    assert form.dirty
    assert form.rows["text"].editor.typed() == "said at the door"
    away.rename(folder)
    assert form.save()
    assert "said at the door" in notes(workspace, case)
    shell.close()


def test_D10_a_store_that_is_gone_can_be_locked_and_the_next_start_says_that_it_is_not_there(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    shutil.rmtree(workspace.folder.path)
    shell.lock()
    assert workspace.locked
    assert shell.workspace is None
    page = shell.centralWidget()
    assert isinstance(page, StartPage)
    assert "There is no store in this folder." in page.problem.text()
    qtbot.waitUntil(page.problem.isVisible)
    shell.close()


def test_D13_a_file_that_a_scanner_holds_for_a_moment_is_put_in_its_place_all_the_same(
    workspace: Workspace, family: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.folder.write_keys(KEY_FILE)
    refusals, replace = [0], os.replace

    def scanned(source: os.PathLike[str], target: os.PathLike[str]) -> None:
        if refusals[0]:
            refusals[0] -= 1
            raise PermissionError(errno.EACCES, "being used by another process")
        replace(source, target)

    monkeypatch.setattr(os, "replace", scanned)
    refusals[0] = 5
    write_whole(tmp_path / "paper.pdf", b"new")
    assert (tmp_path / "paper.pdf").read_bytes() == b"new"
    refusals[0] = 1
    assert make_backup(workspace, tmp_path / "stick").manifest is not None
    refusals[0] = 1000
    with pytest.raises(StoreError) as said:
        write_whole(tmp_path / "paper.pdf", b"newer")
    assert "writable" in said.value.hint
    assert (tmp_path / "paper.pdf").read_bytes() == b"new"
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"paper.pdf"}
    assert sum(PAUSES) <= 2.5


@pytest.mark.parametrize("name", [f"{cloud.title()} of the office" for cloud in CLOUDS])
@pytest.mark.parametrize("reached", ["itself", "a link to it"])
def test_D15_a_folder_that_a_service_copies_is_refused_by_name_with_the_reason(
    tmp_path: Path, name: str, reached: str
) -> None:
    place = tmp_path / name / "papers"
    place.mkdir(parents=True)
    if reached == "a link to it":
        place = tmp_path / "cases"
        place.symlink_to(tmp_path / name / "papers", target_is_directory=True)
    refused(place / "office.avrr", name)


@pytest.mark.parametrize("mark", MARKS)
def test_D15_a_folder_with_the_mark_of_a_service_is_refused(tmp_path: Path, mark: str) -> None:
    (tmp_path / "Papers" / "deep").mkdir(parents=True)
    refuse_place(tmp_path / "Papers" / "deep")
    (tmp_path / "Papers" / mark).mkdir()
    refused(tmp_path / "Papers" / "deep", "Papers")


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_D15_the_folder_that_the_computer_names_as_synced_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    refuse_place(tmp_path / "Work" / "office.avrr")
    monkeypatch.setenv(variable, str(tmp_path / "Work"))
    refused(tmp_path / "Work" / "office.avrr", "Work")


def test_D15_a_store_that_was_moved_into_a_synced_folder_is_not_opened(workspace: Workspace, tmp_path: Path) -> None:
    folder, key = workspace.folder.path, workspace.database_key()
    workspace.lock()
    (tmp_path / "Dropbox").mkdir()
    moved = folder.rename(tmp_path / "Dropbox" / folder.name)
    before = fingerprints(moved)
    with pytest.raises(RefusedError):
        open_unlocked(moved, Keys(KEY_FILE, key))
    assert fingerprints(moved) == before


def test_D15_the_place_that_the_program_proposes_is_the_users_own_and_not_refused() -> None:
    assert data_folder() in default_store().parents
    refuse_place(default_store())


def refused(folder: Path, name: str) -> None:
    """See that a store is refused there, with the folder that a service copies."""
    with pytest.raises(RefusedError) as said:
        refuse_place(folder)
    assert said.value.values == {"folder": name}
    assert "own disk" in said.value.hint
