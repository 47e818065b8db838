"""Takes out of a TIFF, or of the Exif of another picture, what says where, when and with which device it was made."""

import struct

# What says nothing of the picture itself: titles, devices, people, programs, days, places, texts of other programs.
DROPPED = frozenset({
    269, 270, 271, 272, 285, 305, 306, 315, 316, 333, 337, 700, 32932, 33432, 33550, 33723, 33922, 34264, 34377, 34665,
    34735, 34736, 34737, 34853, 37724, 37386, 40091, 40092, 40093, 40094, 40095, 40965, 42016, 42032, 42033, 42034, 42035,
    42036, 42037, 50341, 50708, 50735, 50827, 50971, 51043, 51060, 51105,
})  # fmt: skip
_INNER = frozenset({34665, 34853, 40965})  # tables of their own: Exif, place, interoperability
_PICTURES = 330
_DATA = ((273, 279), (324, 325), (513, 514))  # where dots lie, and how many bytes
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MOST_TABLES, _MOST_ENTRIES = 2000, 4000
Span = tuple[int, int]


def tiff_without_place(content: bytes) -> bytes:
    """Return a TIFF of which only the pictures are left, dot for dot. Raises IndexError, struct.error for a broken one.

    Nothing moves: what goes is overwritten with zeros, so that every place that the file names stays right.
    """
    return _Tiff(bytearray(content)).cleaned()


class _Tiff:
    """One file while it is cleaned."""

    def __init__(self, content: bytearray) -> None:
        self._bytes = content
        self._order = {b"II*\0": "<", b"MM\0*": ">"}[bytes(content[:4])]
        self._seen: set[int] = set()
        self._goes: list[Span] = []
        self._stays: list[Span] = []

    def cleaned(self) -> bytes:
        (first,) = self._unpack("I", 4)
        ahead = [first]
        while ahead:
            at = ahead.pop()
            if at and at not in self._seen:
                self._enter(at)
                ahead += self._table(at)
        for start, end in self._goes:
            if any(start < there_end and there < end for there, there_end in self._stays):
                raise IndexError  # what would go and a picture lie over each other: not built as a picture is
            self._bytes[start:end] = bytes(end - start)
        return bytes(self._bytes)

    def _enter(self, at: int) -> None:
        self._seen.add(at)
        if len(self._seen) > _MOST_TABLES:
            raise IndexError

    def _unpack(self, form: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(self._order + form, self._bytes, at)

    def _table(self, at: int) -> list[int]:
        """Leave out of a table what goes; return the tables behind it and those of its inner pictures."""
        (count,) = self._unpack("H", at)
        if count > _MOST_ENTRIES:
            raise IndexError
        raw = [bytes(self._bytes[at + 2 + 12 * number : at + 14 + 12 * number]) for number in range(count)]
        after = at + 2 + 12 * count
        (following,) = self._unpack("I", after)
        kept, ahead, found = [], [following], dict[int, list[int]]()
        for number, entry in enumerate(raw):
            tag = struct.unpack(self._order + "H", entry[:2])[0]
            place = at + 2 + 12 * number
            if tag in DROPPED:
                self._drop(place, tag)
                continue
            kept.append(entry)
            if tag == _PICTURES or any(tag in pair for pair in _DATA):
                found[tag] = self._numbers(place)
            self._keep_values(place)
        ahead += found.get(_PICTURES, [])
        for starts, lengths in _DATA:
            self._stays += [
                (start, start + length)
                for start, length in zip(found.get(starts, ()), found.get(lengths, ()), strict=False)
            ]
        body = struct.pack(self._order + "H", len(kept)) + b"".join(kept) + struct.pack(self._order + "I", following)
        self._bytes[at : after + 4] = body + bytes(after + 4 - at - len(body))
        self._stays.append((at, at + len(body)))
        return ahead

    def _span(self, place: int) -> Span | None:
        """Return where the values of an entry lie, when they do not fit into it. Raises IndexError for none of the file."""
        _, kind, count, start = self._unpack("HHII", place)
        size = _SIZES.get(kind, 1) * count
        if size <= 4:
            return None
        if start + size > len(self._bytes):
            raise IndexError
        return start, start + size

    def _keep_values(self, place: int) -> None:
        if (span := self._span(place)) is not None:
            self._stays.append(span)

    def _drop(self, place: int, tag: int) -> None:
        span = self._span(place)
        if span is not None:
            self._goes.append(span)
        if tag in _INNER:
            for at in self._numbers(place):
                self._drop_inner(at)

    def _drop_inner(self, at: int) -> None:
        if not at or at in self._seen:
            return
        self._enter(at)
        (count,) = self._unpack("H", at)
        if count > _MOST_ENTRIES:
            raise IndexError
        for number in range(count):
            place = at + 2 + 12 * number
            (tag,) = self._unpack("H", place)
            self._drop(place, tag)
        self._goes.append((at, min(at + 6 + 12 * count, len(self._bytes))))

    def _numbers(self, place: int) -> list[int]:
        """Return the whole numbers of an entry: places and lengths."""
        _, kind, count, _ = self._unpack("HHII", place)
        form = {3: "H", 4: "I", 13: "I"}.get(kind)
        if form is None or count > 1_000_000:
            raise IndexError
        span = self._span(place)
        return list(self._unpack(f"{count}{form}", span[0] if span else place + 8))
