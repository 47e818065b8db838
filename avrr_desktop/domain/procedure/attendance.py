"""When somebody looks whether a child still goes to school: one and three months after the enrolment, in one place.

The enrolment is that of the child’s step, else the day that was typed. The answers stand in the school record; the
step “Check school attendance” ends with the second one, and no check is due once it has ended.
"""

from collections.abc import Sequence
from typing import NamedTuple

from avrr_desktop.domain.people.dates import months_after
from avrr_desktop.domain.procedure.school_steps import ANSWERS, CHECKS, ENROL, followed, root_of, school_steps
from avrr_desktop.domain.procedure.step_states import OVER, StepState
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.views import Schooling, Step

MONTHS = dict(zip(ANSWERS, (1, 3), strict=True))


class Check(NamedTuple):
    """A look at a child’s attendance that is to come: its day, the record that it opens, and the child."""

    on: str
    record_type: str
    record: str
    person: str
    step: str  # the step that stands for it; empty when there is none


def attendance(schoolings: Sequence[Record], steps: Sequence[Record]) -> tuple[Check, ...]:
    """Return the next check of each child who is enrolled and has not left. One check is one line, however many records
    speak of it.
    """
    found = [check for schooling in schoolings if (check := _of_record(followed(schooling, steps), steps))]
    known = {Schooling(schooling).person for schooling in schoolings}
    for step in steps:
        if root_of(step) == CHECKS and Step(step).person not in known and (check := _of_step(step, steps)):
            found.append(check)
    return tuple(found)


def _of_record(schooling: Record, steps: Sequence[Record]) -> Check | None:
    person = Schooling(schooling).person
    step = school_steps(steps, person).get(CHECKS) if person else None
    if Schooling(schooling).left_on or (step is not None and Step(step).state in OVER):
        return None
    for key, months in MONTHS.items():
        if not schooling.text(key) and (due := months_after(Schooling(schooling).enrolled_on, months)):
            return Check(due, "schooling", schooling.uid, person, step.uid if step else "")
    return None


def _of_step(step: Record, steps: Sequence[Record]) -> Check | None:
    """Return the first check of a child of whom no school record speaks; what an officer planned for it stands."""
    enrol = school_steps(steps, Step(step).person).get(ENROL)
    if Step(step).state in OVER or Step(step).planned_on or enrol is None or Step(enrol).state != StepState.DONE.code:
        return None
    due = months_after(Step(enrol).done_on, min(MONTHS.values()))
    return Check(due, "step", step.uid, Step(step).person, step.uid) if due else None
