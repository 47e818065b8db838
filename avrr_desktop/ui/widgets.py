"""Small building blocks that every page uses: labels, cards, buttons, scrolling columns."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from avrr_desktop.ui.icons import icon, pixmap
from avrr_desktop.ui.theme import GAP, GAP_SMALL, Theme


def label(text: str, name: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label with plain text; ``name`` chooses its style."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if name:
        made.setObjectName(name)
    return made


class Button(QPushButton):
    """A push button that Return presses as Space does, also outside a dialog: when the key comes up again."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Return for Space; with a modifier it belongs to the form around the button."""
        super().keyPressEvent(_as_space(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Press it, if the key went down here."""
        super().keyReleaseEvent(_as_space(event))


def _as_space(event: QKeyEvent) -> QKeyEvent:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
        return QKeyEvent(event.type(), Qt.Key.Key_Space, event.modifiers(), " ", event.isAutoRepeat())
    return event


def button(text: str, clicked: Callable[[], object], *, name: str = "", shortcut: str = "") -> QPushButton:
    """Return a push button; a shortcut is shown in its tool tip and works wherever its window has the focus."""
    made = Button(text)
    made.setObjectName(name)
    made.setAutoDefault(name == "primary")
    made.clicked.connect(lambda: clicked())
    made.setAccessibleName(text)
    if shortcut:
        # Not the button's own shortcut: that clicks a tenth of a second later, perhaps after a lock.
        QShortcut(QKeySequence(shortcut), made).activated.connect(made.click)
        made.setToolTip(f"{text} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})")
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
    made.setToolTip(meaning)
    made.setFixedWidth(size + 2)
    return made


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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP)
        self.setWidget(inner)

    def centre(self, inner: QWidget, width: int) -> None:
        """Put one widget of a fixed width into the middle."""
        inner.setFixedWidth(width)
        self.body.addLayout(row(1, inner, 1))
        self.body.addStretch(1)


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
        self.setToolTip(text)
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
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - 6))


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; the whole text is its tool tip."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__()
        self._whole = text
        self.setObjectName(name)
        self.setToolTip(text)
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
