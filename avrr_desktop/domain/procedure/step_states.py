"""The states of a step, each with what it means.

A code that this program does not know is of a step that is still to be done: it stays in sight.
"""

from enum import Enum


class StepState(Enum):
    """A code of the list ``step_state``.

    ``finished``: others that waited for it go ahead. ``over``: nobody works on it any more, a refusal among them.
    ``at_office``: an office has the ball. ``skipped``: it was never carried out.
    """

    PROPOSED = ("proposed", False, False, False, False)
    PLANNED = ("planned", False, False, False, False)
    IN_PROGRESS = ("in_progress", False, False, False, False)
    SUBMITTED = ("submitted", False, False, True, False)
    WAITING_AUTHORITY = ("waiting_authority", False, False, True, False)
    BLOCKED = ("blocked", False, False, False, False)
    DONE = ("done", True, True, False, False)
    REFUSED = ("refused", False, True, False, False)
    NOT_NEEDED = ("not_needed", True, True, False, True)
    ABANDONED = ("abandoned", True, True, False, True)

    def __init__(self, code: str, finished: bool, over: bool, at_office: bool, skipped: bool) -> None:
        self.code = code
        self.finished = finished
        self.over = over
        self.at_office = at_office
        self.skipped = skipped


FINISHED = frozenset(state.code for state in StepState if state.finished)
OVER = frozenset(state.code for state in StepState if state.over)
AT_OFFICE = frozenset(state.code for state in StepState if state.at_office)
SKIPPED = frozenset(state.code for state in StepState if state.skipped)
