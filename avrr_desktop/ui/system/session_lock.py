"""Notices that the officer left: the system locks its screen, goes to sleep, or ends the session."""

import sys
from typing import cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager

from avrr_desktop.ui.system.windows_session import WindowsSession

_LOGIN, _MANAGER, _SESSION = (
    "org.freedesktop.login1",
    "org.freedesktop.login1.Manager",
    "org.freedesktop.login1.Session",
)
_SCREENS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
_NAMES = ("avrr-system", "avrr-session")


class SessionWatch(QObject):
    """Says ``left`` when nobody sits here any more. Where the system tells nothing, the idle lock remains.

    ``system_bus``, ``session_bus``: addresses of buses; empty for those of this computer.
    """

    left = Signal()

    def __init__(self, parent: QObject | None = None, system_bus: str = "", session_bus: str = "") -> None:
        super().__init__(parent)
        self._addresses = (system_bus, session_bus)
        self.ready = False  # every signal is asked for
        self._windows: WindowsSession | None = None
        self._started = False

    def start(self, window: int = 0) -> None:
        """Begin to listen. ``window``: the number of the main window, which Windows wants to know."""
        self._started = True
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.end_session)
        if sys.platform == "win32":
            self._windows = WindowsSession(self.left.emit, window)
        elif sys.platform == "linux":
            self._listen()

    def stop(self) -> None:
        """Hear nothing more; nothing happens where nothing was begun."""
        if not self._started:
            return
        self._started = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.disconnect(self.end_session)
        if sys.platform == "linux":
            from PySide6.QtDBus import QDBusConnection

            for name in _NAMES:
                QDBusConnection.disconnectFromBus(name)

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        kinds = (QDBusConnection.BusType.SystemBus, QDBusConnection.BusType.SessionBus)
        self._system, session = (
            QDBusConnection.connectToBus(address, name) if address else QDBusConnection.connectToBus(kind, name)
            for address, kind, name in zip(self._addresses, kinds, _NAMES, strict=True)
        )
        if self._system.isConnected():
            self._connect(self._system, _LOGIN, "/org/freedesktop/login1", _MANAGER, "PrepareForSleep", "hear(bool)")
            self._ask_for_own_session()
        if session.isConnected():
            for screen in _SCREENS:
                self._connect(session, "", "", screen, "ActiveChanged", "hear(bool)")

    def _connect(self, bus: object, service: str, path: str, interface: str, name: str, slot: str) -> None:
        from PySide6.QtDBus import QDBusConnection

        assert isinstance(bus, QDBusConnection)
        # declared as bytes, and taken as text only
        bus.connect(service, path, interface, name, self, cast("bytes", SLOT(slot)))

    def _ask_for_own_session(self) -> None:
        import os

        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        question = QDBusMessage.createMethodCall(_LOGIN, "/org/freedesktop/login1", _MANAGER, "GetSession")
        question.setArguments([os.environ.get("XDG_SESSION_ID", "")])
        self._question = QDBusPendingCallWatcher(self._system.asyncCall(question), self)
        self._question.finished.connect(self._on_own_session)

    def _on_own_session(self) -> None:
        """Listen to this session's lock; where it is not known, to that of every session."""
        found = self._question.reply().arguments()
        path = found[0].path() if found and hasattr(found[0], "path") else ""
        self._connect(self._system, _LOGIN, path, _SESSION, "Lock", "hear_lock()")
        self.ready = True

    @Slot(bool)
    def hear(self, begins: bool) -> None:
        """A sleep or a screen saver begins, or ends."""
        if begins:
            self.left.emit()

    @Slot()
    def hear_lock(self) -> None:
        """The session is locked."""
        self.left.emit()

    def end_session(self, session: QSessionManager | None = None) -> None:
        """Somebody logs out or turns the computer off: nothing is asked, all is kept."""
        self.left.emit()
