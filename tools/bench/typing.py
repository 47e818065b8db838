"""How long a key takes in every form of the window, over a bare Qt form of as many fields of its kind, typed into in the same run.

    QT_QPA_PLATFORM=offscreen python -m tools.bench.typing [--cases 1000]

A key is pressed as the system would, and counts until nothing is left to draw: the check of the whole record and the timer of the
draft are in it. The clock is that of the processor, so that other programs do not count; drafts are kept encrypted as always.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.cases import CaseFilter
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.parts import PART_KEYS
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.frame.shell import Shell
from tools.bench.figures import Figure, table
from tools.bench.practice_stores import practice_store
from tools.bench.timing import Samples, in_turns, percentile

TURNS, KEYS = 12, 40
PER_KEY, OVER_BARE = 16.0, 1.5  # milliseconds at p99; times a bare form
_LETTERS = (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_D, Qt.Key.Key_I, Qt.Key.Key_T, Qt.Key.Key_Backspace)


def bare_form(like: QWidget, lines: int) -> tuple[QWidget, QWidget]:
    """Return a window of Qt's own with so many fields of one kind, and the first: a text, a long one, or a list that finds."""
    window = QWidget()
    layout = QFormLayout(window)
    made = [_bare(like) for _ in range(lines)]
    for number, line in enumerate(made):
        layout.addRow(f"Field {number}", line)
    first = made[0]
    return window, (first.lineEdit() or first) if isinstance(first, QComboBox) else first


def _bare(like: QWidget) -> QWidget:
    around = like.parentWidget()
    if isinstance(around, QComboBox):
        bare = QComboBox()
        bare.setEditable(True)
        bare.addItems([around.itemText(number) for number in range(around.count())])
        return bare
    return QPlainTextEdit() if isinstance(like, QPlainTextEdit) else QLineEdit()


def press(line: QWidget) -> Callable[[Qt.Key], None]:
    """Return what presses a key in a widget and waits until nothing is left to draw."""

    def pressed(key: Qt.Key) -> None:
        QTest.keyClick(line, key)
        QApplication.processEvents()

    return pressed


def compared(line: QWidget, fields: int) -> tuple[Samples, Samples]:
    """Return the times of keys in a line of ours, and in a bare form of as many fields, in turns."""
    window, bare = bare_form(line, fields)
    for around in parents(line):
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(line)  # what is out of sight is not drawn
    line.clear()  # type: ignore[attr-defined]  # both begin empty: a longer text is more to draw
    window.resize(1280, 800)
    window.show()
    QApplication.processEvents()
    keys = [[_LETTERS[number % len(_LETTERS)] for number in range(KEYS)]] * TURNS
    times = in_turns({"ours": press(line), "bare": press(bare)}, keys)
    window.close()
    window.deleteLater()
    return times["ours"], times["bare"]


def parents(widget: QWidget) -> Iterator[QWidget]:
    """Yield what a widget lies in, from the inside."""
    around = widget.parentWidget()
    while around is not None:
        yield around
        around = around.parentWidget()


def typed_in(form: Form) -> Iterator[tuple[str, QWidget]]:
    """Yield the first line of each kind in which something is typed in a form, with the key of its field."""
    kinds: set[type] = set()
    for key, row in form.rows.items():
        focus = row.editor.focus
        line = focus.lineEdit() if isinstance(focus, QComboBox) else focus
        if (
            isinstance(line, QLineEdit | QPlainTextEdit)
            and line.isVisible()
            and line.isEnabled()
            and not line.isReadOnly()
        ):
            if type(row.editor) not in kinds:
                kinds.add(type(row.editor))
                yield key, line


def forms_of(page: CasePage) -> Iterator[tuple[str, Form]]:
    """Yield the part of the case and the form of a new record in it, each part shown one after the other."""
    shown: list[str] = []
    for key in PART_KEYS:
        page.show_tab(key)
        for _ in range(5):  # until it is laid out
            QApplication.processEvents()
        for form in page.findChildren(Form):
            if form.isVisible() and form.form_key not in shown:
                shown.append(form.form_key)
                yield key, form


def measure(workspace: Workspace) -> Iterator[Figure]:
    """Yield the figures of each form of the first running case."""
    shell = Shell(Settings(language="en", look="light", size=100), False)
    shell.resize(1280, 800)
    shell.doors.made.emit(workspace.folder.path, workspace)
    shell.show()
    shell.activateWindow()
    QApplication.processEvents()
    desktop = shell.desktop
    assert desktop is not None
    reader = workspace.store.reader
    desktop.show_case(reader.lines(reader.first_keys(CaseFilter(status="running"), 1))[0].uid)
    page = desktop.page("case")
    assert isinstance(page, CasePage)
    for key, form in forms_of(page):
        cases = len(form.rows)
        for field, line in typed_in(form):
            desktop.message.put_away()  # while something is said, every key is looked at for Escape
            ours, bare = compared(line, cases)
            yield Figure(
                "", f"{key}, {field}: a key at p99 ({cases} fields)", cases, percentile(ours.all, 99), "ms", PER_KEY
            )
            yield Figure(
                "", f"{key}, {field}: a key over a bare form", cases, ours.over(bare), "x", OVER_BARE, scale=ours.at(50)
            )


def main() -> None:
    """Make a store, and type."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.typing", description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=1000, help="cases of the store (1000)")
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "avrr-bench")
    given = parser.parse_args()
    given.dir.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with practice_store(given.dir, given.cases, 7).copy() as store, store.workspace() as workspace:
        print(table(measure(workspace)))
    application.quit()


if __name__ == "__main__":
    main()
