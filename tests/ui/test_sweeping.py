"""Unused objects are collected on the window's thread only: tried in a program of its own, as collecting here would reach what other tests left."""

import os
import subprocess
import sys
from pathlib import Path


def test_unused_objects_are_collected_by_the_window_between_its_events() -> None:
    root, tried = Path(__file__).parents[2], Path(__file__).with_name("sweeping.py")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:xdist", str(tried)], cwd=root, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout or "[100%]" in done.stdout
