"""One seed for chance in the ordinary run, so that it tells about the change and not about luck.

``AVRR_SEED=n`` chooses another one; `tools.soak` goes through new ones.
"""

import os
import random

ORDINARY = 20260615


def seeded(name: str) -> random.Random:
    """Return a source of chance, its seed printed."""
    seed = int(os.environ.get("AVRR_SEED") or ORDINARY)
    print(f"{name}: AVRR_SEED={seed}")
    return random.Random(seed)
