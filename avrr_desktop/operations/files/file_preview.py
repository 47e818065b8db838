"""Has pictures made by a process of its own: what a hostile file does there, it does to nothing of the program."""

import subprocess
from collections.abc import Sequence

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.operations.computer.own_process import own_command, own_start

SECONDS = 10
LARGEST = 4_000_000  # bytes of the picture
PIXELS = 2_000
_PNG = b"\x89PNG\r\n\x1a\n"


class Stop:
    """Ends the making of a picture from another thread: at a lock nobody waits for a file that takes its time."""

    def __init__(self) -> None:
        self.asked = False
        self.child: subprocess.Popen[bytes] | None = None

    def now(self) -> None:
        """End it, also when it has not begun."""
        self.asked = True
        if self.child is not None:
            self.child.kill()


def picture_of(content: bytes, pixels: int, stop: Stop | None = None, command: Sequence[str] | None = None) -> bytes:
    """Return a PNG of an image or of a PDF's first page, at most ``pixels`` wide and high. Raises StoreError.

    The child gets the bytes by a pipe and gives the picture by another: nothing of a file lies on the disk.
    """
    try:
        child = subprocess.Popen(
            [*(command or own_command("picture-child")), str(min(pixels, PIXELS))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            **own_start(),
        )  # fmt: skip
    except OSError:
        raise no_preview() from None
    with child:
        if stop is not None:
            stop.child = child
            if stop.asked:
                child.kill()
        made = _answer(child, content)
    if child.returncode != 0 or not _is_picture(made, min(pixels, PIXELS)):
        raise no_preview()
    return made


def no_preview() -> StoreError:
    """Return the error for a file that no picture can be made of."""
    return StoreError(
        N_("There is no preview of this file."), N_("The file itself is safe in the case. Open it to see it.")
    )


def _answer(child: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """Return what the child wrote before its time was over; empty when it took too long."""
    try:
        made, _ = child.communicate(content, timeout=SECONDS)
        return made
    except (subprocess.TimeoutExpired, OSError):
        return b""
    finally:
        child.kill()


def _is_picture(made: bytes, pixels: int) -> bool:
    """Return whether the answer is a PNG that is no larger than asked for."""
    if not made.startswith(_PNG) or len(made) > LARGEST or made[12:16] != b"IHDR":
        return False
    width, height = (int.from_bytes(made[at : at + 4], "big") for at in (16, 20))
    return 0 < width <= pixels and 0 < height <= pixels
