"""From the source to finished packages: frozen, given its licences, tried out, put in its place, packed for the platform."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import (
    epoch,
    floors,
    freezing,
    licences,
    linux,
    macos,
    manual,
    menu,
    metadata,
    outer_signing,
    sbom,
    search_paths,
    size_report,
    windows,
)

PLATFORMS = {"linux": linux, "darwin": macos, "win32": windows}
HERE = PLATFORMS.get(sys.platform, linux)
UPDATE_KEY = "update-key.pub"  # beside the program, which looks for it there


@dataclass(frozen=True, slots=True)
class Wish:
    """What to make. ``quick``: packages that are only tried: pressed lightly, and not tried out before they are packed."""

    kinds: tuple[str, ...]
    quick: bool = False
    old_python: bool = False
    sign_with: str = ""  # the command of IT that signs a program or a package as its system asks
    update_key: str = ""  # the line of the public key whose updates the program takes


def build(target: Path, work: Path, wish: Wish) -> None:
    """Make the application in ``work``, put it at ``target`` and its packages beside it. Raises BuildError."""
    print(f"Making {NAME} {__version__} in {work}. {floors.python_told()}", flush=True)
    if not (wish.quick or wish.old_python):
        floors.refuse_old_python()
    made = freezing.freeze(work)
    for path in search_paths.mend(made):
        print(f"Taken out of its libraries, as it is a place of this computer: {path or 'an empty search path'}")
    take_links(made)
    contents, missing = json.loads((work / "contents.json").read_bytes())
    licences.add_licences(made / "licences", contents)
    system = [PurePath(name).name for name, _, kind in contents if kind == "BINARY" and PurePath(name).name == name]
    bill = sbom.written(sbom.bill([source for _, source, _ in contents], system, epoch(), folder=made))
    (made / "licences" / "contents.cdx.json").write_text(bill, "utf-8")
    furnish(made, wish.update_key)
    if HERE is linux:
        menu.lay_for_one_user(made, manual.manual(epoch()), epoch())
    outer_signing.sign(wish.sign_with, outer_signing.programs(made))
    if not wish.quick:
        freezing.try_out(made / freezing.PROGRAM, work / "home")
    search_paths.refuse(made)
    if HERE is linux:
        print(floors.refuse_new_glibc(made), flush=True)
    if target.exists():
        target.rename(work / "before")
    made.rename(target)
    if missing:
        print(f"Not in it, as this computer lacks them: {', '.join(missing)}; where it runs, the window may need them.")
    print(f"{target / freezing.PROGRAM}: {size_report.told(target)} {HERE.NOTE}", flush=True)
    if not (wish.update_key or wish.quick):
        print("No --update-key: this program takes updates only where a policy names the key.")
    HERE.pack(target, work, wish.kinds, wish.quick, wish.sign_with)


def take_links(folder: Path) -> None:
    """Take away the second names that PyInstaller gives to libraries: each finds the others by itself, and sticks know no links."""
    for path in [path for path in folder.rglob("*") if path.is_symlink()] if HERE is linux else []:
        path.unlink()


def furnish(folder: Path, update_key: str) -> None:
    """Lay beside the program what whoever unpacks it reads, and the key of IT where there is one."""
    (folder / "README.txt").write_text(metadata.READ_ME, "utf-8")
    if update_key:
        (folder / UPDATE_KEY).write_text(update_key + "\n", "ascii")
