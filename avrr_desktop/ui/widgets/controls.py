"""Small building blocks that every page uses: labels, cards, buttons, lists to choose from, scrolling columns."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from avrr_desktop.ui.widgets.icons import icon, pixmap
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, Theme

WHOLE_ROWS = 12  # of a list that pops up; a longer one scrolls
TYPING_MS = 1500  # letters typed within this time are one word


def literal(text: str) -> str:
    """Return a text for a button, an entry of a menu or a tab, where Qt takes a single ampersand for a mark of its own."""
    return text.replace("&", "&&")


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tool tip that says the text letter by letter."""
    widget.setToolTip(plain_tip(text))


def plain_tip(text: str) -> str:
    """Return a text for a tool tip: one that looks like marked-up text would be drawn as that, and letters lost."""
    if "<" not in text:
        return text
    from html import escape  # it brings the names of all signs of HTML along

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def entry(menu: QMenu, text: str) -> QAction:
    """Add an entry that says the text letter by letter."""
    return menu.addAction(literal(text))


def check_box(text: str) -> QCheckBox:
    """Return a box to tick that says the text letter by letter."""
    made = QCheckBox(literal(text))
    made.setAccessibleName(text)
    return made


def problem_box(parent: QWidget | None, title: str, text: str) -> QMessageBox:
    """Return a message of its own window, not shown yet; the text letter by letter."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def show_problem(parent: QWidget | None, title: str, text: str) -> None:
    """Say what went wrong where there is no page to say it on, and wait until it is read."""
    problem_box(parent, title, text).exec()


def label(text: str, name: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label with plain text; ``name`` chooses its style."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if name:
        made.setObjectName(name)
    return made


class Button(QPushButton):
    """A push button that Return presses as Space does, also outside a dialog: when the key comes up again.

    ``by_blank``: whether Space presses it at all; not where a blank may be a letter of what somebody goes on typing.
    """

    by_blank = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Return for Space; with a modifier it belongs to the form around the button."""
        if event.key() == Qt.Key.Key_Space and not self.by_blank:
            return
        super().keyPressEvent(_as_space(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Press it, if the key went down here."""
        super().keyReleaseEvent(_as_space(event))


def _as_space(event: QKeyEvent) -> QKeyEvent:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
        return QKeyEvent(event.type(), Qt.Key.Key_Space, event.modifiers(), " ", event.isAutoRepeat())
    return event


def button(text: str, clicked: Callable[[], object], *, name: str = "", shortcut: str = "") -> Button:
    """Return a push button; a shortcut is shown in its tool tip and works wherever its window has the focus."""
    made = Button(literal(text))
    made.setObjectName(name)
    made.setAutoDefault(name == "primary")
    made.clicked.connect(lambda: clicked())
    made.setAccessibleName(text)
    if shortcut:
        # Not the button's own shortcut: that clicks a tenth of a second later, perhaps after a lock.
        QShortcut(QKeySequence(shortcut), made).activated.connect(made.click)
        tip(made, f"{text} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})")
    return made


def iconed(made: QPushButton, name: str, theme: Theme, colour: str = "") -> QPushButton:
    """Put an icon on a button."""
    made.setIcon(icon(name, colour or theme.colours.accent))
    made.setIconSize(QSize(theme.px(16), theme.px(16)))
    return made


def icon_label(name: str, colour: str, size: int, meaning: str) -> QLabel:
    """Return an icon that stands beside a word; ``meaning`` is what a screen reader says."""
    made = QLabel()
    made.setPixmap(pixmap(name, colour, size))
    made.setAccessibleName(meaning)
    tip(made, meaning)
    made.setFixedWidth(size + 2)
    return made


class Choice(QComboBox):
    """A list to choose from that pops up in whole rows, as wide as its texts; letters typed choose, blanks among them.

    The mouse wheel does not change it while somebody scrolls the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(WHOLE_ROWS)
        self._typed = ""
        self._since = QElapsedTimer()

    def let_narrow(self) -> None:
        """Never widen the page for the longest text: the list that pops up shows it whole."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def showPopup(self) -> None:
        """Make the list wide enough for its texts, and keep it on the screen."""
        scrolls = self.count() > self.maxVisibleItems()
        around = 2 * self.view().frameWidth() + (self.view().verticalScrollBar().sizeHint().width() if scrolls else 0)
        room = self.screen().availableGeometry()
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + around + 8, room.width()))
        super().showPopup()
        popup = self.view().window()
        at = popup.frameGeometry()
        popup.move(
            max(room.left(), min(at.left(), room.right() + 1 - at.width())),
            max(room.top(), min(at.top(), room.bottom() + 1 - at.height())),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by the letters typed; a blank within a name belongs to them, alone it opens the list."""
        text, going_on = event.text(), self._since.isValid() and not self._since.hasExpired(TYPING_MS)
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held == Qt.KeyboardModifier.NoModifier and text.isprintable() and (text.strip() or (text and going_on)):
            self._typed = self._typed + text if going_on else text
            self._since.start()
            self._choose_typed()
            return
        super().keyPressEvent(event)

    def _choose_typed(self) -> None:
        """Choose what begins so; one letter again and again leads from entry to entry, as in every list."""
        typed = self._typed.casefold()
        again = len(set(typed)) == 1
        start = self.currentIndex() + 1 if again else max(self.currentIndex(), 0)
        order = [(start + step) % self.count() for step in range(self.count())] if self.count() else []
        whole = next((row for row in order if self.itemText(row).casefold().startswith(typed)), None)
        first = next((row for row in order if self.itemText(row).casefold().startswith(typed[0])), None)
        found = whole if whole is not None else first if again else None
        if found is not None and found != self.currentIndex():
            self.setCurrentIndex(found)
            self.activated.emit(found)


_KEYS = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress})


class ClosedByEscape(QObject):
    """Closes a widget that lies over the page with Escape, before the page's own Escape is asked; what came last goes first."""

    def __init__(self, widget: QWidget, close: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget, self._close = widget, close
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen to all keys while the widget is shown. Every event of the program passes here: most are let by at once."""
        kind = event.type()
        application = QApplication.instance() if watched is self._widget else None
        if application is not None:
            if kind == QEvent.Type.Show:
                application.installEventFilter(self)
            elif kind == QEvent.Type.Hide:
                application.removeEventFilter(self)
        if (
            kind not in _KEYS
            or not (isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape)
            or self._waits(watched)
        ):
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress:
            self._close()
        return True

    def _waits(self, watched: QObject) -> bool:
        """Return whether the key is meant for something else: another window, or a list that popped up."""
        return (
            QApplication.activePopupWidget() is not None
            or not self._widget.isVisible()
            or not (isinstance(watched, QWidget) and watched.window() is self._widget.window())
        )


class Card(QFrame):
    """A white sheet with a small heading."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP, GAP, GAP, GAP)
        self.body.setSpacing(GAP_SMALL)
        if heading:
            self.body.addWidget(label(heading.upper(), "section"))


class Column(QScrollArea):
    """A column that scrolls when the window is small, so that nothing is ever clipped."""

    def __init__(self, parent: QWidget | None = None, *, most: int = 0) -> None:
        """``most``: the width of all cards at the most; a card that is narrower by itself is measured too low."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        if most:
            inner.setMaximumWidth(most)
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP)
        self.setWidget(inner)

    def centre(self, inner: QWidget, width: int) -> None:
        """Put one widget of a fixed width into the middle."""
        inner.setFixedWidth(width)
        self.body.addLayout(row(1, inner, 1))
        self.body.addStretch(1)


class Front(Column):
    """A page that stands before a store is open; it has a place for ``problem`` and says there what went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = label("", "problem")

    def say(self, problem: str) -> None:
        """Show what went wrong; it can be tried again."""
        self.problem.setText(problem)


def row(*things: QWidget | int, spacing: int = GAP_SMALL) -> QHBoxLayout:
    """Return a row of widgets; a number is a stretch."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(0, 0, 0, 0)
    for thing in things:
        if isinstance(thing, int):
            made.addStretch(thing)
        else:
            made.addWidget(thing)
    return made


def emptied(layout: QBoxLayout) -> bool:
    """Take everything out of a layout and delete it; say whether the cursor was in it, which would fall anywhere now."""
    had_focus = False
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        if widget := item.widget():
            focus = QApplication.focusWidget()
            had_focus |= focus is not None and (focus is widget or widget.isAncestorOf(focus))
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) and isinstance(inner, QBoxLayout):
            had_focus |= emptied(inner)
    return had_focus


class ElidedButton(Button):
    """A button that shows as much of its text as there is room for; the whole text is its tool tip."""

    def __init__(self, text: str, clicked: Callable[[], object], name: str = "link") -> None:
        super().__init__()
        self._whole = text
        self.setObjectName(name)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        tip(self, text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.clicked.connect(lambda: clicked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the text once the style is known."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - 6)
        self.setText(literal(shown))


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; the whole text is its tool tip."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        tip(self, text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the width."""
        super().resizeEvent(event)
        super().setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - 2))

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of an ellipsis."""
        return QSize(40, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the width of the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())


def hairline() -> QFrame:
    """Return a thin line between things."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made
