"""Real time that passed, also while the computer slept: a window that was left alone must know it when it wakes."""

from collections.abc import Callable

from avrr_desktop.clock import Clock, SystemClock, ticks


class Elapsed:
    """Time since a moment by two clocks, whichever moved further.

    The steady one stands still while a computer sleeps; the one on the wall can be put back.
    """

    def __init__(self, clock: Clock | None = None, steady: Callable[[], float] = ticks) -> None:
        self._clock, self._steady = clock or SystemClock(), steady
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self.begun, self._tick = self._clock.now(), self._steady()

    def seconds(self) -> float:
        """Return the seconds since the beginning; never less than none."""
        return max((self._clock.now() - self.begun).total_seconds(), self._steady() - self._tick, 0.0)
