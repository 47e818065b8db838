"""The recovery code: shown once, printed, asked back; before that it opens nothing."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from avrr_desktop.operations.access.recovery import (
    ASKED,
    check_new_code,
    has_recovery_code,
    keeping_recovery_code,
    new_recovery_code,
    recovery_sheet_pdf,
    trust_recovery_code,
    wrong_groups,
)
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, button, emptied, label, row
from avrr_desktop.ui.widgets.pdf_view import ask_and_print
from avrr_desktop.ui.widgets.secret_line import secret_line


class RecoveryCard(Card):
    """Three small steps, one after the other."""

    kept = Signal()

    def __init__(self, acts: Actions, jobs: Jobs, *, may_cancel: bool = True) -> None:
        super().__init__()
        self._acts, self._jobs, self._may_cancel = acts, jobs, may_cancel
        self.code = ""
        self.begin()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        self.body.addWidget(label(name, "muted"))
        self.body.addWidget(line)
        return line

    def begin(self) -> None:
        """Return whether there is a code, and offer a new one."""
        words = self._acts.workspace.words
        self.code = ""
        emptied(self.body)
        self.body.addWidget(label(words.text("Recovery code").upper(), "section"))
        there = has_recovery_code(self._acts.workspace)
        said = (
            words.text("A recovery code opens this store. Once you keep a new one, the old sheet is invalid.")
            if there else words.text("There is no recovery code yet: if the passphrase is forgotten, every case is lost.")
        )  # fmt: skip
        self.body.addWidget(label(said, "" if there else "problem"))
        if may(self._acts.workspace, Permission.MANAGE):
            self.body.addLayout(row(button(words.text("Create a recovery code"), self.show_code), 1))

    def show_code(self) -> None:
        """Show a code, and ask for two groups of it."""
        words = self._acts.workspace.words
        if not self._acts.run(lambda: check_new_code(self._acts.workspace)):
            return
        self.code = new_recovery_code()
        emptied(self.body)
        self.body.addWidget(label(words.text("Recovery code").upper(), "section"))
        groups = [f"{number} {group}" for number, group in enumerate(self.code.split("-"), 1)]
        half = -(-len(groups) // 2)
        shown = label("\n".join("     ".join(part) for part in (groups[:half], groups[half:])), "code")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.body.addWidget(shown)
        self.body.addWidget(label(words.text(
            "Print it, or write it down, and lock it away. It is shown only now, and opens the store once you " "have typed two groups of it. Until then the previous sheet opens the store; afterwards it no " "longer works."), "muted"))  # fmt: skip
        self.body.addLayout(row(button(words.text("Print on paper"), self.print_code), 1))
        self.groups = [self._line(words.text("Group {number}", number=number)) for number in ASKED]
        lines: list[QLineEdit] = [*self.groups]
        self.passphrase: QLineEdit | None = None
        if not self._acts.workspace.just_made:  # else it was typed twice a moment ago
            self.passphrase = secret_line(self.body, words, words.text("Your passphrase"))
            lines.append(self.passphrase)
        for line, following in pairwise(lines):
            line.returnPressed.connect(following.setFocus)
        lines[-1].returnPressed.connect(self.keep)
        self.problem = label("", "problem")
        self.body.addWidget(self.problem)
        self.keep_button = button(words.text("Keep this code"), self.keep, name="primary")
        self.body.addLayout(row(self.keep_button, 1))
        if self._may_cancel:
            self.body.addLayout(row(button(words.text("Cancel and discard this code"), self.begin, name="quiet"), 1))
        self.groups[0].setFocus()

    def print_code(self) -> None:
        """Send the sheet to a printer; nothing is written to a file by us."""
        content = self._acts.ask(lambda: recovery_sheet_pdf(self._acts.workspace, self.code), b"")
        if content:
            ask_and_print(content, self)

    def keep(self) -> None:
        """Let the code open the store, in the background."""
        words = self._acts.workspace.words
        code, typed = self.code, tuple(line.text() for line in self.groups)
        passphrase = self.passphrase.text() if self.passphrase is not None else ""
        keeping = keeping_recovery_code(self._acts.workspace, passphrase, code, typed)
        self.problem.setText("")
        self.keep_button.setEnabled(False)

        def work(progress: Progress) -> str:
            return keeping()

        def done(public: str) -> None:
            if not self._acts.run(lambda: trust_recovery_code(self._acts.workspace, public), tell=refused):
                return
            self._acts.said.emit(words.text("From now on, the recovery code opens the store."), False)
            self.begin()
            self.kept.emit()

        def failed(error: Exception) -> None:
            self.keep_button.setEnabled(True)
            self._acts.job_failed(error, tell=refused)

        def refused(title: str, hint: str) -> None:
            self.keep_button.setEnabled(True)
            self.problem.setText(" ".join(filter(None, (title, hint))))
            wrong = wrong_groups(code, typed)
            (self.groups[ASKED.index(wrong[0])] if wrong else self.passphrase or self.groups[0]).setFocus()

        def left(_: bool) -> str:
            return words.text(
                "The new recovery code was not kept: the store was locked first. Destroy its sheet; the previous "
                "code still opens the store."
            )

        self._jobs.run(words.text("Keeping the code"), work, done, failed, left)
