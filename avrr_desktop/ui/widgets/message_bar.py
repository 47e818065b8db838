"""Messages inside the window: what happened, what is safe, what to do; an undo beside what was done."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import ClosedByEscape, button, label
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, Theme

SHOWN_MS = 8000
WIDEST = 760  # pixels at 100 %


class MessageBar(QFrame):
    """One message at a time, over the page and moving nothing of it.

    Good news goes away by itself, and when the page or the case changes; bad news stays until it is read. Escape closes both.
    ``over``: the part of ``frame`` at whose lower edge it lies, or at its upper one where it would cover what has the keyboard.
    """

    undo_wanted = Signal()

    def __init__(self, words: Language, theme: Theme, frame: QWidget, over: QWidget) -> None:
        super().__init__(frame)
        self.setObjectName("message")
        self._widest, self._frame, self._over = theme.px(WIDEST), frame, over
        self._before: QWidget | None = None  # what had the keyboard before somebody came here with Tab
        self._about, self._just_said = "", False
        self.text = label("")
        self.undo_button = button(words.text("Undo (Ctrl+Z)"), self.undo_wanted.emit, name="quiet")
        close = button(words.text("Close", "button"), self.put_away, name="quiet")
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        line.addWidget(self.text, 1)
        for made in (self.undo_button, close):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is
            line.addWidget(made)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.put_away)
        ClosedByEscape(self, self.put_away)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()

    def leave(self, case: str = "") -> None:
        """Put good news away when the page or the case changes; what went wrong stays until it is read.

        ``case``: the case that comes into sight; what was said this very moment about it is said there.
        """
        if self.property("kind") == "good" and not (self._just_said and case and self._about == case):
            self.put_away()

    def no_undo(self) -> None:
        """Something else was done since: what stands here is not what an undo would take back."""
        self.undo_button.hide()

    def bad(self, title: str, hint: str) -> None:
        """Show what went wrong."""
        self._show(f"{title} {hint}".strip(), "bad", undo=False)
        self._timer.stop()

    def warn(self, sentence: str) -> None:
        """Show something to look at; it stays until it is read."""
        self._show(sentence, "waiting", undo=False)
        self._timer.stop()

    def good(self, sentence: str, undo: bool, about: str = "") -> None:
        """Show what was done, with the undo where there is one. ``about``: the case in which it was done."""
        self._about, self._just_said = about, True
        QTimer.singleShot(0, self, self._on_said)
        self._show(sentence, "good", undo=undo)
        self._timer.start(SHOWN_MS)

    def _on_said(self) -> None:
        self._just_said = False

    @property
    def timed(self) -> bool:
        """Whether what is shown goes away by itself."""
        return self._timer.isActive()

    def put_away(self) -> None:
        """Hide it; the keyboard goes back to where it was."""
        focus, before = QApplication.focusWidget(), self._before
        inside = focus is not None and self.isAncestorOf(focus)
        self._timer.stop()
        self.hide()
        if inside and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look at the page no longer."""
        super().hideEvent(event)
        self._over.removeEventFilter(self)

    def _show(self, text: str, kind: str, *, undo: bool) -> None:
        self.text.setText(text)
        self.setProperty("kind", kind)
        self.style().polish(self)
        self.undo_button.setVisible(undo)
        self._over.installEventFilter(self)  # not while nothing is said: every key would pass
        self.show()
        self._place()
        said = QAccessibleAnnouncementEvent(self, text)
        if kind != "good":
            said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(said)

    def _place(self) -> None:
        """Lie at the lower edge of the page, as high as the text needs."""
        page = QRect(self._over.mapTo(self._frame, QPoint(0, 0)), self._over.size())
        width = max(min(self._widest, page.width() - 2 * GAP), 1)
        self.ensurePolished()
        height = max(self._line.totalHeightForWidth(width), self.minimumSizeHint().height())
        at = QRect(page.left() + (page.width() - width) // 2, page.bottom() + 1 - height - GAP, width, height)
        if self._covers(at):
            at.moveTop(page.top() + GAP_SMALL)
        self.setGeometry(at)
        self.raise_()

    def _covers(self, place: QRect) -> bool:
        """Say whether a place lies over what has the keyboard; a list that fills the page is not meant."""
        focus = QApplication.focusWidget()
        if focus is None or not self._frame.isAncestorOf(focus) or self.isAncestorOf(focus):
            return False
        seen = QRect(focus.mapTo(self._frame, QPoint(0, 0)), focus.size())
        return seen.height() < self._over.height() // 2 and seen.intersects(place)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if not self.isVisible() or new is None or not self._frame.isAncestorOf(new):
            return
        if not self.isAncestorOf(new):
            self._place()
        elif old is not None and not self.isAncestorOf(old):
            self._before = old

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the page changes its own, also while the window is still to be shown."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
