"""The editor of a date: typed as people say it, its weekday beside it, a calendar for who wants to look.

What a text means is decided in ``domain/people/typed_dates``; here it is shown.
"""

import re
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import When, stored
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import TextEditor, UnreadableError
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import label, literal
from avrr_desktop.ui.widgets.icons import icon

WEEKDAY_AFTER_MS = 120  # a pause in typing
_WHOLE_YEAR = re.compile(r"\d{4}")
_WHICH_YEAR = N_("Which year do you mean: {first} or {second}? Write it with four digits.")


class DateLine(QLineEdit):
    """A line with the weekday at its end and a button that shows a calendar, as F4 and Alt with the arrow down do."""

    calendar_wanted = Signal()

    def __init__(self, button: str) -> None:
        """``button``: what the button is called."""
        super().__init__()
        self._weekday = label("", "hint", wrap=False)
        self._weekday.setParent(self)
        self._weekday.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._weekday.hide()
        self.addAction(QAction(literal(button), self), QLineEdit.ActionPosition.TrailingPosition)
        self._action = self.actions()[-1]
        self._action.triggered.connect(self.calendar_wanted)
        self._colour()
        for made in self.findChildren(QToolButton):
            made.setAccessibleName(button)

    def _colour(self) -> None:
        self._action.setIcon(icon("calendar", self.palette().color(QPalette.ColorRole.PlaceholderText).name()))

    def only_show(self) -> None:
        """Let the date be read and copied, without a calendar."""
        self.setReadOnly(True)
        self._action.setVisible(False)

    @property
    def weekday(self) -> str:
        """Return the weekday that is shown; empty where there is none, or no room for it."""
        return self._weekday.text() if self._weekday.isVisibleTo(self) else ""

    def say(self, weekday: str) -> None:
        """Show a weekday; empty for none."""
        if weekday != self._weekday.text():
            self._weekday.setText(weekday)
            self._place()

    def _place(self) -> None:
        wanted = self._weekday.sizeHint().width() + 4 if self._weekday.text() else 0
        typed = self.fontMetrics().horizontalAdvance(self.text())
        button = self._button_width()
        fits = bool(wanted) and typed + wanted + button + 24 <= self.width()
        self._weekday.setVisible(fits)
        self.setTextMargins(0, 0, wanted if fits else 0, 0)
        self._weekday.setGeometry(self.width() - button - wanted - 4, 0, wanted, self.height())

    def _button_width(self) -> int:
        return max((made.width() for made in self.findChildren(QToolButton) if made.isVisibleTo(self)), default=0) + 6

    def changeEvent(self, event: QEvent) -> None:
        """Draw the button in the colours of the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the weekday at the end, where there is room for it."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the calendar."""
        if event.key() not in (Qt.Key.Key_F4, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            return
        alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        down = event.key() == Qt.Key.Key_Down and alone == Qt.KeyboardModifier.AltModifier
        if down or (event.key() == Qt.Key.Key_F4 and alone == Qt.KeyboardModifier.NoModifier):
            self.calendar_wanted.emit()
        else:
            super().keyPressEvent(event)


class DateEditor(TextEditor):
    """A date as people type it. ``when``: on which side of today the dates of its field lie."""

    line: DateLine

    def __init__(self, words: Language, today: date, when: When) -> None:
        super().__init__(DateLine(words.text("Calendar (F4)")))
        self._words, self._today, self._when = words, today, when
        self._pause = pause_timer(self, WEEKDAY_AFTER_MS, self.look_again)
        self.line.textChanged.connect(lambda _: self._on_changed())
        self.line.calendar_wanted.connect(self.show_calendar)

    def whole_day(self) -> date | None:
        """Return the day that stands there; None where it is none, not known to the day, or an estimate."""
        try:
            known = stored(str(self.value() or ""))
        except UnreadableError:
            return None
        return known.first() if known and known.day and not known.estimated else None

    def only_show(self) -> None:
        """Let the date be read and copied."""
        self.line.only_show()

    def _on_changed(self) -> None:
        """Say the weekday of what was put in at once; while somebody types, after a pause: reading a date costs more than a key."""
        if self.line.isModified():
            self.line.say("")
            self._pause.start()
        else:
            self.look_again()

    def look_again(self) -> None:
        """Say the weekday of what stands there now."""
        self._pause.stop()
        day = self.whole_day()
        self.line.say(self._words.weekday(day) if day else "")

    def show_calendar(self) -> None:
        """Let a day be chosen in a calendar, beneath the line."""
        if self.line.isReadOnly() or not self.line.isEnabled():
            return
        from avrr_desktop.ui.forms.editors.calendar import Calendar  # most forms are filled without one

        calendar = Calendar(self._words, self._today, self._when, self.line)
        calendar.chosen.connect(self._take)
        calendar.open_at(self.whole_day())

    def _take(self, day: date) -> None:
        self.show_value(day.isoformat())
        self.line.end(False)
        self.touched.emit()

    def value(self) -> Value | None:
        """Return the stored form of the date. Raises UnreadableError, also where it may be of two centuries."""
        text = self.line.text().strip()
        return self._read(text) if text else None

    def typed(self) -> object:
        """Return the text; one that another day would mean otherwise (+14, 30.11., 5.1.27) as what it means now."""
        text = self.line.text()
        try:
            return text if _WHOLE_YEAR.search(text) else self._form(str(self.value() or ""))
        except UnreadableError:
            return text

    def _read(self, text: str) -> str:
        found = self._words.readings(text, self._today, self._when)
        if not found:
            raise UnreadableError
        if len(found) > 1:
            first, second = sorted(one.year for one in found)
            raise UnreadableError(self._words.text(_WHICH_YEAR, first=first, second=second))
        return str(found[0])

    def show_value(self, value: Value | None) -> None:
        """Show a stored date as lists and prints do where that can be typed again, else in figures."""
        self.show_typed(self._form(str(value)) if value else "")

    def _form(self, stored: str) -> str:
        shown = self._words.partial_date(stored)
        try:
            again = self._read(shown)
        except UnreadableError:
            again = ""
        return shown if again == stored else typed_form(stored)

    def explanation(self) -> str:
        """Return the date in full and in words while it is typed."""
        try:
            value = self.value()
        except UnreadableError:
            return ""
        return self._in_full(str(value)) if value and self._form(str(value)) != self.line.text() else ""

    def _in_full(self, text: str) -> str:
        known = stored(text)
        whole = known is not None and known.day and not known.estimated
        return self._words.long_day(known.first()) if known and whole else self._words.partial_date(text)


def typed_form(stored: str) -> str:
    """Return a stored date as a person would type it: 12.5.2019, 5.2019, 2019, with ~ for an estimate."""
    parts = stored.rstrip("~").split("-")
    return ".".join(str(int(part)) for part in reversed(parts)) + ("~" if stored.endswith("~") else "")
