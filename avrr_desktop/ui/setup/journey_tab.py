"""A journey: take chosen cases along, bring back what changed; and rescue work out of a store that was moved aside."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.exchange.journey import TakenIn, may_travel, merge_journey, take_along, take_in
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.setup.quarantine_card import QuarantineCard
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, Theme

LIST_HEIGHT = 150  # pixels at 100 %: three lines are seen in the smallest window


class JourneyTab(QWidget):
    """Running cases with a tick each, and what can be done with them."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        words = acts.workspace.words
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Stick or folder"), str(acts.workspace.store_folder.parent)
        )
        self.list = ItemList(theme, words.text("Cases"))
        self.list.itemActivated.connect(lambda _: self._on_ticked())
        self.list.itemClicked.connect(lambda _: self._on_ticked())
        self.travellers = ItemList(theme, words.text("Who travels"))
        self.travellers.itemActivated.connect(lambda _: self._on_traveller())
        self.travellers.itemClicked.connect(lambda _: self._on_traveller())
        RowMenu(self.list, words, opens=(words.text("Take along, or not"), lambda _: self._on_ticked()))
        RowMenu(self.travellers, words, opens=(words.text("Travels, or not"), lambda _: self._on_traveller()))
        self._chosen: set[str] = set()
        self._going = {acts.workspace.actor}
        card, back = Card(words.text("Take cases along")), Card(words.text("Back in the office"))
        card.body.addWidget(label(words.text(
            "Only the selected cases are taken along, in a separate store with its own keys: whoever finds it " "cannot open this store. Leave this computer’s store in the office, or let your IT move its key " "files to a stick: then nobody can open it during the journey."), "muted"))  # fmt: skip
        card.body.addWidget(self.list, 2)
        self._who = label(words.text("It opens with the current passphrases of those who travel."), "muted")
        card.body.addWidget(self._who)
        card.body.addWidget(self.travellers, 1)
        self.take_button = button(words.text("Take the selected cases"), self.take, name="primary")
        card.body.addLayout(row(self.take_button, 1))
        back.body.addWidget(label(words.text(
            "Entries made on the journey are added here, each of them once. Where two people wrote different " "things, both are kept."), "muted"))  # fmt: skip
        back.body.addLayout(WrappingRow(
            button(words.text("Return from a journey"), self.bring_back),
            button(words.text("Recover entries from an older copy of the store"), self.rescue)))  # fmt: skip
        for one in (card, back):
            one.setEnabled(may(acts.workspace, Permission.MANAGE))
        self.quarantine = QuarantineCard(acts, theme)
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.travellers.setMinimumHeight(theme.px(LIST_HEIGHT) // 2)
        self.quarantine.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        column = Column()
        column.body.addWidget(card, 1)
        column.body.addWidget(back)
        column.body.addWidget(self.quarantine, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.addWidget(column)

    def showEvent(self, event: object) -> None:
        """Read the running cases again."""
        self.read()
        super().showEvent(event)  # type: ignore[arg-type]

    def read(self) -> None:
        """Show the running cases with their ticks."""
        words = self._acts.workspace.words
        running = all_cases(self._acts.workspace, CaseFilter(status="running"))
        self._chosen &= {line.uid for line in running}
        self.list.show_lines([
            Item(line.uid, f"{line.called}", line.number, "done" if line.uid in self._chosen else "cases",
                 "done" if line.uid in self._chosen else "", words.text("is taken along") if line.uid in self._chosen else "")
            for line in running
        ], self.list.chosen())  # fmt: skip
        officers = may_travel(self._acts.workspace)
        self._going &= {officer.uid for officer in officers}
        self.travellers.show_lines([
            Item(officer.uid, officer.text("name"), "", "done" if officer.uid in self._going else "person",
                 "done" if officer.uid in self._going else "", words.text("travels") if officer.uid in self._going else "")
            for officer in officers
        ], self.travellers.chosen())  # fmt: skip
        for one in (self._who, self.travellers):
            one.setVisible(bool(officers))
        self.take_button.setEnabled(bool(self._chosen) and (bool(self._going) or not officers))
        self.quarantine.read()

    def _on_traveller(self) -> None:
        if self.travellers.chosen():
            self._going ^= {self.travellers.chosen()}
            self.read()
            self.travellers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ticked(self) -> None:
        if not self.list.chosen():
            return
        self._chosen ^= {self.list.chosen()}
        self.read()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Make the store of the journey."""
        folder = self.ask_folder()
        if not folder:
            return
        workspace, chosen = self._acts.workspace, frozenset(self._chosen)
        going = frozenset(self._going)
        made = self._acts.ask(lambda: take_along(workspace, chosen, Path(folder), going), None)
        if made is not None:
            self._acts.said.emit(workspace.words.text("The journey store is ready: {name}", name=made.name), False)

    def bring_back(self) -> None:
        """Take in what a journey holds; its store goes."""
        self._take(merge_journey)

    def rescue(self) -> None:
        """Take in what a store holds that was moved aside; it stays."""
        self._take(take_in)

    def _take(self, verb: Callable[..., TakenIn]) -> None:
        folder = self.ask_folder()
        if not folder:
            return
        workspace = self._acts.workspace
        nothing: TakenIn | None = None
        taken = self._acts.ask(lambda: verb(workspace, Path(folder)), nothing)
        if taken is not None:
            words = workspace.words
            added = words.text(
                "Added: {entries}; cases: {cases}. Documents in its outbox are not copied: print them again.",
                entries=words.plural("{count} entry", "{count} entries", taken.entries, count=taken.entries),
                cases=taken.cases,
            )  # fmt: skip
            self._acts.said.emit(" ".join(filter(None, (added, taken.told(words)))), False)
            self._acts.read_again()
            self.quarantine.read()
