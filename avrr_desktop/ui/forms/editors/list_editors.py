"""Editors for several of a list: checks that flow, and records of a case in a list of their own height."""

from collections.abc import Container, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from avrr_desktop.domain.records.fields import Value
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import Editor, Options
from avrr_desktop.ui.widgets.controls import ElidedButton, Tick, check_box, label, plain_tip
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, GAP_TINY

ROWS = 8  # of a list that are seen at once
LOW_ROWS = 2  # in a low window
WIDE = 56  # letters, from which on ticks stand in two columns


class ChoicesEditor(Editor):
    """Several of a list."""

    def __init__(self, options: Options) -> None:
        box = QWidget()
        self._flow = WrappingRow()
        self.boxes: dict[str, QCheckBox] = {}
        for value, text in options:
            self.let_choose(value, text)
        box.setLayout(self._flow)
        self._shown: tuple[str, ...] = ()
        super().__init__(box, next(iter(self.boxes.values()), box))

    def let_choose(self, value: str, text: str) -> None:
        """Offer one more, behind the others, unless it is offered."""
        if value not in self.boxes:
            check = self.boxes[value] = check_box(text)
            check.clicked.connect(lambda _: self.touched.emit())
            self._flow.addWidget(check)

    def value(self) -> Value | None:
        """Return the codes in the order of the list; None for none."""
        return _in_order((value for value, check in self.boxes.items() if check.isChecked()), self._shown, self.boxes)

    def typed(self) -> object:
        """Return the codes."""
        return list(self.value() or ())  # type: ignore[arg-type]

    def show_typed(self, typed: object) -> None:
        """Show codes; those that the list does not know are kept."""
        chosen = tuple(str(item) for item in typed) if isinstance(typed, list | tuple) else ()
        for value, check in self.boxes.items():
            check.setChecked(value in chosen)
        self._shown = chosen


Groups = Sequence[tuple[str, Options]]  # (heading, what stands under it); one heading may be empty


class GroupedEditor(ChoicesEditor):
    """Several of a long list: every entry in sight, under headings, in two columns where there is room; nothing scrolls inside.

    In a low window one line says what is ticked; it opens and folds the entries below it.
    """

    def __init__(self, groups: Groups, words: Language) -> None:
        self._words, self._name = words, ""
        self.boxes: dict[str, QCheckBox] = {}
        self._shown: tuple[str, ...] = ()
        self.area = _GroupedTicks()
        self.fold = ElidedButton("", self.turn, "menu")
        self.fold.setStyleSheet("text-align: left;")
        self.fold.hide()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.fold)
        column.addWidget(self.area)
        for heading, options in groups:
            ticks = []
            for value, text in options:
                tick = Tick(text)
                self.boxes[value] = tick.box
                tick.box.clicked.connect(lambda _: self.touched.emit())
                ticks.append(tick)
            self.area.add(heading, ticks)
        self.area.arrange(2)
        Editor.__init__(self, box, next(iter(self.boxes.values()), self.area))
        self.touched.connect(self._summarise)

    def name(self, text: str) -> None:
        """Call the line by the name of the field."""
        self._name = text
        self._summarise()

    @property
    def is_open(self) -> bool:
        """Whether the entries are in sight."""
        return not self.area.isHidden()

    def tighten(self, *, low: bool) -> None:
        """Fold the entries into one line, or show them all without it."""
        inside = self.area.isAncestorOf(QApplication.focusWidget() or self.fold)
        self.fold.setVisible(low)
        self.area.setVisible(not low or inside)
        self.focus = self.fold if low and not inside else next(iter(self.boxes.values()), self.area)
        self._summarise()

    def turn(self) -> None:
        """Open or fold the entries; the cursor goes to the first, and back."""
        self.area.setVisible(not self.is_open)
        self.focus = next(iter(self.boxes.values()), self.area) if self.is_open else self.fold
        self.focus.setFocus()
        self._summarise()

    def _summarise(self) -> None:
        """Say in the line how many entries are ticked, and which."""
        ticked = [one.accessibleName() for one in self.boxes.values() if one.isChecked()]
        said = self._words.text("none ticked")
        if ticked:
            said = self._words.plural("{count} ticked: {entries}", "{count} ticked: {entries}", len(ticked),
                                      count=len(ticked), entries="; ".join(ticked))  # fmt: skip
        self.fold.say(f"{'▾' if self.is_open else '▸'}  {said}")
        self.fold.setAccessibleName(f"{self._name}: {said}")

    def show_typed(self, typed: object) -> None:
        """Show codes; those that the list does not know are kept."""
        super().show_typed(typed)
        self._summarise()

    def let_choose(self, value: str, text: str) -> None:
        """Offer one more, under the last heading, unless it is offered."""
        if value not in self.boxes:
            tick = Tick(text)
            self.boxes[value] = tick.box
            tick.box.clicked.connect(lambda _: self.touched.emit())
            self.area.add("", [tick])
            self.area.arrange(2, anew=True)


class _GroupedTicks(QWidget):
    """Ticks under headings, arranged anew when the width changes."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[tuple[QLabel | None, list[Tick]]] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP_TINY)

    def add(self, heading: str, ticks: list[Tick]) -> None:
        """Add a group; an empty heading is not shown."""
        above = label(heading.upper(), "section") if heading else None
        if above is not None and self._groups:
            above.setContentsMargins(0, GAP_SMALL, 0, 0)
        self._groups.append((above, ticks))

    def arrange(self, columns: int, *, anew: bool = False) -> None:
        """Put the ticks into so many columns, in the order in which they are read and gone through with Tab."""
        if columns == self._columns and not anew:
            return
        self._columns, line = columns, 0
        while self._grid.count():
            self._grid.takeAt(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns > 1 else 0)
        for heading, ticks in self._groups:
            if heading is not None:
                self._grid.addWidget(heading, line, 0, 1, columns)
                line += 1
            for number, tick in enumerate(ticks):
                self._grid.addWidget(tick, line + number // columns, number % columns)
            line += -(-len(ticks) // columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would break every text."""
        self.arrange(2 if event.size().width() >= WIDE * self.fontMetrics().averageCharWidth() else 1)
        super().resizeEvent(event)


def _in_order(chosen: Iterable[str], shown: tuple[str, ...], known: Container[str]) -> tuple[str, ...] | None:
    """Return what is chosen: as it stood, with what the list does not know; what was added comes behind."""
    wanted = list(chosen)
    kept = [value for value in shown if value in wanted or value not in known]
    return (*kept, *(value for value in wanted if value not in kept)) or None


class _CheckList(QListWidget):
    """A list in which a click on the words ticks as well as one on the box, and Space."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick what was clicked."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._turn(self.itemAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space."""
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentItem())
            return
        super().keyPressEvent(event)

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)


class LinksEditor(Editor):
    """Several records of a case, in a list of its own height: their names are long."""

    def __init__(self, options: Options) -> None:
        self.list = _CheckList()
        super().__init__(self.list)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for value, text in options:
            item = QListWidgetItem(text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)  # the list ticks, not the box alone
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(plain_tip(text))
        self._fit(ROWS)
        self._shown: tuple[str, ...] = ()
        self._quiet = False
        self.list.itemChanged.connect(lambda _: None if self._quiet else self.touched.emit())

    def tighten(self, *, low: bool) -> None:
        """Show two records at once in a low window."""
        self._fit(LOW_ROWS if low else ROWS)

    def _fit(self, most: int) -> None:
        rows = max(1, min(self.list.count(), most))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 24) + 6)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def value(self) -> Value | None:
        """Return the identifiers in the order of the list; None for none."""
        known = {str(item.data(Qt.ItemDataRole.UserRole)): item for item in self._items()}
        checked = (value for value, item in known.items() if item.checkState() is Qt.CheckState.Checked)
        return _in_order(checked, self._shown, known)

    def typed(self) -> object:
        """Return the identifiers."""
        value = self.value()
        return list(value) if isinstance(value, tuple) else []

    def show_typed(self, typed: object) -> None:
        """Check identifiers; those that the list does not know are kept."""
        chosen = tuple(str(item) for item in typed) if isinstance(typed, list | tuple) else ()
        known = {str(item.data(Qt.ItemDataRole.UserRole)): item for item in self._items()}
        self._quiet = True
        for value, item in known.items():
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
        self._quiet = False
        self._shown = chosen
