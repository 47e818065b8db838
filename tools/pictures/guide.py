"""Takes the pictures of the guide for officers, cut to what matters, with invented people.

python -m tools.pictures.guide docs/guide
"""

import io
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.start.who_page import WhoPage
from tools.pictures.__main__ import TODAY, opened_in_the_morning

NARROW, WIDE, HEIGHT, LOW = 960, 1060, 720, 560  # little wider than the guide shows it, so that letters stay readable
COLOURS = 96


class Illustrator:
    """One window over one practice store; each method leaves one picture."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._folder = folder
        create_practice(store, PracticeOptions(TODAY)).lock()
        self._front = Shell(Settings(language="en", look="light", size=100), False)
        self._shell = Shell(Settings(language="en", look="light", size=100), False, store, opened_in_the_morning)
        keys = unlock(store, PRACTICE_PASSPHRASE)
        self._shell.doors.unlocked.emit(store, keys)
        who = self._shell.centralWidget()
        assert isinstance(who, WhoPage)
        who.choose()
        assert self._shell.desktop is not None
        self._desktop: Desktop = self._shell.desktop

    def all(self) -> None:
        """Take all of them."""
        self._start()
        self._shell.resize(NARROW, HEIGHT)
        self._shell.show()
        QTest.qWaitForWindowExposed(self._shell)
        self._today()
        self._search()
        self._new_case()
        self._case()
        self._print_and_outbox()
        self._shell.close()

    def _take(self, name: str, widget: QWidget, height: int, *, top: int = 0, left: int = 0) -> None:
        """Write what a widget shows: so high, from ``top`` on, without ``left`` at both sides."""
        for _ in range(5):
            QApplication.processEvents()
        window = widget.window()
        part = QRect(widget.mapTo(window, QPoint(left, top)), QSize(widget.width() - 2 * left, height))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        window.grab(part.intersected(window.rect())).save(buffer, "PNG")
        picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(self._folder / f"{name}.png", optimize=True)

    def _start(self) -> None:
        self._front.resize(NARROW, HEIGHT)
        self._front.show()
        QTest.qWaitForWindowExposed(self._front)
        page = self._front.centralWidget()
        assert page is not None
        self._take("start", page, 590, top=10, left=160)
        self._front.close()

    def _today(self) -> None:
        self._shell.resize(WIDE, HEIGHT)
        self._desktop.show_page("today")
        self._take("today", self._desktop.page("today"), 430)
        self._shell.resize(NARROW, HEIGHT)

    def _search(self) -> None:
        self._desktop.show_page("cases")
        self._desktop.search.setText("jelic")
        self._desktop.search.show_hits()
        self._take("search", self._desktop.page("cases"), 300, top=-52)
        self._desktop.search.clear()
        self._desktop.search.show_hits()

    def _new_case(self) -> None:
        self._desktop.show_page("new")
        page = self._desktop.page("new")
        assert isinstance(page, NewCasePage)
        assert self._shell.workspace is not None
        line = all_cases(self._shell.workspace, CaseFilter(status="running"))[0]
        page.look_for(line.principal.split(",")[0])
        self._take("new-case", page, 450)
        page.drop_draft()

    def _case(self) -> None:
        assert self._shell.workspace is not None
        lines = all_cases(self._shell.workspace, CaseFilter(status="running"))
        uid = max(lines, key=lambda line: (line.persons in (4, 5), line.country == "AL", len(line.categories))).uid
        self._desktop.show_case(uid)
        page = self._desktop.page("case")
        assert isinstance(page, CasePage)
        self._take("case", page, 455)
        assert page.case_file is not None
        blocked = next(view.step.uid for view in page.case_file.step_views() if view.blockers)
        page.show_tab("services", blocked)
        services = page.tab("services")
        assert isinstance(services, ServicesTab)
        self._shell.resize(WIDE, HEIGHT)
        self._take("step", services, 400)

    def _print_and_outbox(self) -> None:
        case = self._desktop.page("case")
        assert isinstance(case, CasePage)
        case.print_button.click()
        page = self._desktop.page("print")
        assert isinstance(page, PrintPage)
        page.level.setCurrentIndex(page.level.findData("returnee_copy"))
        page.show_draft()
        self._take("print", page, 400)
        page.keep()
        self._desktop.message.hide()
        self._shell.resize(WIDE, LOW)
        self._desktop.show_page("outbox")
        outbox = self._desktop.page("outbox")
        assert isinstance(outbox, OutboxPage)
        self._take("outbox", outbox, outbox.height())


def main(folder: Path) -> None:
    """Take the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["guide"])
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place
        Illustrator(folder, Path(place) / "practice.avrr").all()
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
