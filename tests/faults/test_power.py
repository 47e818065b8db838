"""A power cut takes what was not synced, in any order and in part; what was acknowledged is there and fits together."""

import random
from pathlib import Path

from tools.rigs import power

IMAGES = 100  # of each run; the long one is by command
BORDERS, INSIDE = 10, 20


def test_C3_whatever_a_power_cut_leaves_of_a_write_no_acknowledged_save_is_lost(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}: python -m tools.rigs.power --images {IMAGES} --seed {seed}")
    outcome = power.run(tmp_path, IMAGES, seed)
    assert outcome.problems == []
    assert outcome.images == IMAGES
    assert outcome.unsaid > 0  # else nothing was ever cut inside a save


def test_S8_a_log_cut_at_any_byte_holds_the_saves_before_the_cut_and_nothing_else(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    outcome = power.run_cuts(tmp_path, BORDERS, INSIDE, seed)
    assert outcome.problems == []
    assert outcome.images > 3 * BORDERS + INSIDE
