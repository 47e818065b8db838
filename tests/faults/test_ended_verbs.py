"""Ended at any call, an erasing, a journey, its coming back and a founding leave what was before or what was to be."""

import sys
from pathlib import Path

import pytest

from avrr_desktop.keys import slots
from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.protection.erasing import finish_erasing
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.store.folder.attachments import names_in
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.store import Store
from tests.support import stores
from tests.support.folders import OtherProgram, opened
from tools.rigs.failpoint_child import STICK, STORE
from tools.rigs.victims import begun, ended

JOURNEY = "office-journey.avrr"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="victims are forked")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a closed store of two cases, one of them with a scan, and an empty stick."""
    folder = Path(tmp_path_factory.mktemp("verbs"))
    workspace = begun(folder)
    case = stores.family(workspace).case.uid
    attach_file(workspace, case, b"%PDF-1.4 a scan of a passport", name="scan.pdf")
    stores.family(workspace)
    workspace.lock()
    (folder / STICK).mkdir()
    return folder


@pytest.fixture(scope="module")
def out(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with a journey that is out and in which a note was written."""
    import shutil

    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("out") / "of"))
    workspace = opened(folder / STORE)
    journey = take_along(workspace, [workspace.store.reader.lines([1])[0].uid], folder / STICK)
    workspace.lock()
    away = opened(journey)
    new_record(away, "note", {"text": "on the way"}, away.store.reader.lines([1])[0].uid)
    away.lock()
    return folder


def test_an_erasing_is_done_with_its_line_and_its_files_or_not_at_all(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    found = []
    for folder in ended(victims, base, tmp_path, "erase_case"):
        workspace = opened(folder / STORE)
        finish_erasing(workspace)  # as every unlock does
        said = [line.text("what") for line in accesses(workspace)]
        found.append(
            (workspace.store.reader.count("case"), said.count("erased"), len(names_in(folder / STORE / "files")))
        )
        assert check_store(workspace).sound
        workspace.lock()
    assert list(dict.fromkeys(found)) == [(2, 0, 1), (1, 1, 0)]


def test_a_journey_is_whole_with_its_line_or_not_there_and_can_be_made_again(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    found = []
    for folder in ended(victims, base, tmp_path, "travel", step=3):
        journey = folder / STICK / JOURNEY
        workspace = opened(folder / STORE)
        told = any(line.text("what") == "travelled" for line in accesses(workspace))
        if there := journey.exists():
            assert told, "a journey is out, and no line says so"
        else:
            take_along(workspace, [workspace.store.reader.lines([1])[0].uid], folder / STICK)
        workspace.lock()
        assert [path.name for path in (folder / STICK).iterdir()] == [JOURNEY]
        away = Store.open(journey / "store.db", stores.KEY)
        assert (
            away.reader.count("case") == 1
            and away.local.setting("partial") == "1"
            and chain_fault(away.connection) is None
        )
        away.close()
        found.append(there)
    assert found[0] is False and found[-1] is True


def test_a_journey_that_comes_back_is_never_lost_on_the_way(victims: OtherProgram, out: Path, tmp_path: Path) -> None:
    for folder in ended(victims, out, tmp_path, "bring_back", step=3):
        workspace = opened(folder / STORE)
        if (folder / STICK / JOURNEY / "store.db").exists() and (folder / STICK / JOURNEY / "keys-a.json").exists():
            merge_journey(workspace, folder / STICK / JOURNEY)
        case = workspace.store.reader.case_file(workspace.store.reader.lines([1])[0].uid)
        assert "on the way" in [note.text("text") for note in case.notes]
        assert check_store(workspace).sound
        workspace.lock()


def test_a_founding_leaves_a_store_that_opens_or_nothing_in_its_way(
    victims: OtherProgram, base: Path, tmp_path: Path
) -> None:
    found = []
    for folder in ended(victims, base, tmp_path, "create"):
        place = folder / "new.avrr"
        if there := (place / "store.db").exists():
            store = Store.open(place / "store.db", stores.KEY)
            assert len(store.reader.everything("office")) == len(store.reader.everything("officer")) == 1
            store.close()
        else:
            keys = Keys(slots.KeyFile("NEW", slots.OFFICE, 1, ()), stores.KEY)
            create_store(place, "a passphrase of five words", {"name": "N", "code": "NEW", "country": "AL"},
                         {"name": "Arta"}, keys=keys).lock()  # fmt: skip
        assert not list(folder.glob(".part-new*"))
        found.append(there)
    assert found[0] is False and found[-1] is True
