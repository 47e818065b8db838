"""Services and steps: what can start, what waits for what, and who has the ball.

A step waits hard for every step in ``waits_for``, and for one of those in ``waits_for_any``; ``helped_by`` only makes
it easier. What an officer writes into ``go_ahead_reason`` sets the waiting aside. Nothing here depends on the order in
which steps or services were added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from avrr_desktop.domain.people.dates import PartialDate, is_past, stored
from avrr_desktop.domain.procedure.pack import StepTemplate
from avrr_desktop.domain.procedure.step_states import AT_OFFICE, FINISHED, OVER, SKIPPED, StepState
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.views import Step

CHILDREN = frozenset({"son", "daughter", "stepchild", "foster_child", "grandchild"})


class Standing(Enum):
    """Where a step stands, for the officer: derived from states, dates and dependencies."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"
    WAITING = "waiting"  # for an office
    BLOCKED = "blocked"  # by another step, or by what the officer wrote
    UNDER_WAY = "under_way"
    CAN_START = "can_start"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step with its standing and what it waits for."""

    step: Record
    standing: Standing
    blockers: tuple[Record, ...] = ()  # every one of them must end first
    one_of: tuple[Record, ...] = ()  # one of them must be done first
    stuck: bool = False  # nothing that anybody can do now will set it free: a circle, or a refusal, is in the way
    circle: tuple[Record, ...] = ()  # the steps that wait for each other, this one first
    ahead_of: tuple[Record, ...] = ()  # it was done or filed before these, for which it should have waited

    @property
    def later(self) -> bool:
        """Whether its turn only comes later, as in every healthy case; no reason, refusal or circle holds it."""
        return self.standing is Standing.BLOCKED and not self.stuck and Step(self.step).state != StepState.BLOCKED.code

    def awaited(self) -> str:
        """Return the stored day by which something is to happen: the office's answer, or what is planned; empty for none."""
        step = Step(self.step)
        if self.standing is Standing.WAITING:
            return step.expected_on
        return step.planned_on if self.standing in (Standing.CAN_START, Standing.UNDER_WAY) else ""

    def is_late(self, today: date) -> bool:
        """Return whether that day is over."""
        return is_past(self.awaited(), today)

    def look(self, today: date) -> str:
        """Return how it is drawn in lists, pictures and on paper: later and overdue beside the values of Standing."""
        return "later" if self.later else "overdue" if self.is_late(today) else self.standing.value


def views(steps: Iterable[Record]) -> tuple[StepView, ...]:
    """Return every step with its standing, in the order given."""
    steps = tuple(steps)
    by_uid = {step.uid: step for step in steps}
    waiting = {step.uid: unfinished(step, by_uid) + unmet_choice(step, by_uid) for step in steps if _waits(step)}
    stuck = _stuck(steps, by_uid)
    circles = _circles({uid: waiting[uid] for uid in stuck})
    return tuple(_view(step, by_uid, stuck, circles) for step in steps)


def _waits(step: Record) -> bool:
    return Step(step).state not in OVER and not Step(step).go_ahead_reason


def _view(
    step: Record, by_uid: Mapping[str, Record], stuck: frozenset[str], circles: Mapping[str, tuple[str, ...]]
) -> StepView:
    if not _waits(step):
        return StepView(step=step, standing=_standing(step, False), ahead_of=ahead_of(step, by_uid))
    blockers, one_of = unfinished(step, by_uid), unmet_choice(step, by_uid)
    return StepView(
        step=step, standing=_standing(step, bool(blockers or one_of)), blockers=blockers, one_of=one_of,
        stuck=step.uid in stuck, circle=tuple(by_uid[uid] for uid in circles.get(step.uid, ())), ahead_of=ahead_of(step, by_uid),
    )  # fmt: skip


def ahead_of(step: Record, by_uid: Mapping[str, Record]) -> tuple[Record, ...]:
    """Return the steps that had to end before a step that is filed or done, and have not, or ended only afterwards."""
    if Step(step).state != StepState.DONE.code and Step(step).state not in AT_OFFICE:
        return ()
    began = earliest_known(Step(step).filed_on, Step(step).done_on)
    hard = (by_uid[uid] for uid in Step(step).waits_for if uid in by_uid)
    later = tuple(other for other in hard if _ended_later(other, began))
    choice = [by_uid[uid] for uid in Step(step).waits_for_any if uid in by_uid]
    met = any(Step(other).state == StepState.DONE.code and not _ended_later(other, began) for other in choice)
    return later if met else (*later, *(other for other in choice if _ended_later(other, began)))


def _ended_later(other: Record, began: PartialDate | None) -> bool:
    if Step(other).state not in FINISHED:
        return True
    ended = stored(Step(other).done_on) if Step(other).state == StepState.DONE.code else None
    return bool(began and ended and began.last() < ended.first())


def earliest_known(*texts: str) -> PartialDate | None:
    """Return the date of these that begins first; None where none of them is known."""
    known = [day for text in texts if (day := stored(text))]
    return min(known, key=lambda day: day.first(), default=None)


def unfinished(step: Record, by_uid: Mapping[str, Record]) -> tuple[Record, ...]:
    """Return the steps of this case that must all end before this one starts."""
    waits_for = (by_uid[uid] for uid in Step(step).waits_for if uid in by_uid)
    return tuple(other for other in waits_for if Step(other).state not in FINISHED)


def unmet_choice(step: Record, by_uid: Mapping[str, Record]) -> tuple[Record, ...]:
    """Return the steps of which one must be done first; none once one is done, or when all are given up."""
    choice = tuple(by_uid[uid] for uid in Step(step).waits_for_any if uid in by_uid)
    if any(Step(other).state == StepState.DONE.code for other in choice):
        return ()
    return tuple(other for other in choice if Step(other).state not in FINISHED)


def can_be_worked_on(step: Record, by_uid: Mapping[str, Record]) -> bool:
    """Return whether a step can start or is under way: it waits for no other one and for no office."""
    blocked = _waits(step) and bool(unfinished(step, by_uid) or unmet_choice(step, by_uid))
    return _standing(step, blocked) in (Standing.CAN_START, Standing.UNDER_WAY)


def _standing(step: Record, has_blockers: bool) -> Standing:
    state = Step(step).state
    if state == StepState.DONE.code:
        return Standing.DONE
    if state in SKIPPED:
        return Standing.NOT_NEEDED
    if state == StepState.REFUSED.code:
        return Standing.REFUSED
    if state in AT_OFFICE:
        return Standing.WAITING
    if state == StepState.BLOCKED.code:
        return Standing.BLOCKED
    if state == StepState.IN_PROGRESS.code:
        return Standing.UNDER_WAY
    return Standing.BLOCKED if has_blockers else Standing.CAN_START


def _stuck(steps: Sequence[Record], by_uid: Mapping[str, Record]) -> frozenset[str]:
    """Return the waiting steps that no finishing of other steps can set free."""
    free = {step.uid for step in steps if not _waits(step) and Step(step).state != StepState.REFUSED.code}
    ahead = [step for step in steps if _waits(step)]
    while True:
        left = []
        for step in ahead:
            choice = unmet_choice(step, by_uid)
            if all(other.uid in free for other in unfinished(step, by_uid)) and (
                not choice or any(other.uid in free for other in choice)
            ):
                free.add(step.uid)
            else:
                left.append(step)
        if len(left) == len(ahead):
            return frozenset(step.uid for step in left)
        ahead = left


def _circles(waiting: Mapping[str, Sequence[Record]]) -> dict[str, tuple[str, ...]]:
    """Return, for each step that waits for itself through others, one such circle beginning with it."""
    found: dict[str, tuple[str, ...]] = {}
    for start in waiting:
        came_from: dict[str, str] = {}
        ahead = [start]
        while ahead and start not in found:
            here = ahead.pop(0)
            for other in waiting.get(here, ()):
                if other.uid == start:
                    path = [here]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    found[start] = tuple(reversed(path))
                    break
                if other.uid not in came_from:
                    came_from[other.uid] = here
                    ahead.append(other.uid)
    return found


def waiting_since(step: Record) -> str:
    """Return the date since which an office has the ball; empty when it has not."""
    return Step(step).filed_on if Step(step).state in AT_OFFICE else ""


@dataclass(frozen=True, slots=True)
class Links:
    """What a step waits for, by identifier."""

    waits_for: tuple[str, ...]
    waits_for_any: tuple[str, ...]
    helped_by: tuple[str, ...]


def links(
    template: StepTemplate, person: str, there: Mapping[tuple[str, str], str], principal: str, parents: Sequence[str]
) -> Links:
    """Return what a step for a person waits for, among the steps that are there.

    ``there``: (generic key, person or empty) -> identifier. ``parents``: the parents of the person, when a child.
    A step for the whole case waits for those of the principal applicant. A step never waits for itself.
    """

    def found(keys: Iterable[str], people: Sequence[str]) -> list[str]:
        uids = (next((there[key, one] for one in people if (key, one) in there), "") for key in keys)
        return [uid for uid in uids if uid and uid != there.get((template.root, person))]

    own = (person, "") if person else ("", principal)
    first = [uid for parent in parents for uid in found(template.parents_first, (parent,))]
    return Links(
        tuple(dict.fromkeys(found(template.needs, own))),
        tuple(dict.fromkeys(found(template.needs_one_of, own))),
        tuple(dict.fromkeys([*found(template.helped_by, own), *first])),
    )
