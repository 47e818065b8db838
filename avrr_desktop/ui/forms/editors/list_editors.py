"""Editors for several of a list: checks that flow, and records of a case in a list of their own height."""

from collections.abc import Container, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from avrr_desktop.domain.records.fields import Value
from avrr_desktop.ui.forms.editors.field_editors import Editor, Options
from avrr_desktop.ui.widgets.controls import check_box, plain_tip
from avrr_desktop.ui.widgets.responsive import WrappingRow

ROWS = 8  # of a list that are seen at once


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
        rows = max(1, min(len(options), ROWS))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 24) + 6)
        self._shown: tuple[str, ...] = ()
        self._quiet = False
        self.list.itemChanged.connect(lambda _: None if self._quiet else self.touched.emit())

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
