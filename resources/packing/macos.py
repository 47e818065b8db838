"""The finished folder for macOS: so far the folder alone; it was never made."""

from collections.abc import Sequence
from pathlib import Path

KINDS = ("folder",)
NOTE = "It is a folder, not an .app, and not signed: macOS asks before it starts."


def pack(folder: Path, work: Path, kinds: Sequence[str], quick: bool) -> None:
    """Leave the folder as it is."""
