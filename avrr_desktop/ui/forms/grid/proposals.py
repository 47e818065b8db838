"""What the facts of a family propose: situations with their reason, and the services that ticked situations bring. Nothing is ticked by itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.domain.procedure.pack import ServiceTemplate, Situation
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.imports.intake import Arrival, services_of, situations_of
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, Column, button, check_box, emptied, label, row
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_TINY

Held = tuple[Situation, str, tuple[int, ...]]  # what the facts speak for, why, and the rows
Wanted = tuple[ServiceTemplate, tuple[int, ...]]


class Proposals(QWidget):
    """Two cards. ``situation_ticked``: row, code, whether; services are kept here until the case is opened."""

    situation_ticked = Signal(int, str, bool)
    touched = Signal()

    def __init__(self, acts: Actions, return_to: str, name_of: Callable[[int], str]) -> None:
        super().__init__()
        self._acts, self._return_to, self._name_of = acts, return_to, name_of
        self._words = acts.workspace.words
        self.services: set[str] = set()
        self._shown: object = None
        self.boxes: dict[tuple[int, str], QCheckBox] = {}
        self.service_boxes: dict[str, QCheckBox] = {}
        words = self._words
        self._situations = Card(words.text("Situations that the entries suggest"))
        self._services = Card(words.text("Services for these situations"))
        self._left, self._right = Column(), Column()
        self._left.body.setSpacing(GAP_TINY)
        self._right.body.setSpacing(GAP_TINY)
        self.all_situations = button(
            words.text("Tick all", "situations"), self.take_all, name="quiet", shortcut="Ctrl+T"
        )
        self.all_services = button(
            words.text("Tick all", "services"), self.take_services, name="quiet", shortcut="Ctrl+Shift+T"
        )
        for card, column, every in (
            (self._situations, self._left, self.all_situations), (self._services, self._right, self.all_services),
        ):  # fmt: skip
            column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            card.body.addWidget(column, 1)
            card.body.addLayout(row(every, 1))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self._situations, 3)
        across.addWidget(self._services, 2)

    def show_family(self, arrivals: Sequence[tuple[int, Arrival]]) -> None:
        """Show what the rows propose. ``arrivals``: each with the number of its row."""
        held = self._held(arrivals)
        nothing: tuple[Wanted, ...] = ()
        people = [arrival for _, arrival in arrivals]
        wanted = self._acts.ask(lambda: services_of(self._acts.workspace, people), nothing)
        wanted = tuple((one, tuple(arrivals[place][0] for place in places)) for one, places in wanted)
        self.services &= {one.key for one, _ in wanted}
        names = {number: self._name_of(number) for number, _ in arrivals}
        shown = ([(one.key, why, rows) for one, why, rows in held], [(one.key, rows) for one, rows in wanted], names)
        if shown != self._shown:
            self._shown = shown
            self._fill_situations(held)
            self._fill_services(wanted)
        ticked = {number: arrival.membership.get("situations", ()) for number, arrival in arrivals}
        for (number, code), box in self.boxes.items():
            chosen = ticked[number]
            box.setChecked(isinstance(chosen, tuple) and code in chosen)
        for key, box in self.service_boxes.items():
            box.setChecked(key in self.services)

    def _held(self, arrivals: Sequence[tuple[int, Arrival]]) -> list[Held]:
        """Return what the facts speak for, ticked or not, the people with the same reason together."""
        found: dict[tuple[str, str], tuple[Situation, list[int]]] = {}
        for number, arrival in arrivals:
            for one in self.proposed(arrival, ticked=True):
                why = self._reason(one, arrival)
                found.setdefault((one.key, why), (one, []))[1].append(number)
        return [(one, why, tuple(rows)) for (_, why), (one, rows) in found.items()]

    def proposed(self, arrival: Arrival, *, ticked: bool = False) -> tuple[Situation, ...]:
        """Return the situations that the facts about somebody speak for; also those that are ``ticked`` already."""
        if ticked:
            plain = {key: value for key, value in arrival.membership.items() if key != "situations"}
            arrival = replace(arrival, membership=plain)
        nothing: tuple[Situation, ...] = ()
        return self._acts.ask(lambda: situations_of(self._acts.workspace, arrival, self._return_to), nothing)

    def _reason(self, one: Situation, arrival: Arrival) -> str:
        born = str(arrival.person.get("birth_country", ""))
        return self._words.text(
            one.reason, born_in=country_name(born, self._words), return_to=country_name(self._return_to, self._words)
        )

    def _fill_situations(self, held: Sequence[Held]) -> None:
        self.boxes.clear()
        emptied(self._left.body)
        words = self._words
        for one, why, rows in held:
            title = words.text(one.title)
            self._left.body.addWidget(label(title, "name"))
            boxes = []
            for number in rows:
                box = check_box(self._name_of(number))
                box.setAccessibleName(f"{self._name_of(number)}: {title}")
                box.setAccessibleDescription(why)
                box.clicked.connect(lambda on, at=number, code=one.key: self.situation_ticked.emit(at, code, on))
                self.boxes[number, one.key] = box
                boxes.append(box)
            line = QWidget()
            line.setLayout(WrappingRow(label(why, "hint", wrap=False), *boxes))
            self._left.body.addWidget(line)
        if not held:
            self._left.body.addWidget(
                label(
                    words.text("Suggestions appear here, with their reason, as soon as dates and places are entered."),
                    "muted",
                )
            )
        self._left.body.addStretch(1)
        self.all_situations.setVisible(bool(held))

    def _fill_services(self, wanted: Sequence[Wanted]) -> None:
        self.service_boxes.clear()
        emptied(self._right.body)
        words = self._words
        for one, rows in wanted:
            people = words.joined([self._name_of(number) for number in rows])
            box = check_box(words.text(one.title))
            box.setAccessibleDescription(people)
            box.clicked.connect(lambda on, key=one.key: self._on_service(key, on=on))
            self.service_boxes[one.key] = box
            self._right.body.addWidget(box)
            self._right.body.addWidget(label(people, "hint"))
        if not wanted:
            self._right.body.addWidget(
                label(words.text("Ticked situations suggest services here. Nothing is added automatically."), "muted")
            )
        self._right.body.addStretch(1)
        self.all_services.setVisible(bool(wanted))

    def _on_service(self, key: str, *, on: bool) -> None:
        (self.services.add if on else self.services.discard)(key)
        self.touched.emit()

    def take_all(self) -> None:
        """Tick every situation that is shown."""
        for (number, code), box in list(self.boxes.items()):
            if not box.isChecked():
                self.situation_ticked.emit(number, code, True)

    def take_services(self) -> None:
        """Tick every service that is shown."""
        self.services |= set(self.service_boxes)
        for box in self.service_boxes.values():
            box.setChecked(True)
        self.touched.emit()
