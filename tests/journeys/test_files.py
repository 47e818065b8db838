"""An officer adds scans to a case, looks at them, opens one, removes one and takes that back, and locks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avrr_desktop.app import make_shell
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.locations import data_folder
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.files.files import attach_file, file_content, files_of
from avrr_desktop.operations.files.opened_files import put_out
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.attachments import names_in, place_of
from avrr_desktop.ui.case.files_tab import FilesTab
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.widgets.item_list import LINE_ROLE, Item
from tests.support import media, window
from tests.support.media import KINDS, PLACE
from tests.support.window import press


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> Iterator[Shell]:
    made = window.window_over(qtbot, workspace)
    yield made
    made.close()


def files_tab(shell: Shell, family: CaseFile) -> FilesTab:
    assert shell.desktop is not None
    shell.desktop.show_case(family.case.uid)
    page = window.case_page(shell.desktop)
    page.show_tab("files")
    tab = page.tab("files")
    assert isinstance(tab, FilesTab)
    return tab


def lines(tab: FilesTab) -> list[Item]:
    return [tab.list.item(row).data(LINE_ROLE) for row in range(tab.list.count())]


def said(shell: Shell) -> str:
    assert shell.desktop is not None
    return shell.desktop.message.text.text()


def has_picture(tab: FilesTab) -> bool:
    return tab.picture is not None and not tab.picture.pixmap().isNull()


def scans(folder: Path) -> list[Path]:
    folder.mkdir()
    for name, content in (
        ("Izvod Đorđević.pdf", KINDS["application/pdf"]),
        ("IMG_2231.jpg", media.photo(size=(400, 300))),
    ):
        (folder / name).write_bytes(content)
    return sorted(folder.iterdir())


def add(qtbot: QtBot, tab: FilesTab, paths: list[Path], count: int) -> None:
    tab.ask_files = lambda: [str(path) for path in paths]
    press(tab, "Add: File")
    qtbot.waitUntil(lambda: tab.list.count() == count)


def test_scans_are_added_shown_opened_removed_and_brought_back(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    tab = files_tab(shell, family)
    assert any("Drop them on this page" in one.text() for one in tab.findChildren(QLabel))
    assert not tab.open_button.isEnabled()
    add(qtbot, tab, scans(tmp_path / "scans"), 2)
    assert "2 files added" in said(shell)
    assert [(line.title, line.below.split(" · ")[0], line.right) for line in lines(tab)] == [
        ("IMG_2231.jpg", "Photo", "15.06.2026"), ("Izvod Đorđević.pdf", "PDF", "15.06.2026"),
    ]  # fmt: skip
    assert tab.list.chosen() == files_of(read_case(workspace, family.case.uid))[-1].uid
    qtbot.waitUntil(lambda: has_picture(tab))
    assert tab.picture is not None and tab.picture.pixmap().width() <= 420
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: has_picture(tab) and tab.picture.pixmap().height() == 400)  # type: ignore[union-attr]
    opened: list[Path] = []

    def viewer(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    tab.open_url = viewer
    QTest.keyClick(tab, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    [path] = opened
    assert path.name == "file-1.jpg" and path.is_relative_to(data_folder() / "opened")
    assert PLACE not in path.read_bytes()
    assert "until you lock" in said(shell)
    press(tab, "Remove")
    assert [line.title for line in lines(tab)] == ["Izvod Đorđević.pdf"]
    assert "Removed: File" in said(shell)
    QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [line.title for line in lines(tab)] == ["IMG_2231.jpg", "Izvod Đorđević.pdf"]
    case_file = read_case(workspace, family.case.uid)
    assert all(file_content(workspace, case_file, record.uid) for record in files_of(case_file))
    shell.close()
    assert not path.exists()
    assert not has_picture(tab)


def test_the_form_says_to_which_paper_a_file_belongs(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile
) -> None:
    attach_file(workspace, family.case.uid, KINDS["application/pdf"], name="a.pdf")
    tab = files_tab(shell, family)
    assert tab.form is not None
    window.choose(tab.form, "paper", family.papers[0].uid)
    tab.form.save()
    [line] = lines(tab)
    assert "Passport" in line.below and "Марко" in line.below
    assert set(tab.form.rows) == {"name", "paper", "remarks"}


def test_files_are_dropped_on_the_page(qtbot: QtBot, shell: Shell, family: CaseFile, tmp_path: Path) -> None:
    tab = files_tab(shell, family)
    paths = scans(tmp_path / "scans")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/x.pdf")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for data, wanted in ((dropped, True), (web, False)):
        enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.MoveAction, data, buttons, keys)
        enter.ignore()
        QApplication.sendEvent(tab, enter)
        assert enter.isAccepted() == wanted
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, dropped, buttons, keys, QEvent.Type.Drop
    )
    QApplication.sendEvent(tab, drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction, "nobody takes the original away"
    qtbot.waitUntil(lambda: tab.list.count() == 2)
    assert all(path.exists() for path in paths)


def test_what_is_refused_is_said_and_the_rest_is_added(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    tab = files_tab(shell, family)
    paths = scans(tmp_path / "scans")
    (tmp_path / "scans" / "virus.pdf").write_bytes(b"MZ\x90\0" + bytes(100))
    add(qtbot, tab, [tmp_path / "scans" / "virus.pdf", *paths], 2)
    qtbot.waitUntil(lambda: "cannot be added to a case" in said(shell))
    assert [line.title for line in lines(tab)] == [path.name for path in paths]
    tab.ask_files = list
    press(tab, "Add: File")
    assert tab.list.count() == 2, "nobody chose anything"


def test_the_place_of_a_photo_stays_when_the_officer_says_so(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    tab = files_tab(shell, family)
    photo = scans(tmp_path / "scans")[0]
    tab.keep_place.click()
    add(qtbot, tab, [photo], 1)
    case_file = read_case(workspace, family.case.uid)
    [record] = files_of(case_file)
    assert record.yes("position_kept") and PLACE in file_content(workspace, case_file, record.uid)
    assert any("may still contain" in one.text() for one in tab.findChildren(QLabel))


def test_a_pdf_that_was_not_copied_whole_is_added_and_told(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    tab = files_tab(shell, family)
    (tmp_path / "half.pdf").write_bytes(media.pdf(pages=9)[:3000])
    add(qtbot, tab, [tmp_path / "half.pdf"], 1)
    qtbot.waitUntil(lambda: "incomplete" in said(shell))


def test_a_missing_file_and_one_without_a_picture_are_said_and_the_case_goes_on(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile
) -> None:
    attach_file(workspace, family.case.uid, b"only words", name="a.txt")
    lost = attach_file(workspace, family.case.uid, media.photo(), name="b.jpg")
    folder = workspace.folder.path / "files"
    record = next(one for one in files_of(read_case(workspace, family.case.uid)) if one.uid == lost.record)
    place_of(folder, record.text("digest")).unlink()
    tab = files_tab(shell, family)
    qtbot.waitUntil(lambda: tab.picture is not None and "There is no preview" in tab.picture.text())
    tab.list.choose(lost.record)
    qtbot.waitUntil(lambda: tab.picture is not None and "missing here" in tab.picture.text())
    tab.open_url = lambda _: False
    press(tab, "Open")
    assert "missing here" in said(shell)
    tab.list.setCurrentRow(0)
    press(tab, "Open")
    assert "No program on this computer" in said(shell)
    assert len(names_in(folder)) == 1


def test_what_was_left_open_by_a_crash_goes_at_the_start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    left = put_out(tmp_path / "office.avrr", b"Izvod", ".txt")
    qtbot.addWidget(make_shell(qapp, None))
    assert not left.exists()


def test_the_end_does_not_wait_for_a_picture(
    qtbot: QtBot, shell: Shell, workspace: Workspace, family: CaseFile
) -> None:
    attach_file(workspace, family.case.uid, media.photo(size=(4000, 3000)), name="b.jpg")
    tab = files_tab(shell, family)
    stop = tab.stop
    qtbot.waitUntil(lambda: stop.child is not None)
    shell.close()
    assert stop.child is not None and stop.child.returncode == -9
    assert workspace.locked
