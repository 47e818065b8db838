"""A program that is killed while it saves loses nothing that it had acknowledged."""

import random
from pathlib import Path

from tools.rigs import kill

KILLS = 150  # of each run, at other moments each time; the long one is by command


def test_C1_no_acknowledged_change_is_lost_by_a_kill(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}: python -m tools.rigs.kill --kills {KILLS} --seed {seed}")
    outcome = kill.run(tmp_path, KILLS, seed)
    assert outcome.problems == []
    assert outcome.kills == KILLS
    assert outcome.acknowledged > KILLS  # else the rig had not tried anything
    assert outcome.opening > 0
