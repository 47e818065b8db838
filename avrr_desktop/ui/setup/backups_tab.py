"""Backups: when the last one was made, where they lie, one now, and the rehearsal."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy

from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.store.backups import (
    Rehearsal,
    backup_folder,
    backup_state,
    backup_work,
    backups,
    choose_backup_folder,
    rehearsal_work,
)
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Work
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, Theme

if TYPE_CHECKING:
    from avrr_desktop.ui.setup.checks import Checks


def backup_text(workspace: Session) -> tuple[str, bool]:
    """Return (what the status line says of the last backup, whether that is bad news)."""
    words, state = workspace.words, backup_state(workspace)
    if state.faulty:
        return words.text(
            "The store is damaged: backups are made, but contain the same damage. See Setup, Backups"
        ), True
    if state.made_at is None:
        return words.text("No backup yet"), True
    days = (workspace.today - workspace.local(state.made_at).date()).days
    if days <= 0:
        return words.text("Backup {time}", time=words.time(workspace.local(state.made_at))), state.old
    return words.plural("Backup {count} day old", "Backup {count} days old", days, count=days), state.old


def state_faulty(workspace: Session) -> bool:
    """Return whether the newest backup was made of a store that is not sound."""
    return backup_state(workspace).faulty


class BackupsTab(Column):
    """A backup counts once it was opened again and compared; the newest are kept, and the last of each day, week and month."""

    made = Signal()

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs, checks: "Checks") -> None:
        from avrr_desktop.ui.setup.check_card import CheckCard  # the status line reads this module at the start

        super().__init__()
        self._acts, self._jobs = acts, jobs
        words = acts.workspace.words
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Folder for backups")
        )
        self.list = ItemList(theme, words.text("Backups"))
        self._state = label("")
        self._folder = label("", "muted")
        card = Card(words.text("Backups"))
        for text in (
            words.text(
                "Backups are made automatically when you close the program, and at every lock while the store is "
                "small. They are encrypted like the store."
            ),
            words.text("Keep one on a stick in another place: if a laptop is stolen, the backups on it are lost too."),
        ):
            card.body.addWidget(label(text, "muted"))
        card.body.addWidget(self._state)
        card.body.addWidget(self._folder)
        self.buttons = (
            button(words.text("Back up now"), self.back_up, name="primary"),
            button(words.text("Test restore", "button"), self.rehearse),
            button(words.text("One on a stick"), self.back_up_to),
            button(words.text("Other folder"), self.choose),
        )
        RowMenu(self.list, words, lambda: self.buttons)
        card.body.addLayout(row(*self.buttons, 1))
        self.buttons[-1].setHidden(bool(acts.workspace.policy.backup_folder))  # in its card by now, or it were a window
        hint = words.text("The test restores the newest backup to a temporary copy and compares everything in it. To restore " "one permanently, lock the window: the passphrase page offers it.")  # fmt: skip
        card.body.addWidget(label(hint, "hint"))
        self.check = CheckCard(acts, checks)
        self.body.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        for one in (card, self.check):
            one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self.body.addWidget(one)
        self.list.setMinimumHeight(theme.px(120))
        self.body.addWidget(self.list, 1)
        self.body.addStretch(0)

    def showEvent(self, event: object) -> None:
        """Look at the folder again."""
        self.show_backups()
        super().showEvent(event)  # type: ignore[arg-type]

    def show_backups(self) -> None:
        """Show what lies in the folder."""
        workspace = self._acts.workspace
        words = workspace.words
        said, old = backup_text(workspace)
        self._state.setText(said)
        self._state.setObjectName("problem" if old else "")
        self._state.style().polish(self._state)
        if state_faulty(workspace):
            self._state.setText(words.text(
                "The history of this store is damaged, or parts of it cannot be read. You can keep working, " "entries are saved, and backups are made and marked. Keep the good backups listed below, and show " "this to your IT."))  # fmt: skip
        self._folder.setText(words.text("Folder: {folder}", folder=backup_folder(workspace)))
        lines = []
        for one in backups(workspace):
            when = words.moment(workspace.local(datetime.fromisoformat(one.manifest.made_at))) if one.manifest else ""
            whole = one.whole
            if one.manifest is None:
                entries = words.text("cannot be read")
            elif not one.good:
                entries = words.text("of a damaged store")
            elif whole:
                count = one.manifest.entries
                entries = words.plural("{count} entry", "{count} entries", count, count=words.number(count))
            else:
                entries = words.text("files of cases are missing")
            title = words.text("Backup {sequence}", sequence=one.sequence)
            lines.append(Item(str(one.path), title, f"{when} · {entries}" if when else entries,
                              *(("done" if whole and one.good else "blocked",) * 2)))  # fmt: skip
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))

    def back_up(self) -> None:
        """Make one now, in the background."""
        workspace = self._acts.workspace
        nothing: Work | None = None
        work = self._acts.ask(lambda: backup_work(workspace), nothing)
        self._begin(workspace.words.text("Writing a backup and opening it again"), work, self._on_made)

    def back_up_to(self) -> None:
        """Make one more in another place, in the background; the folder of all others stays."""
        workspace, folder = self._acts.workspace, self.ask_folder()
        nothing: Work | None = None
        if folder:
            work = self._acts.ask(lambda: backup_work(workspace, Path(folder)), nothing)
            self._begin(workspace.words.text("Writing a backup and opening it again"), work, self._on_made)

    def rehearse(self) -> None:
        """Open the newest one on the side, in the background."""
        workspace = self._acts.workspace
        nothing: Work | None = None
        work = self._acts.ask(lambda: rehearsal_work(workspace), nothing)
        self._begin(workspace.words.text("Testing the newest backup"), work, self._on_rehearsed)

    def _begin(self, what: str, work: Work | None, done: Callable[[Any], None]) -> None:
        if work is not None:
            self._allow(False)  # one after the other: two would write the same backup
            self._jobs.run(what, work, done, self._on_failed)

    def _allow(self, again: bool) -> None:
        for one in self.buttons:
            one.setEnabled(again)

    def _on_made(self, _: object) -> None:
        self._allow(True)
        if self._acts.workspace.locked:
            return  # it counts all the same
        self._acts.said.emit(
            self._acts.workspace.words.text("The backup was written, opened again and compared."), False
        )
        self.made.emit()
        self.show_backups()

    def _on_rehearsed(self, found: Rehearsal) -> None:
        self._allow(True)
        workspace = self._acts.workspace
        if workspace.locked:
            return
        if found.sound:
            text = workspace.words.text(
                "Backup {sequence} opens, and everything in it is valid.", sequence=found.sequence
            )
            self._acts.said.emit(text, False)
            return
        text = workspace.words.text("Backup {sequence} is damaged.", sequence=found.sequence)
        self._acts.failed.emit(text, workspace.words.text("Make a new one now, and check the disk or stick."))

    def _on_failed(self, error: Exception) -> None:
        self._allow(True)
        locked = self._acts.workspace.locked
        self._acts.job_failed(error, tell=(lambda *_: None) if locked else None)
        if not locked:
            self.show_backups()

    def choose(self) -> None:
        """Choose another folder or a stick."""
        folder = self.ask_folder()
        if folder:
            self._acts.ask(lambda: choose_backup_folder(self._acts.workspace, Path(folder)), None)
            self.show_backups()
            self.made.emit()
