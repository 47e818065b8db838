"""A tree whose rows are as high as their texts: no title of a step ends in an ellipsis."""

from PySide6.QtWidgets import QApplication, QHeaderView, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.widgets.wrapping_tree import WrappingTree

TITLE = "Collect reports, attendance confirmation and subject list from the host school"


def heights(qtbot: QtBot, width: int) -> tuple[int, int]:
    """Return the heights of a row with a long title and of one with a short one, each below a service."""
    tree = WrappingTree()
    qtbot.addWidget(tree)
    tree.setColumnCount(2)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    service = QTreeWidgetItem(tree, ["School enrolment", ""])
    rows = [QTreeWidgetItem(service, [title, "Ana"]) for title in (TITLE, "Enrol")]
    service.setExpanded(True)
    tree.resize(2000, 300)
    tree.show()
    qtbot.waitExposed(tree)
    tree.resize(width, 300)
    QApplication.processEvents()
    QApplication.processEvents()
    long, short = (tree.visualItemRect(row).height() for row in rows)
    return long, short


def test_a_long_title_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    long, short = heights(qtbot, 320)
    assert long > short + 2 * 10, "at least two lines more"


def test_where_there_is_room_every_row_is_one_line(qtbot: QtBot) -> None:
    long, short = heights(qtbot, 2000)
    assert long == short
