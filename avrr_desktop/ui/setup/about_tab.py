"""About: which version, under which licences, where the store lies, whether the disk is encrypted, what IT decided."""

from PySide6.QtCore import Signal, qVersion
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit

from avrr_desktop.language import Language, Standing, languages, standings
from avrr_desktop.operations.computer import disk
from avrr_desktop.operations.computer.policy_file import policy_lines, problem_lines
from avrr_desktop.operations.program.about import licence_text, versions
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.setup.backups_tab import backup_text
from avrr_desktop.ui.setup.support_card import SupportCard
from avrr_desktop.ui.setup.update_card import UpdateCard
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row


def _standing_text(words: Language, name: str, stands: Standing) -> str:
    return words.text(
        "{language}: {texts} texts; by machine: {machine}; read by a speaker: {read}; confirmed by an office: {confirmed}; in English: {missing}",
        language=name, texts=words.number(stands.texts), machine=words.number(stands.machine), read=words.number(stands.read),
        confirmed=words.number(stands.confirmed), missing=words.number(stands.missing),
    )  # fmt: skip


class AboutTab(Column):
    """Reads again whenever it is shown; the disk is asked in the background, as some systems take seconds."""

    update_wanted = Signal(object)  # Staged

    def __init__(self, acts: Actions, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._jobs = acts, jobs
        workspace, words = acts.workspace, acts.workspace.words
        self._disk_known = False
        program = Card(words.text("About"))
        told = versions(workspace) | {"Qt": qVersion()}
        program.body.addWidget(label("AVRR Desktop " + told.pop("AVRR Desktop"), "heading"))
        program.body.addWidget(label(", ".join(f"{name} {version}" for name, version in told.items()), "muted"))
        program.body.addWidget(
            label(words.text("Everything stays on this computer, encrypted. Nothing is sent anywhere."))
        )
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setAccessibleName(words.text("Licences"))
        self.licences.setMinimumHeight(260)
        self.licences.hide()
        program.body.addLayout(row(button(words.text("Show the licences"), self._on_licences), 1))
        program.body.addWidget(self.licences)
        self.body.addWidget(program)
        self.body.addWidget(self._languages())
        place = Card(words.text("This store"))
        office = workspace.office
        if office is not None:
            place.body.addWidget(label(words.text("Office: {office}", office=office.text("name"))))
        place.body.addWidget(label(words.text("Store: {folder}", folder=str(workspace.store_folder))))
        self.backup = label("")
        place.body.addWidget(self.backup)
        self.disk = label("")
        place.body.addWidget(self.disk)
        self.body.addWidget(place)
        if lines := policy_lines(workspace.policy, words) + problem_lines(workspace.policy, words):
            policy = Card(words.text("Set by your IT"))
            for line in lines:
                policy.body.addWidget(label(line))
            self.body.addWidget(policy)
        self.update_card = UpdateCard(acts, jobs)
        self.update_card.wanted.connect(self.update_wanted)
        self.body.addWidget(self.update_card)
        self.body.addWidget(SupportCard(acts))
        self.body.addStretch(1)

    def _languages(self) -> Card:
        """Say of each language who stands for its texts: nobody is claimed to have read what nobody read."""
        words = self._acts.workspace.words
        card = Card(words.text("Languages", "page"))
        card.body.addWidget(label(words.text(
            "Translated by machine with the terms of laws and offices, unless it says otherwise here. Every correction by somebody who speaks the "
            "language helps: each language is one file, resources/locale, that translation programs open."), "hint"))  # fmt: skip
        named = dict(languages())
        for code, stands in standings().items():
            card.body.addWidget(label(_standing_text(words, named[code], stands)))
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """Say anew how old the backup is, and look at the disk once."""
        super().showEvent(event)
        workspace, words = self._acts.workspace, self._acts.workspace.words
        if not workspace.practice:
            self.backup.setText(backup_text(workspace)[0])
        self.backup.setHidden(workspace.practice)
        if not self._disk_known:
            self._disk_known = True
            folder = workspace.store_folder
            self._jobs.run(
                words.text("Checking the disk"),
                lambda _: disk.disk_encryption(folder),
                self._on_disk,
                self._acts.job_failed,
            )

    def _on_disk(self, answer: str) -> None:
        words = self._acts.workspace.words
        bad = answer != disk.YES
        self.disk.setText({
            disk.YES: words.text("The disk that contains the store is encrypted."),
            disk.NO: words.text(
                "The disk that contains the store is not encrypted: the system may write data from the screen to " "it. Ask your IT."),
            disk.UNKNOWN: words.text("The program cannot determine whether the disk is encrypted. Ask your IT to encrypt it."),
        }[answer])  # fmt: skip
        self.disk.setObjectName("problem" if bad else "")
        self.disk.style().polish(self.disk)

    def _on_licences(self) -> None:
        self.licences.setPlainText(licence_text())
        self.licences.setVisible(self.licences.isHidden())
