"""Referrals of all cases in one list: whose they are, what they wait for; Return opens one where it is worked on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.wording import due_text
from avrr_desktop.operations.referrals.views import SHOWN, ReferralLine, ReferralView, referrals_of_all
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Choice, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import joined, value
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP_SMALL, Theme

_TITLES = {
    ReferralView.MINE: N_("In my cases"),
    ReferralView.FROM_OTHERS: N_("In my cases, recorded by others"),
    ReferralView.TEAM: N_("Of the whole team"),
    ReferralView.UNANSWERED: N_("Without an answer"),
}
_EMPTY = {
    ReferralView.MINE: N_("No referral is running in your cases."),
    ReferralView.FROM_OTHERS: N_("No colleague recorded a referral in your cases that is still running."),
    ReferralView.TEAM: N_("No referral is running."),
    ReferralView.UNANSWERED: N_("Every referral that was sent has its answer."),
}


class ReferralsView(QWidget):
    """Reads again whenever it is shown; the view chosen stays while the store is open."""

    wanted = Signal(str, str, str)  # case, record type, record

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        words = acts.workspace.words
        self.lines: tuple[ReferralLine, ...] = ()
        self.view = Choice()
        self.view.setAccessibleName(words.text("Which referrals"))
        for one, title in _TITLES.items():
            self.view.addItem(words.text(title), one.value)
        self.view.currentIndexChanged.connect(lambda _: self.read())
        self.said = label("", "muted")
        self.list = ItemList(theme, words.text("Referrals"))
        self.list.itemActivated.connect(lambda _: self.open_chosen())
        RowMenu(self.list, words, opens=(words.text("Open this referral"), lambda _: self.open_chosen()))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_SMALL)
        whole.addLayout(row(self.view, 1))
        whole.addWidget(self.said)
        whole.addWidget(self.list, 1)
        whole.addStretch(0)

    def read(self) -> None:
        """Read the chosen view."""
        words, view = self._acts.workspace.words, ReferralView(str(self.view.currentData()))
        none: tuple[ReferralLine, ...] = ()
        self.lines = self._acts.ask(lambda: referrals_of_all(self._acts.workspace, view), none)
        count = len(self.lines)
        many = words.text("The first {count} are shown.", count=count) if count == SHOWN else ""
        said = (
            words.plural("{count} referral", "{count} referrals", count, count=count)
            if count
            else words.text(_EMPTY[view])
        )
        self.said.setText(joined(said, many))
        self.list.show_lines([self._item(one) for one in self.lines], self.list.chosen())
        self.list.setVisible(bool(count))

    def _item(self, one: ReferralLine) -> Item:
        workspace = self._acts.workspace
        words, referral = workspace.words, one.referral
        title = joined(one.provider or words.text("No partner yet"), value(workspace, referral, "category"))
        below = joined(referral.text("number") or one.number, one.called, value(workspace, referral, "state"))
        due = referral.text("answer_expected_on")
        return Item(referral.uid, title, below, "referral", "", due_text(due, workspace.today, words) if due else "")

    def open_chosen(self) -> None:
        """Open the chosen referral in its case."""
        chosen = self.list.chosen()
        for one in self.lines:
            if one.referral.uid == chosen:
                self.wanted.emit(one.case, "referral", chosen)
