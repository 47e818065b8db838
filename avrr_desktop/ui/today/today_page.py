"""Today: three columns that read like a desk, and what was typed but not saved."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import case_names, officer_names, read_case
from avrr_desktop.operations.cases.search import CaseFilter, counts
from avrr_desktop.operations.cases.services import report_return
from avrr_desktop.operations.cases.today import Desk, DeskLine, desk
from avrr_desktop.operations.session.drafts import Draft
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.step_done import finish_step
from avrr_desktop.ui.today.desk_texts import desk_text
from avrr_desktop.ui.widgets.controls import (
    Card,
    ElidedButton,
    button,
    emptied,
    hairline,
    icon_label,
    iconed,
    label,
    row,
    tip,
)
from avrr_desktop.ui.widgets.responsive import Panels
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, GAP_TINY, Theme

SHOWN = 30


class TodayPage(QWidget):
    """What is due, for whom, since or until when; one button for the common move."""

    wanted = Signal(str, str, str)  # case, record type, record
    new_wanted = Signal()
    draft_wanted = Signal(object)  # Draft
    day_wanted = Signal()

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._officers: dict[str, str] = {}
        self._acts, self._theme = acts, theme
        self._stale = True
        self._date = label("", "title")
        self._below = label("", "muted")
        self._panels = Panels(theme, (1, 1, 1), 820)
        self._drafts = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        words = acts.workspace.words
        day = iconed(button(words.text("Day sheet"), self.day_wanted.emit, shortcut="Ctrl+D"), "print", theme)
        head = row()
        head.addWidget(self._date, 1)
        head.addWidget(day)
        whole.addLayout(head)
        whole.addWidget(self._below)
        whole.addLayout(self._drafts)
        whole.addWidget(self._panels, 1)
        acts.changed.connect(self._on_changed)

    def showEvent(self, event: object) -> None:
        """Read the desk again."""
        self.show_desk()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_desk()

    def show_desk(self) -> None:
        """Show what is due on the office's calendar day."""
        workspace = self._acts.workspace
        words = workspace.words
        shown = self._acts.ask(lambda: desk(workspace), Desk((), (), (), ()))
        self._officers = officer_names(workspace)
        self._date.setText(words.long_day(workspace.today))
        self._below.setText(self._sentence(shown))
        emptied(self._drafts)
        if shown.drafts:
            self._drafts.addWidget(self._draft_card(shown.drafts))
        if shown.empty and not self._acts.ask(lambda: counts(workspace, CaseFilter())[0], 1):
            self._below.setText(words.text("Welcome. Nothing is due yet."))
            self._drafts.addWidget(self._first_card())
        self._fill(self._panels.bodies[0], words.text("Act now"), shown.act_now, words.text("Nothing is overdue."))
        self._fill(
            self._panels.bodies[1],
            words.text("This week"),
            shown.this_week,
            words.text("Nothing is due in the next seven days."),
        )
        self._fill(
            self._panels.bodies[2],
            words.text("Waiting for others"),
            shown.waiting,
            words.text("Nobody is waiting for an office."),
        )

    def _sentence(self, shown: Desk) -> str:
        words = self._acts.workspace.words
        if shown.empty:
            return words.text(
                "Nothing is due. You could call a family you have not heard from, or open a new case (Ctrl+N)."
            )
        late = len(shown.act_now)
        if not late:
            return words.text("Nothing to act on now.")
        return words.plural("{count} thing to act on now.", "{count} things to act on now.", late, count=late)

    def _of_draft(self, draft: Draft, case: str) -> str:
        """Say what was typed, in whose case and when: two drafts of one kind must not be taken for each other."""
        workspace = self._acts.workspace
        words = workspace.words
        kind = words.text(BY_KEY[draft.record_type].label) if draft.record_type in BY_KEY else words.text("New case")
        moment = words.moment(workspace.local(datetime.fromisoformat(draft.kept_at)))
        if not draft.case:
            return words.text(
                "Typed but not saved: {record} · {moment}. It is kept safe here.", record=kind, moment=moment
            )
        return words.text(
            "Typed but not saved: {record} · {case} · {moment}. It is kept safe here.",
            record=kind, case=case, moment=moment,
        )  # fmt: skip

    def _first_card(self) -> Card:
        """Offer the one thing to do in a store that holds no case yet."""
        words = self._acts.workspace.words
        card = Card(words.text("The first case"))
        card.body.addWidget(
            label(
                words.text(
                    "A case is a person or a family that you help together. One name is enough to start; everything "
                    "else can wait."
                )
            )
        )
        card.body.addLayout(row(button(words.text("New case"), self.new_wanted.emit, name="primary"), 1))
        return card  # fmt: skip

    def _draft_card(self, drafts: Sequence[Draft]) -> Card:
        words = self._acts.workspace.words
        card = Card(words.text("Not finished"))
        called = case_names(self._acts.workspace, {draft.case for draft in drafts[:5]})
        for draft in drafts[:5]:
            mark = icon_label(
                "draft", self._theme.colours.waiting, self._theme.px(16), words.text("Draft", "typed, not saved")
            )
            text = label(self._of_draft(draft, called.get(draft.case, "")))
            go_on = button(words.text("Continue", "button"), partial(self.draft_wanted.emit, draft))
            line = QWidget()
            line.setLayout(row(mark, text, 1, go_on))
            card.body.addWidget(line)
        return card

    def _fill(self, body: QVBoxLayout, title: str, lines: tuple[DeskLine, ...], empty: str) -> None:
        emptied(body)
        card = Card(f"{title} ({len(lines)})" if lines else title)
        card.body.setSpacing(GAP_TINY)
        for number, line in enumerate(lines[:SHOWN]):
            if number:
                card.body.addWidget(hairline())
            card.body.addWidget(self._line(line))
        if not lines:
            card.body.addWidget(label(empty, "muted"))
        if len(lines) > SHOWN:
            words = self._acts.workspace.words
            more = len(lines) - SHOWN
            card.body.addWidget(label(words.plural("and {count} more", "and {count} more", more, count=more), "muted"))
        body.addWidget(card)

    def _line(self, line: DeskLine) -> QWidget:
        words = self._acts.workspace.words
        what, when, icon_name, state = desk_text(self._acts.workspace, line, self._officers)
        person = self._person(line)
        mark = icon_label(icon_name, self._theme.state_colour(state), self._theme.px(16), when)
        title = ElidedButton(person or line.case.called, lambda: self._open(line), "name")
        title.setAccessibleName(f"{person}: {what}, {when}")
        tip(title, words.text("Open case {number}", number=line.case.number))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(title)
        texts.addWidget(label(what))
        texts.addWidget(label(f"{when} · {line.case.place}" if line.case.place else when, "hint"))
        widget = QWidget()
        across = QHBoxLayout(widget)
        across.setContentsMargins(0, GAP_TINY, 0, GAP_TINY)
        across.setSpacing(GAP_SMALL)
        across.addWidget(mark)
        across.addLayout(texts, 1)
        if move := self._move(line):
            across.addWidget(move)
        return widget

    def _person(self, line: DeskLine) -> str:
        workspace = self._acts.workspace
        return person_shown(line.person, workspace.today, workspace.words) if line.person else line.case.called

    def _open(self, line: DeskLine) -> None:
        record = line.record.uid if line.record else ""
        kind = line.record.type if line.record and line.record.type != "case" else ""
        self.wanted.emit(line.case.uid, kind, record)

    def _move(self, line: DeskLine) -> QWidget | None:
        words, record = self._acts.workspace.words, line.record
        if record is None:
            return None
        if line.kind == "appeal_ends":
            return None
        if line.kind == "return_unreported":
            made = button(words.text("Report back", "button"), lambda: self._report_return(line))
        elif record.type == "step":
            text = (
                words.text("Answer received")
                if line.kind in ("step_answer", "step_waiting")
                else words.text("Done", "button")
            )
            made = button(text, lambda: self._finish_step(line))
        elif record.type == "referral":
            made = button(words.text("Answer", "button"), lambda: self._open(line))
            made.setAccessibleName(f"{made.text()}: {line.case.called}")
            return made
        elif record.type == "follow_up":
            made = button(words.text("Done", "button"), lambda: self._finish_follow_up(line))
        else:
            return None
        what = words.text(record.text("title")) or words.text("Follow-up", "record")
        made.setAccessibleName(f"{made.text()}: {what}, {self._person(line)}")
        return made

    def _report_return(self, line: DeskLine) -> None:
        workspace, record = self._acts.workspace, line.record
        assert record is not None
        case_file = self._acts.ask(lambda: read_case(workspace, line.case.uid), None)
        if case_file is not None:
            what = workspace.words.text("Return reported")
            self._acts.do(lambda: report_return(workspace, case_file, record), what)

    def _finish_step(self, line: DeskLine) -> None:
        workspace, record = self._acts.workspace, line.record
        assert record is not None
        case_file = self._acts.ask(lambda: read_case(workspace, line.case.uid), None)
        if case_file is not None:
            finish_step(self._acts, case_file, record)

    def _finish_follow_up(self, line: DeskLine) -> None:
        workspace, record = self._acts.workspace, line.record
        assert record is not None
        done = {"done_on": workspace.today.isoformat()}
        self._acts.do(
            lambda: edit_record(workspace, record, done, line.case.uid), workspace.words.text("Follow-up done")
        )
        self.wanted.emit(line.case.uid, "follow_up", record.uid)
