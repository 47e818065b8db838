"""A process that makes one picture and ends: it reads files that anybody may have made, with as few rights as it can.

Run as ``python -m avrr_desktop.picture_child PIXELS``, a file on standard input, a PNG on standard output.
"""

import io
import os
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SECONDS = 5  # of computing
MEMORY = 700 * 1024 * 1024
MOST_DOTS = 50_000_000
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "WEBP")
FAILED = 1
_HEAD = b"%PDF-"


def main() -> int:
    """Read, draw, write; return the exit code. Nothing is said about what went wrong: nobody listens."""
    _rehearse()
    _limit()
    try:
        pixels = int(sys.argv[-1])
        with os.fdopen(0, "rb", closefd=False) as given:
            content = given.read()
        made = picture(content, pixels)
        with os.fdopen(1, "wb", closefd=False) as answer:
            answer.write(made)
    except Exception:  # decoders raise whatever they like; the one who asked sees that there is no picture
        return FAILED
    return 0


def picture(content: bytes, pixels: int) -> bytes:
    """Return a PNG of an image or of a PDF's first page, at most ``pixels`` wide and high. Raises whatever it likes."""
    drawn = _page(content, pixels) if content.startswith(_HEAD) else _image(content, pixels)
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


def _image(content: bytes, pixels: int) -> "Image":
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_DOTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)  # else twice as many dots would do
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        image.draft("RGB", (pixels, pixels))
        image.thumbnail((pixels, pixels))
        upright = ImageOps.exif_transpose(image)
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        return paper.convert("RGB")


def _page(content: bytes, pixels: int) -> "Image":
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    page = document[0]
    width, height = page.get_size()
    scale = pixels / max(width, height, 1)
    drawn: Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    drawn.thumbnail((pixels, pixels))  # a dot more by rounding
    return drawn.convert("RGB")


def _rehearse() -> None:
    """Draw a dot of every kind: what decoders read from the disk, they read now, for later no file may be opened."""
    from PIL import Image

    for kind in (*FORMATS, "PDF"):
        written = io.BytesIO()
        Image.new("P" if kind == "GIF" else "RGB", (2, 2)).save(written, kind)
        picture(written.getvalue(), 1)


def _limit() -> None:
    """Give up time, memory, files and traces of a crash; where the system knows no such limits, the parent's watch holds."""
    if sys.platform == "win32":
        return
    import resource

    wanted = (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 3),
    )  # fmt: skip
    for limit, most in wanted:
        try:
            _, hard = resource.getrlimit(limit)
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(limit, (least, least))
        except (OSError, ValueError):  # macOS refuses some of them
            continue


if __name__ == "__main__":
    sys.exit(main())
