"""What the rest of a case says to one of its records while somebody types in it."""

from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.domain.case_checks import problems_in_case
from avrr_desktop.domain.fields import Field, Record, Value
from avrr_desktop.domain.rules import Problem
from avrr_desktop.domain.school_steps import given_by_steps, left_open, school_steps
from avrr_desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Given:
    """A value that another record decides: what it is, where it is written, and whether it may be said more exactly here."""

    value: Value | None
    source: str
    open: bool


class Around:
    """Asks the case as it stands; ``case`` returns it, None where none is shown."""

    def __init__(self, workspace: Workspace, case: Callable[[], CaseFile | None]) -> None:
        self._workspace, self._case = workspace, case

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
