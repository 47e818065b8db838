"""Shows that finished packages work for somebody else: taken apart into an empty place, without network, as nobody.

Prints what was shown, and what could not be; what does not hold ends it with one sentence.
"""

import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from avrr_desktop.operations.program.update.staging import unpack
from tools.packing import (
    BuildError,
    benchmark,
    check_sums,
    journey,
    planting,
    unprivileged_user,
    verify_deb,
    verify_rpm,
    verify_update,
    verify_upgrade,
)
from tools.packing.size_report import told_of
from tools.packing.unprivileged_user import User

_Proof = Callable[[Path, Path, User], None]


def prove(out: Path) -> None:
    """Try the packages that the sums of a folder name. Raises BuildError for what does not hold."""
    files = check_sums(out)
    print("SHA256SUMS fits:", ", ".join(file.name for file in files))
    deb, archive, rpm = (
        next((file for file in files if file.name.endswith(end)), None) for end in (".deb", ".tar.xz", ".rpm")
    )
    if deb is None or archive is None:
        raise BuildError(f"{out} holds no .deb or no .tar.xz: build them first.")
    before, told = unprivileged_user.way()
    print(f"Programs run {told}.")
    place = Path(tempfile.mkdtemp(prefix=f"{NAME}-prove-"))
    place.chmod(0o755)

    def show(what: str, proof: _Proof, package: Path) -> None:
        print(f"{what}: {package.name}", flush=True)
        begun, corner = time.monotonic(), place / what
        corner.mkdir()
        proof(package, corner, User(corner / "home", before).settle())
        shutil.rmtree(corner)
        print(f"  shown in {time.monotonic() - begun:.0f} s", flush=True)

    try:
        show("deb", verify_deb.prove, deb)
        if rpm is None or verify_rpm.unable():
            print(f"NOT SHOWN, the .rpm: {verify_rpm.unable() or 'there is none in this folder'}.")
        else:
            show("rpm", verify_rpm.prove, rpm)
        show("archive", _archive, archive)
        print(f"Building {verify_upgrade.lower(__version__)}, from which the next two come:", flush=True)
        lower = verify_upgrade.build_lower(place, verify_upgrade.lower(__version__))
        show("upgrade", partial(verify_upgrade.prove, before=lower), deb)
        show("update", partial(verify_update.prove, before=lower.parent / NAME), archive)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _archive(package: Path, place: Path, user: User) -> None:
    """Unpack, try, and measure beside the source."""
    unpack(package, place / "unpacked")
    program = next((place / "unpacked").glob(f"*/{NAME}"))
    print(f"  unpacked: {told_of(package, program.parent)}")
    journey.smoke(user, program)
    journey.travel(user, program)
    user.run(program, "practice", str(user.home / "practice.avrr"), "--no-window")
    print("  practice: made with its papers")
    planting.prove(program.parent, place / "planted", user)
    (place / "measured").mkdir()
    benchmark.compare(program, place / "measured")
