"""Shows that finished packages work for somebody else: taken apart into an empty place, without network, as nobody.

Prints what was shown, and nothing that was not.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from avrr_desktop.locations import NAME

from . import ROOT, BuildError
from .weighing import weight

NOBODY = 65534
_TIMES = 5


def prove(out: Path) -> None:
    """Try the packages of a folder. Raises BuildError for what does not hold."""
    debs, tars = sorted(out.glob("*.deb")), sorted(out.glob("*.tar.xz"))
    if not debs or not tars:
        raise BuildError(f"{out} holds no .deb or no .tar.xz: build them first.")
    place = Path(tempfile.mkdtemp(prefix=f"{NAME}-prove-"))
    place.chmod(0o755)
    try:
        _sums(out)
        programs = {debs[-1]: _installed(debs[-1], place), tars[-1]: _unpacked(tars[-1], place)}
        for package, program in programs.items():
            print(
                f"{package.name}: {package.stat().st_size / 1e6:.1f} MB packed, {weight(program.parent) / 1e6:.0f} on disk"
            )
            _runs(program, place / f"home-{package.suffix[1:]}")
        _start(programs[tars[-1]])
        _removed(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _sums(out: Path) -> None:
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=out, capture_output=True, encoding="utf-8"
    )
    if told.returncode:
        raise BuildError(f"SHA256SUMS does not fit: {told.stdout.strip()}.")
    print("SHA256SUMS fits:", ", ".join(line.split(":")[0] for line in told.stdout.splitlines()))


def _dpkg(place: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = ["dpkg", f"--root={place / 'root'}", "--force-not-root", f"--log={place / 'dpkg.log'}", *words]
    env = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8")


def _installed(package: Path, place: Path) -> Path:
    """Install into an empty root: first refused, saying what is missing; then all the same."""
    state = place / "root" / "var" / "lib" / "dpkg"
    for name in ("info", "updates", "triggers"):
        (state / name).mkdir(parents=True)
    (state / "status").touch()
    (place / "root").chmod(0o755)
    scripts = subprocess.run(["dpkg-deb", "--ctrl-tarfile", package], capture_output=True, check=True).stdout
    (place / "control.tar").write_bytes(scripts)
    with tarfile.open(place / "control.tar") as tar:
        print(f"{package.name}: in its control part:", ", ".join(sorted(tar.getnames())))
    refused = _dpkg(place, "--install", str(package))
    missing = [line.split()[-4] for line in refused.stderr.splitlines() if "is not installed" in line]
    if not refused.returncode or not missing:
        raise BuildError("A system without the libraries took the package, or did not say what is missing.")
    print(f"{package.name}: an empty system refuses it and names {len(missing)} missing packages:", *sorted(missing))
    done = _dpkg(place, "--force-depends", "--install", str(package))
    program = place / "root" / "usr" / "bin" / NAME
    if done.returncode or not program.exists():
        raise BuildError(f"dpkg could not install the package: {done.stderr.strip()[-300:]}.")
    return program.resolve()


def _unpacked(package: Path, place: Path) -> Path:
    with tarfile.open(package) as tar:
        tar.extractall(place / "unpacked", filter="data")
    return next((place / "unpacked").glob(f"*/{NAME}"))


def _runs(program: Path, home: Path) -> None:
    """Run the smoke test and the practice store as nobody, without network."""
    home.mkdir()
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
        who = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
        alone = ["unshare", "--net", *who]
    else:
        alone = ["unshare", "--map-current-user", "--net"]
    env = {
        "HOME": str(home),
        "PATH": os.defpath,
        "TMPDIR": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
    }
    for words in (["smoke-test"], ["practice", str(home / "practice.avrr"), "--no-window"]):
        begun = time.monotonic()
        done = subprocess.run([*alone, program, *words], env=env, cwd=home, capture_output=True, encoding="utf-8")
        if done.returncode or (words == ["smoke-test"] and "everything works" not in done.stdout):
            raise BuildError(f"`{words[0]}` of {program} failed: {done.stderr.strip()[-300:]}.")
        seconds = time.monotonic() - begun
        print(f"  as nobody, without network: {words[0]} in {seconds:.1f} s, {len(done.stdout.splitlines())} lines")


def _start(program: Path) -> None:
    source = _seconds([sys.executable, "-m", "avrr_desktop", "--version"])
    print(
        f"start (--version, best of {_TIMES}): packed {_seconds([str(program), '--version']):.2f} s, source {source:.2f} s"
    )


def _seconds(command: Sequence[str]) -> float:
    best = 60.0
    for _ in range(_TIMES):
        begun = time.monotonic()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        best = min(best, time.monotonic() - begun)
    return best


def _removed(place: Path) -> None:
    """Remove the package: all of it goes, and what its user made stays."""
    store = place / "home-deb" / "practice.avrr" / "store.db"
    before = store.stat().st_size
    done = _dpkg(place, "--purge", NAME)
    left = [path for path in (place / "root" / "usr").rglob("*") if not path.is_dir()]
    if done.returncode or left or store.stat().st_size != before:
        raise BuildError(
            f"Removing left {len(left)} files, or touched what its user made: {done.stderr.strip()[-300:]}."
        )
    print("removed: no file of the package is left, and the store of its user is as it was")
