"""Notices that nobody touched keyboard or mouse for a while, also when the computer slept through it."""

from math import ceil

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

from avrr_desktop.elapsed import Elapsed

_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
})  # fmt: skip
LOOK_MS = 15_000  # how often the clocks are asked: the timer itself stands still while the computer sleeps
WARNED_MS = 30_000  # how long before the end it is told
LATE_MS = LOOK_MS + 15_000  # an end that is noticed so much later was slept through


class IdleLock(QObject):
    """Says ``due`` once after so many minutes without a touch; every touch of a watched window begins the time anew.

    ``soon``: in the last half minute, each second, how many are left; 0 when somebody touched something.
    """

    due = Signal(bool)  # whether the computer slept through it
    soon = Signal(int)

    def __init__(self, parent: QObject, minutes: int, passing: Elapsed | None = None) -> None:
        super().__init__(parent)
        self.passing = passing or Elapsed()
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self.wait(minutes)

    @property
    def said(self) -> bool:
        """Whether the time is over, and nobody touched anything since."""
        return self._said

    def watch(self, window: QWindow | None) -> None:
        """Listen to what arrives at a window: few events, where the application as a whole has thousands."""
        if window is not None:
            window.installEventFilter(self)

    def wait(self, minutes: int) -> None:
        """Begin the time anew with another length."""
        self.wait_milliseconds(minutes * 60_000)

    def wait_milliseconds(self, length: int) -> None:
        """The same, for a test that cannot wait for minutes."""
        self._length = length
        self._begin()

    def _begin(self) -> None:
        self._said = False
        if self._warned:
            self._warned = False
            self.soon.emit(0)
        self.passing.begin()
        self._timer.start(self._until_look(self._length))

    def _until_look(self, left: int) -> int:
        """Return after how many milliseconds to look: each second of the last half minute, else when that begins."""
        return min(left, 1000) if left <= WARNED_MS else min(left - WARNED_MS, LOOK_MS)

    def _left(self) -> int:
        return round(self._length - self.passing.seconds() * 1000)

    def _look(self) -> None:
        left = self._left()
        if left > 0:
            if left <= WARNED_MS:
                self._warned = True
                self.soon.emit(ceil(left / 1000))
            self._timer.start(self._until_look(left))
        elif not self._said:
            self._said = True
            self._warned = False
            self.soon.emit(0)
            self.due.emit(left < -LATE_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the time anew at every touch; a touch that comes too late, after a sleep, is held back."""
        if event.type() not in _TOUCHES:
            return False
        late = not self._said and self._left() <= 0
        if late:
            self._timer.stop()
            self._look()
        self._begin()
        return late
