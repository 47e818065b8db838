"""Brings a backup back as the store of this computer, before anything is unlocked."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from avrr_desktop.domain.policy import Policy
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import folder_for_backups, store_was_there
from avrr_desktop.operations.store.backups import Backup, backups_to_bring_back, is_of_store, restore_as_store
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.verbs import Verbs, in_one_line
from avrr_desktop.ui.widgets.controls import Card, Column, button, label
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.secret_line import SecretLine
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, Theme


class RestorePage(Column):
    """The backups that lie here or on a stick; the chosen one becomes the store, the one that was there is kept."""

    restored = Signal(object)  # folder of the store
    left = Signal()

    def __init__(self, words: Language, theme: Theme, jobs: Jobs, policy: Policy, folder: Path) -> None:
        super().__init__()
        self._words, self._jobs, self._policy, self._folder = words, jobs, policy, folder
        self._found: dict[str, Backup] = {}
        self._verbs = Verbs(words, self)
        self._verbs.failed.connect(in_one_line(lambda text: self.said.setText(text)))
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Folder or stick with backups")
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        column.addWidget(label(words.text("Restore a backup"), "title"))
        column.addWidget(label(words.text(
            "For a store that is damaged or lost. Anybody who can open the backup can restore it."), "muted"))  # fmt: skip
        kept = words.text("The store on this computer is kept unchanged as a copy. Entries that exist only in it can be " "recovered afterwards.")  # fmt: skip
        self.kept = label(kept, "muted")
        self.kept.hide()
        column.addWidget(self.kept)
        self.card = Card(words.text("Backups"))
        self.where = label("", "hint")
        self.list = ItemList(theme, words.text("Backups"))
        self.list.setMinimumHeight(theme.px(200))
        self.passphrase = SecretLine(words, words.text("Passphrase from that time, or a recovery code"))
        self.passphrase.returnPressed.connect(self.bring_back)
        self.said = label("", "problem")
        self.go = button(words.text("Restore this backup"), self.bring_back, name="primary")
        RowMenu(self.list, words, lambda: (self.look,))
        self.list.itemActivated.connect(lambda _: self.passphrase.setFocus())  # nothing is exchanged by reflex
        self.list.currentRowChanged.connect(lambda _: self._on_chosen())
        self.look = button(words.text("Look on a stick or in another folder"), self._on_look)
        self.back = button(words.text("Back", "button"), self.left.emit, name="quiet", shortcut="Esc")
        asked = label(words.text("Passphrase from that time, or a recovery code"), "muted")
        for widget in (self.where, self.list, asked, self.passphrase, self.passphrase.note, self.said):
            self.card.body.addWidget(widget)
        self.card.body.addLayout(WrappingRow(self.go, self.look, self.back))
        column.addWidget(self.card)
        self.done = Card(words.text("The backup is now the store of this computer."))
        self.about = label("")
        self.unlock = button(words.text("Unlock", "button"), lambda: self.restored.emit(self._folder), name="primary")
        self.done.body.addWidget(self.about)
        self.done.body.addLayout(WrappingRow(self.unlock))
        self.done.hide()
        column.addWidget(self.done)
        column.addStretch(1)
        self.centre(inner, theme.px(620))
        self.kept.setHidden(not store_was_there(folder))
        self.show_backups()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where somebody goes on."""
        super().showEvent(event)
        self._focus()

    def show_backups(self, looked_in: Path | None = None) -> None:
        """Show what lies in a folder; in the usual one where none is named."""
        words = self._words
        found = backups_to_bring_back(self._policy, looked_in)
        self._found = {str(one.path): one for one in found}
        self.list.show_lines([self._line(one) for one in found])
        self.list.setVisible(bool(found))
        if found:
            own = (number for number, one in enumerate(found) if is_of_store(one, self._folder) is not False)
            self.list.setCurrentRow(next(own, -1))
            self.where.setText(words.text("Folder: {folder}", folder=found[0].path.parent))
        else:
            self.where.setText(words.text(
                "There is no backup in {folder}. Plug the stick in and look there, or ask your IT.",
                folder=looked_in or folder_for_backups(self._policy, "")))  # fmt: skip
        self._on_chosen()
        self._focus()

    def _focus(self) -> None:
        (self.list if self.list.chosen() else self.look).setFocus()  # a list with the focus chooses its first line

    def _on_chosen(self) -> None:
        self.go.setEnabled(bool(self.list.chosen()))

    def _line(self, one: Backup) -> Item:
        words = self._words
        title = words.text("Backup {sequence}", sequence=one.sequence)
        if one.manifest is None:
            return Item(str(one.path), title, words.text("cannot be read"), "blocked", "blocked")
        when = words.moment(datetime.fromisoformat(one.manifest.made_at).astimezone())
        below = " · ".join(
            [
                when,
                words.plural(
                    "{count} entry", "{count} entries", one.manifest.entries, count=words.number(one.manifest.entries)
                ),
            ]
        )
        other = words.text("other store") if is_of_store(one, self._folder) is False else ""
        if not one.whole:
            return Item(str(one.path), title, below, "blocked", "blocked", words.text("files of cases are missing"))
        if not one.good:
            return Item(str(one.path), title, below, "blocked", "blocked", words.text("of a damaged store"))
        return Item(str(one.path), title, below, "done", "waiting" if other else "done", other)

    def _on_look(self) -> None:
        if folder := self.ask_folder():
            self.said.setText("")
            self.show_backups(Path(folder))

    def bring_back(self) -> None:
        """Put the chosen one where the store is, in the background."""
        chosen = self._found.get(self.list.chosen())
        if chosen is None or not self.card.isEnabled():
            return
        folder, passphrase = self._folder, self.passphrase.text()
        self.card.setEnabled(False)
        self.said.setText(self._words.text("Copying and comparing …"))
        self._jobs.run(
            self._words.text("Restoring a backup"),
            lambda _: restore_as_store(chosen.path, folder, passphrase),
            self.show_restored,
            self._on_failed,
        )

    def show_restored(self, aside: Path | None) -> None:
        """Say that the backup is the store now. ``aside``: where the store lies that was there before."""
        words = self._words
        self.passphrase.clear()
        text = words.text("It opens with the passphrase that was used when it was made.")
        if aside is not None:
            text += " " + words.text("The previous content is in {folder}. Nothing was overwritten.", folder=aside)
        self.about.setText(text)
        self.card.hide()
        self.kept.hide()
        self.done.show()
        self.unlock.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.card.setEnabled(True)
        self._verbs.job_failed(error)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
