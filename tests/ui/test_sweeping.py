"""Unused objects are collected on the window's thread only: tried apart, as collecting here would reach what other tests left."""

from pathlib import Path

from tests.support.apart import passes_apart


def test_unused_objects_are_collected_by_the_window_between_its_events() -> None:
    passes_apart(Path(__file__).with_name("sweeping.py"))
