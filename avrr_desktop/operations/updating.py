"""Updates from a file, without internet: tried on the side, put in place in one step, and taken back.

The program replaces itself only where it was put without administrator rights. What a package manager installed, that updates.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from lzma import LZMAError
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.errors import InUseError, RefusedError, StoreError
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.release import Release, version_key
from avrr_desktop.locations import NAME, program_folder
from avrr_desktop.operations.running import others_running
from avrr_desktop.operations.update_offer import KEY_FILE, Offer
from avrr_desktop.operations.version_memory import Installed, remember_installed

SOURCE, SYSTEM, OTHER, OWN = "source", "system", "other", "own"
_STAGED = ".avrr-desktop-update-"
_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of Linux
_TRIAL_SECONDS = 600
Progress = Callable[[int, int], bool]


def installed_as(program: Path | None) -> str:
    """Return how this program was put here: from source, by the system, its own folder, or on a system where it cannot swap."""
    if program is None:
        return SOURCE
    if program.is_relative_to("/usr") or not (os.access(program, os.W_OK) and os.access(program.parent, os.W_OK)):
        return SYSTEM
    return OWN if sys.platform == "linux" else OTHER


def own_program() -> Path:
    """Return the folder that an update may replace. RefusedError says who updates this program instead."""
    program = program_folder()
    how = installed_as(program)
    if how == SOURCE:
        raise RefusedError(N_("This program runs from its source: update the source."), N_("Nothing was changed."))
    if how == SYSTEM:
        raise RefusedError(
            N_("This program was installed by whoever looks after this computer, and is updated in the same way."),
            N_("Nothing was changed."),
        )
    if how == OTHER:
        raise RefusedError(
            N_("On this system the new installer updates the program: close it, then run the installer."),
            N_("Nothing was changed."),
        )
    assert program is not None
    return program


@dataclass(frozen=True, slots=True)
class Staged:
    """A new program that was unpacked beside the old one and works on this computer."""

    release: Release
    folder: Path  # of the new program
    program: Path  # the folder that it is to replace

    def discard(self) -> None:
        """Take it away again."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)


def stage(offer: Offer, program: Path, progress: Progress = lambda done, of: True) -> Staged:
    """Unpack an update beside the program and let it try itself. Takes a minute. Raises StoreError, then nothing is left.

    It stops between its steps when progress says so.
    """
    for left in program.parent.glob(f"{_STAGED}*"):  # of one that was cut off
        shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(program.parent).free < offer.release.size * 6:
        raise StoreError(
            N_("There is too little room on the disk for the update: {megabytes} MB are needed."),
            N_("Nothing was changed. Free some space, then try again."), {"megabytes": offer.release.size * 6 // 1_000_000},
        )  # fmt: skip
    place = Path(tempfile.mkdtemp(prefix=_STAGED, dir=program.parent))
    try:
        _go_on(progress, 1)
        with tarfile.open(offer.package) as tar:
            tar.extractall(place, filter="data")
        new = place / NAME
        _go_on(progress, 2)
        _try(new, offer.release.version)
        if (program / KEY_FILE).is_file() and not (new / KEY_FILE).exists():
            shutil.copyfile(program / KEY_FILE, new / KEY_FILE)  # else the next update could not be trusted
        progress(3, 3)
        return Staged(offer.release, new, program)
    except (OSError, tarfile.TarError, LZMAError, EOFError):
        shutil.rmtree(place, ignore_errors=True)
        raise StoreError(N_("The update could not be unpacked."), N_("Nothing was changed.")) from None
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _go_on(progress: Progress, done: int) -> None:
    if not progress(done, 3):
        raise StoreError(N_("The update was stopped before its end."), N_("Nothing was changed."))


def _try(new: Path, version: str) -> None:
    """Let the new program test itself, before anything is replaced by it."""
    for words, said in (("--version", version), ("smoke-test", "everything works")):
        done = asked(new, words)
        if done.returncode or said not in done.stdout:
            raise StoreError(
                N_("The new version does not work on this computer, so it was not installed."),
                N_("Nothing was replaced. Ask your IT, and tell them the version: {version}."), {"version": version},
            )  # fmt: skip


def asked(program: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program of a folder with some words, without what this process holds for itself."""
    return subprocess.run(
        [program / NAME, *words], env=outer_environment(), capture_output=True, encoding="utf-8", errors="replace",
        timeout=_TRIAL_SECONDS, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def outer_environment() -> dict[str, str]:
    """Return the environment as it was before a packaged program laid its own libraries over it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    before = env.pop("LD_LIBRARY_PATH_ORIG", "")
    if getattr(sys, "_MEIPASS", None):
        env.pop("LD_LIBRARY_PATH", None)
        env["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return {**env, "LD_LIBRARY_PATH": before} if before else env


def refuse_while_running() -> None:
    """Raise InUseError while another window or command of this program runs: its files would change under it."""
    if count := others_running():
        raise InUseError(
            N_("The program is open in another place: {count}"),
            N_("Nothing was changed. Close its windows and wait for its commands, then try again."), {"count": count},
        )  # fmt: skip


def put_in_place(staged: Staged, now: datetime) -> Path:
    """Exchange old and new program in one step, and keep the old one beside it. Returns where the old one is.

    Raises InUseError, StoreError; then the old program is in its place. Whatever runs must end, or start the new program.
    """
    refuse_while_running()
    before = before_of(staged.program)
    remember = Installed(staged.release.version, __version__, now.isoformat(timespec="seconds"))
    try:
        exchange(staged.folder, staged.program)
        if before.exists():
            before.rename(staged.folder.parent / "older")
        staged.folder.rename(before)
    except OSError:
        raise StoreError(
            N_("The new program could not be put in its place."), N_("The program that was here is still there.")
        ) from None
    shutil.rmtree(staged.folder.parent, ignore_errors=True)
    remember_installed(remember)
    return before


def before_of(program: Path) -> Path:
    """Return where the version before lies."""
    return program.with_name(f"{program.name}-before")


def go_back(program: Path, now: datetime) -> str:
    """Put the version before in the place of this one, and this one beside it; return its number.

    Raises RefusedError where there is none, InUseError, StoreError; then nothing is changed.
    """
    before = before_of(program)
    if not (before / NAME).is_file():
        raise RefusedError(N_("There is no version before this one on this computer."), N_("Nothing was changed."))
    refuse_while_running()
    version = asked(before, "--version").stdout.strip().removeprefix("AVRR Desktop ")
    try:
        version_key(version)
        exchange(before, program)
    except (OSError, ValueError):
        raise StoreError(N_("The version before could not be put in its place."), N_("Nothing was changed.")) from None
    remember_installed(Installed(version, __version__, now.isoformat(timespec="seconds")))
    return version


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step, so that a power cut leaves a whole program. OSError: as they were.

    Some sticks know no such step: there, two renames do it, and what fails in between is put back.
    """
    library = ctypes.CDLL(None, use_errno=True)
    swap = getattr(library, "renameat2", None)
    if swap is not None and swap(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return
    aside = other.with_name(f"{_STAGED}aside")
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)
