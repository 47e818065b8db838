"""The practice tour: nine short stops through the real window, with invented people, at the reader's own pace."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import Card, button, label, literal, row
from avrr_desktop.ui.widgets.theme import GAP_LARGE, GAP_SMALL, Theme


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: what to show first, what to point at (None: the page as a whole), and what is said."""

    title: str
    text: str
    show: Callable[[], object]
    at: Callable[[], QWidget | None]


class Spot(QFrame):
    """A frame around what the tour speaks of; mouse and keys go through it."""

    def __init__(self, theme: Theme, frame: QWidget) -> None:
        super().__init__(frame)
        self._colour = QColor(theme.colours.accent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def around(self, target: QWidget | None) -> None:
        """Lie around a widget of the window, or go away."""
        parent = self.parentWidget()
        if target is None or parent is None or not target.isVisible():
            self.hide()
            return
        place = QRect(target.mapTo(parent, QPoint(0, 0)), target.size()).adjusted(-4, -4, 4, 4)
        self.setGeometry(place.intersected(parent.rect()))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line that is seen in light and dark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
        painter.end()


class Tour(Card):
    """Lies in the corner of the window; everything else stays usable meanwhile."""

    ended = Signal()

    def __init__(self, words: Language, theme: Theme, frame: QWidget, stops: tuple[Stop, ...]) -> None:
        super().__init__("", frame)
        self._words, self._frame, self._stops = words, frame, stops
        self.number = 0
        self.spot = Spot(theme, frame)
        self._where = label("", "section", wrap=False)
        self.title = label("", "heading")
        self._text = label("")
        self.next = button(words.text("Next", "button"), self._on_next, name="primary")
        self.back = button(words.text("Back", "button"), self._on_back)
        self.end = button(words.text("End the tour"), self.stop, name="quiet")
        self.body.addWidget(self._where)
        self.body.addWidget(self.title)
        self.body.addWidget(self._text)
        self.body.addLayout(row(self.next, self.back, 1, self.end))
        self.setFixedWidth(theme.px(400))
        frame.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Begin at the first stop."""
        self.number = 0
        self._stand()
        self.next.setFocus()

    def stop(self) -> None:
        """Go away."""
        self.hide()
        self.spot.hide()
        self.ended.emit()

    def _on_next(self) -> None:
        if self.number == len(self._stops) - 1:
            self.stop()
            return
        self.number += 1
        self._stand()
        self.next.setFocus()  # the page that was shown took the cursor

    def _on_back(self) -> None:
        self.number -= 1
        self._stand()
        (self.back if self.number else self.next).setFocus()

    def _stand(self) -> None:
        stop = self._stops[self.number]
        stop.show()
        self._where.setText(
            self._words.text("Tour, {number} of {all}", number=self.number + 1, all=len(self._stops)).upper()
        )
        self.title.setText(stop.title)
        self._text.setText(stop.text)
        self.back.setEnabled(self.number > 0)
        last = self.number == len(self._stops) - 1
        self.next.setText(
            literal(self._words.text("Done", "button: end of the tour") if last else self._words.text("Next", "button"))
        )
        self.next.setAccessibleName(self.next.text())
        self.show()
        self._place()

    def _place(self) -> None:
        """Lie at the bottom right, above the status line; the spot around what is spoken of."""
        self.ensurePolished()
        self.body.invalidate()  # the texts were set just now
        height = self.body.heightForWidth(self.width() - GAP_SMALL)  # the border takes some
        self.resize(self.width(), max(height, self.minimumSizeHint().height()) + GAP_SMALL)
        self.move(self._frame.width() - self.width() - GAP_LARGE, self._frame.height() - self.height() - 3 * GAP_LARGE)
        self.spot.around(self._stops[self.number].at())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False
