"""Times calls in turns: what is compared runs side by side, so that a busy machine slows all of it alike."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import get_clock_info, perf_counter, thread_time
from typing import TypeVar

T = TypeVar("T")
Clock = Callable[[], float]
WAITING: Clock = perf_counter  # what a person waits, disk and other programs included
# What the processor works for us: the same as long as everything lies in memory, and undisturbed by other programs.
WORKING: Clock = thread_time if get_clock_info("thread_time").resolution < 1e-6 else perf_counter


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which ``part`` of a hundred lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part / 100 * (len(ordered) - 1)))]


@dataclass(slots=True)
class Samples:
    """Milliseconds of one kind of call, kept by the turn in which they were taken."""

    turns: list[list[float]] = field(default_factory=list)

    @property
    def all(self) -> list[float]:
        """Every sample."""
        return [value for turn in self.turns for value in turn]

    def at(self, part: float) -> float:
        """Return a percentile of all samples."""
        return percentile(self.all, part)

    def over(self, other: "Samples") -> float:
        """Return how many times as long as ``other`` the middle call takes: the middle of the turns' own ratios."""
        return median(median(mine) / median(theirs) for mine, theirs in zip(self.turns, other.turns, strict=True))

    def settled(self) -> list[float]:
        """Return the shortest time of each call, for turns that repeat the same calls: what it costs by itself."""
        return [min(values) for values in zip(*self.turns, strict=True)]


def in_turns(
    calls: Mapping[str, Callable[[T], object]],
    turns: Sequence[Sequence[T]],
    between: Callable[[], object] = lambda: None,
    clock: Clock = WORKING,
) -> dict[str, Samples]:
    """Time every call on every item, one turn of items after the other; ``between`` turns is not timed."""
    taken = {name: Samples() for name in calls}
    for items in turns:
        for name, call in calls.items():
            taken[name].turns.append([_one(call, item, clock) for item in items])
        between()
    return taken


def _one(call: Callable[[T], object], item: T, clock: Clock) -> float:
    start = clock()
    call(item)
    return 1000 * (clock() - start)


def exponent(values: Mapping[int, float]) -> float:
    """Return how a figure grows from the smallest to the largest store: 0 is flat, 1 is in step with the cases."""
    small, large = min(values), max(values)
    return math.log(values[large] / values[small]) / math.log(large / small)
