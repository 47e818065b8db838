"""The window under stress: what is typed is never lost, “Saved” is never said too early, and nothing is done twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop import app
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.log import Log
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.documents.printing import outbox
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.today.today_page import TodayPage
from tests.support import window
from tests.support.folders import ROOT, opened
from tools.rigs.office_window import office_window

WORD = "Zvrkonjić said"
MEMORY = """
import resource
import sys
from pathlib import Path
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.session.records import new_record
from tests.support import stores

workspace = stores.office_workspace(Path(sys.argv[1]))
case = stores.family(workspace).case.uid
check_store(workspace)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 30_000_000, -1))
failed = 0
for size in (1_000, 90_000, 60_000_000, 400_000_000):
    try:
        new_record(workspace, "note", {"text": "ab" * (size // 2)}, case)
    except MemoryError:
        failed += 1
    except Exception as error:
        print(type(error).__name__, str(error)[:80])
resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
new_record(workspace, "note", {"text": "afterwards"}, case)
print(failed, check_store(workspace).sound, len(workspace.store.reader.case_file(case).notes), flush=True)
workspace.lock()
"""


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> Iterator[Shell]:
    made = office_window(qtbot, workspace)
    yield made
    made.close()


def desktop_of(shell: Shell) -> Desktop:
    return window.desktop_of(shell)


def new_note(shell: Shell, family: CaseFile) -> Form:
    """Open the notes of the family, begin a new one, and return its form."""
    return window.begin_record(desktop_of(shell), family.case.uid)


def notes(workspace: Workspace, family: CaseFile) -> list[str]:
    return [note.text("text") for note in read_case(workspace, family.case.uid).notes]


def stored_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("leave", ["lock", "close"])
def test_G2_text_that_is_not_saved_is_kept_encrypted_and_offered_again(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, shell: Shell, leave: str
) -> None:
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    assert notes(workspace, family) == ["Разговор у општини. Prva poseta, sve u redu."]
    folder = workspace.folder.path
    if leave == "lock":
        shell.lock()
    else:
        shell.close()
    assert workspace.locked
    assert WORD.encode() not in stored_bytes(folder)
    again = opened(folder)
    try:
        assert [draft.values["text"] for draft in all_drafts(again)] == [WORD]
        assert notes(again, family) == ["Разговор у општини. Prva poseta, sve u redu."], "a draft is not saved"
        second = office_window(qtbot, again)
        desktop = desktop_of(second)
        desktop.show_page("today")
        today = desktop.page("today")
        assert isinstance(today, TodayPage)
        [draft] = all_drafts(again)
        window.open_draft(desktop, draft)
        tab = window.case_page(desktop).tab("notes")
        assert isinstance(tab, RecordTab)
        assert tab.form is not None
        assert tab.form.rows["text"].editor.typed() == WORD, "it stands in its form again"
        assert tab.form.save()
        assert WORD in notes(again, family)
        assert all_drafts(again) == []
        second.close()
    finally:
        again.lock()


def test_G2_an_edit_and_a_date_that_cannot_be_read_come_back_as_they_were_typed(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, shell: Shell
) -> None:
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    form.rows["on"].editor.show_typed("31.2.2O26")
    form.rows["on"].editor.touched.emit()
    shell.lock()
    again = opened(workspace.folder.path)
    try:
        [draft] = all_drafts(again)
        assert draft.values["on"] == "31.2.2O26"
        assert draft.values["text"] == WORD
    finally:
        again.lock()


def says_saved(shell: Shell) -> list[str]:
    """Return every label of the window that says that something is saved."""
    return [label.text() for label in shell.findChildren(QLabel) if label.text().startswith("Saved ")]


def test_G3_nothing_says_saved_before_the_commit(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, shell: Shell
) -> None:
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    heard: list[tuple[str, bool]] = []
    said_at: list[int] = []

    def watch(statement: str) -> None:
        said_at.append(len(says_saved(shell)))
        heard.append((statement.split()[0], workspace.store.connection.raw.in_transaction))

    assert says_saved(shell) == []
    workspace.store.connection.raw.set_trace_callback(watch)
    try:
        assert form.save()
    finally:
        workspace.store.connection.raw.set_trace_callback(None)
    commits = [number for number, (word, _) in enumerate(heard) if word == "COMMIT"]
    assert len(commits) == 1, "a save is one commit"
    assert set(said_at[: commits[0] + 1]) == {0}, "not a word before the commit"
    assert len(says_saved(shell)) >= 2, "the form and the status line say it now"


def test_G3_a_save_that_the_disk_refused_is_not_called_saved(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, shell: Shell
) -> None:
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    pages = workspace.store.connection.one("PRAGMA page_count")
    assert pages is not None
    workspace.store.connection.execute(f"PRAGMA max_page_count={pages[0]}")
    big = " ".join(f"riječ {number}" for number in range(4000))
    window.choose(form, "text", big)
    assert not form.save()
    assert says_saved(shell) == []
    assert "full" in desktop_of(shell).message.text.text()
    assert form.rows["text"].editor.typed() == big, "what was typed is still there"
    assert form.dirty
    workspace.store.connection.execute("PRAGMA max_page_count=1000000")
    assert form.save()
    assert says_saved(shell)
    assert big in notes(workspace, family)
    assert check_store(workspace).sound


def click_twice(button: QPushButton) -> None:
    """Click twice as fast as a nervous hand: the second click is on its way before the first was worked off."""
    for _ in range(2):
        if button.isVisible() and button.isEnabled():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_G4_saving_twice_at_once_is_one_entry(workspace: Workspace, family: CaseFile, shell: Shell) -> None:
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    before = workspace.store.journal.count()
    for _ in range(2):
        QTest.keyClick(form.rows["text"].editor.focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert workspace.store.journal.count() == before + 1
    assert notes(workspace, family).count(WORD) == 1


def test_G4_opening_a_case_twice_at_once_is_one_case(workspace: Workspace, shell: Shell) -> None:
    desktop = desktop_of(shell)
    desktop.show_page("new")
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    window.type_text(page.who, "Krasniqi")
    before = len(all_cases(workspace))
    click_twice(page.open_it)
    assert len(all_cases(workspace)) == before + 1


def test_G4_keeping_a_document_twice_is_one_document_that_is_ready(
    workspace: Workspace, family: CaseFile, shell: Shell
) -> None:
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    click_twice(page.keep_button)
    assert [item.state for item in outbox(workspace)] == ["ready"]


def test_G1_the_status_line_counts_ready_documents_again_when_their_case_changes(
    workspace: Workspace, family: CaseFile, shell: Shell
) -> None:
    desktop = desktop_of(shell)
    desktop.show_case(family.case.uid)
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    page.keep()
    assert desktop.status.ready.text() == "1 document ready in the outbox"
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    assert form.save()
    assert [item.state for item in outbox(workspace)] == ["replaced"]
    assert desktop.status.ready.text() == ""


def test_C12_an_exception_in_a_slot_reaches_one_hook_keeps_the_draft_and_the_program_goes_on(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = new_note(shell, family)
    window.type_into(form, "text", WORD)
    log = Log(tmp_path / "log")
    monkeypatch.setattr(sys, "excepthook", lambda *what: app.on_bug(shell, log, *what))

    def slot() -> None:
        raise KeyError(f"{WORD}: 1506985600010")

    QTimer.singleShot(0, shell, slot)
    QApplication.processEvents()
    [box] = shell.findChildren(QMessageBox)
    shown = " ".join((box.windowTitle(), box.text(), box.informativeText(), box.detailedText()))
    assert "kept as a draft" in shown
    assert "KeyError" in box.detailedText() and "test_window.py" in box.detailedText()
    assert WORD not in shown and "1506985600010" not in shown
    [line] = (tmp_path / "log" / "log.jsonl").read_text(encoding="ascii").splitlines()
    assert json.loads(line)["code"] == "bug"
    assert "1506985600010" not in line
    kept = [draft.values["text"] for draft in all_drafts(workspace)]
    assert WORD in (*kept, *notes(workspace, family)), "kept as a draft, and saved once the message took the focus"
    box.done(0)
    again = new_note(shell, family)
    window.type_into(again, "text", "the program goes on")
    assert again.save()
    assert "the program goes on" in notes(workspace, family)


def test_C12_what_goes_wrong_while_a_bug_is_told_stays_one_message(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, shell: Shell, tmp_path: Path
) -> None:
    new_note(shell, family)
    for _ in range(3):
        app.on_bug(shell, Log(tmp_path / "log"), ValueError, ValueError(WORD), None)
    boxes = shell.findChildren(QMessageBox)
    assert len(boxes) == 1, "a slot that fails at every turn does not bury the window"
    boxes[0].done(0)
    assert len((tmp_path / "log" / "log.jsonl").read_text(encoding="ascii").splitlines()) == 3


def test_C14_without_memory_a_save_fails_and_the_store_is_unharmed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(tmp_path / "memory.avrr")], env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    print(done.stdout)
    failed, sound, kept = done.stdout.splitlines()[-1].split()
    assert (int(failed) > 0, sound, kept) == (True, "True", "4")
