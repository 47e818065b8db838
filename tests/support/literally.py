"""What Qt would make of a text that looks like its own marks: ampersands of buttons, HTML of labels and tool tips, popups."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTabBar, QWidget

from tests.support.clipping import texts_of

TYPED = "A & B <b>x</b>"


def without_marks(text: str) -> str:
    """Return what a button, a tab or a menu shows of a text: one ampersand of two, none of one."""
    return "&".join(part.replace("&", "") for part in text.split("&&"))


def shown(window: QWidget) -> list[QWidget]:
    return [one for one in window.findChildren(QWidget) if one.isVisible()]


def said(window: QWidget) -> Iterator[tuple[str, str, bool]]:
    """Yield (what shows it, text as it is seen, whether that is the text letter by letter)."""
    for one in shown(window):
        name = f"{type(one).__name__}#{one.objectName()}"
        if isinstance(one, QLabel) and one.text():
            plain = one.textFormat() is Qt.TextFormat.PlainText
            yield name, one.text(), plain and (one.buddy() is None or "&" not in one.text())
        elif isinstance(one, QAbstractButton) and one.text():
            seen = without_marks(one.text())
            yield name, seen, _whole(seen, one.text())
        elif isinstance(one, QTabBar):
            for number in range(one.count()):
                seen = without_marks(one.tabText(number))
                yield name, seen, _whole(seen, one.tabText(number))
        elif isinstance(one, QComboBox):
            for number in range(one.count()):
                yield name, one.itemText(number), "&&" not in one.itemText(number)
        if tip := one.toolTip():
            yield (
                f"tool tip of {name}",
                tip,
                not Qt.mightBeRichText(tip) or (tip.startswith("<qt>") and "<b>" not in tip),
            )
    for action in window.findChildren(QAction):
        if action.text():
            seen = without_marks(action.text())
            yield "menu", seen, _whole(seen, action.text())
    for what, text in texts_of(window):  # what lists, trees and tables say: drawn as it is, but for their tool tips
        if TYPED in text:
            yield what, text, True


def _whole(seen: str, text: str) -> bool:
    """Say whether no letter of a text is lost to marks: nothing in this program has a mark of its own."""
    return seen == text.replace("&&", "&")


def cut_rows(window: QWidget) -> Iterator[str]:
    """Open every list that pops up, and yield those whose rows do not stand there whole."""
    for box in shown(window):
        if isinstance(box, QComboBox) and box.isEnabled() and box.count():
            box.showPopup()
            QApplication.processEvents()
            view = box.view()
            popup, room = view.window(), box.screen().availableGeometry()
            needs, has = view.sizeHintForColumn(0), view.viewport().width()
            what = f"{box.accessibleName()!r} on {type(box.parentWidget()).__name__}"
            if has < min(needs, room.width() - 2 * view.frameWidth()):
                yield f"{what}: a row needs {needs}, the list is {has} wide"
            rows = [view.visualRect(box.model().index(row, 0)) for row in range(box.count())]
            seen = [row for row in rows if row.intersects(view.viewport().rect())]
            if any(_parted(row, view.viewport().rect()) for row in seen):
                yield f"{what}: a row is cut, {seen[-1]} in {view.viewport().rect()}"
            at = popup.frameGeometry()
            if not (room.left() <= at.left() and room.top() <= at.top() and at.bottom() <= room.bottom()) or (
                at.right() > room.right() and at.width() < room.width()
            ):
                yield f"{what}: {at} is not on the screen"
            box.hidePopup()
            QApplication.processEvents()


def _parted(row: QRect, place: QRect) -> bool:
    return row.top() < place.top() or row.bottom() > place.bottom()
