"""Cases by country of return: parts, sum, what was stated elsewhere, and what is left unallocated."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.country import KOSOVO_NOTE
from avrr_desktop.domain.dates import stored
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.reporting import CountryTable, cases_by_country, half_years
from avrr_desktop.ui.acting import Acts
from avrr_desktop.ui.theme import GAP, GAP_HUGE, GAP_LARGE, GAP_SMALL, Theme
from avrr_desktop.ui.widgets import Card, Column, emptied, hairline, label, row


class CountriesPage(QWidget):
    """One table for a half-year; cases and persons are two different figures."""

    def __init__(self, acts: Acts, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        words = acts.workspace.words
        self.period = QComboBox()
        self.period.setAccessibleName(words.text("Period"))
        for first, end in half_years(acts.workspace):
            self.period.addItem(self._period_name(first), (first, end))
        self.period.currentIndexChanged.connect(lambda _: self.show_table())
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
        whole.addLayout(row(label(words.text("Period"), "muted", wrap=False), self.period, 1))
        whole.addWidget(self._column, 1)
        acts.changed.connect(self._on_changed)

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

    def show_table(self) -> None:
        """Count and show the chosen period."""
        workspace = self._acts.workspace
        first, end = self.period.currentData()
        table = cases_by_country(workspace, first, end)
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
        self._column.body.addStretch(1)

    def _grid(self, table: CountryTable) -> QGridLayout:
        words = self._acts.workspace.words
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_HUGE)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(0, 1)
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
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                cell = label(text, "hint" if number == 0 else "", wrap=False)
                if number == len(lines) - 1:
                    cell.setFont(self._theme.font(bold=True))
                    cell.setStyleSheet("font-weight: bold;")
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                grid.addWidget(cell, number, column, side)
        return grid

    def _about_figure(self, table: CountryTable) -> list[str]:
        words, figure = self._acts.workspace.words, table.figure
        assert figure is not None
        names = words.joined([country_name(code, words) for code in figure.not_stated])
        until = stored(figure.period_until)
        assert until is not None
        sentences = [
            words.text("Stated elsewhere: “{title}”, {total} {unit}.", title=words.text(figure.title),
                       total=figure.stated_total, unit=words.text(figure.unit)),
            words.text("The stated parts add up to {sum}; {rest} are unallocated and are given to no country.",
                       sum=sum(figure.parts.values()), rest=figure.unallocated),
        ]  # fmt: skip
        if names:
            sentences.append(words.text("No figure was stated for: {countries}.", countries=names))
        return sentences
