"""A seed that is new at every run and printed, so that a failure can be repeated: ``AVRR_SEED=n`` chooses it."""

import os
import random


def seeded(name: str) -> random.Random:
    """Return a source of chance, its seed printed."""
    seed = int(os.environ.get("AVRR_SEED") or random.SystemRandom().randrange(10**6))
    print(f"{name}: AVRR_SEED={seed}")
    return random.Random(seed)
