"""Loads what comes once a store is open, while the window stands there already and somebody types a passphrase."""

from collections.abc import Iterator
from types import ModuleType

from PySide6.QtCore import QObject, QTimer


def parts() -> Iterator[ModuleType]:
    """Load the desktop and yield each part of it, so that between two of them the window can answer: a tenth of a second at most."""
    from avrr_desktop.domain.records import record_types

    yield record_types
    from avrr_desktop.domain.procedure import pack

    yield pack
    from avrr_desktop.operations.session import grants

    yield grants
    from avrr_desktop.operations.store import backups

    yield backups
    from avrr_desktop.operations.access import recovery

    yield recovery
    from avrr_desktop.operations.documents import printing

    yield printing
    from avrr_desktop.ui.forms import form

    yield form
    from avrr_desktop.ui.case import case_page

    yield case_page
    from avrr_desktop.ui.frame import setup_page

    yield setup_page
    from avrr_desktop.ui.frame import desktop

    yield desktop


class Warmer(QObject):
    """Loads one part whenever nothing else waits, then rests."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.go_on)

    def start(self) -> None:
        """Begin, once the window was painted."""
        self._timer.start()

    def go_on(self) -> bool:
        """Load the next part; return whether there was one."""
        if next(self._parts, None) is not None:
            return True
        self._timer.stop()
        return False
