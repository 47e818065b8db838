"""Reports as files that other programs open: counts only, nobody's name."""

from datetime import date, timedelta
from pathlib import Path

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.policy import TABLE
from avrr_desktop.domain.procedure.pack import PublishedFigure
from avrr_desktop.files import name_part, write_whole
from avrr_desktop.operations.documents.export_policy import check_way
from avrr_desktop.operations.reports.figure_rows import Row, about_counting, about_figure, grid, place_grid, stated_grid
from avrr_desktop.operations.reports.reporting import CountryTable
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.tables.register import write_csv


def last_day(table: CountryTable) -> str:
    """Return the last day of a table's period."""
    return (date.fromisoformat(table.end) - timedelta(days=1)).isoformat()


def table_name(table: CountryTable) -> str:
    """Return the file name that is proposed for a table."""
    return f"{name_part(f'cases-by-country-{table.first}-{last_day(table)}')}.csv"


@needs(Permission.READ)
def country_rows(workspace: Workspace, table: CountryTable) -> list[Row]:
    """Return the counts with what is stated, the period, what is to be known of both, and the note that goes wherever Kosovo is
    named.
    """
    words, pack = workspace.words, workspace.pack
    said = about_counting(words, table)
    for figure in table.figures:
        said += about_figure(words, pack, figure)
    period: Row = [words.text(N_("Period", "column")), table.first, last_day(table)]
    sentences: list[Row] = [[one] for one in said]
    places = [*place_grid(words, table), []] if table.places else []
    return [*grid(words, pack, table), [], *places, period, *sentences, [words.text(KOSOVO_NOTE)]]


@needs(Permission.READ)
def stated_rows(workspace: Workspace, figures: tuple[PublishedFigure, ...]) -> list[Row]:
    """Return stated figures, and the note that goes wherever Kosovo is named."""
    return [*stated_grid(workspace.words, workspace.pack, figures), [], [workspace.words.text(KOSOVO_NOTE)]]


@needs(Permission.HAND_OVER)
def save_table(workspace: Workspace, table: CountryTable | tuple[PublishedFigure, ...], path: Path) -> Path:
    """Write a table, or the stated figures, whole and read it back; return its path. Raises StoreError, and what was there before
    is untouched.
    """
    check_way(workspace, TABLE)
    rows = country_rows(workspace, table) if isinstance(table, CountryTable) else stated_rows(workspace, table)
    # where decimals are written with a comma, spreadsheets part cells by a semicolon: everywhere but in English
    separator = "," if workspace.words.language == "en" else ";"
    write_whole(path, write_csv(rows, separator))
    return path
