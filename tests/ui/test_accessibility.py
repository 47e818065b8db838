"""Whoever hears the window, or works without a mouse, gets as far as everybody else."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.files_tab import FilesTab
from avrr_desktop.ui.case.parts import PART_KEYS, TAB_KEYS
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.grid.columns import COLUMNS
from avrr_desktop.ui.forms.grid.grid_table import FamilyTable
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.setup_page import SetupPage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from avrr_desktop.ui.start.who_page import WhoPage
from avrr_desktop.ui.widgets import theme
from avrr_desktop.ui.widgets.theme import DARK, LIGHT, Colours

NOW = datetime(2026, 11, 23, 8, tzinfo=timezone.utc)
PAGES = ("today", "cases", "figures", "partners", "procedures", "outbox", "setup")
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
in_light = pytest.mark.parametrize("shell", ["light"], indirect=True)
MAY_BE_EMPTY = (QAccessible.Role.Cell, QAccessible.Role.TreeItem)  # where a column has nothing to say
ENOUGH = 4.5  # WCAG 2, level AA, for text of any size
KINDS = {"QPushButton", "QToolButton", "QLineEdit", "QComboBox", "QCheckBox", "QListWidget", "QTreeWidget",
         "QTableView", "QPlainTextEdit", "QTabBar"}  # fmt: skip


T = TypeVar("T")


def sure(found: object, kind: type[T]) -> T:
    assert isinstance(found, kind)
    return found


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """A window that waits for its end would be styled again with every new one."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store full of invented people."""
    folder = tmp_path_factory.mktemp("store") / "practice.avrr"
    create_practice(folder, PracticeOptions(NOW.date())).lock()
    return folder


def window(qtbot: QtBot, look: str, language: str = "en", store: Path | None = None) -> Shell:
    shell = Shell(
        Settings(language=language, look=look, size=100), False, store,
        lambda folder, keys, words: open_unlocked(folder, keys, words=words, clock=SteppingClock(NOW)),
    )  # fmt: skip
    qtbot.addWidget(shell)
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


def before_the_desk(qtbot: QtBot, look: str, practice: Path) -> Iterator[tuple[str, Shell]]:
    """Show what comes before the desktop, page by page."""
    yield "language", window(qtbot, look, "")
    shell = window(qtbot, look)
    yield "start", shell
    shell.doors.show_new_store()
    yield "new store", shell
    yield "unlock", (shell := window(qtbot, look, store=practice))
    who(qtbot, shell)
    yield "who", shell


def who(qtbot: QtBot, shell: Shell) -> WhoPage:
    page = sure(shell.centralWidget(), UnlockPage)
    page.passphrase.setText(PRACTICE_PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), WhoPage))
    return sure(shell.centralWidget(), WhoPage)


@pytest.fixture(params=["light", "dark"])
def shell(request: pytest.FixtureRequest, qtbot: QtBot, practice: Path, tmp_path: Path) -> Shell:
    """The real window on a copy of the practice store, at the desk, in both looks."""
    made = window(qtbot, request.param, store=Path(shutil.copytree(practice, tmp_path / practice.name)))
    who(qtbot, made).choose()
    return made


def places(qtbot: QtBot, shell: Shell) -> Iterator[str]:
    """Show every page and every part of a case, one after the other; forms, choosers and lists filled."""
    desktop = sure(shell.desktop, Desktop)
    for name in PAGES:
        desktop.show_page(name)
        yield name
    for part in sure(desktop.page("setup"), SetupPage).parts[1:]:
        desktop.show_setup(part)
        yield f"setup {part}"
    case = open_case(desktop)
    for name in PART_KEYS:
        case.show_tab(name)
        yield f"case {name}"
        tab = case.tab(name)
        if isinstance(tab, FilesTab):
            tab.ask_files = list  # the dialog is the system's own
        if isinstance(tab, RecordTab):
            tab.add()
            yield f"case {name}, a new one"
        if isinstance(tab, ServicesTab):
            case.show_tab(name, sure(case.case_file, CaseFile).steps[-1].uid)
            yield "case services, a step"
            tab.choose_service()
            yield "case services, a new one"
    QTest.keyClick(shell, Qt.Key.Key_P, CONTROL)
    page = sure(desktop.page("print"), PrintPage)
    yield "print"
    page.keep()
    desktop.show_page("outbox")
    yield "outbox with a document"
    desktop.show_page("new")
    new = sure(desktop.page("new"), NewCasePage)
    new.look_for(sure(case.case_file, CaseFile).members[0].person.text("family_name"))
    assert new.grid.already.people.isVisible()
    yield "new"
    for say in (desktop.message.warn, lambda text: desktop.message.bad(text, text)):
        say("Something to look at.")
        yield "a message"
    desktop.acts.said.emit("Something that can be undone.", True)
    QTest.keyClick(shell, Qt.Key.Key_F1)
    yield "help"


def open_case(desktop: Desktop) -> CasePage:
    """Open the running case with the most people."""
    running = all_cases(desktop.acts.workspace, CaseFilter(status="running"))
    desktop.show_case(max(running, key=lambda line: (line.persons, len(line.categories))).uid)
    return sure(desktop.page("case"), CasePage)


def controls(shell: QWidget) -> list[QWidget]:
    """Return what can be worked as it stands on the screen, buttons that take no focus among it."""
    QApplication.processEvents()
    there = [one for one in shell.findChildren(QWidget) if one.isVisible() and one.isEnabled() and not one.focusProxy()]
    return [one for one in there if one.focusPolicy() is not Qt.FocusPolicy.NoFocus or isinstance(one, QPushButton)]


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says of a control; what it shows by itself counts for buttons and tabs only."""
    if isinstance(widget, QTabBar):
        return widget.accessibleName() or " ".join(widget.tabText(number) for number in range(widget.count()))
    own = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName() or own


def nameless(there: list[QWidget]) -> list[str]:
    wrong = [widget for widget in there if not re.search(r"\w", name_of(widget))]
    return [f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}" for one in wrong]


def heard(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what a screen reader is told of a window, in the order in which it is told; what is out of sight is left out."""
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from heard(child)


def mute(shell: QWidget) -> list[str]:
    """Return what can have the cursor and is told without a name, or as a thing of no kind."""
    wrong = []
    for one in heard(QAccessible.queryAccessibleInterface(shell)):
        unnamed = not one.text(QAccessible.Text.Name).strip() and one.role() not in MAY_BE_EMPTY
        if one.state().focusable and (unnamed or one.role() is QAccessible.Role.NoRole):
            wrong.append(f"{one.role()} {type(one.object()).__name__} {one.text(QAccessible.Text.Value)}")
    return wrong


def _from_above(point: QPoint) -> tuple[int, int]:
    return point.y(), point.x()


def out_of_order(shell: QWidget) -> list[str]:
    """Return the fields that the Tab key reaches before one that stands above them, or at the left of them, in the same form."""
    wrong = []
    for form in (one for one in shell.findChildren(Form) if one.isVisible()):
        rows = [row for row in form.rows.values() if row.isVisible() and row.isEnabled()]
        reached, at = list[FieldRow](), sure(form.nextInFocusChain(), QWidget)
        while at is not form:
            row = next((one for one in rows if one.isAncestorOf(at)), None)
            if row is not None and row not in reached and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
                reached.append(row)
            at = sure(at.nextInFocusChain(), QWidget)
        origin = QPoint(0, 0)
        stand = sorted(reached, key=lambda row: _from_above(row.mapTo(form, origin)))
        wrong += [one.field.key for one, other in zip(reached, stand, strict=True) if one is not other]
    return wrong


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def unreadable(shell: QWidget) -> set[tuple[str, str]]:
    """Return the colours of texts that have too little contrast to what is painted behind them."""
    image = shell.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels, across = memoryview(image.constBits()).cast("I"), image.width()
    pairs = set()
    for widget in shell.findChildren(QWidget):
        seen = widget.visibleRegion().boundingRect()
        if isinstance(widget, QLabel | QPushButton) and widget.text() and widget.isEnabled() and seen.width() > 20:
            if shell.childAt(widget.mapTo(shell, seen.center())) is not widget:
                continue  # something lies over it, and that is what is seen
            corner = widget.mapTo(shell, seen.topLeft() + QPoint(4, min(4, seen.height() - 1)))
            start = corner.y() * across + corner.x()
            behind = Counter(pixels[start : start + seen.width() - 8]).most_common(1)[0][0]
            pairs.add((widget.palette().color(widget.foregroundRole()).name(), f"#{behind & 0xFFFFFF:06x}"))
    assert len(pairs) > 2
    return {pair for pair in pairs if contrast(*pair) < ENOUGH}


def test_every_page_can_be_heard_and_read(qtbot: QtBot, shell: Shell) -> None:
    seen: set[str] = set()
    for place in places(qtbot, shell):
        there = controls(shell)
        assert nameless(there) == [], place
        assert mute(shell) == [], place
        assert out_of_order(shell) == [], place
        assert unreadable(shell) == set(), place
        seen |= {kind.__name__ for widget in there for kind in type(widget).__mro__}
    assert KINDS - seen == set()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_page_before_the_desk_can_be_heard_and_read(qtbot: QtBot, practice: Path, look: str) -> None:
    for place, shell in before_the_desk(qtbot, look, practice):
        assert len(controls(shell)) > 1, place
        assert nameless(controls(shell)) == [], place
        assert mute(shell) == [], place
        assert unreadable(shell) == set(), place


@in_light
def test_the_tab_key_gets_round_every_page(qtbot: QtBot, shell: Shell) -> None:
    search = sure(shell.desktop, Desktop).search
    for place in places(qtbot, shell):
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            wanted, reached = reachable(shell), list[QWidget]()
            shell.activateWindow()  # a list that popped up on the page before took the activation along, where nobody gives it back
            qtbot.waitUntil(shell.isActiveWindow)
            search.setFocus()
            cells = sum(len(COLUMNS) * table.grid.rowCount() for table in shell.findChildren(FamilyTable))
            for _ in range(len(wanted) + 5 + cells):
                QTest.keyClick(focus(), key)
                reached.append(focus())
                if focus() is search:
                    break
            assert focus() is search, f"{place}: a trap at {name_of(focus())}"
            still = reachable(shell)
            assert [name_of(widget) for widget in wanted if widget in still and widget not in reached] == [], place


def focus() -> QWidget:
    return sure(QApplication.focusWidget(), QWidget)


def reachable(shell: QWidget) -> list[QWidget]:
    """Return what the Tab key is to reach; of buttons that exclude each other one, the others by arrow keys."""
    by_tab = Qt.FocusPolicy.TabFocus.value
    return [one for one in controls(shell) if one.focusPolicy().value & by_tab or isinstance(one, QPushButton)]


@in_light
def test_the_keys_do_what_they_say(qtbot: QtBot, shell: Shell) -> None:
    desktop = sure(shell.desktop, Desktop)
    for _ in range(2):
        for number, name in enumerate(PAGES, 1):
            QTest.keyClick(shell, Qt.Key(Qt.Key.Key_0.value + number), CONTROL)
            assert desktop.page(name).isVisible()
            assert desktop.nav_buttons[name].isChecked()
    QTest.keyClick(shell, Qt.Key.Key_1, CONTROL)
    desktop.nav_buttons["today"].setFocus()
    QTest.keyClick(desktop.nav_buttons["today"], Qt.Key.Key_Down)
    assert desktop.page("cases").isVisible()
    QTest.keyClick(shell, Qt.Key.Key_N, CONTROL)
    new = sure(desktop.page("new"), NewCasePage)
    qtbot.waitUntil(new.who.hasFocus)
    assert new.isVisible()
    QTest.keyClick(new.who, Qt.Key.Key_K, CONTROL)
    assert desktop.search.hasFocus()
    assert new.who.text() == desktop.search.text() == ""
    case = open_case(desktop)
    for number, name in enumerate(TAB_KEYS, 1):
        QTest.keyClick(shell, Qt.Key(Qt.Key.Key_0.value + number % 10), ALT)
        assert case.tab(name).isVisible()
    QTest.keyClick(shell, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), UnlockPage))
    assert shell.workspace is None


def pairs_of(colours: Colours) -> dict[tuple[str, str], float]:
    """Return the contrast of every text colour to everything that it stands on."""
    texts, states = ("text", "muted", "accent", "bad", "good", "waiting", "practice"), set(theme.STATES.values())
    softs = ("accent_soft", "bad_soft", "good_soft", "waiting_soft")
    pairs = {(text, plain) for text in texts for plain in ("page", "surface")} | {("on_accent", "accent")}
    pairs |= {(text, soft) for text in ("text", "muted", "accent") for soft in softs}  # messages, with their buttons
    pairs |= {(state, "accent_soft") for state in states}  # what is chosen in a list
    pairs |= {(soft.removesuffix("_soft"), soft) for soft in softs}
    return {(text, under): contrast(getattr(colours, text), getattr(colours, under)) for text, under in pairs}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out(colours: Colours) -> None:
    assert {pair: round(ratio, 2) for pair, ratio in pairs_of(colours).items() if ratio < ENOUGH} == {}
    for block in re.findall(r"\{([^}]*)\}", theme.SHEET):
        names = [re.search(rf"(?<![\w-]){what}: @(\w+)@", block) for what in ("color", "background")]
        if all(names):
            assert tuple(name[1] for name in names if name) in pairs_of(colours), block
