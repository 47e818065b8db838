"""What the folder weighs, and which parts weigh most: so that nobody adds twenty megabytes unseen."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tools.packing import BuildError

INSTALLED = 153  # at most: MiB on disk as `du -m` counts them
PACKED = {".xz": 47, ".deb": 47, ".rpm": 49}  # at most: MB of a package; rpm has no way of pressing machine code better
_BLOCK = 4096  # bytes: a file takes whole ones


def weight(path: Path) -> int:
    """Return the bytes of all files in a folder, or of a file."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.lstat().st_size for each in files if each.is_file() and not each.is_symlink())


def largest(folder: Path, count: int = 8) -> list[tuple[str, int]]:
    """Return the heaviest parts with their bytes, heaviest first: packages of the folder, or single files beside them."""
    parts: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(folder).parts
            inside = inside[1:] if inside[0] == "_internal" and len(inside) > 1 else inside
            parts[inside[0].removesuffix(".libs")] += path.stat().st_size
    return parts.most_common(count)


def told(folder: Path) -> str:
    """Return a line on the weight of a folder."""
    parts = ", ".join(f"{name} {size / 1e6:.1f}" for name, size in largest(folder))
    return f"{weight(folder) / 1e6:.0f} MB on disk; the largest parts in MB: {parts}."


def told_of(package: Path, folder: Path) -> str:
    """Return how large a package is, and the folder that it leaves."""
    return f"{package.stat().st_size / 1e6:.1f} MB packed, {weight(folder) / 1e6:.0f} MB on disk"


def on_disk(folder: Path) -> float:
    """Return the MiB that a folder takes on a usual disk."""
    sizes = [each.lstat().st_size for each in folder.rglob("*") if not each.is_symlink()]
    return sum(max(1, -(-size // _BLOCK)) * _BLOCK for size in sizes) / (1 << 20)


def refuse_heavy(folder: Path, packages: Iterable[Path] = ()) -> str:
    """Return a line on what a folder and its packages weigh beside what is allowed. Raises BuildError for more."""
    weighed = {folder.name: (on_disk(folder), INSTALLED, "MiB")}
    weighed |= {each.name: (each.stat().st_size / 1e6, PACKED[each.suffix], "MB") for each in packages}
    told = [f"{name} {size:.1f} {unit} of {most}" for name, (size, most, unit) in weighed.items()]
    if any(size > most for size, most, _ in weighed.values()):
        raise BuildError(f"Too heavy, with what is allowed: {', '.join(told)}.")
    return f"Weight, with what is allowed: {', '.join(told)}."
