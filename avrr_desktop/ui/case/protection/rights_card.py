"""The rights of the people of a case: their own data, not to be worked on, erased; and what is still to be looked through."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QScrollArea

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import bring_member_back, taken_out
from avrr_desktop.operations.protection.data_subject import lift_restriction, restrict_processing
from avrr_desktop.operations.protection.erasing import looked_through, to_look_through
from avrr_desktop.operations.protection.erasing_text import leftover_line
from avrr_desktop.operations.protection.leftovers import Leftover
from avrr_desktop.operations.protection.own_data import give_own_data
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.protection.erasing_card import ErasingCard
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.controls import Card, Choice, button, label, row
from avrr_desktop.ui.widgets.responsive import WrappingRow


class RightsCard(Card):
    """Asked for seldom, so everything stands in words."""

    wanted = Signal(str, str)  # record type, record: what somebody wants to look at

    def __init__(self, acts: Actions, case_file: CaseFile, jobs: Jobs) -> None:
        super().__init__(acts.workspace.words.text("Rights of the person"))
        self._acts, self._case, self._jobs = acts, case_file, jobs
        words = acts.workspace.words
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Stick or folder")
        )
        self.erasing: ErasingCard | None = None
        self.person = Choice()
        self.person.let_narrow()
        self.person.setAccessibleName(words.text("Person"))
        for member in case_file.members:
            self.person.addItem(person_shown(member.person, acts.workspace.today, words), member.person.uid)
        self.body.addWidget(
            label(words.text("A person may ask for the data held about them: on paper and as a data file."), "muted")
        )
        self.body.addWidget(self.person)
        give = button(words.text("Give the person their data"), self.give)
        give.setEnabled(bool(case_file.members) and may(acts.workspace, Permission.HAND_OVER))
        self.body.addLayout(row(give, 1))
        self._out = taken_out(acts.workspace, case_file)
        if may(acts.workspace, Permission.APPROVE):
            self._add_decisions()
        if self._out:
            self._add_taken_out(self._out)
        if may(acts.workspace, Permission.APPROVE):
            self._add_looking_through()

    def _add_decisions(self) -> None:
        words, case = self._acts.workspace.words, self._case.case
        self.reason = QLineEdit()
        self.reason.setAccessibleName(words.text("Reason or legal ground"))
        self.body.addWidget(label(words.text("Reason or legal ground"), "muted"))
        self.body.addWidget(self.reason)
        if since := case.text("kept_still_since"):
            said = words.text("Processing restricted since {date}: {reason}", date=words.partial_date(since),
                              reason=case.text("kept_still_because"))  # fmt: skip
            self.body.addWidget(label(said))
            self.body.addLayout(row(button(words.text("Lift the restriction"), self.work_again), 1))
        else:
            self.body.addWidget(label(words.text("A person may ask for their data to be kept but not used."), "hint"))
            self.body.addLayout(row(button(words.text("Restrict processing"), self.keep_still), 1))
        self.body.addWidget(label(words.text(
            "Erasure removes everything that was ever written about a person, in every case and in the " "history. First you see what will be erased, and what only you can find. It cannot be undone."), "hint"))  # fmt: skip
        self.erase_person_button = button(words.text("Erase the chosen person …"), lambda: self.erase(whole=False))
        self.erase_person_button.setEnabled(bool(self._case.members))
        self.body.addLayout(
            WrappingRow(
                self.erase_person_button,
                button(words.text("Erase the whole case …"), lambda: self.erase(whole=True)),
            )
        )

    def _add_taken_out(self, people: tuple[Record, ...]) -> None:
        """Offer what can be done for whoever was taken out of the case and is in no other."""
        words = self._acts.workspace.words
        self.out = Choice()
        self.out.let_narrow()
        self.out.setAccessibleName(words.text("Removed from this case, and in no other"))
        for person in people:
            self.out.addItem(person_shown(person, self._acts.workspace.today, words), person.uid)
        self.body.addWidget(label(words.text("Removed from this case, and in no other"), "muted"))
        self.body.addWidget(self.out)
        back = button(words.text("Return to the case"), self.bring_back)
        back.setEnabled(may(self._acts.workspace, Permission.RECORD))
        gone = button(words.text("Erase this person …"), lambda: self._begin(str(self.out.currentData() or "")))
        gone.setEnabled(may(self._acts.workspace, Permission.APPROVE))
        self.body.addLayout(WrappingRow(back, gone))

    def _add_looking_through(self) -> None:
        """List what is still to be looked through since somebody was erased."""
        workspace, words = self._acts.workspace, self._acts.workspace.words
        found = to_look_through(workspace, self._case.case.uid)
        if not found:
            return
        self.body.addWidget(label(words.text("To be reviewed after an erasure"), "muted"))
        for leftover in found:
            self.body.addWidget(label(leftover_line(workspace, leftover)[0]))
            look = button(
                words.text("Open", "button"),
                partial(self.wanted.emit, leftover.record_type, leftover.record),
                name="quiet",
            )
            done = button(words.text("Reviewed", "button"), partial(self.looked_through, leftover), name="quiet")
            self.body.addLayout(WrappingRow(look, done))

    def looked_through(self, leftover: Leftover) -> None:
        """Take a record off the list."""
        self._acts.ask(lambda: looked_through(self._acts.workspace, leftover), None)
        self._acts.read_again()

    def give(self) -> None:
        """Write the person's data to a folder or stick."""
        member = next((member for member in self._case.members if member.person.uid == self.person.currentData()), None)
        folder = self.ask_folder() if member else ""
        if member is None or not folder:
            return
        workspace, chosen = self._acts.workspace, member
        paths = self._acts.ask(lambda: give_own_data(workspace, self._case, chosen, Path(folder)), None)
        if paths:
            self._acts.said.emit(workspace.words.text("Written and checked: {name}", name=paths[0].name), False)

    def keep_still(self) -> None:
        """Let the case rest."""
        workspace, reason = self._acts.workspace, self.reason.text()
        self._acts.do(
            lambda: restrict_processing(workspace, self._case, reason), workspace.words.text("Processing restricted")
        )

    def work_again(self) -> None:
        """Lift it."""
        workspace = self._acts.workspace
        self._acts.do(lambda: lift_restriction(workspace, self._case), workspace.words.text("Restriction lifted"))

    def bring_back(self) -> None:
        """Put whoever is chosen among those taken out back into the case."""
        workspace, person = self._acts.workspace, str(self.out.currentData() or "")
        if person:
            self._acts.do(
                lambda: bring_member_back(workspace, self._case, person),
                workspace.words.text("Person returned to the case"),
            )

    def erase(self, *, whole: bool) -> None:
        """Show what would go; nothing where a person is to be erased and nobody is chosen."""
        if whole:
            self._begin("", whole=True)
        else:
            self._begin(str(self.person.currentData() or ""))

    def _begin(self, person: str, *, whole: bool = False) -> None:
        words, ground = self._acts.workspace.words, self.reason.text().strip()
        if not person and not whole:
            return
        if not ground:
            self._acts.failed.emit(
                words.text("Give the legal ground. Only this line will remain."), words.text("Nothing was erased.")
            )
            self.reason.setFocus()
            return
        self._end()
        self.erasing = ErasingCard(self._acts, self._jobs, self._case.case.uid, person, ground)
        self.erasing.ended.connect(self._end)
        self.erasing.found.connect(self._bring_into_sight)
        self.body.addWidget(self.erasing)
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """Scroll to what would be erased, once it has its place: it stands at the very end of a long card."""
        QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        column = self.parentWidget()
        while column is not None and not isinstance(column, QScrollArea):
            column = column.parentWidget()
        inner = column.widget() if column is not None else None
        if column is not None and inner is not None and self.erasing is not None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            column.verticalScrollBar().setValue(self.erasing.mapTo(inner, QPoint(0, 0)).y())

    def _end(self) -> None:
        if self.erasing is not None:
            self.erasing.hide()
            self.erasing.deleteLater()
            self.erasing = None
