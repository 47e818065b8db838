"""Pictures of files are made by a child that may do nothing else; whatever it does, the program goes on."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

from avrr_desktop import picture_child
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.media.file_kinds import MEDIA
from avrr_desktop.operations.files import file_preview
from avrr_desktop.operations.files.file_preview import Stop, picture_of
from tests.support import media
from tests.support.media import KINDS

SHOWN = [media_type for media_type, kind in MEDIA.items() if kind.preview]
CHILD = [sys.executable, "-c"]


def opened(made: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(made), formats=["PNG"])
    image.load()
    return image


@pytest.mark.parametrize("media_type", SHOWN)
def test_a_picture_is_made_of_every_kind_that_has_one(media_type: str) -> None:
    made = opened(picture_of(KINDS[media_type], 200))
    assert max(made.size) <= 200
    assert len(made.convert("RGB").getcolors(100_000) or ()) > 1, "an empty page is no picture of it"


@pytest.mark.parametrize("media_type", [media_type for media_type in KINDS if media_type not in SHOWN])
def test_no_picture_is_made_of_other_kinds(media_type: str) -> None:
    with pytest.raises(StoreError) as told:
        picture_of(KINDS[media_type], 200)
    assert told.value.title == "There is no preview of this file."


def test_a_photo_stands_upright_and_a_large_one_is_made_small() -> None:
    made = opened(picture_of(media.photo(turned=6, size=(4000, 3000)), 300))
    assert made.size == (225, 300)
    assert made.getpixel((220, 5))[0] > 200, "the bright corner, a quarter turned"  # type: ignore[index]
    page = opened(picture_of(media.pdf(pages=40), 300))
    assert page.size[1] == 300


def test_a_clear_background_becomes_paper() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(picture_child.picture(written.getvalue(), 10)).getpixel((5, 5)) == (255, 255, 255)


def refused(program: str) -> None:
    with pytest.raises(StoreError):
        picture_of(b"content", 100, command=[*CHILD, program])


def png(width: int, height: int) -> str:
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return repr(written.getvalue())


ANSWERS = {
    "nothing": "pass",
    "an end with an error": f"import sys; sys.stdout.buffer.write({png(9, 9)}); sys.exit(1)",
    "no picture": "print('<svg/>')",
    "a picture wider than asked for": f"import sys; sys.stdout.buffer.write({png(101, 1)})",
    "a picture higher than asked for": f"import sys; sys.stdout.buffer.write({png(1, 101)})",
    "far too much": f"import sys; sys.stdout.buffer.write({png(9, 9)} + bytes(5_000_000))",
    "a crash": "import os; os.abort()",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_is_no_small_picture_is_none(answer: str) -> None:
    refused(ANSWERS[answer])


def test_an_answer_of_the_right_size_is_taken() -> None:
    program = f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({png(100, 100)})"
    assert opened(picture_of(b"content", 100, command=[*CHILD, program])).size == (100, 100)


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(file_preview, "SECONDS", 0.5)
    refused("import signal; signal.pause()")


class Watched(Stop):
    """Ends the child as soon as there is one, as another thread would."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "child" and value is not None:
            self.now()


@pytest.mark.parametrize("stop", [Stop(), Watched()], ids=["before the issue date", "while it runs"])
def test_a_picture_that_nobody_wants_any_more_is_ended_at_once(stop: Stop) -> None:
    if not isinstance(stop, Watched):
        stop.now()
    with pytest.raises(StoreError):
        picture_of(b"content", 100, stop, [*CHILD, "import signal; signal.pause()"])
    assert stop.child is not None and stop.child.returncode == -9


def test_a_program_that_is_not_there_makes_no_picture() -> None:
    with pytest.raises(StoreError):
        picture_of(b"content", 100, command=["/nowhere/python"])


LIMITED = """
import sys
from avrr_desktop import picture_child
picture_child._rehearse()
picture_child._limit()
{what}
import io
from PIL import Image
made = io.BytesIO()
Image.new("1", (9, 9)).save(made, "PNG")
sys.stdout.buffer.write(made.getvalue())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limits are those of POSIX")
@pytest.mark.parametrize(
    ("what", "works"),
    [("", True), ("open('/etc/passwd')", False), ("open('x', 'w')", False),
     ("hoard = bytearray(800 * 1024 * 1024)", False), ("import socket; socket.socket()", False),
     ("while True: pass", False)],
    ids=["nothing", "reads a file", "writes a file", "memory", "network", "never ends"],
)  # fmt: skip
def test_the_child_has_no_more_rights_than_it_needs(what: str, works: bool) -> None:
    program = LIMITED.format(what=what).replace(
        "picture_child._limit()", "picture_child.SECONDS = 1; picture_child._limit()"
    )
    command = [sys.executable, "-c", program]
    if works:
        assert opened(picture_of(b"content", 100, command=command)).size == (9, 9)
    else:
        with pytest.raises(StoreError):
            picture_of(b"content", 100, command=command)
    assert not Path("x").exists()
