"""The states of a pupil's papers and support, each with what it means. A code that is not known is still to be settled."""

from enum import Enum


class RecognitionState(Enum):
    """A code of the list ``recognition_state``: whether it was asked for, and whether nothing is left to be done."""

    NOT_NEEDED = ("not_needed", False, True)
    TO_REQUEST = ("to_request", False, False)
    REQUESTED = ("requested", True, False)
    GRANTED = ("granted", True, True)
    PARTLY = ("partly", True, True)
    REFUSED = ("refused", True, True)

    def __init__(self, code: str, asked: bool, settled: bool) -> None:
        self.code = code
        self.asked = asked
        self.settled = settled


class SupportState(Enum):
    """A code of the list ``support_state``, and whether nothing is left to be done."""

    NOT_NEEDED = ("not_needed", True)
    NEEDED = ("needed", False)
    ARRANGED = ("arranged", True)
    NOT_OFFERED = ("not_offered", True)

    def __init__(self, code: str, settled: bool) -> None:
        self.code = code
        self.settled = settled
