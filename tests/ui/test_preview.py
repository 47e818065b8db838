"""The dialog of a printer prints on paper: it offers no way into a file, which would leave no trace and ask no policy."""

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.preview import paper_dialog


def test_the_dialog_of_a_printer_has_no_way_into_a_file(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = paper_dialog(QPrinter(), parent)
    assert isinstance(dialog, QPrintDialog)
    assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile)
