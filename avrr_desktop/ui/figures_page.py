"""Cases by country of return: parts, sum, what was stated elsewhere, and what is left unallocated."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.country import KOSOVO_NOTE
from avrr_desktop.domain.dates import stored
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.registers import save_table, table_name
from avrr_desktop.operations.reporting import CountryTable, WaitingRow, cases_by_country, half_years, waiting_by_office
from avrr_desktop.ui.acting import Acts
from avrr_desktop.ui.adapting import WrappingRow
from avrr_desktop.ui.theme import GAP, GAP_HUGE, GAP_LARGE, GAP_SMALL, Theme
from avrr_desktop.ui.widgets import Card, Choice, Column, button, emptied, hairline, label


class FiguresPage(QWidget):
    """One table for a half-year; cases and persons are two different figures."""

    def __init__(self, acts: Acts, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        words = acts.workspace.words
        self.period = Choice()
        self.period.setAccessibleName(words.text("Period"))
        for first, end in half_years(acts.workspace):
            self.period.addItem(self._period_name(first), (first, end))
        periods = set(half_years(acts.workspace))
        for figure in acts.workspace.pack.figures:
            if (figure.period_from, figure.period_until) not in periods:
                self.period.addItem(words.text(figure.title), (figure.period_from, figure.period_until))
        self.period.currentIndexChanged.connect(lambda _: self.show_table())
        self.direction = self._box(words.text("Direction of movement"), acts.workspace.pack.codes["direction"])
        self.programme = self._box(
            words.text("Programme"), {"": N_("All programmes"), **acts.workspace.pack.codes["programme"]}
        )
        self.ask_save: Callable[[str], str] = lambda name: QFileDialog.getSaveFileName(
            self, words.text("Save as table"), name, "CSV (*.csv)"
        )[0]
        save = button(words.text("Save as table"), self.save_as_table)
        self._column = Column()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(label(words.text("Cases by country"), "title"))
        whole.addWidget(
            label(
                words.text(
                    "Cases opened in the period, by country of return. A family is one case and several persons."
                ),
                "muted",
            )
        )
        whole.addLayout(WrappingRow(self.period, self.direction, self.programme, save))
        whole.addWidget(self._column, 1)
        acts.changed.connect(self._on_changed)

    def _box(self, name: str, codes: Mapping[str, str]) -> Choice:
        box = Choice()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        for code, text in codes.items():
            box.addItem(self._acts.workspace.words.text(text), code)
        box.currentIndexChanged.connect(lambda _: self.show_table())
        return box

    def _waiting(self) -> Card:
        workspace = self._acts.workspace
        words = workspace.words
        card = Card(words.text("Waiting at offices"))
        card.setMaximumWidth(self._theme.px(760))
        nothing: tuple[WaitingRow, ...] = ()
        rows = self._acts.ask(lambda: waiting_by_office(workspace), nothing)
        if not rows:
            card.body.addWidget(label(words.text("No step with an office and a day of filing yet."), "muted"))
            return card
        titles = [words.text("Office"), words.text("Answered"), words.text("Still open"), words.text("Days, middle"),
                  words.text("Days, longest")]  # fmt: skip
        lines = [
            [row.office, *(words.number(n) for n in (row.answered, row.open, row.middle, row.longest))] for row in rows
        ]
        card.body.addLayout(self._table([titles, *lines]))
        card.body.addWidget(label(words.text(
            "Days between filing and answer, of all cases; what is still open counts with its days until today."), "hint"))  # fmt: skip
        return card

    def _table(self, lines: list[list[str]], *, total: bool = False) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_HUGE)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(0, 1)
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                cell = label(text, "hint" if number == 0 else "", wrap=False)
                if total and number == len(lines) - 1:
                    cell.setFont(self._theme.font(bold=True))
                    cell.setStyleSheet("font-weight: bold;")
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                grid.addWidget(cell, number, column, side)
        return grid

    def _period_name(self, first: str) -> str:
        words, year = self._acts.workspace.words, first[:4]
        half = words.text("January to June {year}") if first[5:7] == "01" else words.text("July to December {year}")
        return half.replace("{year}", year)

    def showEvent(self, event: object) -> None:
        """Count again."""
        self.show_table()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.show_table()

    def _counted(self) -> CountryTable:
        first, end = self.period.currentData()
        direction, programme = str(self.direction.currentData()), str(self.programme.currentData())
        return cases_by_country(self._acts.workspace, first, end, direction, programme)

    def save_as_table(self) -> None:
        """Write what is shown as a file for a spreadsheet."""
        workspace, table = self._acts.workspace, self._counted()
        chosen = self.ask_save(table_name(table))
        if chosen and self._acts.ask(lambda: save_table(workspace, table, Path(chosen)), None) is not None:
            self._acts.said.emit(
                workspace.words.text("The table was written. It holds counts, and nobody’s name."), False
            )

    def show_table(self) -> None:
        """Count and show the chosen period."""
        workspace, table = self._acts.workspace, self._counted()
        emptied(self._column.body)
        card = Card()
        card.setMaximumWidth(self._theme.px(760))
        card.body.addLayout(self._grid(table))
        if table.figure is not None:
            card.body.addWidget(hairline())
            for sentence in self._about_figure(table):
                card.body.addWidget(label(sentence, "muted"))
        card.body.addWidget(label(workspace.words.text(KOSOVO_NOTE), "hint"))
        self._column.body.addWidget(card)
        self._column.body.addWidget(self._waiting())
        self._column.body.addStretch(1)

    def _grid(self, table: CountryTable) -> QGridLayout:
        words = self._acts.workspace.words
        titles = [words.text("Country of return"), words.text("Cases"), words.text("Persons")]
        if table.figure is not None:
            titles.append(words.text("Stated elsewhere"))
        lines = [titles]
        for item in table.rows:
            line = [country_name(item.country, words), words.number(item.cases), words.number(item.persons)]
            if table.figure is not None:
                line.append(words.text("not stated") if item.stated is None else words.number(item.stated))
            lines.append(line)
        total = [words.text("Sum"), words.number(table.cases), words.number(table.persons)]
        if table.figure is not None:
            total.append(words.number(sum(table.figure.parts.values())))
        lines.append(total)
        return self._table(lines, total=True)

    def _about_figure(self, table: CountryTable) -> list[str]:
        words, figure = self._acts.workspace.words, table.figure
        assert figure is not None
        names = words.joined([country_name(code, words) for code in figure.not_stated])
        until = stored(figure.period_until)
        assert until is not None
        sentences = [
            words.text("Stated elsewhere: “{title}”, {total} {unit}.", title=words.text(figure.title),
                       total=figure.stated_total, unit=words.text(figure.unit)),
        ]  # fmt: skip
        if figure.stated_persons:
            sentences.append(words.text("Stated as persons, another unit: {persons}.", persons=figure.stated_persons))
        if figure.parts:
            sentences.append(words.text(
                "The stated parts add up to {sum}; {rest} are unallocated and are given to no country.",
                sum=sum(figure.parts.values()), rest=figure.unallocated,
            ))  # fmt: skip
        if names:
            sentences.append(words.text("No figure was stated for: {countries}.", countries=names))
        return sentences
