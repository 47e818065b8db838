"""Notices that the system asks the program to end, as it does when a session is closed or a computer is turned off."""

import signal
import socket
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_ASKING = ("SIGTERM", "SIGINT", "SIGHUP")


class EndingWatch(QObject):
    """Says ``asked`` on the window's own loop: a signal's handler itself could come in the middle of a save."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[int, Any] = {}  # what these signals did until then
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_told)

    def start(self) -> None:
        """Begin to listen; from then on these signals end nothing by themselves."""
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        for name in _ASKING:
            if (number := getattr(signal, name, None)) is not None:
                self._before[number] = signal.signal(number, lambda *_: None)

    def stop(self) -> None:
        """Hear nothing more."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        self._notifier.setEnabled(False)
        for end in (self._ear, self._mouth):
            end.close()

    def _on_told(self) -> None:
        self._ear.recv(64)
        self.asked.emit()
