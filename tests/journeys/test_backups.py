"""An officer locks, and a backup is there; the supervisor rehearses it; a restored store opens with the same passphrase."""

import io
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.errors import PassphraseError
from avrr_desktop.locations import data_folder, default_store
from avrr_desktop.operations.access.recovery import ASKED, recovery_sheet_pdf
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.store.backups import restore_backup
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.setup.backups_tab import BackupsTab
from avrr_desktop.ui.setup.passphrase_tab import PassphraseTab
from avrr_desktop.ui.start.unlock_page import UnlockPage
from tests.journeys.test_first_case import PASSPHRASE, go_on, record_family, start_store
from tests.support import window
from tests.support.stores import unlocked


def backups() -> list[Path]:
    folder = data_folder() / "backups"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_locking_makes_a_backup_and_a_restored_one_opens(qtbot: QtBot) -> None:
    shell, desktop = start_store(qtbot)
    assert desktop.status.backup.text() == "No backup yet"
    record_family(qtbot, desktop)
    case = window.case_page(desktop).case_file
    assert case is not None
    QTest.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), UnlockPage))
    [made] = backups()
    assert "Ђ" not in made.name
    desktop = window.unlock(qtbot, shell, PASSPHRASE)
    assert desktop.status.backup.text().startswith("Backup ")
    desktop.show_setup("backups")
    page = desktop.page("setup")
    assert isinstance(page, SetupPage)
    QApplication.processEvents()
    tab = page.backups
    assert isinstance(tab, BackupsTab)
    assert tab.list.count() == 1
    tab.rehearse()
    assert shell.jobs.busy and desktop.status.working.text() == "Testing the newest backup"
    assert not any(one.isEnabled() for one in tab.buttons), "not two at once"
    qtbot.waitUntil(lambda: "is valid" in desktop.message.text.text())
    assert desktop.message.text.isVisible() and all(one.isEnabled() for one in tab.buttons)
    tab.back_up()
    assert desktop.status.working.text() == "Writing a backup and opening it again"
    qtbot.waitUntil(lambda: "compared" in desktop.message.text.text())
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert desktop.status.working.text() == ""
    assert [path.name for path in backups()] == ["office-0001.avrr-backup", "office-0002.avrr-backup"]
    shell.close()
    assert len(backups()) == 2, "nothing was written since"
    aside = restore_backup(made, default_store())
    assert aside is not None
    again = window.open_window(qtbot, default_store())
    desktop = window.unlock(qtbot, again, PASSPHRASE)
    desktop.show_case(case.case.uid)
    assert window.case_page(desktop).case_file is not None
    again.close()


def test_a_save_goes_through_while_a_backup_is_made_and_a_lock_ends_it_whole_or_not_at_all(qtbot: QtBot) -> None:
    shell, desktop = start_store(qtbot)
    record_family(qtbot, desktop)
    case = window.case_page(desktop).case_file
    assert case is not None and shell.workspace is not None
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(BackupsTab)
    with qtbot.waitSignal(tab.made):
        tab.back_up()
        note = new_record(shell.workspace, "note", {"text": "changed in the meantime"}, case.case.uid)
    [made] = store_backup.backups_in(data_folder() / "backups")
    assert made.manifest is not None
    store_backup.verify(made.path, made.manifest, unlocked(shell.workspace).database_key())
    assert unlocked(shell.workspace).store.journal.newest_name() == note.changes.change_id
    tab.back_up()
    shell.jobs.cancel()
    tab.show_backups()
    shell.lock()
    assert isinstance(shell.centralWidget(), UnlockPage)
    assert not list((data_folder() / "backups").glob(".part-*"))
    assert all(one.whole for one in store_backup.backups_in(data_folder() / "backups"))
    shell.close()


def test_a_backup_that_cannot_be_written_is_said_and_another_can_be_made(qtbot: QtBot, tmp_path: Path) -> None:
    shell, desktop = start_store(qtbot)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(BackupsTab)
    tab.rehearse()
    assert "no backup yet" in desktop.message.text.text()
    (tmp_path / "a file").write_bytes(b"")
    tab.ask_folder = lambda: str(tmp_path / "a file")
    tab.choose()
    tab.back_up()
    qtbot.waitUntil(lambda: "cannot be reached" in desktop.message.text.text())
    assert all(one.isEnabled() for one in tab.buttons)
    tab.ask_folder = lambda: str(tmp_path / "stick")
    tab.choose()
    with qtbot.waitSignal(tab.made):
        tab.back_up()
    assert len(list((tmp_path / "stick").glob("*.avrr-backup"))) == 1
    shell.close()


def test_a_window_that_nobody_touches_locks_and_keeps_the_draft(qtbot: QtBot, at_home: str) -> None:
    shell, _ = go_on(qtbot, at_home)
    shell.idle.wait_milliseconds(2000)
    for _ in range(4):
        QTest.keyClick(shell.windowHandle(), Qt.Key.Key_Shift)  # every touch begins the time anew
    assert shell.workspace is not None
    with qtbot.waitSignal(shell.locked):
        pass
    assert shell.workspace is None
    assert isinstance(shell.centralWidget(), UnlockPage)
    shell.close()


def test_the_passphrase_is_changed_and_only_the_new_one_opens(qtbot: QtBot, at_home: str) -> None:
    shell, desktop = go_on(qtbot, at_home)
    desktop.show_page("setup")
    page = desktop.page("setup")
    [tab] = page.findChildren(PassphraseTab)
    new = "шест речи које нису ничије"
    for line, text in ((tab.old, "not this one, surely"), (tab.new, new), (tab.again, new)):
        line.setText(text)
    tab.change()
    qtbot.waitUntil(lambda: "does not open" in tab.problem.text())
    tab.old.setText(PASSPHRASE)
    tab.again.setText("something else")
    tab.change()
    assert "not the same" in tab.problem.text()
    tab.again.setText(new)
    tab.change()
    qtbot.waitUntil(lambda: tab.old.text() == "")
    assert "changed" in desktop.message.text.text()
    shell.close()
    again = window.open_window(qtbot, default_store())
    unlock = again.centralWidget()
    assert isinstance(unlock, UnlockPage)
    with pytest.raises(PassphraseError):
        open_store(default_store(), PASSPHRASE)
    window.unlock(qtbot, again, new)
    again.close()


def test_a_recovery_code_is_asked_back_and_opens_the_store(qtbot: QtBot) -> None:
    shell, desktop = start_store(qtbot)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(PassphraseTab)
    card = tab.recovery
    card.show_code()
    code = card.code
    for line in card.groups:
        line.setText("AAAA")
    assert card.passphrase is not None, "in Setup it is asked for"
    card.passphrase.setText(PASSPHRASE)
    card.keep()
    qtbot.waitUntil(lambda: "different from the one on the sheet" in card.problem.text())
    for line, number in zip(card.groups, ASKED, strict=True):
        line.setText(code.split("-")[number - 1].lower())
    card.keep()
    qtbot.waitUntil(lambda: card.code == "")
    sheet = recovery_sheet_pdf(desktop.acts.workspace, code)
    text = " ".join(pypdf.PdfReader(io.BytesIO(sheet)).pages[0].extract_text().split())
    assert all(group in text for group in code.split("-"))
    shell.close()
    again = window.open_window(qtbot, default_store())
    window.unlock(qtbot, again, code.lower())
    again.close()
