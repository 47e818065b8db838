"""The editor of a place: typed in any language and spelling, or picked from what fits; other text stays possible."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.places.gazetteer import Gazetteer, Place
from avrr_desktop.domain.places.place_keys import key
from avrr_desktop.domain.records.fields import Field, Value
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import Editor
from avrr_desktop.ui.forms.editors.suggestions import Suggestion, Suggestions
from avrr_desktop.ui.forms.letter_cycling import offer_letters
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import button
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP_TINY

_OFFERED = 8
_ASKED = 3  # places between which one press decides
ASK_AFTER_MS = 120  # a pause in typing: what is half a name asks nothing
_SHORTEST = 2  # letters from which places are offered


class _Line(QLineEdit):
    """A line that says when Down was pressed in it."""

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything else is typed."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class PlaceEditor(Editor):
    """A line beneath which places pop up. What is stored is the text as it stands, and beside it which place was picked.

    ``country``, set by who knows it: in which country the place lies, and whether the record itself says so.
    """

    def __init__(self, words: Language, field: Field, places: Callable[[], Gazetteer]) -> None:
        self.line = _Line()
        self.line.setMaxLength(2000)
        self.line.setMinimumWidth(80)
        self._words, self._field, self._places = words, field, places
        self.country: Callable[[], tuple[str, bool]] = lambda: ("", False)
        self._asked_about: tuple[Place, ...] = ()
        self._choices: list[QWidget] = []
        self._picked, self._picked_for = "", ""  # a place, and the text for which it stands
        self.suggestions = Suggestions(self.line)
        box = QWidget()
        self._asked = QWidget()
        self._buttons = WrappingRow()
        self._asked.setLayout(self._buttons)
        self._asked.hide()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        column.addWidget(self.line)
        column.addWidget(self._asked)
        super().__init__(box, self.line)
        box.setFocusProxy(self.line)
        offer_letters(self.line)
        self._asking = pause_timer(self, ASK_AFTER_MS, self._show_question)
        self.line.textEdited.connect(self._on_edited)
        self.line.went_down.connect(lambda: self._offer(self.line.text()))
        self.suggestions.chosen.connect(self.pick)

    def value(self) -> Value | None:
        """Return the text as it stands; None when empty."""
        return self.line.text().strip() or None

    def typed(self) -> object:
        """Return the text."""
        return self.line.text()

    def show_typed(self, typed: object) -> None:
        """Show a text from its beginning; who types in it goes on where they were."""
        at = self.line.cursorPosition()
        self.line.setText(str(typed))
        self.line.setCursorPosition(at if self.line.hasFocus() else 0)
        self._picked_for = self.line.text().strip()
        self._show_question()

    def show_beside(self, values: Mapping[str, object]) -> None:
        """Take which place stands beside the text that is shown next."""
        self._picked = str(values.get(self._field.code_key) or "")

    def beside(self) -> Mapping[str, Value | None]:
        """Return which place was picked, while its text stands; nothing where the text itself has to say it."""
        return {self._field.code_key: self._picked} if self._picked and self._is_picked() else {}

    def _is_picked(self) -> bool:
        return self.line.text().strip() == self._picked_for

    def only_show(self) -> None:
        """Let the text be read and copied."""
        self.line.setReadOnly(True)
        self._show_question()

    def meant(self) -> Place | None:
        """Return the place that the text stands for: the one that was picked, or that it surely means."""
        text, (country, said) = self.line.text().strip(), self.country()
        picked = self._places().get(self._picked) if self._picked and self._is_picked() else None
        return picked or (self._places().sure(text, country, only=said) if text else None)

    def _perhaps(self) -> Sequence[Place]:
        """Return the places between which somebody should decide: several of one name, or one that is meant only perhaps."""
        text, (country, said) = self.line.text().strip(), self.country()
        if not text or self.meant() is not None:
            return ()
        found = [one.place for one in self._places().find(text, country)] or self._places().like(text, country)
        return [place for place in found if not said or place.country == country][:_ASKED]

    def explanation(self) -> str:
        """Return as which place the text is understood, or what is asked about it."""
        if (place := self.meant()) is not None:
            return self._where(place)
        perhaps = self._perhaps()
        if len(perhaps) > 1:
            return self._words.text("Several places have this name. Which one is it?")
        return self._words.text("Perhaps: {place}", place=self._where(perhaps[0])) if perhaps else ""

    def _where(self, place: Place) -> str:
        language = self._words.language
        parents = (self._places().get(uid) for uid in self._places().ancestors(place.uid)[:1])
        around = [name for parent in parents if parent and (name := parent.name(language)) != place.name(language)]
        return ", ".join([place.on_paper(), *around, country_name(place.country, self._words)])

    def pick(self, uid: str) -> None:
        """Take a place: a name of it that was typed stays, else its name in this language stands there."""
        place = self._places().get(uid)
        if place is None:
            return
        typed = key(self.line.text())
        if typed not in map(key, place.all_names()):
            self.line.setText(place.name(self._words.language))
        self._picked, self._picked_for = uid, self.line.text().strip()
        self._show_question()
        self.touched.emit()

    def _on_edited(self, text: str) -> None:
        self._offer(text)
        self._asking.start()
        self.touched.emit()

    def _offer(self, text: str) -> None:
        self.suggestions.offer(self.offered(text))

    def offered(self, text: str) -> list[Suggestion]:
        """Return the places whose name begins so, by their identifiers."""
        wanted = text.strip()
        found = self._places().beginning(wanted, _OFFERED, self.country()[0]) if len(wanted) >= _SHORTEST else ()
        return [self._suggestion(place) for place in found]

    def _suggestion(self, place: Place) -> Suggestion:
        name, whole = place.name(self._words.language), self._where(place)
        return Suggestion(place.uid, name, whole.removeprefix(f"{name}, "))

    def look_again(self) -> None:
        """Ask about what is meant now: the country of the place may have been written."""
        self._show_question()

    def _show_question(self) -> None:
        """Offer what may be meant, one press each."""
        self._asking.stop()
        perhaps = () if self.line.isReadOnly() else tuple(self._perhaps())
        if perhaps == self._asked_about:
            return
        self._asked_about = perhaps
        if any(one.hasFocus() for one in self._choices):
            self.line.setFocus()
        for one in self._choices:
            self._buttons.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._choices = [self._choice(place) for place in perhaps]
        for one in self._choices:
            self._buttons.addWidget(one)
        self._asked.setVisible(bool(perhaps))

    def _choice(self, place: Place) -> QWidget:
        where = self._where(place)
        made = button(where, lambda: self.pick(place.uid), name="quiet")
        made.setAccessibleName(self._words.text("Take: {place}", place=where))
        return made
