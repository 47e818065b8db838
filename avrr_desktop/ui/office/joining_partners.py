"""Two entries of one partner: the other one chosen, both laid side by side, and made one once somebody decided of every field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from avrr_desktop.operations.cases.join.partners import join_partners, likely_doubles_of_partners, partner_there
from avrr_desktop.operations.session.records import directory
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.editors.found_editors import PartnerEditor
from avrr_desktop.ui.forms.link_options import partner_option
from avrr_desktop.ui.widgets.controls import Button, Card, button, emptied, label, row
from avrr_desktop.ui.widgets.side_by_side import SideBySide, asked_whole
from avrr_desktop.ui.widgets.theme import GAP_SMALL, Theme


class JoiningPartners(Card):
    """Asks which other entry is the same partner, unless that is known; then shows both side by side."""

    done = Signal()

    def __init__(self, acts: Actions, theme: Theme, partner: str, other: str = "") -> None:
        super().__init__(acts.workspace.words.text("Two entries of one partner"))
        self._acts, self._theme, self._partner, self._other = acts, theme, partner, other
        self.table: SideBySide | None = None
        self._inside = QVBoxLayout()
        self._inside.setSpacing(GAP_SMALL)
        self.body.addLayout(self._inside)
        self.chosen = PartnerEditor(self._others(), acts.workspace.words)
        if other:
            self.lay(other)
        else:
            self._ask()

    def take_focus(self) -> None:
        """Put the cursor where the next thing is chosen."""
        self.table.take_focus() if self.table is not None else self.chosen.focus.setFocus()

    def _others(self) -> list[tuple[str, str]]:
        """Return the other written entries, those that may be this partner first."""
        workspace = self._acts.workspace
        alike = {one.uid for pair in likely_doubles_of_partners(workspace) for one in pair
                 if self._partner in (pair[0].uid, pair[1].uid)}  # fmt: skip
        there = [one for one in directory(workspace, "provider") if one.uid != self._partner]
        there.sort(key=lambda one: (one.uid not in alike, workspace.words.place(one.text("name"))))
        return [(one.uid, partner_option(workspace, one)) for one in there]

    def _ask(self) -> None:
        words = self._acts.workspace.words
        asked = words.text("Which entry is the same partner? Nothing is changed before you have seen both.")
        self.chosen.focus.setAccessibleName(words.text("Other entry"))
        self._inside.addWidget(label(asked, "muted"))
        self._inside.addWidget(self.chosen.widget)
        self.lay_button = button(words.text("Lay side by side"), self._lay_chosen, name="primary")
        self._inside.addLayout(row(self.lay_button, self._cancel(), 1))

    def _lay_chosen(self) -> None:
        if other := self.chosen.code():
            self.lay(other)
        else:
            self.chosen.focus.setFocus()

    def lay(self, other: str) -> None:
        """Show both entries side by side."""
        workspace = self._acts.workspace
        both = self._acts.ask(lambda: (partner_there(workspace, self._partner), partner_there(workspace, other)), None)
        if both is None:
            return
        emptied(self._inside)
        self._other, words = other, workspace.words
        titles = partner_option(workspace, both[0]), partner_option(workspace, both[1])
        self.table = SideBySide(workspace, *both, titles)
        said = words.text(
            "Both entries become one. Every case that names either of them names that one afterwards. The other name stays "
            "findable; a value that you do not keep is written in the remarks."
        )
        self._inside.addWidget(label(words.text("Choose what stays. Only what differs is shown."), "muted"))
        self._inside.addWidget(self.table)
        self._inside.addWidget(label(said, "hint"))
        self.join_button = button(words.text("Join", "button: make one of two"), self.join, name="primary")
        self._inside.addLayout(row(self.join_button, self._cancel(), 1))
        self.table.take_focus()

    def join(self) -> None:
        """Make one entry of both; a field of which nothing is chosen is asked for first."""
        acts, table, workspace = self._acts, self.table, self._acts.workspace
        if table is None or not asked_whole(acts, table):
            return
        what = workspace.words.text("Two entries of one partner joined")
        if acts.do(lambda: join_partners(workspace, self._partner, self._other, table.decided), what):
            self.done.emit()

    def _cancel(self) -> Button:
        return button(self._acts.workspace.words.text("Cancel", "button"), self.done.emit)
