"""A small calendar that pops up beneath a date: weekdays from Monday, the months in the words of the window, keys as in every calendar."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.domain.people.dates import EARLIEST_YEAR, LATEST_YEAR, When
from avrr_desktop.language import Language
from avrr_desktop.ui.widgets.controls import button, label, placed, row, tip
from avrr_desktop.ui.widgets.theme import GAP_SMALL, GAP_TINY

_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_LOCALES = {"cnr": "sr_Latn_ME", "qps": "en"}  # that Qt does not know


class Days(QCalendarWidget):
    """The days of a month. The wheel does not turn it: a page is scrolled, and a date stays."""

    def __init__(self, words: Language) -> None:
        super().__init__()
        self.setLocale(QLocale(_LOCALES.get(words.language, words.language.replace("-", "_"))))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setNavigationBarVisible(False)
        self.setDateEditEnabled(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setDateRange(QDate(EARLIEST_YEAR, 1, 1), QDate(LATEST_YEAR, 12, 31))
        for weekday in Qt.DayOfWeek:  # Qt draws weekends red, and red is for what is wrong
            self.setWeekdayTextFormat(weekday, QTextCharFormat())
        head = QTextCharFormat()
        head.setForeground(self.palette().brush(QPalette.ColorRole.PlaceholderText))
        self.setHeaderTextFormat(head)
        for view in self.findChildren(QTableView):
            view.viewport().installEventFilter(self)
            view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel turn nothing, and Page up and down take the day that is chosen along."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) in _PAGES:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.turn(_PAGES[Qt.Key(event.key())] * (12 if control else 1))
            return True
        return event.type() == QEvent.Type.Wheel or super().eventFilter(watched, event)

    def turn(self, months: int) -> None:
        """Go so many months on, or back."""
        self.setSelectedDate(self.selectedDate().addMonths(months))
        self.setFocus()


class Calendar(QFrame):
    """Pops up over the window; Return or a click chooses, Escape leaves all as it is. Ctrl with Page up and down turns years."""

    chosen = Signal(object)  # date

    def __init__(self, words: Language, today: date, when: When, beside: QWidget) -> None:
        super().__init__(beside, Qt.WindowType.Popup)
        self.setObjectName("calendar")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(words.text("Calendar"))
        self._words, self._today, self._beside = words, today, beside
        self.days = Days(words)
        self.days.setAccessibleName(words.text("Days"))
        self.month = label("", "section", wrap=False)
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said = label("", "hint", wrap=False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        whole.setSpacing(GAP_TINY)
        whole.addLayout(self._head())
        whole.addWidget(self.days)
        whole.addWidget(self.said)
        whole.addLayout(row(*self._short_ways(when), 1))
        self.days.activated.connect(lambda day: self._choose(_date(day)))
        self.days.clicked.connect(lambda day: self._choose(_date(day)))
        self.days.currentPageChanged.connect(lambda *_: self._say())
        self.days.selectionChanged.connect(self._say)
        self._mark_today()

    def _head(self) -> QHBoxLayout:
        text = self._words.text
        ways = (
            ("«", text("A year earlier"), lambda: self.days.turn(-12)), ("‹", text("A month earlier"), lambda: self.days.turn(-1)),
            ("›", text("A month later"), lambda: self.days.turn(1)), ("»", text("A year later"), lambda: self.days.turn(12)),
        )  # fmt: skip
        buttons = [_turner(*way) for way in ways]
        return row(*buttons[:2], 1, self.month, 1, *buttons[2:])

    def _short_ways(self, when: When) -> list[QPushButton]:
        """Return buttons for the days that are wanted most on a side of today; none for a birth."""
        text = self._words.text
        ways = [] if when is When.BIRTH else [(text("Today", "button"), 0)]
        if when is When.PAST:
            ways.append((text("Yesterday", "button"), -1))
        elif when is not When.BIRTH:
            ways += [(text("In a week", "button"), 7), (text("In two weeks", "button"), 14)]
        return [
            button(said, _choosing(self._choose, self._today + timedelta(days=days)), name="quiet")
            for said, days in ways
        ]

    def _mark_today(self) -> None:
        form = QTextCharFormat()
        form.setFontWeight(700)
        form.setFontUnderline(True)
        self.days.setDateTextFormat(_qdate(self._today), form)

    def open_at(self, day: date | None) -> None:
        """Show a day, else today, within the window that the calendar belongs to."""
        self.days.setSelectedDate(_qdate(day or self._today))
        self._say()
        self.adjustSize()
        window = self._beside.window()
        room = window.frameGeometry().intersected(self._beside.screen().availableGeometry())
        self.setGeometry(placed(self.sizeHint(), self._beside, room))
        self.show()
        self.days.setFocus()

    def _say(self) -> None:
        year, month = self.days.yearShown(), self.days.monthShown()
        self.month.setText(self._words.month_and_year(date(year, month, 1)))
        self.said.setText(self._words.long_day(_date(self.days.selectedDate())))

    def _choose(self, day: date) -> None:
        self.close()
        self._beside.setFocus()
        self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with the keys that opened it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            self.close()
        else:
            super().keyPressEvent(event)


def _turner(sign: str, said: str, turn: Callable[[], None]) -> QPushButton:
    made = button(sign, turn, name="quiet")
    made.setAccessibleName(said)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    tip(made, said)
    return made


def _choosing(choose: Callable[[date], None], day: date) -> Callable[[], None]:
    return lambda: choose(day)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
