"""Shows that the .deb goes into a clean root, works there for somebody else, and goes out again without touching data."""

import os
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.locations import NAME
from tools.packing import BuildError, digest, journey
from tools.packing.size_report import told_of
from tools.packing.unprivileged_user import User


@dataclass(frozen=True, slots=True)
class CleanRoot:
    """A system with nothing in it but dpkg's own lists."""

    place: Path

    def made(self) -> "CleanRoot":
        """Make it."""
        for name in ("info", "updates", "triggers"):
            (self.place / "var" / "lib" / "dpkg" / name).mkdir(parents=True)
        (self.place / "var" / "lib" / "dpkg" / "status").touch()
        self.place.chmod(0o755)
        return self

    @property
    def program(self) -> Path:
        """The program in it."""
        return (self.place / "usr" / "bin" / NAME).resolve()

    def dpkg(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Let dpkg do something to this root. There is no sh in it: the package's scripts run as those of this computer."""
        alone = ("--force-not-root", "--force-script-chrootless", f"--log={self.place / 'dpkg.log'}")
        command = ["dpkg", f"--root={self.place}", *alone, *words]
        return subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, encoding="utf-8")

    def install(self, package: Path) -> str:
        """Install although the libraries are not there (those of this computer are used); return dpkg's words."""
        done = self.dpkg("--force-depends", "--install", str(package))
        if done.returncode or not self.program.exists():
            raise BuildError(f"dpkg could not install {package.name}: {done.stderr.strip()[-300:]}.")
        return done.stdout

    def holds(self, version: str) -> bool:
        """Return whether dpkg takes a version for installed in order."""
        told = self.dpkg("--list", NAME).stdout.splitlines()[-1:]
        return bool(told) and told[0].split()[0][1:] == "i" and version in told[0].split()

    def files(self) -> list[Path]:
        """Return what packages have laid into it."""
        return [path for path in (self.place / "usr").rglob("*") if not path.is_dir()]

    def purge(self) -> None:
        """Take the package out, with all that a package may take out. Raises BuildError for what is left."""
        done, left = self.dpkg("--purge", NAME), self.files()
        if done.returncode or left:
            raise BuildError(f"Removing the package left {len(left)} files: {done.stderr.strip()[-300:]}.")


def contents(place: Path) -> dict[str, str]:
    """Return every file of a folder with its sum, to say later that all of it is as it was."""
    return {str(path): digest(path) for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink()}


def prove(package: Path, place: Path, user: User) -> None:
    """Install into a clean root, first refused with the names of what is missing; try; remove. Raises BuildError."""
    root = CleanRoot(place / "root").made()
    scripts = subprocess.run(["dpkg-deb", "--ctrl-tarfile", package], capture_output=True, check=True).stdout
    (place / "control.tar").write_bytes(scripts)
    with tarfile.open(place / "control.tar") as tar:
        print("  in its control part:", ", ".join(sorted(Path(name).name for name in tar.getnames()[1:])))
    refused = root.dpkg("--install", str(package))
    missing = [line.split()[-4] for line in refused.stderr.splitlines() if "is not installed" in line]
    if not refused.returncode or not missing:
        raise BuildError("A system without the libraries took the package, or did not say what is missing.")
    print(f"  an empty system refuses it and names {len(missing)} missing packages:", *sorted(missing))
    root.install(package)
    print(f"  installed: {told_of(package, root.program.parent)}")
    journey.smoke(user, root.program)
    journey.travel(user, root.program)
    before = contents(user.home)
    root.purge()
    if contents(user.home) != before:
        raise BuildError("Removing the package touched what its user made.")
    print(f"  removed: no file of the package is left, and all {len(before)} files of its user are as they were")
