"""Reports as files that other programs open: counts only, nobody's name."""

from datetime import date, timedelta
from pathlib import Path

from avrr_desktop.domain.country import KOSOVO_NOTE
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.policy import TABLE
from avrr_desktop.domain.wording import country_name
from avrr_desktop.files import name_part, write_whole
from avrr_desktop.operations.leaving import check_way
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.reporting import CountryTable
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.tables.register import write_csv

Row = list[str | int]


def last_day(table: CountryTable) -> str:
    """Return the last day of a table's period."""
    return (date.fromisoformat(table.end) - timedelta(days=1)).isoformat()


def table_name(table: CountryTable) -> str:
    """Return the file name that is proposed for a table."""
    return f"{name_part(f'cases-by-country-{table.first}-{last_day(table)}')}.csv"


@needs(Permission.READ)
def country_rows(workspace: Workspace, table: CountryTable) -> list[Row]:
    """Return headings, countries, the computed sum, the period, and the note that goes wherever Kosovo is named."""
    words = workspace.words
    stated = table.figure is not None
    head: Row = [words.text(N_("Country of return")), words.text(N_("Cases")), words.text(N_("Persons"))]
    total: Row = [words.text(N_("Sum")), table.cases, table.persons]
    lines: list[Row] = []
    for item in table.rows:
        line: Row = [country_name(item.country, words), item.cases, item.persons]
        if stated:
            line.append(words.text(N_("not stated")) if item.stated is None else item.stated)
        lines.append(line)
    if table.figure is not None:
        head.append(words.text(N_("Stated elsewhere")))
        total.append(sum(table.figure.parts.values()))
    period: Row = [words.text(N_("Period")), table.first, last_day(table)]
    return [head, *lines, total, [], period, [words.text(KOSOVO_NOTE)]]


@needs(Permission.HAND_OVER)
def save_table(workspace: Workspace, table: CountryTable, path: Path) -> Path:
    """Write a table whole and read it back; return its path. Raises StoreError, and what was there before is untouched."""
    check_way(workspace, TABLE)
    # where decimals are written with a comma, spreadsheets part cells by a semicolon: everywhere but in English
    separator = "," if workspace.words.language == "en" else ";"
    write_whole(path, write_csv(country_rows(workspace, table), separator))
    return path
