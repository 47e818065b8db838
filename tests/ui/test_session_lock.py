"""The program hears when the system locks its screen, sleeps, or ends the session: over a real bus of its own."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusVirtualObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.system.session_lock import SessionWatch
from avrr_desktop.ui.system.windows_session import leaves

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION, SCREEN = f"{LOGIN}.Manager", f"{LOGIN}.Session", "org.freedesktop.ScreenSaver"
OWN = f"{LOGIN_PATH}/session/_31"
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default"><allow send_destination="*"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


class LoginManager(QDBusVirtualObject):
    """Answers where a session is."""

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() != "GetSession":
            return False
        reply = message.createReply()
        reply.setArguments([QDBusObjectPath(OWN)])
        return connection.send(reply)


class Bus:
    """A bus of its own with one speaker on it; without the daemon on this machine nobody hears the speaker."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("dbus-daemon")
        self.process: subprocess.Popen[str] | None = None
        self.address = ""
        if program is None:
            print("no dbus-daemon on this machine: the signals are handed to the watch as the bus would")
            return
        configuration = folder / "bus.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
        self.process = subprocess.Popen(
            [program, f"--config-file={configuration}", "--print-address", "--nofork", "--nopidfile"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        self.speaker = QDBusConnection.connectToBus(self.address, f"speaker {self.address}")
        assert self.speaker.registerService(LOGIN)

    def tell(self, watch: SessionWatch, path: str, interface: str, name: str, *values: object) -> None:
        """Send a signal."""
        if self.process is None:
            watch.hear(bool(values[0])) if values else watch.hear_lock()
            return
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(values))
        assert self.speaker.send(message)

    def close(self) -> None:
        if self.process is not None:
            QDBusConnection.disconnectFromBus(f"speaker {self.address}")
            self.process.kill()
            self.process.communicate()


@pytest.fixture
def bus(tmp_path: Path, qapp: QGuiApplication) -> Iterator[Bus]:
    made = Bus(tmp_path)
    yield made
    made.close()


@pytest.fixture
def watch(bus: Bus, qtbot: QtBot) -> Iterator[SessionWatch]:
    made = SessionWatch(None, bus.address or "unix:path=/nowhere", bus.address or "unix:path=/nowhere")
    made.start()
    if bus.process is not None:
        qtbot.waitUntil(lambda: made.ready)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("path", "interface", "name", "values"),
    [
        (LOGIN_PATH, MANAGER, "PrepareForSleep", (True,)),
        ("/org/freedesktop/login1/session/c2", SESSION, "Lock", ()),
        ("/org/freedesktop/ScreenSaver", SCREEN, "ActiveChanged", (True,)),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", (True,)),
    ],
    ids=["sleep", "lock", "screen saver", "screen saver of gnome"],
)
def test_what_the_bus_tells_is_heard(
    qtbot: QtBot, bus: Bus, watch: SessionWatch, path: str, interface: str, name: str, values: tuple[object, ...]
) -> None:
    with qtbot.waitSignal(watch.left):
        bus.tell(watch, path, interface, name, *values)


def test_waking_up_is_no_leaving(qtbot: QtBot, bus: Bus, watch: SessionWatch) -> None:
    heard: list[str] = []
    watch.left.connect(lambda: heard.append("left"))
    bus.tell(watch, LOGIN_PATH, MANAGER, "PrepareForSleep", False)
    bus.tell(watch, "/org/freedesktop/ScreenSaver", SCREEN, "ActiveChanged", False)
    with qtbot.waitSignal(watch.left):
        bus.tell(watch, LOGIN_PATH, MANAGER, "PrepareForSleep", True)
    assert heard == ["left"]


def test_only_the_own_session_counts_where_it_is_known(qtbot: QtBot, bus: Bus) -> None:
    heard: list[str] = []
    watch = SessionWatch(None, bus.address or "unix:path=/nowhere", bus.address or "unix:path=/nowhere")
    watch.left.connect(lambda: heard.append("left"))
    if bus.process is not None:
        login = LoginManager()
        assert bus.speaker.registerVirtualObject(LOGIN_PATH, login)
        watch.start()
        qtbot.waitUntil(lambda: watch.ready)
        bus.tell(watch, f"{LOGIN_PATH}/session/somebody", SESSION, "Lock")
    with qtbot.waitSignal(watch.left):
        bus.tell(watch, OWN, SESSION, "Lock")
    assert heard == ["left"]
    watch.stop()


def test_the_end_of_the_session_is_heard_from_qt(qtbot: QtBot) -> None:
    watch = SessionWatch(None, "unix:path=/nowhere", "unix:path=/nowhere")
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    asked = SIGNAL("commitDataRequest(QSessionManager&)")
    before = application.receivers(asked)
    watch.start()
    assert application.receivers(asked) == before + 1
    with qtbot.waitSignal(watch.left):
        watch.end_session()  # Qt alone can make what the signal carries
    watch.stop()
    assert application.receivers(asked) == before


def test_the_watch_may_be_ended_before_it_began_and_twice(qtbot: QtBot) -> None:
    watch = SessionWatch(None, "unix:path=/nowhere", "unix:path=/nowhere")
    watch.stop()
    watch.start()
    watch.stop()
    watch.stop()


def test_messages_of_windows_are_told_apart() -> None:
    assert all(leaves(0x02B1, detail) for detail in (2, 4, 6, 7))  # away, remote away, logged out, locked
    assert leaves(0x0218, 4)  # before a sleep
    assert not any(leaves(0x02B1, detail) for detail in (1, 3, 5, 8, 9))  # come back, logged in, unlocked
    assert not leaves(0x0218, 7)  # awake again
    assert not leaves(0x0010, 7)
