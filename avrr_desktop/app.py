"""Composition root of the window: builds everything once and hands it down."""

import os
import sys
from contextlib import suppress
from datetime import date, datetime, time, timezone
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QMessageBox

from avrr_desktop import __version__
from avrr_desktop.clock import ShiftedClock, SystemClock
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.language import Language
from avrr_desktop.locations import NAME, log_folder
from avrr_desktop.log import Log
from avrr_desktop.operations.computer.policy_file import read_policy
from avrr_desktop.operations.computer.settings import Settings, read_settings
from avrr_desktop.operations.files.opened_files import wipe_opened
from avrr_desktop.ui.frame.shell import TITLE, Shell
from avrr_desktop.ui.frame.warming import Warmer
from avrr_desktop.ui.system.gc_timer import CollectorTimer
from avrr_desktop.ui.widgets.controls import problem_box, show_problem
from avrr_desktop.ui.widgets.icons import application_icon, pixmap
from avrr_desktop.ui.widgets.theme import FAMILY, STYLE

if TYPE_CHECKING:  # the window is seen before these are loaded: see warming.py
    from avrr_desktop.operations.program.update.staging import Staged
    from avrr_desktop.operations.session.session import Session
    from avrr_desktop.operations.session.unlocking import Keys

NO_WINDOW = 4  # the exit code of what is refused


def main(store: Path | None = None, today: date | None = None) -> int:
    """Run the window until it is closed and return the exit code.

    ``today``: the day that the program takes for today, for practice and rehearsals.
    """
    application = _application()
    application.setApplicationName("avrr-desktop")
    application.setApplicationDisplayName(TITLE)
    application.setApplicationVersion(__version__)
    application.setWindowIcon(application_icon())
    log = Log(log_folder())
    shell = make_shell(application, store, today)
    sys.excepthook = lambda kind, error, trace: on_bug(shell, log, kind, error, trace)
    shell.painted.connect(lambda: begin(shell))
    shell.show()
    code = int(application.exec())
    return code if shell.staged is None else update(shell.staged, shell.words)


def _application() -> QApplication:
    """Return Qt's heart. Where Qt cannot show anything it ends the program by itself: then a line says why."""
    if isinstance(there := QApplication.instance(), QApplication):
        return there
    held: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: _on_message(kind, text, held))
    made = QApplication(["avrr-desktop", *STYLE])
    qInstallMessageHandler(None)
    print(*held, sep="", end="", file=sys.stderr)
    return made


def _on_message(kind: QtMsgType, text: str, held: list[str]) -> None:
    """Keep what Qt says until it has begun; when it is about to end everything, say and log why instead."""
    if kind is not QtMsgType.QtFatalMsg:
        held.append(f"{text}\n")
        return
    from avrr_desktop.libraries import QT, SCREEN, missing, told
    from avrr_desktop.operations.computer.window_trial import no_window

    Log(log_folder()).event("window.failed")
    lacks = missing({**QT, **SCREEN})
    why = f"missing {told(lacks)}" if lacks else "no screen answers"
    print(" ".join(Language().error(no_window(why))), file=sys.stderr, flush=True)
    os._exit(NO_WINDOW)


def drawn() -> str:
    """Draw the first page where nobody sees it, and return what is wrong with it; empty for a window as it should be."""
    application = _application()
    shell = Shell(Settings(), dark=False)
    shell.show()
    application.processEvents()
    picture = shell.grab().toImage().scaled(64, 64)
    seen = {picture.pixel(across, down) for across in range(64) for down in range(64)}
    shell.hide()
    shell.deleteLater()
    if QFontInfo(application.font()).family() != FAMILY:
        return f"the font {FAMILY} does not load"
    if pixmap("search", "#000000", 24).isNull():
        return "no drawing of an icon can be read"
    return "" if len(seen) > 1 else "the window stays empty"


def update(staged: "Staged", words: Language) -> int:
    """Exchange the programs now that the window is closed, and start whichever is in place then."""
    from avrr_desktop.operations.program.update.install import put_in_place
    from avrr_desktop.operations.program.update.staging import outer_environment

    start, environment = str(staged.program / NAME), outer_environment()
    try:
        put_in_place(staged, SystemClock().now())
    except ExpectedError as error:
        staged.discard()
        show_problem(None, TITLE, " ".join(words.error(error)))
    try:
        os.execve(start, [start, *sys.argv[1:]], environment)
    except OSError:
        show_problem(None, TITLE, words.text("Everything is saved. Please start the program again."))
    return 1


def begin(shell: Shell) -> None:
    """Do what can wait until the window is seen."""
    watch(shell)
    Warmer(shell).start()


def watch(shell: Shell) -> None:
    """Let the window hear when somebody leaves the computer and when the system asks it to end, and tidy up after itself."""
    from avrr_desktop.ui.system.session_lock import SessionWatch
    from avrr_desktop.ui.system.signals import EndingWatch

    CollectorTimer(shell).start()
    session, ending = SessionWatch(shell), EndingWatch(shell)
    session.left.connect(shell.leave)
    session.start(int(shell.winId()))
    ending.asked.connect(shell.end)
    ending.start()
    application = QApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(ending.stop)


def make_shell(application: QApplication, store: Path | None = None, today: date | None = None) -> Shell:
    """Return the window, not shown yet."""
    with suppress(OSError):
        wipe_opened()  # what another program held at the last lock
    dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def open_at(folder: Path, keys: "Keys", words: Language) -> "Session":
        from avrr_desktop.operations.store.opening import open_unlocked

        clock = SystemClock()
        if today is not None:
            morning = datetime.combine(today, time(8), timezone.utc)
            return open_unlocked(folder, keys, words=words, clock=ShiftedClock(clock, morning - clock.now()))
        return open_unlocked(folder, keys, words=words, clock=clock)

    return Shell(read_settings(), dark, store, open_at, read_policy())


def _keep_drafts(shell: Shell) -> None:
    if shell.workspace is None:
        return  # there is no form yet, and perhaps no module of one
    from avrr_desktop.ui.forms.form import Form

    for form in shell.findChildren(Form):
        with suppress(RuntimeError):  # a form that is just going away has kept its draft itself
            form.keep_draft()


def on_bug(
    shell: Shell, log: Log, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """The one hook for what nobody expected: log the places, keep drafts, say so, go on."""
    text = log.bug(kind, trace)
    _keep_drafts(shell)
    if any(shown.isVisible() for shown in shell.findChildren(QMessageBox)):
        return  # one message is enough: what fails at every turn must not bury the window
    words = shell.words
    box = problem_box(shell, TITLE, words.text("Something went wrong in the program."))
    box.setInformativeText(
        words.text("Everything saved before is safe, and what you typed is kept as a draft. You can continue.")
    )
    box.setDetailedText(f"AVRR Desktop {__version__}\n{text}")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
