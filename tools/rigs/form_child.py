"""An officer who types a note into the real window and never saves it: says every letter, and when a draft was kept."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window
from tests.support.folders import opened

LETTER = 20  # milliseconds


def main(folder: Path, case: str) -> int:
    """Open the case at its notes, begin a new one, and type for ever."""
    application = QApplication([])
    workspace = opened(folder)
    shell = Shell(Settings(language="en", look="light", size=100), False)
    window.show_store(shell, workspace)
    shell.show()
    desktop = window.desktop_of(shell)
    form = window.begin_record(desktop, case)
    kept = [False]

    def type_on() -> None:
        window.type_into(form, "text", "a")
        print(len(str(form.rows["text"].editor.typed())), flush=True)
        if not kept[0] and workspace.store.local.drafts():
            kept[0] = True
            print("kept", flush=True)

    timer = QTimer()
    timer.timeout.connect(type_on)
    timer.start(LETTER)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
