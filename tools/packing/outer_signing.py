"""The systems' own signatures: a command of IT signs each program before it is packed, and each package before it is summed.

Authenticode, Apple's and that of rpm change the file, so they come before the sums. What was signed later, on another computer
or by hand, ``seal`` describes and sums anew.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from datetime import datetime, time, timezone
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.release import ENDING, SIGNATURE, read_release
from tools.packing import SUMS, BuildError, sums, updates

_WINDOWS, _APPLE = b"MZ", (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def programs(folder: Path) -> list[Path]:
    """Return the programs and libraries of a folder whose system knows signatures in them: Windows and macOS."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4).startswith((_WINDOWS, *_APPLE)):
                    found.append(path)
    return found


def sign(command: str, files: Sequence[Path]) -> None:
    """Run the command of IT once for each file, which is its last word; nothing where there is no command. Raises BuildError."""
    for file in files if command else ():
        named = f'"{file}"' if os.name == "nt" else shlex.quote(str(file))
        done = subprocess.run(f"{command} {named}", shell=True, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode or not file.exists():
            said = (done.stderr or done.stdout).strip()[-300:]
            raise BuildError(f"--sign-with failed for {file.name} with {done.returncode}: {said or 'it says nothing'}.")


def seal(folder: Path) -> list[Path]:
    """Describe and sum finished packages of a folder anew; return what was signed over what is no more, and is taken away.

    The files are those that the sums name, which must all be there; the day and the end of an update stay. Raises BuildError.
    """
    try:
        lines = (folder / SUMS).read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BuildError(f"{folder} holds no {SUMS} that can be read: build the packages first.") from None
    files = [folder / re.sub(r"^\S+  ", "", line) for line in lines]
    if gone := [file.name for file in files if not file.is_file()]:
        raise BuildError(f"{', '.join(gone)} is named by {SUMS} and not there: build the packages anew.")
    for note in (file for file in files if file.name.endswith(ENDING)):
        _describe_anew(note)
    (folder / SUMS).write_text(sums(files), "ascii")
    old = [file.with_name(file.name + SIGNATURE) for file in (folder / SUMS, *files)]
    stale = [path for path in old if path.is_file() and path.name.startswith((SUMS, *_notes(files)))]
    for path in stale:
        path.unlink()
    return stale


def _notes(files: Sequence[Path]) -> list[str]:
    return [file.name for file in files if file.name.endswith(ENDING)]


def _describe_anew(note: Path) -> None:
    """Write what a package says of itself anew, for the same version and the same day."""
    try:
        before = read_release(note.read_bytes())
    except ExpectedError:
        raise BuildError(f"{note.name} cannot be read: build the packages anew.") from None
    package = note.with_name(before.file)
    if not package.is_file():
        raise BuildError(f"{before.file} is missing beside {note.name}: build the packages anew.")
    made = datetime.combine(before.made, time(), timezone.utc)
    written = updates.describe(package, int(made.timestamp()), before.version)
    if written != note:
        raise BuildError(f"{note.name} describes another file: build the packages anew.")
