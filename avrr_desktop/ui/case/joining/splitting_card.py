"""A family is split: who leaves, who is the principal applicant on either side, and what of the family both cases hold."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import OpenedCase
from avrr_desktop.operations.cases.join.splitting import Divided, SplitDecision, divided, split_family
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.joining.people_choice import NOBODY, UNDECIDED, PeopleChoice, RelationshipChoice
from avrr_desktop.ui.widgets.controls import Card, button, check_box, emptied, label, row
from avrr_desktop.ui.widgets.theme import GAP_SMALL

_NONE = Divided((), (), ())


class SplittingCard(Card):
    """Boxes for the people, and below them what follows: choices of either side, and what goes along."""

    done = Signal()

    def __init__(self, acts: Actions, case_file: CaseFile) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Split this family"))
        self._acts, self._case = acts, case_file
        self.opened: OpenedCase | None = None
        self.leaving: dict[str, QCheckBox] = {}
        self.copied: dict[str, QCheckBox] = {}  # record type -> whether those about the family are copied
        self.relationships: dict[str, RelationshipChoice] = {}
        self._divided = _NONE
        self.body.addWidget(label(words.text("Who leaves for a case of their own?"), "muted"))
        for member in case_file.members:
            box = check_box(self._called(member))
            box.toggled.connect(lambda _: self._show_rest())
            self.leaving[member.person.uid] = box
            self.body.addWidget(box)
        self.principal = PeopleChoice(acts.workspace, words.text("Principal applicant of the new case"))
        self.head = PeopleChoice(acts.workspace, words.text("Head of household of the new case"))
        self.stays_principal = PeopleChoice(acts.workspace, words.text("Principal applicant of this case"))
        self.stays_head = PeopleChoice(acts.workspace, words.text("Head of household of this case"))
        self._labels = {}
        for choice in (self.principal, self.head, self.stays_principal, self.stays_head):
            self._labels[choice] = label(choice.accessibleName(), "muted")
            self.body.addWidget(self._labels[choice])
            self.body.addWidget(choice)
            choice.currentIndexChanged.connect(lambda _: self._ask_relationships())
        self._relations, self._records = QVBoxLayout(), QVBoxLayout()
        for layout in (self._relations, self._records):
            layout.setSpacing(GAP_SMALL)
            self.body.addLayout(layout)
        said = words.text(
            "Papers, steps, school, referrals, notes and files about those who leave go with them. Both cases name each "
            "other by number. Undo with Ctrl+Z."
        )
        self.body.addWidget(label(said, "hint"))
        self.split_button = button(words.text("Split", "button"), self.split, name="primary")
        self.body.addLayout(row(self.split_button, button(words.text("Cancel", "button"), self.done.emit), 1))
        self._show_rest()

    def take_focus(self) -> None:
        """Put the cursor on the first person."""
        next(iter(self.leaving.values())).setFocus() if self.leaving else self.setFocus()

    def _sides(self) -> tuple[list[Member], list[Member]]:
        """Return who leaves and who stays."""
        gone = [one for one in self._case.members if self.leaving[one.person.uid].isChecked()]
        return gone, [one for one in self._case.members if one not in gone]

    def _show_rest(self) -> None:
        """Offer what follows from who leaves."""
        gone, stay = self._sides()
        nobody = self._acts.workspace.words.text("nobody")
        principal = self._case.principal
        plain = principal.person.uid if principal is not None else UNDECIDED
        heads = [one.person.uid for one in self._case.members if one.membership.yes("head_of_household")]
        head = heads[0] if len(heads) == 1 else NOBODY
        for people, chief, house in ((gone, self.principal, self.head), (stay, self.stays_principal, self.stays_head)):
            uids = [one.person.uid for one in people]
            chief.offer(people, plain if plain in uids else uids[0] if len(uids) == 1 else UNDECIDED)
            house.offer(people, head if head in uids else NOBODY, nobody)
            for choice in (chief, house):
                shown = bool(gone and stay)
                choice.setVisible(shown)
                self._labels[choice].setVisible(shown)
        self._ask_relationships()
        self._show_records([one.person.uid for one in gone] if gone and stay else [])

    def _ask_relationships(self) -> None:
        """Ask what people are to a principal applicant whom they did not have before."""
        workspace = self._acts.workspace
        emptied(self._relations)
        self.relationships = {}
        before = self._case.principal.person.uid if self._case.principal is not None else ""
        for people, chief in zip(self._sides(), (self.principal, self.stays_principal), strict=True):
            for member in people:
                uid = member.person.uid
                if chief.chosen in (UNDECIDED, before, uid) or not all(self._sides()):
                    continue
                text = workspace.words.text("{person} is to the principal applicant", person=self._called(member))
                self.relationships[uid] = RelationshipChoice(workspace, text)
                self._relations.addWidget(label(text, "muted"))
                self._relations.addWidget(self.relationships[uid])

    def _show_records(self, leaving: list[str]) -> None:
        """Say what goes along, and offer to copy what is about the family."""
        workspace = self._acts.workspace
        words, kept = workspace.words, {key for key, box in self.copied.items() if box.isChecked()}
        emptied(self._records)
        self.copied = {}
        if not leaving:
            return
        self._divided = self._acts.ask(lambda: divided(workspace, self._case, leaving), _NONE)
        going = Counter(one.type for one in self._divided.going if not BY_KEY[one.type].restricted)
        told = ", ".join(self._counted(kind, count) for kind, count in going.items())
        text = (
            words.text("Taken along: {records}", records=told)
            if told
            else words.text("Nothing is recorded about them alone.")
        )
        self._records.addWidget(label(text))
        for kind, count in Counter(one.type for one in self._divided.family if "sealed" not in one.values).items():
            box = check_box(
                words.text("Copy what is about the whole family: {records}", records=self._counted(kind, count))
            )
            box.setChecked(kind in kept)
            self.copied[kind] = box
            self._records.addWidget(box)

    def _counted(self, kind: str, count: int) -> str:
        return f"{self._acts.workspace.words.text(BY_KEY[kind].plural)} {count}"

    def _called(self, member: Member) -> str:
        return person_shown(member.person, self._acts.workspace.today, self._acts.workspace.words)

    def split(self) -> None:
        """Split the family as it is decided; the new case is named by its number beside the undo."""
        acts, workspace = self._acts, self._acts.workspace
        words, (gone, _) = workspace.words, self._sides()
        copied = [one.uid for one in self._divided.family if (box := self.copied.get(one.type)) and box.isChecked()]
        chosen = {choice: "" if choice.chosen == UNDECIDED else choice.chosen for choice in self._labels}
        decision = SplitDecision(
            leaving=[one.person.uid for one in gone], principal=chosen[self.principal], head=chosen[self.head],
            stays_principal=chosen[self.stays_principal], stays_head=chosen[self.stays_head], copied=copied,
            relationships={uid: one.chosen for uid, one in self.relationships.items() if one.chosen},
        )  # fmt: skip
        made: list[OpenedCase] = []

        def verb() -> Changes:
            made.append(split_family(workspace, self._case, decision))
            return made[0].changes

        if acts.do(verb, words.text("Family split")):
            acts.said.emit(words.text("Family split: new case {number}", number=made[0].number), True)
            self.opened = made[0]
            self.done.emit()
