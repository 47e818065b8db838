"""The people of a case: who they are, and as what they belong to it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import (
    add_known_member,
    add_member,
    bring_member_back,
    person_number,
    read_case,
    taken_out,
)
from avrr_desktop.operations.session.late_entries import is_read_only
from avrr_desktop.operations.session.records import NewRecord, remove_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.already_here import AlreadyHere
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.widgets.controls import Card, ElidedLabel, button, iconed, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList, is_draft, record_of
from avrr_desktop.ui.widgets.record_items import describe_member, draft_lines
from avrr_desktop.ui.widgets.responsive import side_by_side
from avrr_desktop.ui.widgets.theme import GAP, Theme


class PeopleTab(QWidget):
    """Members at the left; the chosen person's two forms at the right."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self._case: CaseFile | None = None
        self.forms: list[Form] = []
        self._out: tuple[Record, ...] = ()
        words = acts.workspace.words
        self.list = ItemList(theme, words.text("People"))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self._add = iconed(button(words.text("Add a person"), self.add, shortcut="Ctrl+Shift+A"), "add", theme)
        self._right = FormColumn()
        split = side_by_side(theme, row(self._add, 1), self.list, self._right, (38, 56))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(split)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def show_case(self, case_file: CaseFile, person: str = "", started_by: str = "") -> None:
        """Show the members of a case; ``person`` is chosen. ``started_by``: the form that changed the case."""
        person = next((one.person.uid for one in case_file.members if one.membership.uid == person), person)
        same = self._case is not None and self._case.case.uid == case_file.case.uid
        shown = self.list.chosen()
        self._case = case_file
        workspace = self._acts.workspace
        self._add.setEnabled(not is_read_only(workspace, case_file.case.uid))
        lines = draft_lines(workspace, case_file.case.uid, "person")
        lines += [describe_member(workspace, case_file, member) for member in case_file.members]
        self._out = taken_out(workspace, case_file)
        lines += [
            Item(
                person.uid,
                person_shown(person, workspace.today, workspace.words),
                workspace.words.text("removed from this case, and in no other"),
                "person",
            )
            for person in self._out
        ]
        self.list.show_lines(lines, person or (shown if same else ""))
        stays = self.forms and (self.list.chosen() == shown or self.forms[0].stays(started_by))
        if same and stays and not person:
            for form in self.forms:
                form.show_current()
            return
        self.list.choose_first()
        self._show_chosen()

    def _member(self) -> Member | None:
        members = self._case.members if self._case else ()
        return next((member for member in members if member.person.uid == self.list.chosen()), None)

    def _show_chosen(self) -> None:
        if self._right.turn():
            self.list.setFocus()
        self.forms = []
        words, member, key = self._acts.workspace.words, self._member(), self.list.chosen()
        if is_draft(key):
            self._show_new(record_of(key))
            return
        if any(person.uid == key for person in self._out):
            self._show_taken_out(key)
            return
        if member is None or self._case is None:
            card = Card()
            card.body.addWidget(
                label(
                    words.text("Nobody is in this case yet. Add the person on whose application it is opened."), "muted"
                )
            )
            self._right.body.addWidget(card)
            self._right.body.addStretch(1)
            return
        number = ElidedLabel(person_number(self._case, member), "hint")
        remove = button(words.text("Remove from the case"), self.remove, name="quiet")
        remove.setEnabled(self._add.isEnabled())
        form = self._form_of(member.person)
        heading = self._add_form(self._called(member) or words.text("Person"), form, number, remove)
        form.saved.connect(lambda _: self._say_name(heading))
        self._add_form(words.text("In this case"), self._form_of(member.membership))
        self._right.body.addStretch(1)
        self._right.verticalScrollBar().setValue(0)

    def _show_taken_out(self, person: str) -> None:
        """Say that somebody is still held, and what can be done."""
        words, case_file = self._acts.workspace.words, self._case
        assert case_file is not None
        card = Card(words.text("Removed from this case"))
        card.body.addWidget(label(words.text(
            "This person is now in no case. Their data are still kept: return them to a case, open a new case " "for them, or have a supervisor erase them under Protection."), "muted"))  # fmt: skip

        def back() -> None:
            self._acts.do(
                lambda: bring_member_back(self._acts.workspace, case_file, person),
                words.text("Person returned to the case"),
            )

        card.body.addLayout(row(button(words.text("Return to the case"), back, name="primary"), 1))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)

    def _form_of(self, record: Record) -> Form:
        assert self._case is not None
        links = links_of(self._acts.workspace, self._case)
        keys = (
            []
            if record.type == "person"
            else ["situations", "role", "relationship", "is_returnee", "head_of_household", "joined_on", "left_on"]
        )
        return Form(self._acts, record, self._case.case.uid, links, keys=keys)

    def _called(self, member: Member) -> str:
        return person_shown(member.person, self._acts.workspace.today, self._acts.workspace.words)

    def _say_name(self, heading: QLabel) -> None:
        """Let the title say what the form that was just saved says."""
        if (member := self._member()) is not None and (called := self._called(member)):
            heading.setText(called)

    def _add_form(self, title: str, form: Form, *extra: QWidget) -> QLabel:
        """Show a form below those that are there; return its title."""
        card, heading = Card(), label(title, "heading")
        head = row(heading, form.state_label(), *extra)
        head.setStretch(0, 1)
        card.body.addLayout(head)
        card.body.addWidget(form)
        self._right.body.addWidget(card)
        self.forms.append(form)
        return heading

    def add(self) -> None:
        """Begin a new person, who is stored with the first saved value; the cursor is in the name."""
        if self._case is None:
            return
        self._right.turn()
        self.forms = []
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._show_new(self._acts.workspace.ids.new())
        self.forms[0].rows["given_names"].editor.focus.setFocus()

    def _show_new(self, uid: str) -> None:
        case_file = self._case
        assert case_file is not None
        workspace = self._acts.workspace
        words = workspace.words
        family = case_file.principal.person.text("family_name") if case_file.principal else ""

        def create(values: Mapping[str, Value], draft: str) -> NewRecord:
            return add_member(workspace, read_case(workspace, case_file.case.uid), values, {}, draft=draft)

        form = Form(
            self._acts, Record("person", uid, {}), case_file.case.uid, links_of(workspace, case_file), new=True,
            defaults={"family_name": family} if family else {}, create=create,
        )  # fmt: skip
        form.saved.connect(self._on_added)
        self._ask_whether_here(form, case_file)
        heading = self._add_form(words.text("New: {record}", record=words.text("Person")), form)
        form.saved.connect(lambda _: self._say_name(heading))
        self._right.body.addStretch(1)
        self._right.verticalScrollBar().setValue(0)

    def _ask_whether_here(self, form: Form, case_file: CaseFile) -> None:
        """Show above a new form who in the store may be the one that is typed into it."""
        made: list[str] = []
        form.saved.connect(made.append)
        already = AlreadyHere(
            self._acts, self._theme, form, lambda: {*made, *(member.person.uid for member in case_file.members)}
        )
        already.chosen.connect(lambda person: self._take_known(form, person, made[0] if made else ""))
        self._right.body.addWidget(already)

    def _take_known(self, form: Form, person: str, instead_of: str) -> None:
        """Put somebody of the store into the case, and take away what was typed of them a second time."""
        workspace, case_file = self._acts.workspace, self._case
        assert case_file is not None
        if not instead_of:
            form.forget()
        self.forms = []
        said = workspace.words.text("Person added to the case")
        if self._acts.do(lambda: add_known_member(workspace, case_file, person, instead_of), said):
            self.list.choose(person)

    def _on_added(self, uid: str) -> None:
        """Choose the new person in the list, and ask below the form that was just filled in what they are in this case."""
        self.list.choose_made(uid)
        if (member := self._member()) is None or member.person.uid != uid or len(self.forms) != 1:
            return  # somebody else was chosen meanwhile
        self._right.body.takeAt(self._right.body.count() - 1)  # the stretch
        remove = button(self._acts.workspace.words.text("Remove from the case"), self.remove, name="quiet")
        self._add_form(self._acts.workspace.words.text("In this case"), self._form_of(member.membership), remove)
        self._right.body.addStretch(1)

    def remove(self) -> None:
        """Take the chosen member out of the case; the person stays in the store, undo brings them back."""
        self._right.part()
        member = self._member()
        if member is not None and self._case is not None:
            case = self._case.case.uid
            self.forms = []
            words = self._acts.workspace.words
            said = words.text("Person removed from the case")
            if member.is_principal:
                said = words.text(
                    "Person removed from the case. There is now no principal applicant: choose one in the field “Role”."
                )
            if not self._acts.do(lambda: remove_record(self._acts.workspace, member.membership, case), said):
                self._show_chosen()
