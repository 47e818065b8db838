"""The finished folder for macOS: an application and a disk image. NEVER RUN: nobody had a Mac while this was written.

It follows what PyInstaller's and Apple's own pages say. Without a developer's certificate of Apple the signature is one
that names nobody: macOS asks before the first start, and IT allows it or signs anew.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME, platform_name
from tools.packing import ROOT, BuildError, epoch, lay_out, outer_signing, pressing, search_paths, updates

KINDS = ("folder", "dmg")
NOTE = "Applications and disk images for macOS were never tried: try this one before anybody gets it."
APP = "AVRR Desktop.app"
IDENTIFIER = f"localhost.{NAME}"  # the data lie elsewhere, so IT may choose another
PROPERTIES = {
    "CFBundleName": "AVRR Desktop",
    "CFBundleDisplayName": "AVRR Desktop",
    "CFBundleVersion": __version__,
    "CFBundleDevelopmentRegion": "en",
    "LSApplicationCategoryType": "public.app-category.business",
    "LSBackgroundOnly": False,  # PyInstaller takes a program that also works without window for one that has none
    "LSMinimumSystemVersion": "13.0",  # of Qt 6.11
    "NSHighResolutionCapable": True,
    "NSHumanReadableCopyright": "Apache License 2.0",
}
_BESIDE = ("licences", "README.txt", "update-key.pub")  # what the program looks for beside itself


def bundle() -> str:
    """Return the lines of PyInstaller's instructions that make the application of ``collected``."""
    icon = ROOT / "resources" / "icons" / f"{NAME}-256.png"
    return f"""BUNDLE(collected, name={APP!r}, icon={str(icon)!r}, bundle_identifier={IDENTIFIER!r},
    version={__version__!r}, info_plist={PROPERTIES!r})
"""


def pack(folder: Path, work: Path, kinds: Sequence[str], quick: bool, sign_with: str = "") -> None:
    """Furnish the application that PyInstaller made beside the folder, sign it, make the image. Raises BuildError."""
    if "dmg" not in kinds:
        return
    app, ready, inside = work / "made" / APP, work / "ready", work / "image"
    for name in _BESIDE:  # only code may lie where the program does: the rest is linked from there
        if (folder / name).exists():
            target = app / "Contents" / "Resources" / name
            (shutil.copytree if (folder / name).is_dir() else shutil.copy)(folder / name, target)
            (app / "Contents" / "MacOS" / name).symlink_to(f"../Resources/{name}")
    search_paths.refuse(app)
    if sign_with:  # from the inside to the outside, as Apple asks
        outer_signing.sign(sign_with, [*outer_signing.programs(app), app])
    else:
        _do("codesign", "--force", "--deep", "--sign", "-", str(app))
    _do("codesign", "--verify", "--deep", "--strict", str(app))
    for place in (ready, inside):
        place.mkdir()
    app.rename(inside / APP)
    (inside / "Applications").symlink_to("/Applications")  # to be dragged onto
    named = f"{NAME}-{__version__}-{platform_name()}"
    shutil.copy(folder / "licences" / "contents.cdx.json", ready / f"{named}.cdx.json")
    image = ready / f"{named}.dmg"
    pressed = ("-format", "UDZO") if quick else ("-format", "ULMO")
    pressing(image, quick)
    _do("hdiutil", "create", "-volname", f"AVRR Desktop {__version__}", "-srcfolder", str(inside), *pressed, str(image))
    outer_signing.sign(sign_with, [image])
    updates.describe(image, epoch())
    lay_out(ready, folder.parent)


def _do(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    except OSError:
        raise BuildError(f"{command[0]} is missing: an image is made on a Mac alone; take --kind folder.") from None
    if done.returncode:
        raise BuildError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-300:]}.")
