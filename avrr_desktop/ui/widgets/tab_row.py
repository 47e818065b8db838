"""Tabs that are all seen or named: those for which there is no room stand in a menu beside the others."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QTabBar, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import entry, literal, row


class TabRow(QTabBar):
    """A row of tabs; where the width ends, “More tabs” opens a menu with the rest. The chosen tab is always in the row."""

    def __init__(self, words: Language) -> None:
        super().__init__()
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.more = QPushButton(literal(words.text("More tabs")), self)
        self.more.setObjectName("menu")
        self.more.setAccessibleName(words.text("More tabs"))
        self.more.setMenu(QMenu(self.more))
        self.more.hide()
        self.currentChanged.connect(lambda _: self.fit())

    def sizeHint(self) -> QSize:
        """Ask for room for every tab."""
        wide = sum(self.tabSizeHint(number).width() for number in range(self.count()))
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Do with room for one tab and the menu."""
        return QSize(2 * self.more.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what does not fit into the menu."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again with another face or size of letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.fit()

    def tabInserted(self, index: int) -> None:
        """Measure again with another tab."""
        super().tabInserted(index)
        self.fit()

    def fit(self) -> None:
        """Show as many tabs as there is room for, the chosen one among them, and the others in the menu."""
        if not hasattr(self, "more"):
            return  # Qt asks while it is being made
        widths = [self.tabSizeHint(number).width() for number in range(self.count())]
        shown = _fitting(widths, self.width(), self.more.sizeHint().width(), self.currentIndex())
        for number in range(self.count()):
            if self.isTabVisible(number) is not (number in shown):
                self.setTabVisible(number, number in shown)
        hidden = [number for number in range(self.count()) if number not in shown]
        menu = self.more.menu()
        menu.clear()
        for number in hidden:
            entry(menu, self.tabText(number).replace("&&", "&")).triggered.connect(
                lambda _=False, number=number: self.setCurrentIndex(number)
            )
        self.more.setVisible(bool(hidden))
        self.more.setGeometry(sum(widths[number] for number in shown), 0, self.more.sizeHint().width(), self.height())


def _fitting(widths: Sequence[int], room: int, more: int, current: int) -> set[int]:
    """Return which tabs are shown: all, or the first ones and the current one beside a menu of a width."""
    if sum(widths) <= room:
        return set(range(len(widths)))
    left, shown = room - more - (widths[current] if 0 <= current < len(widths) else 0), {current}
    for number, width in enumerate(widths):
        if number == current:
            continue
        left -= width
        if left < 0:
            break
        shown.add(number)
    return shown


class ViewButtons(QWidget):
    """Buttons of which one is down: the views of one tab."""

    chosen = Signal(str)  # the key of a view

    def __init__(self, views: Sequence[tuple[str, str]], shown: str) -> None:
        """``views``: key and title of each; ``shown``: the one in which these buttons stand."""
        super().__init__()
        self._shown = shown
        across = row()
        self.by_key = {key: QPushButton(literal(title)) for key, title in views}
        for key, made in self.by_key.items():
            made.setObjectName("filter")
            made.setCheckable(True)
            made.setChecked(key == shown)
            made.setAccessibleName(dict(views)[key])
            across.addWidget(made)
            made.clicked.connect(lambda _=False, key=key: self._on_clicked(key))
        self.setLayout(across)

    def show_chosen(self, key: str) -> None:
        """Show which view is in front."""
        self._shown = key
        self._check()

    def _check(self) -> None:
        for key, made in self.by_key.items():
            made.setChecked(key == self._shown)

    def _on_clicked(self, key: str) -> None:
        self._check()  # until the other view is there
        if key != self._shown:
            self.chosen.emit(key)
