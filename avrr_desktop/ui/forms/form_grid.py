"""The fields of a form in columns; in a low window more of them share a line, closer to each other."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from avrr_desktop.domain.records.fields import Kind
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL

_SHORT = {Kind.DATE, Kind.COUNT, Kind.YES_NO, Kind.CHOICE, Kind.COUNTRY, Kind.NUMBER_OF_PAPER}
_PAIRED_NAMES = {"family_name", "given_names", "father_name", "mother_name", "birth_place", "family_name_at_birth", "at_time", "back_by",
                 "meeting_place", "grade", "grade_abroad", "short"}  # fmt: skip
_WIDE = {Kind.CHOICES}  # of several lines, each with a text of its own


class FormGrid(QGridLayout):
    """Holds the rows, and arranges them anew when the width changes, or whether the window is low."""

    def __init__(self, rows: Sequence[FieldRow]) -> None:
        super().__init__()
        self._rows, self._arranged = rows, (0, False)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(GAP_LARGE)
        self.arrange(2)

    def arrange(self, columns: int, *, low: bool = False) -> None:
        """Put the rows into so many columns. ``low``: the window has little height, so that whatever fits shares a line."""
        if (columns, low) == self._arranged:
            return
        self._arranged = columns, low
        while self.count():
            self.takeAt(0)
        self.setVerticalSpacing(GAP_SMALL if low else GAP)
        for column in range(max(columns, 3)):
            self.setColumnStretch(column, 1 if column < columns else 0)
        line, at = 0, 0
        for row in self._rows:
            row.tighten(low=low)
            if columns > 1 and self._shares(row, low=low):
                self.addWidget(row, line, at)
                line, at = (line + 1, 0) if at == columns - 1 else (line, at + 1)
            else:
                line += 1 if at else 0
                self.addWidget(row, line, 0, 1, columns)
                line, at = line + 1, 0

    @staticmethod
    def _shares(row: FieldRow, *, low: bool) -> bool:
        """Return whether a field stands beside others: a short one, and in a low window every one that is no list of ticks."""
        kind = row.field.kind
        return kind in _SHORT or row.field.key in _PAIRED_NAMES or (low and (kind not in _WIDE or row.folds))
