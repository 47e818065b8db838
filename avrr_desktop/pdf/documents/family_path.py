"""The family's path on paper: steps down, people across, the same marks as on screen with their words."""

from dataclasses import replace

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.family_path import path_of
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.wording import ahead_text, late_text, standing_text
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Cell, Column, Document, Section, Table, Text

ACROSS = 5  # people beside each other; more stand in a further table


def family_path(case_file: CaseFile, print_: Print) -> Document:
    """Return the path as tables of at most five people each."""
    words, path = print_.words, path_of(case_file)
    sections = []
    for first in range(0, len(path.rows), ACROSS):
        rows = path.rows[first : first + ACROSS]
        share = 72 / len(rows)
        columns = (
            Column(words.text(N_("Step", "column")), 28),
            *(Column(row.name or words.text(N_("Whole family")), share) for row in rows),
        )
        lines = []
        for number, title in enumerate(path.columns):
            cells = [Cell(words.text(title))]
            for row in rows:
                view = row.views[number]
                if view is None:
                    cells.append(Cell(""))
                    continue
                state, _ = standing_text(view, print_.as_of, words, print_.pack)
                below = ", ".join(filter(None, (late_text(view, print_.as_of, words), ahead_text(view, words))))
                cells.append(Cell(state, below, icon=view.look(print_.as_of)))
            if any(cell.text for cell in cells[1:]):
                lines.append(tuple(cells))
        sections.append(Section(words.text(N_("The family’s path")), (Table(columns, tuple(lines)),)))
    if not sections:
        sections = [Section(words.text(N_("The family’s path")), (Text(words.text(N_("No step yet."))),))]
    case = case_file.case
    document = framed(
        print_, words.text(N_("The family’s path")), case.text("called"), words.text(N_("The family’s path")),
        case.text("number"), case_file.revision,
    )  # fmt: skip
    return replace(document, sections=tuple(sections))
