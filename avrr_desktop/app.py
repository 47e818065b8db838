"""Composition root of the window: builds everything once and hands it down."""

from datetime import date
from pathlib import Path


def main(store: Path | None = None, today: date | None = None) -> int:
    """Run the window until it is closed and return the exit code."""
    raise SystemExit(f"no window yet for {store} {today}")
