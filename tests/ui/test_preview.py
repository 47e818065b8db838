"""The dialog of a printer prints on paper: it offers no way into a file, which would leave no trace and ask no policy."""

from io import BytesIO

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.pdf_view import PdfView, chosen_printer, paper_dialog
from avrr_desktop.ui.widgets.theme import Theme


def test_the_dialog_of_a_printer_has_no_way_into_a_file(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = paper_dialog(QPrinter(), parent)
    assert isinstance(dialog, QPrintDialog)
    assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_dialog_goes_before_the_printer_that_it_asks_about(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[bool] = []

    def turn_down() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QPrintDialog)
        seen.append(True)
        dialog.reject()

    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(turn_down)
    timer.start(0)
    assert chosen_printer(parent) is None and seen == [True]
    assert parent.findChildren(QPrintDialog) == []


def pages_of(qtbot: QtBot) -> PdfView:
    """Return a shown view on a document of two pages."""
    document, content = PdfDocument.new(), BytesIO()
    for _ in range(2):
        document.new_page(595, 842)
    document.save(content)
    view = PdfView(Language(), Theme(dark=False))
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.show_pdf(content.getvalue())
    view.setFocus()
    return view


def width_of(view: PdfView) -> int:
    page = next(one for one in view.findChildren(QLabel) if not one.pixmap().isNull())
    return page.pixmap().width()


def test_pages_are_seen_larger_and_smaller_by_key_and_wheel(qtbot: QtBot) -> None:
    view, held = pages_of(qtbot), Qt.KeyboardModifier.ControlModifier
    whole = width_of(view)
    QTest.keyClick(view, Qt.Key.Key_Plus, held)
    assert width_of(view) == pytest.approx(whole * 1.25, abs=2) and view.page_count == 2
    QTest.keyClick(view, Qt.Key.Key_Minus, held)
    QTest.keyClick(view, Qt.Key.Key_Minus, held)
    assert width_of(view) == pytest.approx(whole * 0.8, abs=2)
    QTest.keyClick(view, Qt.Key.Key_0, held)
    assert width_of(view) == whole
    for turn, steps in ((120, 20), (-120, 60)):
        for _ in range(steps):
            QApplication.sendEvent(view.viewport(), wheel(turn, held))
        assert width_of(view) == pytest.approx(whole * (4 if turn > 0 else 0.5), abs=2)
    before = width_of(view)
    QApplication.sendEvent(view.viewport(), wheel(120, Qt.KeyboardModifier.NoModifier))
    assert width_of(view) == before, "without Ctrl the wheel scrolls"


def wheel(turn: int, held: Qt.KeyboardModifier) -> QWheelEvent:
    """Return a turn of the wheel over the page."""
    at = QPointF(100, 100)
    return QWheelEvent(
        at, at, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False
    )
