"""A screen that nobody sees (Xvfb): for opening the real window, waiting until it stands still, and taking its picture."""

import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from tools.packing import BuildError

SOCKETS = Path("/tmp/.X11-unix")
NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool"}  # program -> Debian package
_STEP, _QUIET = 0.25, 1.5  # seconds between two looks, and how long nothing may move
_CARET = 100  # pixels of the largest part that may move all the same


@dataclass(frozen=True, slots=True)
class Screen:
    """``name``: what DISPLAY is set to; ``picture``: the file in which the server holds what is on it."""

    name: str
    picture: Path

    def window(self, title: str, limit: float, alive: Callable[[], bool]) -> float:
        """Wait until a window with a title is shown, and return the seconds. Raises BuildError."""
        asking = ["xdotool", "search", "--onlyvisible", "--name", title]
        begun, env = time.monotonic(), {**os.environ, "DISPLAY": self.name}
        while subprocess.run(asking, env=env, capture_output=True).returncode:
            if not alive() or time.monotonic() - begun > limit:
                raise BuildError(f"No window named {title} was shown within {limit:.0f} seconds.")
            time.sleep(_STEP / 5)
        return time.monotonic() - begun

    def press(self, title: str, *keys: str) -> None:
        """Give the window the keyboard, as no window manager does it here, and press keys. Raises BuildError."""
        asking = ["xdotool", "search", "--onlyvisible", "--name", title, "windowfocus", "--sync", "key", *keys]
        if subprocess.run(asking, env={**os.environ, "DISPLAY": self.name}, capture_output=True).returncode:
            raise BuildError(f"The window named {title} does not take keys.")

    def settled(self, limit: float, before: Image.Image | None = None) -> Image.Image:
        """Wait until something is drawn, another than ``before``, and nothing moves; return the picture. Raises BuildError."""
        begun = moved = time.monotonic()
        last = self.look()
        while (
            time.monotonic() - moved < _QUIET
            or len(last.getcolors(1 << 24) or ()) < 16
            or (before and same(last, before))
        ):
            if time.monotonic() - begun > limit:
                raise BuildError(f"The window did not stand still within {limit:.0f} seconds, or drew nothing.")
            time.sleep(_STEP)
            now = self.look()
            if not same(now, last):
                last, moved = now, time.monotonic()
        return last

    def look(self) -> Image.Image:
        """Return what is on the screen: a window dump of X, of which only the usual kind is read."""
        content = self.picture.read_bytes()
        head = struct.unpack(">25I", content[:100])
        width, height, bits, row, begin = head[4], head[5], head[11], head[12], head[0] + 12 * head[19]
        if bits != 32:
            raise BuildError("The screen has another number of colours than this can read.")
        return Image.frombytes("RGB", (width, height), content[begin : begin + row * height], "raw", "BGRX", row, 1)


def same(one: Image.Image, other: Image.Image) -> bool:
    """Return whether two pictures show the same: a caret blinks."""
    box = ImageChops.difference(one, other).getbbox()
    return box is None or (box[2] - box[0]) * (box[3] - box[1]) <= _CARET


def unable() -> list[str]:
    """Return the Debian packages that are missing here."""
    return [package for program, package in NEEDED.items() if not shutil.which(program)]


@contextmanager
def screen(place: Path, size: str = "1280x800") -> Iterator[Screen]:
    """Start a screen, and end it afterwards. ``place``: a folder for its picture. Raises BuildError."""
    read, write = os.pipe()
    shown = ["-screen", "0", f"{size}x24", "-fbdir", str(place), "-nolisten", "tcp", "-ac", "-noreset"]
    command = ["Xvfb", "-displayfd", str(write), *shown]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()  # an end of file, where the server does not come up
        if not number:
            raise BuildError("Xvfb does not start here.")
        yield Screen(f":{number}", place / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()
