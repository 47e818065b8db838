"""The figures as lines of cells: one form for the window, the command and the table for a spreadsheet.

Figures of different units stand beside each other and are never added; an empty cell means that there is nothing to say.
"""

from collections.abc import Sequence

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.procedure.pack import Pack, PublishedFigure
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import Language
from avrr_desktop.operations.reports.reporting import CountryTable

Row = list[str | int]
NOTHING = ""
_MOST_NUMBERS = 12  # case numbers in one sentence


def unit_name(words: Language, pack: Pack, figure: PublishedFigure) -> str:
    """Return what a figure counts."""
    return words.text(pack.label("figure_unit", figure.unit))


def grid(words: Language, pack: Pack, table: CountryTable) -> list[Row]:
    """Return headings, countries, the computed sum, and where something was stated its total and what is given to no country."""
    stated = table.figures
    head: Row = [
        words.text(N_("Country of return")),
        words.text(N_("Cases", "column")),
        words.text(N_("Persons", "column")),
    ]
    head += [words.text(N_("Stated: {unit}"), unit=unit_name(words, pack, one)) for one in stated]
    lines: list[Row] = [
        [
            country_name(row.country, words) or words.text(N_("not stated")),
            row.cases,
            row.persons,
            *(_part(words, one, row.country) for one in stated),
        ]
        for row in table.rows
    ]
    lines.append([words.text(N_("Total", "column")), table.cases, table.persons,
                  *(one.allocated if one.parts else NOTHING for one in stated)])  # fmt: skip
    if stated:
        lines.append([words.text(N_("Published total")), NOTHING, NOTHING, *(one.stated_total for one in stated)])
    if any(one.parts for one in stated):
        rest = (one.unallocated if one.parts else NOTHING for one in stated)
        lines.append([words.text(N_("Not assigned to a country")), NOTHING, NOTHING, *rest])
    return [head, *lines]


def place_grid(words: Language, table: CountryTable) -> list[Row]:
    """Return headings and the same cases by municipality of return, a line each, with their country."""
    head: Row = [words.text(N_("Municipality of return")), words.text(N_("Cases", "column")), words.text(N_("Persons", "column")),
                 words.text(N_("Country of return"))]  # fmt: skip
    not_stated = words.text(N_("not stated"))
    lines: list[Row] = [
        [row.name or not_stated, row.cases, row.persons, country_name(row.country, words) or not_stated]
        for row in table.places
    ]
    return [head, *lines]


def _part(words: Language, figure: PublishedFigure, country: str) -> str | int:
    if not figure.parts:
        return NOTHING  # the total was not divided: no country has a figure
    return figure.parts.get(country, words.text(N_("not stated")))


def about_counting(words: Language, table: CountryTable) -> list[str]:
    """Return the sentences below the counts: what cannot be placed, of which day they are, and what is different since."""
    found = []
    if table.unplaced:
        found.append(words.plural(
            "Not in any total: {count} case whose opening date is not known precisely enough for this period.",
            "Not in any total: {count} cases whose opening dates are not known precisely enough for this period.",
            table.unplaced, count=table.unplaced,
        ))  # fmt: skip
    if table.known_on:
        found.append(words.text(N_("As recorded until {day}."), day=words.partial_date(table.known_on)))
    if table.since:
        found.append(words.plural(
            "Since then {count} case was entered, corrected or removed: {numbers}.",
            "Since then {count} cases were entered, corrected or removed: {numbers}.",
            len(table.since.changed), count=len(table.since.changed), numbers=_first_of(words, table.since.changed),
        ))  # fmt: skip
        found.append(words.text(
            N_("Current figures: cases {cases}, persons {persons}, without a date {unplaced}."),
            cases=table.since.cases, persons=table.since.persons, unplaced=table.since.unplaced,
        ))  # fmt: skip
    return found


def _first_of(words: Language, numbers: Sequence[str]) -> str:
    shown = list(numbers[:_MOST_NUMBERS])
    return words.joined(shown if len(shown) == len(numbers) else [*shown, "…"])


def about_figure(words: Language, pack: Pack, figure: PublishedFigure) -> list[str]:
    """Return the sentences about one stated figure: what, its parts, what they leave over, and where it is from."""
    found = [words.text(N_("Published: “{title}”: {total} ({unit})."), title=words.text(figure.title),
                        total=words.number(figure.stated_total), unit=unit_name(words, pack, figure))]  # fmt: skip
    if not figure.parts:
        found.append(words.text(N_("The total was not divided by country.")))
    elif figure.unallocated < 0:
        found.append(
            words.text(N_("The published parts add up to {sum}, more than the published total."), sum=figure.allocated)
        )
    elif figure.unallocated == 0:
        found.append(words.text(N_("The published parts add up to the total.")))
    else:
        found.append(words.text(
            N_("The published parts add up to {sum}; {rest} are unallocated and not assigned to any country."),
            sum=figure.allocated, rest=figure.unallocated,
        ))  # fmt: skip
    if names := [country_name(code, words) for code in figure.not_stated]:
        found.append(words.text(N_("No published figure: {countries}."), countries=words.joined(names)))
    if hosts := [country_name(code, words) for code in figure.hosts]:
        found.append(words.text(N_("Returned from: {countries}."), countries=words.joined(hosts)))
    if figure.source:
        found.append(words.text(N_("Source: {source}"), source=words.text(figure.source)))
    return [*found, *([words.text(figure.note)] if figure.note else [])]


def stated_grid(words: Language, pack: Pack, figures: Sequence[PublishedFigure]) -> list[Row]:
    """Return every stated figure with its unit, parts and rest, a line each; there is no sum: the units differ."""
    head: Row = [words.text(text) for text in (
        N_("Title"), N_("Programme"), N_("First day"), N_("Last day"), N_("Unit"), N_("Published total"),
    )]  # fmt: skip
    head += [country_name(code, words) for code in RETURN]
    head += [words.text(N_("Not assigned to a country")), words.text(N_("Returned from")), words.text(N_("Source", "column")),
             words.text(N_("Remarks"))]  # fmt: skip
    return [head, *(_stated_line(words, pack, one) for one in figures)]


def _stated_line(words: Language, pack: Pack, figure: PublishedFigure) -> Row:
    programme = words.text(pack.label("programme", figure.programme)) if figure.programme else NOTHING
    hosts = words.joined([country_name(code, words) for code in figure.hosts]) if figure.hosts else NOTHING
    return [
        words.text(figure.title), programme, figure.period_from or words.text(N_("not stated")), figure.last_day,
        unit_name(words, pack, figure), figure.stated_total, *(_part(words, figure, code) for code in RETURN),
        figure.unallocated if figure.parts else NOTHING, hosts, words.text(figure.source) if figure.source else NOTHING,
        words.text(figure.note) if figure.note else NOTHING,
    ]  # fmt: skip
