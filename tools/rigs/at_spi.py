"""Reads the window as a screen reader of Linux does, over AT-SPI on a bus of its own, page by page.

Run it: ``dbus-run-session -- xvfb-run -a python -m tools.rigs.at_spi``. It needs at-spi2-core and busctl; nothing of the session
at which somebody sits is touched. It prints how many controls each page has, and which say neither name nor role.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
FOCUSABLE, SHOWING = 1 << 11, 1 << 25  # bits of AtspiStateType
NO_ROLES = {"", "invalid", "unknown", "redundant object"}
MAY_BE_EMPTY = {"cell", "tree item"}  # where a column has nothing to say
MOST = 4000  # nodes of one page: a tree without an end is a fault
DAY = date(2026, 12, 7)


@dataclass(frozen=True)
class Node:
    """Something in the tree, as a screen reader is told of it."""

    name: str
    role: str
    state: int

    @property
    def is_control(self) -> bool:
        """Whether somebody can go there by keyboard, and sees it."""
        return bool(self.state & FOCUSABLE and self.state & SHOWING)


class Bus:
    """The bus of the accessibility service of this session."""

    def __init__(self) -> None:
        said = self._run(
            f"--address={os.environ['DBUS_SESSION_BUS_ADDRESS']}",
            "call",
            "org.a11y.Bus",
            "/org/a11y/bus",
            "org.a11y.Bus",
            "GetAddress",
        )
        self._address = f"--address={said[0]}"

    def _run(self, *arguments: str) -> list[object]:
        made = subprocess.run(["busctl", "--json=short", *arguments], capture_output=True, text=True, check=True)
        return list(json.loads(made.stdout)["data"])

    def _ask(self, place: tuple[str, str], method: str) -> object:
        return self._run(self._address, "call", *place, ACCESSIBLE, method)[0]

    def _node(self, place: tuple[str, str]) -> Node:
        name = subprocess.run(
            ["busctl", "--json=short", self._address, "get-property", *place, ACCESSIBLE, "Name"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        state = self._ask(place, "GetState")
        assert isinstance(state, list)
        return Node(json.loads(name.stdout)["data"], str(self._ask(place, "GetRoleName")), int(state[0]))

    def _children(self, place: tuple[str, str]) -> list[tuple[str, str]]:
        found = self._ask(place, "GetChildren")
        assert isinstance(found, list)
        return [(str(one[0]), str(one[1])) for one in found]

    def walk(self) -> Iterator[Node]:
        """Yield everything of the one program on the bus, in the order of its tree; what is out of sight is not entered."""
        waiting, seen = self._children(("org.a11y.atspi.Registry", ROOT))[::-1], 0
        while waiting:
            place = waiting.pop()
            node = self._node(place)
            seen += 1
            assert seen < MOST, "no end"
            yield node
            if node.role == "application" or node.state & SHOWING:
                waiting += self._children(place)[::-1]


def places() -> list[str]:
    """Return every page, part of Setup and part of a case."""
    from avrr_desktop.ui.case.parts import PART_KEYS

    pages = ("today", "cases", "figures", "partners", "procedures", "outbox", "new", "guide")
    setup = ("officers", "office", "backups", "data", "look", "about")
    return [
        *(f"page {one}" for one in pages),
        *(f"setup {one}" for one in setup),
        *(f"case {one}" for one in PART_KEYS),
    ]


def read() -> int:
    """Show one page after the other in a window of its own process, and read each; return 1 for a control that is not told."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    bus, wrong = Bus(), 0
    command = [sys.executable, "-m", "tools.rigs.at_spi", "--window"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as window:
        assert window.stdin is not None and window.stdout is not None
        for place in places():
            window.stdin.write(f"{place}\n")
            window.stdin.flush()
            if window.stdout.readline().strip() != place:
                raise RuntimeError(f"the window ended before {place}")
            nodes = list(bus.walk())
            there = [node for node in nodes if node.is_control]
            mute = [
                node for node in there if node.role in NO_ROLES or not (node.name.strip() or node.role in MAY_BE_EMPTY)
            ]
            wrong += len(mute) + (not there)
            roles = sorted({node.role for node in there})
            print(
                f"{place}: {len(nodes)} nodes, {len(there)} controls ({', '.join(roles)}), {len(mute)} mute {mute or ''}"
            )
        window.stdin.close()
    return 1 if wrong else 0


def show() -> int:
    """Show what standard input asks for, and say so once it is seen."""
    from PySide6.QtCore import QSocketNotifier, QTimer
    from PySide6.QtWidgets import QApplication

    from avrr_desktop.operations.cases.search import CaseFilter, all_cases
    from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
    from avrr_desktop.operations.computer.settings import Settings
    from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
    from avrr_desktop.operations.session.unlocking import unlock
    from avrr_desktop.ui.frame.shell import Shell
    from tests.support.window import case_page

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        store = Path(folder) / "practice.avrr"
        create_practice(store, PracticeOptions(DAY)).lock()
        application = QApplication(["at_spi"])
        shell = Shell(Settings(language="en", look="light", size=100), False, store)
        shell.show()
        shell.doors.unlocked.emit(store, unlock(store, PRACTICE_PASSPHRASE))
        shell.centralWidget().choose()  # type: ignore[union-attr]
        desktop = shell.desktop
        assert desktop is not None and shell.workspace is not None
        cases = all_cases(shell.workspace, CaseFilter(status="running"))
        desktop.show_case(max(cases, key=lambda line: line.persons).uid)

        def on_line() -> None:
            kind, _, name = (line := sys.stdin.readline().strip()).partition(" ")
            if kind == "page":
                desktop.show_page(name)
            elif kind == "setup":
                desktop.show_setup(name)
            elif kind == "case":
                desktop.show_page("case")
                case_page(desktop).show_tab(name)
            else:
                application.quit()
            QTimer.singleShot(300, lambda: print(line, flush=True))

        asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        asked.activated.connect(lambda *_: on_line())
        application.exec()
        shell.close()
    return 0


if __name__ == "__main__":
    sys.exit(show() if "--window" in sys.argv else read())
