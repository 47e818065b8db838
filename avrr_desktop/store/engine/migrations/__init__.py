"""The schema, step by step; each step is frozen once released and imports nothing of this program."""

from avrr_desktop.store.engine.migrations import (
    m0001_first,
    m0002_safety,
    m0003_quarantine,
    m0004_facts,
    m0005_places,
    m0006_closings,
)

STEPS = (
    m0001_first.apply,
    m0002_safety.apply,
    m0003_quarantine.apply,
    m0004_facts.apply,
    m0005_places.apply,
    m0006_closings.apply,
)
SCHEMA = len(STEPS)
