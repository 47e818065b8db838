"""Setup, Access: who is new, who confirms them, and what an altered key file makes the window say."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.keys import recovery
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.setup.access_tab import AccessTab
from tests.support import office_with_keys, window
from tests.support.insider import forge_slot
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER, People, joined

NEW = "words of the new supervisor"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), recovery.new_code())


def access_of(desktop: Desktop, officer: str) -> AccessTab:
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(AccessTab)
    tab.read()
    tab.officer.setCurrentIndex(tab.officer.findData(officer))
    return tab


def texts(widget: QWidget) -> str:
    QApplication.sendPostedEvents()
    return " ".join(str(child.property("text") or "") for child in widget.findChildren(QWidget))


def confirming(tab: AccessTab) -> list[QPushButton]:
    return [one for one in tab.findChildren(QPushButton) if "Confirm" in one.text()]


def opened(qtbot: QtBot, office: People, passphrase: str) -> tuple[Shell, Desktop]:
    shell = window.window_over(qtbot, office.at_work(passphrase))
    return shell, window.desktop_of(shell)


def test_a_third_supervisor_confirms_a_new_one_and_the_giver_cannot(qtbot: QtBot, office: People) -> None:
    founder = office.at_work(FOUNDER)
    new = joined(founder, "Ермина Селими", "supervisor", NEW)
    founder.lock()
    shell, desktop = opened(qtbot, office, FOUNDER)
    tab = access_of(desktop, new)
    assert "second person from" in texts(tab) and not confirming(tab)
    shell.lock()
    shell, desktop = opened(qtbot, office, SECOND)
    tab = access_of(desktop, new)
    [confirm] = confirming(tab)
    confirm.click()
    assert "second person from" not in texts(tab) and not confirming(tab)
    shell.lock()


def test_a_slot_that_nobody_gave_is_told_to_everybody_at_the_unlock(qtbot: QtBot, office: People) -> None:
    shell, desktop = opened(qtbot, office, SECOND)
    assert "not approved by a supervisor" not in texts(desktop)
    shell.lock()
    forge_slot(office.folder, WORKER, office.founder, "words of the insider alone")
    shell, desktop = opened(qtbot, office, SECOND)
    assert "not approved by a supervisor" in texts(desktop)
    shell.lock()
