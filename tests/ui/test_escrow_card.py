"""A policy names an escrow after the store was made: whoever manages is told, and lets it in."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.policy import Policy
from avrr_desktop.keys import recovery
from avrr_desktop.keys.escrow import NEEDED, Escrow, new_escrow
from avrr_desktop.operations.access.recovery import open_by_escrow
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.setup.passphrase_tab import PassphraseTab
from tests.support import office_with_keys, window
from tests.support.office_with_keys import FOUNDER, WORKER, People

WANTED = "Your organisation requires emergency access"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), recovery.new_code())


def opened(qtbot: QtBot, office: People, passphrase: str, escrow: Escrow) -> tuple[Shell, Desktop]:
    workspace = office.at_work(passphrase)
    workspace.policy = replace(Policy(), escrow=escrow.recipient)
    shell = window.window_over(qtbot, workspace)
    return shell, window.desktop_of(shell)


def test_the_escrow_of_a_later_policy_is_let_in_by_who_manages(qtbot: QtBot, office: People, tmp_path: Path) -> None:
    escrow = new_escrow()
    shell, desktop = opened(qtbot, office, FOUNDER, escrow)
    assert WANTED in desktop.message.text.text()
    desktop.show_setup("passphrase")
    [tab] = desktop.page("setup").findChildren(PassphraseTab)
    assert tab.escrow.isVisible()
    tab.escrow.passphrase.setText("not the passphrase at all")
    tab.escrow.add()
    qtbot.waitUntil(tab.escrow.isEnabled)
    assert tab.escrow.isVisible() and "passphrase" in desktop.message.text.text()
    tab.escrow.passphrase.setText(FOUNDER)
    tab.escrow.add()
    qtbot.waitUntil(lambda: not tab.escrow.isVisible())
    assert not tab.escrow.isVisible() and "opens the store" in desktop.message.text.text()
    assert shell.workspace is not None
    folder = shell.workspace.store_folder
    shell.close()
    keys, _ = open_by_escrow(folder, escrow.shares[:NEEDED])
    assert keys.database
    shell, desktop = opened(qtbot, office, FOUNDER, escrow)
    assert WANTED not in desktop.message.text.text()
    shell.close()
    shell, desktop = opened(qtbot, office, FOUNDER, new_escrow())
    assert WANTED in desktop.message.text.text(), "the policy names another escrow now"
    shell.close()


def test_who_does_not_manage_is_not_asked_for_it(qtbot: QtBot, office: People) -> None:
    shell, desktop = opened(qtbot, office, WORKER, new_escrow())
    assert WANTED not in desktop.message.text.text()
    [tab] = desktop.page("setup").findChildren(PassphraseTab)
    assert tab.escrow.isHidden()
    shell.close()
