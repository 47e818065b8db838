"""Takes pictures of every screen with practice data: `python -m tools.pictures FOLDER [--dark] [--size 200] [--language qps]`."""

import argparse
import os
import sys
import tempfile
from datetime import date, datetime, timezone
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from avrr_desktop.clock import SteppingClock
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.unlocking import Keys, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.parts import PART_KEYS
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.shell import Shell

TODAY = date(2026, 12, 7)


def main() -> int:
    """Write one PNG for each screen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--language", default="en")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=800)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place
        Photographer(given, Path(place)).all()
    return 0


def opened_in_the_morning(folder: Path, keys: Keys, words: Language) -> Workspace:
    """Open the store as on the day of the pictures: what is due is due on every one of them."""
    clock = SteppingClock(datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=timezone.utc))
    return open_unlocked(folder, keys, words=words, clock=clock)


class Photographer:
    def __init__(self, given: argparse.Namespace, place: Path) -> None:
        self._given = given
        self._application = QApplication.instance() or QApplication(["pictures"])
        self._settings = Settings(language=given.language, look="dark" if given.dark else "light", size=given.size)
        self._store = place / "practice.avrr"
        create_practice(self._store, PracticeOptions(TODAY), Language(given.language)).lock()

    def all(self) -> None:
        for name, settings in (
            ("start-language", Settings(language="", look=self._settings.look, size=self._given.size)),
            ("start", self._settings),
        ):
            shell = Shell(settings, False)
            self._take(shell, name)
            if name == "start":
                shell.doors.show_new_store()
                self._take(shell, "new-store")
            shell.close()
        self._desktop()

    def _take(self, shell: Shell, name: str) -> None:
        shell.resize(self._given.width, self._given.height)
        shell.show()
        QTest.qWaitForWindowExposed(shell)
        for _ in range(4):
            QApplication.processEvents()
        shell.grab().save(str(self._given.folder / f"{name}.png"))

    def _desktop(self) -> None:
        shell = Shell(self._settings, False, self._store, opened_in_the_morning)
        self._take(shell, "unlock")
        keys = unlock(self._store, PRACTICE_PASSPHRASE)
        shell.doors.unlocked.emit(self._store, keys)
        self._take(shell, "who")
        page = shell.centralWidget()
        page.choose()  # type: ignore[union-attr]
        desktop = shell.desktop
        assert desktop is not None and shell.workspace is not None
        for name in ("today", "day", "cases", "figures", "partners", "procedures", "outbox", "setup"):
            desktop.show_page(name)
            if name == "figures":
                box = desktop.page("figures").period  # type: ignore[attr-defined]
                box.setCurrentIndex(box.count() - 1)
            self._take(shell, name)
        lines = all_cases(shell.workspace, CaseFilter(status="running"))
        case = max(lines, key=lambda line: (line.persons in (4, 5), line.country == "XK", len(line.categories))).uid
        desktop.show_case(case)
        case_page = desktop.page("case")
        assert isinstance(case_page, CasePage)
        for name in PART_KEYS:
            case_page.show_tab(name)
            self._take(shell, f"case-{name}")
        services = case_page.tab("services")
        case_page.show_tab("services", case_page.case_file.steps[3].uid)  # type: ignore[union-attr]
        self._take(shell, "case-step")
        services.choose_service()  # type: ignore[attr-defined]
        self._take(shell, "case-add-service")
        case_page.print_button.click()
        self._take(shell, "print")
        desktop.page("print").keep()  # type: ignore[attr-defined]
        desktop.show_page("outbox")
        self._take(shell, "outbox-full")
        desktop.show_page("new")
        new = desktop.page("new")
        assert isinstance(new, NewCasePage)
        new.look_for("zećir")
        self._take(shell, "new-case")
        new.drop_draft()
        desktop.show_page("cases")
        desktop.search.setText("a")
        desktop.search.show_hits()
        self._take(shell, "search")
        desktop.search.clear()
        desktop.show_page("today")
        desktop.status.help_wanted.emit()
        self._take(shell, "help")
        shell.close()


if __name__ == "__main__":
    sys.exit(main())
