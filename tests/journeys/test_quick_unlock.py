"""Idle lock, PIN, three wrong tries, passphrase: in the real window, over a store of officers with passphrases of their own."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.policy import Policy
from avrr_desktop.keys import recovery
from avrr_desktop.operations.computer.settings import Settings, read_settings
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.setup.passphrase_tab import PassphraseTab
from avrr_desktop.ui.start.unlock_page import UnlockPage
from tests.support import office_with_keys, stores, window
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.stores import unlocked

PIN = "480251"
ON = Settings(language="en", look="light", size=100, quick_unlock=True)


@pytest.fixture
def office(tmp_path: Path) -> People:
    made = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), recovery.new_code())
    founder = made.at_work(FOUNDER)
    case = stores.family(founder).case.uid
    new_record(founder, "vulnerability", {"kind": "vot", "what_was_said": "e fshehtë"}, case)
    founder.lock()
    return made


def page_of(shell: Shell) -> UnlockPage:
    page = shell.centralWidget()
    assert isinstance(page, UnlockPage)
    return page


def unlocked_with(qtbot: QtBot, shell: Shell, passphrase: str, pin: str = "") -> Desktop:
    """Type a passphrase, and beside it a PIN."""
    page = page_of(shell)
    page.passphrase.setText(passphrase)
    page.new_pin.setText(pin)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.desktop is not None)
    return window.desktop_of(shell)


def try_pin(qtbot: QtBot, shell: Shell, pin: str) -> None:
    """Type a PIN and wait for the answer."""
    page = page_of(shell)
    page.pin.setText(pin)
    QTest.keyClick(page.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.desktop is not None or page.unlock.isEnabled())


@pytest.fixture
def shell(qtbot: QtBot, office: People) -> Shell:
    made = window.open_window(qtbot, office.folder, settings=ON)
    unlocked_with(qtbot, made, FOUNDER, PIN)
    return made


def wait_idle(qtbot: QtBot, shell: Shell) -> None:
    """Touch nothing until the window locks by itself."""
    with qtbot.waitSignal(shell.locked):
        shell.idle.wait_milliseconds(50)
    shell.idle.wait_milliseconds(50)
    qtbot.waitUntil(lambda: shell.idle.said)  # nobody comes to the locked window either: that changes nothing
    shell.idle.wait(5)


def test_idle_lock_pin_third_wrong_try_passphrase(qtbot: QtBot, shell: Shell, office: People) -> None:
    wait_idle(qtbot, shell)
    page = page_of(shell)
    assert page.by_pin and page.pin.hasFocus() and not page.passphrase.isVisible()
    try_pin(qtbot, shell, PIN)
    desktop = window.desktop_of(shell)
    assert unlocked(shell.workspace).by_pin and unlocked(shell.workspace).actor == office.founder
    assert desktop.whole.isVisible()
    wait_idle(qtbot, shell)
    for left in ("2", "1"):
        try_pin(qtbot, shell, "999998")
        assert f"passphrase is needed: {left}" in page_of(shell).problem.text()
        assert page_of(shell).pin.hasFocus(), (
            QApplication.focusWidget(),
            QApplication.activeWindow(),
            page_of(shell).pin.isVisible(),
        )
    try_pin(qtbot, shell, "999998")
    page = page_of(shell)
    assert not page.by_pin and page.passphrase.hasFocus() and "three times" in page.problem.text()
    assert not shell.unlocker.quick.there
    desktop = unlocked_with(qtbot, shell, FOUNDER)
    assert not unlocked(shell.workspace).by_pin and not desktop.whole.isVisible()
    wait_idle(qtbot, shell)
    assert not page_of(shell).by_pin, "no PIN was chosen with the last passphrase"


@pytest.mark.parametrize(
    "left", ["by hand", "sleep", "sleep after the lock", "slept without a word", "other store", "closed"]
)
def test_whatever_is_more_than_idleness_wants_the_passphrase(qtbot: QtBot, shell: Shell, left: str) -> None:
    held = shell.unlocker.quick.held
    assert held is not None
    if left == "by hand":
        QTest.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    elif left == "sleep":
        shell.leave()
    elif left == "slept without a word":
        shell.idle.due.emit(True)
    else:
        wait_idle(qtbot, shell)
        assert page_of(shell).by_pin
        if left == "other store":
            page_of(shell).left.emit()
        elif left == "closed":
            shell.close()
        else:
            shell.leave()
    assert held.wiped and not shell.unlocker.quick.there
    if left not in ("other store", "closed"):
        assert page_of(shell).passphrase.hasFocus() and not page_of(shell).by_pin


def test_when_the_hour_is_over_the_page_asks_for_the_passphrase_by_itself(qtbot: QtBot, shell: Shell) -> None:
    wait_idle(qtbot, shell)
    page, held = page_of(shell), shell.unlocker.quick.held
    assert held is not None
    held.wipe()  # as at the end of its hour
    shell.unlocker.quick.look()
    assert not page.by_pin and page.passphrase.hasFocus() and "no longer valid" in page.problem.text()


def test_the_passphrase_can_be_used_instead(qtbot: QtBot, shell: Shell) -> None:
    wait_idle(qtbot, shell)
    page_of(shell).instead.click()
    page_of(shell).passphrase.setText(FOUNDER)
    QTest.keyClick(page_of(shell).passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.desktop is not None)
    assert not unlocked(shell.workspace).by_pin


def test_a_pin_that_is_none_is_said_before_anything_is_opened(qtbot: QtBot, office: People) -> None:
    shell = window.open_window(qtbot, office.folder, settings=ON)
    page = page_of(shell)
    page.passphrase.setText(FOUNDER)
    page.new_pin.setText("1234")
    page.unlock.click()
    assert "at least 6 figures" in page.problem.text() and page.unlock.isEnabled() and not shell.jobs.busy


def test_restricted_records_want_the_whole_passphrase_and_get_it_in_their_place(qtbot: QtBot, shell: Shell) -> None:
    case = str((unlocked(shell.workspace).store.connection.one("SELECT uid FROM cases LIMIT 1") or ("",))[0])
    wait_idle(qtbot, shell)
    try_pin(qtbot, shell, PIN)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab("protection")
    tab = page.tab("protection")
    assert isinstance(tab, ProtectionTab)
    tab.whole.passphrase.setText(WORKER)
    tab.whole.ask()
    card = tab.whole
    qtbot.waitUntil(lambda: "somebody else" in card.problem.text())
    card.passphrase.setText(FOUNDER)
    card.ask()
    qtbot.waitUntil(lambda: not unlocked(shell.workspace).by_pin)
    tab.show_button.click()
    assert tab.list.count() == 1 and not desktop.whole.isVisible()


def test_setup_switches_it_on_and_off_and_tells_no_file_the_pin(qtbot: QtBot, office: People, tmp_path: Path) -> None:
    shell = window.open_window(qtbot, office.folder)
    assert not page_of(shell).new_pin.isVisible(), "off until somebody switches it on"
    desktop = unlocked_with(qtbot, shell, WORKER)
    desktop.show_page("setup")
    setup = desktop.page("setup")
    assert isinstance(setup, SetupPage)
    [tab] = setup.findChildren(PassphraseTab)
    setup.tabs.setCurrentWidget(tab)
    for pin in ("12345", PIN):
        tab.quick.passphrase.setText(WORKER)
        tab.quick.pin.setText(pin)
        tab.quick.switch_on()
        if pin != PIN:
            assert "at least 6 figures" in tab.quick.problem.text()
    qtbot.waitUntil(lambda: shell.unlocker.quick.there)
    assert read_settings().quick_unlock
    desktop.settings_changed.emit(Settings(language="en", look="dark", size=100))
    assert read_settings().quick_unlock and shell.unlocker.quick.there
    wait_idle(qtbot, shell)
    try_pin(qtbot, shell, PIN)
    assert unlocked(shell.workspace).actor == office.worker
    desktop = window.desktop_of(shell)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(PassphraseTab)
    tab.quick.switch_off()
    assert not shell.unlocker.quick.there and not read_settings().quick_unlock
    wait_idle(qtbot, shell)
    assert not page_of(shell).by_pin and not page_of(shell).new_pin.isVisible()
    shell.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path.name for path in files if PIN.encode() in path.read_bytes()]


def test_a_policy_that_forbids_it_offers_nothing(qtbot: QtBot, office: People) -> None:
    shell = window.open_window(qtbot, office.folder, settings=ON, policy=Policy(quick_unlock=False))
    assert not page_of(shell).new_pin.isVisible()
    unlocked_with(qtbot, shell, FOUNDER)
    wait_idle(qtbot, shell)
    assert not page_of(shell).by_pin


def test_the_last_half_minute_is_counted_and_any_key_or_movement_stops_it(qtbot: QtBot, shell: Shell) -> None:
    assert not shell.countdown.isVisible()
    shell.idle.wait_milliseconds(25_400)
    qtbot.waitUntil(shell.countdown.isVisible)
    assert "Locking in 2" in shell.countdown.text.text()
    before = QApplication.focusWidget()
    QTest.keyClick(shell.windowHandle(), Qt.Key.Key_Shift)
    assert not shell.countdown.isVisible() and shell.workspace is not None
    assert QApplication.focusWidget() is before
