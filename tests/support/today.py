"""Works with the list of Today as a person does: by what a line says, with its buttons, its keys and its menu."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.cases.today import DeskLine
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.today.desk_model import Row
from avrr_desktop.ui.today.today_page import TodayPage
from avrr_desktop.ui.widgets.row_menu import Offer


def today_page(desktop: Desktop) -> TodayPage:
    """Return the page of Today, shown."""
    if desktop.current_page() != "today":
        desktop.show_page("today")
    QApplication.processEvents()
    page = desktop.page("today")
    assert isinstance(page, TodayPage)
    return page


def unfold(page: TodayPage) -> None:
    """Unfold every group."""
    page.view.expandAll()
    QApplication.processEvents()


def told(desktop: Desktop) -> list[str]:
    """Return what every line of every group says."""
    page = today_page(desktop)
    page.show_desk()
    unfold(page)
    return [row.told for _, row in page.view.rows()]


def line(desktop: Desktop, text: str) -> tuple[QModelIndex, Row]:
    """Return the only line that says something, seen and chosen."""
    page = today_page(desktop)
    page.show_desk()
    unfold(page)
    [found] = [pair for pair in page.view.rows() if text in pair[1].told]
    page.view.scrollTo(found[0])
    page.view.setCurrentIndex(found[0])
    QApplication.processEvents()
    return found


def click(desktop: Desktop, text: str, act: Act | None) -> None:
    """Click a button of the line that says something; without an act the one of its menu."""
    index, _ = line(desktop, text)
    view = today_page(desktop).view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.spot(index, act))
    QApplication.processEvents()


def type_key(desktop: Desktop, text: str, key: Qt.Key) -> None:
    """Press a key on the line that says something."""
    line(desktop, text)
    view = today_page(desktop).view
    view.setFocus()
    QTest.keyClick(view, key)
    QApplication.processEvents()


def offers(desktop: Desktop, text: str) -> dict[str, Offer]:
    """Return what the menu of the line that says something offers, by its words."""
    _, row = line(desktop, text)
    page = today_page(desktop)
    assert isinstance(row.of, DeskLine)
    return {offer.text: offer for offer in page.menu.offers(row.of)}
