"""Small building blocks that every page uses: labels, cards, buttons, lists to choose from, scrolling columns."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from avrr_desktop.ui.widgets.icons import icon, pixmap
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, Theme

WHOLE_ROWS = 15  # of a list that pops up; a longer one scrolls
FEW_ROWS = 8  # where fewer have room above or below, the list covers what it belongs to
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


def sign_in_line(line: QLineEdit, picture: QIcon, text: str) -> QAction:
    """Put a sign to press at the end of a line; ``text`` says what it does."""
    made = line.addAction(picture, QLineEdit.ActionPosition.TrailingPosition)
    made.setText(text)
    return made


def check_box(text: str) -> QCheckBox:
    """Return a box to tick that says the text letter by letter."""
    made = QCheckBox(literal(text))
    made.setAccessibleName(text)
    return made


class Tick(QWidget):
    """A box to tick whose text goes on in further lines; a click on the text ticks as well."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = check_box(text)
        self.box.setText("")
        self.setFocusProxy(self.box)
        self.said = label(text)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.said, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the first line beside the middle of the box, once the style is known."""
        super().showEvent(event)
        above = max(0, self.box.sizeHint().height() - self.said.fontMetrics().height()) // 2
        self.said.setContentsMargins(0, above, 0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, as a click on the box does."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here."""
        event.accept()


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


def add_button(text: str, said: str, clicked: Callable[[], object], theme: Theme, *, shortcut: str = "") -> QPushButton:
    """Return a button that begins a record: a plus and the ``text`` of its kind; ``said``: the whole of it, for tip and screen reader."""
    made = iconed(button(text, clicked, shortcut=shortcut), "add", theme)
    made.setAccessibleName(said)
    tip(made, made.toolTip().replace(text, said, 1) or said)
    return made


def icon_label(name: str, colour: str, size: int, meaning: str) -> QLabel:
    """Return an icon that stands beside a word; ``meaning`` is what a screen reader says."""
    made = QLabel()
    made.setPixmap(pixmap(name, colour, size))
    made.setAccessibleName(meaning)
    tip(made, meaning)
    made.setFixedWidth(size + 2)
    return made


def placed(size: QSize, beside: QWidget, room: QRect) -> QRect:
    """Return where something pops up: below a widget, above it where there is more room, and always within ``room``."""
    top, bottom = (beside.mapToGlobal(point) for point in (beside.rect().topLeft(), beside.rect().bottomLeft()))
    at = QRect(QPoint(bottom.x(), bottom.y() + 1), size)
    if at.bottom() > room.bottom() and top.y() - size.height() >= room.top():
        at.moveBottom(top.y() - 1)
    at.moveLeft(max(room.left(), min(at.left(), room.right() + 1 - at.width())))
    at.moveTop(max(room.top(), min(at.top(), room.bottom() + 1 - at.height())))
    return at


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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is chosen, with an ellipsis where there is no room for all of it."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        whole = self.currentText()
        option.currentText = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def showPopup(self) -> None:
        """Make the list wide enough for its texts, and show whole rows: as many as the screen has room for."""
        scrolls = self.count() > self.maxVisibleItems()
        around = 2 * self.view().frameWidth() + (self.view().verticalScrollBar().sizeHint().width() if scrolls else 0)
        room = self.screen().availableGeometry()
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + around + 8, room.width()))
        super().showPopup()
        popup, height = self.view().window(), max(1, self.view().sizeHintForRow(0))
        frame = popup.height() - self.view().viewport().height()
        beside = max(self._top() - room.top(), room.bottom() - self._top() - self.height()) - frame
        rows = min(self.count(), self.maxVisibleItems())
        if beside // height >= min(rows, FEW_ROWS):
            rows = min(rows, beside // height)
        if (rows := min(rows, (room.height() - frame) // height)) > 0:
            popup.setGeometry(placed(QSize(popup.width(), rows * height + frame), self, room))
            self.view().scrollTo(self.view().currentIndex())

    def _top(self) -> int:
        return self.mapToGlobal(QPoint(0, 0)).y()

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


def emptied(layout: QLayout) -> bool:
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
        elif inner := item.layout():
            had_focus |= emptied(inner)
    return had_focus


class ElidedButton(Button):
    """A button that shows as much of its text as there is room for; the whole text is its tool tip."""

    def __init__(self, text: str, clicked: Callable[[], object], name: str = "link") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.say(text)
        self.clicked.connect(lambda: clicked())

    def say(self, text: str) -> None:
        """Show another text, and call the button by it."""
        self._whole = text
        self.setAccessibleName(text)
        tip(self, text)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the width of the whole text."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        missing = metrics.horizontalAdvance(literal(self._whole)) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + max(missing, 0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the text once the style is known."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        around = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())  # as its style pads it
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - around)
        self.setText(literal(shown))


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; the whole text is its tool tip."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.say(text)

    @property
    def whole(self) -> str:
        """The text, of which as much is shown as there is room for."""
        return self._whole

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        tip(self, text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
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
