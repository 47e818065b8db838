"""Puts right what was written for the wrong person or in the wrong case."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import read_case_by_number
from avrr_desktop.operations.cases.corrections import MOVABLE, move_to_case
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, Choice, button, label, row


class MoveRecordCard(Card):
    """Asks for the case (this one, unless another number is typed) and the person; a step also for its service."""

    done = Signal()

    def __init__(self, acts: Actions, case_file: CaseFile, record: Record) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Move: {record}", record=words.text(BY_KEY[record.type].label)))
        self._acts, self._from, self._record = acts, case_file, record
        self._target: CaseFile | None = case_file
        self.number = QLineEdit(case_file.case.text("number"))
        self.number.setAccessibleName(words.text("Case number"))
        self.number.editingFinished.connect(lambda: self._on_number())
        self.person, self.service = Choice(), Choice()
        for box in (self.person, self.service):
            box.let_narrow()
        self.person.setAccessibleName(words.text("Person"))
        self.service.setAccessibleName(words.text("Service"))
        self.body.addWidget(label(words.text("To the case", "field: target of a move"), "muted"))
        self.body.addWidget(self.number)
        self._called = label("", "hint")
        self.body.addWidget(self._called)
        self.body.addWidget(label(words.text("For whom"), "muted"))
        self.body.addWidget(self.person)
        self._service_label = label(words.text("Service"), "muted")
        self.body.addWidget(self._service_label)
        self.body.addWidget(self.service)
        move = button(words.text("Move", "button"), self.move_it, name="primary")
        self.body.addLayout(row(move, button(words.text("Cancel", "button"), self.done.emit), 1))
        hint = words.text("It stays in the history of both cases. Undo with Ctrl+Z.")
        self.body.addWidget(label(hint, "hint"))
        self._offer()

    def _on_number(self) -> bool:
        """Look the typed number up; True when the people offered are those of that case already."""
        number, workspace = self.number.text(), self._acts.workspace
        if self._target is not None and number.strip().upper() == self._target.case.text("number"):
            return True
        self._target = self._acts.ask(lambda: read_case_by_number(workspace, number), None)
        self._offer()
        return False

    def _offer(self) -> None:
        words, target = self._acts.workspace.words, self._target
        self.person.clear()
        self.service.clear()
        self._called.setText(target.case.text("called") if target else words.text("No case has this number."))
        if target is None:
            return
        self.person.addItem("", "")
        for member in target.members:
            self.person.addItem(person_shown(member.person, self._acts.workspace.today, words), member.person.uid)
        self.person.setCurrentIndex(max(0, self.person.findData(self._record.text(MOVABLE[self._record.type]))))
        for service in target.services:
            self.service.addItem(words.text(service.text("title")), service.uid)
        elsewhere = self._record.type == "step" and target.case.uid != self._from.case.uid
        self.service.setVisible(elsewhere)
        self._service_label.setVisible(elsewhere)

    def move_it(self) -> None:
        """Move the record to what is shown; a number that was only just typed first shows whose it is.

        What is about somebody stays about somebody: in another case nobody is chosen before somebody chooses.
        """
        acts, record = self._acts, self._record
        if not self._on_number():
            return
        target = self._target
        assert target is not None
        person, service = str(self.person.currentData() or ""), str(self.service.currentData() or "")
        if not person and record.text(MOVABLE[record.type]):
            words = acts.workspace.words
            acts.failed.emit(words.text("Nobody is chosen."), words.text("Choose for whom it is. Nothing was moved."))
            self.person.setFocus()
            return

        def move() -> Changes:
            return move_to_case(acts.workspace, self._from, record, target, person, service)

        label_of = acts.workspace.words.text(BY_KEY[record.type].label)
        if acts.do(move, acts.workspace.words.text("Moved: {record}", record=label_of)):
            self.done.emit()
