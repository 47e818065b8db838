"""Asks for a passphrase or a PIN and opens keys with it, beside the window; holds what a PIN opens."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.frame.quick_lock import QuickLock
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.start.unlock_page import UnlockPage
from avrr_desktop.ui.verbs import Verbs
from avrr_desktop.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from avrr_desktop.operations.access.quick_unlock import QuickUnlock
    from avrr_desktop.operations.session.unlocking import Keys


class Unlocker(QObject):
    """Makes the page that asks. ``shown``: the page of the window; an answer is taken only while the one that asked is shown."""

    opened = Signal(object)  # Keys

    def __init__(self, parent: QObject, jobs: Jobs, verbs: Verbs, shown: Callable[[], QWidget | None]) -> None:
        super().__init__(parent)
        self._jobs, self._verbs, self._shown = jobs, verbs, shown
        self.quick = QuickLock(self)
        self.quick.ended.connect(self._on_quick_ended)

    def page(self, words: Language, theme: Theme, folder: Path, *, practice: bool, asks_pin: bool) -> UnlockPage:
        """Return a page that asks for a store: for its PIN where one opens it now. ``asks_pin``: a new one may be set."""
        page = UnlockPage(
            words, theme, folder.name, practice=practice, by_pin=self.quick.opens(folder), asks_pin=asks_pin
        )
        page.wanted.connect(lambda passphrase, pin: self._on_passphrase(folder, passphrase, pin))
        page.pin_wanted.connect(self._on_pin)
        return page

    def leave(self) -> None:
        """Nobody sits here any more: no PIN opens anything."""
        self.quick.wipe()
        self._on_quick_ended()

    def _on_passphrase(self, folder: Path, passphrase: str, pin: str) -> None:
        from avrr_desktop.operations.access.quick_unlock import QuickUnlock, check_pin, may_have_pin
        from avrr_desktop.operations.session.unlocking import unlock

        if pin and not self._verbs.run(lambda: check_pin(pin)):
            return

        def work(_: object) -> "tuple[Keys, QuickUnlock | None]":
            keys = unlock(folder, passphrase)
            return keys, QuickUnlock(folder, keys, pin) if pin and may_have_pin(keys) else None

        def done(made: "tuple[Keys, QuickUnlock | None]") -> None:
            keys, quick = made
            self.quick.keep(quick)
            self.opened.emit(keys)

        self._derive(work, done)

    def _on_pin(self, pin: str) -> None:
        def done(keys: "Keys") -> None:
            if self.quick.there:  # else somebody left the computer meanwhile
                self.opened.emit(keys)

        self._derive(lambda _: self.quick.unlock(pin), done)

    def _derive(self, work: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        page = self._shown()

        def if_waited(then: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda answer: then(answer) if self._shown() is page else None

        self._jobs.run(self._verbs.language.text("Unlocking"), work, if_waited(done), if_waited(self._not_opened))

    def _not_opened(self, error: Exception) -> None:
        page = self._asking()
        if page is not None and not self.quick.there:
            page.ask_passphrase()
        self._verbs.job_failed(error)

    def _on_quick_ended(self) -> None:
        """The PIN opens nothing any more, while its page waits."""
        page = self._asking()
        if page is not None:
            page.ask_passphrase()
            page.say(self._verbs.language.text("The PIN is no longer valid. Unlock with the passphrase."))

    def _asking(self) -> UnlockPage | None:
        """Return the page that asks for a PIN, while it is shown."""
        page = self._shown()
        return page if isinstance(page, UnlockPage) and page.by_pin else None
