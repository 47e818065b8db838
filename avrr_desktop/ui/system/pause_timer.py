"""Something that happens once after a pause: when somebody stops typing, or a while after they began."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from avrr_desktop.domain.i18n import N_

LOOKING = N_("Looking for similar spellings")
SECOND_LOOK_MS = 300  # whoever types on has the next key by then


def pause_timer(parent: QObject, milliseconds: int, act: Callable[[], object]) -> QTimer:
    """Return a timer that calls ``act`` once, so long after its last start; it ends with its parent."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer


class TwoLooks:
    """While somebody types: what is exact is looked for after every key, what is only near once they stop.

    ``look`` is called with whether near ones are looked for, too.
    """

    def __init__(self, parent: QObject, milliseconds: int, look: Callable[[bool], object]) -> None:
        self._first = pause_timer(parent, milliseconds, lambda: look(False))
        self._second = pause_timer(parent, SECOND_LOOK_MS, lambda: look(True))

    @property
    def awaited(self) -> bool:
        """Whether the second look is still to come: until then nobody knows that nothing is there."""
        return self._second.isActive()

    def start(self) -> None:
        """Look again: something was typed."""
        self._first.start()
        self._second.start()

    def stop(self, *, near: bool = True) -> None:
        """Do not look by itself any more. ``near``: not for near ones either."""
        self._first.stop()
        if near:
            self._second.stop()
