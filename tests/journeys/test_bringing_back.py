"""A store is damaged or the laptop is gone: somebody brings a backup back in the window, and nothing is overwritten."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.locations import data_folder, default_store, practice_store
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.start.restore_page import RestorePage
from avrr_desktop.ui.start.start_page import StartPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from tests.journeys.conftest import a_case_with_a_backup
from tests.journeys.test_first_case import PASSPHRASE
from tests.support import window
from tests.support.window import press


def restore_page(shell: Shell) -> RestorePage:
    page = shell.centralWidget()
    assert isinstance(page, RestorePage)
    return page


def bring_back(qtbot: QtBot, page: RestorePage) -> None:
    """Bring the chosen backup back with its passphrase."""
    page.passphrase.setText(PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(page.done.isVisible)


def is_there(qtbot: QtBot, shell: Shell, case: str) -> bool:
    desktop = window.unlock(qtbot, shell, PASSPHRASE)
    desktop.show_case(case)
    return window.case_page(desktop).case_file is not None


def test_a_damaged_store_is_replaced_by_its_backup_and_kept(qtbot: QtBot, at_home: str) -> None:
    broken = b"not a store any more" * 500
    (default_store() / "store.db").write_bytes(broken)
    shell = window.open_window(qtbot, default_store())
    press(shell.centralWidget(), "Restore a backup")
    page = restore_page(shell)
    assert page.kept.isVisible() and "kept unchanged as a copy" in page.kept.text()
    assert page.list.count() == 1 and page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.passphrase.hasFocus() and not shell.jobs.busy, "nothing is exchanged by reflex"
    bring_back(qtbot, page)
    assert "Nothing was overwritten." in page.about.text()
    [aside] = [one for one in data_folder().glob("*.avrr*") if one != default_store() and one.is_dir()]
    assert str(aside) in page.about.text()
    assert (aside / "store.db").read_bytes() == broken
    assert page.unlock.hasFocus()
    page.unlock.click()
    assert is_there(qtbot, shell, at_home)
    told = window.desktop_of(shell).message
    assert told.isVisible() and "was restored" in told.text.text() and aside.name in told.text.text()
    assert shell.workspace is not None
    [line] = [one for one in accesses(shell.workspace) if one.text("what") == "restored"]
    assert aside.name in line.text("reason")
    shell.lock()
    assert is_there(qtbot, shell, at_home)
    assert not window.desktop_of(shell).message.isVisible(), "once is enough"
    shell.close()


def test_on_another_computer_a_stick_is_enough(qtbot: QtBot, at_home: str, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    shutil.move(data_folder() / "backups", stick)
    shutil.rmtree(default_store())
    shell = window.open_window(qtbot)
    assert isinstance(shell.centralWidget(), StartPage)
    press(shell.centralWidget(), "Restore a backup")
    page = restore_page(shell)
    assert not page.kept.isVisible() and not page.go.isEnabled()
    assert f"There is no backup in {data_folder() / 'backups'}" in page.where.text()
    page.ask_folder = lambda: str(next(stick.glob("*.avrr-backup")))  # the folder of one backup itself
    page.look.click()
    assert page.list.count() == 1
    page.ask_folder = lambda: str(stick)
    page.look.click()
    bring_back(qtbot, page)
    assert "lies in" not in page.about.text(), "no store was there before"
    page.unlock.click()
    assert is_there(qtbot, shell, at_home)
    shell.close()


def test_a_backup_that_is_damaged_changes_nothing(qtbot: QtBot, at_home: str) -> None:
    [backup] = (data_folder() / "backups").glob("*.avrr-backup")
    file = backup / "store.db"
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    before = (default_store() / "store.db").read_bytes()
    shell = window.open_window(qtbot, default_store())
    shell.doors.show_restore(default_store())
    page = restore_page(shell)
    page.passphrase.setText(PASSPHRASE)
    page.go.click()
    qtbot.waitUntil(page.card.isEnabled)
    assert page.passphrase.hasFocus()
    assert "damaged or incomplete" in page.said.text() and "Nothing was changed" in page.said.text()
    assert (default_store() / "store.db").read_bytes() == before
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert isinstance(shell.centralWidget(), UnlockPage)
    shell.close()


@pytest.mark.parametrize("named", ["folder", "file"])
def test_a_backup_that_a_file_manager_names_leads_to_the_page_that_brings_it_back(
    qtbot: QtBot, at_home: str, named: str
) -> None:
    [backup] = (data_folder() / "backups").glob("*.avrr-backup")
    shutil.copytree(backup, backup.with_name(backup.name.replace("-0001", "-0007")))
    shell = window.open_window(qtbot, backup if named == "folder" else backup / "backup.json")
    page = restore_page(shell)
    assert page.list.count() == 1
    assert str(backup.parent) in page.where.text()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert isinstance(shell.centralWidget(), UnlockPage), "the own store, which was there before"
    shell.close()


def test_a_backup_of_another_store_is_named_as_such(qtbot: QtBot, at_home: str, tmp_path: Path) -> None:
    for gone in (default_store(), data_folder() / "backups"):
        shutil.move(gone, tmp_path / gone.name)
    a_case_with_a_backup(qtbot)
    shell = window.open_window(qtbot, default_store())
    shell.doors.show_restore(default_store())
    page = restore_page(shell)
    assert page.list.item(0).toolTip() and "other store" not in page.list.item(0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    page.ask_folder = lambda: str(tmp_path / "backups")
    page.look.click()
    assert "other store" in page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.list.chosen() == "" and not page.go.isEnabled(), "it is not chosen for anybody"
    shell.close()


def test_who_cannot_open_a_backup_cannot_bring_it_back(qtbot: QtBot, at_home: str) -> None:
    before = (default_store() / "store.db").stat().st_ino
    shell = window.open_window(qtbot, default_store())
    shell.doors.show_restore(default_store())
    page = restore_page(shell)
    for wrong in ("", "one two three four five"):
        page.passphrase.setText(wrong)
        page.go.click()
        qtbot.waitUntil(page.card.isEnabled)
        assert "passphrase" in page.said.text()
    assert (default_store() / "store.db").stat().st_ino == before
    shell.close()


def test_an_unlock_that_nobody_waits_for_opens_nothing(qtbot: QtBot, at_home: str) -> None:
    shell = window.open_window(qtbot, default_store())
    unlock_page = shell.centralWidget()
    assert isinstance(unlock_page, UnlockPage)
    for passphrase in (PASSPHRASE, "one two three four five"):
        unlock_page.wanted.emit(passphrase, "")
    shell.doors.show_restore(default_store())
    page = restore_page(shell)
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    QApplication.processEvents()
    assert shell.centralWidget() is page and shell.workspace is None
    shell.close()


def test_a_practice_store_is_no_place_for_a_backup(qtbot: QtBot, at_home: str) -> None:
    create_practice(practice_store(), PracticeOptions(date(2026, 6, 15), cases=1)).lock()
    shell = window.open_window(qtbot, practice_store())
    page = shell.centralWidget()
    assert isinstance(page, UnlockPage)
    assert "Restore a backup" not in [one.text() for one in page.findChildren(QPushButton)]
    shell.close()


def test_a_backup_is_offered_for_the_store_that_could_not_be_opened(qtbot: QtBot, at_home: str, tmp_path: Path) -> None:
    healthy = (default_store() / "store.db").read_bytes()
    elsewhere = tmp_path / "elsewhere.avrr"
    elsewhere.mkdir()
    for name in ("store.db", "keys-a.json", "keys-b.json"):
        (elsewhere / name).write_bytes(b"{}")
    shell = window.open_window(qtbot, elsewhere)
    assert isinstance(shell.centralWidget(), StartPage)
    press(shell.centralWidget(), "Restore a backup")
    page = restore_page(shell)
    bring_back(qtbot, page)
    assert (default_store() / "store.db").read_bytes() == healthy
    page.unlock.click()
    assert is_there(qtbot, shell, at_home)
    assert shell.workspace is not None and shell.workspace.store_folder == elsewhere
    shell.close()


def test_the_way_to_the_office_stays_on_the_first_page(qtbot: QtBot, at_home: str) -> None:
    shell = window.open_window(qtbot, default_store())
    press(shell.centralWidget(), "Other store")
    start = shell.centralWidget()
    assert isinstance(start, StartPage)
    assert "Create this office’s store" not in [one.text() for one in start.findChildren(QPushButton)]
    press(start, "Open this office’s store")
    assert is_there(qtbot, shell, at_home)
    shell.close()
