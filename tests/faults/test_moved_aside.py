"""A restore, backup or rehearsal that was ended in the middle: what was there is found and said, what is half-made goes."""

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.errors import InUseError, StoreError
from avrr_desktop.locations import default_store
from avrr_desktop.operations.computer.closed_stores import store_kind
from avrr_desktop.operations.store.backups import backup_work, make_backup, rehearsal_work, rehearse, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.folder.folder import StoreFolder, moved_aside
from avrr_desktop.ui.start.start_page import StartPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from tests.support import office_with_keys, window
from tests.support.office_with_keys import FOUNDER, OFFICE, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    """A closed store where the program looks for it, with a backup."""
    default_store().parent.mkdir(parents=True)
    office = office_with_keys.office(default_store())
    home = office.at_work(FOUNDER)
    make_backup(home)
    home.lock()
    return office


def cut_off(office: People) -> Path:
    """Leave behind what a restore leaves that is ended between its two renames; return where the store lies."""
    aside = office.folder.with_name("office-before-restore-1.avrr")
    shutil.copytree(office.folder, office.folder.with_name(f".part-{office.folder.name}-{os.getpid() + 1}"))
    office.folder.rename(aside)
    return aside


def the_backup() -> Path:
    [backup] = store_backup.backups_in(default_store().parent / "backups")
    return backup.path


def test_C9_a_store_that_was_moved_aside_when_a_restore_was_cut_off_is_found_and_said(office: People) -> None:
    aside = cut_off(office)
    for open_ in (lambda: store_kind(office.folder), lambda: open_store(office.folder, FOUNDER)):
        with pytest.raises(StoreError) as said:
            open_()
        assert "restoring a backup was interrupted" in said.value.title and "Nothing is lost" in said.value.hint
        assert said.value.values == {"aside": aside, "name": "office.avrr"}
    with pytest.raises(StoreError) as refused:
        create_store(office.folder, FOUNDER, dict(OFFICE))
    assert "restoring a backup was interrupted" in refused.value.title, "a new store in its place would hide it"
    assert not office.folder.exists()


def test_C9_what_was_cut_off_is_mended_either_by_the_restore_or_by_the_name(office: People) -> None:
    aside = cut_off(office)
    assert restore_backup(the_backup(), office.folder) == aside
    assert sorted(path.name for path in office.folder.parent.glob("*.avrr")) == [aside.name, "office.avrr"]
    office.at_work(FOUNDER).lock()
    shutil.rmtree(office.folder)
    moved = moved_aside(office.folder)
    assert moved == aside
    moved.rename(office.folder)
    home = office.at_work(FOUNDER)
    assert check_store(home).sound
    home.lock()
    assert moved_aside(office.folder) is None


def test_C9_of_several_that_were_moved_aside_the_last_is_named(office: People) -> None:
    for _ in range(11):
        assert restore_backup(the_backup(), office.folder) is not None
    shutil.rmtree(office.folder)
    (office.folder.with_name("office-before-restore-12.avrr")).mkdir()
    assert moved_aside(office.folder) == office.folder.with_name("office-before-restore-11.avrr")


def test_C9_the_window_says_at_its_start_that_the_store_was_moved_aside(qtbot: QtBot, office: People) -> None:
    aside = cut_off(office)
    shell = window.open_window(qtbot)
    page = shell.centralWidget()
    assert isinstance(page, StartPage)
    assert "restoring a backup was interrupted" in page.problem.text() and str(aside) in page.problem.text()
    assert page.problem.isVisible()
    shell.doors.ask_folder = lambda: str(aside)
    page.open_wanted.emit()
    assert isinstance(shell.centralWidget(), UnlockPage)
    shell.close()


def test_C9_a_start_without_any_store_says_nothing(qtbot: QtBot) -> None:
    shell = window.open_window(qtbot)
    page = shell.centralWidget()
    assert isinstance(page, StartPage)
    assert page.problem.text() == "" and not page.problem.isVisible()
    shell.close()


def left_by_others(folder: Path, *names: str) -> list[Path]:
    """Make folders with something half-made in them."""
    for name in names:
        (folder / name).mkdir()
        (folder / name / "store.db").write_bytes(b"half")
    return [folder / name for name in names]


def test_C9_what_an_ended_backup_left_goes_at_the_next_backup_and_nothing_of_others(office: People) -> None:
    folder = office.folder.parent / "backups"
    gone = left_by_others(folder, ".part-office-0002-7", f".part-office-0002-{os.getpid()}")
    kept = left_by_others(folder, ".part-office-north-0002-7", ".part-practice-0001-7", "office-old")
    home = office.at_work(FOUNDER)
    assert make_backup(home).sequence == 2
    assert [path.exists() for path in (*gone, *kept)] == [False] * len(gone) + [True] * len(kept)
    home.lock()


def test_C9_what_an_ended_restore_or_rehearsal_left_goes_at_the_next_start(office: People) -> None:
    parent = office.folder.parent
    gone = left_by_others(parent, ".part-office.avrr-7", ".rehearsal-office.avrr-ab_3x9")
    kept = left_by_others(parent, ".part-practice.avrr-7", ".rehearsal-practice.avrr-ab_3x9", ".part-other")
    office.at_work(FOUNDER).lock()
    assert [path.exists() for path in (*gone, *kept)] == [False] * len(gone) + [True] * len(kept)
    gone = left_by_others(parent, ".part-office.avrr-8")
    restore_backup(the_backup(), office.folder)
    assert not gone[0].exists()
    home = office.at_work(FOUNDER)
    assert rehearse(home).sound
    assert not list(parent.glob(".rehearsal-office*"))
    home.lock()


def test_C9_nobody_opens_a_store_while_a_backup_is_being_brought_back_over_it(office: People) -> None:
    tried: list[bool] = []

    def before_moving() -> None:
        with pytest.raises(InUseError):
            StoreFolder(office.folder).lock()
        tried.append(True)
        place.unlock()

    place = StoreFolder(office.folder)
    place.lock()
    assert store_backup.restore(the_backup(), office.folder, before_moving) is not None
    assert tried == [True]
    holder = office.at_work(FOUNDER)
    with pytest.raises(InUseError):
        restore_backup(the_backup(), office.folder)
    holder.lock()


@pytest.mark.parametrize("parts", range(1, store_backup.PARTS))
def test_C9_a_backup_that_is_stopped_after_any_part_leaves_nothing_half_made(office: People, parts: int) -> None:
    home = office.at_work(FOUNDER)
    folder = office.folder.parent / "backups"
    before = sorted(path.name for path in folder.iterdir())
    work = backup_work(home)
    with pytest.raises(StoreError) as stopped:
        work(lambda done, _: done < parts)
    assert "cancelled" in stopped.value.title and "were not changed" in stopped.value.hint
    assert sorted(path.name for path in folder.iterdir()) == before
    heard: list[tuple[int, int]] = []

    def go_on(done: int, all_: int) -> bool:
        heard.append((done, all_))
        return True

    made = backup_work(home)(go_on)
    assert heard == [(number, store_backup.PARTS) for number in range(1, store_backup.PARTS + 1)] and made.whole
    with pytest.raises(StoreError) as ended:
        rehearsal_work(home)(lambda done, _: done < parts)
    assert "cancelled" in ended.value.title
    assert not list(office.folder.parent.glob(".rehearsal-*"))
    home.lock()
