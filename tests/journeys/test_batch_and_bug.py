"""Documents of many cases in the background, and what happens when something nobody expected goes wrong."""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop import app
from avrr_desktop.log import Log
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.documents.printing import outbox
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.cases.cases_page import CasesPage
from tests.support import window
from tests.support.stores import unlocked


def test_documents_of_all_shown_cases_wait_in_the_outbox(qtbot: QtBot, tmp_path: Path) -> None:
    create_practice(tmp_path / "p.avrr", PracticeOptions(date(2026, 6, 15), cases=6)).lock()
    shell = window.open_window(qtbot, tmp_path / "p.avrr")
    desktop = window.unlock(qtbot, shell, PRACTICE_PASSPHRASE)
    desktop.show_page("cases")
    page = desktop.page("cases")
    assert isinstance(page, CasesPage)
    shown = page.model.rowCount()
    page._on_batch()
    assert shell.workspace is not None
    workspace = shell.workspace
    qtbot.waitUntil(lambda: len(outbox(workspace)) == shown > 0)
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def test_a_bug_is_told_without_a_value_and_what_is_typed_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    create_practice(tmp_path / "p.avrr", PracticeOptions(date(2026, 6, 15), cases=6)).lock()
    shell = window.open_window(qtbot, tmp_path / "p.avrr")
    desktop = window.unlock(qtbot, shell, PRACTICE_PASSPHRASE)
    assert shell.workspace is not None
    [line] = all_cases(shell.workspace, CaseFilter(status="running"))
    desktop.show_case(line.uid, "note")
    tab = window.case_page(desktop).tab("notes")
    assert isinstance(tab, RecordTab)
    tab.add()
    assert tab._form is not None
    window.type_into(tab._form, "text", "Zvrkonjić said")
    try:
        raise ValueError("Zvrkonjić")
    except ValueError as error:
        app.on_bug(shell, Log(tmp_path / "log"), ValueError, error, sys.exc_info()[2])
    log = (tmp_path / "log" / "log.jsonl").read_text(encoding="ascii")
    assert "ValueError" in log
    assert "Zvrkonji" not in log
    assert [draft.values["text"] for draft in unlocked(shell.workspace).store.local.drafts()] == ["Zvrkonjić said"]
    for box in QApplication.topLevelWidgets():
        if box is not shell and box.isVisible():
            box.close()
