"""The dialog of a printer prints on paper: it offers no way into a file, which would leave no trace and ask no policy."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.widgets.pdf_view import chosen_printer, paper_dialog


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
