"""The window in qps, before and after a store is open, and what was seen on each of its pages at each size."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import SteppingClock
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import open_case, put_new_case, read_case
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import case_pdf, hand_over, put_in_outbox
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.session.drafts import keep_draft
from avrr_desktop.operations.session.records import directory
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.start.who_page import WhoPage
from tests.support import media
from tests.support.clipping import Known, cut_in, cut_titles_in, texts_of
from tests.support.stores import unlocked

SIZES = {"1280x800": (1280, 800), "1024x600": (1024, 600)}
TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, tzinfo=timezone.utc)

W = TypeVar("W", bound=QWidget)
Shows = Callable[["Stage"], None]


@dataclass
class Seen:
    """What was on a page at a size."""

    texts: list[tuple[str, str]] = field(default_factory=list)  # (what shows it, text)
    cut: list[str] = field(default_factory=list)
    cut_titles: list[str] = field(default_factory=list)
    width: int = 0
    height: int = 0


class Stage:
    """A window before a store is open, a window with the practice store, and what was seen in them."""

    def __init__(
        self,
        place: Path,
        pages: Mapping[str, Shows],
        front: Collection[str],
        *,
        before: Callable[[Workspace, str], None] | None = None,
        role: str = "",
        language: str = "qps",
        text: int = 100,
    ) -> None:
        """``pages``: what brings each page up; ``front``: the names of those before a store is open.

        ``before``: what else is done in the store, told the case, before its window opens; ``role``: whose window it is.
        ``language``: of window and store; ``text``: its size in percent.
        """
        self._pages, self._front = pages, front
        self.folder = place / "practice.avrr"
        words = Language(language)
        made = create_practice(self.folder, PracticeOptions(TODAY), words)
        running = all_cases(made, CaseFilter(status="running"))
        wanted = ("follow_ups", "referrals", "contacts", "notes", "papers", "services")
        self.case = max(
            (read_case(made, line.uid) for line in running),
            key=lambda file: (
                [bool(getattr(file, name)) for name in wanted].count(True),
                len(file.steps),
                file.case.uid,
            ),
        ).case.uid
        self.bare = put_new_case(made, {"called": "Zeqiri"}, []).case
        self.closed = next(line.uid for line in all_cases(made) if line.status == "closed")
        self.nameless = open_case(made, {}, [({"family_name": "Zeqiri"}, {})]).case
        attach_file(made, self.case, media.photo(), name="IMG_2231.jpg", keep_position=True)
        attach_file(made, self.case, media.KINDS["text/plain"], name="a.txt")
        keep_draft(made, "new note 1", self.case, "note", "1", {"on": "unreadable, so never saved"}, ())
        for number, uid in enumerate((self.case, self.closed)):
            file = read_case(made, uid)
            key = put_in_outbox(made, file, case_pdf(made, file))
            if number:
                hand_over(made, key, place, "Zeqiri")
        self.backups = place / "backups"
        make_backup(made, self.backups)
        if before is not None:
            before(made, self.case)
        self.known = Known(made)
        made.lock()
        keys = unlock(self.folder, PRACTICE_PASSPHRASE)
        clock = SteppingClock(MORNING)
        settings = Settings(language=language, look="light", size=text)
        self.front = Shell(settings, False)
        self.shell = Shell(
            settings,
            False,
            self.folder,
            lambda folder, keys, words: open_unlocked(folder, keys, words=words, clock=clock),
        )
        self.shell.doors.unlocked.emit(self.folder, keys)
        who = self.shell.centralWidget()
        assert isinstance(who, WhoPage)
        self.officers = directory(self.workspace, "officer")
        if role:
            who.list.setCurrentRow([one.text("role") for one in self.officers].index(role))
        who.choose()

    @property
    def workspace(self) -> Workspace:
        """The open practice store."""
        return unlocked(self.shell.workspace)

    @property
    def desktop(self) -> Desktop:
        assert self.shell.desktop is not None
        return self.shell.desktop

    def close(self) -> None:
        for shell in (self.front, self.shell):
            shell.close()
            shell.deleteLater()
        QApplication.processEvents()

    def page(self, kind: type[W], name: str) -> W:
        self.desktop.show_page(name)
        page = self.desktop.page(name)
        assert isinstance(page, kind)
        return page

    def tab(self, name: str, kind: type[W], case: str = "", record: str = "") -> W:
        self.desktop.show_case(case or self.case)
        page = self.desktop.page("case")
        assert isinstance(page, CasePage)
        page.show_tab(name, record)
        tab = page.tab(name)
        assert isinstance(tab, kind)
        return tab

    def bring(self, qtbot: QtBot, name: str, size: tuple[int, int]) -> Shell:
        """Bring a page up at a size, and return the window that shows it once nothing is still to come."""
        window = self.front if name in self._front else self.shell
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        self.desktop.message.hide()
        if self.desktop.help.tour is not None:
            self.desktop.help.tour.stop()
        self.desktop.search.clear()
        self.desktop.search.show_hits()
        self._pages[name](self)
        self._settle(qtbot, window)
        return window

    def _settle(self, qtbot: QtBot, window: Shell) -> None:
        """Wait until nothing is still to come: what is asked in the background stands there, too."""
        qtbot.waitUntil(lambda: not window.jobs.busy)
        for _ in range(4):
            QApplication.processEvents()

    def seen_at(self, qtbot: QtBot, name: str, size: tuple[int, int]) -> Seen:
        """Return what a page shows at one size of the window."""
        return _look(self.bring(qtbot, name, size))

    def seen(self, qtbot: QtBot, name: str) -> Iterator[tuple[str, Seen]]:
        """Yield what a page shows at each size: brought up at the first, then the window gets the others, as under a hand."""
        first, *others = SIZES
        window = self.bring(qtbot, name, SIZES[first])
        yield first, _look(window)
        for size in others:
            window.resize(*SIZES[size])
            self._settle(qtbot, window)
            yield size, _look(window)


def _look(window: Shell) -> Seen:
    return Seen(
        list(texts_of(window)), list(cut_in(window)), list(cut_titles_in(window, window.theme)),
        window.width(), window.height(),
    )  # fmt: skip
