"""A store is damaged or the laptop is gone: somebody brings a backup back in the window, and nothing is overwritten."""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.locations import data_folder, default_store
from avrr_desktop.ui.restore_page import RestorePage
from avrr_desktop.ui.shell import Shell
from avrr_desktop.ui.start_page import StartPage
from avrr_desktop.ui.unlock_page import UnlockPage
from tests.journeys import window
from tests.journeys.test_first_case import PASSPHRASE, record_family, start_store


def press(page: QWidget | None, text: str) -> None:
    """Press the one button with a text."""
    assert page is not None
    [found] = [one for one in page.findChildren(QPushButton) if one.text() == text]
    found.click()
    QApplication.processEvents()


def restore_page(shell: Shell) -> RestorePage:
    page = shell.centralWidget()
    assert isinstance(page, RestorePage)
    return page


def a_case_with_a_backup(qtbot: QtBot) -> str:
    """Record a family and close; return its case."""
    shell, desktop = start_store(qtbot)
    record_family(qtbot, desktop)
    file = window.case_page(desktop).case_file
    assert file is not None
    shell.close()
    assert len(list((data_folder() / "backups").glob("*.avrr-backup"))) == 1
    return file.case.uid


def is_there(qtbot: QtBot, shell: Shell, case: str) -> bool:
    desktop = window.unlock(qtbot, shell, PASSPHRASE)
    desktop.show_case(case)
    return window.case_page(desktop).case_file is not None


def test_a_damaged_store_is_replaced_by_its_backup_and_kept(qtbot: QtBot) -> None:
    case = a_case_with_a_backup(qtbot)
    broken = b"not a store any more" * 500
    (default_store() / "store.db").write_bytes(broken)
    shell = window.open_window(qtbot, default_store())
    press(shell.centralWidget(), "Bring a backup back")
    page = restore_page(shell)
    assert page.kept.isVisible() and "moved aside" in page.kept.text()
    assert page.list.count() == 1 and page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.go.hasFocus() and not shell.jobs.busy, "nothing is exchanged by reflex"
    QTest.keyClick(page.go, Qt.Key.Key_Return)
    qtbot.waitUntil(page.done.isVisible)
    assert "Nothing was overwritten." in page.about.text()
    [aside] = [one for one in data_folder().glob("*.avrr*") if one != default_store() and one.is_dir()]
    assert str(aside) in page.about.text()
    assert (aside / "store.db").read_bytes() == broken
    assert page.unlock.hasFocus()
    page.unlock.click()
    assert is_there(qtbot, shell, case)
    shell.close()


def test_on_another_computer_a_stick_is_enough(qtbot: QtBot, tmp_path: Path) -> None:
    case = a_case_with_a_backup(qtbot)
    stick = tmp_path / "stick"
    shutil.move(data_folder() / "backups", stick)
    shutil.rmtree(default_store())
    shell = window.open_window(qtbot)
    assert isinstance(shell.centralWidget(), StartPage)
    press(shell.centralWidget(), "Bring a backup back")
    page = restore_page(shell)
    assert not page.kept.isVisible() and not page.go.isEnabled()
    assert "No backup lies here" in page.where.text()
    page.ask_folder = lambda: str(next(stick.glob("*.avrr-backup")))  # the folder of one backup itself
    page.look.click()
    assert page.list.count() == 1
    page.ask_folder = lambda: str(stick)
    page.look.click()
    page.go.click()
    qtbot.waitUntil(page.done.isVisible)
    assert "lies in" not in page.about.text(), "no store was there before"
    page.unlock.click()
    assert is_there(qtbot, shell, case)
    shell.close()


def test_a_backup_that_is_damaged_changes_nothing(qtbot: QtBot) -> None:
    a_case_with_a_backup(qtbot)
    [backup] = (data_folder() / "backups").glob("*.avrr-backup")
    file = backup / "store.db"
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    before = (default_store() / "store.db").read_bytes()
    shell = window.open_window(qtbot, default_store())
    shell.doors.show_restore(default_store())
    page = restore_page(shell)
    page.go.click()
    qtbot.waitUntil(page.card.isEnabled)
    assert "damaged or not complete" in page.said.text() and "Nothing was changed" in page.said.text()
    assert (default_store() / "store.db").read_bytes() == before
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert isinstance(shell.centralWidget(), UnlockPage)
    shell.close()


def test_a_backup_of_another_store_is_named_as_such(qtbot: QtBot, tmp_path: Path) -> None:
    a_case_with_a_backup(qtbot)
    for gone in (default_store(), data_folder() / "backups"):
        shutil.move(gone, tmp_path / gone.name)
    a_case_with_a_backup(qtbot)
    shell = window.open_window(qtbot, default_store())
    shell.doors.show_restore(default_store())
    page = restore_page(shell)
    assert page.list.item(0).toolTip() and "another store" not in page.list.item(0).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    page.ask_folder = lambda: str(tmp_path / "backups")
    page.look.click()
    assert "another store" in page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    shell.close()
