"""Takes the place out of pictures that are made of boxes and blocks: WebP, GIF and HEIC."""

import struct
from collections.abc import Iterator

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # how often an animation is shown
_HEIC_TOP = frozenset({b"ftyp", b"meta", b"mdat", b"free", b"skip", b"idat", b"styp", b"wide"})
_MOST = 20_000
Box = tuple[bytes, int, int]  # kind, where its content begins and ends


def webp_without_place(content: bytes, upright: bytes) -> bytes:
    """Return a WebP without Exif and XMP. ``upright``: an Exif that says how it is turned and no more; empty for upright."""
    chunks: list[tuple[bytes, bytes]] = []
    end = min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    at = 12
    while at + 8 <= end:
        name, (size,) = content[at : at + 4], struct.unpack_from("<I", content, at + 4)
        if at + 8 + size > len(content):
            raise IndexError
        if name not in (b"EXIF", b"XMP "):
            chunks.append((name, content[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    known = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
    chunks = [(name, body) for name, body in chunks if name in known]
    if not chunks:
        raise IndexError
    if chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~0x0C | (0x08 if upright else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        if upright:
            chunks.append((b"EXIF", upright))
    body = b"".join(name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for name, part in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def webp_exif(content: bytes) -> bytes:
    """Return the Exif of a WebP; empty for none."""
    at = 12
    while at + 8 <= len(content):
        (size,) = struct.unpack_from("<I", content, at + 4)
        if content[at : at + 4] == b"EXIF":
            return content[at + 8 : at + 8 + size].removeprefix(b"Exif\0\0")
        at += 8 + size + size % 2
    return b""


def gif_without_place(content: bytes) -> bytes:
    """Return a GIF without comments and without the texts of other programs; nothing of it behind its end."""
    out = [content[: _gif_head(content)]]
    at = len(out[0])
    while True:
        mark = content[at]
        if mark == 0x3B:
            return b"".join([*out, b"\x3b"])
        start = at
        if mark == 0x21:
            label, at = content[at + 1], _after_blocks(content, at + 2)
            loop = label == 0xFF and content[start + 3 : start + 14] in _LOOPS
            if label in (0xF9, 0x01) or loop:
                out.append(content[start:at])
        elif mark == 0x2C:
            colours = content[at + 9]
            at = _after_blocks(content, at + 11 + (3 << (colours & 7) + 1 if colours & 0x80 else 0))
            out.append(content[start:at])
        else:
            raise IndexError


def _gif_head(content: bytes) -> int:
    colours = content[10]
    return 13 + (3 << (colours & 7) + 1 if colours & 0x80 else 0)


def _after_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += 1 + content[at]
    return at + 1


def heic_without_place(content: bytes) -> tuple[bytes, bool]:
    """Return (a HEIC whose Exif and XMP are zeros, whether something is in it of which nobody knows what it says).

    Nothing moves. How a HEIC is turned stands elsewhere and stays.
    """
    clean, unsure = bytearray(content), False
    for kind, start, end in _boxes(content, 0, len(content)):
        if kind == b"meta":
            unsure |= _clean_items(content, clean, start + 4, end)
        elif kind == b"uuid":
            clean[start:end] = bytes(end - start)
        elif kind not in _HEIC_TOP:
            unsure = True  # a film beside the picture, say, with a place of its own
    return bytes(clean), unsure


def _boxes(content: bytes, at: int, end: int) -> Iterator[Box]:
    for _ in range(_MOST):
        if at >= end:
            return
        size, head = struct.unpack_from(">I", content, at)[0], 8
        if size == 1:
            size, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise IndexError
        yield content[at + 4 : at + 8], at + head, at + size
        at += size
    raise IndexError


def _clean_items(content: bytes, clean: bytearray, at: int, end: int) -> bool:
    """Overwrite the items of a meta box that are no picture; return whether one of them could not be reached."""
    boxes = {kind: (start, stop) for kind, start, stop in _boxes(content, at, end)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return False
    wanted = _item_numbers(content, *boxes[b"iinf"])
    places = _item_places(content, *boxes[b"iloc"], boxes.get(b"idat", (0, 0))[0])
    for number in wanted:
        for start, stop in places.get(number, ()):
            if stop > len(content):
                raise IndexError
            clean[start:stop] = bytes(stop - start)
    return not wanted.issubset(places)


def _item_numbers(content: bytes, at: int, end: int) -> set[int]:
    """Return the numbers of the items that hold words and no dots: Exif, and XMP under any name."""
    version = content[at]
    wanted, at = set(), at + (6 if version == 0 else 8)
    for kind, start, _ in _boxes(content, at, end):
        if kind != b"infe":
            continue
        of = content[start]
        number = struct.unpack_from(">H" if of < 3 else ">I", content, start + 4)[0]
        name = content[start + (8 if of < 3 else 10) : start + (12 if of < 3 else 14)]
        if of < 2 or name in (b"Exif", b"mime", b"uri "):
            wanted.add(number)
    return wanted


def _item_places(content: bytes, at: int, end: int, data: int) -> dict[int, list[tuple[int, int]]]:
    """Return where the bytes of each item lie, for those that lie in the file itself or in the box of data."""
    version, at = content[at], at + 4
    sizes, more = content[at], content[at + 1]
    of_offset, of_length, of_base = sizes >> 4, sizes & 15, more >> 4
    of_index, at = (more & 15) if version else 0, at + 2
    count, at = _number(content, at, 2 if version < 2 else 4)
    found: dict[int, list[tuple[int, int]]] = {}
    for _ in range(min(count, _MOST)):
        item, at = _number(content, at, 2 if version < 2 else 4)
        method = 0
        if version:
            method, at = _number(content, at, 2)
        at += 2  # in this file
        base, at = _number(content, at, of_base)
        extents, at = _number(content, at, 2)
        for _ in range(min(extents, _MOST)):
            at += of_index
            offset, at = _number(content, at, of_offset)
            length, at = _number(content, at, of_length)
            if method & 15 < 2 and at <= end:
                start = base + offset + (data if method & 15 else 0)
                found.setdefault(item, []).append((start, start + length))
    return found


def _number(content: bytes, at: int, size: int) -> tuple[int, int]:
    if at + size > len(content):
        raise IndexError
    return int.from_bytes(content[at : at + size], "big"), at + size
