"""The program's own update, from a file that IT signed: tried on the side first; the window closes only for the exchange."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from avrr_desktop.operations.computer.policy_file import read_policy
from avrr_desktop.operations.program.update import install
from avrr_desktop.operations.program.update.offer import read_offer, update_key
from avrr_desktop.operations.program.update.staging import Staged, stage
from avrr_desktop.operations.session.session import today_of
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, button, label, row


class UpdateCard(Card):
    """Offers the choice where the program may replace itself; else says who updates it."""

    wanted = Signal(object)  # Staged

    def __init__(self, acts: Actions, jobs: Jobs) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Update"))
        self._acts, self._jobs = acts, jobs
        self.ask_file: Callable[[], str] = lambda: QFileDialog.getOpenFileName(
            self, words.text("Update"), "", words.text("Updates") + " (*.update.json)"
        )[0]
        self.said = label("", "muted")
        self.choose = button(words.text("Update from a file"), self.look)
        self.go = button(words.text("Close and update"), self._on_go, name="primary")
        self.leave = button(words.text("Not now"), self.drop, name="quiet")
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.choose, self.go, self.leave, 1))
        self._begin()
        self.choose.setVisible(acts.run(install.own_program, tell=lambda title, _: self.said.setText(title)))
        if acts.staged is not None:  # the window was drawn anew
            self._offer(acts.staged)

    def _begin(self) -> None:
        self.said.setText(self._acts.workspace.words.text(
            "Your IT gives you two files and a signature, on a stick. The update is checked and tested before " "anything is changed."
        ))  # fmt: skip
        self.choose.show()
        for widget in (self.go, self.leave):
            widget.hide()

    def look(self) -> None:
        """Choose a file; check, unpack and try it in the background."""
        name, workspace = self.ask_file(), self._acts.workspace
        if not name:
            return
        key = self._acts.ask(lambda: update_key(read_policy()), "")  # of the computer: practice has no policy
        today = today_of()

        def work(progress: Progress) -> Staged:
            program = install.own_program()
            install.refuse_while_running()
            return stage(read_offer(Path(name), key, today), program, progress)

        self.choose.setEnabled(False)
        self._jobs.run(workspace.words.text("Testing the update"), work, self._on_staged, self._on_failed)

    def _on_staged(self, staged: Staged) -> None:
        if self._acts.workspace.locked:
            staged.discard()
            return
        self._acts.staged = staged
        self._offer(staged)

    def _offer(self, staged: Staged) -> None:
        self.choose.setEnabled(True)
        self.choose.hide()
        self.said.setText(self._acts.workspace.words.text(
            "Version {version} works on this computer. The window closes, a backup is made, and the new " "version opens. The current version is kept: if something is wrong, your IT can restore it.", version=staged.release.version,
        ))  # fmt: skip
        for widget in (self.go, self.leave):
            widget.show()
        self.go.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.choose.setEnabled(True)
        self._acts.job_failed(error)

    def _on_go(self) -> None:
        if self._acts.staged is not None:
            self.wanted.emit(self._acts.staged)

    def drop(self) -> None:
        """Take the new version away again."""
        if self._acts.staged is not None:
            self._acts.staged.discard()
            self._acts.staged = None
        self._begin()
