"""Runs verbs for pages and says what went wrong: with ``actions`` once a store is open, as it is before."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.language import Language

T = TypeVar("T")
Tell = Callable[[str, str], object]  # title, hint


def in_one_line(tell: Callable[[str], object]) -> Tell:
    """Return what tells title and hint as one text, for a line that stands beside what went wrong."""
    return lambda title, hint: tell(" ".join(filter(None, (title, hint))))


class Verbs(QObject):
    """Runs verbs and says what went wrong: by ``failed``, or where a caller wants it told (``tell``).

    Used as it is by pages that stand before a store is open; what nobody expected goes on to the one hook.
    """

    failed = Signal(str, str)  # title, hint

    def __init__(self, words: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = words

    @property
    def language(self) -> Language:
        """The language in which errors are told."""
        return self._language

    def speak(self, words: Language) -> None:
        """Tell errors in another language from now on."""
        self._language = words

    def ask(self, verb: Callable[[], T], otherwise: T, tell: Tell | None = None) -> T:
        """Run a verb that returns something; on an expected error tell it and return ``otherwise``."""
        try:
            return verb()
        except ExpectedError as error:
            self.fail(error, tell)
            return otherwise

    def run(self, verb: Callable[[], object], tell: Tell | None = None) -> bool:
        """Run a verb for what it does; return whether it went well."""

        def done() -> bool:
            verb()
            return True

        return self.ask(done, False, tell)

    def fail(self, error: ExpectedError, tell: Tell | None = None) -> None:
        """Tell an expected error."""
        title, hint = self.language.error(error)
        (tell or self.failed.emit)(title, hint)

    def job_failed(self, error: Exception, tell: Tell | None = None) -> None:
        """Tell what a job in the background says; what nobody expected goes on to the one hook."""
        if not isinstance(error, ExpectedError):
            raise error
        self.fail(error, tell)
