"""“Already here?”: who in the store may be the one whose name is being typed, before they are written down twice."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal, SignalInstance

from avrr_desktop.domain.people.likeness import ON_PAPER
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import country_name, person_shown, place_of_line
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.search import LIKELY_SHOWN, LikelyPerson, likely_people
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.system.pause_timer import TwoLooks
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import born_on, joined
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import Theme

TYPING_PAUSE_MS = 60
_ASKED = ("given_names", "family_name", "family_name_at_birth", "birth_date")
_BESIDE = tuple(key for field in BY_KEY["person"].places for key in (field.key, field.code_key, field.country) if key)


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
                place_of_line(likely.case, words, workspace.pack),
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


def advice(words: Language, name: str, likely: Sequence[LikelyPerson]) -> str:
    """Return what is said above the list; that nobody is here only where that is true."""
    found = len(likely)
    if not name:
        return words.text("Possible duplicates appear here while you type.")
    if not found:
        return words.text("Nobody in this store has a similar name.")
    if found >= LIKELY_SHOWN:
        return words.text(
            "Many people have a similar name; the closest matches are shown. Type the date of birth to narrow "
            "them down."
        )
    if all(one.perhaps for one in likely):
        return words.text("Nobody has exactly this name; these are near. Check before you open a new case.")
    return words.text("These names sound alike. Check before you open a new case.")


def _question(words: Language, likely: Sequence[LikelyPerson]) -> str:
    if likely and all(one.perhaps for one in likely):
        return words.text(
            "Nobody has exactly this name; these are near. Is it one of these people? If not, keep typing."
        )
    return words.text("These names sound alike. Is it one of these people? If not, keep typing.")


class AlreadyHere(Card):
    """Beside the form of a new person: hidden while nobody is like them. ``left_out``: who is in the case already."""

    chosen = Signal(str)  # a person of the store: this is the one who was typed
    compared = Signal(str)  # a person of the store: to be laid beside the one who was typed

    def __init__(self, acts: Actions, theme: Theme, form: Form, left_out: Callable[[], set[str]]) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Already recorded?"))
        self._acts, self._form, self._left_out = acts, form, left_out
        self.people = ItemList(theme, words.text("Possible duplicates"))
        self.take = button(words.text("Same person: add to this case"), self._take)
        self.said = label("", "muted")
        self.body.addWidget(self.said)
        self.body.addWidget(self.people)
        self.compare = button(words.text("Lay side by side"), lambda: self._emit(self.compared), name="quiet")
        RowMenu(self.people, words, lambda: (self.take, self.compare))
        self.body.addLayout(WrappingRow(self.take, self.compare))
        self.looks = TwoLooks(self, TYPING_PAUSE_MS, lambda near: self.show_likely(near=near))
        for key in (*_ASKED, *(key for key in _BESIDE if key in form.rows)):
            form.rows[key].editor.touched.connect(self.looks.start)
        acts.changed.connect(self._look_again)
        self.hide()

    def show_likely(self, *, near: bool = True) -> None:
        """Show who in the store may be the one in the form; those who are only near once nobody types."""
        self.looks.stop(near=near)
        workspace = self._acts.workspace
        typed = {key: str(self._form.value_of(key) or "") for key in _ASKED}
        name = " ".join(typed[key] for key in _ASKED[:3] if typed[key])
        # the family name is the family's own: by itself it would show everybody who is called so
        wanted = typed["given_names"] or typed["birth_date"]
        none: list[LikelyPerson] = []
        born = typed["birth_date"]
        found = (
            self._acts.ask(lambda: likely_people(workspace, name, born, near=near, beside=self._beside()), none)
            if wanted
            else none
        )
        out = self._left_out()
        likely = [one for one in found if one.person.uid not in out]
        if wanted and not likely and self.looks.awaited:
            return  # whoever stands there stays until everything was looked at
        self.people.show_lines(likely_lines(workspace, likely), self.people.chosen())
        if likely and not self.people.chosen():
            self.people.setCurrentRow(0)
        self.said.setText(_question(workspace.words, likely))
        self.setVisible(bool(likely))

    def _look_again(self, _: object) -> None:
        """Look again at who stands there: somebody may have decided that they are not the same."""
        if not self.isHidden():
            self.show_likely()

    def _beside(self) -> Record:
        """Return what else is typed of the person: places."""
        typed = ((key, self._form.value_of(key)) for key in _BESIDE if key in self._form.rows)
        return Record("person", "", {key: value for key, value in typed if value is not None})

    def _take(self) -> None:
        self._emit(self.chosen)

    def _emit(self, signal: SignalInstance) -> None:
        if key := self.people.chosen():
            signal.emit(key)
