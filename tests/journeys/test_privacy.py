"""Nothing of a person stays where it should not: titles, log, temporary files, and widgets after the lock."""

import tempfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import SteppingClock
from avrr_desktop.keys.slots import PRACTICE
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from avrr_desktop.ui.widgets.pdf_view import page_images, print_pages
from tests.support import window
from tests.support.stores import NOW

CANARY = "Zvrkonjić"
DOCUMENT = {
    "case": {"called": f"{CANARY} family", "municipality_of_return": f"{CANARY}grad", "country_of_return": "RS",
             "story": f"{CANARY} story", "opened_on": "2026-05-03"},
    "person": [{"family_name": CANARY, "given_names": f"{CANARY}a", "birth_place": CANARY, "phone": f"{CANARY} 1",
                "national_number": f"{CANARY}13"}],
    "paper": [{"holder": "m1", "doc_type": "passport", "state": "held", "number": f"{CANARY}9", "valid_until": "2026-06-20"}],
    "note": [{"on": "2026-05-04", "text": f"{CANARY} said something"}],
}  # fmt: skip


def store(tmp_path: Path) -> Path:
    folder = tmp_path / "canary.avrr"
    office = {"name": "Tirana office", "code": "TIR", "country": "AL"}
    workspace = create_store(
        folder, PRACTICE_PASSPHRASE, dict(office), {"name": "Arta Hoxha"}, kind=PRACTICE, clock=SteppingClock(NOW)
    )
    add_case_document(workspace, DOCUMENT)
    workspace.lock()
    return folder


def visit_everything(desktop: Desktop, shell: Shell) -> list[str]:
    """Open every page and every part of the case, search, print; return the titles that the window had."""
    titles = []
    desktop.search.setText(CANARY)
    desktop.search.show_hits()
    QTest.keyClick(desktop.search, Qt.Key.Key_Return)
    case = window.case_page(desktop)
    assert case.case_file is not None
    for name in ("overview", "people", "papers", "services", "notes", "history"):
        case.show_tab(name)
        titles.append(shell.windowTitle())
    case.print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    page.keep()
    for name in ("today", "cases", "figures", "partners", "outbox", "setup"):
        desktop.show_page(name)
        titles.append(shell.windowTitle())
    return titles


def shown_texts() -> str:
    """Return what every widget of the program holds, shown or not."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel | QLineEdit | QPushButton):
            found += [widget.text(), widget.toolTip(), widget.accessibleName()]
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QListWidget):
            found += [str(widget.item(number).data(LINE_ROLE)) for number in range(widget.count())]
    return "\n".join(found)


def test_a_person_is_in_no_title_no_file_and_no_widget_after_the_lock(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = store(tmp_path)
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))  # Qt's
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    shell = window.open_window(qtbot, folder)
    desktop = window.unlock(qtbot, shell, PRACTICE_PASSPHRASE)
    titles = visit_everything(desktop, shell)
    assert CANARY in shown_texts(), "the search for the word must be able to find it"
    assert not any(CANARY in title for title in titles)
    shell.lock()
    del desktop
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert CANARY not in shown_texts()
    word = CANARY.encode()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert [path.name for path in files if word in path.read_bytes() or CANARY in path.name] == []


def test_paper_is_printed_from_pages_of_300_dpi_and_more(qtbot: QtBot, tmp_path: Path) -> None:
    shell = window.open_window(qtbot, store(tmp_path))
    desktop = window.unlock(qtbot, shell, PRACTICE_PASSPHRASE)
    visit_everything(desktop, shell)
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    [first, *_] = page_images(page.content, 300)
    assert first.width() >= 2480
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    pages = print_pages(page.content, printer)
    written = PdfReader(tmp_path / "paper.pdf")
    assert len(written.pages) == pages == page.preview.page_count
    pictures = written.pages[0]["/Resources"]["/XObject"].values()  # type: ignore[index]
    assert max(picture.get_object()["/Width"] for picture in pictures) >= 2480
