"""Unused objects are collected on the window's thread only, between its events."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.system.gc_timer import CollectorTimer

Threads = list[int]


class Circle:
    """Nothing but the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collecting() -> Iterator[Threads]:
    """The threads in which the collector started meanwhile."""
    threads: Threads = []

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.get_ident())

    gc.collect()
    gc.enable()
    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)
    gc.disable()


def circles(_: Progress) -> int:
    return len([Circle() for _ in range(20_000)])


def test_a_job_collects_nothing_and_the_window_does_it(qtbot: QtBot, collecting: Threads) -> None:
    jobs, sweeper, done = Jobs(), CollectorTimer(), list[int]()
    sweeper.start()
    jobs.run("work", circles, done.append, lambda error: done.append(-1))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert done == [20_000]
    assert collecting == []
    sweeper.sweep()
    assert collecting == [threading.get_ident()]
    assert not any(isinstance(found, Circle) for found in gc.get_objects())


def test_the_window_collects_by_itself(qtbot: QtBot, collecting: Threads) -> None:
    sweeper = CollectorTimer()
    sweeper.start()
    kept: list[Circle] = []
    gone: list[str] = []
    page = QObject()
    page.setProperty("itself", "held by nothing but a circle")
    page.destroyed.connect(lambda: gone.append("page"))
    circle = Circle()
    circle.page = page  # type: ignore[attr-defined]
    del circle, page
    assert not gone

    def gone_while_more_is_made() -> bool:
        kept.extend(Circle() for _ in range(gc.get_threshold()[0]))
        return gone == ["page"]

    qtbot.waitUntil(gone_while_more_is_made)


def test_little_that_is_new_is_left_alone(qtbot: QtBot, collecting: Threads) -> None:
    sweeper = CollectorTimer()
    sweeper.start()
    gc.collect()
    collecting.clear()
    sweeper.sweep()
    assert collecting == []
