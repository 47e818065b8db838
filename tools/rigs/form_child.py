"""An officer who types into the real window and never saves it, a note or a family: says every letter, and when a draft was kept."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.grid.columns import GIVEN
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from tests.support import window
from tests.support.folders import opened
from tools.jobs.hand import Hand

LETTER = 20  # milliseconds


def main(folder: Path, case: str) -> int:
    """Open the case at its notes, begin a new one, and type for ever; without a case, begin a new family, a second person."""
    application = QApplication([])
    workspace = opened(folder)
    shell = Shell(Settings(language="en", look="light", size=100), False)
    window.show_store(shell, workspace)
    shell.show()
    desktop = window.desktop_of(shell)
    type_letter = note_in(desktop, case) if case else second_person_in(desktop, shell)
    kept = [False]

    def type_on() -> None:
        print(type_letter(), flush=True)
        if not kept[0] and workspace.store.local.drafts():
            kept[0] = True
            print("kept", flush=True)

    timer = QTimer()
    timer.timeout.connect(type_on)
    timer.start(LETTER)
    return application.exec()


def note_in(desktop: Desktop, case: str) -> Callable[[], int]:
    """Begin a note; return what types one letter more and says how many stand there."""
    form = window.begin_record(desktop, case)

    def type_letter() -> int:
        window.type_into(form, "text", "a")
        return len(str(form.rows["text"].editor.typed()))

    return type_letter


def second_person_in(desktop: Desktop, shell: Shell) -> Callable[[], int]:
    """Begin a family of two; return what types one letter more of the name of the second."""
    desktop.show_page("new")
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    page.look_for("Agim Krasniqi 140584")
    page.go_on()
    page.grid.table.next_row()
    hand = Hand(shell.windowHandle())

    def type_letter() -> int:
        hand.text("a")
        return len(page.grid.model.shown(1, GIVEN))

    return type_letter


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
