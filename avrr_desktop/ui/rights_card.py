"""The rights of the people of a case: their own data, left alone, erased."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.wording import person_name
from avrr_desktop.operations.closing import four_eyes
from avrr_desktop.operations.permission import Permission, may
from avrr_desktop.operations.rights import erase_case, erase_person, give_own_data, keep_still, work_again
from avrr_desktop.ui.acting import Acts
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.second_person import SecondPersonCard
from avrr_desktop.ui.widgets import Card, button, label, row


class RightsCard(Card):
    """Asked for seldom, so everything stands in words."""

    def __init__(self, acts: Acts, case_file: CaseFile, jobs: Jobs) -> None:
        super().__init__(acts.workspace.words.text("Rights of the people"))
        self._acts, self._case, self._jobs = acts, case_file, jobs
        words = acts.workspace.words
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Stick or folder")
        )
        self.person = QComboBox()
        self.person.setAccessibleName(words.text("Person"))
        for member in case_file.members:
            self.person.addItem(person_name(member.person), member.person.uid)
        self.body.addWidget(
            label(words.text("A person may ask what is held about them: on paper and for machines."), "muted")
        )
        self.body.addWidget(self.person)
        give = button(words.text("Give the person their data"), self.give)
        give.setEnabled(bool(case_file.members) and may(acts.workspace, Permission.HAND_OVER))
        self.body.addLayout(row(give, 1))
        if may(acts.workspace, Permission.APPROVE):
            self._add_decisions()

    def _add_decisions(self) -> None:
        words, case = self._acts.workspace.words, self._case.case
        self.reason = QLineEdit()
        self.reason.setAccessibleName(words.text("Reason or legal ground"))
        self.body.addWidget(label(words.text("Reason or legal ground"), "muted"))
        self.body.addWidget(self.reason)
        if since := case.text("kept_still_since"):
            said = words.text("Not to be worked on since {date}: {reason}", date=words.partial_date(since),
                              reason=case.text("kept_still_because"))  # fmt: skip
            self.body.addWidget(label(said))
            self.body.addLayout(row(button(words.text("Work on it again"), self.work_again), 1))
        else:
            self.body.addWidget(
                label(words.text("A person may ask that their case is kept but not worked on."), "hint")
            )
            self.body.addLayout(row(button(words.text("Leave this case alone"), self.keep_still), 1))
        self.body.addWidget(label(words.text(
            "Erasing takes everything away that was ever written, also out of the history. It cannot be undone. Backups made "
            "before keep it until they are replaced."), "hint"))  # fmt: skip
        self.body.addLayout(row(
            button(words.text("Erase the chosen person"), lambda: self.erase(whole=False)),
            button(words.text("Erase the whole case"), lambda: self.erase(whole=True)), 1))  # fmt: skip

    def give(self) -> None:
        """Write the person's data to a folder or stick."""
        member = next((member for member in self._case.members if member.person.uid == self.person.currentData()), None)
        folder = self.ask_folder() if member else ""
        if member is None or not folder:
            return
        workspace, chosen = self._acts.workspace, member
        paths = self._acts.ask(lambda: give_own_data(workspace, self._case, chosen, Path(folder)), None)
        if paths:
            self._acts.said.emit(workspace.words.text("Written and read back: {name}", name=paths[0].name), False)

    def keep_still(self) -> None:
        """Let the case rest."""
        workspace, reason = self._acts.workspace, self.reason.text()
        self._acts.do(lambda: keep_still(workspace, self._case, reason), workspace.words.text("Case left alone"))

    def work_again(self) -> None:
        """Lift it."""
        workspace = self._acts.workspace
        self._acts.do(lambda: work_again(workspace, self._case), workspace.words.text("Case worked on again"))

    def erase(self, *, whole: bool) -> None:
        """Erase, with a second person where two decide."""
        words = self._acts.workspace.words
        if not four_eyes(self._acts.workspace):
            self._erase(whole, "")
            return
        sentence = words.text("Erasing needs a second person: another supervisor types their passphrase.")
        self.second = SecondPersonCard(
            self._acts, self._jobs, sentence, lambda officer: self._erase(whole, officer), lambda: self.second.hide()
        )
        self.body.addWidget(self.second)

    def _erase(self, whole: bool, second: str) -> None:
        workspace, ground = self._acts.workspace, self.reason.text()
        member = next((member for member in self._case.members if member.person.uid == self.person.currentData()), None)

        def verb() -> Changes:
            if whole or member is None:
                return erase_case(workspace, self._case, ground, second)
            return erase_person(workspace, self._case, member, ground, second)

        self._acts.do(verb, "", quiet=True)
