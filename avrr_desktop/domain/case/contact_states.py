"""What came of a contact or a follow-up, each with what it means. A code that is not known is of an attempt that reached somebody."""

from enum import Enum


class ContactResult(Enum):
    """A code of the list ``contact_result``, and whether the person was spoken to."""

    REACHED = ("reached", True)
    NO_ANSWER = ("no_answer", False)
    LEFT_MESSAGE = ("left_message", False)
    REFUSED = ("refused", True)

    def __init__(self, code: str, reached: bool) -> None:
        self.code = code
        self.reached = reached


class FollowUpOutcome(Enum):
    """A code of the list ``follow_up_outcome``, and whether the family was found."""

    ON_TRACK = ("on_track", True)
    PROBLEMS = ("problems", True)
    NEW_NEEDS = ("new_needs", True)
    PLAN_CHANGE = ("plan_change", True)
    READY_TO_CLOSE = ("ready_to_close", True)
    NOT_REACHED = ("not_reached", False)

    def __init__(self, code: str, reached: bool) -> None:
        self.code = code
        self.reached = reached


UNREACHED = frozenset(
    [result.code for result in ContactResult if not result.reached]
    + [outcome.code for outcome in FollowUpOutcome if not outcome.reached]
)
