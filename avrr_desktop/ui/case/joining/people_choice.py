"""Lists of people of a case to choose one from: the principal applicant, the head of household, who is the same person."""

from collections.abc import Iterable

from avrr_desktop.domain.case.case_file import Member
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.controls import Choice

UNDECIDED, NOBODY = "undecided", ""


class PeopleChoice(Choice):
    """One of some people; ``chosen`` is ``UNDECIDED`` before somebody chose, where nothing is plain by itself."""

    def __init__(self, workspace: Session, name: str) -> None:
        super().__init__()
        self._workspace = workspace
        self.setAccessibleName(name)
        self.let_narrow()
        self._by_hand = False
        self.currentIndexChanged.connect(lambda _: self._on_chosen())

    def _on_chosen(self) -> None:
        self._by_hand = True  # what is offered anew says nothing while it is

    def offer(self, people: Iterable[Member], plain: str, nobody: str = "") -> None:
        """Offer people, keeping whom somebody chose. ``plain``: who it is unless somebody says otherwise; ``nobody``: what
        the entry for nobody reads, empty where somebody must be chosen.
        """
        words, kept = self._workspace.words, self.chosen
        self.blockSignals(True)
        self.clear()
        self.addItem(words.text("Choose …"), UNDECIDED)
        if nobody:
            self.addItem(nobody, NOBODY)
        for member in people:
            self.addItem(person_shown(member.person, self._workspace.today, words), member.person.uid)
        there = self.findData(kept) if self._by_hand and kept != UNDECIDED else -1
        self.setCurrentIndex(max(0, there if there >= 0 else self.findData(plain)))
        self.blockSignals(False)

    @property
    def chosen(self) -> str:
        """Who is chosen: a person, ``NOBODY`` or ``UNDECIDED``."""
        found = self.currentData()
        return UNDECIDED if found is None else str(found)


class RelationshipChoice(Choice):
    """What somebody is to the principal applicant; empty where nobody said it."""

    def __init__(self, workspace: Session, name: str) -> None:
        super().__init__()
        words = workspace.words
        self.setAccessibleName(name)
        self.let_narrow()
        self.addItem("", "")
        for code, text in workspace.pack.labels("relationship").items():
            if code != "self":
                self.addItem(words.text(text), code)

    @property
    def chosen(self) -> str:
        """The code that is chosen; empty for none."""
        return str(self.currentData() or "")
