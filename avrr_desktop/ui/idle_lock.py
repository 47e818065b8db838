"""Notices that nobody touched keyboard or mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
})  # fmt: skip


class IdleLock(QObject):
    """Says ``due`` once after so many minutes without a touch; every touch of a watched window begins the time anew."""

    due = Signal()

    def __init__(self, parent: QObject, minutes: int) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.due)
        self.wait(minutes)

    def watch(self, window: QWindow | None) -> None:
        """Listen to what arrives at a window: few events, where the application as a whole has thousands."""
        if window is not None:
            window.installEventFilter(self)

    def wait(self, minutes: int) -> None:
        """Begin the time anew with another length."""
        self.wait_milliseconds(minutes * 60_000)

    def wait_milliseconds(self, length: int) -> None:
        """The same, for a test that cannot wait for minutes."""
        self._timer.start(length)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the time anew at every touch; nothing is held back."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
