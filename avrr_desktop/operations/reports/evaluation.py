"""For the evaluation of a period: how help ended, and what was learned. Counts and words, nobody's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from avrr_desktop.domain.case.case_file import DEFAULT_DIRECTION
from avrr_desktop.domain.case.figures import Period
from avrr_desktop.domain.case.period_figures import Ends, EndsTable, ends_of_periods
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import KOSOVO_NOTE, RETURN
from avrr_desktop.domain.people.dates import start_key, within
from avrr_desktop.domain.policy import TABLE
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.types.closing_records import LESSON
from avrr_desktop.domain.wording import country_name, value_text
from avrr_desktop.files import write_whole
from avrr_desktop.operations.documents.export_policy import check_way
from avrr_desktop.operations.reports.figure_rows import Row
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.period_rows import case_periods
from avrr_desktop.tables.register import write_csv

_LESSON_KEYS = ("on", "kind", "category", "country", "text")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is told of some days: ``first`` and the first day after, stored; the ends of help; the lessons, the oldest first."""

    first: str
    end: str
    ends: EndsTable
    lessons: tuple[Record, ...]


@needs(Permission.READ)
def evaluation(
    workspace: Workspace, first: str, end: str, direction: str = DEFAULT_DIRECTION, programme: str = ""
) -> Evaluation:
    """Return how help began and ended from ``first`` to the day before ``end``, as it stands now, and what was learned then."""
    period = Period(date.fromisoformat(first), date.fromisoformat(end), direction, programme)
    ends = ends_of_periods(case_periods(workspace.store.connection), period)
    return Evaluation(first, end, ends, _lessons(workspace, period))


def _lessons(workspace: Workspace, period: Period) -> tuple[Record, ...]:
    """Return the lessons of a period; one without a day, or with one that is not known well enough, is in every period."""
    found = workspace.store.reader.everything("lesson")
    told = (one for one in found if within(one.text("on"), period.first, period.end) is not False)
    return tuple(sorted(told, key=lambda one: start_key(one.text("on"))))


@needs(Permission.RECORD)
def add_lesson(workspace: Workspace, values: Mapping[str, object]) -> Changes:
    """Note a difficulty or a suggestion, of today; it belongs to no case. Raises BadInputError without words."""
    if not str(values.get("text") or "").strip():
        raise BadInputError(N_("Write what was learned."), N_("Nothing was saved."))
    return new_record(workspace, "lesson", {"on": workspace.today.isoformat(), **values}).changes


@needs(Permission.READ)
def end_rows(workspace: Workspace, table: EndsTable) -> list[Row]:
    """Return headings, one line a country with what began and how help ended there, and the sums."""
    words, pack = workspace.words, workspace.pack
    outcomes = [*pack.labels("closure_outcome"), *sorted(_others(workspace, table))]
    head: Row = [
        words.text(N_("Country of return")), words.text(N_("Opened", "column: cases")),
        words.text(N_("Opened again", "column: cases")), words.text(N_("Ended", "column: periods of help")),
        *(words.text(pack.label("closure_outcome", code)) if code else words.text(N_("not stated")) for code in outcomes),
    ]  # fmt: skip
    countries = [*RETURN, *sorted(set(table.by_country) - set(RETURN))]
    parts = [table.by_country.get(code, Ends()) for code in countries]
    lines: list[Row] = [
        [country_name(code, words) or words.text(N_("not stated")), one.opened, one.again, one.ended, *(one.outcomes[key] for key in outcomes)]
        for code, one in zip(countries, parts, strict=True)
    ]  # fmt: skip
    sums = [sum(int(line[column]) for line in lines) for column in range(1, len(head))]
    return [head, *lines, [words.text(N_("Total", "column")), *sums]]


def _others(workspace: Workspace, table: EndsTable) -> set[str]:
    """Return the outcomes that occur and that the pack does not list: none was written, or one of another pack."""
    known = workspace.pack.labels("closure_outcome")
    return {
        code for one in table.by_country.values() for code, count in one.outcomes.items() if count and code not in known
    }


@needs(Permission.READ)
def reason_rows(workspace: Workspace, table: EndsTable) -> list[Row]:
    """Return headings and how many periods ended for each reason, the most frequent first."""
    words, pack = workspace.words, workspace.pack
    head: Row = [words.text(N_("Reason for closing")), words.text(N_("Ended", "column: periods of help"))]
    lines: list[Row] = [
        [words.text(pack.label("closure_reason", code)) if code else words.text(N_("not stated")), count]
        for code, count in table.reasons.most_common()
    ]
    return [head, *lines]


@needs(Permission.READ)
def lesson_rows(workspace: Workspace, lessons: tuple[Record, ...]) -> list[Row]:
    """Return headings and lessons, a line each."""
    words, pack = workspace.words, workspace.pack
    head: Row = [words.text(LESSON.field(key).label) for key in _LESSON_KEYS]
    lines: list[Row] = [[value_text(one, key, words, pack) for key in _LESSON_KEYS] for one in lessons]
    return [head, *lines]


@needs(Permission.READ)
def evaluation_rows(workspace: Workspace, told: Evaluation) -> list[Row]:
    """Return everything of an evaluation, one table below the other, with the note that goes wherever Kosovo is named."""
    return [
        *end_rows(workspace, told.ends), [], *reason_rows(workspace, told.ends), [],
        *lesson_rows(workspace, told.lessons), [], [workspace.words.text(KOSOVO_NOTE)],
    ]  # fmt: skip


@needs(Permission.HAND_OVER)
def save_evaluation(workspace: Workspace, told: Evaluation, path: Path) -> Path:
    """Write an evaluation whole as a table and read it back; return its path. Raises StoreError, and what was there is untouched."""
    check_way(workspace, TABLE)
    # where decimals are written with a comma, spreadsheets part cells by a semicolon: everywhere but in English
    write_whole(path, write_csv(evaluation_rows(workspace, told), "," if workspace.words.language == "en" else ";"))
    return path
