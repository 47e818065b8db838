"""Long work in the background; the only file that names a thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from avrr_desktop.domain.errors import ExpectedError

Progress = Callable[[int, int], bool]
Work = Callable[[Progress], Any]


class _Worker(QThread):
    progressed = Signal(int, int)
    ended = Signal(object)
    refused = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = False
        self.went_well = False
        self.left = False  # the store is locked: nobody waits for the result any more

    def cancel(self) -> None:
        self._cancelled = True

    def run(self) -> None:
        try:
            result = self._work(self._progress)
        except ExpectedError as error:
            self.refused.emit(error)
        except Exception as error:
            self.refused.emit(error)
        else:
            self.went_well = True
            self.ended.emit(result)

    def _progress(self, done: int, total: int) -> bool:
        self.progressed.emit(done, total)
        return not self._cancelled


class Jobs(QObject):
    """Runs one job after another is asked for, each in a thread of its own; results come back on the window's thread."""

    started = Signal(str)
    progressed = Signal(int, int)
    finished = Signal()
    cancelling = Signal()  # for work that cannot ask by itself whether to go on

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: dict[_Worker, Callable[[bool], str]] = {}
        self._told: list[str] = []
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Return whether something runs."""
        return bool(self._workers)

    def run(
        self, what: str, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None],
        left: Callable[[bool], str] = lambda _: "",
    ) -> None:  # fmt: skip
        """Run ``work`` in the background. It gets a function (done, of all) that says whether to go on.

        Where the store is locked first, neither ``done`` nor ``failed`` runs. ``left``: what is to be said then, given whether
        the work itself went well.
        """
        worker = _Worker(work, self)
        self._workers[worker] = left
        worker.progressed.connect(self.progressed)
        worker.ended.connect(lambda result: None if worker.left else done(result))
        worker.refused.connect(
            lambda error: None if worker.left and isinstance(error, ExpectedError) else failed(error)
        )
        worker.finished.connect(lambda: self._forget(worker))
        self.started.emit(what)
        worker.start()

    @property
    def stopped(self) -> bool:
        """Return whether somebody asked what runs to stop."""
        return self._stopped

    def cancel(self) -> None:
        """Ask everything that runs to stop at its next safe point."""
        self._stopped = bool(self._workers)
        for worker in self._workers:
            worker.cancel()
        self.cancelling.emit()

    def wait(self) -> None:
        """Cancel and wait until nothing runs: before a lock, before the end. What comes of it reaches nobody any more."""
        self.cancel()
        for worker, left in list(self._workers.items()):
            worker.wait()
            if not worker.left and (said := left(worker.went_well)):
                self._told.append(said)
            worker.left = True

    def take_told(self) -> str:
        """Return, once, what is to be said of work that a lock cut off."""
        told, self._told = " ".join(self._told), []
        return told

    def _forget(self, worker: _Worker) -> None:
        if worker in self._workers:
            del self._workers[worker]
            worker.deleteLater()
        self._stopped = self._stopped and self.busy
        self.finished.emit()
