"""The finished folder as Linux takes it: an archive for everybody, a .deb and an .rpm for those who look after computers."""

import platform
import shutil
from collections.abc import Sequence
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import (  # fmt: skip
    BuildError,
    archive,
    deb,
    epoch,
    lay_out,
    manual,
    metadata,
    outer_signing,
    pressing,
    rpm,
    size_report,
    tree,
    updates,
)

KINDS = ("folder", "tar", "deb", "rpm")
NOTE = "It runs on systems that are not older than this one."


def pack(folder: Path, work: Path, kinds: Sequence[str], quick: bool, sign_with: str = "") -> None:
    """Pack the folder in each of the kinds, then put all beside it, with its list of contents and the sums.

    ``quick``: pressed lightly, for packages that are only tried. ``sign_with``: signs the .rpm, as rpm knows signatures.
    """
    out, moment, ready = folder.parent, epoch(), work / "ready"
    named = f"{NAME}-{__version__}-linux-{platform.machine()}"
    ready.mkdir()  # a build that is stopped leaves no half package
    shutil.copy(folder / "licences" / "contents.cdx.json", ready / f"{named}.cdx.json")
    if "tar" in kinds:
        pressing(ready / f"{named}.tar.xz", quick)
        archive.pack(folder, ready / f"{named}.tar.xz", moment, 0 if quick else archive.PRESET)
        updates.describe(ready / f"{named}.tar.xz", moment)
    if {"deb", "rpm"} & set(kinds):
        libraries, root = metadata.libraries(folder), work / "root"
        tree.stage(folder, root, manual.manual(moment), moment)
        if "deb" in kinds:
            pressing(ready / deb.file_name(), quick)
            deb.build(root, ready / deb.file_name(), set(libraries.values()), moment, quick)
        if "rpm" in kinds:
            (ready / f"{NAME}.spec").write_text(rpm.spec(set(libraries), moment, quick), "utf-8")
            pressing(ready / rpm.file_name(), quick)
            try:
                made = [rpm.build(ready / f"{NAME}.spec", root, work / "rpm", ready, moment)]
            except BuildError as stop:
                print(stop)
                made = []
            outer_signing.sign(sign_with, made)
    if not quick:
        print(
            size_report.refuse_heavy(
                folder, [each for each in sorted(ready.iterdir()) if each.suffix in size_report.PACKED]
            )
        )
    lay_out(ready, out)
