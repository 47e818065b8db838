"""Restricted records of a case, shown on purpose and on record; what left the store; the rights of the people."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.pack import ServiceTemplate
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.services import add_service, services_for_need
from avrr_desktop.operations.protection.restricted import break_glass, emergency_key, restricted_count, show_restricted
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import Draft, begun, is_closed
from avrr_desktop.operations.session.late_entries import ONLY_READ, is_read_only
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.operations.session.sealing import opened
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.protection.rights_card import RightsCard
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import ListAndForm
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, Column, button, emptied, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList, draft_key
from avrr_desktop.ui.widgets.record_items import access_lines, describe, draft_line, joined, value
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.second_person import WholePassphraseCard
from avrr_desktop.ui.widgets.secret_line import secret_line
from avrr_desktop.ui.widgets.theme import GAP, Theme


class ProtectionTab(QWidget):
    """Closed at first, in every case; nothing of it stays on the screen when another case is shown."""

    wanted = Signal(str, str)  # record type, record: in another part of the case

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._theme, self._jobs = acts, theme, jobs
        self._case: CaseFile | None = None
        self._open = False
        self.form: Form | None = None
        self._wanted = ""
        words = acts.workspace.words
        self.list = ItemList(theme, words.text("Restricted records"))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self._adds: list[QPushButton] = []
        self._of_record: list[QPushButton] = []  # the buttons above the form of the chosen one
        RowMenu(self.list, words, lambda: (*self._adds, *self._of_record))
        self._left, self._right = Column(), FormColumn()
        self.told = ItemList(theme, words.text("Exports and access"))
        self._rights_button = button(words.text("Rights of the person"), self.show_rights)
        self._rights_button.setParent(self._left)
        RowMenu(self.told, words)
        self.pages = ListAndForm(theme, words, self._left, self._right, self.list, shares=(45, 54), beside_empty=False)
        self.pages.narrowed.connect(self._offer_rights)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(self.pages)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show a case; what was opened stays open while it is the same one. ``record`` is chosen once it may be seen."""
        self._wanted = record or self._wanted
        same = self._case is not None and self._case.case.uid == case_file.case.uid
        self._open = self._open and same and not self._acts.workspace.locked
        self._case = case_file
        if same and self.form is not None and self.form.stays(started_by) and not record:
            return
        self._show()
        if self._open and record:
            self._choose_wanted()

    def _show(self) -> None:
        assert self._case is not None
        for widget in (self.list, self.told, self._rights_button):
            widget.setParent(None)
        emptied(self._left.body)
        self._left.body.addWidget(self._records_card())
        self._left.body.addWidget(self._told_card())
        self._rights_button.setParent(self._left)
        self._left.body.addWidget(self._rights_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer_rights()
        self._left.body.addStretch(1)
        if not self._open:
            self._show_rights()

    def _offer_rights(self) -> None:
        """Lead to the rights where they are not in sight."""
        self._rights_button.setHidden(not (self._open or self.pages.narrow))

    def show_rights(self) -> None:
        """Show the rights of the people, and none of the restricted records."""
        self._right.part()
        self.list.setCurrentRow(-1)
        self._show_rights()
        self.pages.show_form()

    def _show_rights(self) -> None:
        assert self._case is not None
        self._right.turn()
        self.form = None
        rights = RightsCard(self._acts, self._case, self._jobs)
        rights.wanted.connect(self.wanted)
        self._right.body.addWidget(rights)
        self._right.body.addStretch(1)

    def _records_card(self) -> Card:
        assert self._case is not None
        workspace, words = self._acts.workspace, self._acts.workspace.words
        card = Card(words.text("Restricted records"))
        if self._open:
            if is_read_only(workspace, self._case.case.uid):
                card.body.addWidget(label(words.text(ONLY_READ), "muted"))
            else:
                self._adds = [
                    button(words.text("Add a specific need"), lambda: self.add("vulnerability")),
                    button(
                        words.text("Add: {record}", record=words.text(BY_KEY["before_return"].label)),
                        lambda: self.add("before_return"),
                    ),
                    button(words.text("Add a restricted note"), lambda: self.add("note")),
                ]
                card.body.addLayout(WrappingRow(*self._adds))
            self.list.setParent(card)
            card.body.addWidget(self.list)
            self.list.setMinimumHeight(self._theme.px(140))
            self._show_lines()
            return card
        count = restricted_count(workspace, self._case)
        said = words.plural("{count} restricted record in this case.", "{count} restricted records in this case.", count,
                            count=count) if count else words.text("No restricted record is known in this case.")  # fmt: skip
        card.body.addWidget(label(said))
        if may(workspace, Permission.PROTECT):
            card.body.addWidget(label(words.text("Your access is recorded, with the time."), "hint"))
            self.show_button = button(words.text("Show restricted records"), self.open, name="primary")
            card.body.addLayout(row(self.show_button, 1))
        elif workspace.by_pin and not workspace.shares_passphrase:
            self.whole = WholePassphraseCard(self._acts, self._jobs, words.text(
                "You unlocked with a PIN. If you have access to restricted records, your passphrase opens them."))  # fmt: skip
            card.body.addWidget(self.whole)
        elif workspace.shares_passphrase:
            card.body.addWidget(label(words.text(
                "Restricted records need officers with their own passphrases: see Setup, Access."), "muted"))  # fmt: skip
        else:
            self._add_emergency(card)
        return card

    def _add_emergency(self, card: Card) -> None:
        words = self._acts.workspace.words
        card.body.addWidget(label(words.text(
            "You have no access to restricted records. Ask a supervisor. In an emergency, the recovery code " "from the safe opens them until the next lock; who, when and why is recorded first."), "muted"))  # fmt: skip
        self.code = secret_line(card.body, words, words.text("Recovery code"))
        self.reason, why = QLineEdit(), words.text("Why it cannot wait")
        self.reason.setAccessibleName(why)
        card.body.addWidget(label(why, "muted"))
        card.body.addWidget(self.reason)
        self.emergency_button = button(words.text("Emergency access"), self.open_in_emergency)
        card.body.addLayout(row(self.emergency_button, 1))

    def open(self) -> None:
        """Show them; it is written down."""
        case_file = self._case
        if case_file is None:
            return
        if not self._acts.run(lambda: show_restricted(self._acts.workspace, case_file)):
            return
        self._open = True
        self._show()
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        self.list.choose(self._wanted)
        self._wanted = ""
        self.list.choose_first()
        self._show_chosen()

    def open_in_emergency(self) -> None:
        """Open them with the recovery code and a reason."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is None:
            return
        code, reason, uid = self.code.text(), self.reason.text(), case_file.case.uid
        self.emergency_button.setEnabled(False)

        def work(progress: Progress) -> bytes:
            return emergency_key(workspace, code)

        def done(key: bytes) -> None:
            self.emergency_button.setEnabled(True)
            if self._acts.run(lambda: break_glass(workspace, key, reason, uid)):
                self.open()

        def failed(error: Exception) -> None:
            self.emergency_button.setEnabled(True)
            self._acts.job_failed(error)

        self._jobs.run(workspace.words.text("Opening restricted records"), work, done, failed)

    def _records(self) -> list[Record]:
        workspace, case_file = self._acts.workspace, self._case
        if case_file is None or not self._open:
            return []
        return self._acts.ask(lambda: [opened(workspace, record) for record in case_file.restricted], [])

    def _begun(self) -> list[Draft]:
        workspace, case_file = self._acts.workspace, self._case
        if case_file is None or not self._open:
            return []
        return [draft for draft in begun(workspace, case_file.case.uid) if is_closed(draft)]

    def _show_lines(self) -> None:
        workspace = self._acts.workspace
        lines = [draft_line(workspace, draft) for draft in self._begun()]
        for record in self._records():
            if record.type == "vulnerability":
                below = joined(value(workspace, record, "severity"), value(workspace, record, "standing"))
                lines.append(Item(record.uid, value(workspace, record, "kind"), below, "lock"))
            elif record.type == "before_return":
                assert self._case is not None
                lines.append(describe(workspace, self._case, record))
            else:
                lines.append(
                    Item(record.uid, record.text("text").split("\n")[0][:80], value(workspace, record, "on"), "note")
                )
        self.list.show_lines(lines, self.list.chosen())
        self.list.setVisible(bool(lines))

    def _show_chosen(self) -> None:
        self._right.turn()  # what is typed there is saved before anything is read
        draft = next((one for one in self._begun() if draft_key(one.record) == self.list.chosen()), None)
        if draft is not None:
            self._show_form(Record(draft.record_type, draft.record, {}), new=True)
            return
        record = next((item for item in self._records() if item.uid == self.list.chosen()), None)
        if record is None:
            self._show_rights()
            return
        self._show_form(record)

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        assert self._case is not None
        words, kind = self._acts.workspace.words, BY_KEY[record.type]
        self._right.turn()
        links = links_of(self._acts.workspace, self._case)
        form = Form(self._acts, record, self._case.case.uid, links, new=new, defaults=defaults)
        form.saved.connect(self._on_saved)
        card = Card()
        remove = button(words.text("Remove", "button"), lambda: self.remove(record), name="quiet")
        if new or is_read_only(self._acts.workspace, self._case.case.uid):
            remove.hide()
        self._of_record = [remove]
        card.body.addLayout(row(label(words.text(kind.label), "heading", wrap=False), 1, form.state_label(), remove))
        card.body.addWidget(form)
        self._right.body.addWidget(card)
        self._offered = Column()
        self._right.body.addWidget(self._offered)
        if record.type == "vulnerability" and not new:
            self._offer_services(record)
        self._right.body.addStretch(1)
        self.form = form
        return form

    def _offer_services(self, need: Record) -> None:
        """Offer what the pack thinks of for a need; nothing of it comes by itself."""
        case_file, workspace = self._case, self._acts.workspace
        nothing: tuple[ServiceTemplate, ...] = ()
        emptied(self._offered.body)
        if case_file is None or is_read_only(workspace, case_file.case.uid):
            return
        words, found = workspace.words, self._acts.ask(lambda: services_for_need(workspace, case_file, need), nothing)
        if not found:
            return
        card = Card(words.text("Services to think of"))
        card.body.addWidget(label(words.text(
            "Only what you add yourself. A service is not restricted: whoever may open the case sees it, but not this need."), "hint"))  # fmt: skip
        for one in found:
            title = words.text(one.title)
            chosen = partial(self._add_service, one.key, need, title)
            add = button(words.text("Add: {record}", record=title), chosen, name="quiet")
            card.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self._offered.body.addWidget(card)

    def _add_service(self, key: str, need: Record, title: str) -> None:
        case_file, workspace = self._case, self._acts.workspace
        assert case_file is not None
        self._right.part()
        self._acts.do(
            lambda: add_service(workspace, case_file, key, (need.text("person"),)),
            workspace.words.text("Added: {record}", record=title),
        )
        self._offer_services(need)

    def _on_saved(self, uid: str) -> None:
        self._show_lines()
        self.list.choose_made(uid)
        if need := next((one for one in self._records() if one.uid == uid and one.type == "vulnerability"), None):
            self._offer_services(need)

    def add(self, record_type: str) -> None:
        """Begin a new restricted record."""
        workspace = self._acts.workspace
        today = workspace.today.isoformat()
        begun_with: dict[str, dict[str, Value]] = {
            "note": {"restricted": True, "on": today},
            "vulnerability": {"recorded_on": today, "standing": "suspected"},
        }
        defaults = begun_with.get(record_type, {})
        self._right.turn()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._show_form(Record(record_type, workspace.ids.new(), {}), new=True, defaults=defaults).focus_next()

    def remove(self, record: Record) -> None:
        """Take one out; undo brings it back."""
        self._right.part()
        case_file, words = self._case, self._acts.workspace.words
        if case_file is not None:
            self.form = None
            stored = next((one for one in self._records() if one.uid == record.uid), record)
            done = self._acts.do(
                lambda: remove_record(self._acts.workspace, stored, case_file.case.uid),
                words.text("Removed: {record}", record=words.text(BY_KEY[record.type].label)),
            )
            if not done:
                self._show_chosen()

    def _told_card(self) -> Card:
        assert self._case is not None
        workspace, words, uid = self._acts.workspace, self._acts.workspace.words, self._case.case.uid
        card = Card(words.text("Exports and access"))
        lines = access_lines(self._acts.workspace, accesses(workspace, uid))
        if not lines:
            card.body.addWidget(label(words.text("Nothing left the store yet."), "muted"))
            return card
        self.told.setParent(card)
        card.body.addWidget(self.told)
        self.told.show_lines(lines)
        self.told.setMinimumHeight(min(self.told.wanted_height() + 4, self._theme.px(260)))
        self.told.show()
        return card
