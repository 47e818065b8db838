"""Two records side by side: the fields in which they differ, with a choice for each; those that are equal fold into one line."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from avrr_desktop.domain.case.joined import BOTH, FIRST, SECOND, Difference, differences, same_in_both
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.join.people import value_said
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import hairline, label
from avrr_desktop.ui.widgets.theme import GAP, GAP_SMALL, GAP_TINY

_SWAPPED = {FIRST: SECOND, SECOND: FIRST, BOTH: BOTH}
_LABEL, _VALUE = 22, 39  # shares of the width


def swapped(decided: Mapping[str, str]) -> dict[str, str]:
    """Return what was decided where the second record is the first one."""
    return {key: _SWAPPED[answer] for key, answer in decided.items()}


class SideBySide(QWidget):
    """A row for each field that differs: its name, the value of either side, and “both” where it takes both."""

    changed = Signal()

    def __init__(self, workspace: Session, first: Record, second: Record, titles: tuple[str, str]) -> None:
        super().__init__()
        self._workspace = workspace
        self._rows: dict[str, _Row] = {}
        words = workspace.words
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP_TINY)
        for column, share in enumerate((_LABEL, _VALUE, _VALUE)):
            self._grid.setColumnStretch(column, share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_SMALL)
        for column, title in enumerate(titles, 1):
            self._grid.addWidget(label(title, "small"), 0, column)
        found = differences(first, second)
        for difference in found:
            self._add(difference)
        if found:
            whole.addLayout(self._grid)
        same = [words.text(one.label) for one in same_in_both(first, second) if first.values.get(one.key) is not None]
        if same:
            whole.addWidget(label(words.text("The same in both: {fields}", fields=", ".join(same)), "hint"))

    def _add(self, difference: Difference) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(hairline(), at, 0, 1, 3)
        made = _Row(self._workspace, difference)
        made.group.idToggled.connect(lambda *_: self.changed.emit())
        self._rows[difference.field.key] = made
        self._grid.addWidget(made.name, at + 1, 0, Qt.AlignmentFlag.AlignTop)
        for column, option in enumerate(made.options[:2], 1):
            self._grid.addWidget(option, at + 1, column, Qt.AlignmentFlag.AlignTop)
        for option in made.options[2:]:
            self._grid.addWidget(option, at + 2, 1, 1, 2)

    @property
    def decided(self) -> dict[str, str]:
        """What is chosen for each field that differs; a field of which nothing is chosen is left out."""
        return {key: answer for key, row in self._rows.items() if (answer := row.answer)}

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in which the records differ, by key."""
        return tuple(self._rows)

    @property
    def open_fields(self) -> tuple[str, ...]:
        """The names of the fields of which nothing is chosen."""
        return tuple(row.name.text() for row in self._rows.values() if not row.answer)

    def option(self, key: str, answer: str) -> QRadioButton:
        """Return the button by which an answer is chosen for a field."""
        return next(one.radio for one in self._rows[key].options if one.answer == answer)

    def take_focus(self) -> None:
        """Put the cursor on the first field of which nothing is chosen, else on the first."""
        rows = [*(row for row in self._rows.values() if not row.answer), *self._rows.values()]
        if rows:
            rows[0].options[0].radio.setFocus()


class _Row:
    """The choice for one field."""

    def __init__(self, workspace: Session, difference: Difference) -> None:
        words, field = workspace.words, difference.field
        self.name = label(words.text(field.label), "muted")
        self.group = QButtonGroup(self.name)
        said = [value_said(workspace, field, one) or words.text("nothing recorded") for one in difference.values]
        texts = {FIRST: said[0], SECOND: said[1]}
        if difference.both:
            texts[BOTH] = words.text("Keep both")
        self.options = [_Option(answer, text, self.name.text()) for answer, text in texts.items()]
        for number, option in enumerate(self.options):
            self.group.addButton(option.radio, number)
            option.radio.setChecked(option.answer == difference.proposed)

    @property
    def answer(self) -> str:
        return next((one.answer for one in self.options if one.radio.isChecked()), "")


class _Option(QWidget):
    """A round button with a text beside it that may be longer than a line."""

    def __init__(self, answer: str, text: str, field: str) -> None:
        super().__init__()
        self.answer = answer
        self.radio = QRadioButton()
        self.radio.setAccessibleName(f"{field}: {text}")
        self._text = _Pressed(text, self.radio)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP_SMALL)
        line.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)


class _Pressed(QLabel):
    """A text that chooses its button when it is pressed."""

    def __init__(self, text: str, radio: QRadioButton) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._radio = radio

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the button and put the cursor there."""
        self._radio.setFocus()
        self._radio.setChecked(True)


def asked_whole(acts: Actions, *tables: SideBySide) -> bool:
    """Return whether everything is chosen; else say what is missing, and put the cursor there."""
    words = acts.workspace.words
    for table in tables:
        if fields := table.open_fields:
            title = words.text("Choose which value stays: {fields}.", fields=", ".join(fields))
            acts.failed.emit(title, words.text("Nothing was changed."))
            table.take_focus()
            return False
    return True
