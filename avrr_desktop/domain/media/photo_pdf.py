"""Takes the place out of the photos in a PDF, without moving a byte of it; says where it could not look."""

import re
import struct
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_SAYS = (b"<x:xmpmeta", b"GPSL", b"Exif\0\0")
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_LOOKED_AT, _EACH = 4_000_000, 65_536  # bytes of packed streams that are looked into, together and of each


def pdf_without_place(content: bytes) -> tuple[bytes, bool]:
    """Return (a PDF whose photos and packets of words say no place, whether one may be left in it).

    A signed or encrypted one stays as it is: changed, it would be no longer what was signed, and closed it cannot be read.
    """
    if b"/ByteRange" in content or b"/Encrypt" in content:
        return content, b"DCTDecode" in content or b"/Metadata" in content
    clean, photos = bytearray(content), 0
    for match in _STREAM.finditer(content):
        if content[match.end() : match.end() + 3] == b"\xff\xd8\xff":
            _blank_photo(content, clean, match.end())
            photos += 1
    for match in _PACKET.finditer(content):
        clean[match.start() : match.end()] = b" " * (match.end() - match.start())
    packed = content.count(b"/DCTDecode") > photos or _packed_words(content)
    return bytes(clean), packed


def _blank_photo(content: bytes, clean: bytearray, at: int) -> None:
    """Overwrite what stands in a JPEG beside its dots and colours; it goes on being as long as it was."""
    at += 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in (0xDA, 0xD9):
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        body = content[at + 4 : at + 2 + length]
        colours = (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")) or (
            marker == 0xEE and body.startswith(b"Adobe")
        )
        if (marker == 0xFE or 0xE1 <= marker <= 0xEF) and not colours:
            clean[at + 4 : at + 2 + length] = bytes(len(body))
        at += 2 + length


def _packed_words(content: bytes) -> bool:
    """Return whether a packed stream holds words of the kind in which places stand; a bounded look."""
    left = _LOOKED_AT
    for match in _STREAM.finditer(content):
        if left <= 0:
            return b"/Metadata" in content
        try:
            start = zlib.decompressobj().decompress(content[match.end() : match.end() + _EACH], _EACH)
        except zlib.error:
            continue
        left -= len(start)
        if any(word in start for word in _SAYS):
            return True
    return False
