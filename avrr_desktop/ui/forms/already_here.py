"""“Already here?”: who in the store may be the one whose name is being typed, before they are written down twice."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal

from avrr_desktop.domain.people.likeness import ON_PAPER
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import country_name, person_shown
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.search import LIKELY_SHOWN, LikelyPerson, likely_people
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import born_on, joined
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import Theme

TYPING_PAUSE_MS = 60
_ASKED = ("given_names", "family_name", "family_name_at_birth", "birth_date")


def likely_lines(workspace: Session, people: Iterable[LikelyPerson]) -> list[Item]:
    """Return a line for each person: name and birth; below, by which further name they were found, and the case; at the right, what speaks for them."""
    words = workspace.words
    return [
        Item(
            likely.person.uid,
            joined(person_shown(likely.person, workspace.today, words), born_on(workspace, likely.person)),
            joined(
                _found_by(likely, words),
                likely.case.number,
                likely.case.place,
                country_name(likely.case.country, words),
            ),
            "person",
            "can_start" if likely.same_year or likely.in_no_case else "",
            joined(*_marks(likely, words)),
        )
        for likely in people
    ]


def _found_by(likely: LikelyPerson, words: Language) -> str:
    """Return the further name that is like the typed one, such as that at birth; empty where it is the one that is shown."""
    if likely.found_by is None:
        return ""
    field, name = likely.found_by
    kind = BY_KEY["paper" if field == ON_PAPER else "person"]
    return words.text("{field}: {name}", field=words.text(kind.field(field).label), name=name)


def _marks(likely: LikelyPerson, words: Language) -> Iterable[str]:
    if likely.perhaps:
        yield words.text("perhaps")
    if likely.same_day:
        yield words.text("same date of birth")
    elif likely.same_year:
        yield words.text("same year")
    if likely.in_no_case:
        yield words.text("in no case")
    elif likely.double:
        yield words.text("closed: duplicate, or opened in error")
    elif likely.closed:
        yield words.text("closed")


def advice(words: Language, name: str, found: int) -> str:
    """Return what is said above the list; that nobody is here only where that is true."""
    if not name:
        return words.text("Possible duplicates appear here while you type.")
    if not found:
        return words.text("Nobody in this store has a similar name.")
    if found >= LIKELY_SHOWN:
        return words.text(
            "Many people have a similar name; the closest matches are shown. Type the date of birth to narrow "
            "them down."
        )
    return words.text("These names sound alike. Check before you open a new case.")


class AlreadyHere(Card):
    """Beside the form of a new person: hidden while nobody is like them. ``left_out``: who is in the case already."""

    chosen = Signal(str)  # a person of the store: this is the one who was typed

    def __init__(self, acts: Actions, theme: Theme, form: Form, left_out: Callable[[], set[str]]) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Already recorded?"))
        self._acts, self._form, self._left_out = acts, form, left_out
        self.people = ItemList(theme, words.text("Possible duplicates"))
        self.take = button(words.text("Same person: add to this case"), self._take)
        self.body.addWidget(
            label(words.text("These names sound alike. Is it one of these people? If not, keep typing."), "muted")
        )
        self.body.addWidget(self.people)
        self.body.addLayout(WrappingRow(self.take))
        self._timer = pause_timer(self, TYPING_PAUSE_MS, self.show_likely)
        for key in _ASKED:
            form.rows[key].editor.touched.connect(self._timer.start)
        self.hide()

    def show_likely(self) -> None:
        """Show who in the store may be the one in the form."""
        self._timer.stop()
        workspace = self._acts.workspace
        typed = {key: str(self._form.value_of(key) or "") for key in _ASKED}
        name = " ".join(typed[key] for key in _ASKED[:3] if typed[key])
        # the family name is the family's own: by itself it would show everybody who is called so
        wanted = typed["given_names"] or typed["birth_date"]
        none: list[LikelyPerson] = []
        found = self._acts.ask(lambda: likely_people(workspace, name, typed["birth_date"]), none) if wanted else none
        out = self._left_out()
        likely = [one for one in found if one.person.uid not in out]
        self.people.show_lines(likely_lines(workspace, likely))
        if likely:
            self.people.setCurrentRow(0)
        self.setVisible(bool(likely))

    def _take(self) -> None:
        if key := self.people.chosen():
            self.chosen.emit(key)
