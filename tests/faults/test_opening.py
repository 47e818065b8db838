"""A store that is opened where something of it is missing, damaged, newer or held: refused in words, or known as it is."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import ExpectedError, InUseError, PassphraseError, StoreError
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.migrations import SCHEMA
from tests.support import window
from tests.support.folders import OtherProgram, copy_of, fingerprints, newer_store, opened
from tests.support.stores import KEY

HOLDER = "tools.rigs.lock_holder"
PASSPHRASE = "five words that belong nobody"
COPIES = ("keys-a.json", "keys-b.json")
OFFICE = {"name": "Tirana office", "code": "TIR", "country": "AL"}
BITS = 40  # in each copy; deriving a key takes its time


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with a passphrase and a backup beside it, made once; tests work on copies."""
    folder = Path(tmp_path_factory.mktemp("made"))
    file, master = slots.create("STORE", slots.OFFICE, PASSPHRASE, Argon2id(passes=1, memory_kib=FLOOR_KIB))
    workspace = create_store(
        folder / "office.avrr", PASSPHRASE, dict(OFFICE), keys=Keys(file, subkey(master, "db/1"))
    )  # fmt: skip
    make_backup(workspace, folder / "backups")
    workspace.lock()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "made")) / "office.avrr"


def opens(folder: Path) -> None:
    """Open a store with its passphrase, see that its office is there, and close it."""
    workspace = open_store(folder, PASSPHRASE)
    assert workspace.office and workspace.office.text("name") == "Tirana office"
    workspace.lock()


def killed_with_a_log(workspace: Workspace, case: str, notes: int) -> Path:
    """Let another program save notes and kill it, so that they stand in the log alone; return the folder."""
    folder = workspace.folder.path
    workspace.lock()
    with OtherProgram(HOLDER, str(folder), case) as holder:
        assert holder.hear() == "ready"
        for number in range(notes):
            holder.say(f"in the log {number}")
            assert holder.hear() == "saved"
        holder.kill()
    return folder


@pytest.mark.parametrize("beside", ["nothing", "a log"])
def test_S4_an_empty_file_is_no_new_store_and_the_way_back_is_said(
    workspace: Workspace, family: CaseFile, beside: str
) -> None:
    folder = killed_with_a_log(workspace, family.case.uid, 1)
    (folder / "store.db").write_bytes(b"")
    if beside == "nothing":
        (folder / "store.db-wal").unlink()
    before = fingerprints(folder)
    for _ in range(2):
        with pytest.raises(StoreError) as said:
            opened(folder)
        assert "missing or empty" in said.value.title
        assert "backup" in said.value.hint
    assert fingerprints(folder) == before


def test_S5_a_wrong_passphrase_and_a_wrong_key_are_told_and_nothing_is_written(folder: Path) -> None:
    before = fingerprints(folder)
    with pytest.raises(PassphraseError) as said:
        open_store(folder, PASSPHRASE + "s")
    assert said.value.hint
    chance = random.Random(20_260_615)
    for _ in range(20):
        with pytest.raises(StoreError) as refused:
            Connection(folder / "store.db", chance.randbytes(32), exclusive=True)
        assert "a different key" in refused.value.title
        assert "Do not delete" in refused.value.hint
    (folder / "failed-unlocks").unlink()  # the try was counted, beside the store
    assert fingerprints(folder) == before
    opens(folder)


def test_S6_a_log_that_was_taken_away_is_noticed_with_the_number_of_what_is_missing(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    held = new_record(workspace, "note", {"text": "in the file"}, case).changes.change_id
    folder = killed_with_a_log(workspace, case, 3)
    shutil.copytree(folder, folder.with_name("whole.avrr"))
    for name in ("store.db-wal", "store.db-shm"):
        (folder / name).unlink()
    again = opened(folder)
    assert again.store.missing_entries() == 3
    report = check_store(again)
    assert not report.sound and report.missing == 3
    assert any("missing: 3" in line for line in report.lines(again.words))
    shell = window.window_over(qtbot, again)
    assert "missing: 3" in window.desktop_of(shell).message.text.text()
    written = new_record(again, "note", {"text": "after that"}, case).changes.change_id
    assert written.split(".")[:2] != held.split(".")[:2], "the names of what is missing are never given again"
    assert again.store.missing_entries() == 0
    assert check_store(again).sound
    shell.close()
    whole = opened(folder.with_name("whole.avrr"))
    assert whole.store.missing_entries() == 0, "with its log nothing is missing"
    assert check_store(whole).sound
    whole.lock()


@pytest.mark.parametrize("name", COPIES)
def test_S9_a_damaged_copy_of_the_key_file_is_passed_over_and_mended(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    chance = random.Random(name)
    for number in range(BITS):
        content = bytearray(whole)
        if number % 4 == 3:
            del content[chance.randrange(len(content)) :]
        else:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(content)
        opens(folder)
        assert [(folder / copy).read_bytes() for copy in COPIES] == [whole, whole]


def test_S10_without_any_key_file_it_is_said_where_to_look_and_those_of_a_backup_open_it(folder: Path) -> None:
    for name in COPIES:
        (folder / name).unlink()
    before = fingerprints(folder)
    with pytest.raises(StoreError) as said:
        open_store(folder, PASSPHRASE)
    for word in ("keys-a.json", "keys-b.json", "backup"):
        assert word in said.value.hint
    assert fingerprints(folder) == before
    [backup] = (folder.parent / "backups").iterdir()
    shutil.copy(backup / "keys-a.json", folder)
    opens(folder)
    assert (folder / "keys-b.json").read_bytes() == (folder / "keys-a.json").read_bytes()
    aside = restore_backup(backup, folder)
    assert aside is not None
    opens(folder)


@pytest.mark.parametrize("held", ["SELECT * FROM journal", "BEGIN IMMEDIATE"], ids=["reading", "writing"])
def test_S11_a_store_that_a_checker_holds_is_in_use_and_never_called_damaged(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace], held: str
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    checker = Connection(folder / "store.db", KEY)
    cursor = checker.execute(held)
    cursor.fetchone()
    for _ in range(2):
        with pytest.raises(InUseError) as said:
            opened(folder)
        assert "try again" in said.value.hint
    checker.close()
    again = opening(folder)
    assert check_store(again).sound
    reader = Connection(folder / "store.db", KEY, read_only=True)
    reader.execute("SELECT * FROM journal").fetchone()
    assert check_store(again).sound, "a check is not disturbed by somebody who reads"
    reader.close()


@pytest.mark.parametrize("version", [SCHEMA + 1, SCHEMA + 1000], ids=["the next", "a far one"])
def test_S12_a_store_of_a_newer_program_is_refused_and_not_one_byte_is_written(
    workspace: Workspace, family: CaseFile, version: int
) -> None:
    folder = newer_store(workspace, version)
    before = fingerprints(folder)
    for place in (folder, copy_of(folder, "copy.avrr")):
        with pytest.raises(StoreError) as said:
            opened(place)
        assert "newer version" in said.value.title
        assert "Install the newer version" in said.value.hint
        assert fingerprints(place) == before


def test_S5_four_mishaps_have_four_messages_and_none_offers_to_begin_anew(folder: Path) -> None:
    def told(place: Path, passphrase: str = PASSPHRASE) -> ExpectedError:
        with pytest.raises(ExpectedError) as said:
            open_store(place, passphrase)
        return said.value

    def turned(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[40] ^= 4
        path.write_bytes(content)

    slot, key, store = (copy_of(folder, f"{name}.avrr") for name in ("slot", "key", "store"))
    for name in ("keys-a.json", "keys-b.json"):
        turned(slot / name)
        (key / name).unlink()
    turned(store / "store.db")
    said = [told(folder, PASSPHRASE + "s"), told(slot), told(key), told(store)]
    assert len({error.title for error in said}) == 4
    for error in said:
        words = f"{error.title} {error.hint}".lower()
        assert error.hint and not any(bad in words for bad in ("start over", "delete all", "begin anew", "new store"))
