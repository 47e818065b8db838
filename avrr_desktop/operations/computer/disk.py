"""Return whether the disk under a folder is encrypted, as far as the system tells a user without rights: yes, no, or not known."""

import os
import subprocess
import sys
from pathlib import Path

YES, NO, UNKNOWN = "yes", "no", "unknown"
_SECONDS = 10
_WINDOWS_ON, _WINDOWS_OFF = {"1"}, {"0", "2"}  # System.Volume.BitLockerProtection; 3: on its way, 5: suspended
_SHELL = "(New-Object -ComObject Shell.Application).NameSpace('{drive}\\').Self.ExtendedProperty('System.Volume.BitLockerProtection')"


def disk_encryption(folder: Path) -> str:
    """Return YES, NO or UNKNOWN for the disk under a folder. May take seconds on Windows and macOS."""
    if sys.platform == "win32":
        drive = os.path.splitdrive(folder.resolve())[0]
        return told_by_windows(_asked(["powershell", "-NoProfile", "-Command", _SHELL.format(drive=drive)]))
    if sys.platform == "darwin":
        return told_by_macos(_asked(["fdesetup", "status"]))
    return on_linux(folder)


def told_by_windows(answer: str) -> str:
    """Return what the number of BitLocker's state means."""
    said = answer.strip()
    return YES if said in _WINDOWS_ON else NO if said in _WINDOWS_OFF else UNKNOWN


def told_by_macos(answer: str) -> str:
    """Return what the sentence of FileVault's state means."""
    return YES if "FileVault is On" in answer else NO if "FileVault is Off" in answer else UNKNOWN


def _asked(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def on_linux(folder: Path, system: Path = Path("/sys/dev/block"), mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Look at the devices under a folder: an encrypted one says so in its name; a plain disk below all of them says no."""
    try:
        here = folder if folder.exists() else folder.parent
        found = _mounted(here.resolve(), mounts)
        if found is None:
            return UNKNOWN
        number, kind, source = found
        if kind in ("ecryptfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.encfs"):
            return YES
        device = system / number
        if not device.exists():  # a file system over several devices has a number of its own
            status = Path(source).stat()
            device = system / f"{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
        return _device(device.resolve(strict=True))
    except OSError:
        return UNKNOWN


def _mounted(folder: Path, mounts: Path) -> tuple[str, str, str] | None:
    """Return (device number, kind of file system, source) of the mount that a folder lies in."""
    best: tuple[int, tuple[str, str, str]] | None = None
    for line in mounts.read_text("utf-8", "replace").splitlines():
        left, _, right = line.partition(" - ")
        parts, last = left.split(), right.split()
        place = parts[4].replace("\\040", " ")
        if folder.is_relative_to(place) and (best is None or len(place) >= best[0]):
            best = len(place), (parts[2], last[0], last[1])
    return best[1] if best else None


def _device(device: Path) -> str:
    name = device / "dm" / "uuid"
    if name.exists() and name.read_text("ascii").startswith("CRYPT-"):
        return YES
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    if below:
        answers = {_device(one.resolve(strict=True)) for one in below}
        return answers.pop() if len(answers) == 1 else NO if NO in answers else UNKNOWN
    if device.name.startswith(("loop", "ram", "zram", "zd")):
        return UNKNOWN  # what lies behind it is told elsewhere
    return NO
