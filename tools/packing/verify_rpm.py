"""Shows that the .rpm goes into an empty root, works there for somebody else, and goes out again without touching data.

rpm itself runs here, on Debian: what a Fedora would say to it was never tried.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from avrr_desktop.locations import NAME
from tools.packing import BuildError, journey, verify_open
from tools.packing.size_report import told_of
from tools.packing.unprivileged_user import User
from tools.packing.verify_deb import contents

_WITH_PROCESSES = 'mount --rbind /proc "$1" && shift && exec "$@"'


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
    _shell(root)  # for its scripts
    done = _rpm(root, "--install", "--nodeps", str(package))
    program = (root / "usr" / "bin" / NAME).resolve()
    changed = _rpm(root, "--verify", "--nodeps", NAME)
    if done.returncode or changed.returncode or not program.exists():
        raise BuildError(f"rpm did not install it as it is: {(done.stderr + changed.stdout).strip()[-300:]}.")
    print(f"  installed, and every file is as the package says: {told_of(package, program.parent)}")
    journey.smoke(user, program)
    store = journey.travel(user, program)
    _refused(root, package, program, user, store)
    before = contents(user.home)
    gone = _rpm(root, "--erase", NAME)
    left = [path for path in (root / "usr").rglob("*") if not path.is_dir()]
    if gone.returncode or left or contents(user.home) != before:
        raise BuildError(
            f"Erasing left {len(left)} files, or touched what its user made: {gone.stderr.strip()[-300:]}."
        )
    print(f"  erased: no file of the package is left, and all {len(before)} files of its user are as they were")


def _refused(root: Path, package: Path, program: Path, user: User, store: Path) -> None:
    """Show that it is refused while the program is open: there its scripts must see the processes of this computer."""
    (root / "proc").mkdir()
    before = (
        "unshare",
        "--mount",
        "sh",
        "-c",
        _WITH_PROCESSES,
        "sh",
        str(root / "proc"),
    )  # a mount for the command alone
    if subprocess.run([*before, "true"], capture_output=True).returncode:
        print("  NOT SHOWN: that it is refused while the program is open, as this computer lets nobody mount")
        return
    ways = {
        "upgrade": lambda: _rpm(root, "--upgrade", "--nodeps", "--force", str(package), before=before),
        "removal": lambda: _rpm(root, "--erase", NAME, before=before),
    }
    verify_open.refuse(user, program, store, ways)
    done = ways["upgrade"]()
    if done.returncode:
        raise BuildError(f"rpm did not install it once the program was closed: {done.stderr.strip()[-300:]}.")


def _shell(root: Path) -> None:
    """Lay sh, readlink and what they load into the root, outside of usr."""
    for name in ("sh", "readlink"):
        program = shutil.which(name) or name
        told = subprocess.run(["ldd", program], capture_output=True, encoding="utf-8").stdout
        for path in (program, *re.findall(r"(/\S+) \(0x", told)):
            target = root / (f"bin/{name}" if path == program else path.removeprefix("/usr").lstrip("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def _rpm(root: Path, *words: str, before: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    command = [*before, "rpm", "--root", str(root), "--dbpath", "/var/lib/rpm", *words]
    done = subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, encoding="utf-8")
    done.stderr = re.sub(
        r"(?m)^rpm: (RPM should|However).*\n", "", done.stderr
    )  # Debian's advice to take another program
    return done
