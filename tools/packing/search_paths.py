"""Where the loader of a system looks for libraries, as the files of a folder tell it: nowhere but in the folder itself.

A path of the builder's computer in a library would be looked into on every officer's computer: whoever can make that folder
there would run code in the program, and it tells who built it. Linux: DT_RPATH and DT_RUNPATH of ELF, which are mended
in place as chrpath does. macOS: LC_RPATH, looked at only, as PyInstaller writes them anew. A program of Windows holds no such path.
"""

import posixpath
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.packing import BuildError

_ELF, _MACH = (
    b"\x7fELF\x02\x01",
    (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
)  # 64 bits, low byte first; of several processors
_LOAD, _DYNAMIC, _SYMBOLS = 1, 2, 11  # PT_LOAD, PT_DYNAMIC, SHT_DYNSYM
_NULL, _NEEDED, _STRTAB, _SONAME, RPATH, RUNPATH = 0, 1, 5, 14, 15, 29
_LC_RPATH = 0x8000001C
_OWN = re.compile(r"(\$ORIGIN|\$\{ORIGIN\}|@loader_path|@executable_path)(/.*)?")


@dataclass(frozen=True, slots=True)
class Elf:
    """What a program or library of Linux asks of the loader. Raises BuildError for one that cannot be read."""

    content: bytearray

    def entries(self) -> list[tuple[int, int, int]]:
        """Return its dynamic entries: where each stands, its kind, its value."""
        place = next((at for kind, at, _, _ in self._segments() if kind == _DYNAMIC), None)
        found = list[tuple[int, int, int]]()
        while place is not None:
            kind, value = struct.unpack_from("<QQ", self.content, place)
            found.append((place, kind, value))
            place = None if kind == _NULL else place + 16
        return found

    def _segments(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield of each segment: kind, place in the file, address, bytes in the file."""
        (start,) = struct.unpack_from("<Q", self.content, 32)
        size, count = struct.unpack_from("<HH", self.content, 54)
        for at in range(start, start + size * count, size):
            kind, _, place, address, _, length = struct.unpack_from("<IIQQQQ", self.content, at)
            yield kind, place, address, length

    def strings(self) -> int:
        """Return where its table of strings begins in the file."""
        address = next(value for _, kind, value in self.entries() if kind == _STRTAB)
        return next(
            place + address - start
            for kind, place, start, length in self._segments()
            if kind == _LOAD and start <= address < start + length
        )

    def text(self, offset: int) -> str:
        """Return a string of the table."""
        begin = self.strings() + offset
        return self.content[begin : self.content.index(0, begin)].decode("utf-8", "surrogateescape")

    def texts(self, *kinds: int) -> list[tuple[int, int, str]]:
        """Return what stands in entries of some kinds: the entry's place, the string's offset, the string."""
        return [(place, value, self.text(value)) for place, kind, value in self.entries() if kind in kinds]

    def names(self) -> set[int]:
        """Return the offsets of all other strings that are known to be used."""
        used = {value for _, kind, value in self.entries() if kind in (_NEEDED, _SONAME)}
        (start,) = struct.unpack_from("<Q", self.content, 40)
        size, count = struct.unpack_from("<HH", self.content, 58)
        for at in range(start, start + size * count, size):
            (kind,) = struct.unpack_from("<I", self.content, at + 4)
            if kind == _SYMBOLS:
                place, length = struct.unpack_from("<QQ", self.content, at + 24)
                used |= {struct.unpack_from("<I", self.content, each)[0] for each in range(place, place + length, 24)}
        return used

    def keep(self, place: int, offset: int, old: str, new: str) -> None:
        """Write a shorter string in the place of one, or take its entry away where none is left. Raises BuildError."""
        size = len(old.encode("utf-8", "surrogateescape"))
        if any(offset <= used < offset + size for used in self.names()):
            raise BuildError("A search path shares its letters with another name: build with a Python without one.")
        begin = self.strings() + offset
        self.content[begin : begin + size] = new.encode("utf-8", "surrogateescape").ljust(size, b"\0")
        if not new:
            end = max(at for at, _, _ in self.entries()) + 16
            self.content[place:end] = self.content[place + 16 : end] + bytes(16)


def mend(folder: Path) -> list[str]:
    """Take every search path out of a folder's files that leads out of it; return what was taken, each once."""
    taken: set[str] = set()
    for path in programs(folder):
        content = path.read_bytes()
        if not content.startswith(_ELF):
            continue
        elf = Elf(bytearray(content))
        for place, offset, old in reversed(elf.texts(RPATH, RUNPATH)):
            new = ":".join(one for one in old.split(":") if _inside(one, path, folder))
            if not new or new != old:
                taken |= {one for one in old.split(":") if not _inside(one, path, folder)}
                elf.keep(place, offset, old, new)
        if elf.content != content:
            path.write_bytes(elf.content)
    return sorted(taken)


def foreign(folder: Path) -> list[str]:
    """Return a line for each file that would have libraries looked for outside of the folder, or asks for one by its path."""
    return [
        f"{path.relative_to(folder)}: {one}"
        for path in programs(folder)
        for one in _told(path)
        if not _inside(one, path, folder)
    ]


def refuse(folder: Path) -> None:
    """Raise BuildError where ``foreign`` finds something."""
    if found := foreign(folder):
        raise BuildError(f"Libraries would be looked for outside of the folder, in {len(found)} files: {found[0]}.")


def programs(folder: Path) -> Iterator[Path]:
    """Yield every program and library of Linux and macOS in a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                head = file.read(6)
            if head.startswith((b"\x7fELF", *_MACH)):
                yield path


def _told(path: Path) -> Iterator[str]:
    """Yield each place that a file names; a file of another kind of processor names one that is nowhere inside."""
    content = path.read_bytes()
    if content.startswith(_MACH):
        yield from _of_macos(content)
    elif not content.startswith(_ELF):
        yield "it is of another kind of processor"
    else:
        elf = Elf(bytearray(content))
        for _, _, text in elf.texts(RPATH, RUNPATH):
            yield from text.split(":")
        yield from (text for _, _, text in elf.texts(_NEEDED) if "/" in text)


def _of_macos(content: bytes, base: int = 0) -> Iterator[str]:
    """Yield the search paths of a program of macOS, of each processor that it is for."""
    if content[base : base + 4] == _MACH[1]:
        (count,) = struct.unpack_from(">I", content, 4)
        for at in range(8, 8 + 20 * count, 20):
            yield from _of_macos(content, struct.unpack_from(">I", content, at + 8)[0])
        return
    (count,) = struct.unpack_from("<I", content, base + 16)
    at = base + 32
    for _ in range(count):
        kind, size, text = struct.unpack_from("<III", content, at)
        if kind == _LC_RPATH:
            yield content[at + text : at + size].split(b"\0")[0].decode("utf-8", "replace")
        at += size


def _inside(told: str, path: Path, folder: Path) -> bool:
    """Return whether a search path of a file begins at the file and stays in the folder."""
    if not (own := _OWN.fullmatch(told)):
        return False
    base = folder if own[1] == "@executable_path" else path.parent
    target = posixpath.normpath(f"{base.as_posix()}{own[2] or ''}")
    return target == folder.as_posix() or target.startswith(f"{folder.as_posix()}/")
