"""Keeps what a PIN opens while the window is locked, and lets go of it in time."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from avrr_desktop.ui.system.idle_lock import LOOK_MS

if TYPE_CHECKING:
    from avrr_desktop.operations.access.quick_unlock import QuickUnlock
    from avrr_desktop.operations.session.unlocking import Keys


class QuickLock(QObject):
    """Holds one quick unlock or none; looks at its hour while the store is locked."""

    ended = Signal()  # while somebody may be about to type the PIN

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.held: QuickUnlock | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def there(self) -> bool:
        """Whether a PIN opens something."""
        return self.held is not None and not self.held.wiped

    def keep(self, quick: "QuickUnlock | None") -> None:
        """Hold another one, or none; what was held is overwritten."""
        self.wipe()
        self.held = quick

    def begin(self) -> None:
        """The store is locked because nothing was touched."""
        if self.held is not None:
            self.held.begin()
            self._timer.start()

    def opens(self, folder: Path) -> bool:
        """Return whether the PIN may be asked for to open a store."""
        return self.held is not None and self.held.is_of(folder) and self.held.look()

    def look(self) -> None:
        """See whether its time is over."""
        if self.held is not None and self._timer.isActive() and not self.held.look():
            self.wipe()
            self.ended.emit()

    def unlock(self, pin: str) -> "Keys":
        """Return the keys; slow, and for a worker. Raises what ``QuickUnlock.unlock`` raises."""
        assert self.held is not None
        return self.held.unlock(pin)

    def rest(self) -> None:
        """The store is open again: nothing is measured until the next idle lock."""
        self._timer.stop()

    def wipe(self) -> None:
        """Overwrite what is held. A second call does nothing."""
        self._timer.stop()
        if self.held is not None:
            self.held.wipe()
        self.held = None
