"""The day sheet on screen: what an officer carries tomorrow, by office and hour."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.case.day_sheet import Appointment
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.documents.day_sheet import appointments_on
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, Column, ElidedButton, button, emptied, hairline, iconed, label, row
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, GAP_TINY, Theme


class DayPage(QWidget):
    """One day at a time; it opens on tomorrow."""

    wanted = Signal(str, str, str)  # case, record type, record
    printing = Signal(object)  # date
    left = Signal()

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        words = acts.workspace.words
        self.day: date = acts.workspace.today + timedelta(days=1)
        self._title = label("", "title")
        back = iconed(
            button(words.text("Back", "button"), self.left.emit, name="quiet"),
            "back",
            theme,
        )
        before = button(words.text("Day before"), lambda: self.turn(-1), shortcut="Ctrl+PgUp")
        after = button(words.text("Day after"), lambda: self.turn(1), shortcut="Ctrl+PgDown")
        paper = iconed(
            button(words.text("Print", "button"), lambda: self.printing.emit(self.day), name="primary", shortcut="Ctrl+P"),
            "print", theme, theme.colours.on_accent,
        )  # fmt: skip
        self._column = Column()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addLayout(row(back, 1, before, after, paper))
        whole.addWidget(self._title)
        whole.addWidget(label(
            words.text("The printed sheet contains only initials and case numbers, because papers get lost."), "muted"
        ))  # fmt: skip
        whole.addWidget(self._column, 1)
        acts.changed.connect(self._on_changed)

    def showEvent(self, event: object) -> None:
        """Read the day again."""
        self.show_day()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_day()

    def turn(self, days: int) -> None:
        """Show another day."""
        self.day += timedelta(days=days)
        self.show_day()

    def show_day(self) -> None:
        """Show the appointments of the day."""
        workspace = self._acts.workspace
        words = workspace.words
        nothing: tuple[Appointment, ...] = ()
        found = self._acts.ask(lambda: appointments_on(workspace, self.day), nothing)
        self._title.setText(words.long_day(self.day))
        emptied(self._column.body)
        for office in dict.fromkeys(item.office for item in found):
            card = Card()
            card.body.addWidget(label(office or words.text("Without an office"), "heading"))
            for number, item in enumerate(one for one in found if one.office == office):
                if number:
                    card.body.addWidget(hairline())
                card.body.addWidget(self._line(item))
            self._column.body.addWidget(card)
        if not found:
            card = Card()
            card.body.addWidget(label(words.text(
                "No appointment on this day. A step that is planned for this day appears here, with its time and " "papers."
            ), "muted"))  # fmt: skip
            self._column.body.addWidget(card)
        self._column.body.addStretch(1)

    def _line(self, item: Appointment) -> QWidget:
        workspace = self._acts.workspace
        words, pack = workspace.words, workspace.pack
        time = label(item.time or "–", "name", wrap=False)
        time.setFixedWidth(self._theme.px(48))
        title = ElidedButton(words.text(item.what), lambda: self.wanted.emit(item.case, item.record_type, item.record))
        calls = {True: words.text("Calling is safe."), False: words.text("Do not call."),
                 None: words.text("Not asked whether calling is safe.")}  # fmt: skip
        papers = words.joined([words.text(pack.label("doc_type", code)) for code in item.papers])
        missing = words.joined([words.text(pack.label("doc_type", code)) for code in item.missing])
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(title)
        texts.addWidget(label(f"{item.initials} · {item.case_number}", "hint"))
        if papers:
            texts.addWidget(label(words.text("Papers to bring: {papers}", papers=papers)))
        if missing:
            texts.addWidget(label(words.text("Missing: {papers}", papers=missing), "problem"))
        if item.meeting_place or item.back_by:
            texts.addWidget(label(" · ".join(part for part in (
                item.meeting_place, words.text("Back by: {time}", time=item.back_by) if item.back_by else "",
            ) if part), "muted"))  # fmt: skip
        texts.addWidget(label(calls[item.safe_to_call], "hint"))
        line = QWidget()
        across = row(time)
        across.setContentsMargins(0, GAP_TINY, 0, GAP_TINY)
        across.addLayout(texts, 1)
        line.setLayout(across)
        return line
