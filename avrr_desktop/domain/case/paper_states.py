"""The states of a paper, of its apostille and of its translation, each with what it means.

A code that this program does not know is of a paper that is not there, and of a thing that is still to be done.
"""

from enum import Enum


class PaperState(Enum):
    """A code of the list ``paper_state``.

    ``there``: nobody has to get it. ``awaited``: it was asked for. ``runs_out``: it is looked after until it ends.
    ``looks``: how it looks on the screen and on paper, by the names of marks and colours.
    """

    HELD = ("held", True, False, True, "done")
    MISSING = ("missing", False, False, False, "blocked")
    REQUESTED = ("requested", False, True, False, "waiting")
    READY = ("ready", False, True, False, "waiting")
    HANDED_OVER = ("handed_over", True, False, False, "done")
    LOST = ("lost", False, False, False, "blocked")
    EXPIRED = ("expired", False, False, False, "overdue")
    NOT_NEEDED = ("not_needed", True, False, False, "not_needed")

    def __init__(self, code: str, there: bool, awaited: bool, runs_out: bool, looks: str) -> None:
        self.code = code
        self.there = there
        self.awaited = awaited
        self.runs_out = runs_out
        self.looks = looks


class LegalisationState(Enum):
    """A code of the list ``legalisation_state``, and whether nothing is left to be done."""

    NOT_NEEDED = ("not_needed", True)
    NEEDED = ("needed", False)
    REQUESTED = ("requested", False)
    APOSTILLE = ("apostille", True)
    CONSULAR_LEGALISATION = ("consular_legalisation", True)
    EXEMPT_MULTILINGUAL = ("exempt_multilingual", True)

    def __init__(self, code: str, settled: bool) -> None:
        self.code = code
        self.settled = settled


class TranslationState(Enum):
    """A code of the list ``translation_state``, and whether nothing is left to be done."""

    NOT_NEEDED = ("not_needed", True)
    NEEDED = ("needed", False)
    REQUESTED = ("requested", False)
    DONE = ("done", True)

    def __init__(self, code: str, settled: bool) -> None:
        self.code = code
        self.settled = settled


THERE = frozenset(state.code for state in PaperState if state.there)
AWAITED = frozenset(state.code for state in PaperState if state.awaited)
RUNNING_OUT = frozenset(state.code for state in PaperState if state.runs_out)
LACKING = frozenset(state.code for state in PaperState if not (state.there or state.awaited))
LOOKS = {state.code: state.looks for state in PaperState}
