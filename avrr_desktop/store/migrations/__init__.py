"""The schema, step by step; each step is frozen once released and imports nothing of this program."""

from avrr_desktop.store.migrations import m0001_first, m0002_safety

STEPS = (m0001_first.apply, m0002_safety.apply)
SCHEMA = len(STEPS)
