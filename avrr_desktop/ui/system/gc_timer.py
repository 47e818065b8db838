"""Python's collector of unused objects, held to the window's thread and to moments when Qt is doing nothing else."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds; a look costs nothing, a collection some milliseconds


class CollectorTimer(QObject):
    """Collects by a timer instead of whenever enough was made.

    Left to itself the collector starts in whichever thread makes the next object, and in the middle of any event: a page
    that nobody holds any more would then be destroyed by a job's thread, or while Qt still paints it, and the program
    ends without a word. What no circle holds is freed at once, as ever.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.sweep)

    def start(self) -> None:
        """Take the collector over, until the program ends."""
        gc.disable()
        self._timer.start()

    def sweep(self) -> None:
        """Collect the oldest generation that has grown past the collector's own limits, if any has."""
        for generation in (2, 1, 0):
            limit = gc.get_threshold()[generation]
            if limit and gc.get_count()[generation] > limit:
                gc.collect(generation)
                return
