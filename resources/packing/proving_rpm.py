"""Shows that the .rpm goes into an empty root, works there for somebody else, and goes out again without touching data.

rpm itself runs here, on Debian: what a Fedora would say to it was never tried.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from avrr_desktop.locations import NAME

from . import BuildError, journey
from .nobody import User
from .proving_deb import contents
from .weighing import told_of


def unable() -> str:
    """Return why no .rpm can be tried here; empty where it can."""
    if not shutil.which("rpm"):
        return "rpm is not on this computer"
    return "" if os.geteuid() == 0 else "only root can use rpm on another root"


def prove(package: Path, place: Path, user: User) -> None:
    """Install into an empty root, first refused with the names of what is missing; try; erase. Raises BuildError."""
    root = place / "root"
    root.mkdir()
    root.chmod(0o755)
    refused = _rpm(root, "--install", str(package))
    missing = re.findall(r"^\s+(\S+).* is needed by ", refused.stderr, re.MULTILINE)
    if not refused.returncode or not missing:
        raise BuildError(
            f"An empty system took the .rpm, or did not say what is missing: {refused.stderr.strip()[-300:]}."
        )
    print(f"  an empty system refuses it and names {len(missing)} missing needs:", *sorted(missing))
    done = _rpm(root, "--install", "--nodeps", str(package))
    program = (root / "usr" / "bin" / NAME).resolve()
    changed = _rpm(root, "--verify", "--nodeps", NAME)
    if done.returncode or changed.returncode or not program.exists():
        raise BuildError(f"rpm did not install it as it is: {(done.stderr + changed.stdout).strip()[-300:]}.")
    print(f"  installed, and every file is as the package says: {told_of(package, program.parent)}")
    journey.smoke(user, program)
    journey.travel(user, program)
    before = contents(user.home)
    gone = _rpm(root, "--erase", NAME)
    left = [path for path in (root / "usr").rglob("*") if not path.is_dir()]
    if gone.returncode or left or contents(user.home) != before:
        raise BuildError(
            f"Erasing left {len(left)} files, or touched what its user made: {gone.stderr.strip()[-300:]}."
        )
    print(f"  erased: no file of the package is left, and all {len(before)} files of its user are as they were")


def _rpm(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = ["rpm", "--root", str(root), "--dbpath", "/var/lib/rpm", *words]
    done = subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, encoding="utf-8")
    done.stderr = re.sub(
        r"(?m)^rpm: (RPM should|However).*\n", "", done.stderr
    )  # Debian's advice to take another program
    return done
