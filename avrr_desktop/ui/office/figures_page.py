"""Cases by country of return: what was counted, of which day, what was stated elsewhere, and what is left over."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.operations.reports.evaluation import Evaluation, evaluation, save_evaluation
from avrr_desktop.operations.reports.figure_rows import about_counting, about_figure, grid, place_grid, unit_name
from avrr_desktop.operations.reports.registers import save_table, table_name
from avrr_desktop.operations.reports.reporting import (
    CountryTable,
    WaitingRow,
    cases_by_country,
    periods,
    stated_figures,
    waiting_by_office,
)
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.office.evaluation_cards import EndsCard, LessonsCard
from avrr_desktop.ui.widgets.controls import Card, Choice, Column, button, emptied, hairline, label
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme

_REPORTED, _NOW = "reported", "now"


class FiguresPage(QWidget):
    """One table for a period; cases and persons are two different figures, and so is every unit that others stated."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        words = acts.workspace.words
        self.period = Choice()
        self.period.setAccessibleName(words.text("Period", "field"))
        self.period.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.period.setMinimumContentsLength(26)
        for first, end in periods(acts.workspace):
            self.period.addItem(self._period_name(first, end), f"{first} {end}")
        for figure in stated_figures(acts.workspace):
            borders = f"{figure.period_from} {figure.period_until}"
            if figure.period_from and self.period.findData(borders) < 0:
                self.period.addItem(words.text(figure.title), borders)
        self.period.currentIndexChanged.connect(lambda _: self.show_table())
        self.direction = self._box(words.text("Direction of return"), acts.workspace.pack.labels("direction"))
        self.programme = self._box(
            words.text("Programme"), {"": N_("All programmes"), **acts.workspace.pack.labels("programme")}
        )
        self.known = self._box(
            words.text("Basis of the step"), {_REPORTED: N_("As reported"), _NOW: N_("Current figures")}
        )
        self.ask_save: Callable[[str], str] = lambda name: QFileDialog.getSaveFileName(
            self, words.text("Save as table"), name, "CSV (*.csv)"
        )[0]
        save = button(words.text("Save as table"), self.save_as_table)
        self._column = Column(most=theme.px(760))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(label(words.text("Cases by country"), "title"))
        whole.addWidget(label(words.text(
            "Cases opened in the period, by country of return. A family counts as one case and several persons."), "muted"))  # fmt: skip
        whole.addLayout(WrappingRow(self.period, self.direction, self.programme, self.known, save))
        whole.addWidget(self._column, 1)
        acts.changed.connect(self._on_changed)

    def _box(self, name: str, codes: Mapping[str, str]) -> Choice:
        box = Choice()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        for code, text in codes.items():
            box.addItem(self._acts.workspace.words.text(text), code)
        box.currentIndexChanged.connect(lambda _: self.show_table())
        return box

    def _waiting(self) -> Card:
        workspace = self._acts.workspace
        words = workspace.words
        card = Card(words.text("Waiting at offices"))
        nothing: tuple[WaitingRow, ...] = ()
        rows = self._acts.ask(lambda: waiting_by_office(workspace), nothing)
        if not rows:
            card.body.addWidget(label(words.text("No step with an office and a filing date yet."), "muted"))
            return card
        titles = [words.text("Office", "public office"), words.text("Answered", "column"), words.text("Still open"), words.text("Median days"),
                  words.text("Longest wait (days)")]  # fmt: skip
        lines = [
            [row.office, *(words.number(n) for n in (row.answered, row.open, row.middle, row.longest))] for row in rows
        ]
        card.body.addLayout(self._table([titles, *lines]))
        card.body.addWidget(label(words.text(
            "Days from filing to answer, all cases. Open applications count up to today."), "hint"))  # fmt: skip
        return card

    def _table(self, lines: Sequence[Sequence[str]], *, strong: int = -1, wrap: bool = False) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_LARGE)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(0, 1)
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                cell = label(text, "hint" if number == 0 else "", wrap=wrap and column == 0 and number > 0)
                if number == strong:
                    cell.setFont(self._theme.font(bold=True))
                    cell.setStyleSheet("font-weight: bold;")
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                if cell.wordWrap():  # aligned, it would get the height of one line
                    grid.addWidget(cell, number, column)
                else:
                    grid.addWidget(cell, number, column, side)
        return grid

    def _period_name(self, first: str, end: str) -> str:
        words, year = self._acts.workspace.words, first[:4]
        if end[:4] != year and first[5:7] == "01":
            return words.text("The whole year {year}", year=year)
        half = N_("January to June {year}") if first[5:7] == "01" else N_("July to December {year}")
        return words.text(half, year=year)

    def showEvent(self, event: object) -> None:
        """Count again."""
        self.show_table()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_table()

    def counted(self) -> CountryTable:
        """Return the table of the chosen period, direction and programme."""
        workspace, (first, end) = self._acts.workspace, str(self.period.currentData()).split()
        direction, programme = str(self.direction.currentData()), str(self.programme.currentData())
        known_on = workspace.today if self.known.currentData() == _NOW else None
        return cases_by_country(workspace, first, end, direction, programme, known_on)

    def save_as_table(self) -> None:
        """Write what is shown as a file for a spreadsheet."""
        workspace, table = self._acts.workspace, self.counted()
        chosen = self.ask_save(table_name(table))
        if chosen and self._acts.ask(lambda: save_table(workspace, table, Path(chosen)), None) is not None:
            self._acts.said.emit(
                workspace.words.text("The table was written. It contains counts, and no names."), False
            )

    def _evaluated(self) -> Evaluation:
        workspace, (first, end) = self._acts.workspace, str(self.period.currentData()).split()
        return evaluation(workspace, first, end, str(self.direction.currentData()), str(self.programme.currentData()))

    def save_evaluation(self) -> None:
        """Write how help ended, and what was learned, as a file for a spreadsheet."""
        workspace, told = self._acts.workspace, self._evaluated()
        chosen = self.ask_save(f"evaluation-{told.first}.csv")
        if chosen and self._acts.ask(lambda: save_evaluation(workspace, told, Path(chosen)), None) is not None:
            self._acts.said.emit(workspace.words.text("The evaluation was written as a table."), False)

    def show_table(self) -> None:
        """Count and show the chosen period."""
        workspace, table = self._acts.workspace, self.counted()
        words, pack = workspace.words, workspace.pack
        emptied(self._column.body)
        card = Card()
        lines = [
            [words.number(cell) if isinstance(cell, int) else cell for cell in line]
            for line in grid(words, pack, table)
        ]
        card.body.addLayout(self._table(lines, strong=1 + len(table.rows)))
        for sentence in about_counting(words, table):
            card.body.addWidget(label(sentence))
        for figure in table.figures:
            card.body.addWidget(hairline())
            for sentence in about_figure(words, pack, figure):
                card.body.addWidget(label(sentence, "muted"))
        card.body.addWidget(label(words.text(KOSOVO_NOTE), "hint"))
        self._column.body.addWidget(card)
        if table.places:
            self._column.body.addWidget(self._places(table))
        told = self._evaluated()
        self._column.body.addWidget(EndsCard(self._acts, told, self._table))
        self.lessons = LessonsCard(self._acts, told)
        self._column.body.addWidget(self.lessons)
        keep = button(words.text("Save the evaluation as table"), self.save_evaluation)
        self._column.body.addLayout(WrappingRow(keep))
        self._column.body.addWidget(self._stated())
        self._column.body.addWidget(self._waiting())
        self._column.body.addStretch(1)

    def _places(self, table: CountryTable) -> Card:
        """Return the same cases by municipality: one line for each, however its name was typed."""
        words = self._acts.workspace.words
        card = Card(words.text("By municipality"))
        lines = [
            [words.number(cell) if isinstance(cell, int) else cell for cell in line]
            for line in place_grid(words, table)
        ]
        card.body.addLayout(self._table(lines, wrap=True))
        return card

    def _stated(self) -> Card:
        """Return what was stated elsewhere, of all periods: a line each and no sum, as the units differ."""
        workspace = self._acts.workspace
        words, pack = workspace.words, workspace.pack
        card = Card(words.text("Published figures"))
        figures = stated_figures(workspace, str(self.programme.currentData()))
        if not figures:
            card.body.addWidget(label(words.text("No published figures for this programme."), "muted"))
            return card
        head = [
            words.text("Title", "column"),
            words.text("Total", "column"),
            words.text("Parts", "column: parts of a figure"),
            words.text("Not assigned to a country"),
        ]
        lines = [
            [words.text(one.title), f"{words.number(one.stated_total)} {unit_name(words, pack, one)}",
             words.number(one.allocated) if one.parts else "–", words.number(one.unallocated) if one.parts else "–"]
            for one in figures
        ]  # fmt: skip
        card.body.addLayout(self._table([head, *lines], wrap=True))
        card.body.addWidget(label(words.text("Figures in different units are never added up."), "hint"))
        return card
