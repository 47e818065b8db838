"""The people of a case: who they are, and as what they belong to it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

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
from avrr_desktop.operations.cases.join.apart import apart_from
from avrr_desktop.operations.session.late_entries import is_read_only
from avrr_desktop.operations.session.records import NewRecord, may_write, remove_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.add_family import AddFamily, begun_in
from avrr_desktop.ui.forms.already_here import AlreadyHere
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.grid.person_panel import IN_CASE
from avrr_desktop.ui.forms.leaving import leave
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import focus_on, side_by_side
from avrr_desktop.ui.widgets.controls import Card, ElidedButton, ElidedLabel, button, iconed, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList, is_draft, record_of
from avrr_desktop.ui.widgets.record_items import describe_member, draft_lines
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP_SMALL, Theme


class PeopleTab(QWidget):
    """Members at the left; the chosen person's two forms at the right."""

    joining = Signal(str, str)  # a person and who else it may be, empty where that is asked

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
        self._several = button(words.text("Add several people"), self.add_several, shortcut="Ctrl+Shift+M")
        self._of_person: list[QPushButton] = []  # the buttons above the forms of the chosen one
        RowMenu(self.list, words, lambda: (self._add, self._several, *self._of_person))
        self._right = FormColumn()
        split = side_by_side(theme, words, row(self._add, self._several, 1), self.list, self._right)
        self._family: AddFamily | None = None
        self._front = QStackedWidget()
        self._front.addWidget(split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP_SMALL, 0, 0)
        whole.addWidget(self._front)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form, and keep the people who are being added; see ``forms.leaving``."""
        self._right.leave(parting=parting)
        leave(self._family, parting=parting)

    def add_several(self) -> None:
        """Show the grid in which several people are added at once, with those who were begun."""
        if self._case is None or self._family is not None:
            return
        self._right.turn()
        self.forms = []
        self._family = AddFamily(self._acts, self._theme, self._case)
        self._family.left.connect(self._on_several_left)
        self._front.addWidget(self._family)
        self._front.setCurrentWidget(self._family)
        self._family.grid.table.setFocus()

    def _close_several(self) -> None:
        """Go back to the list; whoever was typed and not added waits as a draft."""
        if (family := self._family) is not None:
            family.leave()
            self._family = None
            self._front.removeWidget(family)
            family.hide()
            family.deleteLater()

    def _on_several_left(self) -> None:
        self._close_several()
        if self._case is not None:
            self.show_case(read_case(self._acts.workspace, self._case.case.uid))
            self.list.choose_first()
            self.list.setFocus()

    def show_case(self, case_file: CaseFile, person: str = "", started_by: str = "") -> None:
        """Show the members of a case; ``person`` is chosen. ``started_by``: the form that changed the case."""
        person = next((one.person.uid for one in case_file.members if one.membership.uid == person), person)
        same = self._case is not None and self._case.case.uid == case_file.case.uid
        shown = self.list.chosen()
        if not same:
            self._close_several()
        self._case = case_file
        workspace = self._acts.workspace
        writable = not is_read_only(workspace, case_file.case.uid)
        self._add.setEnabled(writable)
        self._several.setEnabled(writable and may_write(workspace, "person"))
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
        self.list.setVisible(bool(lines))  # an empty one says nothing; what can be done stands beside it
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
        self.forms, self._of_person = [], []
        words, member, key = self._acts.workspace.words, self._member(), self.list.chosen()
        if is_draft(key) and self._case is not None:
            if record_of(key) == begun_in(self._case.case.uid):
                self.add_several()
            else:
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
        remove = _shrinking(words.text("Remove from the case"), self.remove)
        remove.setEnabled(self._add.isEnabled())
        in_case, form = self._form_of(member.membership), self._form_of(member.person)
        uid = member.person.uid
        same = _shrinking(words.text("Same person as …"), lambda: self.joining.emit(uid, ""))
        same.setEnabled(self._add.isEnabled())
        heading = self._add_forms(self._called(member) or words.text("Person"), (in_case, form), number, same, remove)
        form.saved.connect(lambda _: self._say_name(heading))
        self.forms, self._of_person = [form, in_case], [same, remove]
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

        self._of_person = [button(words.text("Return to the case"), back, name="primary")]
        card.body.addLayout(row(*self._of_person, 1))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)

    def _form_of(self, record: Record) -> Form:
        assert self._case is not None
        links = links_of(self._acts.workspace, self._case)
        keys = () if record.type == "person" else IN_CASE
        return Form(self._acts, record, self._case.case.uid, links, keys=keys)

    def _called(self, member: Member) -> str:
        return person_shown(member.person, self._acts.workspace.today, self._acts.workspace.words)

    def _say_name(self, heading: ElidedLabel) -> None:
        """Let the title say what the form that was just saved says."""
        if (member := self._member()) is not None and (called := self._called(member)):
            heading.say(called)

    def _add_forms(self, title: str, forms: Sequence[Form], *extra: QWidget) -> ElidedLabel:
        """Show a card with forms below those that are there; return its title, which has more room than what stands beside it."""
        card, heading = Card(), ElidedLabel(title, "heading")
        said = [one.state_label() for one in forms]
        head = row(heading, *said, *extra)
        beside = next((one for one in extra if isinstance(one, ElidedLabel)), None)
        if beside is not None:
            beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.setStretch(0 if beside is None else head.indexOf(beside), 1)
        card.body.addLayout(head)
        for form in forms:
            card.body.addWidget(form)
        self._right.body.addWidget(card)
        self.forms.extend(forms)
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
        focus_on(self.forms[0].rows["given_names"].editor.focus)

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
        heading = self._add_forms(words.text("New: {record}", record=words.text("Person")), (form,))
        form.saved.connect(lambda _: self._say_name(heading))
        self._right.body.addStretch(1)
        self._right.verticalScrollBar().setValue(0)

    def _ask_whether_here(self, form: Form, case_file: CaseFile) -> None:
        """Show above a new form who in the store may be the one that is typed into it."""
        made: list[str] = []
        form.saved.connect(made.append)
        here = {member.person.uid for member in case_file.members}
        already = AlreadyHere(self._acts, self._theme, form, lambda: {*here, *made, *self._decided_apart(made)})
        already.chosen.connect(lambda person: self._take_known(form, person, made[0] if made else ""))
        already.compared.connect(lambda person: self._lay_side_by_side(form, person, made))
        self._right.body.addWidget(already)

    def _decided_apart(self, made: list[str]) -> tuple[str, ...]:
        """Return who was decided not to be the person who was typed, once that one is stored."""
        none: tuple[str, ...] = ()
        return self._acts.ask(lambda: apart_from(self._acts.workspace, made[0]), none) if made else none

    def _lay_side_by_side(self, form: Form, person: str, made: list[str]) -> None:
        """Store what was typed, and lay it beside somebody who is in the store already."""
        form.leave()
        if made:
            self.joining.emit(made[0], person)

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
        in_case = self._form_of(member.membership)
        self._add_forms(self._acts.workspace.words.text("In this case"), (in_case,), remove)
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


def _shrinking(text: str, clicked: Callable[[], object]) -> ElidedButton:
    """Return a button beside the name of a person, which in a long language gives way to it."""
    made = ElidedButton(text, clicked, "quiet")
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made
