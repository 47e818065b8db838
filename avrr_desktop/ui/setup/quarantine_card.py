"""What came from outside and was not taken in: shown with its reason, let in or thrown away."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from avrr_desktop.operations.exchange.quarantine import Waiting, let_in, throw_away, waiting
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import Theme


class QuarantineCard(Card):
    """One line for each entry that waits; nothing is seen of it while nothing waits."""

    def __init__(self, acts: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Quarantine"), parent)
        self._acts = acts
        self.body.addWidget(label(words.text(
            "This came from a journey or another copy and was not imported. A supervisor can admit it, or " "discard it permanently."), "muted"))  # fmt: skip
        self.list = ItemList(theme, words.text("Entries that wait"))
        self.list.currentRowChanged.connect(lambda _: self._chosen())
        self.body.addWidget(self.list)
        self.let_in = button(words.text("Admit this entry"), lambda: self._decide(let_in, self._name()))
        self.let_all_in = button(
            words.text("Admit all that can be admitted"), lambda: self._decide(let_in, self._all())
        )
        self.throw_away = button(words.text("Discard permanently"), lambda: self._decide(throw_away, self._name()))
        self.body.addLayout(WrappingRow(self.let_in, self.let_all_in, self.throw_away))
        RowMenu(self.list, words, lambda: (self.let_in, self.throw_away))
        self._waiting: tuple[Waiting, ...] = ()

    def read(self) -> None:
        """Show what waits; hide where nothing does, or where it is not for whoever is at work."""
        workspace = self._acts.workspace
        self._waiting = waiting(workspace) if may(workspace, Permission.MANAGE) else ()
        words = workspace.words
        self.list.show_lines([
            Item(one.name, one.what or words.text("From a newer version of the program"),
                 " · ".join(filter(None, (words.moment(workspace.local(one.when)) if one.when else "", one.who, one.why))),
                 "blocked")
            for one in self._waiting
        ], self.list.chosen())  # fmt: skip
        self.setVisible(bool(self._waiting))
        self._chosen()

    def _chosen(self) -> None:
        decides = may(self._acts.workspace, Permission.APPROVE)
        chosen = next((one for one in self._waiting if one.name == self.list.chosen()), None)
        self.let_in.setEnabled(decides and chosen is not None and chosen.can_come)
        self.throw_away.setEnabled(decides and chosen is not None)
        self.let_all_in.setEnabled(decides and bool(self._all()))

    def _name(self) -> list[str]:
        return [self.list.chosen()] if self.list.chosen() else []

    def _all(self) -> list[str]:
        return [one.name for one in self._waiting if one.can_come]

    def _decide(self, verb: Callable[[Session, Sequence[str]], int], names: list[str]) -> None:
        workspace = self._acts.workspace
        done = self._acts.ask(lambda: verb(workspace, names), 0)
        if done:
            words = workspace.words
            text = (
                words.plural("{count} entry was admitted.", "{count} entries were admitted.", done, count=done)
                if verb is let_in
                else words.plural("{count} entry was discarded.", "{count} entries were discarded.", done, count=done)
            )
            self._acts.said.emit(text, False)
            self._acts.read_again()
        self.read()
