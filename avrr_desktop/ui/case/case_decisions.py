"""What is decided about a case: its menu, the line that says how it stands, and the strip that asks for what a decision needs."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import CaseStatus, case_status
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.domain.records.views import Case
from avrr_desktop.operations.cases.case_status import confirm_arrival, go_on, put_on_hold
from avrr_desktop.operations.cases.cases import officer_name
from avrr_desktop.operations.cases.closing import (
    closing_asked,
    heed_sent_back,
    reopen_case,
    turn_down_closing,
)
from avrr_desktop.operations.cases.join.families import joined_case, left_over, take_over_later
from avrr_desktop.operations.session.late_entries import begin_late_entry, end_late_entry, late_entry
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.ask_strip import AskStrip
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.widgets.controls import button, emptied, entry, label
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, GAP_TINY

Verb = Callable[..., Changes]  # takes the workspace, the case, and an answer for each field that was asked


def _line(key: str) -> Field:
    """Return a field of a case as one line: what is typed into the strip is short."""
    field = CASE.field(key)
    return replace(field, kind=Kind.TEXT) if field.kind is Kind.LONG_TEXT else field


class CaseDecisions(QWidget):
    """Stands under the head of a case; ``menu`` is filled anew for each."""

    deciding = Signal()  # what is typed in the case is saved now: afterwards it may be refused
    late_changed = Signal()  # a late entry begins or ends: forms are made anew
    closing = (
        Signal()
    )  # the page is wanted on which a case is closed, or on which somebody looks at a closing that waits
    joining = Signal()  # this case and another one are to be laid side by side
    splitting = Signal()
    opened = Signal(str)  # the case into which this one was joined

    def __init__(self, acts: Actions, menu: QMenu) -> None:
        super().__init__()
        self._acts, self._menu = acts, menu
        self._case: CaseFile | None = None
        workspace = acts.workspace
        maker = EditorMaker(workspace.words, workspace.pack, workspace.today, lambda _: [])
        self.strip = AskStrip(workspace.words, maker)
        self._standing = QFrame()
        self._standing.setObjectName("strip")
        self._standing_row = QHBoxLayout(self._standing)
        self._standing_row.setContentsMargins(GAP, GAP_TINY, GAP, GAP_TINY)
        self._standing_row.setSpacing(GAP_SMALL)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_TINY)
        whole.addWidget(self._standing)
        whole.addWidget(self.strip)

    def show_case(self, case_file: CaseFile) -> None:
        """Fill menu and line for a case; what was asked for another one is asked no more."""
        before, self._case = self._case, case_file
        stood = before.case.text("status") if before is not None else ""
        if before is None or before.case.uid != case_file.case.uid or stood != case_file.case.text("status"):
            self.strip.leave()
        self._fill_menu(case_file)
        self._show_standing(case_file)

    def _fill_menu(self, case_file: CaseFile) -> None:
        workspace = self._acts.workspace
        words = workspace.words
        self._menu.clear()
        if closing_asked(case_file):
            by = officer_name(workspace, case_file.case.text("closure_asked_by"))
            approve = entry(self._menu, words.text("Approve closing (requested by: {officer}) …", officer=by))
            approve.triggered.connect(lambda _=False: self.closing.emit())
            approve.setEnabled(may(workspace, Permission.APPROVE))
            own = self._asked_here(case_file)
            text = words.text("Withdraw the request") if own else words.text("Send back with a word …")
            entry(self._menu, text).triggered.connect(self.turn_down)
            return
        offered: list[tuple[str, Callable[[], object]]] = []
        if case_file.over:
            offered = [
                (words.text("Add a late entry …"), self.ask_late),
                (words.text("Reopen this case …"), self.ask_reopen),
            ]
        elif self._stands(CaseStatus.ON_HOLD):
            offered = [
                (words.text("Continue with this case"), self.go_on),
                (words.text("Extend the hold …"), self.ask_hold),
            ]
        else:
            if self._stands(CaseStatus.PRE_ARRIVAL):
                offered = [(words.text("Confirm the arrival …"), self.ask_arrival)]
            offered.append((words.text("Put on hold …"), self.ask_hold))
        for text, act in offered:
            made = entry(self._menu, text)
            made.triggered.connect(lambda _=False, act=act: act())
            made.setEnabled(may(workspace, Permission.RECORD))
        if not case_file.over:
            self._add_closing()
        self._menu.addSeparator()
        for text, wanted in (
            (words.text("Join with another case …"), self.joining), (words.text("Split this family …"), self.splitting)
        ):  # fmt: skip
            made = entry(self._menu, text)
            made.triggered.connect(lambda _=False, wanted=wanted: wanted.emit())
            made.setEnabled(may(workspace, Permission.RECORD) and (wanted is self.joining or case_file.running))

    def _add_closing(self) -> None:
        words = self._acts.workspace.words
        text = words.text("Request closing …") if four_eyes(self._acts.workspace) else words.text("Close the case …")
        made = entry(self._menu, text)
        made.triggered.connect(lambda _=False: self.closing.emit())
        made.setEnabled(may(self._acts.workspace, Permission.RECORD))

    def _stands(self, status: CaseStatus) -> bool:
        return self._case is not None and case_status(self._case.case.text("status")) is status

    def _show_standing(self, case_file: CaseFile) -> None:
        """Say how a case stands that is not simply open, with what is done about it most often."""
        words = self._acts.workspace.words
        emptied(self._standing_row)
        said, act, clicked = "", "", self.go_on
        if closing_asked(case_file):
            said, act, clicked = self._asked_text(case_file), words.text("Send back with a word …"), self.turn_down
            if self._asked_here(case_file):
                act = words.text("Withdraw the request")
            elif may(self._acts.workspace, Permission.APPROVE):
                act, clicked = words.text("Look at the closing …"), self.closing.emit
        elif Case(case_file.case).closure_sent_back_on and case_file.running:
            word = case_file.case.text("closure_sent_back_because")
            said, act, clicked = (
                words.text("Closing sent back: {word}", word=word),
                words.text("Noted", "button"),
                self.heed,
            )
        elif case_file.over:
            reason = late_entry(self._acts.workspace, case_file.case.uid)
            said = words.text("Late entry: {reason}", reason=reason) if reason else self._closed_text(case_file)
            act = words.text("End the late entry") if reason else words.text("Add a late entry …")
            clicked = self.end_late if reason else self.ask_late
        elif self._stands(CaseStatus.ON_HOLD):
            until, why = case_file.case.text("hold_until"), case_file.case.text("hold_because")
            said = words.text("On hold until {date}: {reason}", date=words.partial_date(until), reason=why)
            act = words.text("Continue with this case")
        elif self._stands(CaseStatus.PRE_ARRIVAL):
            due = case_file.case.text("arrival_date")
            said = (
                words.text("Still abroad, arrival planned for {date}", date=words.partial_date(due))
                if due
                else words.text("Still abroad")
            )
            act, clicked = words.text("Confirm the arrival …"), self.ask_arrival
        later = left_over(self._acts.workspace, case_file)
        if later and not said:
            said = words.plural(
                "{count} entry came later for records that were joined.",
                "{count} entries came later for records that were joined.", later, count=later,
            )  # fmt: skip
            act, clicked = words.text("Move what came later"), self.take_over
        self._standing.setVisible(bool(said))
        if said:
            self._standing_row.addWidget(label(said), 1)
            if other := joined_case(self._acts.workspace, case_file):
                shown = words.text("Open case {number}", number=case_file.case.text("double_of"))
                self._standing_row.addWidget(button(shown, lambda: self.opened.emit(other), name="quiet"))
            if later and case_file.over:
                text = words.text("Move what came later")
                self._standing_row.addWidget(button(text, self.take_over, name="quiet"))
            made = button(act, clicked, name="quiet")
            made.setEnabled(may(self._acts.workspace, Permission.RECORD))
            self._standing_row.addWidget(made)

    def _asked_here(self, case_file: CaseFile) -> bool:
        return Case(case_file.case).closure_asked_by == self._acts.workspace.actor

    def _asked_text(self, case_file: CaseFile) -> str:
        workspace, case = self._acts.workspace, case_file.case
        words = workspace.words
        return words.text(
            "Closing requested by {officer}: {reason}", officer=officer_name(workspace, Case(case).closure_asked_by),
            reason=words.text(workspace.pack.label("closure_reason", case.text("closure_reason"))),
        )  # fmt: skip

    def _closed_text(self, case_file: CaseFile) -> str:
        workspace, case = self._acts.workspace, case_file.case
        words = workspace.words
        on = words.partial_date(case.text("closed_on")) if case.text("closed_on") else words.text("not recorded")
        reason = words.text(workspace.pack.label("closure_reason", case.text("closure_reason")))
        if case.text("transferred_to"):
            reason = words.text("{reason}: {office}", reason=reason, office=case.text("transferred_to"))
        if case.text("double_of"):
            reason = words.text("{reason}: duplicate of {number}", reason=reason, number=case.text("double_of"))
        if not reason:
            return words.text("Closed on {date}.", date=on)
        return words.text("Closed on {date}: {reason}.", date=on, reason=reason)

    def _do(self, verb: Callable[[CaseFile], Changes], what: str) -> bool:
        self.deciding.emit()
        case_file = self._case
        return case_file is not None and self._acts.do(lambda: verb(case_file), what)

    def _ask(self, title: str, keys: tuple[str, ...], act: str, verb: Verb, what: str) -> None:
        """Ask for some fields of the case; ``verb`` takes the answers in their order, ``what`` says what was done."""
        workspace = self._acts.workspace

        def answered(answers: Mapping[str, str]) -> bool:
            return self._do(lambda case_file: verb(workspace, case_file, *(answers[key] for key in keys)), what)

        self.strip.ask(title, [_line(key) for key in keys], act, answered)

    def ask_arrival(self) -> None:
        """Ask on which day they came."""
        words = self._acts.workspace.words
        self._ask(
            words.text("On which day did they arrive?"), ("arrival_date",), words.text("Confirm the arrival"),
            confirm_arrival, words.text("Arrival confirmed"),
        )  # fmt: skip

    def ask_hold(self) -> None:
        """Ask why a case rests, and until when."""
        words = self._acts.workspace.words
        self._ask(
            words.text("Put this case on hold"), ("hold_because", "hold_until"), words.text("Put on hold"),
            put_on_hold, words.text("Case on hold"),
        )  # fmt: skip

    def take_over(self) -> None:
        """Bring what came later for joined records to where they are now."""
        workspace = self._acts.workspace
        what = workspace.words.text("Moved what came later for joined records")
        self._do(lambda case_file: take_over_later(workspace, case_file), what)

    def go_on(self) -> None:
        """Work on it again."""
        workspace = self._acts.workspace
        self._do(lambda case_file: go_on(workspace, case_file), workspace.words.text("Case continues"))

    def turn_down(self) -> None:
        """Leave it open: without a word who asked takes the request back, anybody else says why."""
        workspace, case_file = self._acts.workspace, self._case
        words = workspace.words
        if case_file is not None and not self._asked_here(case_file):
            self._ask(
                words.text("Send the closing back"), ("closure_sent_back_because",), words.text("Send back", "button"),
                turn_down_closing, words.text("Closing sent back"),
            )  # fmt: skip
            return
        self._do(lambda case_file: turn_down_closing(workspace, case_file), words.text("Case stays open"))

    def heed(self) -> None:
        """Take what was said of a closing that was sent back off the desk."""
        workspace = self._acts.workspace
        self._do(lambda case_file: heed_sent_back(workspace, case_file), workspace.words.text("Noted", "button"))

    def ask_reopen(self) -> None:
        """Ask why a closed case is opened again."""
        words = self._acts.workspace.words
        self._ask(
            words.text("Reopen this case"), ("reopened_because",), words.text("Reopen", "button"),
            reopen_case, words.text("Case reopened"),
        )  # fmt: skip

    def ask_late(self) -> None:
        """Ask why something is added to a closed case; afterwards it is written in until it is left."""
        workspace, case_file = self._acts.workspace, self._case
        words = workspace.words

        def begin(answers: Mapping[str, str]) -> bool:
            if case_file is None:
                return False
            went = self._acts.do(lambda: begin_late_entry(workspace, case_file, answers["late_entry_because"]))
            if went:
                self.late_changed.emit()
            return went

        title, act = words.text("Add something to a closed case"), words.text("Start the late entry")
        self.strip.ask(title, [_line("late_entry_because")], act, begin)

    def end_late(self) -> None:
        """Let the case be only read again; nothing where no late entry was begun."""
        workspace = self._acts.workspace
        if self._case is not None and not workspace.locked and late_entry(workspace, self._case.case.uid):
            self.deciding.emit()
            end_late_entry(workspace, self._case.case.uid)
            self.late_changed.emit()
