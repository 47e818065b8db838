"""Chooses a service of the pack and the members whom it is for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.controls import Choice, button, check_box, label, row
from avrr_desktop.ui.widgets.theme import GAP_SMALL


class ServiceChooser(QWidget):
    """Says which steps the service brings along before it is added."""

    chosen = Signal(str, list)
    cancelled = Signal()

    def __init__(self, workspace: Session, case_file: CaseFile) -> None:
        super().__init__()
        self._workspace = workspace
        words = workspace.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(label(words.text("Add a service"), "heading"))
        self.box = Choice()
        self.box.setAccessibleName(words.text("Service"))
        self.box.let_narrow()
        for service in workspace.pack.services_for(case_file.case.text("programme")):
            self.box.addItem(words.text(service.title), service.key)
        self.box.currentIndexChanged.connect(lambda _: self._say_steps())
        column.addWidget(label(words.text("Service"), "muted"))
        column.addWidget(self.box)
        column.addWidget(label(words.text("For whom"), "muted"))
        self._people: dict[str, QCheckBox] = {}
        there = case_file.present(workspace.today)
        for member in there:
            check = check_box(person_shown(member.person, workspace.today, words))
            check.setChecked(len(there) == 1)
            self._people[member.person.uid] = check
            column.addWidget(check)
        self.problem = label("", "problem")
        column.addWidget(self.problem)
        self._steps = label("", "hint")
        column.addWidget(self._steps)
        add = button(words.text("Add", "button"), self._on_add, name="primary")
        column.addLayout(row(add, button(words.text("Cancel", "button"), self.cancelled.emit), 1))
        self._say_steps()

    def _say_steps(self) -> None:
        pack, words = self._workspace.pack, self._workspace.words
        service = pack.services.get(str(self.box.currentData()))
        if service is None:
            self._steps.setText(words.text("The programme of this case has no services."))
            return
        steps = ", ".join(words.text(pack.steps[key].title) for key in service.steps)
        note = words.text("Default, not confirmed by the programme.")
        self._steps.setText(words.text("Steps: {steps}", steps=steps) + " " + note)

    def choose(self, template: str, people: list[str]) -> None:
        """Set service and members, as a person would."""
        self.box.setCurrentIndex(self.box.findData(template))
        for uid, check in self._people.items():
            check.setChecked(uid in people)

    def _on_add(self) -> None:
        people = [uid for uid, check in self._people.items() if check.isChecked()]
        if not people and self._people:
            self.problem.setText(self._workspace.words.text("Select for whom it is."))
            return
        if self.box.currentData() is not None:
            self.chosen.emit(str(self.box.currentData()), people)
