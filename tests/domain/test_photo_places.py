"""Where a photo was taken goes from every kind of picture that telephones and scanners make, and the picture stays."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.media.file_kinds import kind_of
from avrr_desktop.domain.media.photo_metadata import position_may_stay, without_position

SECRET = b"Qzvplace44N"
XMP = b"<x:xmpmeta><exif:GPSLatitude>" + SECRET + b"</exif:GPSLatitude></x:xmpmeta>"


def exif(turned: int = 1) -> Image.Exif:
    made = Image.Exif()
    place = made.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (44.0, 49.0, 7.25), "E", (20.0, 27.0, 3.5)
    place[29] = SECRET.decode()
    inner = made.get_ifd(0x8769)
    inner[0x9003], inner[0x927C], inner[0xA431] = "2026:05:01 10:00:00", SECRET * 3, SECRET.decode()
    made[0x010F], made[0x013B], made[0x010E] = SECRET.decode(), SECRET.decode(), SECRET.decode()
    made[0x0112] = turned
    return made


def picture(size: tuple[int, int] = (40, 30)) -> Image.Image:
    made = Image.new("RGB", size)
    made.putdata([(x * 5 % 256, y * 7 % 256, (x + y) % 256) for y in range(size[1]) for x in range(size[0])])
    return made


def saved(kind: str, image: Image.Image | None = None, **more: object) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, kind, **more)
    return out.getvalue()


def box(name: bytes, content: bytes, version: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(version) + len(content)) + name + version + content


def heic(*, large: bool = False) -> bytes:
    """A HEIC in whose meta box stand an Exif (in the file) and an XMP (in the box of data)."""
    names = [
        box(b"infe", struct.pack(">HH4s", 1, 0, b"hvc1") + b"\0", b"\2\0\0\0"),
        box(b"infe", struct.pack(">HH4s", 2, 0, b"Exif") + b"\0", b"\2\0\0\0"),
        box(b"infe", struct.pack(">HH4s", 3, 0, b"mime") + b"\0application/rdf+xml\0", b"\2\0\0\0"),
    ]
    said = b"\0\0\0\6Exif\0\0" + saved("TIFF", exif=exif())[:0] + exif().tobytes()
    dots = b"\x26\x01DOTSDOTSDOTS"

    def whole(start: int) -> bytes:
        width = ">Q" if large else ">I"
        items = b"".join(
            struct.pack(">HHH", number, method, 0) + struct.pack(">H", 1) + struct.pack(width, at) + struct.pack(width, length)
            for number, method, at, length in (
                (1, 0, start, len(dots)), (2, 0, start + len(dots), len(said)), (3, 1, 0, len(XMP)),
            )
        )  # fmt: skip
        sizes = b"\x88\0" if large else b"\x44\0"
        iloc = box(b"iloc", sizes + struct.pack(">H", 3) + items, b"\1\0\0\0")
        iinf = box(b"iinf", struct.pack(">H", 3) + b"".join(names), b"\0\0\0\0")
        meta = box(b"meta", box(b"hdlr", bytes(20), b"\0\0\0\0") + iinf + iloc + box(b"idat", XMP), b"\0\0\0\0")
        return box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + box(b"mdat", dots + said)

    return whole(whole(0).index(dots))


def pdf_with(photo: bytes, *, packed: bytes = b"") -> bytes:
    stream = (
        b"<</Type/XObject/Subtype/Image/Filter/DCTDecode/Length %d>>\nstream\n" % len(photo) + photo + b"\nendstream"
    )
    more = b"<</Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream" if packed else b""
    return b"%PDF-1.4\n1 0 obj " + stream + b" endobj\n2 0 obj " + more + b" endobj\ntrailer<<>>\n%%EOF\n"


def frames(content: bytes) -> list[tuple[tuple[int, int], bytes]]:
    with Image.open(io.BytesIO(content)) as image:
        return [(frame.size, frame.convert("RGBA").tobytes()) for frame in ImageSequence.Iterator(image)]


def animated(kind: str, **more: object) -> bytes:
    return saved(kind, picture().convert("P" if kind == "GIF" else "RGB"), save_all=True,
                 append_images=[picture((40, 30)).rotate(90).resize((40, 30)), picture().convert("L")], **more)  # fmt: skip


PICTURES = {
    "webp": saved("WEBP", exif=exif().tobytes(), xmp=XMP, lossless=True),
    "webp, small": saved("WEBP", exif=exif(6).tobytes(), quality=30),
    "webp, moving": animated("WEBP", exif=exif().tobytes(), xmp=XMP, lossless=True),
    "tiff": saved("TIFF", exif=exif()),
    "tiff, packed": saved("TIFF", exif=exif(), compression="tiff_deflate"),
    "tiff, several pages": saved("TIFF", save_all=True, append_images=[picture((50, 20))], exif=exif()),
    "tiff, black and white": saved("TIFF", picture().convert("1"), exif=exif(), compression="group4"),
    "gif": saved("GIF", picture().convert("P"), comment=SECRET),
    "gif, moving": animated("GIF", comment=SECRET, loop=0),
    "jpeg": saved("JPEG", exif=exif().tobytes(), comment=SECRET),
    "png": saved("PNG", exif=exif()),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_the_place_goes_and_every_dot_stays(name: str) -> None:
    content = PICTURES[name]
    assert SECRET in content
    media_type = kind_of(content)
    clean = without_position(content, media_type)
    assert SECRET not in clean and not position_may_stay(clean, media_type)
    assert frames(clean) == frames(content)
    with Image.open(io.BytesIO(clean)) as image:
        assert not image.getexif().get_ifd(0x8825) and not image.getexif().get(0x010F)
    assert without_position(clean, media_type) == clean


def test_a_picture_that_was_turned_stays_turned() -> None:
    for name in ("webp, small", "tiff, packed"):
        content = PICTURES[name] if name.startswith("webp") else saved("TIFF", exif=exif(6), compression="tiff_lzw")
        with Image.open(io.BytesIO(without_position(content, kind_of(content)))) as image:
            assert image.getexif().get(0x0112) == 6


@pytest.mark.parametrize("large", [False, True])
def test_a_heic_loses_its_words_and_none_of_its_dots(large: bool) -> None:
    content = heic(large=large)
    assert content.count(SECRET) > 3
    clean = without_position(content, "image/heic")
    assert SECRET not in clean and b"DOTSDOTSDOTS" in clean and len(clean) == len(content)
    assert not position_may_stay(clean, "image/heic")
    assert position_may_stay(content + box(b"moov", b"\xa9xyz+44.8+20.4"), "image/heic")  # a film beside it


def test_photos_in_a_pdf_lose_their_place_and_what_cannot_be_looked_into_is_told() -> None:
    photo = PICTURES["jpeg"]
    content = pdf_with(photo)
    clean = without_position(content, "application/pdf")
    assert SECRET not in clean and len(clean) == len(content)
    at = clean.index(b"\xff\xd8")
    assert frames(clean[at : at + len(photo)]) == frames(photo)
    assert not position_may_stay(clean, "application/pdf")
    for kept in (
        pdf_with(photo) + b"/Sig /ByteRange [0 1 2 3]",
        pdf_with(photo) + b"trailer<</Encrypt 5 0 R>>",
        pdf_with(photo)
        .replace(b"/Filter/DCTDecode", b"/Filter[/FlateDecode/DCTDecode]", 1)
        .replace(b"\xff\xd8\xff", b"\x78\x9c\0"),
        pdf_with(photo, packed=zlib.compress(XMP)),
    ):
        assert position_may_stay(without_position(kept, "application/pdf"), "application/pdf")
    assert SECRET not in without_position(b"%PDF-1.4 " + XMP, "application/pdf")


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([*PICTURES.values(), heic(), pdf_with(PICTURES["jpeg"])]), st.data())
def test_damaged_pictures_are_refused_or_cleaned_and_never_hold_up_anybody(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for at in data.draw(st.lists(st.integers(0, min(len(content) - 1, 4000)), min_size=1, max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(20, len(damaged)))
    try:
        media_type = kind_of(bytes(damaged[:cut]))
        position_may_stay(without_position(bytes(damaged[:cut]), media_type), media_type)
    except RefusedError:
        return
