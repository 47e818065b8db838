"""What is said under each field of a form: what cannot be read, what to look at, and where two people wrote different things;
what the rest of the case says to the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from avrr_desktop.domain.case.case_checks import problems_in_case
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people.personal_number import THIRTEEN_DIGITS, number_told
from avrr_desktop.domain.procedure.school_steps import given_by_steps, left_open, school_steps
from avrr_desktop.domain.records.fields import Field, Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.rules import Problem, problems
from avrr_desktop.domain.wording import text_of
from avrr_desktop.operations.session.records import read_record, with_values
from avrr_desktop.operations.session.session import Session


@dataclass(frozen=True, slots=True)
class Given:
    """A value that another record decides: what it is, where it is written, and whether it may be said more exactly here."""

    value: Value | None
    source: str
    open: bool


class Around:
    """Asks the case as it stands; ``case`` returns it, None where none is shown."""

    def __init__(self, workspace: Session, case: Callable[[], CaseFile | None]) -> None:
        self._workspace, self._case = workspace, case

    def country(self) -> str:
        """Return the country to which the people of the case return; empty for none."""
        case_file = self._case()
        return case_file.case.text("country_of_return") if case_file else ""

    def problems(self, record: Record) -> tuple[Problem, ...]:
        """Return what to look at in a record that only its case can tell."""
        case_file, workspace = self._case(), self._workspace
        return problems_in_case(record, case_file, workspace.pack, workspace.today) if case_file is not None else ()

    def given(self, record: Record, fields: list[Field]) -> dict[str, Given]:
        """Return the fields that steps decide, with the step in words."""
        case_file = self._case()
        if case_file is None or record.type != "schooling":
            return {}
        found = given_by_steps(record, case_file.steps, case_file.papers)
        there = school_steps(case_file.steps, record.text("person"))
        still_open = left_open(there)
        return {
            field.key: Given(found[field.key], self._source(there, field), field.key in still_open)
            for field in fields if field.key in found
        }  # fmt: skip

    def _source(self, there: dict[str, Record], field: Field) -> str:
        words = self._workspace.words
        steps = [words.text(there[root].text("title")) for root in field.of_steps if root in there]
        return words.text("From the step “{step}”, under Services.", step=steps[-1] if steps else "")


def as_typed(record: Record, values: Mapping[str, Value | None]) -> Record:
    """Return a record as it would read with what stands in the editors."""
    readable = {key: value for key, value in values.items() if value is not None}
    beside = {key: value for key, value in record.values.items() if key not in values}
    return with_values(Record(record.type, record.uid, beside), readable)


def field_problems(
    workspace: Session, record: Record, values: Mapping[str, Value | None], unreadable: Mapping[str, str],
    around: Around | None = None, *, quiet: bool,
) -> dict[str, str]:  # fmt: skip
    """Return a sentence for each field that needs one.

    ``values``: what stands in the editors, None for empty. ``unreadable``: what each editor says that cannot be read, if anything.
    ``around``: the case that the record is of. ``quiet``: nothing was typed yet, so nothing is missing yet.
    """
    words, record_type = workspace.words, BY_KEY[record.type]
    typed = as_typed(record, values)
    found = problems(typed, workspace.today.isoformat(), _born(workspace, typed))
    found += around.problems(typed) if around else ()
    said = {} if quiet else {problem.field: words.text(problem.message, **problem.values) for problem in found}
    for key, sentence in unreadable.items():
        said[key] = sentence or (
            words.text("Not a date. Write for example 12.5.2019, May 2019 or 2019.")
            if record_type.field(key).kind is Kind.DATE else words.text("Write a whole number.")
        )  # fmt: skip
    for key, written in (record.conflicts or {}).items():
        texts = [text_of(record_type.field(key), value, words, workspace.pack) for value in written]
        said[key] = words.text(
            "Two people wrote different values: {values}. Choose one and save.", values=" | ".join(texts)
        )
    return said


def fields_told(workspace: Session, record: Record, values: Mapping[str, Value | None]) -> dict[str, str]:
    """Return how the program understands what stands in a field, where another field has a word in that."""
    typed = as_typed(record, values) if record.type == "person" else None
    told = number_told(typed) if typed else None
    if told is None:
        return {}
    words, kind = (
        workspace.words,
        workspace.pack.label("number_scheme", told.scheme) if told.scheme else THIRTEEN_DIGITS,
    )
    date = words.day(told.born) if told.born else ""
    return {"national_number": words.text(told.message, kind=words.text(kind), date=date)}


def _born(workspace: Session, record: Record) -> str:
    """Return the stored date of birth of the person to whom a record belongs; empty where nobody knows it."""
    links = (field.key for field in BY_KEY[record.type].fields if field.kind is Kind.LINK and field.target == "person")
    uid = record.text(next(links, ""))
    person = read_record(workspace, "person", uid) if uid else None
    return person.text("birth_date") if person else ""
