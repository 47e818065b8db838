"""Updates from a file, without internet: put in place in one step, and taken back.

The program replaces itself only where it was put without administrator rights. What a package manager installed, that updates.
"""

import ctypes
import os
import sys
from datetime import datetime
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.errors import InUseError, RefusedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.release import version_key
from avrr_desktop.files import write_whole
from avrr_desktop.locations import NAME, program_folder
from avrr_desktop.operations.computer.instances import others_running
from avrr_desktop.operations.computer.version_memory import Installed, remember_installed
from avrr_desktop.operations.program.update.staging import OLDER, REPLACING, Staged, asked, before_of

SOURCE, SYSTEM, OTHER, OWN = "source", "system", "other", "own"
_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of Linux


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
            N_("This program was installed by your IT, and is updated in the same way."),
            N_("Nothing was changed."),
        )
    if how == OTHER:
        raise RefusedError(
            N_("On this system, the new installer updates the program: close the program, then run the installer."),
            N_("Nothing was changed."),
        )
    assert program is not None
    return program


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
    place, before = staged.folder.parent, before_of(staged.program)
    older = place / OLDER
    try:
        write_whole(place / REPLACING, __version__.encode("ascii"))
        if os.path.lexists(before):
            before.rename(older)
        try:
            exchange(staged.folder, staged.program)
            try:
                staged.folder.rename(before)
            except OSError:
                exchange(staged.folder, staged.program)
                raise
        except OSError:
            if os.path.lexists(older):
                older.rename(before)
            (place / REPLACING).unlink()
            raise
    except OSError:
        raise StoreError(
            N_("The new version could not be installed."),
            N_(
                "The program that was installed is still there, or in a folder next to it. Ask your IT to check "
                "before you try again."
            ),
        ) from None
    (place / REPLACING).unlink(missing_ok=True)
    staged.discard()
    remember_installed(Installed(staged.release.version, __version__, now.isoformat(timespec="seconds")))
    return before


def go_back(program: Path, now: datetime) -> str:
    """Put the version before in the place of this one, and this one beside it; return its number.

    Raises RefusedError where there is none, InUseError, StoreError; then nothing is changed.
    """
    before = before_of(program)
    if not (before / NAME).is_file():
        raise RefusedError(N_("No previous version is kept on this computer."), N_("Nothing was changed."))
    refuse_while_running()
    try:
        version = asked(before, "--version")[1].strip().removeprefix("AVRR Desktop ")
        version_key(version)
        exchange(before, program)
    except (OSError, ValueError):
        raise StoreError(
            N_("The previous version could not be restored."),
            N_("Nothing was changed. Ask your IT to check it."),
        ) from None
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
    aside = other.with_name(f"{other.name}-aside")  # seen by whoever looks, should a cut fall here
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)
