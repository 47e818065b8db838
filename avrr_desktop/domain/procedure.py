"""Services and steps: what can start, what waits for what, and who has the ball."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from avrr_desktop.domain.fields import Record

FINISHED = frozenset({"done", "not_needed", "abandoned"})
AT_OFFICE = frozenset({"submitted", "waiting_authority"})
CLOSED_STATES = FINISHED | {"refused"}


class Standing(Enum):
    """Where a step stands, for the officer: derived from states, dates and dependencies."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"
    WAITING = "waiting"  # for an office
    BLOCKED = "blocked"  # by another step, or by what the officer wrote
    UNDER_WAY = "under_way"
    CAN_START = "can_start"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its standing and the unfinished steps that it waits for."""

    step: Record
    standing: Standing
    blockers: tuple[Record, ...]


def views(steps: Iterable[Record]) -> tuple[StepView, ...]:
    """Return every step with its standing, in the order given."""
    steps = tuple(steps)
    by_uid = {step.uid: step for step in steps}
    return tuple(_view(step, by_uid) for step in steps)


def _view(step: Record, by_uid: Mapping[str, Record]) -> StepView:
    blockers = () if step.text("go_ahead_reason") else unfinished(step, by_uid)
    return StepView(step, _standing(step, bool(blockers)), blockers)


def unfinished(step: Record, by_uid: Mapping[str, Record]) -> tuple[Record, ...]:
    """Return the steps of this case that must end before this one starts."""
    waits_for = (by_uid[uid] for uid in step.many("waits_for") if uid in by_uid)
    return tuple(other for other in waits_for if other.text("state") not in FINISHED)


def _standing(step: Record, has_blockers: bool) -> Standing:
    state = step.text("state")
    if state == "done":
        return Standing.DONE
    if state in ("not_needed", "abandoned"):
        return Standing.NOT_NEEDED
    if state == "refused":
        return Standing.REFUSED
    if state in AT_OFFICE:
        return Standing.WAITING
    if state == "blocked":
        return Standing.BLOCKED
    if state == "in_progress":
        return Standing.UNDER_WAY
    return Standing.BLOCKED if has_blockers else Standing.CAN_START


def waiting_since(step: Record) -> str:
    """Return the date since which an office has the ball; empty when it has not."""
    return step.text("filed_on") if step.text("state") in AT_OFFICE else ""


def in_loop(step: Record, by_uid: Mapping[str, Record]) -> bool:
    """Say whether a step waits, through others, for itself: such a loop is shown, not hidden."""
    seen: set[str] = set()
    ahead = list(step.many("waits_for"))
    while ahead:
        uid = ahead.pop()
        if uid == step.uid:
            return True
        if uid not in seen and uid in by_uid:
            seen.add(uid)
            ahead.extend(by_uid[uid].many("waits_for"))
    return False
