"""The package for Debian and Ubuntu, made by dpkg-deb alone.

Its two scripts only look whether the program is open, and change nothing: the systems' own triggers refresh menus,
types, icons and manual pages, and what a script does not touch it cannot harm.
"""

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

from avrr_desktop.locations import NAME
from tools.packing import BuildError, running_guard
from tools.packing.metadata import DESCRIPTION, MAINTAINER, RECOMMENDED, RENAMED, SUMMARY, glibc, version

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def file_name() -> str:
    """Return the name of the package's file, as Debian writes it."""
    return f"{NAME}_{version()}_{architecture()}.deb"


def architecture() -> str:
    """Return Debian's word for this kind of processor."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())


def control(packages: set[str], kilobytes: int) -> str:
    """Return what the system reads before it installs: without the named packages it says which are missing."""
    depends = [f"libc6 (>= {glibc()})", *(RENAMED.get(name, name) for name in sorted(packages))]
    lines = [" " + line for line in DESCRIPTION.splitlines()]
    return (
        f"""Package: {NAME}
Version: {version()}
Architecture: {architecture()}
Maintainer: {MAINTAINER}
Installed-Size: {kilobytes}
Depends: {", ".join(depends)}
Recommends: {", ".join(RENAMED.get(name, name) for name in RECOMMENDED.values())}
Section: misc
Priority: optional
Description: {SUMMARY}
"""
        + "\n".join(lines)
        + "\n"
    )


def build(root: Path, target: Path, packages: set[str], moment: int, quick: bool = False) -> None:
    """Make the package of a staged tree; ``quick``: pressed lightly. Raises BuildError."""
    if not shutil.which("dpkg-deb"):
        raise BuildError("dpkg-deb is missing: install the package dpkg, or leave out --kind deb.")
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    lines = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files]
    (root / "DEBIAN").mkdir(mode=0o755)
    texts = {"control": control(packages, kilobytes), "md5sums": "".join(lines)}
    for rights, of_kind in ((0o644, texts), (0o755, running_guard.of_debian())):
        for name, text in of_kind.items():
            (root / "DEBIAN" / name).write_text(text, "utf-8")
            (root / "DEBIAN" / name).chmod(rights)
    # One thread: what several make is larger, and not the same bytes on a computer with another number of processors.
    pressed = ["-Zxz", "-z1" if quick else "-z9", "--threads-max=1"]
    command = ["dpkg-deb", "--root-owner-group", *pressed, "--build", str(root), str(target)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8")
    shutil.rmtree(root / "DEBIAN")
    if done.returncode:
        raise BuildError(f"dpkg-deb could not make the package: {done.stderr.strip().splitlines()[-1]}.")
