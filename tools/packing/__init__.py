"""What build_installer.py makes of the finished folder: packages of each kind, their lists, sums and signatures."""

import hashlib
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUMS = "SHA256SUMS"
_NO_COMMIT = 1_767_225_600  # 1 January 2026: an unpacked copy of the source knows no commit


class BuildError(Exception):
    """The build cannot go on; the text is the sentence for the user."""


def epoch() -> int:
    """Return the moment that all files of a build carry, in seconds: two builds of one commit must not differ by it."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not given.isdecimal():
            raise BuildError("SOURCE_DATE_EPOCH is not a number of seconds: correct it, or leave it out.")
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        told = subprocess.run(command, capture_output=True, encoding="ascii").stdout.strip()
    except OSError:
        told = ""
    return int(told) if told.isdecimal() else _NO_COMMIT


def pressing(target: Path, quick: bool) -> None:
    """Say that a package is being pressed: it is the longest part of a build, and nothing else is heard of it."""
    print(f"Pressing {target.name}" + ("" if quick else ": this takes minutes") + ".", flush=True)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums(files: list[Path]) -> str:
    """Return the lines of SHA256SUMS, as sha256sum checks them."""
    return "".join(f"{digest(path)}  {path.name}\n" for path in sorted(files, key=lambda each: each.name))


def lay_out(ready: Path, out: Path) -> None:
    """Write the sums of finished packages, put all of them in their place, and say what each weighs."""
    (ready / SUMS).write_text(sums(list(ready.iterdir())), "ascii")
    for path in sorted(ready.iterdir()):
        print(f"{path.replace(out / path.name)}: {(out / path.name).stat().st_size / 1e6:.1f} MB")


def check_sums(folder: Path) -> list[Path]:
    """Return the files that the sums of a folder name. Raises BuildError where one is missing or is not what it was."""
    try:
        lines = [line.split("  ", 1) for line in (folder / SUMS).read_text("ascii").splitlines()]
    except (OSError, UnicodeDecodeError):
        raise BuildError(f"{folder} holds no {SUMS} that can be read: build the packages first.") from None
    files = [folder / name for _, name in lines]
    bad = [
        file.name for (said, _), file in zip(lines, files, strict=True) if not file.is_file() or digest(file) != said
    ]
    if bad:
        raise BuildError(f"{SUMS} does not fit to {', '.join(bad)}: build the packages anew.")
    return files
