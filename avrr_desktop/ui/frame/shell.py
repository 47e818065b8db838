"""The window itself: start, unlock, desktop, lock; it holds the one workspace while it is open."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from avrr_desktop.domain.policy import Policy
from avrr_desktop.language import SOURCE, Language
from avrr_desktop.operations.computer.closed_stores import backup_named, store_kind
from avrr_desktop.operations.computer.policy_file import offered, own_store, store_was_there
from avrr_desktop.operations.computer.settings import Settings, write_settings
from avrr_desktop.ui.forms.leaving import leave
from avrr_desktop.ui.frame.countdown import Countdown
from avrr_desktop.ui.frame.navigator import Navigator
from avrr_desktop.ui.frame.unlocker import Unlocker
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.system.clipboard import ClipboardGuard
from avrr_desktop.ui.system.close_dialogs import close_all_but
from avrr_desktop.ui.system.idle_lock import IdleLock
from avrr_desktop.ui.verbs import Verbs, in_one_line
from avrr_desktop.ui.widgets.controls import Front, show_problem
from avrr_desktop.ui.widgets.responsive import follow
from avrr_desktop.ui.widgets.theme import Theme

if TYPE_CHECKING:  # what comes once a store is open is loaded when the window is there: see warming.py
    from avrr_desktop.operations.access.quick_unlock import QuickUnlock
    from avrr_desktop.operations.program.update.staging import Staged
    from avrr_desktop.operations.session.session import Session
    from avrr_desktop.operations.session.unlocking import Keys
    from avrr_desktop.ui.actions import Actions
    from avrr_desktop.ui.frame.desktop import Desktop

MakeWorkspace = Callable[[Path, "Keys", Language], "Session"]
QUICK_BACKUP = 24_000_000  # bytes; a larger store is backed up at the closing, so that a lock takes no second
TITLE = "AVRR Desktop"


def _opened(folder: Path, keys: "Keys", words: Language) -> "Session":
    from avrr_desktop.operations.store.opening import open_unlocked

    return open_unlocked(folder, keys, words=words)


class Shell(QMainWindow):
    """Everything that a person sees. Closing or locking keeps drafts, ends jobs, drops connection and key."""

    opened = Signal()  # the desktop is shown
    locked = Signal()
    painted = Signal()  # for the first time: somebody sees the window

    def __init__(
        self, settings: Settings, dark: bool, folder: Path | None = None, make_workspace: MakeWorkspace | None = None,
        policy: Policy | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.policy = policy or Policy()
        settings = settings.within(self.policy)
        self._settings, self._system_dark = settings, dark
        self._make_workspace = make_workspace or _opened
        self.words = Language(settings.language or SOURCE)
        self.jobs = Jobs(self)
        self._closing = self._hurried = self._seen = False
        self._unheard = ""  # why no backup was made at the lock
        self.staged: Staged | None = None  # the update that is put in place once the window is closed
        self.workspace: Session | None = None
        self._acts: Actions | None = None
        self._desktop: Desktop | None = None
        self.theme = self._made_theme()
        self.verbs = Verbs(self.words, self)
        self.verbs.failed.connect(in_one_line(self._say))
        self.unlocker = Unlocker(self, self.jobs, self.verbs, self.centralWidget)
        self.unlocker.opened.connect(self._open_with)
        self.doors = Navigator(self, self.jobs, self.policy, self.verbs)
        self.doors.speak(self.words, self.theme)
        self.doors.shown.connect(self._show)
        self.doors.language_chosen.connect(self._on_language)
        self.doors.store_chosen.connect(self._on_store)
        self.doors.unlocked.connect(self._on_unlocked)
        self.doors.made.connect(self._on_made)
        self.doors.left.connect(self.show_front)
        self.clipboard = ClipboardGuard(self)
        self.idle = IdleLock(self, settings.lock_minutes)
        self.idle.due.connect(self._on_idle)
        self.idle.soon.connect(self._on_soon)
        self.countdown = Countdown(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(960, 560)
        self.resize(1280, 800)
        backup = backup_named(folder) if folder is not None else None
        self._folder = folder = None if backup is not None else folder
        asked = bool(settings.language) or len(offered(self.policy)) == 1
        if folder is None and asked and store_was_there(own := own_store(self.policy)):
            self._folder = own
        self.show_front()
        if backup is not None:
            self.doors.show_restore(own_store(self.policy), backup)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: follow(now))  # once its place is known

    def _made_theme(self) -> Theme:
        look = self._settings.look
        theme = Theme(dark=look == "dark" or (look == "system" and self._system_dark), scale=self._settings.size / 100)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application)
        return theme

    @property
    def desktop(self) -> "Desktop | None":
        """The desktop while a store is open."""
        return self._desktop if self._desktop is not None and self._desktop is self.centralWidget() else None

    def _show(self, page: QWidget) -> None:
        old = self.centralWidget()
        if page is not self._desktop:
            self._desktop = None
        self.setCentralWidget(page)
        if old is not None and old is not page:
            old.deleteLater()

    def show_start(self, failed: Path | None = None) -> None:
        """Show language and doors. ``failed``: the store that could not be opened."""
        self.doors.show_start(failed=failed)

    def show_front(self) -> None:
        """Show what stands before a store is open: its passphrase, or the doors."""
        if self._folder is None:
            self.show_start()
        else:
            self.show_unlock()

    def _on_language(self, language: str) -> None:
        self._keep(replace(self._settings, language=language))
        self.show_start()

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        write_settings(settings)
        self.words = Language(settings.language or SOURCE)
        self.theme = self._made_theme()
        self.verbs.speak(self.words)
        self.doors.speak(self.words, self.theme)

    def _on_store(self, folder: Path) -> None:
        self._folder = folder
        self.show_unlock()

    def _on_unlocked(self, folder: Path, keys: "Keys") -> None:
        self._folder = folder
        self._open_with(keys)

    def _on_made(self, folder: Path, workspace: "Session") -> None:
        self._folder = folder
        self._show_desktop(workspace)

    def show_unlock(self) -> None:
        """Ask for the passphrase of the chosen store."""
        folder = self._folder
        assert folder is not None
        kind = self.verbs.ask(lambda: store_kind(folder), "", tell=lambda *said: self._show_closed(folder, *said))
        if not kind:
            return
        practice = kind == "practice"
        page = self.unlocker.page(
            self.words, self.theme, folder, practice=practice, asks_pin=self._settings.quick_unlock and not practice
        )
        page.left.connect(self._on_other_store)
        page.guide_wanted.connect(lambda: self.doors.show_guide("unlock"))
        page.restore_wanted.connect(lambda: self.doors.show_restore(folder))
        self._show(page)
        page.say(" ".join(filter(None, (self._unheard, self.jobs.take_told()))))
        self._unheard = ""
        page.take_focus()

    def _show_closed(self, folder: Path, title: str, hint: str) -> None:
        """Show the doors again, and say why a store cannot be opened."""
        self._folder = None
        self.show_start(folder)
        in_one_line(self._say)(title, hint)

    def _on_other_store(self) -> None:
        self._folder = None
        self.unlocker.quick.wipe()
        self.show_start()

    def _open_with(self, keys: "Keys") -> None:
        folder = self._folder
        if folder is None or self._closing or self.workspace is not None:
            return  # somebody turned back, or closed the window, while the key was derived
        self.verbs.run(lambda: self._open(folder, keys))

    def _open(self, folder: Path, keys: "Keys") -> None:
        """Open a store, and show its desktop, or first ask who is at work. Raises ExpectedError."""
        from avrr_desktop.operations.session.records import directory
        from avrr_desktop.ui.start.who_page import WhoPage

        self.workspace = self._make_workspace(folder, keys, self.words)
        self.unlocker.quick.rest()
        if self.workspace.officer is not None or self.workspace.by_recovery:
            self._show_desktop(self.workspace)
            return
        officers = directory(self.workspace, "officer")
        page = WhoPage(self.words, self.theme, officers)
        page.chosen.connect(self._on_officer)
        page.added.connect(self._on_new_officer)
        self._show(page)
        page.list.setFocus()

    def _on_officer(self, uid: str) -> None:
        from avrr_desktop.operations.access.officers import begin_as

        workspace = self.workspace
        assert workspace is not None
        if self.verbs.run(lambda: begin_as(workspace, uid)):
            self._show_desktop(workspace)

    def _on_new_officer(self, name: str, initials: str) -> None:
        from avrr_desktop.operations.access.officers import add_officer

        workspace = self.workspace
        assert workspace is not None
        if self.verbs.run(lambda: add_officer(workspace, name, initials)):
            self._show_desktop(workspace)

    def _show_desktop(self, workspace: "Session") -> None:
        from avrr_desktop.operations.access.recovery import needs_recovery_code
        from avrr_desktop.ui.actions import Actions
        from avrr_desktop.ui.start.recovery_page import RecoveryPage

        self.workspace = workspace
        if not self._settings.language:  # whoever came so far has read it
            self._settings = replace(self._settings, language=self.words.language)
            write_settings(self._settings)
        self._acts = Actions(workspace, self)
        self._acts.changed.connect(self._show_title)
        self._show_title()
        if needs_recovery_code(workspace):
            page = RecoveryPage(self._acts, self.theme, self.jobs)
            page.done.connect(self._begin_work)
            page.lock_wanted.connect(self.lock)
            self._show(page)
            return
        self._begin_work()

    def _begin_work(self) -> None:
        """Show the desktop after an unlock: the cursor is in the search."""
        self._show_new_desktop()
        if self.desktop is not None and self.desktop.help.tour is None:
            self.desktop.search.setFocus()
        self.opened.emit()

    def _show_title(self) -> None:
        office = self.workspace.office if self.workspace is not None else None
        self.setWindowTitle(f"{office.text('name')} – {TITLE}" if office else TITLE)

    def _show_new_desktop(self) -> None:
        from avrr_desktop.ui.frame.desktop import Desktop

        assert self._acts is not None
        self._desktop = desktop = Desktop(self._acts, self.theme, self.jobs, self._settings)
        desktop.lock_wanted.connect(self.lock)
        desktop.settings_changed.connect(self._on_settings)
        desktop.update_wanted.connect(self._on_update)
        desktop.toured.connect(self._on_toured)
        desktop.quick_chosen.connect(self._on_quick_chosen)
        self._show(desktop)
        if self._settings.tour and self.workspace is not None and self.workspace.practice:
            desktop.help.begin_tour()

    def _on_quick_chosen(self, chosen: "QuickUnlock | None") -> None:
        """Somebody switched quick unlock on or off, in Setup."""
        self.unlocker.quick.keep(chosen)
        self._settings = replace(self._settings, quick_unlock=chosen is not None)
        write_settings(self._settings)

    def _on_toured(self) -> None:
        self._settings = replace(self._settings, tour=False)
        write_settings(self._settings)

    def _on_update(self, staged: "Staged") -> None:
        """Make a backup and close; whoever started the window exchanges the programs once nothing of this one is at work."""
        from avrr_desktop.operations.store.backups import backup_at_the_lock

        workspace = self.workspace
        assert workspace is not None
        if not self.verbs.run(lambda: backup_at_the_lock(workspace)):
            return
        self.staged = staged
        close_all_but(self)
        self.close()

    def _on_settings(self, settings: Settings) -> None:
        self._keep(replace(settings, tour=self._settings.tour, quick_unlock=self._settings.quick_unlock))
        setup_part = self.desktop.setup_part() if self.desktop is not None else ""
        self.idle.wait(settings.lock_minutes)
        if self.workspace is not None and self._acts is not None:
            leave(self.centralWidget())  # in the language that its messages are made for
            self.workspace.words = self.words
            self._show_new_desktop()
            if self.desktop is not None:
                self.desktop.show_setup(setup_part)

    def _say(self, text: str) -> None:
        page = self.centralWidget()
        if page is not None:
            page.setEnabled(True)
        if isinstance(page, Front):
            page.say(text)
        elif self.desktop is not None:
            self.desktop.message.bad(text, "")
        else:
            show_problem(self, TITLE, text)

    def leave(self) -> None:
        """Lock when nobody sits here, and let no PIN open it again; practice holds nobody's data and stays."""
        self.unlocker.leave()
        if self.workspace is not None and not self.workspace.practice:
            self.lock()

    def _on_idle(self, slept: bool) -> None:
        """Nobody touched anything for a while: a PIN may open the store again, unless the computer slept meanwhile."""
        if slept:
            self.leave()
        elif self.workspace is not None and not self.workspace.practice:
            self.lock(idle=True)

    def _on_soon(self, seconds: int) -> None:
        locks = self.workspace is not None and not self.workspace.practice
        self.countdown.show_left(seconds if locks else 0, self.words)

    def lock(self, *, idle: bool = False) -> None:
        """Keep drafts, end jobs, drop connection and key, empty the window; then ask for the passphrase again.

        ``idle``: by itself, because nothing was touched; then a PIN may open the store for a while.
        """
        if self.workspace is None:
            return
        self.unlocker.quick.begin() if idle and self.policy.may_quick_unlock else self.unlocker.quick.wipe()
        self.countdown.hide()
        close_all_but(self)
        try:
            self._close_workspace()
        finally:
            self.show_unlock()
            self.locked.emit()

    def end(self) -> None:
        """Keep everything, lock and end the program within seconds: the system asks for it, and does not ask twice."""
        self._hurried = True
        close_all_but(self)
        self.close()
        QApplication.exit(0)

    def _close_workspace(self) -> None:
        if self.workspace is None:
            return
        try:
            leave(self.centralWidget(), parting=True)
        finally:
            self._close(self.workspace)

    def _close(self, workspace: "Session") -> None:
        from avrr_desktop.operations.store.backups import backup_at_the_lock, store_size

        if (page := self.centralWidget()) is not None:
            for timer in page.findChildren(QTimer):
                timer.stop()  # nothing asks the store once it is closed
            page.hide()  # at once, however long jobs and backup still take
            self.repaint()
        self.workspace = None
        if self._acts is not None and self._acts.staged is not self.staged and self._acts.staged is not None:
            self._acts.staged.discard()  # nobody said yes to it
        try:
            self.jobs.wait()
            self.clipboard.clear()
            if (self._closing and not self._hurried) or store_size(workspace) <= QUICK_BACKUP:
                self.verbs.run(lambda: backup_at_the_lock(workspace), tell=in_one_line(self._keep_unheard))
        finally:
            workspace.lock()
        self._acts = None
        self.setWindowTitle(TITLE)

    def _keep_unheard(self, text: str) -> None:
        self._unheard = text  # said on the page that comes

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to notice keys and clicks."""
        super().showEvent(event)
        self.idle.watch(self.windowHandle())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window is seen: when this painting is over."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask nothing, lose nothing: drafts wait in Today."""
        self._closing = True
        self.unlocker.quick.wipe()
        self.doors.close()
        self.jobs.wait()
        self._close_workspace()
        super().closeEvent(event)
