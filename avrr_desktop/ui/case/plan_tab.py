"""The assistance plan: what the person wants, in their words, agreed and signed; every revision kept, and beside it what changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.plans import Changed, changes, is_signed, previous
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.wording import text_of
from avrr_desktop.operations.cases.cases import provider_names
from avrr_desktop.operations.cases.plans import new_revision
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.link_options import step_name
from avrr_desktop.ui.widgets.controls import Card, emptied, label
from avrr_desktop.ui.widgets.theme import Theme


class PlanTab(RecordTab):
    """Revisions at the left, the newest first; “Add” begins the next one with the words of the last."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__(acts, theme, "plan")
        self.compared: Card | None = None  # what changed since the revision before

    def _records(self, case_file: CaseFile) -> Sequence[Record]:
        return sorted(case_file.plans, key=lambda plan: plan.whole("revision"), reverse=True)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the plans of a case; see ``RecordTab``. One that has just been signed by both is only read from now on."""
        super().show_case(case_file, record, started_by)
        now, form = self._chosen_record(), self.form
        if now is not None and is_signed(now) and form is not None and not (form.only_shows or form.dirty):
            self._show_chosen()
        self._tell_changes()

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        self.compared = Card()
        at = 0 if form.only_shows else self._right.body.count() - 1  # above it, saving would move what is typed
        self._right.body.insertWidget(at, self.compared)
        self._tell_changes()
        return form

    def _form_buttons(self, form: Form, record: Record, *, new: bool) -> Sequence[QPushButton]:
        return () if is_signed(record) else super()._form_buttons(form, record, new=new)

    def _tell_changes(self) -> None:
        """Say what the chosen revision says otherwise than the one before."""
        now, words, case_file = self._chosen_record(), self._acts.workspace.words, self._case
        before = previous(case_file, now) if case_file is not None and now is not None else None
        if self.form is None or self.compared is None:
            return
        emptied(self.compared.body)
        self.compared.setVisible(before is not None)
        if case_file is None or now is None or before is None:
            return
        title = words.text("Changed since revision {revision}", revision=before.whole("revision"))
        self.compared.body.addWidget(label(title, "heading"))
        found = tuple(changes(before, now))
        if not found:
            self.compared.body.addWidget(label(words.text("Nothing but the signatures."), "muted"))
        for one in found:
            texts = [self._said(case_file, one, said) for said in (one.before, one.now)]
            self.compared.body.addWidget(label(words.text(one.field.label), "muted"))
            self.compared.body.addWidget(label(words.text("Before: {text}", text=texts[0])))
            self.compared.body.addWidget(label(words.text("Now: {text}", text=texts[1])))

    def _said(self, case_file: CaseFile, one: Changed, said: Value | None) -> str:
        workspace = self._acts.workspace
        if one.field.kind is Kind.LINKS and isinstance(said, tuple):
            partners = provider_names(workspace, said) if one.field.target == "provider" else {}
            return ", ".join(partners.get(uid, "") or step_name(case_file, uid, workspace) for uid in said)
        return text_of(one.field, said, workspace.words, workspace.pack) or workspace.words.text("nothing recorded")

    def add(self) -> None:
        """Begin the next revision."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is None:
            return
        before = {plan.uid for plan in case_file.plans}
        self._acts.do(
            lambda: new_revision(workspace, case_file).changes, workspace.words.text("Plan started"), quiet=True
        )
        added = [plan.uid for plan in self._case.plans if plan.uid not in before] if self._case else []
        if added and self._case is not None:
            self.show_case(self._case, added[0])
            if self.form is not None:
                self.form.focus_next()
