"""The jobs of a day, done in the real window by keys and mouse: how much a hand does for each is a promise."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.jobs.__main__ import Counted, before

ROOT = Path(__file__).parents[2]
MOST_KEYS = 120  # beside the letters and figures of names, days and places
MANY = 10  # acts beside letters; a job that took more takes at most half
FAMILY = "a family of five, with situations and two services"


@pytest.fixture(scope="module")
def counted() -> dict[str, Counted]:
    """What the jobs take, from a program of its own, without a screen."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tools.jobs", "--json"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return {one["job"]: Counted(**one) for one in told}


def test_a_family_of_five_takes_at_most_120_keys_and_no_mouse(counted: dict[str, Counted]) -> None:
    family = counted[FAMILY]
    assert family.keys <= MOST_KEYS
    assert family.clicks == family.wheel == 0
    assert family.letters > 60, "names, days and places are typed, too"


def misses(one: Counted) -> bool:
    """Whether a job takes more acts than before, or is a long one and takes more than half beside the letters."""
    return one.acts > one.acts_before or (one.beside_before > MANY and 2 * one.beside > one.beside_before)


def test_no_job_takes_more_than_before_a_long_one_at_most_half_and_those_that_miss_that_are_named(
    counted: dict[str, Counted],
) -> None:
    assert set(before()) <= set(counted)
    missed = {job for job, one in counted.items() if one.before and misses(one)}
    assert missed == {job for job, was in before().items() if was.get("missed")}
    assert counted[FAMILY].beside_before > MANY and FAMILY not in missed


def test_every_job_says_what_it_took(counted: dict[str, Counted]) -> None:
    for one in counted.values():
        assert one.seconds > 0 and one.acts > 0
