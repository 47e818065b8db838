"""An update on the side: copied, unpacked beside the program, and tried there, before anything is replaced by it."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import IO

from avrr_desktop.clock import ticks
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.release import Release
from avrr_desktop.files import lock_file
from avrr_desktop.locations import NAME, PORTABLE
from avrr_desktop.operations.program.update.offer import KEY_FILE, Offer, swapped

PREFIX = ".avrr-desktop-update-"
REPLACING = "replacing"  # while old and new change places it holds the version of the old one
OLDER = "older"  # the version before the old one, until the new one is in place
_TRIAL_SECONDS, _LOOK_SECONDS = 600, 0.2
_PIECE = 1 << 20
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Staged:
    """A new program that was unpacked beside the old one and works on this computer. ``hold`` keeps others off it."""

    release: Release
    folder: Path  # of the new program
    program: Path  # the folder that it is to replace
    hold: IO[bytes]

    def discard(self) -> None:
        """Take it away again; not where it may be the old program that lies here by now: ``sweep`` looks into that."""
        self.hold.close()
        if not (self.folder.parent / REPLACING).exists():
            shutil.rmtree(self.folder.parent, ignore_errors=True)


def stage(offer: Offer, program: Path, progress: Progress = lambda done, of: True) -> Staged:
    """Unpack an update beside the program and let it try itself. Takes a minute. Raises StoreError, RefusedError.

    The package is copied first, and the copy is what is compared and unpacked: what lies on a stick may change meanwhile.
    Stops within a second when progress says so. Whatever it raises, nothing of it is left.
    """
    sweep(program)
    place: Path | None = None
    hold: IO[bytes] | None = None
    try:
        if shutil.disk_usage(program.parent).free < offer.release.size * 6:
            raise StoreError(
                N_("There is not enough space on the disk for the update. Needed: {megabytes} MB."),
                N_("Nothing was changed. Free some space, then try again."),
                {"megabytes": offer.release.size * 6 // 1_000_000},
            )
        place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=program.parent))
        hold = (place / "lock").open("wb")
        with suppress(OSError):  # a stick that knows no locks: then nobody else looks either
            lock_file(hold)
        (place / PORTABLE).mkdir()  # what the trial writes stays here
        new = place / NAME
        package = _copied(offer, place, progress)
        unpack(package, place)
        package.unlink()
        _go_on(progress, 2)
        _try(new, offer.release.version, lambda: progress(2, 3))
        if (program / KEY_FILE).is_file() and not (new / KEY_FILE).exists():
            shutil.copyfile(program / KEY_FILE, new / KEY_FILE)  # else the next update could not be trusted
        progress(3, 3)
        return Staged(offer.release, new, program, hold)
    except BaseException as error:
        if hold is not None:
            hold.close()
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)
        if isinstance(error, OSError | tarfile.TarError | LZMAError | EOFError):
            raise StoreError(
                N_("The update could not be unpacked."), N_("Nothing was changed. Check the stick and the disk, then try again.")
            ) from None  # fmt: skip
        raise


def unpack(package: Path, place: Path) -> None:
    """Unpack a program: folders and files, and nothing else or outside. Raises OSError, TarError, LZMAError, EOFError.

    Not by the filters of tarfile: the Python of Debian 12 has none.
    """
    place = place.resolve()
    with tarfile.open(package) as tar:
        for part in tar:
            path = (place / part.name).resolve()
            if not path.is_relative_to(place) or not (part.isfile() or part.isdir()):
                raise tarfile.TarError(part.name)
            (path if part.isdir() else path.parent).mkdir(parents=True, exist_ok=True)
            if content := tar.extractfile(part):  # None for a folder
                with content, path.open("xb") as file:
                    shutil.copyfileobj(content, file)
                path.chmod(0o755 if part.mode & 0o100 else 0o644)
                os.utime(path, (part.mtime, part.mtime))


def _copied(offer: Offer, place: Path, progress: Progress) -> Path:
    """Copy the package, and compare the copy with what was signed."""
    copy, summed = place / "package", hashlib.sha256()
    with offer.package.open("rb") as source, copy.open("wb") as target:
        while piece := source.read(_PIECE):
            summed.update(piece)
            target.write(piece)
            _go_on(progress, 1)
    if summed.hexdigest() != offer.release.sha256:
        raise swapped(offer.release)
    return copy


def _go_on(progress: Progress, done: int) -> None:
    if not progress(done, 3):
        raise StoreError(N_("The update was cancelled."), N_("Nothing was changed."))


def _try(new: Path, version: str, go_on: Callable[[], bool]) -> None:
    """Let the new program say its version and test itself."""
    for words, said in (("--version", version), ("smoke-test", "everything works")):
        code, told = asked(new, words, go_on=go_on)
        if not go_on():
            raise StoreError(N_("The update was cancelled."), N_("Nothing was changed."))
        if code or said not in told:
            why = told.strip().rpartition("\n")[2]
            raise StoreError(
                N_("The new version does not work on this computer, so it was not installed."),
                N_("Nothing was replaced. Ask your IT, and give them the version: {version}. Message: {why}"),
                {"version": version, "why": why},
            )  # fmt: skip


def asked(program: Path, *words: str, go_on: Callable[[], bool] = lambda: True) -> tuple[int, str]:
    """Run the program of a folder with some words; return its exit code, and what it said on both streams.

    It is ended when ``go_on`` says no, or after ten minutes; the code is not 0 then. OSError where it cannot be started.
    """
    process = subprocess.Popen(
        [program / NAME, *words], env=outer_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip
    end = ticks() + _TRIAL_SECONDS
    while True:
        try:
            told, _ = process.communicate(timeout=_LOOK_SECONDS)
            return process.returncode, told
        except subprocess.TimeoutExpired:
            if not go_on() or ticks() > end:
                _end(process)
                return 1, ""


def _end(process: "subprocess.Popen[str]") -> None:
    """End a program with all that it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def outer_environment() -> dict[str, str]:
    """Return the environment as it was before a packaged program laid its own libraries over it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    before = env.pop("LD_LIBRARY_PATH_ORIG", "")
    if getattr(sys, "_MEIPASS", None):
        env.pop("LD_LIBRARY_PATH", None)
        env["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return {**env, "LD_LIBRARY_PATH": before} if before else env


def before_of(program: Path) -> Path:
    """Return where the version before lies."""
    return program.with_name(f"{program.name}-before")


def sweep(program: Path) -> None:
    """Take away what an update left that was cut off; what is held by another one stays, and so does an old program.

    Where the cut fell while old and new changed places, the old one gets its place as the version before.
    """
    for left in sorted(program.parent.glob(f"{PREFIX}*")):
        with suppress(OSError), (left / "lock").open("ab") as hold:
            lock_file(hold)
            if (left / REPLACING).exists():
                _settle(left, program)
            shutil.rmtree(left, ignore_errors=True)


def _settle(left: Path, program: Path) -> None:
    old = (left / REPLACING).read_text("ascii")
    there = asked(program, "--version")[1].strip().removeprefix("AVRR Desktop ")
    before = before_of(program)
    if not os.path.lexists(before):
        keep = left / OLDER if there == old else left / NAME
        if keep.is_dir():
            keep.rename(before)
