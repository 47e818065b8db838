"""Shows that the proof is not blind: what must never happen is planted in copies of a good program, and found each time."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from avrr_desktop.locations import NAME, policy_file
from avrr_desktop.operations.program.update.staging import unpack
from tools.packing import BuildError, archive, epoch, search_paths, updates
from tools.packing.search_paths import Elf
from tools.packing.unprivileged_user import NOBODY, User

LIBRARY = "libQt6Gui.so.6"  # what draws the window
_FAILED, _BAD_INPUT = 4, 3  # exit codes of a smoke test that fails, and of a policy that does not hold
_POLICY = 'policy = 1\n[office]\nname = "Tirana office"\n'
# Seen by the command alone, and gone with it: a folder in the place of the system's settings.
_AS_SETTINGS = 'mount --bind "$1" /etc && shift && exec "$@"'


def prove(folder: Path, place: Path, user: User) -> None:
    """Plant in copies of a folder that was found good. ``place``: an empty folder. Raises BuildError for what is not found."""
    program = without_library(folder, place / "library") / NAME
    _named(LIBRARY, user.refused(program, "smoke-test", code=_FAILED))
    print(f"  planted: without {LIBRARY} the smoke test fails and names it")
    copied = copy(folder, place / "path")
    told = plant_path(copied)
    verify_planted(copied, told)
    print(f"  planted: a foreign search path in {told} is found, and is not packed")
    if why := unable():
        print(f"  NOT SHOWN, a policy that others may change: {why}")
        return
    for what in policies(folder / NAME, place / "etc", user):
        print(f"  planted: {what}")


def copy(folder: Path, place: Path) -> Path:
    """Return a second folder of the same files, which costs no room: what is planted in it must be written as a new file."""
    return Path(shutil.copytree(folder, place / folder.name, copy_function=os.link))


def without_library(folder: Path, place: Path) -> Path:
    """Return a copy of a program in which the library of the window is missing. Raises BuildError where none is in it."""
    copied = copy(folder, place)
    found = list(copied.rglob(LIBRARY))
    for path in found:
        path.unlink()
    if not found:
        raise BuildError(f"{folder} holds no {LIBRARY}: nothing can be shown by taking it away.")
    return copied


def update_without_library(package: Path, place: Path) -> Path:
    """Make an update of a good archive whose window cannot open, and return its description. Raises BuildError."""
    unpack(package, place / "good")
    [folder] = (place / "good").iterdir()
    (place / "stick").mkdir()
    harmed = place / "stick" / package.name
    archive.pack(without_library(folder, place / "harmed"), harmed, epoch(), 0)
    for done in ("good", "harmed"):
        shutil.rmtree(place / done)
    return updates.describe(harmed, epoch())


def plant_path(folder: Path) -> str:
    """Give one library a search path that leads out of the folder, and return the library's name. Raises BuildError."""
    for path in search_paths.programs(folder):
        elf = Elf(bytearray(path.read_bytes()))
        for _, offset, old in elf.texts(search_paths.RPATH, search_paths.RUNPATH):
            begin = elf.strings() + offset
            elf.content[begin : begin + len(old)] = "/home".ljust(len(old), "/").encode("ascii")
            path.unlink()
            path.write_bytes(elf.content)
            return path.name
    raise BuildError(f"No library of {folder} has a search path of its own: nothing can be shown by changing it.")


def verify_planted(folder: Path, library: str) -> None:
    """Raise BuildError where the search path in a library is not found."""
    try:
        search_paths.refuse(folder)
    except BuildError as stop:
        _named(library, str(stop))
    else:
        raise BuildError(f"A foreign search path was planted in {library}, and nobody found it.")


def policies(program: Path, settings: Path, user: User) -> Iterator[str]:
    """Lay policies before a program, in ``settings`` in the place of /etc, and yield a line on each. Raises BuildError."""
    file = settings / policy_file().relative_to("/etc")
    file.parent.mkdir(parents=True)
    file.write_text(_POLICY, "utf-8")
    before = ("unshare", "--mount", "sh", "-c", _AS_SETTINGS, "sh", str(settings), *user.before)
    seeing = User(user.home, before, user.root, user.number)
    plantings = (
        ("a policy of another user", NOBODY, 0o644, 0o755, _BAD_INPUT),
        ("a policy that others may write", 0, 0o666, 0o755, _BAD_INPUT),
        ("a policy in a folder that others may write", 0, 0o644, 0o777, _BAD_INPUT),
        ("a policy of the system", 0, 0o644, 0o755, 0),
    )
    for what, owner, mode, mode_of_folder, code in plantings:
        os.chown(file, owner, owner)
        file.chmod(mode)
        file.parent.chmod(mode_of_folder)
        said = seeing.run(program, "policy", "check", code=code)
        _named("Not valid" if code else "This policy is valid", said)
        yield f"{what} {'does not hold' if code else 'holds'}"


def unable() -> str:
    """Return why no policy can be laid in the place of the system's here; empty where one can."""
    if os.geteuid() != 0:
        return "root alone can lay one in the place of the system's"
    mounts = subprocess.run(["unshare", "--mount", "sh", "-c", "mount --bind /tmp /etc"], capture_output=True)
    return "this computer lets nobody mount" if mounts.returncode else ""


def _named(wanted: str, said: str) -> None:
    if wanted not in said:
        raise BuildError(f"What was planted was not named: “{wanted}” is not in: {said.strip()[-300:] or 'nothing'}.")
