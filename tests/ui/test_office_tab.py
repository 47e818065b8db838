"""The office is corrected in Setup by those who manage; its code stays."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avrr_desktop.keys import recovery
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.office.office_tab import OfficeTab
from tests.support import office_with_keys, window
from tests.support.clipping import asks
from tests.support.office_with_keys import FOUNDER, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), recovery.new_code())


def office_tab(qtbot: QtBot, office: People, passphrase: str) -> tuple[Shell, OfficeTab]:
    shell = window.window_over(qtbot, office.at_work(passphrase))
    desktop = window.desktop_of(shell)
    desktop.show_setup("office")
    [tab] = desktop.page("setup").findChildren(OfficeTab)
    QApplication.processEvents()
    return shell, tab


def test_whoever_manages_corrects_the_name_and_the_window_says_it(qtbot: QtBot, office: People) -> None:
    shell, tab = office_tab(qtbot, office, FOUNDER)
    assert tab.form is not None and shell.workspace is not None
    assert set(tab.form.rows) == {"name", "country", "programme"}
    assert any(shell.workspace.office.text("code") in one.text() for one in tab.findChildren(QLabel))  # type: ignore[union-attr]
    tab.form.rows["name"].editor.show_typed("")
    window.type_into(tab.form, "name", "Zyra e Tiranës")
    assert tab.form.save()
    assert shell.workspace.office is not None and shell.workspace.office.text("name") == "Zyra e Tiranës"
    assert shell.windowTitle() == "Zyra e Tiranës – AVRR Desktop"
    shell.close()


def test_an_officer_only_looks_at_it(qtbot: QtBot, office: People) -> None:
    shell, tab = office_tab(qtbot, office, WORKER)
    assert tab.form is not None
    assert not any(asks(row.editor.widget) for row in tab.form.rows.values())
    assert "Read only" in [one.text() for one in tab.findChildren(QLabel)]
    shell.close()
