"""What stands before a store is open: the start, a new store, a backup to bring back, practice, the guide."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.domain.policy import Policy
from avrr_desktop.language import Language
from avrr_desktop.locations import data_folder, practice_store
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.policy_file import POLICY_BROKEN, own_store, problem_lines, store_was_there
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.start.start_page import StartPage
from avrr_desktop.ui.verbs import Verbs
from avrr_desktop.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from avrr_desktop.operations.session.unlocking import Keys
    from avrr_desktop.ui.start.new_store_page import NewStore


class Navigator(QObject):
    """Makes these pages and does what they ask for; the window shows them and opens what comes of it."""

    shown = Signal(object)  # the page to show
    language_chosen = Signal(str)
    store_chosen = Signal(object)  # folder of a store that is to be unlocked
    unlocked = Signal(object, object)  # folder, Keys
    made = Signal(object, object)  # folder, Session of a new store
    left = Signal()  # back to where one came from

    def __init__(self, parent: QWidget, jobs: Jobs, policy: Policy, verbs: Verbs) -> None:
        super().__init__(parent)
        self._jobs, self._policy, self._verbs = jobs, policy, verbs
        self._page: QWidget | None = None
        self.words, self.theme = Language(), Theme(dark=False)
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            parent, self.words.text("Folder of the store"), str(data_folder())
        )

    def speak(self, words: Language, theme: Theme) -> None:
        """Make the next pages in this language and look."""
        self.words, self.theme = words, theme

    def close(self) -> None:
        """Take nothing up any more that is still at work."""
        self._page = None

    def _show(self, page: QWidget) -> None:
        self._page = page
        self.shown.emit(page)

    def show_start(self, *, failed: Path | None = None) -> None:
        """Show language and doors. ``failed``: the store that could not be opened, for which a backup may be wanted."""
        own = own_store(self._policy)
        page = StartPage(self.words, self.theme, self._policy, has_store=store_was_there(own))
        page.own_wanted.connect(lambda: self.store_chosen.emit(own))
        page.language_chosen.connect(self.language_chosen)
        page.practice_wanted.connect(self.practise)
        page.new_wanted.connect(self.show_new_store)
        page.open_wanted.connect(self._on_open)
        page.restore_wanted.connect(lambda: self.show_restore(failed or own))
        page.guide_wanted.connect(lambda: self.show_guide("start"))
        self._show(page)
        if self._policy.problems:
            page.say("\n".join([self.words.text(POLICY_BROKEN), *problem_lines(self._policy, self.words)]))

    def show_guide(self, place: str) -> None:
        """Show the guide where it speaks of ``place``."""
        from avrr_desktop.ui.help.guide_page import GuidePage

        page = GuidePage(self.words, self.theme)
        page.show_for(place)
        page.left.connect(self.left)
        self._show(page)

    def show_new_store(self) -> None:
        """Show the page that starts an office's store."""
        from avrr_desktop.ui.start.new_store_page import NewStorePage

        page = NewStorePage(self.words, self.theme, self._policy)
        page.wanted.connect(self._on_new_store)
        page.left.connect(self.left)
        self._show(page)

    def show_restore(self, folder: Path, backup: Path | None = None) -> None:
        """Show the backups that can be brought back as the store in ``folder``, or the one that was named."""
        from avrr_desktop.ui.start.restore_page import RestorePage

        page = RestorePage(self.words, self.theme, self._jobs, self._policy, folder)
        if backup is not None:
            page.show_backups(backup)
        page.restored.connect(self.store_chosen)
        page.left.connect(self.left)
        self._show(page)

    def practise(self) -> None:
        """Open the practice store; make it first where there is none."""
        folder, words = practice_store(), self.words
        if store_was_there(folder):
            self.store_chosen.emit(folder)
            return

        from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
        from avrr_desktop.operations.session.session import today_of
        from avrr_desktop.operations.session.unlocking import unlock

        today = today_of()

        def make(progress: Callable[[int, int], bool]) -> "Keys":
            create_practice(folder, PracticeOptions(today), words, progress).lock()
            return unlock(folder, PRACTICE_PASSPHRASE)

        page = self._page
        if isinstance(page, StartPage):
            page.wait(words.text("Creating invented people. This takes a few seconds …"))

        def made(keys: "Keys") -> None:
            if self._page is page:  # else somebody turned elsewhere meanwhile, or closed the window
                self.unlocked.emit(folder, keys)

        self._jobs.run(words.text("Creating invented people"), make, made, self._verbs.job_failed)

    def _on_open(self) -> None:
        if folder := self.ask_folder():
            self.store_chosen.emit(Path(folder))

    def _on_new_store(self, wanted: "NewStore") -> None:
        from avrr_desktop.operations.session.unlocking import new_keys
        from avrr_desktop.operations.store.create import create_store

        folder, page, words = own_store(self._policy), self._page, self.words

        def make(keys: "Keys") -> None:
            if self._page is not page:
                return  # somebody turned back meanwhile, or closed the window
            workspace = self._verbs.ask(
                lambda: create_store(
                    folder, wanted.passphrase, dict(wanted.office), dict(wanted.officer), words=words, keys=keys
                ),
                None,
            )
            if workspace is not None:
                self.made.emit(folder, workspace)

        self._jobs.run(
            words.text("Creating the store"),
            lambda _: new_keys(wanted.passphrase, personal=True, known=wanted.names),
            make,
            self._verbs.job_failed,
        )
