"""The plans of a case: which one is in force, whether it is signed by both sides, and what one says otherwise than the one before."""

from collections.abc import Iterator
from typing import NamedTuple

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Record, Value
from avrr_desktop.domain.records.types.plan_records import PLAN

BY_BOTH = ("signed_by_returnee_on", "signed_by_officer_on")
SIGNED = (*BY_BOTH, "agreed_on")
BEFORE, AFTER, BOTH = "before_return", "after_return", "both"  # where it was made
FIXED = N_("A signed plan stays as it was signed. Begin the next revision to change it.")


class Changed(NamedTuple):
    """A field in which a plan differs from the one before: what that one said, and what this one says."""

    field: Field
    before: Value | None
    now: Value | None


def latest(case_file: CaseFile) -> Record | None:
    """Return the plan in force: the one with the highest revision."""
    return max(case_file.plans, key=lambda plan: plan.whole("revision"), default=None)


def previous(case_file: CaseFile, plan: Record) -> Record | None:
    """Return the revision before a plan; None for the first one."""
    older = (one for one in case_file.plans if one.whole("revision") < plan.whole("revision"))
    return max(older, key=lambda one: one.whole("revision"), default=None)


def is_signed(record: Record) -> bool:
    """Return whether a record is a plan that both sides have signed: from then on it is only read."""
    return record.type == PLAN.key and all(record.text(key) for key in BY_BOTH)


def changes(before: Record, now: Record) -> Iterator[Changed]:
    """Yield what a plan says otherwise than the one before, in the order of the form; when it was signed is no such thing."""
    for one in PLAN.fields:
        values = before.values.get(one.key), now.values.get(one.key)
        if not one.computed and one.key not in SIGNED and values[0] != values[1]:
            yield Changed(one, *values)
