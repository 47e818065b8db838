"""Consents: who agreed that what is told to whom. At the left each one and whether it counts, at the right its form."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.referrals.consent_standing import Standing, standing_of
from avrr_desktop.operations.referrals.disclosures import Disclosure, told_already
from avrr_desktop.operations.referrals.withdrawal import (
    as_confirmed,
    new_agreement,
    old_agreements,
    withdraw,
    withdrawal_handled,
)
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.consents.consent_texts import consent_item, old_item, said_of, told_item
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.list_and_form import focus_on
from avrr_desktop.ui.widgets.controls import Card, button, label, row, tip
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import draft_lines
from avrr_desktop.ui.widgets.theme import Theme


class ConsentsTab(RecordTab):
    """A view of the referrals: what may be told is agreed here, and what is taken back blocks at once."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        self._old: tuple[Record, ...] = ()
        super().__init__(acts, theme, "consent")

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the consents of a case, and the agreements of an older version that nobody confirmed."""
        self._old = self._acts.ask(lambda: old_agreements(self._acts.workspace, case_file), ())
        super().show_case(case_file, record, started_by)
        self._say_standing()

    def _say_standing(self) -> None:
        """Say above the form what its consent allows just now, or why it allows nothing."""
        case_file, form, said = self._case, self.form, ""
        if case_file is not None and form is not None and not form.is_new:
            said = said_of(self._acts.workspace, case_file, form.record, self._standing(case_file, form.record))
        if form is not None:
            self._sentence.setText(said)
            self._sentence.setVisible(bool(said))

    def _lines(self, case_file: CaseFile) -> list[Item]:
        workspace = self._acts.workspace
        drafts = draft_lines(workspace, case_file.case.uid, "consent")
        mine = [
            consent_item(workspace, case_file, one, self._standing(case_file, one)) for one in self._sorted(case_file)
        ]
        older = [old_item(workspace, case_file, one) for one in self._old if one.type == "referral"]
        return [*drafts, *mine, *older]

    def _sorted(self, case_file: CaseFile) -> list[Record]:
        """Return the consents, those that were taken back last."""
        return sorted(case_file.of_type("consent"), key=lambda one: bool(one.text("withdrawn_on")))

    def _standing(self, case_file: CaseFile, consent: Record) -> Standing:
        return standing_of(self._acts.workspace, case_file, consent)

    def _show_chosen(self) -> None:
        old = next((one for one in self._old if one.uid == self.list.chosen() and one.type == "referral"), None)
        if old is None:
            super()._show_chosen()
            return
        self._right.turn()
        self.form, self._of_record = None, ()
        self._show_old(old)

    def _show_old(self, referral: Record) -> None:
        """Show an agreement that a referral of an older version holds, with the one act that makes a consent of it."""
        assert self._case is not None
        words, card = self._acts.workspace.words, Card()
        card.body.addWidget(label(words.text("From an older version"), "heading"))
        card.body.addWidget(label(words.text(
            "The referral holds a day of agreement and nothing else. It counts for this partner and this referral only, "
            "without health. Confirm it with the day of counselling and with what may be shared."), "muted"))  # fmt: skip
        confirm = button(words.text("Confirm as a consent"), partial(self.confirm, referral), name="primary")
        confirm.setEnabled(not self.only_read())
        card.body.addLayout(row(confirm, 1))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)

    def confirm(self, referral: Record) -> None:
        """Begin a consent with what a referral of an older version says; nothing is written before somebody says more."""
        if self._case is None:
            return
        workspace, case_file = self._acts.workspace, self._case
        values = self._acts.ask(lambda: as_confirmed(workspace, case_file, referral), dict[str, Value]())
        self._begin_with(values)
        if self.form is not None:
            focus_on(self.form.rows["counselled_on"].editor.focus)

    def add(self) -> None:
        """Begin a consent of the principal applicant, with what is usual."""
        if self._case is not None:
            workspace, case_file = self._acts.workspace, self._case
            self._begin_with(self._acts.ask(lambda: new_agreement(workspace, case_file), dict[str, Value]()))

    def _begin_with(self, values: dict[str, Value]) -> None:
        self._right.turn()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        new = Record("consent", self._acts.workspace.ids.new(), {})
        form = self._show_form(new, new=True, defaults=values)
        form.rows["person"].editor.touched.connect(partial(self._follow_person, form))
        form.focus_first()

    def _follow_person(self, form: Form) -> None:
        """Let who agrees, and in which language, follow the person who was chosen."""
        case_file, workspace, person = self._case, self._acts.workspace, str(form.value_of("person") or "")
        if case_file is not None and form.is_new and person:
            form.begin_with(self._acts.ask(lambda: new_agreement(workspace, case_file, person), dict[str, Value]()))

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        form.saved.connect(lambda _: self._say_standing())
        card = form.parentWidget()
        if isinstance(card, Card):
            self._sentence = label("")
            card.body.insertWidget(1, self._sentence)
            self._say_standing()
        if not new and self._case is not None and isinstance(card, Card):
            words = self._acts.workspace.words
            told = self._told_to(record)
            if told:
                left = ItemList(self._theme, words.text("Already disclosed"))
                left.show_lines([told_item(self._acts.workspace, one) for one in told])
                left.setMaximumHeight(self._theme.px(46 * min(len(told), 4) + 4))
                card.body.addWidget(label(words.text("Already disclosed"), "heading"))
                card.body.addWidget(left)
        return form

    def _told_to(self, consent: Record) -> Sequence[Disclosure]:
        case_file, person = self._case, consent.text("person")
        if case_file is None or not person:
            return ()
        return self._acts.ask(lambda: told_already(self._acts.workspace, case_file, person), ())

    def _form_buttons(self, form: Form, record: Record, *, new: bool) -> Sequence[QPushButton]:
        made = list(super()._form_buttons(form, record, new=new))
        if self.only_read():
            return made
        words = self._acts.workspace.words
        if not record.text("withdrawn_on"):
            taken = button(words.text("Withdraw", "consent"), self.withdraw, name="quiet")
            tip(taken, words.text("Blocks all further sharing at once. Running referrals that it covered end."))
            taken.setVisible(not new)
            form.saved.connect(lambda _: taken.show())
            return [taken, *made]
        kept = [one for one in made if one is not made[-1]]  # a withdrawal is not removed
        made[-1].hide()
        if not record.text("withdrawal_handled_on"):
            kept.append(button(words.text("Recipient told"), self.handled, name="primary"))
        return kept

    def withdraw(self) -> None:
        """Withdraw the chosen consent, with what is typed in its form; undo brings it back."""
        self._right.part()
        consent, case_file = self._chosen_record(), self._case
        if consent is not None and case_file is not None:
            workspace, self.form = self._acts.workspace, None
            if not self._acts.do(
                lambda: withdraw(workspace, case_file, consent), workspace.words.text("Consent withdrawn")
            ):
                self._show_chosen()

    def handled(self) -> None:
        """Say that the recipient of what was told knows of the withdrawal."""
        self._right.part()
        consent, case_file = self._chosen_record(), self._case
        if consent is not None and case_file is not None:
            workspace, self.form = self._acts.workspace, None
            done = workspace.words.text("Recorded: the recipient knows")
            if not self._acts.do(lambda: withdrawal_handled(workspace, case_file, consent), done):
                self._show_chosen()
