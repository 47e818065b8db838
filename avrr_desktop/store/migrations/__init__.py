"""The schema, step by step; each step is frozen once released and imports nothing of this program."""

from avrr_desktop.store.migrations import m0001_first

STEPS = (m0001_first.apply,)
SCHEMA = len(STEPS)
