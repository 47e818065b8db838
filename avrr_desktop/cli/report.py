"""The commands that count: cases of a period, and what was stated elsewhere; on the screen or as a table."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from avrr_desktop.cli.given import day_given
from avrr_desktop.cli.store import DONE, opened
from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.operations.session.session import Session, today_of


def report_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands that count."""
    report = commands.add_parser("report", help=N_("count cases")).add_subparsers(required=True, metavar="VERB")
    countries = report.add_parser("countries", parents=[common], help=N_("cases and persons by country of return"))
    countries.add_argument("--from", dest="first", required=True, metavar="DATE")
    countries.add_argument("--until", required=True, metavar="DATE", help=N_("the last day"))
    countries.add_argument("--direction", default=DEFAULT_DIRECTION, metavar="CODE", help=N_("direction of movement"))
    countries.add_argument(
        "--known-on", metavar="DATE", help=N_("what was recorded until that day (default: the reporting day)")
    )
    countries.set_defaults(run=run_report_countries)
    stated = report.add_parser(
        "stated", parents=[common], help=N_("figures that were stated elsewhere, each in its unit")
    )
    stated.set_defaults(run=run_report_stated)
    evaluated = report.add_parser(
        "evaluation", parents=[common], help=N_("how help ended in a period, and what was learned")
    )
    evaluated.add_argument("--from", dest="first", required=True, metavar="DATE")
    evaluated.add_argument("--until", required=True, metavar="DATE", help=N_("the last day"))
    evaluated.add_argument("--direction", default=DEFAULT_DIRECTION, metavar="CODE", help=N_("direction of movement"))
    evaluated.set_defaults(run=run_report_evaluation)
    for command in (countries, stated, evaluated):
        command.add_argument("--programme", default="", metavar="CODE", help=N_("only what belongs to it"))
        command.add_argument("--csv", type=Path, metavar="FILE", help=N_("write a table for a spreadsheet"))


def run_report_countries(given: argparse.Namespace, words: Language) -> int:
    """Count the cases of a period by country of return; write them as a table where a file is named."""
    from avrr_desktop.operations.reports.registers import country_rows, save_table
    from avrr_desktop.operations.reports.reporting import cases_by_country

    today = today_of()
    first, until = _days(given, words)
    known_on = day_given("--known-on", given.known_on, words, today) if given.known_on else None
    with opened(given, words) as workspace:
        _check_code(workspace, "--programme", "programme", given.programme)
        _check_code(workspace, "--direction", "direction", given.direction)
        end = (until + timedelta(days=1)).isoformat()
        table = cases_by_country(workspace, first.isoformat(), end, given.direction, given.programme, known_on)
        if given.csv:
            print(save_table(workspace, table, given.csv))
        else:
            _print(country_rows(workspace, table))
    return DONE


def run_report_stated(given: argparse.Namespace, words: Language) -> int:
    """List what was stated elsewhere; write it as a table where a file is named."""
    from avrr_desktop.operations.reports.registers import save_table, stated_rows
    from avrr_desktop.operations.reports.reporting import stated_figures

    with opened(given, words) as workspace:
        _check_code(workspace, "--programme", "programme", given.programme)
        figures = stated_figures(workspace, given.programme)
        if given.csv:
            print(save_table(workspace, figures, given.csv))
        else:
            _print(stated_rows(workspace, figures))
    return DONE


def run_report_evaluation(given: argparse.Namespace, words: Language) -> int:
    """Tell how help ended in a period and what was learned; write it as a table where a file is named."""
    from avrr_desktop.operations.reports.evaluation import evaluation, evaluation_rows, save_evaluation

    first, until = _days(given, words)
    with opened(given, words) as workspace:
        _check_code(workspace, "--programme", "programme", given.programme)
        _check_code(workspace, "--direction", "direction", given.direction)
        end = (until + timedelta(days=1)).isoformat()
        told = evaluation(workspace, first.isoformat(), end, given.direction, given.programme)
        if given.csv:
            print(save_evaluation(workspace, told, given.csv))
        else:
            _print(evaluation_rows(workspace, told))
    return DONE


def _days(given: argparse.Namespace, words: Language) -> tuple[date, date]:
    """Return the first and the last day of a period. Raises BadInputError."""
    today = today_of()
    first, until = day_given("--from", given.first, words, today), day_given("--until", given.until, words, today)
    if until < first:
        raise BadInputError(N_("The end of the period is before its start."), N_("Nothing was written."))
    return first, until


def _check_code(workspace: Session, option: str, codes: str, code: str) -> None:
    known = workspace.pack.codes[codes]
    if code and code not in known:
        raise BadInputError(
            N_("The pack has no “{code}” for {option}."),
            N_("Nothing was written. Possible values: {known}."),
            {"option": option, "code": code, "known": ", ".join(known)},
        )


def _print(rows: list[list[str | int]]) -> None:
    for row in rows:
        print("  ".join(str(cell) for cell in row).rstrip())
