"""Sections of a form that fold: a heading that opens and closes what stands below it, and says what waits in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from avrr_desktop.domain.records.fields import Section
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.forms.form_grid import FormGrid
from avrr_desktop.ui.widgets.folding import FoldingSection
from avrr_desktop.ui.widgets.theme import GAP_SMALL


@dataclass(frozen=True, slots=True)
class FormPart:
    """One section of a form and the rows in it."""

    section: FoldingSection
    rows: Sequence[FieldRow]
    grid: FormGrid

    def tell(self) -> None:
        """Say beside the heading how many fields are filled in out of sight; open it where something is to be looked at."""
        if any(row.bad for row in self.rows):
            self.section.unfold()
        filled = sum(1 for row in self.rows if row.editor.typed() not in ("", [], None))
        self.section.say(f"({filled})" if filled and not self.section.is_open else "")


class FormSections(QVBoxLayout):
    """The rows of a form in the sections of their type; one without a heading where the type names none."""

    def __init__(self, rows: Iterable[FieldRow], sections: Sequence[Section], session: Session) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GAP_SMALL)
        self.parts: list[FormPart] = []
        rows = list(rows)
        self._plain = FormGrid(rows) if not sections else None
        if self._plain is not None:
            self.addLayout(self._plain)
            return
        named = {key: section for section in sections for key in section.fields}
        for section in sections:
            own = [row for row in rows if named.get(row.field.key, sections[-1]) is section]
            if own:
                self._add(FoldingSection(session, session.words.text(section.title), open_=section.open), own)

    def _add(self, section: FoldingSection, rows: Sequence[FieldRow]) -> None:
        part = FormPart(section, rows, FormGrid(rows))
        section.body.addLayout(part.grid)
        section.turned.connect(lambda _: part.tell())
        self.parts.append(part)
        self.addWidget(section)

    def arrange(self, columns: int, *, low: bool = False) -> None:
        """Put the rows into so many columns. ``low``: the window has little height."""
        for grid in [self._plain] if self._plain is not None else [part.grid for part in self.parts]:
            grid.arrange(columns, low=low)

    def tell(self) -> None:
        """Let every section say what waits in it."""
        for part in self.parts:
            part.tell()

    def unfold(self, keys: Iterable[str]) -> None:
        """Open the sections in which these fields stand."""
        wanted = set(keys)
        for part in self.parts:
            if any(row.field.key in wanted for row in part.rows):
                part.section.unfold()
