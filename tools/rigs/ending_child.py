"""A whole program that shows the window over a store, types into a form, and waits to be asked to end.

``python -m tools.rigs.ending_child FOLDER CASE plain|question``: with ``question`` a dialog waits for an answer meanwhile.
"""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from avrr_desktop import app
from avrr_desktop.operations.computer.instances import WINDOW, running
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.ui.frame.shell import Shell
from tests.support.folders import opened
from tests.support.window import begin_record, show_store, type_into

TYPED = "Недовршена реченица"


def main(folder: Path, case: str, how: str) -> int:
    """Show the window as the program does; say ready once something unsaved is in it."""
    application = QApplication(["avrr-desktop"])
    shell = Shell(Settings(language="en", look="light", size=100), False)
    show_store(shell, opened(folder))
    app.watch(shell)
    assert not gc.isenabled()  # from here on the window's own timer collects
    shell.show()
    desktop = shell.desktop
    assert desktop is not None
    type_into(begin_record(desktop, case), "text", TYPED)

    def wait() -> None:
        print("ready", flush=True)
        if how == "question":
            QMessageBox.question(shell, "AVRR Desktop", "?")

    QTimer.singleShot(0, wait)
    return application.exec()


if __name__ == "__main__":
    with running(WINDOW):
        sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
