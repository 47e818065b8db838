"""Two cases of one family side by side: what the one that stays says, who is the same person, who is the principal applicant."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import read_case_by_number
from avrr_desktop.operations.cases.join.families import CasesDecision, SamePerson, join_cases
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.joining.people_choice import NOBODY, UNDECIDED, PeopleChoice, RelationshipChoice
from avrr_desktop.ui.widgets.controls import Button, Card, Choice, button, emptied, label, row
from avrr_desktop.ui.widgets.record_items import joined
from avrr_desktop.ui.widgets.side_by_side import SideBySide, asked_whole, swapped
from avrr_desktop.ui.widgets.theme import GAP_SMALL


class CasesCard(Card):
    """Asks for the number of the other case, then shows both and asks what nobody but a person can say."""

    done = Signal()

    def __init__(self, acts: Actions, case_file: CaseFile) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Join two cases of one family"))
        self._acts, self._case = acts, case_file
        self._other: CaseFile | None = None
        self.same: dict[str, PeopleChoice] = {}  # person of the other case -> who of this case they are
        self.tables: dict[str, SideBySide] = {}  # person of the other case -> both records
        self.relationships: dict[str, RelationshipChoice] = {}
        self._inside = QVBoxLayout()
        self._inside.setSpacing(GAP_SMALL)
        self.body.addLayout(self._inside)
        self.number = QLineEdit()
        self.number.setAccessibleName(words.text("Number of the other case"))
        self.number.returnPressed.connect(self.lay)
        self._inside.addWidget(label(words.text("Number of the other case"), "muted"))
        self._inside.addWidget(self.number)
        lay = button(words.text("Lay side by side"), self.lay, name="primary")
        self._inside.addLayout(row(lay, self._cancel(), 1))

    def take_focus(self) -> None:
        """Put the cursor in the number."""
        self.number.setFocus()

    def lay(self) -> None:
        """Look the number up and show both cases side by side."""
        workspace, number = self._acts.workspace, self.number.text()
        other = self._acts.ask(lambda: read_case_by_number(workspace, number), None)
        words = workspace.words
        if other is None:
            return
        if other.case.uid == self._case.case.uid:
            self._acts.failed.emit(
                words.text("This is the case itself."), words.text("Type the number of the other one.")
            )
            return
        self._other = other
        emptied(self._inside)
        self._show(other)

    def _show(self, other: CaseFile) -> None:
        words = self._acts.workspace.words
        self.stays = Choice()
        self.stays.let_narrow()
        self.stays.setAccessibleName(words.text("Case that stays"))
        for one in (self._case, other):
            self.stays.addItem(joined(one.case.text("number"), one.case.text("called")), one.case.uid)
        titles = tuple(joined(one.case.text("number"), one.case.text("called")) for one in (self._case, other))
        self.table = SideBySide(self._acts.workspace, self._case.case, other.case, (titles[0], titles[1]))
        self._add(words.text("Case that stays"), self.stays)
        self._inside.addWidget(label(words.text("What the case says. Only what differs is shown."), "muted"))
        self._inside.addWidget(self.table)
        self._inside.addWidget(label(words.text("Is somebody in both cases?"), "heading"))
        here = {member.person.uid for member in self._case.members}
        for member in other.members:
            if member.person.uid not in here:
                self._ask_same(member)
        self._inside.addWidget(label(words.text("In the joined case"), "heading"))
        self.principal = PeopleChoice(self._acts.workspace, words.text("Principal applicant"))
        self.head = PeopleChoice(self._acts.workspace, words.text("Head of household"))
        self._add(words.text("Principal applicant"), self.principal)
        self._add(words.text("Head of household"), self.head)
        self._relations = QVBoxLayout()
        self._relations.setSpacing(GAP_SMALL)
        self._inside.addLayout(self._relations)
        self._say_what_happens()
        self.principal.currentIndexChanged.connect(lambda _: self._ask_relationships())
        self._offer_people()
        self.stays.setFocus()

    def _say_what_happens(self) -> None:
        words = self._acts.workspace.words
        ends = (
            words.text("for the other one, closing is requested as a duplicate")
            if four_eyes(self._acts.workspace)
            else words.text("the other one is closed as a duplicate and counts no more")
        )
        said = words.text(
            "Everybody and everything is then in the case that stays; {ends}. Its number still leads here. "
            "Undo with Ctrl+Z.", ends=ends,
        )  # fmt: skip
        self._inside.addWidget(label(said, "hint"))
        self.join_button = button(words.text("Join", "button: make one of two"), self.join, name="primary")
        self._inside.addLayout(row(self.join_button, self._cancel(), 1))

    def _add(self, text: str, choice: Choice) -> None:
        self._inside.addWidget(label(text, "muted"))
        self._inside.addWidget(choice)

    def _ask_same(self, member: Member) -> None:
        """Ask who of this case somebody of the other one is; both records are shown once that is said."""
        words, uid = self._acts.workspace.words, member.person.uid
        name = self._called(member)
        choice = PeopleChoice(self._acts.workspace, words.text("Is {person} somebody in this case?", person=name))
        choice.offer(self._case.members, NOBODY, words.text("no, somebody else"))
        place = QVBoxLayout()
        self.same[uid] = choice
        self._add(words.text("Is {person} somebody in this case?", person=name), choice)
        self._inside.addLayout(place)

        def chosen() -> None:
            emptied(place)
            self.tables.pop(uid, None)
            mine = next((one for one in self._case.members if one.person.uid == choice.chosen), None)
            if mine is not None:
                numbers = (self._case.case.text("number"), self._of_other.case.text("number"))
                self.tables[uid] = SideBySide(self._acts.workspace, mine.person, member.person, numbers)
                place.addWidget(self.tables[uid])
            self._offer_people()

        choice.currentIndexChanged.connect(lambda _: chosen())

    @property
    def _of_other(self) -> CaseFile:
        assert self._other is not None
        return self._other

    def _people(self) -> Iterator[Member]:
        """Yield everybody of the joined case once."""
        there = {member.person.uid for member in self._case.members}
        yield from self._case.members
        for member in self._of_other.members:
            if member.person.uid not in there and member.person.uid not in self.tables:
                yield member

    def _who(self, person: str) -> str:
        """Return who somebody of the other case is in the joined one."""
        return self.same[person].chosen if person in self.tables else person

    def _offer_people(self) -> None:
        """Offer everybody for the two roles; where both cases say the same, that is plain."""
        words, people = self._acts.workspace.words, [*self._people()]
        both = (self._case, self._of_other)
        principals = {self._who(one.principal.person.uid) for one in both if one.principal is not None}
        heads = {
            self._who(one.person.uid) for of in both for one in of.members if one.membership.yes("head_of_household")
        }
        self.principal.offer(people, principals.pop() if len(principals) == 1 else UNDECIDED)
        plain = heads.pop() if len(heads) == 1 else UNDECIDED if heads else NOBODY
        self.head.offer(people, plain, words.text("nobody"))
        self._ask_relationships()

    def _ask_relationships(self) -> None:
        """Ask what those are to the principal applicant who were in a case with another one."""
        workspace, principal = self._acts.workspace, self.principal.chosen
        emptied(self._relations)
        self.relationships = {}
        if principal == UNDECIDED:
            return
        for member in self._people():
            uid = member.person.uid
            of = [
                one for one in (self._case, self._of_other) if any(uid == self._who(m.person.uid) for m in one.members)
            ]
            known = any(one.principal is not None and self._who(one.principal.person.uid) == principal for one in of)
            if uid != principal and not known:
                text = workspace.words.text("{person} is to the principal applicant", person=self._called(member))
                made = RelationshipChoice(workspace, text)
                self.relationships[uid] = made
                self._relations.addWidget(label(text, "muted"))
                self._relations.addWidget(made)

    def _called(self, member: Member) -> str:
        return person_shown(member.person, self._acts.workspace.today, self._acts.workspace.words)

    def join(self) -> None:
        """Join both cases as it is decided; what is not decided is asked for first."""
        acts, workspace = self._acts, self._acts.workspace
        if not asked_whole(acts, self.table, *self.tables.values()):
            return
        for choice in (self.principal, self.head):
            if choice.chosen == UNDECIDED:
                words = workspace.words
                acts.failed.emit(
                    words.text("Choose: {field}.", field=choice.accessibleName()), words.text("Nothing was changed.")
                )
                choice.setFocus()
                return
        this_stays = self.stays.currentData() == self._case.case.uid
        stays, goes = (self._case, self._of_other) if this_stays else (self._of_other, self._case)
        what = workspace.words.text(
            "Case {other} joined with {number}", other=goes.case.text("number"), number=stays.case.text("number")
        )
        if acts.do(lambda: join_cases(workspace, stays, goes, self._decision(this_stays)), what):
            self.done.emit()

    def _decision(self, this_stays: bool) -> CasesDecision:
        same = []
        for other, table in self.tables.items():
            mine = self.same[other].chosen
            if this_stays:
                same.append(SamePerson(stays=mine, goes=other, decided=table.decided))
            else:
                same.append(SamePerson(stays=other, goes=mine, decided=swapped(table.decided)))
        renamed = {one.goes: one.stays for one in same}
        roles = [renamed.get(one.chosen, one.chosen) for one in (self.principal, self.head)]
        return CasesDecision(
            principal=roles[0], head=roles[1], same=tuple(same),
            decided=self.table.decided if this_stays else swapped(self.table.decided),
            relationships={renamed.get(uid, uid): one.chosen for uid, one in self.relationships.items() if one.chosen},
        )  # fmt: skip

    def _cancel(self) -> Button:
        return button(self._acts.workspace.words.text("Cancel", "button"), self.done.emit)
