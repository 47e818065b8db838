"""Takes out of a photo what says where, when and with which telephone it was taken; the picture stays, dot for dot."""

import io
import struct
import zipfile
from collections.abc import Iterator

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.media.file_kinds import WITH_PICTURES as _WITH_PICTURES
from avrr_desktop.domain.media.photo_boxes import gif_without_place, heic_without_place, webp_exif, webp_without_place
from avrr_desktop.domain.media.photo_pdf import pdf_without_place
from avrr_desktop.domain.media.photo_tiff import tiff_without_place

_PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".gif")
_EXIF = b"Exif\0\0"
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # what a viewer needs for the right colours
_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_PNG_START = b"\x89PNG\r\n\x1a\n"
_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_ORIENTATION = 0x0112


def without_position(content: bytes, media_type: str) -> bytes:
    """Return a picture, scan or PDF without its place data, upright as before; other kinds of files as they are.

    What stands behind the end of the picture goes too: telephones keep a second picture there, with its own place.
    Raises RefusedError where the file is not built as a picture is.
    """
    return _cleaned(content, media_type)[0]


def position_may_stay(content: bytes, media_type: str) -> bool:
    """Return whether a place may be left in a file that ``without_position`` gave back: then whoever adds it is told."""
    if media_type in _WITH_PICTURES:
        return _pictures_inside(content)
    return _cleaned(content, media_type)[1]


def _cleaned(content: bytes, media_type: str) -> tuple[bytes, bool]:
    try:
        match media_type:
            case "image/jpeg":
                return b"".join(_jpeg(content)), False
            case "image/png":
                return b"".join(_png(content)), False
            case "image/webp":
                turned = _orientation(webp_exif(content))
                return webp_without_place(content, _turned(turned) if turned > 1 else b""), False
            case "image/gif":
                return gif_without_place(content), False
            case "image/tiff":
                return tiff_without_place(content), False
            case "image/heic":
                return heic_without_place(content)
            case "application/pdf":
                return pdf_without_place(content)
            case _:
                return content, False
    except (IndexError, KeyError, struct.error, OverflowError, MemoryError):
        raise RefusedError(
            N_("This photo is damaged: its location could not be removed."),
            N_("Nothing was added. Open it in another program and save it again, or add it with its location."),
        ) from None


def _pictures_inside(content: bytes) -> bool:
    """Return whether a text document or table holds photos: what they say of their place is not taken out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.lower().endswith(_PHOTO_ENDINGS) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return True


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at, turned = 2, 0
    for start, marker, end in _segments(content):
        at = end
        body = content[start + 4 : end]
        if marker == 0xE1 and body.startswith(_EXIF) and not turned:
            turned = _orientation(body[len(_EXIF) :])
            if turned > 1:
                yield _only_orientation(turned)
        elif marker == _COMMENT or 0xE0 <= marker <= 0xEF:
            if body.startswith(_KEPT.get(marker, b"none of these")):
                yield content[start:end]
        else:
            yield content[start:end]
    if content[at - 2 : at] != bytes([0xFF, _EOI]):
        yield bytes([0xFF, _EOI])  # a picture that was cut off: shown as far as it goes


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (start, marker, end) of each part up to the end of the picture; dots belong to the part before them."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise IndexError
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _EOI:
            yield at, marker, at + 2
            return
        if marker == 0x01 or 0xD0 <= marker <= _SOI:
            end = at + 2
        else:
            (length,) = struct.unpack(">H", content[at + 2 : at + 4])
            end = at + 2 + length
            if length < 2 or end > len(content):
                raise IndexError
        if marker == _SOS:
            end = _end_of_dots(content, end)
        yield at, marker, end
        at = end


def _end_of_dots(content: bytes, at: int) -> int:
    """Return where the dots of a scan end: at the next marker that is neither filling nor part of them."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        following = content[at + 1]
        if following and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2
    return len(content)


def _orientation(tiff: bytes) -> int:
    """Return how the photo is turned, 1 to 8; 1 where it does not say."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if (tag, kind) == (_ORIENTATION, 3):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(turned: int) -> bytes:
    body = _EXIF + _turned(turned)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _turned(turned: int) -> bytes:
    """Return an Exif that says how a picture is turned and no more."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG_START
    at = len(_PNG_START)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise IndexError
        if name not in _DROPPED:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
