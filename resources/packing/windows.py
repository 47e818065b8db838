"""The finished folder for Windows: so far the folder alone, without a setup; it was never made."""

from collections.abc import Sequence
from pathlib import Path

from avrr_desktop.locations import NAME

KINDS = ("folder",)
NOTE = f"{NAME}.exe has no console: its commands work and set the exit code, but print nothing."


def pack(folder: Path, work: Path, kinds: Sequence[str], quick: bool) -> None:
    """Leave the folder as it is."""
