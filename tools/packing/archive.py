"""A folder as one tar.xz that is the same, byte for byte, whenever the same files go in."""

import lzma
import tarfile
from pathlib import Path

PRESET = 6
_DICTIONARY = 1 << 25  # bytes; what unpacks it needs as much memory


def pack(folder: Path, target: Path, moment: int, preset: int = PRESET) -> None:
    """Write ``folder`` under its own name: sorted, owned by nobody in particular, every file of the same moment."""
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": preset, "dict_size": _DICTIONARY}]
    with lzma.open(target, "wb", filters=filters) as squeezed, tarfile.open(fileobj=squeezed, mode="w") as tar:
        for path in (folder, *sorted(folder.rglob("*"), key=lambda each: each.relative_to(folder).parts)):
            member = tar.gettarinfo(path, str(path.relative_to(folder.parent)))
            if member.islnk():  # a second name for a file is written as the file
                member.type, member.size = tarfile.REGTYPE, path.stat().st_size
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = moment
            member.mode = 0o755 if member.mode & 0o100 else 0o644
            if member.isreg():
                with path.open("rb") as content:
                    tar.addfile(member, content)
            else:
                tar.addfile(member)
