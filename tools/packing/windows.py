"""The finished folder for Windows: a setup for one user or all, made by makensis where it is.

Tried under wine alone (wine_trial.py), on no real Windows yet. There some libraries of Windows are stand-ins: a folder
that holds one is refused, as an office's computer would load it in the place of the real one.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from avrr_desktop import __version__
from avrr_desktop.locations import NAME, platform_name
from tools.packing import ROOT, BuildError, epoch, lay_out, nsis, outer_signing, pressing, updates
from tools.packing.freezing import WINDOWS_OWN
from tools.packing.metadata import CONSOLE_NAME

KINDS = ("folder", "setup")
NOTE = f"{NAME}.exe has no console; {CONSOLE_NAME}.exe is the same with one, for commands."
MISSING = "No setup was made: makensis is not on this computer. The folder alone is finished."


def pack(folder: Path, work: Path, kinds: Sequence[str], quick: bool, sign_with: str = "") -> None:
    """Make the setup of a folder, and put it beside it with its list of contents and the sums. Raises BuildError."""
    refuse_stand_ins(folder)
    if "setup" not in kinds:
        return
    if not shutil.which("makensis"):
        print(MISSING)
        return
    ready = work / "ready"
    ready.mkdir()
    named = f"{NAME}-{__version__}-{platform_name()}"
    shutil.copy(folder / "licences" / "contents.cdx.json", ready / f"{named}.cdx.json")
    setup = ready / f"{named}-setup.exe"
    pressing(setup, quick)
    print(f"The setup was made for {compile_setup(folder, work, setup, quick, sign_with)}.")
    outer_signing.sign(sign_with, [setup])
    updates.describe(setup, epoch())
    lay_out(ready, folder.parent)


def refuse_stand_ins(folder: Path) -> None:
    """Refuse a folder with libraries that Windows has itself. Raises BuildError."""
    found = sorted(path.name for path in folder.rglob("*") if path.name.lower() in WINDOWS_OWN)
    if found:
        raise BuildError(f"{', '.join(found)} would stand in the way of the same library of Windows: take it out.")


def compile_setup(folder: Path, work: Path, setup: Path, quick: bool = False, sign_with: str = "") -> str:
    """Let makensis make the setup, and return for which kind of processor. Raises BuildError.

    ``sign_with``: signs the Uninstall.exe that the setup writes.
    """
    icon, instructions = work / "setup.ico", work / "setup.nsi"
    with Image.open(ROOT / "resources" / "icons" / f"{NAME}-256.png") as drawing:
        drawing.save(icon, format="ICO")
    instructions.write_text(nsis.script(folder), "utf-8")
    said = ""
    for target in nsis.TARGETS:  # a target that this makensis lacks is refused before anything is read
        named = {"TARGET": target, "OUT": setup, "ICON": icon}
        defined = [f"-D{name}={value}" for name, value in named.items()] + ["-DQUICK"] * quick
        defined += [f"-DSIGN_WITH={sign_with}"] * bool(sign_with)
        command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, str(instructions)]
        env = {**os.environ, "LC_ALL": "C.UTF-8"}  # else names in other letters are not found
        done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode == 0 and setup.exists():
            return target
        said = said or " ".join((done.stdout + done.stderr).split())[-300:]
    raise BuildError(f"makensis could not make the setup: {said}.")
