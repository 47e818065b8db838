"""What Windows tells its windows of a locked screen, a sleep, and an ended session."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

_SESSION_CHANGE, _POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_LEAVING = frozenset({
    (_SESSION_CHANGE, 2), (_SESSION_CHANGE, 4), (_SESSION_CHANGE, 6), (_SESSION_CHANGE, 7),  # away, remote, out, lock
    (_POWER, 4),  # PBT_APMSUSPEND
})  # fmt: skip


def leaves(number: int, detail: int) -> bool:
    """Return whether a message (its number, its first parameter) means that nobody sits at the screen any more."""
    return (number, detail) in _LEAVING


class WindowsSession(QAbstractNativeEventFilter):
    """Looks at every message of the program and holds none back."""

    def __init__(self, left: Callable[[], None], window: int) -> None:
        super().__init__()
        self._left = left
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[object, int]:
        """Look at one message."""
        if sys.platform == "win32":
            import ctypes.wintypes

            told = ctypes.wintypes.MSG.from_address(int(message))
            if leaves(told.message, told.wParam):
                self._left()
        return False, 0
