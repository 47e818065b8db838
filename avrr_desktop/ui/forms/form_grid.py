"""The fields of a form in one or two columns; short fields that follow each other share a line."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from avrr_desktop.domain.records.fields import Kind
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE

_SHORT = {Kind.DATE, Kind.COUNT, Kind.YES_NO, Kind.CHOICE, Kind.COUNTRY, Kind.NUMBER_OF_PAPER}
_PAIRED_NAMES = {"family_name", "given_names", "father_name", "mother_name", "birth_place", "family_name_at_birth", "at_time", "back_by",
                 "meeting_place", "grade", "grade_abroad", "short"}  # fmt: skip


class FormGrid(QGridLayout):
    """Holds the rows, and arranges them anew when the width changes."""

    def __init__(self, rows: Sequence[FieldRow]) -> None:
        super().__init__()
        self._rows, self._columns = rows, 0
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(GAP_LARGE)
        self.setVerticalSpacing(GAP)
        self.arrange(2)

    def arrange(self, columns: int) -> None:
        """Put the rows into so many columns."""
        if columns == self._columns:
            return
        self._columns = columns
        while self.count():
            self.takeAt(0)
        self.setColumnStretch(0, 1)
        self.setColumnStretch(1, 1 if columns > 1 else 0)
        line, waiting = 0, None
        for row in self._rows:
            short = columns > 1 and (row.field.kind in _SHORT or row.field.key in _PAIRED_NAMES)
            if short and waiting is None:
                self.addWidget(row, line, 0)
                waiting = row
            elif short:
                self.addWidget(row, line, 1)
                line, waiting = line + 1, None
            else:
                if waiting is not None:
                    line, waiting = line + 1, None
                self.addWidget(row, line, 0, 1, columns)
                line += 1
