"""What is copied in our window: marked, gone after a while and at the lock; what others copied stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.system.clipboard import KEPT_MS, ClipboardGuard, copy_sensitive
from tests.support.window import window_over

SECRET, FOREIGN = "1506985710003", "written by another person"
MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
    "org.nspasteboard.ConcealedType": b"1",
}


def clipboard() -> QClipboard:
    return QGuiApplication.clipboard()


def marks(content: QMimeData) -> dict[str, bytes]:
    return {name: bytes(content.data(name).data()) for name in content.formats() if name != "text/plain"}


@pytest.fixture
def parent(qapp: QGuiApplication) -> Iterator[QObject]:
    """What a guard hangs on: it goes with it, so that no later test meets it."""
    clipboard().clear()
    made = QObject()
    yield made
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    clipboard().clear()


def test_X12_what_is_copied_carries_every_mark(parent: QObject) -> None:
    copy_sensitive(SECRET)
    assert clipboard().text() == SECRET
    assert marks(clipboard().mimeData()) == MARKS


def test_X12_what_is_copied_is_gone_after_a_while(qtbot: QtBot, parent: QObject) -> None:
    guard = ClipboardGuard(parent, kept_ms=150)
    assert KEPT_MS == 30_000
    copy_sensitive(SECRET)
    assert clipboard().text() == SECRET
    qtbot.waitUntil(lambda: clipboard().text() == "")
    assert not guard.timed


def test_X12_what_is_copied_by_keys_is_marked_and_gone_after_a_while(qtbot: QtBot, parent: QObject) -> None:
    guard = ClipboardGuard(parent, lambda: True, kept_ms=150)
    line = QLineEdit(SECRET)
    qtbot.addWidget(line)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard().text() == SECRET
    assert marks(clipboard().mimeData()) == MARKS
    assert guard.timed
    qtbot.waitUntil(lambda: clipboard().text() == "")


def test_X12_what_another_program_copied_is_never_touched(qtbot: QtBot, parent: QObject) -> None:
    ours = True
    guard = ClipboardGuard(parent, lambda: ours, kept_ms=150)
    copy_sensitive(SECRET)
    ours = False
    clipboard().setText(FOREIGN)
    assert marks(clipboard().mimeData()) == {}
    assert not guard.timed, "the half minute of what lay there before must not end this"
    guard.clear()
    assert clipboard().text() == FOREIGN


def test_X12_the_lock_clears_what_is_ours(
    qtbot: QtBot, tmp_path: Path, workspace: Workspace, family: CaseFile, parent: QObject
) -> None:
    shell = window_over(qtbot, workspace)
    copy_sensitive(SECRET)
    shell.close()
    assert clipboard().text() == ""
    assert workspace.locked
