"""What can be done with a line of the desk, in words, with its key; and the doing of it, each with its undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.domain.records.types.contact_records import CONTACT
from avrr_desktop.domain.records.types.service_records import STEP
from avrr_desktop.domain.records.views import Person
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.desk_acts import (
    Act,
    acts_of,
    answer_attendance,
    approve_line,
    days_offered,
    finish_line,
    give_up,
    note_call,
    put_off,
    send_back,
)
from avrr_desktop.operations.cases.today import DeskLine
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.ask_strip import AskStrip
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.step_done import done_sentence
from avrr_desktop.ui.widgets.row_menu import Offer


class DeskStrip(AskStrip):
    """Tells when it goes, so that the keyboard goes back to the list."""

    def __init__(self, acts: Actions) -> None:
        workspace = acts.workspace
        super().__init__(workspace.words, EditorMaker(workspace.words, workspace.pack, workspace.today, lambda _: []))
        self.gone: Callable[[], object] = lambda: None

    def leave(self) -> None:
        """Ask no more."""
        super().leave()
        self.gone()


class DeskMenu(QObject):
    """Offers and does; ``strip`` asks for a day, a word, or how a call ended."""

    open_wanted = Signal(object)  # DeskLine
    closing_wanted = Signal(str)  # a case whose closing waits for approval

    def __init__(self, acts: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts = acts
        self.strip = DeskStrip(acts)

    def moves(self, line: DeskLine) -> tuple[tuple[Act, str], ...]:
        """Return the buttons of a line: what is done with it most often."""
        words = self._acts.workspace.words
        texts = {
            Act.DONE: self._done_text(line), Act.ANSWER: words.text("Answer", "button"),
            Act.APPROVE: words.text("Approve", "button"), Act.SEND_BACK: words.text("Send back", "button"),
        }  # fmt: skip
        return tuple((act, texts[act]) for act in acts_of(self._acts.workspace, line) if act in texts)

    def _done_text(self, line: DeskLine) -> str:
        words = self._acts.workspace.words
        texts = {
            "return_unreported": words.text("Report back", "button"), "step_answer": words.text("Answer received"),
            "step_waiting": words.text("Answer received"), "hold_ends": words.text("Continue", "button"),
            "closing_back": words.text("Noted", "button"), "referral_tell": words.text("Recipient told"),
        }  # fmt: skip
        attends = line.kind == "attendance_due" and line.record is not None and line.record.type == "schooling"
        return words.text("Attends", "button") if attends else texts.get(line.kind, words.text("Done", "button"))

    def offers(self, line: DeskLine) -> list[Offer]:
        """Return everything that can be done with a line, in the order of the menu."""
        workspace = self._acts.workspace
        words, able = workspace.words, acts_of(workspace, line)
        tomorrow, next_week = days_offered(workspace.today)
        found: list[Offer] = [Offer(words.text("Open the case"), lambda: self.open_wanted.emit(line))]
        if Act.DONE in able:
            found.append(Offer(self._done_text(line), lambda: self.do(line, Act.DONE), "D"))
        if line.kind == "attendance_due" and line.record is not None and line.record.type == "schooling" and able:
            found.append(Offer(words.text("Does not attend"), partial(self._answer_attendance, line, "no"), "N"))
        if Act.ANSWER in able:
            found.append(Offer(words.text("Answer", "button"), lambda: self.do(line, Act.ANSWER), "D"))
        if Act.APPROVE in able:
            found.append(Offer(words.text("Approve", "button"), lambda: self.do(line, Act.APPROVE), "P"))
            found.append(Offer(words.text("Send back with a word …"), lambda: self.do(line, Act.SEND_BACK), "B"))
        if Act.PUT_OFF in able:
            found += [
                Offer(words.text("Tomorrow"), partial(self._put_off, line, tomorrow), "T"),
                Offer(words.text("Next week"), partial(self._put_off, line, next_week), "W"),
                Offer(words.text("Another day …"), lambda: self.do(line, Act.PUT_OFF), "A"),
            ]
        if Act.NOT_NEEDED in able:
            found.append(Offer(words.text("Not needed"), lambda: self.do(line, Act.NOT_NEEDED), "N"))
        if Act.CALL in able:
            found.append(Offer(words.text("Call …"), lambda: self.do(line, Act.CALL), "C"))
        return found

    def press_letter(self, line: DeskLine, letter: str) -> None:
        """Do what the menu says beside a letter."""
        for offer in self.offers(line):
            if offer.letter == letter:
                offer.act()
                return

    def do(self, line: DeskLine, act: Act) -> None:
        """Do something with a line, or ask for what it needs first."""
        {
            Act.DONE: self._finish, Act.ANSWER: self.open_wanted.emit, Act.APPROVE: self._approve,
            Act.SEND_BACK: self._ask_word, Act.PUT_OFF: self._ask_day, Act.NOT_NEEDED: self._give_up, Act.CALL: self._ask_call,
        }[act](line)  # fmt: skip

    def _title(self, line: DeskLine) -> str:
        words = self._acts.workspace.words
        kinds = {"follow_up": words.text("Follow-up", "record"), "schooling": words.text("School attendance")}
        record = line.record
        return words.text(record.text("title")) or kinds.get(record.type, "") if record is not None else ""

    def _finish(self, line: DeskLine) -> None:
        workspace, record = self._acts.workspace, line.record
        words = workspace.words
        said = {
            "return_unreported": words.text("Return reported"), "hold_ends": words.text("Case continues"),
            "closing_back": words.text("Noted", "button"), "follow_up_due": words.text("Follow-up done"),
            "referral_tell": words.text("Recipient told"),
        }.get(line.kind, words.text("School attendance: attends"))  # fmt: skip
        if record is not None and record.type == "step" and line.kind != "return_unreported":
            case_file = self._acts.ask(lambda: read_case(workspace, line.case.uid), None)
            if case_file is None:
                return
            said = done_sentence(workspace, case_file, record)
        if self._acts.do(lambda: finish_line(workspace, line), said) and line.kind == "follow_up_due":
            self.open_wanted.emit(line)  # what came of it is written there

    def _answer_attendance(self, line: DeskLine, answer: str) -> None:
        workspace = self._acts.workspace
        said = workspace.words.text("School attendance: does not attend")
        self._acts.do(lambda: answer_attendance(workspace, line, answer), said)

    def _approve(self, line: DeskLine) -> None:
        """Approve what is read in the line; a closing is first seen as a whole, on its own page."""
        workspace = self._acts.workspace
        if line.kind != "override_asked":
            self.closing_wanted.emit(line.case.uid)
            return
        said = workspace.words.text("Sending without agreement approved")
        self._acts.do(lambda: approve_line(workspace, line), said)

    def _give_up(self, line: DeskLine) -> None:
        workspace = self._acts.workspace
        said = workspace.words.text("{what}: not needed", what=self._title(line))
        self._acts.do(lambda: give_up(workspace, line), said)

    def _put_off(self, line: DeskLine, day: date | str) -> bool:
        workspace = self._acts.workspace
        on = day if isinstance(day, str) else day.isoformat()
        words = workspace.words
        shown = words.long_day(day) if isinstance(day, date) else words.partial_date(on)
        said = words.text("{what}: {day}", what=self._title(line) or words.text("Next day"), day=shown)
        return self._acts.do(lambda: put_off(workspace, line, on), said)

    def _ask_day(self, line: DeskLine) -> None:
        words = self._acts.workspace.words
        title = words.text("Another day: {name}, {what}", name=line.case.called, what=self._title(line))
        self.strip.ask(
            title,
            [STEP.field("planned_on")],
            words.text("Set the day"),
            lambda got: self._put_off(line, got["planned_on"]),
        )

    def _ask_word(self, line: DeskLine) -> None:
        workspace, key = self._acts.workspace, "closure_sent_back_because"
        words = workspace.words
        title, said = N_("Send the closing back: {name}"), N_("Closing sent back")
        if line.kind == "override_asked":
            title, said = N_("Not without agreement: {name}"), N_("Request sent back")
        self.strip.ask(
            words.text(title, name=line.case.called), [_one_line(CASE.field(key))], words.text("Send back", "button"),
            lambda got: self._acts.do(lambda: send_back(workspace, line, got[key]), words.text(said)),
        )  # fmt: skip

    def _ask_call(self, line: DeskLine) -> None:
        workspace = self._acts.workspace
        words = workspace.words
        case_file = self._acts.ask(lambda: read_case(workspace, line.case.uid), None)
        if case_file is None:
            return
        person = line.person or (case_file.principal.person if case_file.principal else None)
        said = [
            words.text(
                "Call: {name}", name=person_shown(person, workspace.today, words) if person else line.case.called
            )
        ]
        if person is not None:
            said.append(Person(person).phone or words.text("no number recorded"))
            said.append(
                words.text("Not asked whether calling is safe.") if "safe_to_call" not in person.values
                else words.text("Calling is safe.") if Person(person).safe_to_call else words.text("Do not call.")
            )  # fmt: skip
        uid = person.uid if person is not None else ""
        self.strip.ask(
            " · ".join(said), [CONTACT.field("result"), _one_line(CONTACT.field("summary"))], words.text("Record the call"),
            lambda got: self._acts.do(
                lambda: note_call(workspace, line, uid, got["result"], got["summary"]), words.text("Call recorded")
            ),
        )  # fmt: skip


def _one_line(field: Field) -> Field:
    """Return a long text as one line: what is typed into the strip is short."""

    return replace(field, kind=Kind.TEXT)
