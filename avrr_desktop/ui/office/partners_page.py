"""The directory of partners and offices: found by what they do and where, with what warns of them, and made one where two are."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.domain.partners.area import served
from avrr_desktop.domain.partners.offices import is_unwritten
from avrr_desktop.domain.partners.standing import CHECK_MONTHS, check_due, is_check_due, partner_warnings
from avrr_desktop.domain.people.partner_search import is_meant
from avrr_desktop.domain.places.placed import place_of
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.wording import country_name, due_text
from avrr_desktop.operations.cases.join.partners import likely_doubles_of_partners
from avrr_desktop.operations.referrals.directory import partners, write_office
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import NewRecord, edit_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.office.directory_page import DirectoryPage
from avrr_desktop.ui.office.joining_partners import JoiningPartners
from avrr_desktop.ui.office.referrals_view import ReferralsView
from avrr_desktop.ui.widgets.controls import button, emptied, label, row
from avrr_desktop.ui.widgets.item_list import Item
from avrr_desktop.ui.widgets.record_items import joined, value
from avrr_desktop.ui.widgets.theme import GAP_TINY, Theme

_SAID = ("categories", "languages", "type", "role")  # the lists of an entry by which it is found


class PartnersPage(DirectoryPage):
    """Own entries by name, behind them the offices that the country packs name and that nobody has used yet."""

    wanted = Signal(str, str, str)  # case, record type, record

    def __init__(self, acts: Actions, theme: Theme) -> None:
        words = acts.workspace.words
        self._pairs: tuple[tuple[Record, Record], ...] = ()
        self.doubles = button("", self._compare_first, name="quiet")
        self.joining: JoiningPartners | None = None
        self.told: QVBoxLayout | None = None  # what is said of the chosen entry, above its form
        self.to_referrals = button(
            words.text("Referrals of all cases"), self.show_referrals, name="quiet", shortcut="Ctrl+Shift+R"
        )
        self.referrals = ReferralsView(acts, theme)
        self._stack = QStackedWidget()
        super().__init__(acts, theme, "provider", words.text(
            "Offices, partners and missions. What you enter here can be selected in services, steps and " "referrals."
        ))  # fmt: skip
        self.referrals.wanted.connect(self.wanted)
        self.text.setPlaceholderText(words.text("Name, place, help, language, phone"))

    def beside(self, split: QWidget) -> QWidget:
        """Return the directory, and behind it the referrals of all cases."""
        self._stack.addWidget(split)
        self._stack.addWidget(self._all_referrals())
        return self._stack

    def _all_referrals(self) -> QWidget:
        words, holder = self._acts.workspace.words, QWidget()
        back = button(words.text("Back to the directory"), self.show_directory, name="quiet", shortcut="Escape")
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row(back, 1))
        whole.addWidget(self.referrals, 1)
        return holder

    def show_referrals(self) -> None:
        """Show the referrals of all cases in the place of the directory."""
        self.leave()
        self.text.hide()
        self._stack.setCurrentIndex(1)
        self.referrals.read()
        self.referrals.list.choose_first()
        self.referrals.view.setFocus()

    def show_directory(self) -> None:
        """Show the directory again."""
        self.text.show()
        self._stack.setCurrentIndex(0)
        self.list.setFocus()

    def more_buttons(self) -> Sequence[QWidget]:
        """Return the button that lays entries side by side that may be one partner, and the one to all referrals."""
        return (self.doubles, self.to_referrals)

    def show_partner(self, partner: str) -> None:
        """Choose an entry, whatever is being looked for."""
        self.show_directory()
        self.text.clear()
        self.list.choose(partner)

    def show_records(self, started_by: str = "") -> None:
        """Show the entries that are looked for; see ``DirectoryPage``."""
        if self._stack.currentIndex():
            self.referrals.read()
        workspace = self._acts.workspace
        none: tuple[tuple[Record, Record], ...] = ()
        self._pairs = self._acts.ask(lambda: likely_doubles_of_partners(workspace), none)
        count = len(self._pairs)
        self.doubles.setText(
            workspace.words.plural("{count} possible duplicate", "{count} possible duplicates", count, count=count)
        )
        self.doubles.setVisible(bool(count) and may(workspace, Permission.RECORD))
        super().show_records(started_by)
        now = next((one for one in self._records() if self.form is not None and one.uid == self.form.record.uid), None)
        if now is not None and self.told is not None:
            self._tell(now, self.told)

    def _records(self) -> list[Record]:
        workspace = self._acts.workspace
        none: tuple[Record, ...] = ()
        found = self._acts.ask(lambda: partners(workspace), none)
        return sorted(found, key=lambda one: (is_unwritten(one), workspace.words.place(one.text("name"))))

    def _is_meant(self, record: Record, typed: str) -> bool:
        workspace = self._acts.workspace
        area = (one.place for one in served(record, workspace.pack.places))
        there = [place_of(record, "place", workspace.pack.places), *area]
        names = (name for place in there if place for name in place.all_names())
        said = " ".join((*(value(workspace, record, key) for key in _SAID), *names))
        return is_meant(record, typed, said)

    def _line(self, record: Record) -> Item:
        workspace = self._acts.workspace
        words = workspace.words
        place = joined(value(workspace, record, "place"), country_name(record.text("country"), words))
        below = joined(place, value(workspace, record, "categories"))
        if is_unwritten(record):
            return Item(record.uid, record.text("name"), words.text("From the country pack, not checked"), "info")
        months = workspace.pack.setting(CHECK_MONTHS)
        if partner_warnings(record, workspace.today, words):
            return Item(
                record.uid,
                record.text("name"),
                below,
                "overdue",
                "overdue",
                words.text("ended", "about an agreement or programme"),
            )
        if is_check_due(record, months, workspace.today):
            return Item(
                record.uid,
                record.text("name"),
                below,
                "waiting",
                "waiting",
                words.text("check", "an entry of the directory"),
            )
        return Item(record.uid, record.text("name"), below, "map_pin")

    def _made_form(self, record: Record, *, new: bool) -> Form:
        workspace = self._acts.workspace
        if not is_unwritten(record):
            return super()._made_form(record, new=new)
        office = next((one for one in partners(workspace) if one.uid == record.uid), record)

        def create(values: Mapping[str, Value], draft: str) -> NewRecord:
            return write_office(workspace, record.uid, values, draft)

        return Form(
            self._acts, Record(record.type, record.uid, {}), "", links_of(workspace, None), new=True,
            defaults=dict(office.values), create=create,
        )  # fmt: skip

    def _form_buttons(self, record: Record, *, new: bool) -> Sequence[QWidget]:
        workspace = self._acts.workspace
        words = workspace.words
        if new or is_unwritten(record) or not may(workspace, Permission.RECORD):
            return ()
        checked = button(words.text("Checked today"), partial(self.check_today, record.uid), name="quiet")
        join = button(words.text("Join with another entry"), partial(self.show_joining, record.uid), name="quiet")
        return checked, join

    def _above(self, record: Record, *, new: bool) -> Sequence[QWidget]:
        holder = QWidget()
        self.told = QVBoxLayout(holder)
        self.told.setContentsMargins(0, 0, 0, 0)
        self.told.setSpacing(GAP_TINY)
        self._tell(record, self.told)
        return (holder,)

    def _tell(self, record: Record, told: QVBoxLayout) -> None:
        """Say what warns of an entry, when it is to be checked, and whom it serves."""
        emptied(told)
        for one in self._sentences(record):
            told.addWidget(one)

    def _sentences(self, record: Record) -> Sequence[QWidget]:
        workspace = self._acts.workspace
        words, today = workspace.words, workspace.today
        if is_unwritten(record):
            said = words.text(
                "Named by the country pack, and checked by nobody. It is written into the directory once somebody uses "
                "or edits it."
            )
            return label(record.text("remarks"), "muted"), label(said, "hint")
        made = [label(sentence, "problem") for sentence in partner_warnings(record, today, words)]
        due = check_due(record, workspace.pack.setting(CHECK_MONTHS))
        if due:
            made.append(label(words.text("Check this entry: {due}", due=due_text(due, today, words)), "hint"))
        elif record.text("from_pack") and not record.text("checked_on"):
            made.append(label(words.text("From the country pack, not checked"), "hint"))
        return (*made, *self._area(record))

    def _area(self, record: Record) -> Sequence[QWidget]:
        """Say which municipalities of the list are served, and which lines stay as they were typed."""
        words = self._acts.workspace.words
        lines = served(record, self._acts.workspace.pack.places)
        known = ", ".join(one.place.name(words.language) for one in lines if one.place)
        typed = ", ".join(one.typed for one in lines if one.place is None)
        said = [
            words.text("Serves: {places}", places=known) if known else "",
            words.text("Not in the list of places: {places}", places=typed) if typed else "",
        ]
        return [label(" · ".join(part for part in said if part), "hint")] if any(said) else []

    def check_today(self, partner: str) -> None:
        """Write down that an entry was checked today; a day that was set for it is over."""
        self._right.part()
        acts, workspace = self._acts, self._acts.workspace
        record = next((one for one in self._records() if one.uid == partner), None)
        if record is None:
            return
        values = {"checked_on": workspace.today.isoformat(), "check_due_on": None}
        acts.do(lambda: edit_record(workspace, record, values), workspace.words.text("Entry checked"))
        self._show_chosen()

    def _compare_first(self) -> None:
        if self._pairs:
            first, second = self._pairs[0]
            self.show_joining(first.uid, second.uid)

    def show_joining(self, partner: str, other: str = "") -> None:
        """Ask which other entry is the same partner; where that is known, lay both side by side."""
        self.text.clear()
        self._right.turn()
        self.form = None
        self.joining = JoiningPartners(self._acts, self._theme, partner, other)
        self.joining.done.connect(lambda: self._after_joining(partner))
        self._right.body.addWidget(self.joining)
        self._right.body.addStretch(1)
        self.joining.take_focus()

    def _after_joining(self, partner: str) -> None:
        self.joining = None
        self.show_records()
        self.list.choose(partner)
        self._show_chosen()
