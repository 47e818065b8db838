"""The search at the top says why something was found, and when it is only near."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.search_box import SearchBox
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import window


def lines(qtbot: QtBot, workspace: Workspace, typed: str) -> tuple[SearchBox, list[tuple[str, str]]]:
    """Return the search of a shown window in which something is typed, and (title, right) of its lines."""
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    [box] = shell.desktop.findChildren(SearchBox)
    box.setText(typed)
    box.show_hits()
    items = [box.list.item(row).data(LINE_ROLE) for row in range(box.list.count())]
    return box, [(item.title, item.right) for item in items]


def test_what_is_near_stands_below_a_line_that_says_so_and_is_chosen(qtbot: QtBot, workspace: Workspace) -> None:
    open_case(workspace, {"called": "x"}, [({"family_name": "Hoti", "given_names": "Sylejman"}, {})])
    box, [said, hit] = lines(qtbot, workspace, "Sulejman Hoti")
    assert said == ("Nothing exact; near:", "")
    assert hit[0].startswith("Sylejman Hoti") and hit[1] == "written differently: Sylejman, not Sulejman"
    assert box.list.currentRow() == 1


def test_a_father_by_whom_somebody_was_found_is_named(qtbot: QtBot, workspace: Workspace) -> None:
    person = {"family_name": "Hoti", "given_names": "Besa", "father_name": "Ilir"}
    open_case(workspace, {"called": "x"}, [(person, {})])
    box, [hit] = lines(qtbot, workspace, "Ilir Hoti")
    assert hit[1] == "Father’s name"
    assert box.list.currentRow() == 0


def test_a_key_looks_for_what_is_exact_and_a_pause_for_what_is_near(qtbot: QtBot, workspace: Workspace) -> None:
    open_case(workspace, {"called": "x"}, [({"family_name": "Hoti", "given_names": "Sylejman"}, {})])
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    [box] = shell.desktop.findChildren(SearchBox)

    def titles() -> list[str]:
        return [box.list.item(row).data(LINE_ROLE).title for row in range(box.list.count())]

    box.setText("Sulejman Hoti")
    qtbot.waitUntil(lambda: titles() == ["Looking for similar spellings"])
    qtbot.waitUntil(lambda: titles()[:1] == ["Nothing exact; near:"])
    assert box.list.currentRow() == 1
    box.setText("Sylejman")
    box.show_hits(near=False)
    assert titles()[0].startswith("Sylejman Hoti") and not box.looks.awaited
    box.setText("Trnavac")
    box.show_hits()
    assert titles() == ["Nothing found"]


def test_return_opens_nobody_who_was_not_seen_to_be_near(qtbot: QtBot, workspace: Workspace) -> None:
    open_case(workspace, {"called": "x"}, [({"family_name": "Hoti", "given_names": "Sylejman"}, {})])
    shell = window.window_over(qtbot, workspace)
    assert shell.desktop is not None
    [box] = shell.desktop.findChildren(SearchBox)
    opened: list[str] = []
    box.wanted.connect(lambda case, kind, record: opened.append(record))
    box.setText("Sulejman Hoti")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert not opened and box.list.count() == 2
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert len(opened) == 1
